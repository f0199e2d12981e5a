from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.errors import NotFound
from pagerd.core.oncall.lookup import on_call, people_on_call
from pagerd.core.oncall.schedule import Turn, Unit
from pagerd.core.oncall.shifts import SPAN_MAX, OwnShift, Shift, shifts, shifts_of
from tests.core.oncall.books import (
    BERLIN,
    CHANGES,
    DAY,
    NEW_YORK,
    UTC_ZONE,
    WEEKDAYS,
    at,
    away,
    book,
    copy,
    fixed,
    layer,
    on_holidays,
    override,
    schedule,
    wall,
    week_span,
    window,
)
from tests.figures import note
from tests.share import in_share

WEEKLY = schedule(layer("ana ben cho"))


def test_shifts_are_laid_end_to_end():
    """A span is cut into shifts, the first and the last at its ends."""
    start, end = at("2026-01-06 12:00"), at("2026-01-20 12:00")

    assert shifts(book(WEEKLY), "primary", start, end) == (
        Shift(start, at("2026-01-12 08:00"), ("ana",)),
        Shift(at("2026-01-12 08:00"), at("2026-01-19 08:00"), ("ben",)),
        Shift(at("2026-01-19 08:00"), end, ("cho",)),
    )


def test_a_hole_is_a_shift_of_nobody():
    """A time without anybody is told like any other."""
    office = schedule(layer("ana", only=(window(WEEKDAYS, "09:00", "17:00"),)))

    assert shifts(book(office), "primary", at("2026-01-05 08:00"), at("2026-01-06 09:00")) == (
        Shift(at("2026-01-05 08:00"), at("2026-01-05 16:00"), ("ana",)),
        Shift(at("2026-01-05 16:00"), at("2026-01-06 08:00"), ()),
        Shift(at("2026-01-06 08:00"), at("2026-01-06 09:00"), ("ana",)),
    )


def test_shifts_of_the_same_people_are_one():
    """Neither a handoff to oneself nor a change of layer, window or override cuts a shift of the same people."""
    office = layer("ana ben", only=(window(WEEKDAYS, "09:00", "17:00"),))
    swap = override("ana for ana", start="2026-01-07", end="2026-01-08")
    company = book(schedule(layer("ana ben"), office), swap)

    assert shifts(company, "primary", at("2026-01-06"), at("2026-01-12")) == (
        Shift(at("2026-01-06"), at("2026-01-12"), ("ana",)),
    )


def test_the_day_of_the_gap_and_of_the_fold_have_23_and_25_hours():
    """Daily turns keep their wall time, so their length is what the clocks make of it."""
    daily = book(schedule(layer("ana ben", start="2026-03-01 09:00", every=DAY)))
    spring = shifts(daily, "primary", at("2026-03-28 08:00"), at("2026-03-30 07:00"))
    autumn = shifts(daily, "primary", at("2026-10-24 07:00"), at("2026-10-26 08:00"))

    assert [shift.end - shift.start for shift in spring] == [timedelta(hours=23), timedelta(hours=24)]
    assert [shift.end - shift.start for shift in autumn] == [timedelta(hours=25), timedelta(hours=24)]


def test_follow_the_sun_hands_over_through_the_weeks_when_zones_disagree():
    """Between the American and the European change of clocks the layers overlap by an hour, and never leave a hole."""
    sun = schedule(
        layer("fallback", every=None, start="2026-01-01 00:00"),
        layer("berlin", every=None, only=(window(start="08:00", end="16:00"),)),
        layer("york", every=None, zone=NEW_YORK, only=(window(start="10:00", end="18:00"),)),
    )
    found = shifts(book(sun), "primary", at("2026-03-10 06:00"), at("2026-03-11 00:00"))

    assert [(f"{shift.start:%H:%M}", *shift.people) for shift in found] == [
        ("06:00", "fallback"),
        ("07:00", "berlin"),
        ("14:00", "york"),
        ("22:00", "fallback"),
    ]


def test_an_empty_span_has_no_shifts():
    """Nothing lies between an instant and itself, or an earlier one."""
    assert shifts(book(WEEKLY), "primary", at("2026-01-06"), at("2026-01-06")) == ()
    assert shifts(book(WEEKLY), "primary", at("2026-01-06"), at("2026-01-05")) == ()


def test_a_span_may_be_asked_in_any_zone():
    """An hour between two equal clock times, the first and the second 01:30 of New York, is an hour."""
    start, end = at("2026-11-01 05:30"), at("2026-11-01 06:30")

    assert shifts(book(WEEKLY), "primary", start.astimezone(NEW_YORK), end.astimezone(NEW_YORK)) == (
        Shift(start, end, ("ana",)),
    )


