from dataclasses import replace
from itertools import count, takewhile

import pytest

from pagerd.core.paging.notification import (
    Notification,
    NotificationStatus,
    brought_forward,
    contact_order,
    is_proof,
    retry_after,
    usable_media,
)
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, NotificationRule, Urgency
from tests.builders import NOON, a_person, a_plan, minutes

TEXT, CALL, MAIL = Medium.SMS, Medium.VOICE, Medium.EMAIL
TEXT_THEN_CALL = (NotificationRule(TEXT), NotificationRule(CALL, minutes(2)))
PENDING, ACCEPTED = NotificationStatus.PENDING, NotificationStatus.ACCEPTED


def a_notification(medium=CALL, *, due=NOON, status=PENDING, **fields):
    """Return a notification of a page to ana that is due at NOON."""
    one = Notification(
        id=f"n-{medium}",
        page_id="p-1",
        person="ana",
        medium=medium,
        address="somewhere",
        purpose=Purpose.PAGE,
        urgency=Urgency.HIGH,
        created_at=NOON,
        due=due,
        due_first=due,
        status=status,
    )
    return replace(one, **fields)


@pytest.mark.parametrize(
    ("rules", "urgency", "unusable", "order"),
    [
        (TEXT_THEN_CALL, Urgency.HIGH, [], TEXT_THEN_CALL),
        (TEXT_THEN_CALL, Urgency.HIGH, [TEXT], (NotificationRule(CALL),)),
        (TEXT_THEN_CALL, Urgency.HIGH, [TEXT, CALL], (NotificationRule(MAIL),)),
        (TEXT_THEN_CALL, Urgency.HIGH, [TEXT, CALL, MAIL], ()),
        (TEXT_THEN_CALL, Urgency.LOW, [], (NotificationRule(MAIL),)),
        (TEXT_THEN_CALL, Urgency.LOW, [MAIL], ()),
    ],
    ids=[
        "their own order",
        "what is left of it goes at once",
        "whatever else works",
        "nothing works",
        "low urgency is never loud",
        "not even where nothing else is left",
    ],
)
def test_people_are_reached_in_their_own_order(rules, urgency, unusable, order):
    """The person's rules count, less what cannot be used; where nothing of them is left, whatever else works does."""
    ana = a_person("ana", notify={Urgency.HIGH: rules, Urgency.LOW: rules})
    plan = a_plan(people={"ana": ana}, unusable=frozenset(("ana", medium) for medium in unusable))

    assert contact_order(plan, "ana", urgency) == order


def test_what_cannot_be_used_is_not():
    """A contact needs an address, a provider in this installation, and no refusal; a stranger has none."""
    people = {"ana": a_person("ana", voice=None)}

    assert usable_media(a_plan(people=people), "ana") == (TEXT, MAIL)
    assert usable_media(a_plan(people=people, media=frozenset({TEXT})), "ana") == (TEXT,)
    assert usable_media(a_plan(people=people, unusable=frozenset({("ana", TEXT)})), "ana") == (MAIL,)
    assert usable_media(a_plan(people=people), "zoe") == ()


def test_what_was_not_reached_brings_the_next_method_forward():
    """The method that would come next goes now, and the one after it keeps its time."""
    failed = a_notification(TEXT, status=NotificationStatus.NOT_REACHED)
    call, mail = a_notification(CALL, due=NOON + minutes(2)), a_notification(MAIL, due=NOON + minutes(4))

    assert brought_forward([mail, call], failed, NOON, call_again=True) == (replace(call, due=NOON),)


def test_a_method_that_waits_for_its_provider_is_not_hurried():
    """Two methods that both fail must not use up each other's attempts within seconds."""
    failed = a_notification(TEXT, attempts=2)
    call = a_notification(CALL, due=NOON + minutes(1), attempts=2)

    assert brought_forward([call], failed, NOON, call_again=False) == ()


def test_a_call_is_made_once_more_and_not_twice():
    """The second call is one of its own, which no third follows."""
    failed = a_notification(
        CALL, status=NotificationStatus.NOT_REACHED, attempts=1, provider_id="CA1", merged_into="other"
    )
    (second,) = brought_forward([], failed, NOON, call_again=True)

    assert (second.status, second.attempts, second.provider_id, second.merged_into) == (PENDING, 0, None, None)
    assert second.id != failed.id
    assert brought_forward([], replace(second, status=NotificationStatus.NOT_REACHED), NOON, call_again=True) == ()
    assert brought_forward([], replace(failed, medium=TEXT), NOON, call_again=True) == ()


def test_a_stranger_has_no_order():
    """Whoever is gone from the files is reached by nothing, and nothing fails for it."""
    assert contact_order(a_plan(), "zoe", Urgency.HIGH) == ()


@pytest.mark.parametrize(
    ("medium", "enough", "not_enough"),
    [
        (TEXT, NotificationStatus.DELIVERED, NotificationStatus.SENT),
        (CALL, NotificationStatus.ANSWERED, NotificationStatus.RINGING),
        (MAIL, NotificationStatus.ACCEPTED, NotificationStatus.CLAIMED),
    ],
)
def test_what_shows_that_an_address_works(medium, enough, not_enough):
    """How far a message must come is the medium's; what failed or was only observed shows nothing."""
    no_proof = ("NOT_REACHED", "REFUSED", "FAILED", "CANCELLED", "OBSERVED")

    assert is_proof(medium, enough)
    assert is_proof(medium, NotificationStatus.CONFIRMED)
    assert not is_proof(medium, not_enough)
    assert not any(is_proof(medium, NotificationStatus[name]) for name in no_proof)


def test_how_long_a_provider_in_trouble_is_tried():
    """A page for about four minutes, ever more slowly; a digest until the evening."""

    def waits(purpose):
        found = (retry_after(purpose, attempts) for attempts in count(1))
        return [wait.total_seconds() for wait in takewhile(lambda wait: wait is not None, found)]

    assert waits(Purpose.PAGE) == [5, 15, 30, 60, 120]
    assert waits(Purpose.DIGEST) == [5, 15, 30, 60, *([1800] * 19)]


def test_the_trail_says_how_far_it_came_and_by_whom():
    """What never moved counts from its due time; a claim with a detail was handed to several providers."""
    fresh = a_notification()
    claimed = fresh.moved(NotificationStatus.CLAIMED, NOON + minutes(1))
    handed_on = claimed.moved(NotificationStatus.CLAIMED, NOON + minutes(2), "backup")

    assert [one.moved_at for one in (fresh, claimed, handed_on)] == [NOON, NOON + minutes(1), NOON + minutes(2)]
    assert [one.was_failed_over for one in (fresh, claimed, handed_on)] == [False, False, True]
    assert handed_on.trail[-1] == ((NOON + minutes(2)).isoformat(), "claimed", "backup")
