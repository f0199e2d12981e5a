"""What an incident does to the pages that are part of it, and to those that it raised itself."""

from dataclasses import replace

import pytest

from pagerd.core.effects import CancelPending
from pagerd.core.events import Acknowledged, IncidentMoved, TimerFired
from pagerd.core.paging.decide import decide
from pagerd.core.paging.page import Holding, PageStatus, Part
from pagerd.core.paging.purpose import Purpose
from tests.builders import NOON, minutes
from tests.core.paging.test_decide import PLAN, a_page, after, kinds, notified, of_kind, opened

ACK = Acknowledged(by="ana", via="sms")
OPEN, OVER = IncidentMoved(incident=7, is_open=True), IncidentMoved(incident=7, is_open=False)
CARRIED, LET_GO = Part(incident=7), Part(incident=7, is_open=False)


@pytest.mark.parametrize(
    ("before", "is_news"),
    [(None, True), (CARRIED, False), (LET_GO, True), (Part(incident=3), True)],
    ids=["none", "the same", "the same, which was over", "another"],
)
def test_a_page_says_of_which_incident_it_is_when_that_is_news(before, is_news):
    """Whoever reads its timeline need not be told twice."""
    moved = after((1, OPEN), page=a_page(part=before))

    assert moved.page.part == CARRIED
    assert kinds(moved) == (["page.incident"] if is_news else [])


@pytest.mark.parametrize("holding", [Holding.REMINDED, Holding.PAGED])
def test_whoever_was_being_asked_again_is_at_work_and_asked_no_more(holding):
    """Their acknowledgement had come to its end: while the incident is open it does not."""
    held = after((1, ACK)).page
    asked = replace(held, acknowledgement=replace(held.acknowledgement, holding=holding))
    taken = decide(asked, OPEN, PLAN, NOON + minutes(32))
    fresh = decide(held, OPEN, PLAN, NOON + minutes(2))

    assert [one.person for one in of_kind(taken, CancelPending)] == ["ana"]
    assert taken.page.acknowledgement.holding is Holding.FRESH
    assert taken.page.due is None
    assert of_kind(fresh, CancelPending) == []


@pytest.mark.parametrize(("over_after", "until_after"), [(5, 35), (200, 230)])
def test_an_acknowledgement_begins_afresh_when_its_incident_is_over(over_after, until_after):
    """Half an hour from then: whoever has the page is asked again as ever, and never sooner than was said."""
    carried = after((1, OPEN), (2, ACK)).page
    over = decide(carried, OVER, PLAN, NOON + minutes(over_after))
    until = NOON + minutes(until_after)

    assert (over.page.acknowledgement.until, over.page.acknowledgement.holding) == (until, Holding.FRESH)
    assert [entry.details for entry in over.entries] == [{"incident": "7", "by": "ana", "until": until.isoformat()}]
    snoozed = replace(carried, acknowledgement=replace(carried.acknowledgement, until=NOON + minutes(600)))
    assert decide(snoozed, OVER, PLAN, NOON + minutes(5)).page.acknowledgement.until == NOON + minutes(600)


def test_a_page_that_nobody_has_goes_on_asking_when_its_incident_is_over():
    """There is no acknowledgement to begin afresh, and no person to name."""
    over = after((1, OPEN), (2, OVER))

    assert (over.page.status, over.page.part, over.page.acknowledgement) == (PageStatus.TRIGGERED, LET_GO, None)
    assert [(entry.kind, entry.details) for entry in over.entries] == [("page.incident_over", {"incident": "7"})]


@pytest.mark.parametrize("errand", ["update", "triage"])
def test_an_answer_does_not_do_what_is_overdue(errand):
    """Whoever answers has ten minutes; then the page begins again at step 1."""
    answered = after((1, ACK), page=a_page(part=Part(incident=7, errand=errand)))
    again = decide(answered.page, TimerFired(), PLAN, NOON + minutes(11))

    assert (answered.page.status, answered.page.due) == (PageStatus.ACKNOWLEDGED, NOON + minutes(11))
    assert kinds(answered) == ["page.errand_later"]
    assert again.page.status is PageStatus.TRIGGERED
    assert notified(again) == [("ana", Purpose.PAGE)]
    assert opened().page.due < NOON + minutes(11)
