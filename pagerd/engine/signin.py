"""Signing in: somebody asks for a code, their own phone or mailbox gets it, the browser that asked may try it.

What a stranger's request does is the same for a name that there is and for one that there is not: a row and a timer.
Whatever depends on who it is (a message, an entry of the chain, an alarm) is done when the timer is due. So neither
the answer nor the time it takes says whom pagerd knows.

"""

import hmac
from dataclasses import dataclass
from datetime import timedelta

from pagerd.core import signin as core
from pagerd.core.audit import SIGN_INS
from pagerd.core.people import Medium
from pagerd.core.plain import masked
from pagerd.core.signin import Session, SignIn
from pagerd.engine import apply, audit, outbox, sessions
from pagerd.engine.chance import hash_of
from pagerd.engine.signin_codes import NO_CODE, salted
from pagerd.engine.work import Work
from pagerd.stores.records import signins as rows
from pagerd.stores.records import timers, worked

WRONG_TOLD = 10
"""Wrong codes in one person's name within an hour that the operators hear of: two askings used up."""
WRONG_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Somebody signed in; `token` is what their browser is given, and nobody after it."""

    session: Session
    token: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """The code was not right, or came too late. `left` is how many more may be tried; none: ask for a new one."""

    left: int


async def begin(work: Work, said: str, wanted: Medium, peer: str) -> str | None:
    """Take down that somebody at an address wants to come in; return what their browser is given for it.

    None where too many ask, at that address or in all.
    """
    askings, of_peer = await rows.count_since(work.c, work.now - core.ASKED_WITHIN, peer)
    if core.are_too_many(askings, of_peer, peer):
        return None
    person = core.meant(work.plan, said)
    token = work.chance.token()
    asked = SignIn(
        id=work.chance.row_id(work.now),
        person=person.id if person is not None else "",
        wanted=wanted,
        peer=peer,
        asked_at=work.now,
    )
    await rows.insert(work.c, asked, hash_of(token))
    await _look_later(work, asked.id)
    return token


async def due(work: Work, sign_in_id: str) -> None:
    """Do what follows from what was asked, or tried, a moment ago."""
    await timers.put(work.c, "signin", sign_in_id, None)
    asked = await rows.find(work.c, sign_in_id)
    if asked is None or not asked.person:
        return
    if asked.sent_at is None and asked.is_open(work.now):
        await _send(work, asked)
    if asked.tries > asked.told:
        await _tell_of_wrong(work, asked)


async def _send(work: Work, asked: SignIn) -> None:
    person = work.plan.people.get(asked.person)
    if person is None or work.observing:
        return
    is_awake = not person.sleeps_at(work.now) or await _was_up(work, person.id)
    medium = core.medium_for(work.plan, person, asked.wanted, work.now, is_awake=is_awake)
    if medium is None:
        work.say("sign_in.no_way", person=person.id)
        return
    before = await rows.sent_to(work.c, person.id, work.now - core.REMEMBERED)
    why_not = core.why_no_code(asked, before, medium, would_wake=not is_awake)
    if why_not:
        work.say("sign_in.held_back", person=person.id, why=why_not)
        return
    await rows.note_sent(work.c, asked.id, work.now, medium)
    await outbox.sign_in(work, person.id, medium, asked.id)
    to = masked(person.address(medium) or "")
    body = {"person": person.id, "medium": medium.value, "to": to, "from": asked.peer}
    await audit.note(work, SIGN_INS, "SignInCodeSent", body)


async def _was_up(work: Work, person: str) -> bool:
    """Did a page wake them, or did they work on one, so lately that they are up?"""
    night = await worked.last_of(work.c, person)
    if night is None:
        return False
    return work.now - night.awake_at < core.AWAKE_FOR


async def _tell_of_wrong(work: Work, asked: SignIn) -> None:
    await rows.note_told(work.c, asked)
    body = {"person": asked.person, "wrong": asked.tries, "from": asked.peer}
    await audit.note(work, SIGN_INS, "SignInFailed", body)
    wrong = await rows.wrong_since(work.c, asked.person, work.now - WRONG_WITHIN)
    if wrong >= WRONG_TOLD:
        minutes = int(WRONG_WITHIN.total_seconds() // 60)
        name = work.plan.name_of(asked.person)
        text = f"{wrong} wrong sign-in codes in {minutes} min in the name of {name}: ask them whether that was them"
        await apply.alarm(work, "sign_in_failures", asked.person, text)


async def enter(work: Work, token: str, typed: str, agent: str, before: str | None) -> Entered | TurnedAway:
    """Try a code for the browser that holds this token. A right one is worth nothing afterwards.

    `before` is the token of the session that the browser had, if any: it ends.
    """
    token_hash = hash_of(token)
    found = await rows.by_token(work.c, token_hash)
    if found is None or not found[0].is_open(work.now):
        work.count("sign_in_failures")
        return TurnedAway(0)
    asked, good = found
    offered = salted(token_hash, "".join(sign for sign in typed if sign in "0123456789"))
    fits = False
    for one in good or (NO_CODE,):
        fits |= hmac.compare_digest(one, offered)
    if not fits or asked.person not in work.plan.people:
        await rows.note_try(work.c, asked.id)
        await _look_later(work, asked.id)
        work.count("sign_in_failures")
        return TurnedAway(core.TRIES_MAX - asked.tries - 1)
    await rows.close(work.c, asked.id, work.now)
    if before is not None:
        await sessions.end_by_token(work, before, why="signed in anew")
    session, plain = await sessions.begin(work, asked.person, asked.sent_by or asked.wanted, agent, asked.peer)
    work.count("sign_ins")
    return Entered(session=session, token=plain)


async def _look_later(work: Work, sign_in_id: str) -> None:
    await timers.put(work.c, "signin", sign_in_id, work.now)
    work.wakes_at(work.now)


async def forget(work: Work) -> None:
    """Drop what no limit looks back to."""
    await rows.drop_before(work.c, work.now - core.REMEMBERED)