def test_what_cannot_be_laid_out_is_refused():
    """An unknown schedule, a span without zone and one without bound are refused with the reason."""
    start = at("2026-01-06")

    with pytest.raises(NotFound):
        shifts(book(WEEKLY), "nowhere", start, start)
    with pytest.raises(ValueError, match="no zone"):
        shifts(book(WEEKLY), "primary", datetime(2026, 1, 6), start)  # noqa: DTZ001 - the case
    with pytest.raises(ValueError, match="longer than 3660 days"):
        shifts(book(WEEKLY), "primary", start, start + SPAN_MAX + timedelta(seconds=1))


PEOPLE = ("ana", "ben", "cho", "dan", "eva")
turns = st.sampled_from([(person,) for person in PEOPLE] + [("ana", "ben"), ("cho", "dan"), ()])
lengths = st.one_of(
    st.builds(Turn, st.integers(3, 30), st.just(Unit.HOURS)),
    st.builds(Turn, st.integers(1, 9), st.just(Unit.DAYS)),
    st.builds(Turn, st.integers(1, 2), st.sampled_from((Unit.WEEKS, Unit.MONTHS))),
)
times_of_day = st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")
windows = st.one_of(
    st.builds(window, st.sets(st.integers(0, 6)), times_of_day, times_of_day),
    st.builds(week_span, st.integers(0, 6), times_of_day, st.integers(0, 6), times_of_day),
    st.just(on_holidays()),
)
people = st.sampled_from(PEOPLE)


@st.composite
def layers(draw, zones, day):
    """Draw a layer whose turns are on around a day."""
    start = wall(day) + timedelta(days=draw(st.integers(-40, 2)), minutes=30 * draw(st.integers(0, 47)))
    until = draw(st.none() | st.integers(1, 50 * 48))
    return layer(
        "drawn",
        members=tuple(draw(st.lists(turns, min_size=1, max_size=4))),
        start=start.isoformat(),
        zone=draw(zones),
        every=draw(st.none() | lengths),
        lasts=draw(st.none() | st.builds(Turn, st.integers(1, 40), st.just(Unit.HOURS))),
        until=None if until is None else (start + timedelta(minutes=30 * until)).isoformat(),
        only=tuple(draw(st.lists(windows, max_size=2))),
        not_on=tuple(draw(st.lists(windows, max_size=1))),
        holidays=frozenset(wall(day).date() + timedelta(days=n) for n in draw(st.sets(st.integers(-9, 9), max_size=3))),
    )


