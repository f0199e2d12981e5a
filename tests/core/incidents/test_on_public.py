"""What customers are told: nothing without an approver's word on exactly that text, and nothing of a drill."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.errors import IllegalTransition, NotAllowed
from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import DropPublicDraft, KeepPublicDraft, Publish, RaisePage, TellPerson
from pagerd.core.incidents.events import (
    Cancelled,
    ImpactStopped,
    Merged,
    MitigationEnded,
    MitigationStarted,
    PublicApproved,
    PublicDrafted,
    PublicRejected,
    Reopened,
    Resolved,
    SeverityChanged,
    TimerFired,
)
from pagerd.core.incidents.incident import Incident, IncidentStatus, Mode, incident_id
from pagerd.core.incidents.opening import open_incident
from pagerd.core.incidents.public import (
    Component,
    PublicClock,
    PublicKind,
    PublicRecord,
    PublicRules,
    PublicText,
    text_id,
    worst,
)
from pagerd.core.incidents.rules import IncidentRules
from tests.builders import NOON, SEVERITIES, a_plan, an_incident, minutes

BY = {"by": "dora", "via": "web"}


def a_plan_with_customers(**fields):
    """Return a plan with two components and a list; dora and eva may approve."""
    rules = PublicRules(
        components=(
            Component(id="checkout", name="Checkout", services=("payments-api",)),
            Component(id="reports", name="Reports"),
        ),
        mail=("news@lists.example.org",),
    )
    return replace(a_plan(), approvers=("dora", "eva"), incidents=IncidentRules(public=replace(rules, **fields)))


def opened(plan, **fields) -> Incident:
    """Declare an incident now."""
    fresh = an_incident(status=IncidentStatus.TRIAGE, declared_at=None, **fields)
    return open_incident(fresh, plan, NOON, declare_now=True, via="cli", page=None).incident


def after(incident, plan, *events, at=NOON):
    """Let events happen; return the last decision."""
    for event in events:
        decision = decide(incident, event, plan, at)
        incident = decision.incident
    return decision


EVENTS = st.sampled_from(
    [
        PublicDrafted(**BY, text="Some payments fail."),
        PublicDrafted(by="eva", via="cli", components={"checkout": "degraded"}),
        PublicDrafted(by="ana", via="cli", kind=PublicKind.RESOLVED),
        *(
            PublicApproved(by=who, via=via, draft=draft)
            for who in ("ana", "dora", "eva")
            for via in ("web", "api")
            for draft in (1, 2, 3, 4, 5)
        ),
        PublicRejected(by="ana", via="cli", draft=2),
        MitigationStarted(by="ana", via="cli", kind="rollback"),
        ImpactStopped(by="ana", via="cli", at=NOON),
        Resolved(by="ana", via="cli", override="seen it"),
        Reopened(by="ana", via="cli", why="it fails again"),
        SeverityChanged(by="ana", via="cli", severity="sev1"),
        SeverityChanged(by="ana", via="cli", severity="sev2", why="only some"),
        Cancelled(by="ana", via="cli", reason="false_alarm"),
        Merged(by="ana", via="cli", into=9),
        TimerFired(),
    ]
)


@given(
    steps=st.lists(st.tuples(EVENTS, st.integers(0, 20)), max_size=40),
    mode=st.sampled_from([Mode.LIVE, Mode.DRILL]),
    two_people=st.booleans(),
)
def test_nothing_is_public_but_what_an_approver_approved(steps, mode, two_people):
    """R5 and R10: exactly the text that was drafted, by whoever may and is here; of a drill nothing at all."""
    plan = a_plan_with_customers(two_people=two_people)
    incident, now = opened(plan, mode=mode), NOON
    drafted = {incident.public.pending.number: incident.public.pending} if incident.public.pending else {}
    for event, wait in steps:
        now += minutes(wait)
        try:
            decision = decide(incident, event, plan, now)
        except (IllegalTransition, NotAllowed, TransitionRefused):
            continue
        before, incident = incident, decision.incident
        for effect in decision.effects:
            if isinstance(effect, KeepPublicDraft):
                assert effect.pending.number == max(drafted, default=0) + 1
                drafted[effect.pending.number] = effect.pending
            elif isinstance(effect, Publish):
                assert isinstance(event, PublicApproved)
                assert (event.by, event.via) in [("dora", "web"), ("eva", "web")]
                assert effect.pending == drafted[event.draft] == before.public.pending
                assert not two_people or effect.pending.by != event.by
                assert (effect.pending.said.kind is PublicKind.RESOLVED) != before.is_open
                assert mode is Mode.LIVE
        side = incident.public
        assert side.draft == max(drafted, default=0)
        if mode is Mode.DRILL:
            assert side.clock is None
        if not side.is_open and not incident.is_open and side.pending is None:
            assert side.clock is None


def test_the_clock_reminds_twice_and_then_pages():
    """The comms lead, then the commander, then whoever is asked until somebody answers."""
    plan = a_plan_with_customers()
    incident = opened(plan, severity="sev1", rank=1)
    assert incident.public.clock is not None
    told = []
    for _ in range(3):
        at = incident.public.clock.due
        decision = decide(incident, TimerFired(), plan, at)
        incident = decision.incident
        told.append((at - NOON, [type(effect) for effect in decision.effects]))

    assert told == [
        (timedelta(minutes=2, seconds=30), [TellPerson]),
        (timedelta(minutes=4), [TellPerson]),
        (timedelta(minutes=5), [RaisePage]),
    ]
    assert (incident.public.missed, incident.public.clock.due) == (1, None)


def test_without_customers_nobody_waits_for_a_notice():
    """With no component and no address there is no clock and no proposal; a text can still be written."""
    plan = replace(a_plan_with_customers(), incidents=IncidentRules())
    incident = opened(plan)
    assert (incident.public.clock, incident.public.pending) == (None, None)
    done = after(incident, plan, PublicDrafted(**BY, text="Some payments fail."), PublicApproved(**BY, draft=1))

    assert [effect.pending.said.text for effect in done.effects if isinstance(effect, Publish)] == [
        "Some payments fail."
    ]


def test_a_worse_severity_wants_its_first_notice_sooner():
    """And one that is not as bad gives more time; what was promised to customers stands whatever it is."""
    plan = a_plan_with_customers()
    incident = opened(plan, severity="sev2", rank=2)
    assert incident.public.clock.next_at == NOON + minutes(15)
    worse = after(incident, plan, SeverityChanged(by="ana", via="cli", severity="sev1"), at=NOON + minutes(1)).incident
    assert worse.public.clock.next_at == NOON + minutes(5)
    told = after(worse, plan, PublicApproved(**BY, draft=1), at=NOON + minutes(2)).incident
    promised = told.public.clock.next_at
    milder = after(told, plan, SeverityChanged(by="ana", via="cli", severity="sev2", why="some")).incident

    assert milder.public.clock.next_at == promised


def test_a_text_of_ones_own_is_not_replaced_but_by_the_end():
    """Pagerd proposes in the place of its own proposals; a person's words go when they cannot be true any more."""
    plan = a_plan_with_customers()
    incident = opened(plan)
    own = after(incident, plan, PublicApproved(**BY, draft=1), PublicDrafted(**BY, text="We look at the database."))
    mitigated = after(own.incident, plan, MitigationStarted(by="ana", via="cli", kind="rollback")).incident
    assert mitigated.public.pending.said.text == "We look at the database."
    ended = after(mitigated, plan, Resolved(by="ana", via="cli", override="seen it"))

    assert [effect.number for effect in ended.effects if isinstance(effect, DropPublicDraft)] == [2]
    assert ended.incident.public.pending.said.kind is PublicKind.RESOLVED


