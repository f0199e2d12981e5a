"""When the clocks of a zone change: which wall times a change leaves out, and which it repeats."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)

_ZONES_KEPT = 64


@dataclass(frozen=True, slots=True)
class ClockChange:
    """At an instant the clocks of a zone go from the wall time `before` to the wall time `after`, both naive."""

    at: datetime
    before: datetime
    after: datetime

    @property
    def is_gap(self) -> bool:
        """Do they go forward, so that there are wall times which never come?"""
        return self.after > self.before

    def leaves_out(self, wall: datetime) -> bool:
        """Does this wall time never come?"""
        return self.before <= wall < self.after


@lru_cache(maxsize=_ZONES_KEPT)
def clock_changes(zone: ZoneInfo, start: datetime, end: datetime) -> tuple[ClockChange, ...]:
    """Return the changes of a zone's clocks after `start` and not after `end` (UTC).

    Two changes within one day that undo each other are not seen; no zone has done that.
    """
    found: list[ClockChange] = []
    at, offset = start, _offset(start, zone)
    while at < end:
        later = min(at + _DAY, end)
        if (offset_later := _offset(later, zone)) != offset:
            change = _first_with_other_offset(at, later, zone)
            found.append(ClockChange(change, _wall(change, offset), _wall(change, _offset(change, zone))))
        at, offset = later, offset_later
    return tuple(found)


def is_repeated(wall: datetime, zone: ZoneInfo) -> bool:
    """Do the clocks of a zone show this naive wall time twice?"""
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert first is not None
    assert second is not None
    # In a gap the two offsets differ the other way round.
    return first > second


def _first_with_other_offset(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    known = _offset(low, zone)
    while high - low > _SECOND:
        middle = low + _SECOND * ((high - low) // _SECOND // 2)
        if _offset(middle, zone) == known:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _wall(at: datetime, offset: timedelta) -> datetime:
    return (at.astimezone(UTC) + offset).replace(tzinfo=None)
