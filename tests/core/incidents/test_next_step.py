"""What is to be done next, for every state in which somebody looks at an incident."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.incidents.decide import TABLE, decide
from pagerd.core.incidents.events import (
    CriterionRead,
    ImpactStopped,
    MitigationEnded,
    MitigationStarted,
    RoleTaken,
    UpdatePosted,
)
from pagerd.core.incidents.incident import OPEN, IncidentStatus, Override, Reading, ReadingState, Watch
from pagerd.core.incidents.next_step import ORDER, Phase, phase_of, sentence, steps
from pagerd.core.incidents.public import Pending, PublicClock, PublicKind, PublicSide, PublicText
from pagerd.core.incidents.roles import Role, Standing
from pagerd.core.incidents.severity import CRITERIA
from pagerd.core.postmortems.review import Review, ReviewState
from tests.builders import NOON, a_plan, an_incident, minutes

PLAN = a_plan()
FILLED = {
    Role.IC: Standing(holder="dora", since=NOON),
    Role.TL: Standing(holder="ben", since=NOON),
    Role.COMMS: Standing(holder="cho", since=NOON),
}
MET = {code: Reading(state=ReadingState.ATTESTED, by="ben", at=NOON, why="seen") for code in CRITERIA}


def said(incident, after=timedelta(0)):
    """Return the sentences, so long after noon."""
    return [sentence(step, PLAN) for step in steps(incident, PLAN, NOON + after)]


def codes(incident, after=timedelta(0)):
    """Return the codes, so long after noon."""
    return [step.code for step in steps(incident, PLAN, NOON + after)]


def test_the_order_is_always_the_same():
    """Four words, and where an incident stands in them."""
    assert [*ORDER] == ["stabilize", "restore", "investigate", "prevent"]
    phases = {status: phase_of(an_incident(status=status)) for status in IncidentStatus}
    assert phases == {
        IncidentStatus.TRIAGE: Phase.STABILIZE,
        IncidentStatus.INVESTIGATING: Phase.STABILIZE,
        IncidentStatus.MITIGATING: Phase.RESTORE,
        IncidentStatus.MONITORING: Phase.INVESTIGATE,
        IncidentStatus.RESOLVED: Phase.PREVENT,
        IncidentStatus.CLOSED: Phase.PREVENT,
        IncidentStatus.CANCELLED: None,
        IncidentStatus.MERGED: None,
    }


@pytest.mark.parametrize("status", OPEN)
def test_whoever_looks_at_an_open_incident_is_told_something_to_do(status):
    """And how, at a prompt; a due step has its instant."""
    found = steps(an_incident(status=status), PLAN, NOON)

    assert found
    assert all("pagerd " in step.command and step.what for step in found)


@pytest.mark.parametrize("status", [IncidentStatus.CLOSED, IncidentStatus.CANCELLED, IncidentStatus.MERGED])
def test_what_is_over_asks_for_nothing(status):
    """Neither of anybody nor of somebody."""
    assert steps(an_incident(status=status), PLAN, NOON) == ()


def test_a_suspicion_is_to_be_classified():
    """By whoever had it, in time."""
    incident = an_incident(status=IncidentStatus.TRIAGE)

    assert said(incident) == ["Ana: say whether it is an incident: declare it, or cancel it"]
    assert steps(incident, PLAN, NOON)[0].due == NOON + minutes(5)


def test_first_of_all_somebody_decides():
    """A role that nobody has is anybody's: the commander's before all else, the others after what was promised."""
    assert codes(an_incident()) == ["role_vacant", "role_vacant", "role_vacant", "nothing_tried", "update_due"]
    assert said(an_incident())[0] == "Anybody: take the role of incident commander, nobody has it"
    with_ic = an_incident(roles={Role.IC: FILLED[Role.IC]})
    assert codes(with_ic, minutes(15)) == ["update_overdue", "role_vacant", "role_vacant", "nothing_tried"]
    assert said(with_ic, minutes(15))[0] == "Dora, incident commander: post update 1, it is overdue"


def test_an_update_comes_first_from_five_minutes_before_it_is_due():
    """Then it is what its writer does next; before, it is what comes after."""
    incident = an_incident(roles=FILLED)
    first, last = steps(incident, PLAN, NOON + minutes(10))[0], steps(incident, PLAN, NOON + minutes(9))[-1]

    assert (first.code, first.person, first.role, first.due) == ("update_due", "cho", "comms", NOON + minutes(15))
    assert (last.code, last.due) == ("update_due", NOON + minutes(15))


def test_a_repair_is_followed_through():
    """Try something; say what it did; say that customers feel nothing; or try the next."""
    by = {"by": "ben", "via": "web"}
    incident = an_incident(roles=FILLED)
    assert said(incident)[0] == (
        "Ben, technical lead: nothing has been tried: try what can be taken back, a rollback first"
    )
    tried = decide(incident, MitigationStarted(**by, kind="rollback"), PLAN, NOON).incident
    assert said(tried)[0] == "Ben, technical lead: 1 mitigation under way: say what it did, as soon as you know"
    failed = decide(tried, MitigationEnded(**by, number=1, outcome="no_effect"), PLAN, NOON).incident
    assert said(failed)[0] == (
        "Ben, technical lead: nothing that was tried helped: try what can be taken back, a rollback first"
    )
    worked = decide(tried, MitigationEnded(**by, number=1, outcome="worked"), PLAN, NOON).incident
    assert said(worked)[0] == (
        "Dora, incident commander: when customers feel nothing any more, say so: the watch period begins"
    )


def test_the_watch_asks_for_each_criterion_then_for_patience_then_for_the_end():
    """Red comes before all of that."""
    incident = an_incident(status=IncidentStatus.MONITORING, roles=FILLED, cadence=None)
    assert said(incident) == [
        "Ben, technical lead: see whether core customer actions succeed in sample checks (5 more after it)",
        "Dora, incident commander: keep watching: the period ends then, unless something turns red",
    ]
    met = replace(incident, readings=MET)
    assert codes(met) == ["watch_running"]
    assert steps(met, PLAN, NOON)[0].due == NOON + minutes(60)
    over = replace(met, watch=replace(incident.watch, is_over=True))
    assert said(over, minutes(60)) == ["Dora, incident commander: everything is met: resolve it"]
    red = decide(met, CriterionRead(by="ben", via="web", criterion="errors", state="red"), PLAN, NOON).incident
    assert said(red)[0] == "Dora, incident commander: errors is red: mend it, or say that it is not over"


def test_a_watch_that_stands_still_asks_why_and_one_that_is_over_does_not_resolve_by_itself():
    """What cannot be read is looked at; and with the period over, what is unmet still is."""
    held = Watch(since=NOON, until=NOON + minutes(60), held_since=NOON)
    over = Watch(since=NOON - minutes(60), until=NOON, is_over=True)
    watched = an_incident(status=IncidentStatus.MONITORING, roles=FILLED, cadence=None, readings=MET, watch=held)
    red = {**MET, "errors": Reading(state=ReadingState.RED, by="ben", at=NOON)}

    (step,) = steps(watched, PLAN, NOON + minutes(90))
    assert (step.code, step.due) == ("watch_running", None)
    assert step.what.startswith("see why a check cannot be read, or attest what it should")
    assert codes(replace(watched, watch=over)) == ["resolve"]
    assert codes(replace(watched, watch=over, readings=red)) == ["criterion_red"]


def test_after_the_end_the_postmortem_is_followed_through():
    """Its writer finishes it, a lead reviews it, the incident is closed; where there is none, nothing is to be done."""
    review = Review(owner="ben", due=NOON + minutes(60))
    resolved = an_incident(status=IncidentStatus.RESOLVED, roles=FILLED, review=review)

    assert said(resolved) == ["Ben: finish the postmortem, and ask for its review"]
    assert said(resolved, minutes(61)) == ["Ben: finish the postmortem, and ask for its review, it is overdue"]
    assert steps(resolved, PLAN, NOON)[0].due == NOON + minutes(60)
    reviewed = replace(resolved, review=replace(review, state=ReviewState.IN_REVIEW))
    assert said(reviewed) == ["Anybody: a lead reviews the postmortem"]
    decided = replace(resolved, review=replace(review, state=ReviewState.ACCEPTED))
    assert said(decided) == ["Anybody: close the incident"]
    assert steps(decided, PLAN, NOON)[0].due is None
    assert steps(replace(resolved, review=None), PLAN, NOON) == ()


def test_the_next_step_is_never_what_the_machine_would_refuse():
    """Whoever does what is asked is told by code what is missing, but never that it means nothing there."""
    meant = {
        "update_due": UpdatePosted,
        "update_overdue": UpdatePosted,
        "role_vacant": RoleTaken,
        "nothing_tried": MitigationStarted,
        "mitigation_running": MitigationEnded,
        "impact_going_on": ImpactStopped,
        "criterion_unmet": CriterionRead,
    }
    for status in OPEN[1:]:
        for running in (0, 1):
            for step in steps(an_incident(status=status, running=running), PLAN, NOON + minutes(15)):
                assert step.code not in meant or (meant[step.code], status) in TABLE


def test_customers_who_wait_come_right_after_those_inside():
    """A text that waits for its approval, or one that nobody has written; from five minutes before it is due."""
    clock = PublicClock(next_at=NOON + minutes(20), since=NOON)
    words = PublicText(kind=PublicKind.INVESTIGATING, title="Errors", text="Some see errors.")
    waiting = an_incident(roles=FILLED, cadence=None, public=PublicSide(clock=clock))
    drafted = replace(waiting, public=replace(waiting.public, pending=Pending(number=2, said=words, by="ben", at=NOON)))

    assert codes(waiting) == ["nothing_tried", "customers_due"]
    assert codes(waiting, minutes(15))[0] == "customers_due"
    assert said(waiting, minutes(20))[0] == "Cho, comms lead: write what customers read, it is overdue"
    assert said(drafted)[-1] == "Cho, comms lead: have draft 2 for customers approved"
    over = replace(drafted, status=IncidentStatus.RESOLVED)
    assert codes(over) == ["customers_due"]


def test_an_override_wants_a_second_name_also_when_all_is_closed():
    """Until somebody has signed; where nobody is asked, as in a drill, nothing is to be done."""
    override = Override(by="ana", at=NOON, why="the region is gone", unmet=("errors",), due_at=NOON + minutes(600))
    incident = an_incident(status=IncidentStatus.CLOSED, override=override)
    signed = replace(override, countersigned_by="dora", countersigned_at=NOON)

    (step,) = steps(incident, PLAN, NOON)
    assert (step.code, step.person, step.due) == ("countersign", None, NOON + minutes(600))
    assert steps(replace(incident, override=signed), PLAN, NOON) == ()
    assert steps(replace(incident, override=replace(override, due_at=None)), PLAN, NOON) == ()
    resolved = replace(incident, status=IncidentStatus.RESOLVED, review=Review(owner="ben", due=NOON))
    assert codes(resolved) == ["countersign", "postmortem"]