def test_who_was_told_nothing_need_not_hear_the_end():
    """The clock stops with the incident, and what was proposed goes."""
    plan = a_plan_with_customers()
    ended = after(opened(plan), plan, Cancelled(by="ana", via="cli", reason="false_alarm")).incident

    assert (ended.public.clock, ended.public.pending, ended.public.kind) == (None, None, None)


def test_what_is_over_in_public_begins_again_with_the_incident():
    """Reopened, customers are owed a notice as if it had just begun."""
    plan = a_plan_with_customers()
    over = after(
        opened(plan),
        plan,
        PublicApproved(**BY, draft=1),
        Resolved(by="ana", via="cli", override="seen it"),
        PublicApproved(**BY, draft=2),
    ).incident
    assert (over.public.kind, over.public.clock) == (PublicKind.RESOLVED, None)
    again = after(over, plan, Reopened(by="ana", via="cli", why="it fails again"), at=NOON + minutes(5)).incident

    assert again.public.clock.next_at == NOON + minutes(10)
    assert again.public.pending.said.kind is PublicKind.INVESTIGATING


def test_another_word_is_another_digest():
    """What is approved is named by it, so every part of what customers read is in it."""
    text = PublicText(kind=PublicKind.INVESTIGATING, title="a", text="b")
    others = [
        replace(text, title="ab", text=""),
        replace(text, kind=PublicKind.RESOLVED),
        replace(text, next_in=minutes(5)),
        replace(text, components={"checkout": "degraded"}),
    ]

    assert len({one.digest for one in (text, *others)}) == 5


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), "operational"),
        (("maintenance", "operational"), "maintenance"),
        (("degraded", "major_outage"), "major_outage"),
    ],
)
def test_the_worst_counts(states, expected):
    """One incident being over does not make well what another one says is not."""
    assert worst(states) == expected


