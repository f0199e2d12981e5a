"""What people text about nights, and about swaps, which are asked for by the same codes.

None of it touches a page, and nothing that is meant for a page comes here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.errors import PagerdError
from pagerd.core.oncall import swap_words
from pagerd.core.oncall.swap import SwapStatus
from pagerd.core.paging.gsm import fit, plain
from pagerd.core.people import Person
from pagerd.core.worklog import wording as words
from pagerd.core.worklog.answers import NightReply, Said
from pagerd.core.worklog.grant import GrantStatus
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import ledger, mornings, rest, swaps
from pagerd.engine.work import Work
from pagerd.stores.records import answers, pages, worked
from pagerd.stores.records.worked import NightCode

WITHOUT_CODE_WITHIN = timedelta(hours=24)
"""How long after the question a text without its code answers it."""


@dataclass(frozen=True, slots=True)
class NightAnswer:
    """What is texted back, and whether anything was done."""

    sentence: str
    acted: bool = False


async def answer(work: Work, person: Person, reply: NightReply, sent_at: datetime) -> NightAnswer | None:
    """Carry out a text about a night; None where it is to be read as an answer about pages after all.

    What was written before the question is no answer to it, unless it has its code.
    """
    known = await worked.codes_of(work.c, person.id, work.now)
    if reply.code is None:
        return await _without_code(work, person, reply, [one for one in known if one.asked_at <= sent_at])
    one = next((one for one in known if one.code == reply.code), None)
    if one is None:
        await answers.note_wrong_code(work.c, person.id, work.now)
        return NightAnswer(words.unknown_night_code(reply.code))
    return await _carry_out(work, person, reply, one)


async def _without_code(work: Work, person: Person, reply: NightReply, known: list[NightCode]) -> NightAnswer | None:
    """Take a bare length for an answer only where it can be nothing else: one question, and no page."""
    since = work.now - WITHOUT_CODE_WITHIN
    asked = [one for one in known if one.asks == ledger.WORKED and one.asked_at >= since]
    if len(asked) != 1 or await pages.open_pages_of_person(work.c, person.id):
        return None
    if reply.number and await answers.pages_of_code(work.c, person.id, reply.number):
        return NightAnswer(words.page_or_minutes(asked[0].code, reply.number))
    return await _carry_out(work, person, reply, asked[0])


async def _carry_out(work: Work, person: Person, reply: NightReply, one: NightCode) -> NightAnswer:
    if one.asks == ledger.SWAP:
        return await _decide_swap(work, person, reply, one)
    night = await worked.find(work.c, one.night_id)
    if night is None:
        return NightAnswer(words.unknown_night_code(one.code))
    if one.asks == ledger.REST:
        return await _decide(work, person, reply, one, night)
    if reply.said is Said.HOURS_OR_MINUTES:
        return NightAnswer(words.hours_or_minutes(one.code, reply.number))
    if reply.minutes is None:
        return NightAnswer(words.not_a_length(one.code, night.date))
    try:
        after = await mornings.say_worked(work, night, by=person.id, via="sms", minutes=reply.minutes)
    except PagerdError as error:
        return NightAnswer(f"NOTHING NOTED: {error}"[:160])
    return NightAnswer(words.noted(after, one.code), acted=True)


async def _decide(work: Work, person: Person, reply: NightReply, one: NightCode, night: WorkedNight) -> NightAnswer:
    """Take a lead's word on the rest of somebody: ok or no, and nothing that is less clear."""
    name = work.plan.name_of(night.person)
    if reply.said not in (Said.YES, Said.NO):
        return NightAnswer(words.ok_or_no(one.code, name))
    status = GrantStatus.APPROVED if reply.said is Said.YES else GrantStatus.DECLINED
    try:
        after = await rest.decide(work, night, status, by=person.id, via="sms")
    except PagerdError as error:
        return NightAnswer(f"NOTHING DECIDED: {error}"[:160])
    return NightAnswer(words.rest_decided(after, work.plan), acted=True)


async def _decide_swap(work: Work, person: Person, reply: NightReply, one: NightCode) -> NightAnswer:
    """Take a word on a swap: ok or no, and nothing that is less clear."""
    try:
        if reply.said not in (Said.YES, Said.NO):
            return NightAnswer(swap_words.ok_or_no(one.code, await swaps.find(work.c, one.night_id)))
        status = SwapStatus.ACCEPTED if reply.said is Said.YES else SwapStatus.REFUSED
        after = await swaps.decide(work, one.night_id, status, by=person.id, via="sms")
    except PagerdError as error:
        return NightAnswer(fit(plain(f"NOTHING DECIDED: {error}")))
    return NightAnswer(swap_words.decided(after, work.plan, person.zone), acted=True)
