"""What people answer by text and by key. Every answer ends in a command under the name of the one who gave it.

A stranger gets silence, an answer that means nothing gets one sentence that says what would be right, and the same
message delivered twice does its work once.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.channels.base import InboundText
from pagerd.core.errors import Conflict, NotFound
from pagerd.core.paging import answers as words
from pagerd.core.paging.message import CallScript
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page, PageStatus
from pagerd.core.paging.reply import Reply, Verb, read_reply
from pagerd.core.people import Medium, Person
from pagerd.core.plain import clock_time
from pagerd.core.values import changed
from pagerd.engine import apply, commands, outbox, rendering, stored
from pagerd.engine.work import Claimed, Work
from pagerd.stores.records import answers, notifications, pages
from pagerd.stores.records import stored as stored_rows

KEYS = {"6": "resolve", "8": "escalate", "0": "repeat", "*": "repeat"}
"""What the fixed keys of a call mean; the one that acknowledges is drawn for each call."""

WRONG_MAX = 5
WRONG_WITHIN = timedelta(minutes=10)
"""So many wrong codes of one person within this time, and their texts count for nothing until it is over.

Whoever forges a number must not try all hundred codes. Keys, links and the command line go on working.
"""

HELP_MAX = 20
HELP_WITHIN = timedelta(minutes=10)
"""So many answers to one person within this time, and a text that does nothing gets none.

Nobody asks so often by hand: it is a phone that answers by itself, and we would talk with it all night.
"""

CLOCKS_DIFFER_MAX = timedelta(minutes=1)
"""How far the provider's clock may be from ours when it says when a text was sent."""

_STOP, _START = "stop", "start"


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """What a call says after a key: a sentence, or the script once more, which then begins with the sentence."""

    sentence: str
    script: CallScript | None = None


async def press_key(
    work: Work, notification_id: str, provider_call_id: str, digits: str, *, request_id: str = ""
) -> SpokenAnswer:
    """Carry out a key that was pressed in a call. Only the call that we placed for this notification may press.

    A provider that lost our answer tells of the same key again, under the same `request_id`: it does its work once.
    """
    one = await notifications.find(work.c, notification_id)
    if one is None or not _is_call_of(one, provider_call_id):
        work.count("replies", "voice", "unknown")
        return SpokenAnswer("This call is not known here. Goodbye.")
    act = "ack" if one.digit is not None and digits == one.digit else KEYS.get(digits)
    if one.page_id is None or act is None or act == "repeat":
        work.count("replies", "voice", "repeated" if act == "repeat" else "not_understood")
        wrong = "That key does nothing. Not acknowledged." if act is None else ""
        return await _script_again(work, one, wrong)
    pressed = f"{provider_call_id} {request_id}" if request_id else ""
    said_before = await answers.answer_to(work.c, pressed) if pressed else None
    if said_before is not None:
        work.count("replies", "voice", "repeated")
        return SpokenAnswer(said_before)
    spoken = await _act_on_key(work, one, one.page_id, act)
    if pressed:
        await answers.remember_inbound(work.c, pressed, work.now, spoken.sentence, "")
    return spoken


def _is_call_of(one: Notification, provider_call_id: str) -> bool:
    """Is it a call that we placed for the notification? Of an attempt that was perhaps sent we never learned the id."""
    return one.medium is Medium.VOICE and (one.provider_id in (None, provider_call_id) or one.attempts > 1)


async def _act_on_key(work: Work, one: Notification, page_id: str, act: str) -> SpokenAnswer:
    others = [other.page_id for other in await notifications.merged_with(work.c, one.id) if other.page_id is not None]
    meant = tuple(dict.fromkeys((page_id, *others)))
    if len(meant) > 1:
        return await _press_for_all(work, one, act, meant)
    try:
        answer = await _PRESSED[act](work, page_id, one.person, "voice")
    except (Conflict, NotFound) as error:
        work.count("replies", "voice", "too_late")
        return SpokenAnswer(_spoken(str(error)))
    work.count("replies", "voice", "acted" if answer.changed else "too_late")
    return SpokenAnswer(("Acknowledged. " if act == "ack" and answer.changed else "") + _spoken(answer.sentence))


_PRESSED: Mapping[str, Callable[[Work, str, str, str], Awaitable[commands.Answer]]] = {
    "ack": commands.acknowledge,
    "resolve": commands.resolve,
    "escalate": commands.escalate,
}


