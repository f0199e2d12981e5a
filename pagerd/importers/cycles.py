"""Events that come again, made layers: the part that calendars and shift lists of other products have in common.

Other products repeat an event: it begins every so often, and lasts so long. A layer here has turns that touch, of which
`for` and `only` keep a part. What is made of what stands in `part_of`; where the event does not fit, it says so.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from math import lcm
from typing import NamedTuple, assert_never
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import Turn, Unit, Window
from pagerd.core.oncall.wall import clock, instant
from pagerd.importers import walls

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)

WEEKDAYS = frozenset(range(7))

_FIXED = {Unit.HOURS: HOUR, Unit.DAYS: DAY, Unit.WEEKS: WEEK}


class InexpressibleError(Exception):
    """Our files cannot say it; the message says why. Never leaves the importers."""


class Part(NamedTuple):
    """What of a turn an event fills: `for` and `only` of a layer; both empty is the whole turn."""

    lasts: Turn | None = None
    only: tuple[Window, ...] = ()


WHOLE = Part()


def length_of(turn: Turn) -> timedelta | None:
    """Return how long a turn lasts by the clock; None for months, which differ."""
    return None if turn.unit is Unit.MONTHS else turn.count * _FIXED[turn.unit]


def is_longer(length: timedelta, turn: Turn) -> bool:
    """Does an event last longer than a turn, so that two of them overlap? Of months the longest counts."""
    limit = length_of(turn)
    return length > (limit if limit is not None else turn.count * timedelta(days=31))


def part_of(start: datetime, length: timedelta, turn: Turn) -> Part:
    """Return the part of each turn that an event fills which begins with the turn and is not longer than it.

    Raises InexpressibleError where minutes are asked of what is counted in hours.
    """
    if length % MINUTE:
        raise InexpressibleError(f"it lasts {length}, and times here have minutes at most")
    if start.second or start.microsecond:
        raise InexpressibleError(f"it begins at {start.time().isoformat()}, and times here have minutes at most")
    if length == length_of(turn):
        return WHOLE
    if turn.unit is Unit.WEEKS and length <= WEEK:
        # Windows keep the wall time of the end too; in a turn of several weeks only the first week counts.
        return Part(Turn(1, Unit.WEEKS) if turn.count > 1 else None, windows({start.weekday()}, start.time(), length))
    if turn.unit is not Unit.HOURS and length < DAY:
        first_day = turn.count > 1 or turn.unit is not Unit.DAYS
        return Part(Turn(1, Unit.DAYS) if first_day else None, windows(WEEKDAYS, start.time(), length))
    if turn.unit is not Unit.HOURS and length % DAY == timedelta(0):
        return Part(Turn(length // DAY, Unit.DAYS))
    if length % HOUR == timedelta(0):
        return Part(Turn(length // HOUR, Unit.HOURS))
    raise InexpressibleError(f"it lasts {length}, and a part of a turn is counted in whole hours or days")


def windows(weekdays: Iterable[int], start: time, length: timedelta) -> tuple[Window, ...]:
    """Return the windows in which something is on that begins on these weekdays; none: it always is."""
    begins = start.hour * 60 + start.minute
    return walls.windows((weekday * walls.DAY_MINUTES + begins, length // MINUTE) for weekday in weekdays)


def later(wall: datetime, turn: Turn, turns: int, zone: ZoneInfo) -> datetime:
    """Return the wall time so many turns later, as the turns of a layer are counted."""
    match turn.unit:
        case Unit.HOURS:
            return clock(instant(wall, zone) + turns * turn.count * HOUR, zone)
        case Unit.DAYS | Unit.WEEKS:
            return wall + turns * turn.count * _FIXED[turn.unit]
        case Unit.MONTHS:
            months = wall.year * 12 + wall.month - 1 + turns * turn.count
            return _in_month(wall, months // 12, months % 12 + 1)
        case _:
            assert_never(turn.unit)


def turns_until(wall: datetime, turn: Turn, later_wall: datetime, zone: ZoneInfo) -> int:
    """Return the number of the turn that is on at a later wall time, the first being 0; negative before the first."""
    length = length_of(turn)
    if turn.unit is Unit.HOURS:
        return (instant(later_wall, zone) - instant(wall, zone)) // (turn.count * HOUR)
    if length is not None:
        return (later_wall - wall) // length
    months = (later_wall.year - wall.year) * 12 + later_wall.month - wall.month
    number = months // turn.count
    return number if later(wall, turn, number, zone) <= later_wall else number - 1


def changes_clocks(zone: ZoneInfo, now: datetime) -> bool:
    """Do the clocks of a zone change within a year?"""
    return len({(now + timedelta(days=30 * month)).astimezone(zone).utcoffset() for month in range(13)}) > 1


def weeks_until_again(turns: int, days: int) -> int:
    """Return after how many weeks a sequence of turns, one a day on so many days of the week, begins anew."""
    return lcm(turns, days) // days


def _in_month(wall: datetime, year: int, month: int) -> datetime:
    for day in range(wall.day, 27, -1):
        try:
            return wall.replace(year=year, month=month, day=day)
        except ValueError:
            continue
    return wall.replace(year=year, month=month)
