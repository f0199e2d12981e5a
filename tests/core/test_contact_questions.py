"""Whether a contact still reaches somebody: when it is asked, when its lead is told, when neither."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from pagerd.core.contact_questions import (
    ContactQuestion,
    ContactRules,
    Next,
    Use,
    is_hour,
    is_unanswered,
    next_of,
    unanswered_words,
    why_asked,
)
from pagerd.core.people import Medium, Night
from tests.builders import LISBON, a_person

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
DAY = timedelta(days=1)
RULES = ContactRules(ask_after=30 * DAY, tell_after=3 * DAY)
NEW = ContactQuestion(person="ana", medium=Medium.SMS, address="+49151", known_at=NOON)
ASKED = replace(NEW, known_at=NOON - 40 * DAY, asked_at=NOON - 3 * DAY, asked_id="1")


@pytest.mark.parametrize(
    ("question", "use", "expected"),
    [
        (NEW, Use(), Next.NOTHING),
        (replace(NEW, known_at=NOON - 30 * DAY), Use(), Next.ASK),
        (replace(NEW, known_at=NOON - 30 * DAY + timedelta(seconds=1)), Use(), Next.NOTHING),
        (replace(NEW, known_at=NOON - 90 * DAY), Use(arrived_at=NOON - 30 * DAY), Next.ASK),
        (replace(NEW, known_at=NOON - 90 * DAY), Use(arrived_at=NOON - 29 * DAY), Next.NOTHING),
        (ASKED, Use(), Next.TELL),
        (replace(ASKED, asked_at=NOON - 2 * DAY), Use(), Next.NOTHING),
        (replace(ASKED, told_at=NOON - DAY), Use(), Next.NOTHING),
        (replace(ASKED, asked_at=NOON - 30 * DAY, told_at=NOON - 27 * DAY), Use(), Next.ASK),
        # That the question itself arrived shows a phone and nobody at it.
        (ASKED, Use(arrived_at=NOON - 3 * DAY), Next.TELL),
        (ASKED, Use(answered_at=NOON - 3 * DAY), Next.NOTHING),
        (ASKED, Use(used_at=NOON - 2 * DAY), Next.NOTHING),
        (ASKED, Use(used_at=NOON - 4 * DAY, answered_at=NOON - 50 * DAY), Next.TELL),
        (replace(ASKED, asked_at=NOON - 31 * DAY), Use(answered_at=NOON - 31 * DAY), Next.ASK),
    ],
)
def test_what_is_to_be_done(question, use, expected):
    """To ask after a month without use, to tell after three days without an answer, once; else nothing."""
    assert next_of(question, use, NOON, RULES) is expected
    assert next_of(question, use, NOON, ContactRules()) is Next.NOTHING


def test_what_is_unanswered():
    """Only what was asked; an answer or a use from then on settles it."""
    assert not is_unanswered(NEW, Use())
    assert is_unanswered(ASKED, Use(arrived_at=NOON))
    assert not is_unanswered(ASKED, Use(used_at=NOON))


@pytest.mark.parametrize(
    ("at", "fields", "expected"),
    [
        (datetime(2026, 3, 2, 10, 59, tzinfo=UTC), {}, True),
        (datetime(2026, 3, 2, 10, 0, tzinfo=UTC), {}, True),
        (datetime(2026, 3, 2, 11, 0, tzinfo=UTC), {}, False),
        (datetime(2026, 3, 2, 11, 0, tzinfo=UTC), {"zone": LISBON}, True),
        (datetime(2026, 3, 7, 10, 0, tzinfo=UTC), {}, False),
        (datetime(2026, 3, 2, 10, 0, tzinfo=UTC), {"night": Night(time(6), time(14))}, False),
    ],
)
def test_the_hour(at, fields, expected):
    """Eleven of a working day on their own clock, and never in their night."""
    assert is_hour(a_person("ana", **fields), at) is expected


def test_the_words():
    """Why one is asked, and what a lead is to do."""
    assert why_asked(Medium.SMS, RULES) == "you are in a rotation, and no text reached you for 30 days"
    assert unanswered_words([ASKED, replace(ASKED, medium=Medium.VOICE)], "Ana", NOON) == (
        "Ana did not answer for 3 days whether texts and calls reach them."
        " Ask them, then try: pagerd test-page --to ana --via sms"
    )
