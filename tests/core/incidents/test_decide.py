"""Every pair of event and status means something or is refused; whatever is done in whatever order, the rules hold."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.errors import IllegalTransition, NotAllowed
from pagerd.core.incidents.decide import TABLE, decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import KeepUpdate, RaisePage
from pagerd.core.incidents.events import (
    ActionMoved,
    Cancelled,
    ChecksMissed,
    ChecksRead,
    Countersigned,
    CriterionRead,
    Declared,
    ErrandAnswered,
    Event,
    FoundUnsolved,
    HelpAsked,
    HypothesisJudged,
    HypothesisStated,
    ImpactStopped,
    Merged,
    MitigationEnded,
    MitigationStarted,
    NoteAdded,
    PageLinked,
    PublicApproved,
    PublicDrafted,
    PublicRejected,
    Refired,
    Reopened,
    Resolved,
    RoleAsked,
    RoleGivenBack,
    RoleReleased,
    RoleTaken,
    Sampled,
    SeverityChanged,
    StepMarked,
    TimerFired,
    TookIn,
    UpdatePosted,
)
from pagerd.core.incidents.incident import OPEN, IncidentStatus
from pagerd.core.incidents.review_events import (
    Closed,
    PostmortemAccepted,
    PostmortemReturned,
    PostmortemSubmitted,
    PostmortemWaived,
    PostmortemWanted,
    PostmortemWritten,
)
from pagerd.core.incidents.roles import Role, alone_in_all
from pagerd.core.incidents.room_events import (
    AllHandsCalled,
    Followed,
    NobodyCame,
    QuestionAnswered,
    QuestionAsked,
    RoomOpened,
    Unfollowed,
)
from pagerd.core.incidents.sentences import SENTENCES
from pagerd.core.timeline import sentence
from tests.builders import BERLIN, NOON, a_plan, an_incident, minutes

LATER = NOON + minutes(20)
BY = {"by": "ben", "via": "cli"}
EXAMPLES: tuple[Event, ...] = (
    Declared(**BY),
    SeverityChanged(**BY, severity="sev2", why="only the reports"),
    MitigationStarted(**BY, kind="rollback", text="release 41"),
    MitigationEnded(**BY, number=1, outcome="no_effect"),
    ImpactStopped(**BY, at=LATER),
    FoundUnsolved(**BY, why="it fails again"),
    CriterionRead(**BY, criterion="errors", state="attested", why="the graph"),
    ChecksRead(found=(Sampled(criterion="errors", state="red", why="error ratio is 0.05, not < 0.01"),)),
    ChecksMissed(since=NOON),
    Resolved(**BY, note="rolled back", override="the watch is no use here"),
    Countersigned(**BY),
    Refired(page="p-2", alert="CheckoutErrors"),
    Reopened(**BY, why="it fails again"),
    Cancelled(**BY, reason="false_alarm"),
    Merged(**BY, into=3),
    TookIn(**BY, other=9),
    PageLinked(**BY, page="p-1"),
    RoleAsked(**BY, role="tl"),
    RoleTaken(**BY, role="ic"),
    RoleGivenBack(**BY, role="ic"),
    RoleReleased(**BY, role="ic"),
    HelpAsked(**BY, team="platform", target="primary", what="a database expert"),
    ErrandAnswered(**BY, errand="update", page="p-1"),
    UpdatePosted(**BY, know="it is the release", doing="rolling back", trend="stable"),
    NoteAdded(**BY, text="the graph is flat", at=NOON),
    ActionMoved(**BY, what="added", action=1, title="a bigger pool"),
    PublicDrafted(**BY, text="Some payments fail.", next_in=minutes(30)),
    PublicApproved(**BY, draft=1),
    PublicRejected(**BY, draft=1),
    StepMarked(**BY, step="scope", status="done", text="a fifth of all payments"),
    HypothesisStated(**BY, text="the pool is exhausted"),
    RoomOpened(**BY, place="https://meet.example.com/7"),
    AllHandsCalled(**BY),
    Followed(**BY, person="eva"),
    Unfollowed(**BY, person="eva"),
    QuestionAsked(**BY, text="are customers in Japan hit, too?"),
    QuestionAnswered(**BY, number=1, text="no, Europe alone"),
    NobodyCame(errand="tl", page="p-1"),
    HypothesisJudged(**BY, number=1, verdict="refuted", why="it is half empty"),
    TimerFired(),
    PostmortemWanted(**BY),
    PostmortemWritten(**BY, digest="0123456789abcdef"),
    PostmortemSubmitted(**BY),
    PostmortemReturned(**BY, why="the impact has no number"),
    PostmortemAccepted(**BY, digest="0123456789abcdef"),
    PostmortemWaived(**BY, why="nothing is left to mend"),
    Closed(**BY),
)


def test_each_event_has_an_example():
    """So that no pair is left out below."""
    assert {type(one) for one in EXAMPLES} == set(get_args(Event))


@pytest.mark.parametrize("status", IncidentStatus)
@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).__name__)
def test_each_pair_means_something_or_changes_nothing(event, status):
    """What the table does not have is refused; what it has grows the version, or says by code what is unmet."""
    incident = an_incident(status=status)
    if (type(event), status) not in TABLE:
        with pytest.raises(IllegalTransition, match=status):
            decide(incident, event, a_plan(), LATER)
        return
    refused: TransitionRefused | None = None
    try:
        decision = decide(incident, event, a_plan(), LATER)
    except TransitionRefused as error:
        refused = error
    if refused is not None:
        assert refused.unmet
        assert all(unmet.code and unmet.what for unmet in refused.unmet)
        return

    assert decision.incident.version == incident.version + 1
    assert decision.entries or isinstance(event, TimerFired | RoleGivenBack | NobodyCame | ChecksMissed)
    for entry in decision.entries:
        assert entry.kind in {*SENTENCES, "late"}
        assert not sentence(entry, BERLIN).startswith(f"{entry.kind}:"), f"{entry} has no words of its own"


def test_nothing_happens_any_more_to_what_is_over_but_words():
    """Closed, cancelled and merged are ends; but customers may still have to hear so, and somebody to be asked.

    And an override may be signed when its incident is closed.
    """
    words = {NoteAdded, ActionMoved, PublicDrafted, PublicApproved, PublicRejected, ErrandAnswered, TimerFired}
    for status in (IncidentStatus.CLOSED, IncidentStatus.CANCELLED, IncidentStatus.MERGED):
        signing = {Countersigned} if status is IncidentStatus.CLOSED else set()
        assert {event for event, of in TABLE if of is status} == words | signing


PEOPLE = st.sampled_from(["ana", "ben", "cho", "dora", "eva"])
ROLES = st.sampled_from([*Role])


@st.composite
def some_event(draw):
    """Draw something that somebody does."""
    by = {"by": draw(PEOPLE), "via": "sms"}
    example = draw(st.sampled_from(EXAMPLES))
    role = draw(ROLES)
    match example:
        case RoleTaken():
            return RoleTaken(**by, role=role)
        case RoleAsked():
            return RoleAsked(**by, role=role, person=draw(st.none() | PEOPLE))
        case RoleReleased():
            return RoleReleased(**by, role=role, why="x")
        case SeverityChanged():
            return SeverityChanged(**by, severity=draw(st.sampled_from(["sev1", "sev2", "sev3", "sev4"])), why="x")
        case Resolved():
            return Resolved(**by, override=draw(st.sampled_from(["", "x"])))
        case MitigationEnded():
            return MitigationEnded(**by, number=draw(st.integers(1, 3)), outcome="no_effect")
        case CriterionRead():
            return CriterionRead(**by, criterion="errors", state=draw(st.sampled_from(["red", "green"])))
        case ImpactStopped():
            return ImpactStopped(**by, at=NOON)
        case ChecksRead():
            found = Sampled(criterion="errors", state=draw(st.sampled_from(["red", "green", "unknown"])), why="x")
            return ChecksRead(found=(found,))
        case TimerFired() | ChecksMissed() | Refired() | NobodyCame():
            return example
        case _:
            return replace(example, by=by["by"])


STEPS = st.lists(st.tuples(some_event(), st.integers(0, 30)), max_size=40)


@given(steps=STEPS)
def test_the_rules_hold_whatever_is_done_in_whatever_order(steps):
    """R1, R4, R7, R9, and: what was cancelled or merged has no clock any more."""
    plan, now = a_plan(), NOON
    incident = an_incident(status=IncidentStatus.TRIAGE)
    numbers = []
    for event, wait in steps:
        now += minutes(wait)
        before = incident
        try:
            decision = decide(incident, event, plan, now)
        except (IllegalTransition, NotAllowed, TransitionRefused):
            continue
        incident = decision.incident
        numbers += [effect.number for effect in decision.effects if isinstance(effect, KeepUpdate)]
        if isinstance(event, RoleTaken) and incident.rank == 1 and alone_in_all(before.roles) is None:
            assert alone_in_all(incident.roles) is None
        times = (incident.detected_at, incident.declared_at, incident.mitigated_at, incident.resolved_at)
        known = [at for at in times if at is not None]
        assert known == sorted(known)
        assert incident.impact_ended_at is None or incident.impact_ended_at <= (incident.resolved_at or now)
        ends = (IncidentStatus.CANCELLED, IncidentStatus.MERGED)
        assert incident.status not in ends or incident.due is None
        if incident.status is IncidentStatus.CLOSED:
            assert incident.review is None or incident.review.is_decided
        if incident.status not in OPEN:
            assert not any(one.is_asked for one in incident.roles.values())
            assert incident.cadence is None

    assert numbers == list(range(len(numbers)))
    assert incident.update == len(numbers) - 1


@given(steps=STEPS)
def test_whoever_is_asked_can_take_it(steps):
    """At the worst severity a page for a role asks nobody who would then hold all three."""
    plan, now = a_plan(), NOON
    incident = an_incident()
    for event, wait in steps:
        now += minutes(wait)
        try:
            decision = decide(incident, event, plan, now)
        except (IllegalTransition, NotAllowed, TransitionRefused):
            continue
        incident = decision.incident
        for page in decision.effects:
            if isinstance(page, RaisePage) and page.errand in set(Role):
                standing = incident.roles[page.errand]
                assert standing.is_asked
                others = {role: one.holder for role, one in incident.roles.items() if role != page.errand}
                both = {others.get(role) for role in Role if role != page.errand}
                if incident.rank == 1 and len(both) == 1 and None not in both:
                    assert both <= set(page.spared)


def test_a_timer_that_is_not_due_does_nothing():
    """What was due a moment ago may have moved."""
    decision = decide(an_incident(), TimerFired(), a_plan(), NOON)

    assert (decision.entries, decision.effects) == ((), ())


def test_a_late_timer_says_so():
    """Pagerd was down: whoever reads the timeline must know that the clock ran before."""
    [late, *_] = decide(an_incident(), TimerFired(), a_plan(), NOON + timedelta(hours=1)).entries

    assert (late.kind, late.details) == ("late", {"seconds": "3000"})
