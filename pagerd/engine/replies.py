"""What people answer by text. Every answer ends in a command under the name of the one who gave it.

A stranger gets silence, an answer that means nothing gets one sentence that says what would be right, and the same
message delivered twice does its work once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pagerd.channels.base import InboundText
from pagerd.core.errors import Conflict
from pagerd.core.incidents.texts import IncidentText, Wish, read_incident_text
from pagerd.core.paging import answers as words
from pagerd.core.paging.gsm import SEGMENT, fit, plain, septets
from pagerd.core.paging.page import Page, PageStatus
from pagerd.core.paging.reply import Reply, Verb, read_reply
from pagerd.core.people import Medium, Person
from pagerd.core.plain import clock_time
from pagerd.core.worklog.answers import read_night_reply
from pagerd.engine import apply, audit, commands, incident_replies, night_replies, outbox, stored, testpage
from pagerd.engine.commands import Answer
from pagerd.engine.work import Work
from pagerd.stores.records import answers, notifications, pages
from pagerd.stores.records import stored as stored_rows

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
    then: without a code it is about no page that was opened later. And about none of which no message has left yet:
    they may still be writing about the last one when the next opens.
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
    about_incident = read_incident_text(body, reply)
    about_night = read_night_reply(body) if about_incident is None else None
    has_code = about_night is not None and about_night.code is not None
    if reply.verb in (Verb.NONE, Verb.CARRIER) and not has_code and about_incident is None:
        work.count("replies", "sms", "ignored")
        return None
    wrong = await answers.wrong_codes_since(work.c, person.id, work.now - WRONG_WITHIN)
    if len(wrong) >= WRONG_MAX:
        work.count("replies", "sms", "locked")
        locked = words.too_many_wrong(wrong[-WRONG_MAX] + WRONG_WITHIN, person.zone, work.now)
        return await _helped(work, person, locked)
    if about_incident is not None:
        return await _answer_about_incident(work, person, about_incident, sent_at)
    test = await testpage.answered_by_text(work, person, reply)
    if test is not None:
        return test
    night = await night_replies.answer(work, person, about_night, sent_at) if about_night is not None else None
    if night is not None:
        work.count("replies", "sms", "acted" if night.acted else "not_understood")
        return night.sentence if night.acted else await _helped(work, person, night.sentence)
    found = await _pages_meant(work, person, reply, sent_at)
    if isinstance(found, str):
        work.count("replies", "sms", _ANSWERED_WITHOUT_ACTING.get(reply.verb, "not_understood"))
        return await _helped(work, person, found)
    if len(found) == 1:
        return await _act(work, person, reply, found[0])
    return await _act_on_all(work, person, reply, found)


_ANSWERED_WITHOUT_ACTING = {Verb.LIST: "listed", Verb.DECLINED: "declined"}
"""Texts that were understood, and act on no page."""


async def _answer_about_incident(work: Work, person: Person, text: IncidentText, sent_at: datetime) -> str | None:
    """Carry out a text about an incident. A bare word, or a code, says of a page that it is more than a page."""
    of: list[Page] = []
    is_bare = text.wish is Wish.SUSPECT and not text.words and await pages.open_pages_of_person(work.c, person.id)
    if text.code is not None or is_bare:
        found = await _pages_meant(work, person, Reply(Verb.ACK, text.code), sent_at, word="inc")
        if isinstance(found, str):
            work.count("replies", "sms", "not_understood")
            return await _helped(work, person, found)
        of = found
    said = await incident_replies.answer(work, person, text, of)
    done = "listed" if text.wish is Wish.LIST else "acted"
    work.count("replies", "sms", done if said.acted else "not_understood")
    return said.sentence if said.acted else await _helped(work, person, said.sentence)


async def _helped(work: Work, person: Person, sentence: str) -> str | None:
    """Say what would be right, unless that was said to this person far too often."""
    if await answers.answers_since(work.c, person.id, work.now - HELP_WITHIN) < HELP_MAX:
        return sentence
    work.count("replies", "sms", "muted")
    return None


async def _pages_meant(work: Work, person: Person, reply: Reply, sent_at: datetime, word: str = "") -> list[Page] | str:
    """Return the pages that the reply is about, or the sentence that asks for what is missing, by `word`."""
    mine = [
        (page, await answers.code_of(work.c, person.id, [page.id]) or "")
        for page in await pages.open_pages_of_person(work.c, person.id)
    ]
    # The page whose code they wrote is the one to speak of, and of what others hold they need not know first.
    mine.sort(key=lambda one: (one[1] != reply.code, _holder(one[0]) not in (None, person.id)))
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
    if len(known_then) == 1 and await _is_known(work, person, known_then[0]):
        return known_then
    return words.which_page(_listed(mine), word or _WORD[reply.verb])


async def _is_known(work: Work, person: Person, page: Page) -> bool:
    """Could they mean this page? Not while it is only in our outbox: then they answer something else."""
    return _holder(page) == person.id or await notifications.is_told(work.c, person.id, page.id)


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
    if page.errand is not None:
        return await _act_on_errand(work, person, reply, page)
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


async def _act_on_errand(work: Work, person: Person, reply: Reply, page: Page) -> str:
    """Carry out one answer to a page that an incident raised; its own words say what is so now."""
    lasts = reply.duration or work.plan.times.acknowledgement_lasts
    try:
        answer = await _command(work, person.id, reply.verb, page, lasts)
    except Conflict as conflict:
        work.count("replies", "sms", "too_late")
        return fit(plain(str(conflict)))
    work.count("replies", "sms", "acted" if answer.changed else "too_late")
    code = await answers.code_of(work.c, person.id, [page.id]) if reply.verb is Verb.ACK and answer.changed else None
    mistake = f" By mistake: {code} undo." if code is not None else ""
    return fit(plain(answer.sentence), SEGMENT - septets(mistake)) + mistake


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
    try:
        answer = await _command(work, person, verb, page, lasts)
    except Conflict:
        return False
    return verb is not Verb.ACK or _holder(answer.page) == person


async def _command(work: Work, person: str, verb: Verb, page: Page, lasts: timedelta) -> Answer:
    match verb:
        case Verb.ACK:
            return await commands.acknowledge(work, page.id, person, "sms")
        case Verb.SNOOZE:
            return await commands.snooze(work, page.id, person, "sms", lasts)
        case Verb.RESOLVE:
            return await commands.resolve(work, page.id, person, "sms")
        case Verb.ESCALATE:
            return await commands.escalate(work, page.id, person, "sms")
        case Verb.UNDO:
            return await commands.undo(work, page.id, person, "sms")
        case _:
            raise AssertionError(f"{verb} of a text was not answered before it came to a page")


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
    await audit.contact_refused(work, contact)
    await stored.lay_again(work)
    text = f"{person.id} texted STOP: texts to them are blocked until they text START. Calls and mail still go."
    await apply.alarm(work, "contact_refused", f"{person.id}/sms", text)
