"""A slow, independent model of simple layers: it steps from the anchor, turn by turn, and tries instants one by one.

It knows nothing of the arithmetic in pagerd: it asks only the zone what its clocks show at an instant.
"""

import calendar
from datetime import UTC, date, datetime, timedelta
from functools import cache

from pagerd.core.oncall.schedule import Layer, Schedule, Turn, Unit

MINUTE = timedelta(minutes=1)


@cache
def first_instant(wall, zone):
    """Return the first instant at which the clocks of a zone show a wall time or, where none does, a later one."""
    around = wall.replace(tzinfo=UTC)
    shown = [around - offset for offset in _offsets(around, zone)]
    existing = [instant for instant in shown if _clock(instant, zone) == wall]
    if existing:
        return min(existing)
    instant = min(shown).replace(second=0, microsecond=0)
    while _clock(instant, zone) < wall:
        instant += MINUTE
    return instant


def people_of(layer: Layer, instant: datetime) -> tuple[str, ...]:
    """Return who has the turn that is on at an instant, by stepping there from the first."""
    if instant < first_instant(layer.start, layer.zone):
        return ()
    if layer.until is not None and instant >= first_instant(layer.until, layer.zone):
        return ()
    if layer.only and not any(_is_open(layer, window, instant) for window in layer.only):
        return ()
    turn = 0
    while layer.every is not None and _begin(layer, turn + 1) <= instant:
        turn += 1
    if layer.lasts is not None and instant >= _kept_until(layer, turn):
        return ()
    return layer.members[turn % len(layer.members)]


def people_on(schedule: Schedule, instant: datetime) -> set[str]:
    """Return who is on call by the layers alone."""
    for level in reversed(schedule.levels):
        people = {person for layer in level for person in people_of(layer, instant)}
        if people:
            return people
    return set()


def _clock(instant, zone):
    return instant.astimezone(zone).replace(tzinfo=None)


def _offsets(around, zone):
    return {(around + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-50, 51)}


def _begin(layer, turn):
    wall, every = layer.start, layer.every
    if every is not None and every.unit is Unit.HOURS:
        return first_instant(wall, layer.zone) + turn * timedelta(hours=every.count)
    return first_instant(_begin_wall(layer, turn), layer.zone)


def _begin_wall(layer, turn):
    wall = layer.start
    if layer.every is None:
        return wall
    if layer.every.unit is Unit.HOURS:
        return _clock(_begin(layer, turn), layer.zone)
    if layer.every.unit is Unit.MONTHS:
        return _months_on(wall, turn * layer.every.count)
    for _ in range(turn):
        wall += _days(layer.every)
    return wall


def _kept_until(layer, turn):
    lasts = layer.lasts
    if lasts.unit is Unit.HOURS:
        return _begin(layer, turn) + timedelta(hours=lasts.count)
    return first_instant(_begin_wall(layer, turn) + _days(lasts), layer.zone)


def _days(turn: Turn) -> timedelta:
    return timedelta(days=turn.count * (7 if turn.unit is Unit.WEEKS else 1))


def _months_on(wall, months):
    year, month = wall.year, wall.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return wall.replace(year=year, month=month, day=min(wall.day, calendar.monthrange(year, month)[1]))


def _is_open(layer, window, instant) -> bool:
    today = _clock(instant, layer.zone).date()
    return any(
        (today + timedelta(days=days)).weekday() in window.weekdays
        and _opening(today + timedelta(days=days), window, layer)
        <= instant
        < _closing(today + timedelta(days=days), window, layer)
        for days in range(-3, 4)
    )


def _opening(day: date, window, layer):
    return first_instant(datetime.combine(day, window.start), layer.zone)


def _closing(day: date, window, layer):
    if window.end <= window.start:
        day += timedelta(days=1)
    return first_instant(datetime.combine(day, window.end), layer.zone)
