"""What holds of every schedule, whatever is in it. Books are drawn from seeds, and every failure names its seed."""

import sys
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random  # noqa: TID251  # drawn from the seed that every failure names
from typing import TypeVar

import pytest

from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.rotation import Rotation
from pagerd.core.oncall.schedule import Away, Book, Override, Turn, Unit
from pagerd.core.oncall.shifts import Shift, shifts
from tests.core.oncall.books import BERLIN, UTC_ZONE, at, book, copy, layer, override, schedule, wall
from tests.core.oncall.drawn import a_book
from tests.core.oncall.stepping import clock, later
from tests.core.oncall.zones import zones
from tests.share import in_share

T = TypeVar("T")

SEEDS = in_share(ci=60, proof=5_000)
NAMES = ("primary", "secondary")
TICK = timedelta(microseconds=1)


def test_the_order_of_input_says_nothing():
    """Overrides, absences, schedules, fixed shifts and windows may stand in any order in their files."""
    for seed in range(SEEDS):
        drawn, random = a_book(seed), Random(seed)
        shuffled = _shuffled(drawn.book, random)
        for name in NAMES:
            one, other = (shifts(book, name, drawn.start, drawn.end) for book in (drawn.book, shuffled))

            assert one == other, f"seed {seed}, {name}"


def test_an_override_changes_nothing_outside_its_span():
    """Before it begins and from its end on all is as without it, in its schedule and in a copy of that."""
    for seed in range(SEEDS):
        drawn = a_book(seed)
        for one in drawn.book.overrides:
            without = replace(drawn.book, overrides=tuple(o for o in drawn.book.overrides if o is not one))
            for name in NAMES:
                spans = [(drawn.start, min(one.start, drawn.end)), (max(one.end, drawn.start), drawn.end)]
                if name == "primary" and one.schedule == "secondary":
                    spans = [(drawn.start, drawn.end)]
                for span in spans:
                    with_it = shifts(drawn.book, name, *span)

                    assert with_it == shifts(without, name, *span), f"seed {seed}, {name}: {one}"


def test_an_absence_changes_nothing_outside_its_span():
    """Whoever comes back has the turns that they had."""
    for seed in range(SEEDS):
        drawn = a_book(seed)
        for one in drawn.book.away:
            without = replace(drawn.book, away=tuple(other for other in drawn.book.away if other is not one))
            for name in NAMES:
                for span in ((drawn.start, min(one.start, drawn.end)), (max(one.end, drawn.start), drawn.end)):
                    with_it = shifts(drawn.book, name, *span)

                    assert with_it == shifts(without, name, *span), f"seed {seed}, {name}: {one}"


def test_nobody_who_is_away_is_on_call():
    """An absence is out of every schedule, overrides included."""
    for seed in range(SEEDS):
        drawn = a_book(seed)
        for name in NAMES:
            for shift in shifts(drawn.book, name, drawn.start, drawn.end):
                absent = {one.person for one in drawn.book.away if _meet(one, shift)}

                assert not absent & set(shift.people), f"seed {seed}, {name}: {shift}"


def test_a_copy_never_yields_who_is_on_call_above():
    """Only an override of the copy itself may name such a person."""
    for seed in range(SEEDS):
        drawn = a_book(seed)
        own = [one for one in drawn.book.overrides if one.schedule == "secondary"]
        above = shifts(drawn.book, "primary", drawn.start, drawn.end)
        for shift in shifts(drawn.book, "secondary", drawn.start, drawn.end):
            named = {person for one in own if _meet(one, shift) for person in one.people}
            there = {person for one in above if _meet(one, shift) for person in one.people}

            assert not there & set(shift.people) - named, f"seed {seed}: {shift}"


def test_the_strongest_override_of_everybody_is_the_answer():
    """A command at night says who has it, whatever layers, files and earlier commands say."""
    for seed in range(SEEDS):
        drawn = a_book(seed)
        said = override("zoe for all", id="now", stored=True, order=99, start=_text(drawn.start), end=_text(drawn.end))
        company = replace(drawn.book, overrides=(*drawn.book.overrides, said))

        assert shifts(company, "primary", drawn.start, drawn.end) == (Shift(drawn.start, drawn.end, ("zoe",)),), seed


@pytest.mark.parametrize("unit", Unit)
def test_turns_are_laid_end_to_end_in_every_zone(unit):
    """Each turn begins where the one before ends, has the next person, and lasts for its whole time."""
    for seed in range(SEEDS):
        random = Random(f"{unit} {seed}")
        zone = random.choice(zones())
        start = wall("2025-01-01") + timedelta(minutes=random.randint(0, 6 * 365 * 1440))
        every = Turn(random.randint(1, 5), unit)
        rotation = Rotation(layer("ana ben cho", start=start.isoformat(), every=every, zone=zone.zone))
        first = random.randint(0, 200 if unit is Unit.HOURS else 20)
        bounds = [rotation.bounds(turn) for turn in range(first, first + 20)]

        for turn, (begins, ends) in enumerate(bounds, first):
            assert rotation.turn_at(begins) == rotation.turn_at(ends - TICK) == turn, f"seed {unit} {seed}"
        assert all(one[1] == other[0] for one, other in pairwise(bounds)), f"seed {unit} {seed}"


