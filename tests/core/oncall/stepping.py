"""A slow, independent model of layers: it steps from the anchor, turn by turn, and tries instants one by one.

It knows nothing of the arithmetic in pagerd: it asks only the zone what its clocks show at an instant.
"""

import calendar
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

from pagerd.core.oncall.schedule import Layer, Unit, Window

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NEVER = datetime.max.replace(tzinfo=UTC)


@cache
def first_instant(wall, zone):
    """Return the first instant at which the clocks of a zone show a wall time or, where none does, a later one."""
    around = wall.replace(tzinfo=UTC)
    shown = [around - offset for offset in _offsets(wall.date(), zone)]
    existing = [instant for instant in shown if clock(instant, zone) == wall]
    if existing:
        return min(existing)
    instant = min(shown).replace(second=0, microsecond=0)
    while clock(instant, zone) < wall:
        instant += MINUTE
    return instant


def clock(instant, zone):
    """Return what the clocks of a zone show at an instant."""
    return instant.astimezone(zone).replace(tzinfo=None)


def turns(layer: Layer) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Yield when each turn begins, when it ends, and until when it is kept; a turn that falls into a gap ends at once.

    Hours are counted on from bound to bound; for all else the calendar is asked, from the anchor on, each time.
    """
    wall, begins = layer.start, first_instant(layer.start, layer.zone)
    number = 0
    while True:
        number += 1
        if layer.every is None:
            next_wall, ends = wall, NEVER
        elif layer.every.unit is Unit.HOURS:
            ends = begins + timedelta(hours=layer.every.count)
            next_wall = clock(ends, layer.zone)
        else:
            next_wall = later(layer.start, number * layer.every.count, layer.every.unit)
            ends = first_instant(next_wall, layer.zone)
        yield begins, ends, min(ends, _kept_until(layer, wall, begins, number - 1))
        if layer.every is None:
            return
        wall, begins = next_wall, ends


def later(wall: datetime, count: int, unit: Unit) -> datetime:
    """Return the wall time so many days, weeks or months later; a month without that day has its last one."""
    if unit is not Unit.MONTHS:
        return wall + count * (7 * DAY if unit is Unit.WEEKS else DAY)
    year, month = wall.year, wall.month
    for _ in range(count):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return wall.replace(year=year, month=month, day=min(wall.day, calendar.monthrange(year, month)[1]))


def people_of(layer: Layer, instant: datetime) -> tuple[str, ...]:
    """Return who has the turn that is on at an instant, by stepping there from the first."""
    if layer.since is not None and instant < first_instant(layer.since, layer.zone):
        return ()
    if layer.until is not None and instant >= first_instant(layer.until, layer.zone):
        return ()
    if layer.only and not is_open(layer, layer.only, instant):
        return ()
    if is_open(layer, layer.not_on, instant):
        return ()
    for number, (begins, ends, kept_until) in enumerate(turns(layer)):
        if begins <= instant < ends:
            return layer.members[number % len(layer.members)] if instant < kept_until else ()
        if instant < begins:
            return ()
    return ()


def is_open(layer: Layer, windows: Iterable[Window], instant: datetime) -> bool:
    """Say whether one of some windows of a layer is open at an instant, by trying every day on which it may start."""
    today = clock(instant, layer.zone).date()
    days = [today + days * DAY for days in range(-9, 4)]
    return any(opens <= instant < closes for day in days for opens, closes in openings(layer, day, windows))


def openings(layer: Layer, day: date, windows: Iterable[Window] | None = None) -> list[tuple[datetime, datetime]]:
    """Return when the windows that start on a day open and close; inside a gap both is at once."""
    return [
        (
            first_instant(datetime.combine(day, window.start), layer.zone),
            first_instant(datetime.combine(_last_day(day, window), window.end), layer.zone),
        )
        for window in (layer.only if windows is None else windows)
        if (day in layer.holidays if window.on_holidays else day.weekday() in window.weekdays)
    ]


def _last_day(day: date, window: Window) -> date:
    """Return the day on which a window ends that starts on a day."""
    last = day if window.end > window.start else day + DAY
    while window.ends_on is not None and last.weekday() != window.ends_on:
        last += DAY
    return last


@cache
def _offsets(day, zone):
    midnight = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    return {(midnight + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-50, 75, 5)}


def _kept_until(layer: Layer, wall: datetime, begins: datetime, number: int) -> datetime:
    lasts, every = layer.lasts, layer.every
    if lasts is None:
        return NEVER
    if lasts.unit is Unit.HOURS:
        return begins + timedelta(hours=lasts.count)
    if lasts.unit is Unit.MONTHS and every is not None and every.unit is Unit.MONTHS:
        return first_instant(later(layer.start, number * every.count + lasts.count, Unit.MONTHS), layer.zone)
    return first_instant(later(wall, lasts.count, lasts.unit), layer.zone)
