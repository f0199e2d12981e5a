"""What follows a resolved incident: drafted, reviewed, accepted or waived, and closed; and who hears of it when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.core.incidents.effects import DraftPostmortem, TellQuietly
from pagerd.core.incidents.events import Reopened, Resolved, TimerFired
from pagerd.core.incidents.incident import IncidentStatus, Mode
from pagerd.core.incidents.review_events import (
    Closed,
    PostmortemAccepted,
    PostmortemReturned,
    PostmortemSubmitted,
    PostmortemWaived,
    PostmortemWanted,
    PostmortemWritten,
)
from pagerd.core.postmortems.review import Review, ReviewState, next_reminder
from tests.builders import NOON, a_plan, an_incident, minutes

BY_ANA, BY_DORA = {"by": "ana", "via": "cli"}, {"by": "dora", "via": "cli"}
PLAN = a_plan()
LATER = NOON + minutes(30)
FRIDAY_AT_FIVE = datetime(2026, 1, 9, 16, 0, tzinfo=UTC)
"""Three business days after Tuesday NOON, in Berlin."""


def resolved(**fields):
    """Return an incident as it is when it was resolved, and what was done."""
    decision = decide(an_incident(**fields), Resolved(**BY_ANA, override="enough"), PLAN, NOON + minutes(20))
    # It is resolved against everything because that is short; who stands by that is no matter of its postmortem.
    return replace(decision.incident, override=None), decision.effects


def after(incident, *events, now=LATER):
    """Let events happen to an incident one after the other."""
    for event in events:
        incident = decide(incident, event, PLAN, now).incident
    return incident


def unmet(incident, event, now=LATER):
    """Return the codes with which an event is refused."""
    with pytest.raises(TransitionRefused) as refused:
        decide(incident, event, PLAN, now)
    return [one.code for one in refused.value.unmet]


def test_the_severity_says_whether_there_is_one():
    """It is due in business days, and drafted at once; without one the incident is closed after three days."""
    grave, effects = resolved()
    mild, nothing = resolved(severity="sev3", rank=3)

    assert (grave.review.state, grave.review.owner, grave.review.due) == (ReviewState.DRAFT, "ana", FRIDAY_AT_FIVE)
    assert DraftPostmortem() in effects
    assert (mild.review, mild.close_at) == (None, NOON + minutes(20) + timedelta(days=3))
    assert DraftPostmortem() not in nothing


def test_a_drill_needs_none():
    """It counts nowhere; whoever learned something from it may want one."""
    drill, effects = resolved(mode=Mode.DRILL)
    wanted = after(drill, PostmortemWanted(**BY_ANA))

    assert (drill.review, DraftPostmortem() in effects) == (None, False)
    assert (wanted.review.state, wanted.review.due, wanted.close_at) == (ReviewState.DRAFT, FRIDAY_AT_FIVE, None)


def test_what_was_written_down_afterwards_needs_none_and_has_no_clock():
    """Nobody is told of it either; somebody may want one."""
    past = an_incident(mode=Mode.BACKFILL, status=IncidentStatus.RESOLVED)
    decision = decide(past, PostmortemWanted(**BY_ANA), PLAN, NOON + minutes(30))

    assert decision.incident.review.due == FRIDAY_AT_FIVE
    assert decision.incident.due is None
    assert decision.effects == (DraftPostmortem(),)


def test_the_way_to_acceptance():
    """Submitted by one, accepted by another: then it is closed."""
    one, _ = resolved()
    reviewed = after(one, PostmortemSubmitted(**BY_ANA))
    over = after(reviewed, PostmortemAccepted(**BY_DORA, digest="d"))

    assert (reviewed.review.state, reviewed.review.submitted_by) == (ReviewState.IN_REVIEW, "ana")
    assert (over.status, over.review.state, over.closed_at) == (
        IncidentStatus.CLOSED,
        ReviewState.ACCEPTED,
        NOON + minutes(30),
    )
    assert over.due is None


def test_what_stands_against_each_step():
    """By code, and nothing changes."""
    one, _ = resolved()
    reviewed = after(one, PostmortemSubmitted(**BY_ANA))
    decided = replace(one, review=replace(one.review, state=ReviewState.WAIVED))
    gap = (("gap", "line 9: something is still to be filled here"),)

    assert unmet(one, PostmortemSubmitted(**BY_ANA, unmet=gap)) == ["gap"]
    assert unmet(one, PostmortemAccepted(**BY_DORA, digest="d")) == ["review_state"]
    assert unmet(one, PostmortemReturned(**BY_DORA, why="x")) == ["review_state"]
    assert unmet(one, PostmortemWanted(**BY_ANA)) == ["postmortem_there"]
    assert unmet(one, PostmortemWaived(**BY_DORA, why=" ")) == ["reason_missing"]
    assert unmet(one, Closed(**BY_ANA, incomplete=("a-1: nobody answers for it",))) == [
        "postmortem_open",
        "action_incomplete",
    ]
    assert unmet(reviewed, PostmortemSubmitted(**BY_ANA)) == ["review_state"]
    assert unmet(reviewed, PostmortemAccepted(**BY_ANA, digest="d")) == ["own_review"]
    assert unmet(reviewed, PostmortemAccepted(**BY_DORA, digest="d", unmet=gap)) == ["gap"]
    assert unmet(decided, PostmortemWaived(**BY_DORA, why="again")) == ["review_state"]
    assert unmet(an_incident(status=IncidentStatus.RESOLVED), PostmortemSubmitted(**BY_ANA)) == ["no_postmortem"]


def test_sent_back_it_is_a_draft_again():
    """Its writer is told what is missing, quietly."""
    one, _ = resolved()
    reviewed = after(one, PostmortemSubmitted(**BY_ANA))
    decision = decide(reviewed, PostmortemReturned(**BY_DORA, why="no number"), PLAN, NOON + minutes(40))

    assert decision.incident.review.state is ReviewState.DRAFT
    text = "Incident 7: its postmortem came back from review: no number."
    assert decision.effects == (TellQuietly(targets=("ana",), text=text),)


def test_closing_needs_complete_action_items_and_not_finished_ones():
    """Accepted or waived with an item that lacks something, it stays resolved until that is mended."""
    one, _ = resolved()
    lacking = ("a-1: it has no priority",)
    waived = after(one, PostmortemWaived(**BY_DORA, why="nothing to mend", incomplete=lacking))
    closed = after(waived, Closed(**BY_ANA))

    assert (waived.status, waived.review.state) == (IncidentStatus.RESOLVED, ReviewState.WAIVED)
    assert unmet(waived, Closed(**BY_ANA, incomplete=lacking)) == ["action_incomplete"]
    assert closed.status is IncidentStatus.CLOSED


def test_reopened_it_is_a_draft_without_a_clock_and_resolved_it_has_its_days_anew():
    """What was written is not the whole story, and nobody is reminded while people work."""
    one, _ = resolved()
    open_again = after(one, PostmortemSubmitted(**BY_ANA), Reopened(**BY_ANA, why="it fails again"))
    monday = NOON + timedelta(days=6)
    decision = decide(open_again, Resolved(**BY_DORA, override="enough"), PLAN, monday)

    assert open_again.review == Review(owner="ana", due=FRIDAY_AT_FIVE)
    assert decision.incident.review.due == datetime(2026, 1, 15, 16, 0, tzinfo=UTC)
    assert DraftPostmortem() in decision.effects


def test_an_incident_without_one_is_closed_when_it_cannot_be_reopened_any_more():
    """Unless an action item lacks something: then it is looked at again later."""
    one, _ = resolved(severity="sev3", rank=3)
    closed = after(one, TimerFired(), now=one.close_at)
    waits = after(one, TimerFired(incomplete=("a-1: it has no priority",)), now=one.close_at)

    assert (closed.status, closed.closed_at) == (IncidentStatus.CLOSED, one.close_at)
    assert (waits.status, waits.close_at) == (IncidentStatus.RESOLVED, one.close_at + timedelta(days=3))


def told_at(incident, now):
    """Return who is told when the timer fires, and when it fires next."""
    decision = decide(incident, TimerFired(), PLAN, now)
    return [one.targets for one in decision.effects], decision.incident


def test_reminders_come_by_day_before_on_and_after_the_day():
    """The writer alone before it is late, the lead as well from then on; in review it is the lead's."""
    one, _ = resolved()
    thursday, friday, monday, tuesday = (datetime(2026, 1, day, 8, 0, tzinfo=UTC) for day in (8, 9, 12, 13))
    seen = []
    for at in (thursday, friday, monday, tuesday):
        assert one.due == at
        targets, one = told_at(one, at)
        seen.append(targets)

    assert seen == [[("ana",)], [("ana",)], [("ana",), ("team_lead",)], [("ana",), ("team_lead",)]]
    reviewed = after(one, PostmortemSubmitted(**BY_ANA), now=tuesday)
    assert told_at(reviewed, reviewed.due)[0] == [("team_lead",)]