@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.WEEKS, Unit.MONTHS])
def test_handoffs_keep_their_local_time(unit):
    """Whatever the clocks do, a handoff shows the anchor's time of day; a missing time shows the end of the gap."""
    for seed in range(SEEDS):
        random = Random(f"{unit} {seed}")
        zone = random.choice(zones())
        start = wall("2025-01-01") + timedelta(minutes=random.randint(0, 6 * 365 * 1440))
        every = Turn(random.randint(1, 3), unit)
        rotation = Rotation(layer("ana ben cho", start=start.isoformat(), every=every, zone=zone.zone))
        for turn in range(20):
            meant = later(start, turn * every.count, unit)
            begins, _ = rotation.bounds(turn)
            gaps = [change for change in zone.changes if change.is_gap and change.low <= meant < change.high]

            assert clock(begins, zone.zone) == (gaps[0].high if gaps else meant), f"seed {unit} {seed}"


def test_turns_of_2049_are_a_sum():
    """Where no clock changes, whose turn it is follows from one division, however far away it is."""
    for seed in range(SEEDS):
        random = Random(seed)
        start = at("2026-01-01") + timedelta(minutes=random.randint(0, 500_000))
        unit = random.choice((Unit.HOURS, Unit.DAYS, Unit.WEEKS))
        every = Turn(random.randint(1, 30), unit)
        size = random.randint(2, 6)
        what = layer(" ".join(f"p{n}" for n in range(size)), start=_text(start), every=every, zone=UTC_ZONE)
        when = at("2049-01-01") + timedelta(minutes=random.randint(0, 500_000))
        turn = (when - start) // timedelta(**{unit.value: every.count})

        assert people_on_call(book(schedule(what)), "primary", when) == (f"p{turn % size}",), f"seed {seed}"


def test_an_anchor_moved_on_by_whole_rounds_is_the_same_rotation():
    """From its later anchor on a rotation is the one that began 23 years before: nothing drifts on the way."""
    for seed in range(SEEDS):
        random = Random(seed)
        unit = random.choice((Unit.DAYS, Unit.WEEKS, Unit.MONTHS))
        every, size = Turn(random.randint(1, 3), unit), random.randint(2, 5)
        start = wall("2026-01-01") + timedelta(minutes=random.randint(0, 27 * 1440))
        each = later(start, every.count * size, unit) - start
        rounds = round(timedelta(days=23 * 365) / each)
        moved = later(start, rounds * every.count * size, unit)
        people = " ".join(f"p{n}" for n in range(size))
        old, new = (
            book(schedule(layer(people, start=anchor.isoformat(), every=every, zone=BERLIN)))
            for anchor in (start, moved)
        )
        since = moved.replace(tzinfo=BERLIN)
        span = (since, since + timedelta(days=300))

        assert shifts(old, "primary", *span) == shifts(new, "primary", *span), f"seed {seed}"


@pytest.mark.parametrize("unit", Unit)
def test_2049_costs_what_today_costs(unit):
    """Who is on call is arithmetic, not stepping: it takes as many calls of functions in 2049 as now."""
    turns = layer("ana ben cho", start="2026-01-31 09:00", every=Turn(1, unit))
    parts = layer("ana ben cho", start="2026-01-31 09:00", every=Turn(3, unit), lasts=Turn(2, unit))
    company = book(schedule((turns, parts)), copy(1))
    for name in NAMES:
        people_on_call(company, name, at("2026-03-01"))  # what is made ready for a book is made ready once
        for month, day in ((3, 15), (3, 29), (7, 4), (10, 25)):
            now, then = (
                _calls(company, name, datetime(year, month, day, 12, 34, tzinfo=UTC_ZONE)) for year in (2026, 2049)
            )

            assert then < 2 * now, f"{name}, {month}-{day}"


def _calls(company: Book, name: str, when: datetime) -> int:
    """Count the calls that one answer takes, where none is left over from the question before."""
    people_on_call(company, name, at("2020-01-01"))
    count = 0

    def called(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        people_on_call(company, name, when)
    finally:
        sys.setprofile(before)
    return count


def _meet(one: Override | Away | Shift, other: Shift) -> bool:
    """Is there an instant in both?"""
    return one.start < other.end and other.start < one.end


def _shuffled(one: Book, random: Random) -> Book:
    """Return the same book, written in another order."""
    names = random.sample(sorted(one.schedules), len(one.schedules))
    schedules = {}
    for name in names:
        levels = tuple(
            tuple(replace(part, only=_sample(part.only, random), not_on=_sample(part.not_on, random)) for part in level)
            for level in one.schedules[name].levels
        )
        fixed = _sample(one.schedules[name].fixed, random)
        schedules[name] = replace(one.schedules[name], levels=levels, fixed=fixed)
    return replace(
        one,
        schedules=schedules,
        overrides=_sample(one.overrides, random),
        away=_sample(one.away, random),
    )


def _sample(of: tuple[T, ...], random: Random) -> tuple[T, ...]:
    return tuple(random.sample(of, len(of)))


def _text(when: datetime) -> str:
    return when.replace(tzinfo=None).isoformat()
