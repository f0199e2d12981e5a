"""Every change of the clocks of every zone from 2025 to 2035, under each kind of rotation.

At each of them exactly one person is on call before, during and after, and the handoffs come when the rules say: at the
same wall time, at the first instant after a gap where that time is missing, at the first of two where it comes twice.
Hours are elapsed, and care for no clock. When a wall time comes is known here from the table of changes, see `zones`.
Zones with the same table of changes are asked once; the proof asks every zone.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.schedule import Schedule, Turn, Unit, Window
from pagerd.core.oncall.shifts import Shift, shifts
from tests.core.oncall.books import (
    DAY,
    KATHMANDU,
    MONTH,
    WEEK,
    at,
    book,
    layer,
    on_holidays,
    schedule,
    wall,
    week_span,
    window,
)
from tests.core.oncall.stepping import later
from tests.core.oncall.zones import Change, Zone, each_table_once, shown, zones
from tests.figures import note
from tests.share import in_share

ONE_DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
PEOPLE = ("ana", "ben", "cho")
LONG_AGO = "2020-01-01 00:00"
REST = layer("rest", start=LONG_AGO, every=None)

Expected = list[tuple[datetime, str]]
"""From when on who is on call; the last is where the look ends."""
Case = tuple[Schedule, Expected]


def test_the_zones_are_all_there():
    """Over 4,000 changes under some 200 names, as many gaps as repeated hours, of half an hour, one and two."""
    changes = [(zone, change) for zone in zones() for change in zone.tested]
    named = sum(len(zone.names) for zone, _ in changes)
    gaps = sum(len(zone.names) for zone, change in changes if change.is_gap)

    assert 4_000 < named < 5_000
    assert 0.45 < gaps / named < 0.55
    assert {name for zone in zones() for name in zone.names} > {"Africa/Casablanca", "Asia/Gaza", "Europe/Berlin"}
    assert {change.high - change.low for _, change in changes} == {HOUR / 2, HOUR, 2 * HOUR}
    assert {name for zone in each_table_once() for name in zone.names} == {n for zone in zones() for n in zone.names}


def test_a_wall_time_comes_when_the_rules_say():
    """The table knows Berlin: missing, after the gap; twice, the first time; else once."""
    berlin = next(zone for zone in zones() if "Europe/Berlin" in zone.names)

    assert berlin.came(wall("2026-03-29 02:30")) == at("2026-03-29 01:00")
    assert berlin.came(wall("2026-10-25 02:30")) == at("2026-10-25 00:30")
    assert berlin.came(wall("2026-10-25 03:00")) == at("2026-10-25 02:00")
    assert berlin.came(wall("2026-07-01 09:00")) == at("2026-07-01 07:00")


def days(zone: Zone, change: Change) -> Iterator[Case]:
    """Daily, in the first and in the last minute of the changed hour, within it, and when it is over."""
    for handoff in (change.low, change.middle, change.high - MINUTE, change.high):
        yield _turns(DAY, handoff - 2 * ONE_DAY, zone)


def weeks(zone: Zone, change: Change) -> Iterator[Case]:
    """Weekly in the changed hour, and fortnightly on the morning after it."""
    yield _turns(WEEK, change.middle - 14 * ONE_DAY, zone)
    yield _turns(Turn(2, Unit.WEEKS), _next_morning(change) - 14 * ONE_DAY, zone)


def months(zone: Zone, change: Change) -> Iterator[Case]:
    """Monthly on the day and in the hour of the change, and from the 31st, over all that the next months bring."""
    yield _turns(MONTH, _months_before(change.middle), zone)
    yield _turns(MONTH, _next_morning(change).replace(month=1, day=31), zone, turns=15)


def hours(zone: Zone, change: Change) -> Iterator[Case]:
    """Six hours each, from an anchor well before the change, and from one within the changed hour: always elapsed."""
    for start in (shown(change.at - 18 * HOUR, change.before), change.middle):
        anchor = zone.came(start)
        what = schedule(layer(" ".join(PEOPLE), start=start.isoformat(), every=Turn(6, Unit.HOURS), zone=zone.zone))
        yield what, [(anchor + turn * 6 * HOUR, PEOPLE[turn % 3]) for turn in range(7)]


def parts_of_turns(zone: Zone, change: Change) -> Iterator[Case]:
    """The first twelve hours of each day, elapsed from when the turn began; a fixed person has the rest."""
    start = change.middle - 2 * ONE_DAY
    kept = layer("ana", start=start.isoformat(), every=DAY, lasts=Turn(12, Unit.HOURS), zone=zone.zone)
    begins = [zone.came(start + n * ONE_DAY) for n in range(5)]
    yield schedule(REST, kept), [part for one in begins for part in ((one, "ana"), (one + 12 * HOUR, "rest"))]


def windows(zone: Zone, change: Change) -> Iterator[Case]:
    """Windows that begin in the changed hour, end in it, are it, or are a whole day; a fixed person has the rest.

    One that lies in a gap does not open on that day.
    """
    for opens, closes in (
        (change.middle, change.middle + 8 * HOUR),
        (change.middle - 8 * HOUR, change.middle),
        (change.low, change.high),
        (change.low.replace(hour=0, minute=0), change.low.replace(hour=0, minute=0) + ONE_DAY),
    ):
        office = layer("ana", start=LONG_AGO, every=None, zone=zone.zone, only=(_window(opens, closes),))
        told: Expected = []
        for n in range(-2, 3):
            told += [(zone.came(opens + n * ONE_DAY), "ana"), (zone.came(closes + n * ONE_DAY), "rest")]
        yield schedule(REST, office), told


def spans_of_the_week(zone: Zone, change: Change) -> Iterator[Case]:
    """Three days of each week, which begin or end in the changed hour; a fixed person has the rest."""
    for opens, closes in (
        (change.middle, change.middle + 3 * ONE_DAY),
        (change.middle - 3 * ONE_DAY, change.middle),
    ):
        span = week_span(opens.weekday(), f"{opens:%H:%M}", closes.weekday(), f"{closes:%H:%M}")
        told: Expected = []
        for n in (-7, 0, 7):
            told += [(zone.came(opens + n * ONE_DAY), "ana"), (zone.came(closes + n * ONE_DAY), "rest")]
        yield schedule(REST, layer("ana", start=LONG_AGO, every=None, zone=zone.zone, only=(span,))), told


def holidays(zone: Zone, change: Change) -> Iterator[Case]:
    """The day of the change is a holiday, on which somebody else is on call, or who is so otherwise is not."""
    midnight = change.low.replace(hour=0, minute=0)
    days_before_and_after = [zone.came(midnight + n * ONE_DAY) for n in range(-1, 3)]
    for restriction, people in (
        ({"only": (on_holidays(),)}, "rest ana rest"),
        ({"not_on": (on_holidays(),)}, "ana rest ana"),
    ):
        dates = frozenset({midnight.date()})
        what = layer("ana", start=LONG_AGO, every=None, zone=zone.zone, holidays=dates, **restriction)
        yield schedule(REST, what), list(zip(days_before_and_after, [*people.split(), "nobody asks"], strict=True))


def three_teams_in_one_zone(zone: Zone, change: Change) -> Iterator[Case]:
    """Three windows of eight hours side by side, with a seam in the changed hour: nobody else, and never two."""
    seams = [change.middle + n * 8 * HOUR for n in range(-6, 7)]
    teams = tuple(
        layer(person, start=LONG_AGO, every=None, zone=zone.zone, only=(_window(seam, seam + 8 * HOUR),))
        for person, seam in zip(PEOPLE, seams, strict=False)
    )
    yield schedule(teams), [(zone.came(seam), PEOPLE[n % 3]) for n, seam in enumerate(seams)]


def follow_the_sun(zone: Zone, change: Change) -> Iterator[Case]:
    """Office hours here lie on top of those of Kathmandu, whose clocks never change, and these on a fixed person."""
    office = (window(start="09:00", end="17:00"),)
    here = layer("ana", start=LONG_AGO, every=None, zone=zone.zone, only=office)
    there = layer("ben", start=LONG_AGO, every=None, zone=KATHMANDU, only=office)
    first = change.low.replace(hour=9, minute=0) - 2 * ONE_DAY
    ours = [(zone.came(first + n * ONE_DAY), zone.came(first + n * ONE_DAY + 8 * HOUR)) for n in range(5)]
    told: Expected = []
    for (_, closed), (opens, _) in pairwise(ours):
        told += [*_in_kathmandu(closed, opens), (opens, "ana")]
    yield schedule(REST, there, here), [*told, (ours[-1][1], "nobody asks")]


KINDS: tuple[Callable[[Zone, Change], Iterator[Case]], ...] = (
    days,
    weeks,
    months,
    hours,
    parts_of_turns,
    windows,
    spans_of_the_week,
    holidays,
    three_teams_in_one_zone,
    follow_the_sun,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_handoffs_come_when_the_rules_say(kind):
    """One person at every instant, in turn, from the instant that the rules name until before the next."""
    count = 0
    for zone in in_share(ci=each_table_once, proof=zones)():
        for change in zone.tested:
            for what, told in kind(zone, change):
                company, where = book(what), f"{', '.join(zone.names)} at {change.at}: {what}"
                expected = _laid(told)

                assert shifts(company, "primary", told[0][0], told[-1][0]) == expected, where
                for shift in expected:
                    for moment in (one for one in change.moments if shift.start <= one < shift.end):
                        assert people_on_call(company, "primary", moment) == shift.people, f"{moment}, {where}"
                count += 1
    note("changes of clocks: rotations that hand over at another instant than the rules say", 0, n=count, at_most=0)


def _turns(every: Turn, start: datetime, zone: Zone, turns: int = 5) -> Case:
    """Three people in so many turns from a wall time on."""
    walls = [later(start, turn * every.count, every.unit) for turn in range(turns + 1)]
    what = schedule(layer(" ".join(PEOPLE), start=start.isoformat(), every=every, zone=zone.zone))
    return what, [(zone.came(begins), PEOPLE[turn % 3]) for turn, begins in enumerate(walls)]


def _window(opens: datetime, closes: datetime) -> Window:
    """Return the window of every day between two times of day."""
    return window(start=f"{opens:%H:%M}", end=f"{closes:%H:%M}")


def _months_before(when: datetime) -> datetime:
    """Return the same day and time of the month before, or of the one before that where it has no such day."""
    month_before = when.replace(day=1) - ONE_DAY
    if month_before.day < when.day:
        month_before = month_before.replace(day=1) - ONE_DAY
    return when.replace(year=month_before.year, month=month_before.month)


def _next_morning(change: Change) -> datetime:
    return change.high.replace(hour=9, minute=0) + ONE_DAY


def _in_kathmandu(begins: datetime, ends: datetime) -> Expected:
    """Say who of ben, from nine to five in Kathmandu, and the rest is on call between two instants."""
    midnight = begins.replace(hour=0, minute=0) - ONE_DAY
    edges: Expected = []
    for n in range(4):
        nine = midnight + n * ONE_DAY + timedelta(hours=3, minutes=15)
        edges += [(nine, "ben"), (nine + 8 * HOUR, "rest")]
    _, now = max(edge for edge in edges if edge[0] <= begins)
    return [(begins, now), *(edge for edge in edges if begins < edge[0] < ends)]


def _laid(told: Expected) -> tuple[Shift, ...]:
    """Lay out what is expected; what lasts for no time is left out, and the same person goes on."""
    found: list[Shift] = []
    for (begins, person), (ends, _) in pairwise(told):
        if found and found[-1].people == (person,):
            found[-1] = replace(found[-1], end=ends)
        elif begins < ends:
            found.append(Shift(begins, ends, (person,)))
    return tuple(found)