async def _press_for_all(work: Work, one: Notification, act: str, page_ids: Sequence[str]) -> SpokenAnswer:
    """Carry out a key for every page that the call spoke of."""
    done = 0
    for page_id in page_ids:
        try:
            answer = await _PRESSED[act](work, page_id, one.person, "voice")
        except (Conflict, NotFound):
            continue
        done += answer.changed
    work.count("replies", "voice", "acted" if done else "too_late")
    said = {"ack": "Acknowledged", "resolve": "Resolved", "escalate": "Escalated"}[act]
    rest = "" if done == len(page_ids) else " The others are over, or somebody else has them."
    return SpokenAnswer(f"{said}: {' '.join(str(done))} of {' '.join(str(len(page_ids)))} pages.{rest}")


async def _script_again(work: Work, one: Notification, wrong: str) -> SpokenAnswer:
    page = await pages.find(work.c, one.page_id) if one.page_id is not None else None
    others = await notifications.merged_with(work.c, one.id)
    again = Claimed(notification=one, claim="", page=page, others=others)
    body = rendering.body_of(again, work.plan, work.now, rendering.Ways())
    if not isinstance(body, CallScript):
        return SpokenAnswer(wrong)
    return SpokenAnswer(wrong, changed(body, greeting=wrong) if wrong else body)


def _spoken(sentence: str) -> str:
    """Page ids are for eyes: a voice says `the page`."""
    return " ".join("The page" if word.startswith("p-") else word for word in sentence.split())


async def read_fetched_text(work: Work, text: InboundText) -> None:
    """Carry out a text that the provider was asked for. The answer is a text of its own: nothing carries it back."""
    if await answers.answer_to(work.c, text.provider_id) is not None:
        return
    opt_out = text.opt_out.value if text.opt_out is not None else None
    answer = await read_text(work, text.provider_id, text.sender, text.body, opt_out, sent_at=text.at)
    person = _person_of(work, text.sender)
    if answer and person is not None and (person.id, Medium.SMS) not in work.plan.unusable:
        await outbox.answer(work, person.id, text.sender, answer)


async def read_text(
    work: Work, provider_id: str, sender: str, body: str, opt_out: str | None, *, sent_at: datetime | None = None
) -> str | None:
    """Carry out a text; return what is answered, None for silence. `opt_out` is the provider's own word on it.

    `sent_at` is None for a text that is being delivered right now. One that comes late was written under what was open
    then: without a code it is about no page that was opened later.
    """
    known = await answers.answer_to(work.c, provider_id)
    if known is not None:
        work.count("replies", "sms", "repeated")
        return known or None
    person = _person_of(work, sender)
    if person is None:
        work.count("replies", "sms", "stranger")
        await answers.remember_inbound(work.c, provider_id, work.now, "", "")
        return None
    answer = await _carry_out(work, person, body, opt_out, sent_at or work.now)
    await answers.remember_inbound(work.c, provider_id, work.now, answer or "", person.id)
    return answer


def _person_of(work: Work, number: str) -> Person | None:
    for person in work.plan.people.values():
        if number in (person.sms, person.voice):
            return person
    return None


async def _carry_out(work: Work, person: Person, body: str, opt_out: str | None, sent_at: datetime) -> str | None:
    reply = read_reply(body)
    if opt_out == _STOP or reply.verb is Verb.OPT_OUT:
        await _opted_out(work, person)
        return None
    if opt_out == _START or reply.verb is Verb.OPT_IN:
        await stored.usable_again(work, person.id, Medium.SMS)
        return None
    if reply.verb in (Verb.NONE, Verb.CARRIER):
        work.count("replies", "sms", "ignored")
        return None
    wrong = await answers.wrong_codes_since(work.c, person.id, work.now - WRONG_WITHIN)
    if len(wrong) >= WRONG_MAX:
        work.count("replies", "sms", "locked")
        locked = words.too_many_wrong(wrong[-WRONG_MAX] + WRONG_WITHIN, person.zone, work.now)
        return await _helped(work, person, locked)
    found = await _pages_meant(work, person, reply, sent_at)
    if isinstance(found, str):
        work.count("replies", "sms", _ANSWERED_WITHOUT_ACTING.get(reply.verb, "not_understood"))
        return await _helped(work, person, found)
    if len(found) == 1:
        return await _act(work, person, reply, found[0])
    return await _act_on_all(work, person, reply, found)


_ANSWERED_WITHOUT_ACTING = {Verb.LIST: "listed", Verb.DECLINED: "declined"}
"""Texts that were understood, and act on no page."""


