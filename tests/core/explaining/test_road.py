from dataclasses import replace
from datetime import UTC, datetime

from pagerd.core.explaining.road import DECISIONS_MAX, methods, road, targets_of
from pagerd.core.oncall.schedule import Away, Override, OverrideKind
from pagerd.core.paging.opening import fresh_page
from pagerd.core.people import Medium, NotificationRule, Urgency
from pagerd.core.plan import EscalationPolicy, Step
from pagerd.core.policy import Judge
from tests.builders import NIGHT, NOON, a_plan, an_alert, minutes


def a_page(plan, at=NOON):
    """Return a page that nobody was told of yet."""
    alert = an_alert()
    verdict = Judge(plan).judge(alert.labels, alert.annotations, at)
    return fresh_page("p-1", alert, verdict, plan, at, follows=None)


def walked(plan, at=NOON):
    """Return when each person is paged."""
    return [
        (step.at, [one.person for one in step.paged])
        for step in road(a_page(plan, at), plan, before=None)
        if step.paged
    ]


def with_book(**fields):
    """Return the plan with other fields of the book."""
    plan = a_plan()
    return replace(plan, book=replace(plan.book, **fields))


def test_the_road_ends_with_the_last_resort():
    """Each step in its time, each round, and then the last resort, once."""
    plan = replace(
        a_plan(), policies={"standard": EscalationPolicy("standard", (Step(("primary",), minutes(5)),), repeat=1)}
    )

    assert walked(plan) == [
        (NOON, ["ana"]),
        (NOON + minutes(5), ["ana"]),
        (NOON + minutes(10), ["eva", "dora"]),
    ]


def test_who_is_on_call_is_asked_when_the_step_fires():
    """The shift changes while the page waits: the second step finds the next person."""
    handoff = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
    first, second = walked(a_plan(), handoff - minutes(2))[:2]

    assert (first[1], second[1]) == (["ana"], ["cho"])


def test_a_business_hours_page_stops_at_closing():
    """The road waits for the morning with it."""
    plan = a_plan()
    page = replace(a_page(plan), business_hours=True)
    closing = NOON.replace(hour=15, minute=58)
    steps = list(road(replace(page, opened_at=closing), plan, before=None))

    assert [entry.kind for step in steps for entry in step.entries][:2] == ["step.paged", "page.closed_hours"]


def test_an_override_is_named_with_whose_it_is():
    """And the layer that would show below it is not said to decide."""
    override = Override(
        id="o-1",
        schedule="payments-primary",
        kind=OverrideKind.REPLACE,
        start=NOON,
        end=NOON + minutes(60),
        people=("cho",),
        instead_of="ana",
        by="dora",
        why="dentist",
    )
    target = targets_of(with_book(overrides=(override,)), "payments", ("primary",), NOON)[0]

    assert (target.schedule, target.people, target.override) == ("payments-primary", ("cho",), override)
    assert target.until == NOON + minutes(60)


def test_who_is_away_is_named():
    """The next in turn covers, and why is said."""
    away = Away(person="ana", start=NOON - minutes(60), end=NOON + minutes(60))
    target = targets_of(with_book(away=(away,)), "payments", ("primary",), NOON)[0]

    assert target.people == ("ben",)
    assert target.away == (away,)


def test_a_person_a_hole_and_a_name_that_is_nothing():
    """A target that is a person has no schedule; one that leads nowhere has nobody."""
    person, nothing = targets_of(a_plan(), "payments", ("team_lead", "nobody"), NIGHT)
    hole = targets_of(a_plan(), "payments", ("primary",), datetime(2025, 12, 1, tzinfo=UTC))[0]

    assert (person.schedule, person.people) == (None, ("dora",))
    assert (nothing.schedule, nothing.people) == (None, ())
    assert (hole.schedule, hole.people, hole.layer) == ("payments-primary", (), None)


def test_methods_in_their_own_order():
    """As their rules say, the rest with a reason; refused ones move the others up."""
    plan = a_plan(unusable=frozenset({("ana", Medium.SMS)}))
    order = [(one.medium, one.after) for one in methods(plan, "ana", Urgency.HIGH)]

    assert order == [(Medium.VOICE, minutes(0)), (Medium.SMS, None), (Medium.EMAIL, None)]


def test_a_person_without_rules_is_reached_by_whatever_works():
    """And nothing is said to be unused then."""
    plan = a_plan()
    nobody = replace(plan.people["ana"], notify={Urgency.HIGH: (NotificationRule(Medium.VOICE),)}, voice=None)
    found = methods(replace(plan, people=plan.people | {"ana": nobody}), "ana", Urgency.HIGH)

    assert {(one.medium, one.after is None) for one in found} == {
        (Medium.SMS, False),
        (Medium.EMAIL, False),
        (Medium.VOICE, True),
    }


def test_the_walk_is_bounded():
    """A policy of many rounds is walked so far and no further."""
    plan = replace(
        a_plan(), policies={"standard": EscalationPolicy("standard", (Step(("primary",), minutes(1)),), 10_000)}
    )

    assert len(list(road(a_page(plan), plan, before=None))) == DECISIONS_MAX
