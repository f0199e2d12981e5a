"""Every zone of the `tzdata` package and every change of its clocks, whatever zones the machine has.

`came` says when a wall time comes, from the table of changes alone: the rule for missing and repeated hours in the
words of the documentation, with nothing to search and nothing to step through.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

KNOWN_FROM, KNOWN_TO = datetime(2024, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
FIRST, LAST = datetime(2025, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
_WEEK, _SECOND, _TICK = timedelta(weeks=1), timedelta(seconds=1), timedelta(microseconds=1)


@dataclass(frozen=True)
class Change:
    """The clocks of a zone change at an instant, from one offset to another."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def is_gap(self) -> bool:
        """Are wall times left out, rather than shown twice?"""
        return self.after > self.before

    @property
    def low(self) -> datetime:
        """The first wall time that is missing or shown twice."""
        return shown(self.at, min(self.before, self.after))

    @property
    def high(self) -> datetime:
        """The first wall time after those."""
        return shown(self.at, max(self.before, self.after))

    @property
    def middle(self) -> datetime:
        """A wall time that is missing or shown twice."""
        return self.low + (self.high - self.low) / 2

    @property
    def moments(self) -> list[datetime]:
        """Instants before, at and after the change. Where wall times come twice, some of the second time."""
        quarter = (self.high - self.low) / 4
        return [
            self.at - quarter,
            self.at - _TICK,
            self.at,
            self.at + quarter,
            self.at + 3 * quarter,
            self.at + 4 * quarter,
        ]


@dataclass(frozen=True)
class Zone:
    """Zones that are one and the same file, under all of their names."""

    names: tuple[str, ...]
    zone: ZoneInfo
    changes: tuple[Change, ...]

    @property
    def tested(self) -> list[Change]:
        """The changes from 2025 to 2035."""
        return [change for change in self.changes if FIRST <= change.at < LAST]

    def came(self, wall: datetime) -> datetime:
        """Return when a wall time comes: at the first instant after a gap, at the first of two occurrences."""
        once_or_twice = [(wall - offset).replace(tzinfo=UTC) for low, high, offset in self._shown if low <= wall < high]
        if once_or_twice:
            return min(once_or_twice)
        return next(change.at for change in self.changes if change.is_gap and change.low <= wall < change.high)

    @cached_property
    def _shown(self) -> list[tuple[datetime, datetime, timedelta]]:
        """The wall times that the clocks show between two changes, and their offset then."""
        bounds = [KNOWN_FROM, *(change.at for change in self.changes), KNOWN_TO]
        offsets = [self.changes[0].before, *(change.after for change in self.changes)]
        return [
            (shown(begins, offset), shown(ends, offset), offset)
            for (begins, ends), offset in zip(pairwise(bounds), offsets, strict=True)
        ]


@cache
def zones() -> tuple[Zone, ...]:
    """Return all zones whose clocks change, each file once."""
    folder = resources.files("tzdata") / "zoneinfo"
    names: dict[bytes, list[str]] = {}
    for name in (resources.files("tzdata") / "zones").read_text().split():
        names.setdefault(folder.joinpath(*name.split("/")).read_bytes(), []).append(name)
    found = []
    for named in names.values():
        with folder.joinpath(*named[0].split("/")).open("rb") as file:
            zone = ZoneInfo.from_file(file, key=named[0])
        if changes := _changes(zone):
            found.append(Zone(tuple(named), zone, changes))
    return tuple(found)


def each_table_once() -> tuple[Zone, ...]:
    """Return one zone for each table of changes: those of Paris and Berlin are the same instants and offsets."""
    by_table: dict[tuple[Change, ...], list[Zone]] = {}
    for zone in zones():
        by_table.setdefault(zone.changes, []).append(zone)
    return tuple(
        replace(same[0], names=tuple(name for zone in same for name in zone.names)) for same in by_table.values()
    )


def _changes(zone: ZoneInfo) -> tuple[Change, ...]:
    """Look once a week, and closer where the offset is another one than the week before."""
    found = []
    week, before = KNOWN_FROM, _offset(KNOWN_FROM, zone)
    while week < KNOWN_TO:
        after = _offset(week + _WEEK, zone)
        if after != before:
            low, high = week, week + _WEEK
            while high - low > _SECOND:
                middle = low + (high - low) // 2 // _SECOND * _SECOND
                low, high = (low, middle) if _offset(middle, zone) == after else (middle, high)
            found.append(Change(high, before, after))
        week, before = week + _WEEK, after
    return tuple(found)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def shown(at: datetime, offset: timedelta) -> datetime:
    """Return what clocks with an offset show at an instant."""
    return (at + offset).replace(tzinfo=None)
