"""An override has two names: who may be the second, who is asked when, and that none of it is ever in the night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.errors import NotAllowed
from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import TellLeadership
from pagerd.core.incidents.events import Countersigned, Reopened, Resolved, TimerFired
from pagerd.core.incidents.incident import IncidentStatus, Mode
from tests.builders import BERLIN, NOON, a_plan, an_incident, minutes

PLAN = a_plan(approvers=("cho",), operators=("ben",))
HOUR = timedelta(hours=1)


def overridden(by="ana", at=NOON, **fields):
    """Let somebody resolve an incident against everything."""
    event = Resolved(by=by, via="cli", override="the probe is broken")
    return decide(an_incident(opened_at=at, **fields), event, PLAN, at)


def asked(decision):
    """Return who is asked to sign."""
    return [one.targets for one in decision.effects if isinstance(one, TellLeadership)]


def sign(incident, by, at=NOON + HOUR):
    """Let somebody countersign."""
    return decide(incident, Countersigned(by=by, via="cli"), PLAN, at).incident


@pytest.mark.parametrize("by", ["dora", "eva", "cho", "ben"])
def test_a_lead_an_approver_or_an_admin_signs(by):
    """Dora leads the team, eva the platform, cho approves what the public reads, and ben is an operator."""
    signed = sign(overridden().incident, by)

    assert (signed.override.countersigned_by, signed.override.countersigned_at) == (by, NOON + HOUR)
    assert signed.override.tell_at is None


def test_nobody_signs_for_themselves():
    """Whatever they may do otherwise."""
    with pytest.raises(TransitionRefused) as refused:
        sign(overridden("dora").incident, "dora")

    assert [one.code for one in refused.value.unmet] == ["same_person"]


@pytest.mark.parametrize("by", ["ana", "nobody"])
def test_nobody_else_signs(by):
    """Whoever only answers pages, and whoever the files do not know any more."""
    with pytest.raises(NotAllowed, match="a lead of team payments"):
        sign(overridden("dora").incident, by)


def test_a_token_signs_nothing():
    """It may be a script's, whoever made it."""
    with pytest.raises(NotAllowed, match="not by a token"):
        decide(overridden().incident, Countersigned(by="dora", via="api"), PLAN, NOON + HOUR)


def test_it_is_signed_once():
    """The first second name stands."""
    with pytest.raises(TransitionRefused) as refused:
        sign(sign(overridden().incident, "dora"), "eva")

    assert [one.code for one in refused.value.unmet] == ["already_countersigned"]


def test_what_was_resolved_as_it_should_needs_no_second_name():
    """There is nothing to stand by."""
    with pytest.raises(TransitionRefused) as refused:
        sign(an_incident(status=IncidentStatus.RESOLVED), "dora")

    assert [one.code for one in refused.value.unmet] == ["not_overridden"]


def test_who_is_asked_is_never_who_overrode():
    """Without another lead of the team it is the platform's."""
    assert asked(overridden("ana")) == [("dora",)]
    assert asked(overridden("dora")) == [("eva",)]


def test_a_closed_incident_can_still_be_signed():
    """The postmortem may be accepted before."""
    closed = replace(overridden().incident, status=IncidentStatus.CLOSED)

    assert sign(closed, "dora").override.countersigned_by == "dora"


def test_whoever_reopens_it_makes_the_override_void():
    """What it was about is not over."""
    reopened = decide(overridden().incident, Reopened(by="ben", via="cli", why="no"), PLAN, NOON + HOUR).incident

    assert reopened.override is None


def test_a_drill_wants_no_second_name():
    """Nobody's trouble."""
    decision = overridden(mode=Mode.DRILL)

    assert asked(decision) == []
    assert decision.incident.override.tell_at is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)))  # noqa: DTZ001  # hypothesis wants them naive
def test_it_is_asked_by_day_until_it_is_signed_and_due_by_the_next_business_day(naive):
    """From any instant of a year: first within the day or at the next opening, then at each opening, then overdue."""
    at = naive.replace(tzinfo=UTC)
    decision, told = overridden(at=at), []
    incident = decision.incident
    now = at
    if asked(decision):
        told.append(now)
    for _ in range(4):
        now = incident.due
        decision = decide(incident, TimerFired(), PLAN, now)
        incident = decision.incident
        assert asked(decision)
        told.append(now)
    calendar, due_at = PLAN.calendar_of("payments"), incident.override.due_at

    assert all(9 <= one.astimezone(BERLIN).hour < 17 for one in told)
    assert all(one.astimezone(BERLIN).weekday() < 5 for one in told)
    assert at < due_at == calendar.add_business_days(at, 1)
    assert any(one <= due_at for one in told)
    assert [entry.kind for entry in decision.entries][-1] == "override.overdue"


def test_overdue_is_told_to_both_leads():
    """Whoever was asked first may be away."""
    incident = overridden().incident
    [first] = asked(decide(incident, TimerFired(), PLAN, incident.due))
    later = incident.override.due_at + minutes(1)
    [late] = asked(decide(incident, TimerFired(), PLAN, later))

    assert first == ("dora",)
    assert late == ("dora", "eva")
