"""What people answer by text and by key. Every answer ends in a command under the name of the one who gave it.

A stranger gets silence, an answer that means nothing gets one sentence that says what would be right, and the same
message delivered twice does its work once.
"""

from dataclasses import dataclass

from pagerd.core.errors import Conflict, NotFound
from pagerd.core.paging.message import CallScript
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page
from pagerd.core.paging.reply import Reply, Verb, read_reply
from pagerd.core.people import Medium, Person
from pagerd.engine import apply, commands, rendering, stored
from pagerd.engine.commands import Answer
from pagerd.engine.work import Claimed, Work
from pagerd.stores.records import answers, notifications, pages
from pagerd.stores.records import stored as stored_rows

KEYS = {"6": "resolve", "8": "escalate", "0": "repeat", "*": "repeat"}
"""What the fixed keys of a call mean; the one that acknowledges is drawn for each call."""

PAGES_NAMED_MAX = 5
"""So many open pages are named in an answer that asks which one: more would not fit one text."""

_STOP, _START = "stop", "start"


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """What a call says after a key: a sentence, or the script once more."""

    sentence: str
    script: CallScript | None = None


async def press_key(work: Work, notification_id: str, provider_call_id: str, digits: str) -> SpokenAnswer:
    """Carry out a key that was pressed in a call. Only the call that we placed for this notification may press."""
    one = await notifications.find(work.c, notification_id)
    if one is None or one.medium is not Medium.VOICE or one.provider_id not in (None, provider_call_id):
        work.count("replies", "voice", "unknown")
        return SpokenAnswer("This call is not known here. Goodbye.")
    act = "ack" if one.digit is not None and digits == one.digit else KEYS.get(digits)
    if one.page_id is None or act is None or act == "repeat":
        work.count("replies", "voice", "repeated" if act == "repeat" else "not_understood")
        return await _script_again(work, one)
    try:
        match act:
            case "ack":
                answer = await commands.acknowledge(work, one.page_id, one.person, "voice")
            case "resolve":
                answer = await commands.resolve(work, one.page_id, one.person, "voice")
            case _:
                answer = await commands.escalate(work, one.page_id, one.person, "voice")
    except (Conflict, NotFound) as error:
        work.count("replies", "voice", "too_late")
        return SpokenAnswer(_spoken(str(error)))
    work.count("replies", "voice", "acted")
    return SpokenAnswer(("Acknowledged. " if act == "ack" and answer.changed else "") + _spoken(answer.sentence))


async def _script_again(work: Work, one: Notification) -> SpokenAnswer:
    page = await pages.find(work.c, one.page_id) if one.page_id is not None else None
    body = rendering.body_of(Claimed(notification=one, claim="", page=page), work.plan, work.now, None)
    return SpokenAnswer("", body if isinstance(body, CallScript) else None)


def _spoken(sentence: str) -> str:
    """Page ids are for eyes: a voice says `the page`."""
    return " ".join("The page" if word.startswith("p-") else word for word in sentence.split())


async def read_text(work: Work, provider_id: str, sender: str, body: str, opt_out: str | None) -> str | None:
    """Carry out a text; return what is answered, None for silence. `opt_out` is the provider's own word on it, if any."""
    known = await answers.answer_to(work.c, provider_id)
    if known is not None:
        work.count("replies", "sms", "repeated")
        return known or None
    person = _person_of(work, sender)
    if person is None:
        work.count("replies", "sms", "stranger")
        return None
    answer = await _carry_out(work, person, body, opt_out)
    await answers.remember_inbound(work.c, provider_id, work.now, answer or "")
    return answer


def _person_of(work: Work, number: str) -> Person | None:
    for person in work.plan.people.values():
        if number in (person.sms, person.voice):
            return person
    return None


async def _carry_out(work: Work, person: Person, body: str, opt_out: str | None) -> str | None:
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
    found = await _pages_meant(work, person, reply)
    if isinstance(found, str):
        work.count("replies", "sms", "not_understood")
        return found
    sentences = [await _act(work, person, reply, page) for page in found]
    return " ".join(sentences)


async def _pages_meant(work: Work, person: Person, reply: Reply) -> list[Page] | str:
    """Return the pages that the reply is about, or the sentence that asks for what is missing."""
    open_pages = await pages.open_pages_of_person(work.c, person.id)
    if reply.verb is Verb.LIST:
        return await _list(work, person, open_pages)
    if reply.code is not None:
        ids = await answers.pages_of_code(work.c, person.id, reply.code)
        found = [page for page in [await pages.find(work.c, page_id) for page_id in ids] if page is not None]
        if not found:
            return f"Code {reply.code} is none of yours. " + await _list(work, person, open_pages)
    elif len(open_pages) == 1:
        found = open_pages
    elif not open_pages:
        return "No page of yours is open. Nothing to do."
    else:
        return "Which one? " + await _list(work, person, open_pages)
    if reply.verb is Verb.DECLINED:
        code = await answers.code_of(work.c, person.id, [found[0].id])
        return f"Nothing changed. {code}e escalates it to the next person, {code} acknowledges."
    if reply.verb in (Verb.UNKNOWN, Verb.UNDO):
        code = await answers.code_of(work.c, person.id, [found[0].id])
        return f"Not understood, nothing changed. {code} = acknowledge, {code}e = escalate, {code}r = resolve."
    return found


async def _list(work: Work, person: Person, open_pages: list[Page]) -> str:
    if not open_pages:
        return "No page of yours is open. Nothing to do."
    named = []
    for page in open_pages[:PAGES_NAMED_MAX]:
        code = await answers.code_of(work.c, person.id, [page.id])
        named.append(f"{code}: {page.subject.title[:20]}")
    more = len(open_pages) - len(named)
    return "Reply with a code. " + ", ".join(named) + (f" and {more} more" if more else "")


async def _act(work: Work, person: Person, reply: Reply, page: Page) -> str:
    try:
        answer = await _command(work, person, reply, page)
    except (Conflict, NotFound) as error:
        work.count("replies", "sms", "too_late")
        return str(error)
    work.count("replies", "sms", "acted")
    return answer.sentence


async def _command(work: Work, person: Person, reply: Reply, page: Page) -> Answer:
    match reply.verb:
        case Verb.RESOLVE:
            return await commands.resolve(work, page.id, person.id, "sms")
        case Verb.ESCALATE:
            return await commands.escalate(work, page.id, person.id, "sms")
        case Verb.SNOOZE if reply.duration is not None:
            return await commands.snooze(work, page.id, person.id, "sms", reply.duration)
        case _:
            return await commands.acknowledge(work, page.id, person.id, "sms")


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
