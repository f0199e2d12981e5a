"""What silence does: a suspicion that nobody classified, and trouble against which nothing is tried."""

import pytest

from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.effects import RaisePage, TellPerson
from pagerd.core.incidents.events import TimerFired
from pagerd.core.incidents.incident import DecidedPath, IncidentStatus, Lull
from pagerd.core.incidents.roles import Role, Standing
from tests.builders import NOON, a_plan, an_incident, minutes

PLAN = a_plan()
ROLES = {Role.IC: Standing(holder="dora", since=NOON), Role.TL: Standing(holder="ben", since=NOON)}


def fired(incident, after):
    """Return what becomes of an incident when its timer fires so long after noon."""
    return decide(incident, TimerFired(), PLAN, NOON + after)


def told(decision):
    """Return who is told what."""
    return [(one.person, one.text) for one in decision.effects if isinstance(one, TellPerson)]


def test_a_suspicion_that_nobody_classified_is_asked_for():
    """After five minutes whoever had it is paged: triage is classification, not debugging."""
    suspicion = an_incident(status=IncidentStatus.TRIAGE)
    asked = fired(suspicion, minutes(5))
    [page] = [one for one in asked.effects if isinstance(one, RaisePage)]

    assert fired(suspicion, minutes(4)).effects == ()
    assert (page.errand, page.steps[0].targets) == ("triage", ("ana",))
    assert asked.incident.due is None


def test_first_a_rollback_is_proposed_then_a_decision():
    """To the technical lead after ten minutes, to the commander after fifteen, and then no more."""
    incident = an_incident(roles=ROLES, cadence=None)
    first = fired(incident, minutes(10))
    second = fired(first.incident, minutes(15))

    question = "Roll the latest change back? pagerd incident mitigate 7 rollback"
    assert told(first) == [("ben", f"Incident 7: nothing has been tried for 10m. {question}")]
    decision = "Decide what is tried, and who does it: pagerd checklist answer 7 path"
    assert told(second) == [("dora", f"Incident 7: nothing has been tried for 15m. {decision}")]
    assert second.incident.due is None


def test_whoever_was_to_do_it_is_asked_once_it_is_decided():
    """What is decided and not begun is no mitigation."""
    path = DecidedPath(text="roll release 41 back", owner="cho", by="dora", at=NOON)
    question = "You were to do it: roll release 41 back. When you begin: pagerd incident mitigate 7"

    assert told(fired(an_incident(roles=ROLES, cadence=None, path=path), minutes(10))) == [
        ("cho", f"Incident 7: nothing has been tried for 10m. {question}")
    ]


@pytest.mark.parametrize(("severity", "rank", "is_asked"), [("sev1", 1, True), ("sev2", 2, True), ("sev3", 3, False)])
def test_only_in_grave_incidents_somebody_is_asked(severity, rank, is_asked):
    """With a workaround there is time; the clock goes on, so that a worse severity is asked at its next hour."""
    lulled = fired(an_incident(severity=severity, rank=rank, cadence=None), minutes(10))

    assert bool(told(lulled)) is is_asked
    assert lulled.incident.lull == Lull(since=NOON, prompts=1)
