from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pagerd.core.oncall.schedule import Away
from pagerd.core.people import Medium
from pagerd.engine.duty import duty, nobody_on_call
from tests.builders import NOON, a_plan, a_schedule

MONDAY = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)


def test_levels_that_take_turns_have_people_and_a_handoff():
    """Weekly turns change on Monday at nine; the lead, who takes no turns and is not paged first, is not on call."""
    seen = duty(a_plan(), NOON)

    assert seen.on_call["payments", "primary"] == ("ana",)
    assert seen.on_call["payments", "secondary"] == ("ben",)
    assert ("payments", "team_lead") not in seen.on_call
    assert seen.handoffs["payments", "primary"] == MONDAY
    assert (seen.gaps, seen.holes, seen.unreachable) == ({}, (), {})


def test_a_person_who_is_paged_first_is_on_call_for_ever():
    """A team of one has no rotation, and still somebody answers."""
    plan = a_plan()
    alone = replace(plan.teams["payments"], roles={"primary": "ana", "team_lead": "dora"})
    seen = duty(replace(plan, teams={"payments": alone}), NOON)

    assert seen.on_call == {("payments", "primary"): ("ana",)}
    assert seen.handoffs == {}


def test_a_schedule_without_anybody_is_a_hole_and_a_gap():
    """The only one of platform's primary rotation is away for two days from now on."""
    plan = a_plan()
    gone = Away(person="eva", start=NOON - timedelta(hours=1), end=NOON + timedelta(days=2))
    seen = duty(replace(plan, book=replace(plan.book, away=(gone,))), NOON)

    assert seen.holes == (("platform", "primary"),)
    assert seen.gaps == {("platform", "primary"): timedelta(days=2)}
    assert seen.on_call["platform", "primary"] == ()
    assert seen.handoffs["platform", "primary"] == NOON + timedelta(days=2)


def test_a_gap_to_come_is_no_hole_yet():
    """Nobody follows ana on Monday."""
    plan = a_plan()
    ending = a_schedule("payments-primary", "ana")
    layer = replace(ending.levels[0][0], until=datetime(2026, 1, 12, 9, 0))  # noqa: DTZ001  # wall time, as in the files
    schedules = {**plan.book.schedules, "payments-primary": replace(ending, levels=((layer,),))}
    seen = duty(replace(plan, book=replace(plan.book, schedules=schedules)), NOON)

    assert seen.holes == ()
    assert seen.gaps == {("payments", "primary"): NOON + timedelta(days=7) - MONDAY}


def test_a_role_that_nothing_fills_is_a_hole():
    """The plan names a schedule that is not there."""
    plan = a_plan()
    broken = replace(plan.teams["payments"], roles={"primary": "nobody-knows"})

    assert nobody_on_call(replace(plan, teams={"payments": broken}), NOON) == (("payments", "primary"),)


def test_people_who_cannot_be_reached_are_counted_by_team():
    """Ana's phone refuses everything, and her mail is never loud; the lead counts as well."""
    unusable = frozenset((person, medium) for person in ("ana", "dora") for medium in Medium)
    seen = duty(a_plan(unusable=unusable), NOON)

    assert seen.unreachable == {"payments": 2, "platform": 1}
