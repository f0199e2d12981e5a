"""Who is on call for somebody who rests."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.override import new_override
from pagerd.core.oncall.schedule import Away, OverrideKind, Schedule
from pagerd.core.oncall.shifts import shifts
from pagerd.core.people import Medium
from pagerd.core.worklog.cover import covers
from tests.builders import BERLIN, NOON, a_plan, a_schedule, minutes

SIX = datetime(2026, 1, 7, 6, tzinfo=BERLIN)
NOON_AFTER = datetime(2026, 1, 7, 12, tzinfo=BERLIN)


def found(plan, person="ana", woken=(), start=SIX, end=NOON_AFTER):
    """Return who covers whom, as (schedule, people)."""
    made = covers(plan, person, start, end, woken=frozenset(woken), why="a night", by="dora")
    return [(one.schedule, one.people) for one in made]


def with_book(plan, **fields):
    """Return the plan with fields of its book replaced."""
    return replace(plan, book=replace(plan.book, **fields))


def test_the_next_in_turn_behind_the_secondary_covers():
    """Ben has enough to do as secondary."""
    assert found(a_plan()) == [("payments-primary", ("cho",))]


def test_where_only_the_secondary_is_left_they_cover():
    """Rather than leave it with whoever did not sleep."""
    assert found(a_plan(), woken=["cho"]) == [("payments-primary", ("ben",))]


def test_where_nobody_is_left_the_person_stays():
    """An empty schedule would be worse."""
    assert found(a_plan(), woken=["ben", "cho"]) == [("payments-primary", ())]
    away = (Away(person="ben", start=NOON, end=NOON + timedelta(days=3)),)
    assert found(with_book(a_plan(), away=away), woken=["cho"]) == [("payments-primary", ())]


def test_whoever_cannot_be_reached_covers_nobody():
    """A phone that refuses is no cover."""
    plan = replace(a_plan(), unusable=frozenset({("cho", medium) for medium in Medium}))

    assert found(plan) == [("payments-primary", ("ben",))]


def test_whoever_is_not_on_call_needs_no_cover():
    """They rest all the same."""
    assert found(a_plan(), person="cho") == []


def test_a_copy_moves_on_behind_its_schedule():
    """Ben, who is next, is the secondary as a copy; so cho covers, and the secondary stays ben."""
    copied = Schedule(id="payments-secondary", team="payments", zone=BERLIN, copy="payments-primary", offset=1)
    plan = with_book(a_plan(), schedules={**a_plan().book.schedules, "payments-secondary": copied})
    [made] = covers(plan, "ana", SIX, NOON_AFTER, woken=frozenset(), why="x", by="dora")
    after = replace(plan.book, overrides=(made.override,))

    assert people_on_call(after, "payments-primary", SIX) == ("cho",)
    assert people_on_call(after, "payments-secondary", SIX) == ("ben",)


def test_only_their_own_shifts_are_covered():
    """The handoff at nine takes the rest of the morning off by itself."""
    schedule = a_schedule("payments-primary", "ana", "ben", "cho")
    layer = replace(schedule.levels[0][0], start=datetime(2025, 12, 31, 9))  # noqa: DTZ001  # a wall time
    plan = with_book(
        a_plan(), schedules={**a_plan().book.schedules, "payments-primary": replace(schedule, levels=((layer,),))}
    )
    [made] = covers(plan, "ana", SIX, NOON_AFTER, woken=frozenset(), why="x", by="dora")

    assert made.end.astimezone(BERLIN).hour == 9
    assert people_on_call(plan.book, "payments-primary", NOON_AFTER - minutes(1)) != ("ana",)


def test_whoever_stands_in_for_somebody_is_covered_too():
    """An override put dora there, and none replaces her: so all that are on call then are named."""
    plan = a_plan()
    swap = new_override(
        plan.book, plan.people, id="o1", schedule="payments-primary", start=NOON, end=NOON + timedelta(days=2),
        people=("dora",), instead_of="ana",
    )  # fmt: skip
    plan = with_book(plan, overrides=(swap,))
    [made] = covers(plan, "dora", SIX, NOON_AFTER, woken=frozenset(), why="x", by="eva")[:1]

    assert made.override.kind is OverrideKind.EVERYBODY
    assert "dora" not in people_on_call(replace(plan.book, overrides=(swap, made.override)), "payments-primary", SIX)


names = st.sampled_from(["ana", "ben", "cho", "dora", "eva"])


@given(
    names,
    st.frozensets(names, max_size=4),
    st.frozensets(names, max_size=2),
    st.integers(0, 24 * 20),
    st.integers(1, 48),
)
@pytest.mark.parametrize("copied", [False, True])
def test_no_schedule_ever_has_fewer_people_by_a_rest(copied, person, woken, away, hour, hours):
    """And whoever is covered is not on call; whoever covers was not woken, and is not away."""
    start = NOON + timedelta(hours=hour)
    end = start + timedelta(hours=hours)
    plan = with_book(a_plan(), away=tuple(Away(person=one, start=NOON, end=NOON + timedelta(days=30)) for one in away))
    if copied:
        secondary = Schedule(id="payments-secondary", team="payments", zone=BERLIN, copy="payments-primary", offset=1)
        plan = with_book(plan, schedules={**plan.book.schedules, "payments-secondary": secondary})
    made = covers(plan, person, start, end, woken=woken, why="x", by="dora")
    after = replace(plan.book, overrides=tuple(one.override for one in made if one.override is not None))

    for name in plan.book.schedules:
        for shift in shifts(plan.book, name, start, end):
            for later in shifts(after, name, shift.start, shift.end):
                assert len(later.people) >= len(shift.people), (name, shift, later)
    for one in made:
        assert not set(one.people) & (woken | away | {person})
        for shift in shifts(after, one.schedule, one.start, one.end):
            assert (person in shift.people) == (one.override is None)


def test_whoever_was_added_stays_where_no_override_takes_them_off():
    """Nothing replaces who is there beside everybody else: rather nobody is put in than that both are on call."""
    plan = a_plan()
    beside = new_override(
        plan.book, plan.people, id="o1", schedule="payments-primary", start=NOON, end=NOON + timedelta(days=2),
        people=("dora",), kind=OverrideKind.ADD,
    )  # fmt: skip
    plan = with_book(plan, overrides=(beside,))

    assert ("payments-primary", ()) in found(plan, person="dora")
