"""What of incidents waits for one person: whoever may do it finds it, whoever would be refused does not."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.events import Countersigned, PublicDrafted, Resolved
from pagerd.core.incidents.incident import IncidentStatus
from pagerd.core.incidents.public import PublicKind, PublicRules
from pagerd.core.incidents.waiting import Wait, waiting_for
from pagerd.core.postmortems.review import Review, ReviewState
from tests.builders import NOON, a_plan, an_incident, minutes

PLAN = a_plan(approvers=("cho",), operators=("ben",))
TWO = replace(PLAN, incidents=replace(PLAN.incidents, public=PublicRules(two_people=True)))
REVIEW = Review(owner="ana", due=NOON + minutes(90))
EVERYBODY = ("ana", "ben", "cho", "dora", "eva")


def whom(incident, plan=PLAN, at=NOON):
    """Return for whom something of an incident waits, and what."""
    found = {person: [one.what for one in waiting_for([incident], plan, person, at)] for person in EVERYBODY}
    return {person: waits for person, waits in found.items() if waits}


def drafted(by="ana"):
    """Return an incident with a text for customers that waits."""
    event = PublicDrafted(by=by, via="cli", kind=PublicKind.INVESTIGATING, text="Payments fail.", components={})
    return decide(an_incident(), event, PLAN, NOON).incident


def overridden(by="ana"):
    """Return a resolved incident whose override wants a second name, and no postmortem."""
    event = Resolved(by=by, via="cli", override="the probe is broken")
    return replace(decide(an_incident(), event, PLAN, NOON).incident, review=None)


def reviewed(**fields):
    """Return a resolved incident with its postmortem in this state."""
    return an_incident(status=IncidentStatus.RESOLVED, review=replace(REVIEW, **fields))


def test_a_text_for_customers_waits_for_those_who_approve():
    """Also the one who wrote it, unless two people are asked for."""
    assert whom(drafted()) == {"cho": [Wait.APPROVAL]}
    assert whom(drafted("cho")) == {"cho": [Wait.APPROVAL]}
    assert whom(drafted("cho"), TWO) == {}
    assert whom(an_incident()) == {}


def test_an_override_waits_for_a_second_name():
    """Of whoever may sign it, and never of whoever overrode; signed, it waits for nobody."""
    signed = decide(overridden(), Countersigned(by="dora", via="cli"), PLAN, NOON).incident

    assert set(whom(overridden())) == {"ben", "cho", "dora", "eva"}
    assert set(whom(overridden("dora"))) == {"ben", "cho", "eva"}
    assert whom(signed) == {}


@pytest.mark.parametrize(
    ("fields", "waits"),
    [
        ({}, {"ana": [Wait.POSTMORTEM]}),
        ({"state": ReviewState.IN_REVIEW, "submitted_by": "ana"}, {"dora": [Wait.REVIEW], "eva": [Wait.REVIEW]}),
        ({"state": ReviewState.IN_REVIEW, "submitted_by": "dora"}, {"eva": [Wait.REVIEW]}),
        ({"state": ReviewState.ACCEPTED}, {}),
        ({"state": ReviewState.WAIVED}, {}),
    ],
)
def test_a_postmortem_waits_for_its_writer_and_then_for_another_lead(fields, waits):
    """Whoever submits it does not accept it."""
    assert whom(reviewed(**fields)) == waits


def test_a_postmortem_waits_for_nobody_while_the_incident_goes_on():
    """What was reopened is written when it is over again."""
    assert whom(an_incident(review=REVIEW)) == {}


def test_what_is_due_first_stands_first():
    """And what was promised to nobody last."""
    late = reviewed(due=NOON + minutes(200), owner="cho")
    undated = replace(drafted(), public=replace(drafted().public, clock=None))
    found = waiting_for([undated, late, overridden()], PLAN, "cho", NOON)

    assert [one.what for one in found] == [Wait.POSTMORTEM, Wait.SIGNATURE, Wait.APPROVAL]
    assert found[-1].due is None