async def _helped(work: Work, person: Person, sentence: str) -> str | None:
    """Say what would be right, unless that was said to this person far too often."""
    if await answers.answers_since(work.c, person.id, work.now - HELP_WITHIN) < HELP_MAX:
        return sentence
    work.count("replies", "sms", "muted")
    return None


async def _pages_meant(work: Work, person: Person, reply: Reply, sent_at: datetime) -> list[Page] | str:
    """Return the pages that the reply is about, or the sentence that asks for what is missing."""
    mine = [
        (page, await answers.code_of(work.c, person.id, [page.id]) or "")
        for page in await pages.open_pages_of_person(work.c, person.id)
    ]
    mine.sort(key=lambda one: one[1] != reply.code)  # the page whose code they wrote is the one to speak of
    match reply.verb:
        case Verb.LIST:
            return words.listing(_listed(mine))
        case Verb.DECLINED:
            return _declined(work, person, mine, reply.code)
        case Verb.UNKNOWN:
            return words.not_understood(_listed(mine))
        case _:
            pass
    if reply.code is not None:
        ids = await answers.pages_of_code(work.c, person.id, reply.code)
        found = [page for page in [await pages.find(work.c, page_id) for page_id in ids] if page is not None]
        if found:
            return found
        await answers.note_wrong_code(work.c, person.id, work.now)
        return words.unknown_code(reply.code, _listed(mine))
    if reply.verb is Verb.UNDO:
        mine = [one for one in mine if _holder(one[0]) == person.id]
        if not mine:
            return words.nothing_to_undo()
    known_then = [page for page, _ in mine if page.opened_at <= sent_at + CLOCKS_DIFFER_MAX]
    return known_then if len(known_then) == 1 else words.which_page(_listed(mine), _WORD[reply.verb])


_WORD = {Verb.ACK: "ack", Verb.RESOLVE: "res", Verb.ESCALATE: "esc", Verb.SNOOZE: "20m", Verb.UNDO: "undo"}
"""What would be right to write behind a code."""


def _listed(mine: Sequence[tuple[Page, str]]) -> list[words.Open]:
    """Name each page so that they can be told apart: by service, or by place where several of one service are open."""
    owners = [_named(page, page.subject.service or page.subject.team) for page, _ in mine]
    return [
        (code, owner if owners.count(owner) == 1 else _named(page, page.subject.place))
        for (page, code), owner in zip(mine, owners, strict=True)
    ]


def _holder(page: Page) -> str | None:
    return page.acknowledgement.by if page.acknowledgement is not None else None


def _declined(work: Work, person: Person, mine: list[tuple[Page, str]], named: str | None) -> str:
    """Say to whoever said no what is so now: of the page they named, of their only one, or of all."""
    meant = [one for one in mine if one[1] == named] or mine
    if len(meant) != 1:
        return words.declined(_listed(meant))
    page, code = meant[0]
    holder = _holder(page)
    if holder is None:
        return words.declined(_listed(meant))
    if holder == person.id:
        return words.declined_mine(_what(page), code)
    return words.declined_held(_what(page), work.plan.name_of(holder))


async def _act(work: Work, person: Person, reply: Reply, page: Page) -> str:
    """Carry out one answer about one page, and say what is so now."""
    what = _what(page)
    if page.status is PageStatus.RESOLVED:
        work.count("replies", "sms", "too_late")
        ago = work.now - page.resolved_at if page.resolved_at is not None else None
        by = work.plan.name_of(page.resolved_by) if page.resolved_by else ""
        return words.already_resolved(what, ago, by)
    if reply.verb is Verb.ACK:
        return await _acknowledge(work, person, page, what)
    if reply.verb is Verb.UNDO:
        return await _undo(work, person, page, what)
    work.count("replies", "sms", "acted")
    match reply.verb:
        case Verb.RESOLVE:
            await commands.resolve(work, page.id, person.id, "sms")
            until = work.now + work.plan.times.hold_after_resolve
            return words.resolved(what, page.firing, clock_time(until, person.zone, work.now))
        case Verb.ESCALATE:
            after = (await commands.escalate(work, page.id, person.id, "sms")).page
            return words.escalated(what, [work.plan.name_of(one) for one in after.position.asked])
        case Verb.SNOOZE:
            length = reply.duration or work.plan.times.acknowledgement_lasts
            await commands.snooze(work, page.id, person.id, "sms", length)
            return words.snoozed(what, work.now + length, person.zone, work.now)
        case _:
            raise AssertionError(f"{reply.verb} of a text was not answered before it came to a page")


