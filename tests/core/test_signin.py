"""How a code travels, and what is too much. Tables; the story is told in tests/web/test_signin.py."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.people import Medium
from pagerd.core.signin import (
    ASKED_MAX,
    ASKED_OF_PEER_MAX,
    CODE_LASTS,
    CODES_A_DAY,
    CODES_MAX,
    CODES_OF_PEER_MAX,
    SESSION_IDLE,
    TRIES_MAX,
    Session,
    SignIn,
    are_too_many,
    meant,
    medium_for,
    why_ended,
    why_no_code,
)
from tests.builders import NIGHT, NOON, a_person, a_plan

SMS, EMAIL = Medium.SMS, Medium.EMAIL


@pytest.mark.parametrize(
    ("wanted", "at", "is_awake", "fields", "medium"),
    [
        (SMS, NOON, True, {}, SMS),
        (EMAIL, NOON, True, {}, EMAIL),
        (SMS, NIGHT, False, {}, EMAIL),
        (SMS, NIGHT, True, {}, SMS),
        (SMS, NIGHT, False, {"email": None}, SMS),
        (EMAIL, NOON, True, {"email": None}, SMS),
        (SMS, NOON, True, {"sms": None}, EMAIL),
        (SMS, NOON, True, {"sms": None, "email": None}, None),
    ],
)
def test_by_what_a_code_travels(wanted, at, is_awake, fields, medium):
    """As it was wanted; a sleeper is not woken who has a mailbox; never by voice."""
    plan, person = a_plan(), a_person("ana", **fields)
    plan = replace(plan, people={"ana": person})

    assert medium_for(plan, person, wanted, at, is_awake=is_awake) is medium


@given(st.text(max_size=60))
def test_whatever_is_typed_means_one_person_or_nobody(said):
    """And that person is called so, whole."""
    person = meant(a_plan(), said)

    if person is not None:
        word = " ".join(said.split()).casefold()
        assert word in {"ana", "ben", "cho", "dora", "eva", person.email} or person.sms in said.replace(" ", "")


def test_what_was_refused_carries_no_code():
    """And neither does what the installation has no provider for."""
    plan = a_plan()
    refused = replace(plan, unusable=frozenset({("ana", SMS)}))
    assert medium_for(refused, plan.people["ana"], SMS, NOON, is_awake=True) is EMAIL
    without = replace(plan, media=frozenset({SMS}))

    assert medium_for(without, plan.people["ana"], EMAIL, NOON, is_awake=True) is SMS


def asked(minutes=0.0, peer="a"):
    """Return an asking so many minutes before NOON."""
    at = NOON - timedelta(minutes=minutes)
    return SignIn(id=f"{minutes}", person="ana", wanted=SMS, peer=peer, asked_at=at, sent_at=at)


@pytest.mark.parametrize(
    ("before", "peer", "why"),
    [
        ([], "a", ""),
        ([asked(1)] * (CODES_OF_PEER_MAX - 1), "a", ""),
        ([asked(1)] * CODES_OF_PEER_MAX, "a", "this address had enough of them sent"),
        ([asked(1)] * CODES_OF_PEER_MAX, "b", ""),
        ([asked(1, "")] * CODES_OF_PEER_MAX, "", ""),
        ([asked(1, "b")] * CODES_MAX, "a", "they were sent 6 in a quarter of an hour"),
        ([asked(16)] * CODES_MAX, "a", ""),
        ([asked(16)] * CODES_A_DAY, "a", "they were sent 20 in a day"),
    ],
)
def test_how_many_codes_are_too_many(before, peer, why):
    """A stranger's askings leave room for the person's own, and none of them ring a phone all day."""
    assert why_no_code(asked(peer=peer), before, SMS, would_wake=False) == why


def test_a_sleeper_without_a_mailbox():
    """Is texted once an hour."""
    assert why_no_code(asked(), [asked(59)], SMS, would_wake=True) == "they sleep"
    assert why_no_code(asked(), [asked(60)], SMS, would_wake=True) == ""
    assert why_no_code(asked(), [asked(59)], EMAIL, would_wake=True) == ""


@pytest.mark.parametrize(
    ("askings", "of_peer", "peer", "too_many"),
    [
        (0, 0, "a", False),
        (ASKED_OF_PEER_MAX, ASKED_OF_PEER_MAX - 1, "a", False),
        (ASKED_OF_PEER_MAX, ASKED_OF_PEER_MAX, "a", True),
        (ASKED_OF_PEER_MAX, ASKED_OF_PEER_MAX, "", False),
        (ASKED_MAX, 0, "a", True),
        (ASKED_MAX, ASKED_MAX, "", True),
    ],
)
def test_how_many_may_ask(askings, of_peer, peer, too_many):
    """Of one address, and in all; loopback is no one's address."""
    assert are_too_many(askings, of_peer, peer) is too_many


def test_a_right_that_came_since_ends_nothing():
    """It is had at once."""
    session = Session(
        id="w-1",
        person="ana",
        medium=SMS,
        agent="",
        rights=frozenset({"responder"}),
        began_at=NOON,
        seen_at=NOON,
        ends_at=NOON + timedelta(days=7),
    )

    assert why_ended(session, replace(a_plan(), operators=("ana",)), NOON) == ""
    assert why_ended(replace(session, rights=frozenset({"responder", "approver"})), a_plan(), NOON) == (
        "its person lost the right approver"
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"ends_at": NOON}, "its week is over"),
        ({"seen_at": NOON - SESSION_IDLE}, "it was not used"),
        ({"person": "zoe"}, "its person is in the files no more"),
    ],
)
def test_what_ends_a_session(changes, why):
    """Its time, disuse, and that its person left."""
    session = Session(
        id="w-1",
        person="ana",
        medium=SMS,
        agent="",
        rights=frozenset(),
        began_at=NOON,
        seen_at=NOON,
        ends_at=NOON + timedelta(days=7),
    )

    assert why_ended(replace(session, **changes), a_plan(), NOON) == why


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [({}, True), ({"tries": TRIES_MAX}, False), ({"over_at": NOON}, False), ({"asked_at": NOON - CODE_LASTS}, False)],
)
def test_a_code_is_tried_while_it_is_open(changes, is_open):
    """A few times, for a few minutes, and until it was used."""
    assert replace(asked(), **changes).is_open(NOON) is is_open
