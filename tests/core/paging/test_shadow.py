"""What a shadow hears of a page: a quiet copy, and nothing that anybody waits for."""

from dataclasses import replace

import pytest

from pagerd.core.effects import Notify
from pagerd.core.events import Reassigned, TimerFired
from pagerd.core.oncall.schedule import FixedShift
from pagerd.core.paging.decide import decide
from pagerd.core.paging.page import PageStep, Position, Stage
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, Urgency
from tests.builders import NOON, a_plan, a_schedule, minutes
from tests.core.paging.test_decide import a_page, opened

PEOPLE = {**a_plan().people, "gil": replace(a_plan().people["ana"], id="gil", name="Gil", email="gil@example.com")}


def plan_with(*shadows, of="payments-primary", people=PEOPLE, fixed=()):
    """Return the plan in which these shadow one schedule of payments."""
    plan = a_plan(people=people)
    schedules = dict(plan.book.schedules)
    schedules[of] = replace(schedules[of], shadows=shadows, fixed=fixed)
    return replace(plan, book=replace(plan.book, schedules=schedules))


def copies(decision):
    """Return who is told as a shadow."""
    return [one.person for one in decision.effects if isinstance(one, Notify) and one.purpose is Purpose.SHADOW]


def at_step(plan, **position):
    """Let the timer of an open page fire, as it stands somewhere in its escalation."""
    page = opened(plan=plan).page
    return decide(replace(page, position=replace(page.position, due=NOON, **position)), TimerFired(), plan, NOON)


def test_a_shadow_has_a_quiet_copy():
    """By their low methods, under the name of whoever was paged; it is on the timeline, and nobody waits for it."""
    decision = opened(plan=plan_with("gil"))

    copy = decision.effects[-1]
    assert copy == Notify(
        person="gil",
        purpose=Purpose.SHADOW,
        urgency=Urgency.LOW,
        why="a shadow in schedule payments-primary",
        actor="ana",
    )
    assert (decision.entries[-1].kind, decision.entries[-1].details) == ("shadows.told", {"people": "gil"})
    assert decision.page.position.asked == decision.page.reached == ("ana",)


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (plan_with(), []),
        (plan_with("gil", "cho"), ["gil", "cho"]),
        (plan_with("ana"), []),
        (plan_with("gil", of="payments-secondary"), []),
        (plan_with("gil", people={**PEOPLE, "gil": replace(PEOPLE["gil"], email=None)}), []),
        (plan_with("nobody-known"), []),
        (plan_with(fixed=(FixedShift(start=NOON, end=NOON + minutes(1), shadows=("gil",)),)), ["gil"]),
        (plan_with(fixed=(FixedShift(start=NOON - minutes(1), end=NOON, shadows=("gil",)),)), []),
    ],
)
def test_who_is_told_at_step_1(plan, told):
    """The shadows of the schedule that is paged, who are not on call in it and have a quiet way to be reached."""
    assert copies(opened(plan=plan)) == told


def test_each_step_has_the_shadows_of_its_own_schedule():
    """Whoever learns from the secondary hears when the secondary is paged; in the second round nobody hears again."""
    plan = plan_with("gil", of="payments-secondary")

    assert copies(at_step(plan)) == ["gil"]
    assert copies(at_step(plan, round=1)) == []


def test_the_last_resort_and_a_handover_have_no_shadow():
    """Neither is a turn of a schedule."""
    plan = plan_with("gil")
    plan = replace(plan, last_resort=replace(plan.last_resort, targets=("payments-primary",)))
    page = opened(plan=plan).page

    assert copies(at_step(plan, stage=Stage.LAST_RESORT)) == []
    assert copies(decide(page, Reassigned(by="ana", via="cli", to="ben"), plan, NOON)) == []


def test_a_step_that_pages_nobody_tells_no_shadow():
    """A hole is skipped, and its shadow is never what fills it."""
    plan = plan_with("gil")
    hole = replace(a_schedule("payments-primary"), shadows=("gil",))
    plan = replace(plan, book=replace(plan.book, schedules={**plan.book.schedules, "payments-primary": hole}))
    decision = opened(a_page(position=Position(stage=Stage.STEP)), plan)

    assert copies(decision) == []
    assert "gil" not in decision.page.position.asked


def test_whoever_nobody_reached_has_no_shadow():
    """Of two schedules of one step the one whose person cannot be reached pages nobody, and so tells nobody."""
    plan = plan_with("gil", of="payments-secondary")
    both = a_page(steps=(PageStep(("primary", "secondary"), minutes(5)),))
    silent = replace(plan, unusable=frozenset({("ben", medium) for medium in Medium}))

    assert copies(opened(both, plan)) == ["gil"]
    assert copies(opened(both, silent)) == []
