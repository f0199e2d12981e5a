"""Signing in with a code sent to a person's own phone or mailbox: who is meant, how it travels, what is too much.

A stranger can ask for a code in anybody's name. So nothing here may tell them whether they guessed a name, a phone must
not ring because of them more than a few times, and what they can try must be too little to guess a code. Nobody is
locked out of answering pages by it: texts, links and the command line ask for no session.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.paging.notification import usable_media
from pagerd.core.paging.purpose import CARRIED_BY, Purpose
from pagerd.core.people import LOUD, Medium, Person
from pagerd.core.plan import Plan
from pagerd.core.rights import rights_of

CODE_DIGITS = 8

CODE_LASTS = timedelta(minutes=10)
"""From the asking. A text may take minutes; what lies in a mailbox longer is of use to others only."""

TRIES_MAX = 5
"""Wrong codes of one asking. With CODES_A_DAY, whoever does nothing else all year has one chance in 2,700."""

ASKED_WITHIN = timedelta(minutes=15)
ASKED_OF_PEER_MAX = 20
"""Askings from one address in that time: an office behind one address after a meeting."""
ASKED_MAX = 300
"""Askings in all in that time, or the table would be whatever a stranger likes."""

CODES_OF_PEER_MAX = 3
"""Codes to one person asked for from one address, in ASKED_WITHIN."""
CODES_MAX = 6
"""Codes to one person in ASKED_WITHIN: a stranger's askings must leave room for their own."""
CODES_A_DAY = 20

AWAKE_FOR = timedelta(hours=2)
"""Whoever was texted or called about a page so lately does not sleep, whatever their night says."""
NIGHT_EVERY = timedelta(hours=1)
"""A sleeper who has no mailbox is texted a code at most this often."""

REMEMBERED = timedelta(days=1)
"""How far back the limits look."""

SESSION_IDLE = timedelta(hours=12)
"""Longer than a night between two looks at the phone would be a working day with nobody at it."""
SESSION_LASTS = timedelta(days=7)
"""A week of on-call without signing in again, whatever happens in it."""
SESSIONS_MAX = 10
"""Sessions of one person; with one more the longest unused ends."""

BY = tuple(medium for medium in Medium if medium in CARRIED_BY[Purpose.SIGN_IN])
"""What carries a code: a voice that reads eight digits to a sleeper is no help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One asking for a code. `person` is empty where nobody is called so; `sent_at` is when one was put on its way.

    `over_at` is set when somebody signed in by it.
    """

    id: str
    person: str
    wanted: Medium
    peer: str
    asked_at: datetime
    sent_at: datetime | None = None
    sent_by: Medium | None = None
    tries: int = 0
    told: int = 0
    over_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Can a code still be tried?"""
        return self.over_at is None and self.tries < TRIES_MAX and now - self.asked_at < CODE_LASTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who is signed in. `medium` is by which their code came, `agent` what their browser calls itself."""

    id: str
    person: str
    medium: Medium
    agent: str
    rights: frozenset[str]
    began_at: datetime
    seen_at: datetime
    ends_at: datetime


def meant(plan: Plan, said: str) -> Person | None:
    """Return the one person who is called this, or has this number or address; None where it may be several.

    Looks at everybody in any case: how long it takes says nothing.
    """
    word = " ".join(said.split()).casefold()
    number = _number(said)
    found = [one for one in plan.people.values() if (word in _names(one)) | (number in _numbers(one))]
    return found[0] if len(found) == 1 else None


def _names(person: Person) -> set[str]:
    return {name.casefold() for name in (person.id, person.name, person.email, person.login) if name}


def _numbers(person: Person) -> set[str]:
    return {number for number in (person.sms, person.voice) if number}


def _number(said: str) -> str:
    """Read a phone number as people write it; what is none is found nowhere."""
    bare = re.sub(r"[\s()./-]", "", said)
    return "+" + bare[2:] if bare.startswith("00") else bare


def medium_for(plan: Plan, person: Person, wanted: Medium, now: datetime, *, is_awake: bool) -> Medium | None:
    """Return how a code reaches a person; None for somebody who has neither a phone nor a mailbox that works.

    What wakes is not used for a sleeper who has a mailbox, whoever asks: anybody can.
    """
    usable = [medium for medium in BY if medium in usable_media(plan, person.id)]
    if not usable:
        return None
    quiet = [medium for medium in usable if medium not in LOUD]
    if quiet and person.sleeps_at(now) and not is_awake:
        return quiet[0]
    return wanted if wanted in usable else usable[0]


def are_too_many(askings: int, of_peer: int, peer: str) -> bool:
    """May nobody ask now, after so many askings in ASKED_WITHIN, or nobody at this address?

    Loopback has no name here: a proxy on this host speaks for everybody.
    """
    return askings >= ASKED_MAX or (bool(peer) and of_peer >= ASKED_OF_PEER_MAX)


def why_no_code(asked: SignIn, before: Sequence[SignIn], medium: Medium, *, would_wake: bool) -> str:
    """Say why this asking brings its person no code; nothing when it does.

    `before` are those of the last day that brought the same person one.
    """
    lately = [one for one in before if asked.asked_at - one.asked_at < ASKED_WITHIN]
    if len(before) >= CODES_A_DAY:
        return f"they were sent {len(before)} in a day"
    if len(lately) >= CODES_MAX:
        return f"they were sent {len(lately)} in a quarter of an hour"
    # Behind a proxy on this host everybody has one address.
    if asked.peer and sum(one.peer == asked.peer for one in lately) >= CODES_OF_PEER_MAX:
        return "this address had enough of them sent"
    if would_wake and medium in LOUD and any(asked.asked_at - one.asked_at < NIGHT_EVERY for one in before):
        return "they sleep"
    return ""


def why_ended(session: Session, plan: Plan, now: datetime) -> str:
    """Say why a session is over; nothing while it is not.

    Rights that came since are had at once. A lost one ends it, so that nobody goes on in front of a screen that was
    drawn for somebody who may more.
    """
    if now >= session.ends_at:
        return "its week is over"
    if now - session.seen_at >= SESSION_IDLE:
        return "it was not used"
    rights = rights_of(plan, session.person, now)
    if not rights.is_responder:
        return "its person is in the files no more"
    lost = session.rights - {right.value for right in rights.lasting}
    return f"its person lost the right {', '.join(sorted(lost))}" if lost else ""
