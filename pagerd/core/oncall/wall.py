"""Wall times and instants: the one place that turns the one into the other.

The rules, for every zone and every change of its clocks:

- A wall time that does not exist means the first instant after the gap.
- A wall time that exists twice means the first occurrence.
- Everything else in pagerd is UTC; instants are compared, stored and added to in UTC only.

`instant` and `reading` are two sides of one order: `instant(wall) <= at` exactly when `wall <= reading(at)`. So whoever
asks "has nine o'clock come yet?" may compare naive wall times, and only the answer's bounds have to be made instants.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_TICK = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WALL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall time: the difference of two needs no zone
_LAST = datetime.max.replace(tzinfo=UTC)
_FIRST = datetime.min.replace(tzinfo=UTC)

# A year of daily bounds of some twenty layers; an entry is about 300 bytes.
_INSTANTS_KEPT = 8192


@lru_cache(maxsize=_INSTANTS_KEPT)
def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) of a naive wall time in a zone: after a gap, and at the first of two.

    A wall time too near the ends of the calendar to be an instant means the first or the last that there is.
    """
    assert wall.tzinfo is None, f"wall time {wall!r} must be naive"
    first = wall.replace(fold=0) if wall.fold else wall
    before = _offset(first, zone)
    try:
        found = _EPOCH + (wall - _WALL_EPOCH - before)
        after = _offset(found.astimezone(zone), zone)
        if after == before:
            return found
        # Reckoned with the offset before a gap, a wall time inside it comes out behind the gap by as much.
        whole = found.replace(microsecond=0)
        return _change_between(whole - (after - before), whole, zone)
    except OverflowError:
        return _FIRST if before > timedelta(0) else _LAST


def reading(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the latest naive wall time that has come by an instant; unlike the clock on the wall it never goes back.

    While an hour is repeated it stands still at the end of that hour, because all of its wall times have come already.
    """
    local = at.astimezone(zone)
    if not local.fold:
        return datetime.combine(local.date(), local.time())  # a third of the price of `replace`
    before, after = _offset(local.replace(fold=0), zone), _offset(local, zone)
    whole = at.astimezone(UTC).replace(microsecond=0)
    change = _change_between(whole - (before - after), whole, zone)
    return (change + before).replace(tzinfo=None) - _TICK


def clock(at: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clocks of a zone show at an instant, naive: where they go back, the same may be shown twice."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _change_between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the first whole second after `low`, at most `high`, that has the offset of `high`."""
    wanted = _offset(high.astimezone(zone), zone)
    span = int((high - low).total_seconds())
    known_before, known_after = 0, span
    while known_after - known_before > 1:
        middle = (known_before + known_after) // 2
        if _offset((low + timedelta(seconds=middle)).astimezone(zone), zone) == wanted:
            known_after = middle
        else:
            known_before = middle
    return low + timedelta(seconds=known_after)


def _offset(local: datetime, zone: ZoneInfo) -> timedelta:
    """Return the offset of a local time, whose fold says which of two it is."""
    offset = zone.utcoffset(local)
    assert offset is not None, f"{zone} has an offset at {local!r}"
    return offset