def test_what_was_missed_while_pagerd_was_down_is_one_reminder():
    """And the next one comes tomorrow."""
    one, _ = resolved()
    targets, then = told_at(one, FRIDAY_AT_FIVE + timedelta(days=5))

    assert targets == [("ana",), ("team_lead",)]
    assert then.due == datetime(2026, 1, 15, 8, 0, tzinfo=UTC)


def test_what_nobody_finishes_is_said_once_a_week_after_two_weeks():
    """A mail that comes every morning is not read any more."""
    calendar = PLAN.calendar_of("payments")
    late = [datetime(2026, 1, day, 8, 0, tzinfo=UTC) for day in (23, 26)]

    assert next_reminder(calendar, FRIDAY_AT_FIVE, late[0]) == late[1]
    assert next_reminder(calendar, FRIDAY_AT_FIVE, late[1]) == datetime(2026, 2, 2, 8, 0, tzinfo=UTC)
    assert next_reminder(calendar, FRIDAY_AT_FIVE, late[1] + minutes(1)) == datetime(2026, 2, 2, 8, 0, tzinfo=UTC)


def test_due_soon_the_first_reminder_is_the_next_one_that_is_left():
    """With one business day there is none before the day itself."""
    calendar = PLAN.calendar_of("payments")
    due = calendar.add_business_days(NOON, 1)

    assert next_reminder(calendar, due, NOON) == datetime(2026, 1, 7, 8, 0, tzinfo=UTC)
    assert next_reminder(calendar, due, due - minutes(1)) == datetime(2026, 1, 8, 8, 0, tzinfo=UTC)


def test_a_text_can_be_written_until_it_is_decided():
    """What was accepted or waived stays as it was then; what pagerd wrote anew is another line than what people did."""
    text = PostmortemWritten(**BY_ANA, digest="0123456789abcdef")
    incident, _ = resolved()
    written = decide(incident, text, PLAN, LATER)
    facts = decide(incident, replace(text, of_facts=True), PLAN, LATER)
    waived = after(incident, PostmortemWaived(**BY_DORA, why="nothing is left to mend"))
    open_again = replace(waived, status=IncidentStatus.RESOLVED)

    assert [entry.kind for entry in (*written.entries, *facts.entries)] == ["postmortem.written", "postmortem.facts"]
    assert unmet(open_again, text) == ["review_state"]
    assert unmet(resolved(severity="sev3", rank=3)[0], text) == ["no_postmortem"]
