"""A page that is part of an incident, seen from the page: who is asked, who has it, and when it is over."""

from dataclasses import replace

import pytest

from pagerd.core.effects import TellEverybodyPaged
from pagerd.core.events import Acknowledged, ErrandEnded, EscalatedByHand, IncidentMoved, Reassigned, TimerFired, Undone
from pagerd.core.paging.decide import decide
from pagerd.core.paging.page import PageStatus, Part, Position, Stage
from pagerd.core.paging.purpose import Purpose
from tests.builders import NOON, minutes
from tests.core.paging.test_decide import PLAN, a_page, after, kinds, notified, of_kind, opened

LEAD = Part(incident=7, errand="lead")
ACK = Acknowledged(by="ana", via="sms")


def test_nobody_is_asked_for_what_they_cannot_do() -> None:
    """Whoever passed the role on is not woken for it again; the step goes to the next without waiting."""
    decision = opened(a_page(part=replace(LEAD, spared=("ana",))))

    assert notified(decision) == [("ben", Purpose.PAGE)]
    assert [entry.details["reason"] for entry in decision.entries if entry.kind == "step.skipped"] == [
        "ana cannot take it"
    ]


def test_an_answered_errand_ends_quietly() -> None:
    """Everybody heard of the answer when it came: the end of the page is no message of its own."""
    answered = after((1, ACK), page=a_page(part=LEAD))
    due = answered.page.due
    assert due is not None
    over = decide(answered.page, TimerFired(), PLAN, due)

    assert kinds(answered) == ["page.errand_taken"]
    assert (over.page.status, over.page.resolved_by) == (PageStatus.RESOLVED, "ana")
    assert over.entries[-1].details == {"by": "ana", "reason": "it was answered"}
    assert of_kind(over, TellEverybodyPaged) == []


@pytest.mark.parametrize(
    ("part", "said", "due"),
    [
        (Part(incident=7), "page.acknowledged_in_incident", None),
        (Part(incident=7, is_open=False), "page.acknowledged", NOON + minutes(31)),
        (None, "page.acknowledged", NOON + minutes(31)),
    ],
    ids=["an incident carries it", "its incident is over", "no incident"],
)
def test_whoever_is_at_work_in_an_incident_is_not_asked_again(part: Part | None, said: str, due: object) -> None:
    """Their acknowledgement does not end while the incident is open, and at no other time."""
    decision = after((1, ACK), page=a_page(part=part))

    assert kinds(decision) == [said]
    assert decision.page.due == due


def test_the_incident_takes_a_page_up_and_ends_what_it_asked_for() -> None:
    """Both come to the page as events of their own, whatever it does then."""
    taken = decide(opened().page, IncidentMoved(incident=7, is_open=True), PLAN, NOON + minutes(1))
    ended = decide(opened(a_page(part=LEAD)).page, ErrandEnded(why="ben leads it", by="ben"), PLAN, NOON + minutes(1))

    assert (kinds(taken), taken.page.part) == (["page.incident"], Part(incident=7))
    assert (ended.page.status, ended.page.resolved_by) == (PageStatus.RESOLVED, "ben")


def test_a_page_is_new_until_something_happens_to_it() -> None:
    """Then there may be something that was said of it before."""
    fresh = opened().page

    assert fresh.was_just_opened
    assert not decide(fresh, ACK, PLAN, NOON + minutes(1)).page.was_just_opened


def test_whoever_answers_again_in_an_incident_is_not_given_an_end() -> None:
    """The page is carried as it was, and the timeline names the incident rather than an instant."""
    again = after((1, ACK), (9, ACK), page=a_page(part=Part(incident=7)))

    assert kinds(again) == ["page.still_carried"]
    assert again.entries[-1].details == {"by": "ana", "incident": "7"}
    assert again.page.due is None


def test_an_errand_that_is_handed_on_is_not_done() -> None:
    """Its page was about to be over: now it waits for the next person's answer."""
    handed = after((1, ACK), (2, Reassigned(by="ana", via="cli", to="cho")), page=a_page(part=LEAD))

    assert notified(handed) == [("cho", Purpose.REASSIGNED)]
    assert (handed.page.settle_until, handed.page.due) == (None, NOON + minutes(7))


@pytest.mark.parametrize(("errand", "again"), [("tl", 30), ("join", 720), ("help", 720)])
def test_what_ends_quietly_wakes_nobody_any_more(errand: str, again: int) -> None:
    """After everybody was asked it comes up at once, to be told of and to page nobody; of a role now and then again."""
    page = a_page(part=Part(incident=7, errand=errand, ends_quietly=True), repeat=0)
    decision, rounds = opened(page), 0
    while decision.page.position.stage is not Stage.EVERYBODY_ASKED:
        due, rounds = decision.page.due, rounds + 1
        assert due is not None
        decision = decide(decision.page, TimerFired(), PLAN, due)
    ended = decision.page.due
    assert ended is not None
    told = decide(decision.page, TimerFired(), PLAN, ended)

    assert rounds == len(page.steps)
    assert ended == page.opened_at + sum((step.answer_within for step in page.steps), minutes(0))
    assert (kinds(told), notified(told)) == (["page.nobody_came"], [])
    assert told.page.due == ended + minutes(again)


def test_what_ended_quietly_can_be_answered_and_escalated_still() -> None:
    """Nobody is left to page: whoever asks for the next step learns that."""
    position = Position(stage=Stage.EVERYBODY_ASKED, due=NOON + minutes(30))
    page = a_page(part=replace(LEAD, ends_quietly=True), position=position)
    escalated = decide(page, EscalatedByHand(by="ana", via="cli"), PLAN, NOON)
    answered = decide(page, ACK, PLAN, NOON)

    assert (escalated.page.position.stage, escalated.page.due) == (Stage.EVERYBODY_ASKED, NOON)
    assert kinds(answered) == ["page.errand_taken"]


def test_what_ended_quietly_and_was_answered_can_be_taken_back() -> None:
    """The record says where it stood: at its end, at which nobody is paged."""
    position = Position(stage=Stage.EVERYBODY_ASKED, due=NOON + minutes(30))
    answered = decide(a_page(part=replace(LEAD, ends_quietly=True), position=position), ACK, PLAN, NOON)
    undone = decide(answered.page, Undone(by="ana", via="sms"), PLAN, NOON + minutes(1))

    assert undone.entries[0].details["step"] == "its end, at which nobody is paged"
    assert notified(undone) == []
