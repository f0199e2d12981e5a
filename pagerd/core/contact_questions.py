"""Whether a contact still reaches somebody: asked of whoever is in a schedule when it was not used for long.

A contact is used when a message arrives there, or is answered. What was not used for a month may be a number of last
year, and nobody would know before the night in which it matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pagerd.core.people import Medium, Person
from pagerd.core.plain import counted

ASK_HOUR = 11
"""The hour of a working day, on the person's own clock, in which they are asked: the mail of the morning is read, and
whoever worked in the night is up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRules:
    """When people are asked about a contact, and when a lead hears that they did not answer.

    `ask_after` is how long it is not used, None: nobody is asked; `tell_after` is how long there is no answer.
    """

    ask_after: timedelta | None = None
    tell_after: timedelta = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactQuestion:
    """What was asked about one contact. `known_at` is when it was first looked at: an unused one is new until then.

    `asked_id` is the message that asked. `told_at` is when its lead heard that nobody answered.
    """

    person: str
    medium: Medium
    address: str
    known_at: datetime
    asked_at: datetime | None = None
    asked_id: str | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """When something arrived at a contact, when something arrived that was no test, and when a test was answered."""

    arrived_at: datetime | None = None
    used_at: datetime | None = None
    answered_at: datetime | None = None


class Next(StrEnum):
    """What is to be done about a contact: nothing, to ask, or to tell the lead that nobody answered."""

    NOTHING = "nothing"
    ASK = "ask"
    TELL = "tell"


def is_unanswered(question: ContactQuestion, use: Use) -> bool:
    """Was it asked, and neither answered nor used since? That the question arrived shows a phone, and nobody at it."""
    asked_at = question.asked_at
    if asked_at is None:
        return False
    return not any(at is not None and at >= asked_at for at in (use.answered_at, use.used_at))


def next_of(question: ContactQuestion, use: Use, now: datetime, rules: ContactRules) -> Next:
    """Say what is to be done about a contact now."""
    if rules.ask_after is None:
        return Next.NOTHING
    if is_unanswered(question, use):
        assert question.asked_at is not None, "what is unanswered was asked"
        if now - question.asked_at >= rules.ask_after:
            return Next.ASK
        is_due = question.told_at is None and now - question.asked_at >= rules.tell_after
        return Next.TELL if is_due else Next.NOTHING
    known = (question.known_at, use.arrived_at, use.used_at, use.answered_at)
    last = max(at for at in known if at is not None)
    return Next.ASK if now - last >= rules.ask_after else Next.NOTHING


def is_hour(person: Person, now: datetime) -> bool:
    """Is it the hour in which this person may be asked: of a working day, and they are awake?"""
    local = now.astimezone(person.zone)
    return local.hour == ASK_HOUR and local.weekday() < 5 and not person.sleeps_at(now)


_UNUSED = {
    Medium.SMS: "no text reached you",
    Medium.VOICE: "no call was answered by you",
    Medium.EMAIL: "no mail reached you",
}
_BY = {Medium.SMS: "texts", Medium.VOICE: "calls", Medium.EMAIL: "mails"}


def why_asked(medium: Medium, rules: ContactRules) -> str:
    """Say to the reader why they are asked."""
    assert rules.ask_after is not None, "somebody is asked"
    return f"you are in a rotation, and {_UNUSED[medium]} for {counted(rules.ask_after.days, 'day')}"


def unanswered_words(questions: Sequence[ContactQuestion], name: str, now: datetime) -> str:
    """Say to a lead what of a person's contacts nobody answered about, and what to do."""
    asked = [one.asked_at for one in questions if one.asked_at is not None]
    days = counted((now - max(asked)).days, "day")
    by = " and ".join(_BY[one.medium] for one in questions)
    first = questions[0]
    try_it = f"pagerd test-page --to {first.person} --via {first.medium.value}"
    return f"{name} did not answer for {days} whether {by} reach them. Ask them, then try: {try_it}"
