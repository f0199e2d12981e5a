"""Windows of a layer: when it may show at all. They hide it, and never move its turns.

A question is answered for a wall time, by bisection: is a window open, and until which wall time does that surely stay
so. The week repeats for ever; holidays are dates of a calendar.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

from pagerd.core.oncall.schedule import Layer, Window

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_A_MONDAY = datetime(2001, 1, 1)  # noqa: DTZ001 - a wall time: weeks of wall time are counted from here

M = TypeVar("M", datetime, timedelta)


class Opening(Protocol):
    """Something that is open at times."""

    def at(self, wall: datetime) -> tuple[bool, datetime | None]:
        """Say whether it is open at a wall time, and until when that surely stays so; None: for ever."""


def opening_of(layer: Layer) -> Opening | None:
    """Return when a layer may show; None: always."""
    only, shut = _openings(layer.only, layer.holidays), _openings(layer.not_on, layer.holidays)
    if not layer.only and not shut:
        return None
    return only[0] if len(only) == 1 and not shut else Windows(only if layer.only else None, shut)


def _openings(windows: Iterable[Window], holidays: frozenset[date]) -> tuple[Opening, ...]:
    """Return the windows of the week as one, and those on holidays as one, where there are any."""
    of_week = [one for one in windows if not one.on_holidays]
    of_dates = [one for one in windows if one.on_holidays]
    found: list[Opening] = []
    if of_week:
        found.append(Week(of_week))
    if of_dates:
        found.append(Dates(of_dates, holidays))
    return tuple(found)


class Windows:
    """Open where one of `only` is (None: always) and none of `shut`."""

    __slots__ = ("_only", "_shut")

    def __init__(self, only: Sequence[Opening] | None, shut: Sequence[Opening]) -> None:
        self._only = only
        self._shut = shut

    def at(self, wall: datetime) -> tuple[bool, datetime | None]:
        """Say whether it is open at a wall time, and until when that surely stays so; None: for ever."""
        only = [one.at(wall) for one in self._only] if self._only is not None else [(True, None)]
        shut = [one.at(wall) for one in self._shut]
        is_open = any(is_open for is_open, _ in only) and not any(is_open for is_open, _ in shut)
        return is_open, min((until for _, until in (*only, *shut) if until is not None), default=None)


class Week:
    """Windows laid over one week of wall time and merged, so that one bisection answers."""

    __slots__ = ("_ends", "_is_always", "_starts")

    def __init__(self, windows: Iterable[Window]) -> None:
        spans: list[tuple[timedelta, timedelta]] = []
        for window in windows:
            for weekday in window.weekdays:
                opens, closes = _span_in_week(window, weekday)
                # The week before and the week after make every question one of the middle week.
                spans.extend((opens + weeks * _WEEK, closes + weeks * _WEEK) for weeks in (-1, 0, 1))
        merged = _merged(spans)
        self._starts = [opens for opens, _ in merged]
        self._ends = [closes for _, closes in merged]
        self._is_always = any(closes - opens >= 2 * _WEEK for opens, closes in merged)

    def at(self, wall: datetime) -> tuple[bool, datetime | None]:
        """Say whether a window is open at a wall time, and at which wall time that changes; None: never."""
        if self._is_always or not self._starts:
            return self._is_always, None
        offset = (wall - _A_MONDAY) % _WEEK
        monday = wall - offset
        # There is always one before, in the week before, and one after, in the week after.
        index = bisect_right(self._starts, offset) - 1
        if offset < self._ends[index]:
            return True, monday + self._ends[index]
        return False, monday + self._starts[index + 1]


class Dates:
    """Windows on certain days, merged, so that one bisection answers."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, windows: Iterable[Window], days: Iterable[date]) -> None:
        hours = [_hours(window) for window in windows]
        midnights = [datetime.combine(day, time()) for day in days]
        merged = _merged((midnight + opens, midnight + closes) for midnight in midnights for opens, closes in hours)
        self._starts = [opens for opens, _ in merged]
        self._ends = [closes for _, closes in merged]

    def at(self, wall: datetime) -> tuple[bool, datetime | None]:
        """Say whether a window is open at a wall time, and at which wall time that changes; None: never."""
        index = bisect_right(self._starts, wall)
        if index and wall < self._ends[index - 1]:
            return True, self._ends[index - 1]
        return False, self._starts[index] if index < len(self._starts) else None


def _span_in_week(window: Window, weekday: int) -> tuple[timedelta, timedelta]:
    """Return from when until when a window lasts that starts on a weekday, counted from Monday's midnight."""
    opens, closes = _hours(window)
    if window.ends_on is not None:
        opens, closes = _since_midnight(window.start), _since_midnight(window.end)
        closes += (window.ends_on - weekday) * _DAY
        closes += _WEEK if closes <= opens else timedelta(0)
    return opens + weekday * _DAY, closes + weekday * _DAY


def _hours(window: Window) -> tuple[timedelta, timedelta]:
    """Return from when until when a window lasts, counted from the midnight before it."""
    opens, closes = _since_midnight(window.start), _since_midnight(window.end)
    return opens, closes + _DAY if closes <= opens else closes


def _merged(spans: Iterable[tuple[M, M]]) -> list[tuple[M, M]]:
    """Return spans in order, those that meet or overlap made one."""
    merged: list[tuple[M, M]] = []
    for opens, closes in sorted(spans):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return merged


def _since_midnight(time_of_day: time) -> timedelta:
    return timedelta(
        hours=time_of_day.hour,
        minutes=time_of_day.minute,
        seconds=time_of_day.second,
        microseconds=time_of_day.microsecond,
    )