def test_a_clock_of_a_long_promise_reminds_minutes_before():
    """Not half of an hour before."""
    clock = PublicClock(next_at=NOON + minutes(60), since=NOON)

    assert clock.due == NOON + minutes(55)


def refusal(incident, plan, event):
    """Return by which codes an event is refused, and in which words."""
    with pytest.raises(TransitionRefused) as refused:
        decide(incident, event, plan, NOON)
    return [one.code for one in refused.value.unmet], str(refused.value)


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"components": {"fax": "degraded"}}, "no_such_component", "components are checkout, reports"),
        ({"next_in": minutes(4)}, "promise_out_of_bounds", "within 5m to 1d"),
        ({"next_in": minutes(24 * 60 + 1)}, "promise_out_of_bounds", "within 5m to 1d"),
    ],
)
def test_a_text_of_what_customers_do_not_know_or_cannot_wait_for_is_refused(fields, code, words):
    """A component that no file has, and a promise that nobody keeps or remembers."""
    plan = a_plan_with_customers()
    codes, said = refusal(opened(plan), plan, PublicDrafted(**BY, text="Some payments fail.", **fields))

    assert codes == [code]
    assert words in said


@pytest.mark.parametrize("next_in", [minutes(5), minutes(24 * 60)])
def test_the_shortest_and_the_longest_promise_may_be_made(next_in):
    """Both ends of what is allowed belong to it."""
    plan = a_plan_with_customers()
    drafted = after(opened(plan), plan, PublicDrafted(**BY, text="Some payments fail.", next_in=next_in))

    assert drafted.incident.public.pending.said.next_in == next_in


def test_where_two_people_are_asked_for_nobody_approves_their_own_text():
    """Somebody else may, and what pagerd proposed anybody who approves."""
    plan = a_plan_with_customers(two_people=True)
    own = after(opened(plan), plan, PublicDrafted(**BY, text="Some payments fail.")).incident
    approve = PublicApproved(**BY, draft=2)

    assert refusal(own, plan, approve)[0] == ["second_person"]
    assert after(own, plan, replace(approve, by="eva")).incident.public.published == 1
    assert after(opened(plan), plan, PublicApproved(**BY, draft=1)).incident.public.published == 1


def test_only_who_may_approve_publishes():
    """Whoever drafts may be anybody; the files say who puts words in public."""
    plan = a_plan_with_customers()
    drafted = after(opened(plan), plan, PublicDrafted(**BY, text="Some payments fail.")).incident
    with pytest.raises(NotAllowed, match="Ben may not approve what customers read: `approvers`"):
        decide(drafted, PublicApproved(by="ben", via="cli", draft=2), plan, NOON)


def test_a_draft_is_named_by_its_incident_and_its_number():
    """No two of them have one name."""
    kept = PublicRecord(
        incident=7,
        slug="x",
        number=2,
        kind="investigating",
        title="",
        text="",
        digest="",
        drafted_by="",
        drafted_at=NOON,
    )

    assert kept.id == text_id(7, 2) == "i-7-p2"
    assert incident_id(7) == "i-7"