async def _act_on_all(work: Work, person: Person, reply: Reply, several: Sequence[Page]) -> str:
    """Carry out one answer about exactly the pages that its code stands for, and say of how many it is so now."""
    still_open = [page for page in several if page.is_open]
    over, held, of = len(several) - len(still_open), 0, len(several)
    work.count("replies", "sms", "acted" if still_open else "too_late")
    done = 0
    lasts = reply.duration or work.plan.times.acknowledgement_lasts
    for page in still_open:
        is_done = await _act_on_one(work, person.id, reply.verb, page, lasts)
        done, held = done + is_done, held + (not is_done)
    rest = words.not_theirs(over, held if reply.verb is Verb.ACK else 0, held if reply.verb is Verb.UNDO else 0)
    until = work.now + lasts
    if not done:
        return words.none_of_several(of, rest)
    match reply.verb:
        case Verb.ACK:
            return words.acknowledged_several(done, of, reply.code or "", until, person.zone, work.now, rest)
        case Verb.SNOOZE:
            when = clock_time(until, person.zone, work.now)
            return words.several(f"Snoozed until {when}, they stay yours:", done, of, rest)
        case Verb.RESOLVE:
            return words.several("Resolved", done, of, rest)
        case Verb.ESCALATE:
            return words.several("Escalated, now paging the next step:", done, of, rest)
        case _:
            return words.several("Undone, they go on paging:", done, of, rest)


async def _act_on_one(work: Work, person: str, verb: Verb, page: Page, lasts: timedelta) -> bool:
    """Carry out an answer about one of several pages; say whether it is so now."""
    match verb:
        case Verb.ACK:
            after = (await commands.acknowledge(work, page.id, person, "sms")).page
            return _holder(after) == person
        case Verb.SNOOZE:
            await commands.snooze(work, page.id, person, "sms", lasts)
        case Verb.RESOLVE:
            await commands.resolve(work, page.id, person, "sms")
        case Verb.ESCALATE:
            await commands.escalate(work, page.id, person, "sms")
        case Verb.UNDO:
            try:
                await commands.undo(work, page.id, person, "sms")
            except Conflict:
                return False
        case _:
            raise AssertionError(f"{verb} of a text was not answered before it came to pages")
    return True


async def _acknowledge(work: Work, person: Person, page: Page, what: str) -> str:
    before = page.acknowledgement
    after = (await commands.acknowledge(work, page.id, person.id, "sms")).page
    held = after.acknowledgement
    if held is not None and held.by != person.id and person.id in page.helpers:
        work.count("replies", "sms", "acted")
        return words.helping(what, work.plan.name_of(held.by))
    too_late = held is not None and held.by != person.id
    work.count("replies", "sms", "too_late" if too_late else "acted")
    if held is not None and held.by != person.id:
        return words.already_acknowledged(what, work.plan.name_of(held.by), work.now - held.at)
    until = held.until if held is not None else work.now
    if before is not None and before.by == person.id:
        return words.still_yours(what, until, person.zone, work.now)
    code = await answers.code_of(work.c, person.id, [page.id])
    return words.acknowledged(what, until, person.zone, work.now, code)


async def _undo(work: Work, person: Person, page: Page, what: str) -> str:
    try:
        after = (await commands.undo(work, page.id, person.id, "sms")).page
    except Conflict:
        work.count("replies", "sms", "too_late")
        return words.cannot_undo(what, await answers.code_of(work.c, person.id, [page.id]))
    work.count("replies", "sms", "acted")
    return words.undone(what, [work.plan.name_of(one) for one in after.position.asked])


def _what(page: Page) -> str:
    """Name a page in few words."""
    return _named(page, f"{page.subject.service or page.subject.team} {page.subject.place}")


def _named(page: Page, where: str) -> str:
    return f"{page.subject.title} {where}".rstrip()


async def _opted_out(work: Work, person: Person) -> None:
    """The carrier blocks our texts to this person from now on: use it no more, and say so to the operators."""
    if person.sms is None:
        return
    contact = stored_rows.UnusableContact(
        person=person.id, medium=Medium.SMS, address=person.sms, at=work.now, why="the person texted STOP"
    )
    await stored_rows.put_unusable(work.c, contact)
    work.plan = await stored.lay_over(work.c, work.plan, work.now)
    work.plan_changed = True
    text = f"{person.id} texted STOP: texts to them are blocked until they text START. Calls and mail still go."
    await apply.alarm(work, "contact_refused", f"{person.id}/sms", text)