@st.composite
def schedules(draw):
    """Draw a schedule of one to three levels around a change of clocks, and the day of the change."""
    zone, day = draw(st.sampled_from(CHANGES))
    drawn = layers(st.sampled_from((zone, zone, BERLIN, UTC_ZONE)), day)
    levels = draw(st.lists(st.lists(drawn, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3))
    return schedule(*levels), at(day)


@st.composite
def books(draw):
    """Draw a schedule, a copy of it, overrides and absences, and a span around the change of clocks."""
    what, middle = draw(schedules())
    spans = st.tuples(st.integers(-12 * 24, 12 * 24), st.integers(1, 100)).map(
        lambda span: {
            "start": (middle + timedelta(hours=span[0])).replace(tzinfo=None).isoformat(),
            "end": (middle + timedelta(hours=span[0] + span[1])).replace(tzinfo=None).isoformat(),
        }
    )
    texts = st.one_of(
        st.builds("{} for {}".format, people, people),
        st.builds("{} for all".format, people),
        st.builds("+ {}".format, people),
        st.builds("- {}".format, people),
    )
    overrides = [
        override(
            draw(texts),
            id=f"o{n}",
            schedule=draw(st.sampled_from(("primary", "secondary"))),
            order=draw(st.integers(0, 3)),
            stored=draw(st.booleans()),
            **draw(spans),
        )
        for n in range(draw(st.integers(0, 5)))
    ]
    absences = [away(draw(people), **draw(spans)) for _ in range(draw(st.integers(0, 3)))]
    by_name = [fixed(draw(people), **draw(spans)) for _ in range(draw(st.integers(0, 2)))]
    what = replace(what, fixed=tuple(by_name))
    start = middle + timedelta(minutes=10 * draw(st.integers(-1500, 0)))
    end = start + timedelta(minutes=draw(st.integers(1, 30000)))
    return book(what, copy(draw(st.integers(1, 3))), *overrides, *absences), start, end


names = st.sampled_from(("primary", "secondary"))


@settings(max_examples=in_share(ci=100, proof=2_000), deadline=None)
@given(books(), names)
def test_shifts_tile_the_span_without_gap_or_overlap(drawn, name):
    """The first begins at the start, each ends where the next begins, the last at the end, and neighbours differ."""
    company, start, end = drawn
    found = shifts(company, name, start, end)

    assert found[0].start == start
    assert found[-1].end == end
    assert all(shift.start < shift.end for shift in found)
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(one.people != other.people for one, other in pairwise(found))


@pytest.fixture(scope="module")
def looked_at():
    """Whether the answer and the shift were the same, at each instant of any rotation that was looked at."""
    found = []
    yield found
    note(
        "rotations around a change of clocks: instants with other people on call",
        found.count(False),
        n=len(found),
        at_most=0,
    )


@settings(max_examples=in_share(ci=100, proof=2_000), deadline=None)
@given(books(), names, st.lists(st.floats(0, 0.999), max_size=30))
def test_on_call_is_the_shift_at_each_instant(looked_at, drawn, name, parts):
    """At random instants, at each handoff and just before it, the answer and the shift have the same people."""
    company, start, end = drawn
    found = shifts(company, name, start, end)
    instants = [start + part * (end - start) for part in parts]
    instants += [moment for shift in found for moment in (shift.start, shift.end - timedelta(microseconds=1))]
    for instant in instants:
        shift = next(shift for shift in found if shift.start <= instant < shift.end)
        looked_at.append(people_on_call(company, name, instant) == shift.people)

        assert looked_at[-1]


@settings(max_examples=in_share(ci=60, proof=2_000), deadline=None)
@given(books(), names)
def test_until_and_following_are_the_next_shift(drawn, name):
    """The answer at a shift's start ends where the shift does, and the people after it are those of the next."""
    company, start, end = drawn
    found = shifts(company, name, start, end)
    for shift, later in pairwise(found[:6]):
        answer = on_call(company, name, shift.start)

        assert (answer.people, answer.until, answer.following) == (shift.people, shift.end, later.people)


@settings(max_examples=in_share(ci=100, proof=2_000), deadline=None)
@given(books(), names, st.floats(0, 0.999), st.floats(0, 1))
def test_a_shift_is_the_same_in_every_window(drawn, name, first, second):
    """Cutting the span differently cuts shifts only at its ends."""
    company, start, end = drawn
    low, high = sorted((start + first * (end - start), start + second * (end - start)))
    whole = shifts(company, name, start, end)
    cut = [Shift(max(s.start, low), min(s.end, high), s.people) for s in whole if s.start < high and s.end > low]

    assert list(shifts(company, name, low, high)) == ([] if low == high else cut)


@settings(max_examples=in_share(ci=100, proof=2_000), deadline=None)
@given(st.sampled_from(CHANGES), lengths, st.integers(0, 47), st.integers(1, 4))
def test_a_rotation_without_windows_never_has_nobody_after_its_anchor(change, every, half_hours, size):
    """From the anchor on exactly one person has the turn, through every change of the clocks."""
    zone, day = change
    start = (wall(day) - timedelta(days=20) + timedelta(minutes=30 * half_hours)).isoformat()
    company = book(schedule(layer(" ".join(PEOPLE[:size]), start=start, zone=zone, every=every)))
    anchor = on_call(company, "primary", at(day) - timedelta(days=25)).until
    found = shifts(company, "primary", anchor, anchor + timedelta(days=60))

    assert all(len(shift.people) == 1 for shift in found)


def test_a_person_is_found_in_every_schedule_and_cut_by_nobody_else():
    """Day and night side by side: ana's week is one shift, although the nights beside it change hands daily."""
    nights = layer("fio gil", every=DAY, only=(window(start="18:00", end="09:00"),))
    company = book(schedule((layer("ana ben"), nights)), copy(1))
    found = shifts_of(company, "ana", company.schedules, at("2026-01-05 08:00"), at("2026-01-19 08:00"))

    assert found == (
        OwnShift("primary", at("2026-01-05 08:00"), at("2026-01-12 08:00")),
        OwnShift("secondary", at("2026-01-12 08:00"), at("2026-01-19 08:00")),
    )
    assert shifts_of(company, "nobody", company.schedules, at("2026-01-05 08:00"), at("2026-01-19 08:00")) == ()


def test_two_turns_of_a_person_with_a_pause_between_are_two_shifts():
    """What does not touch is not joined."""
    company = book(schedule(layer("ana ben", every=DAY)))

    assert [
        one.start.day
        for one in shifts_of(company, "ana", company.schedules, at("2026-01-05 08:00"), at("2026-01-09 08:00"))
    ] == [5, 7]
