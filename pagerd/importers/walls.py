"""Instants, turns and spans of the week of a source as the files can say them: wall times in whole minutes.

What is not exact is said by whoever calls, from what is returned here; nothing is rounded in silence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.config.times import TURN_COUNT_MAX, WEEKDAYS
from pagerd.core.oncall.schedule import Layer, Turn, Unit, Window
from pagerd.core.oncall.wall import clock, instant

DAY = timedelta(days=1)
DAY_MINUTES, WEEK_MINUTES = 24 * 60, 7 * 24 * 60

_CYCLES_MAX = 30
"""How many cycles later an anchor is looked for. Clocks repeat an hour once a year: the second one nearly always will
do, and of turns of an hour one of the next two dozen."""


def turn_of(length: timedelta) -> Turn | None:
    """Return how long a turn lasts in words: whole weeks, days or hours. None: the files cannot say it."""
    seconds = int(length.total_seconds())
    for unit, size in ((Unit.WEEKS, 604_800), (Unit.DAYS, 86_400), (Unit.HOURS, 3600)):
        count, rest = divmod(seconds, size)
        if not rest and 1 <= count <= TURN_COUNT_MAX:
            return Turn(count, unit)
    return None


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall time in whole minutes, and by how much it is later than the instant that was meant."""

    time: datetime
    off_by: timedelta = timedelta(0)

    @property
    def is_exact(self) -> bool:
        """Does it mean that very instant?"""
        return not self.off_by


def wall_of(at: datetime, zone: ZoneInfo) -> Wall:
    """Return the wall time of an instant. Seconds, and the second pass of a repeated hour, cannot be written."""
    local = clock(at, zone).replace(second=0, microsecond=0)
    return Wall(local, instant(local, zone) - at.astimezone(UTC))


def anchored(layer: Layer, at: datetime, latest: datetime) -> tuple[Layer, Wall]:
    """Return the layer with its first turn at an instant, or whole cycles later where only that can be written.

    No later than `latest`, so that nothing which still matters is before the anchor.
    """
    first = wall_of(at, layer.zone)
    for cycle in range(_CYCLES_MAX):
        begins = cycles_later(layer, at, cycle)
        if begins is None or (cycle and begins > latest):
            break
        wall = wall_of(begins, layer.zone)
        if wall.is_exact:
            return replace(layer, start=wall.time), wall
    # Where every cycle is off, as by the same seconds, the first is as good as any.
    return replace(layer, start=first.time), first


def cycles_later(layer: Layer, at: datetime, cycles: int) -> datetime | None:
    """Return when a cycle of all turns begins anew, so many later or earlier; None for a layer without turns."""
    if not cycles:
        return at
    if layer.every is None:
        return None
    count = cycles * layer.every.count * max(len(layer.members), 1)
    if layer.every.unit is Unit.HOURS:
        return at + timedelta(hours=count)
    assert layer.every.unit is not Unit.MONTHS, "months are not counted in a fixed length"
    return instant(clock(at, layer.zone) + count * timedelta(**{layer.every.unit.value: 1}), layer.zone)


def windows(spans: Iterable[tuple[int, int]]) -> tuple[Window, ...]:
    """Return the windows of spans of the week, each its first minute from Monday on and its length; none for always.

    Spans that touch or overlap are one, around the end of the week too. One longer than a day is as many windows as it
    has days, which lie against each other.
    """
    by_hours: dict[tuple[time, time], set[int]] = {}
    merged = _merged(spans)
    if sum(length for _, length in merged) >= WEEK_MINUTES:
        return ()
    for opens, length in merged:
        for weekday, start, end in _by_day(opens, length):
            by_hours.setdefault((start, end), set()).add(weekday)
    return tuple(
        Window(frozenset(days), start, end)
        for (start, end), days in sorted(by_hours.items(), key=lambda one: (min(one[1]), one[0]))
    )


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge spans of the circle of the week."""
    cut: list[tuple[int, int]] = []
    for opens, length in spans:
        if length >= WEEK_MINUTES:
            return [(0, WEEK_MINUTES)]
        start = opens % WEEK_MINUTES
        end = start + length
        cut.extend([(start, end)] if end <= WEEK_MINUTES else [(start, WEEK_MINUTES), (0, end - WEEK_MINUTES)])
    found: list[tuple[int, int]] = []
    for start, end in sorted(one for one in cut if one[0] < one[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    if len(found) > 1 and found[0][0] == 0 and found[-1][1] == WEEK_MINUTES:
        (_, end), (start, _) = found.pop(0), found.pop()
        found.append((start, end + WEEK_MINUTES))
    return [(start, end - start) for start, end in found]


def _by_day(opens: int, length: int) -> Iterator[tuple[int, time, time]]:
    """Cut one span into weekday, first and last time of day; one of at most a day stays whole."""
    if length <= DAY_MINUTES:
        yield opens // DAY_MINUTES % 7, _time(opens), _time(opens + length)
        return
    at, end = opens, opens + length
    while at < end:
        midnight = (at // DAY_MINUTES + 1) * DAY_MINUTES
        yield at // DAY_MINUTES % 7, _time(at), _time(min(midnight, end))
        at = midnight


def _time(minute: int) -> time:
    hour, minute = divmod(minute % DAY_MINUTES, 60)
    return time(hour, minute)


def window_texts(window: Window) -> tuple[str, ...]:
    """Write a window as the files have it: one text for each run of days."""
    hours = "" if window.start == window.end == time(0) else f" {window.start:%H:%M}-{window.end:%H:%M}"
    return tuple(f"{days}{hours}" for days in _runs(window.weekdays))


def _runs(weekdays: frozenset[int]) -> Iterator[str]:
    if len(weekdays) == 7:
        yield f"{WEEKDAYS[0]}-{WEEKDAYS[6]}"
        return
    for first in sorted(day for day in weekdays if (day - 1) % 7 not in weekdays):
        last = first
        while (last + 1) % 7 in weekdays:
            last = (last + 1) % 7
        yield WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"