def test_what_promises_something_needs_a_reason():
    """The words are named, and the reason is kept beside them."""
    plan = a_plan_with_customers()
    event = PublicDrafted(**BY, text="We guarantee that no payment is lost.")
    incident = after(opened(plan), plan, event).incident
    codes, words = refusal(incident, plan, PublicApproved(**BY, draft=2, override=" "))
    published = after(incident, plan, PublicApproved(**BY, draft=2, override="legal said so"))

    assert codes == ["promise_words"]
    assert "(guarantee)" in words
    [kept] = [entry.details for entry in published.entries if entry.kind == "public.overridden"]
    assert (kept["words"], kept["reason"]) == ("guarantee", "legal said so")
    assert [one.override for one in published.effects if isinstance(one, Publish)] == ["legal said so"]


@pytest.mark.parametrize(
    ("kind", "is_over", "code"),
    [(PublicKind.RESOLVED, False, "not_resolved"), (PublicKind.MONITORING, True, "is_over")],
)
def test_customers_hear_of_the_end_when_it_is_one_and_then_of_nothing_else(kind, is_over, code):
    """Whatever was drafted, and whoever approves it."""
    plan = a_plan_with_customers()
    incident = after(opened(plan), plan, PublicApproved(**BY, draft=1)).incident
    if is_over:
        incident = after(incident, plan, Resolved(by="ana", via="cli", override="seen it")).incident
    drafted = after(incident, plan, PublicDrafted(**BY, kind=kind, text="It is as it is.")).incident

    assert refusal(drafted, plan, PublicApproved(**BY, draft=drafted.public.pending.number))[0] == [code]


def test_a_text_that_is_rejected_leaves_the_clock_as_it_was():
    """Customers wait for another one: what is to be done is to write it. One that does not wait cannot be rejected."""
    plan = a_plan_with_customers()
    incident = opened(plan)
    rejected = after(incident, plan, PublicRejected(by="ana", via="cli", draft=1, why="too vague"))
    reminded = after(rejected.incident, plan, TimerFired(), at=rejected.incident.public.clock.due)

    assert rejected.effects == (DropPublicDraft(number=1, by="ana", why="too vague"),)
    assert (rejected.incident.public.pending, rejected.incident.public.clock) == (None, incident.public.clock)
    assert [one.text.endswith("pagerd public draft 7") for one in reminded.effects if isinstance(one, TellPerson)] == [
        True
    ]
    codes, words = refusal(rejected.incident, plan, PublicRejected(by="ana", via="cli", draft=1, why="again"))
    assert codes == ["no_such_draft"]
    assert words == "Incident 7: draft 1 does not wait for approval, none waits"
    assert refusal(incident, plan, PublicRejected(by="ana", via="cli", draft=9))[1].endswith("draft 1 waits")


def test_what_is_again_as_customers_were_told_is_proposed_to_nobody():
    """A rollback that did not help leaves them with what they read: it is being looked into."""
    plan = a_plan_with_customers()
    told = after(opened(plan), plan, PublicApproved(**BY, draft=1)).incident
    trying = after(told, plan, MitigationStarted(by="ana", via="cli", kind="rollback")).incident
    assert trying.public.pending.said.kind is PublicKind.IDENTIFIED
    back = after(trying, plan, MitigationEnded(by="ana", via="cli", number=1, outcome="no_effect"))

    assert back.incident.public.pending is None
    assert [(one.number, one.why) for one in back.effects if isinstance(one, DropPublicDraft)] == [
        (2, "it stands again as customers were told")
    ]


def test_a_severity_with_the_same_notice_moves_nothing():
    """Its line would only say what is known."""
    same = replace(SEVERITIES["sev2"], incident=replace(SEVERITIES["sev2"].incident, customer_notice=minutes(5)))
    plan = replace(a_plan_with_customers(), severities={**SEVERITIES, "sev2": same})
    incident = opened(plan, severity="sev2", rank=2)
    worse = after(incident, plan, SeverityChanged(by="ana", via="cli", severity="sev1"), at=NOON + minutes(1))

    assert worse.incident.public.clock == incident.public.clock
    assert "public.due" not in [entry.kind for entry in worse.entries]
    milder = after(incident, plan, SeverityChanged(by="ana", via="cli", severity="sev3", why="a few")).incident
    assert milder.public.clock is None
