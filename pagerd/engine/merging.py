"""Storms: what one person is told at one time is one message.

The first message goes at once. What follows within a minute waits and goes out together: one message to each person on
each medium, that says how many pages it stands for, names the worst, and carries a code for exactly these. A page of
the worst severity is never held back. Each notification keeps a row of its own: being in a merged message is an
attempt, with its outcome, its report and its night evidence.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
import structlog

from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.notification import Notification, NotificationStatus
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.core.ticket import Ticket
from pagerd.core.values import changed
from pagerd.engine import codes, observing, signin_codes, swap_links
from pagerd.engine.boundaries import Boundary
from pagerd.engine.chance import hash_of
from pagerd.engine.share import HESITATES
from pagerd.engine.work import Claimed, Work
from pagerd.stores.records import answers, digests, notifications, pages, public, shift_notices, tickets

log = structlog.get_logger()

TOLD_EVERY = timedelta(minutes=1)
"""A person gets one message of a kind on a medium in this time, whatever happens, but for the worst severity."""

WORST_RANK = 1

LINK_LASTS = timedelta(hours=24)

MERGED_MAX = 10_000
"""Notifications in one message. Each costs an update: 10,000 are half a second of the writer, once a minute."""

NAMED_MAX = 20
"""Pages that a merged mail names besides the worst."""

MERGED = frozenset({Purpose.PAGE, Purpose.RESOLVED, Purpose.ACKNOWLEDGED_BY_OTHER, Purpose.TICKET, Purpose.SHADOW})
"""The rest is rare, or speaks of one page only: a handover, a cry for help, a reminder."""


async def put(work: Work, one: Notification, *, page: Page | None = None, ticket: Ticket | None = None) -> None:
    """Put a notification into the outbox; what is due now is taken at once, as long as the senders have room."""
    work.crosses(Boundary.INTENT_STORED)
    work.count("notifications_queued", one.medium.value, one.purpose.value)
    if one.due <= work.now:
        message = _message_for(work, one)
        if message is not None:
            taken = changed(
                one,
                status=NotificationStatus.CLAIMED,
                due=work.now + work.lease,
                merged_into=message.notification.id,
            )
            await notifications.insert(work.c, taken, message.claim)
            message.add(taken, page, ticket)
            return
        until = await _held_until(work, [one])
        if until is not None:
            one = changed(one, due=until, due_first=until)
        elif work.has_room_for(one.medium):
            await _claim(work, one, page, ticket)
            return
    await notifications.insert(work.c, one)
    work.wakes_at(one.due)


async def _claim(work: Work, one: Notification, page: Page | None, ticket: Ticket | None) -> None:
    claim = work.chance.row_id(work.now)
    taken = changed(one, status=NotificationStatus.CLAIMED, due=work.now + work.lease)
    await notifications.insert(work.c, taken, claim)
    work.outgoing.append(Claimed(notification=taken, claim=claim, page=page, ticket=ticket))
    work.taken[one.medium] = work.taken.get(one.medium, 0) + 1
    work.wakes_at(taken.due)


async def claim_due(work: Work, limit: int) -> None:
    """Take due notifications under a lease, a message for all that one person is to be told."""
    room = work.room
    if room.open:
        await _claim_of(work, room.open, min(limit, *(room.free[medium] for medium in room.open)))
    for medium in room.limited:
        # No more rows than messages: what they leave of their kind is taken along, the rest waits where it is.
        if room.free.get(medium, 0) > 0:
            await _claim_of(work, (medium,), min(limit, room.free[medium]))
    for medium in room.left_to_others:
        if room.free.get(medium, 0) > 0:
            await _claim_of(work, (medium,), min(limit, room.free[medium]), overdue_by=HESITATES)
    if work.outgoing:
        work.wakes_at(work.now + work.lease)


async def _claim_of(work: Work, media: Sequence[Medium], limit: int, *, overdue_by: timedelta = timedelta(0)) -> None:
    claim = work.chance.row_id(work.now)
    due, until = work.now - overdue_by, work.now + work.lease
    found = await notifications.claim_due(work.c, due, until, claim, limit, media)
    for group in _groups(await _wanted(work, found)):
        if len(found) == limit and group[0].purpose in MERGED:
            more = await notifications.claim_more(work.c, group[0], due, until, claim, MERGED_MAX)
            group.extend(await _wanted(work, more))
        held_until = await _held_until(work, group)
        if held_until is None:
            work.outgoing.append(await _message_of(work, group, claim))
            continue
        for one in group:
            await notifications.hold(work.c, one, held_until)
        work.wakes_at(held_until)


async def _wanted(work: Work, found: list[Notification]) -> list[Notification]:
    """Leave out those whose sender died with them, or was frozen, and that nobody wants any more, or not yet."""
    wanted = []
    for one in found:
        if one.withdrawn or signin_codes.is_too_late(one, work.now):
            await notifications.drop_withdrawn(work.c, one)
        elif one.not_before is not None and one.not_before > work.now:
            await notifications.hold(work.c, one, one.not_before)
            work.wakes_at(one.not_before)
        else:
            wanted.append(one)
    return wanted


def _groups(found: Iterable[Notification]) -> list[list[Notification]]:
    groups: dict[tuple[str, ...], list[Notification]] = {}
    for one in found:
        key = _kind(one) if one.purpose in MERGED else (one.id,)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _kind(one: Notification) -> tuple[str, ...]:
    """Two notifications of one kind can be said in one message."""
    return one.person, one.medium.value, one.purpose.value, one.actor


async def _message_of(work: Work, group: list[Notification], claim: str) -> Claimed:
    lead, *others = sorted(group, key=lambda one: (one.rank, one.created_at))
    page = await _page_of(work, lead)
    ticket = await tickets.find(work.c, lead.ticket_id) if lead.ticket_id is not None else None
    return Claimed(notification=lead, claim=claim, page=page, ticket=ticket, others=others)


async def _page_of(work: Work, one: Notification) -> Page | None:
    """Return the page that a message is about; one that cannot be read must not hold up what others wait for."""
    try:
        return await pages.find(work.c, one.page_id) if one.page_id is not None else None
    except msgspec.DecodeError:
        log.exception("page.unreadable", page=one.page_id, notification=one.id)
        return None


def _message_for(work: Work, one: Notification) -> Claimed | None:
    """Find a message that this very unit sends to the same person, so that this can be said in it as well."""
    if one.purpose not in MERGED:
        return None
    kind = _kind(one)
    return next((message for message in work.outgoing if _kind(message.notification) == kind), None)


async def _held_until(work: Work, group: list[Notification]) -> datetime | None:
    """Say until when these wait, because their reader was told of others of their kind a moment ago."""
    if not all(_may_wait(one) for one in group):
        return None
    last = await notifications.last_told(work.c, group[0])
    if last is None or not timedelta(0) <= work.now - last[0] < TOLD_EVERY:
        return None
    # Nobody knows what became of an attempt whose sender died: that nobody heard it yet is what counts.
    if any(one.id == last[1] for one in group):
        return None
    return last[0] + TOLD_EVERY


def _may_wait(one: Notification) -> bool:
    """A second attempt, a second call and the worst severity never wait."""
    is_worst = one.purpose is Purpose.PAGE and one.rank <= WORST_RANK
    return one.purpose in MERGED and not one.attempts and not one.again and not is_worst


async def complete(work: Work) -> None:
    """Give each message what it needs to be said: its code, its link. This is the last thing that a unit does."""
    if work.outgoing:
        work.crosses(Boundary.CLAIMED)
    for message in work.outgoing:
        if message.others:
            await _speak_for_all(work, message)
        one, page = message.notification, message.page
        if all(_may_wait(other) for other in message.all):
            # What goes out whatever was said before holds nothing back, or a row of it could do so for ever.
            await notifications.note_told(work.c, one, work.now)
        if work.with_links and page is not None and one.purpose in ASKING and one.medium is not Medium.VOICE:
            message.link_token = await _link_token(work, one, page)
        if one.medium is Medium.EMAIL:
            message.mailed_before = await _mailed_before(work, message)
        if one.purpose is Purpose.DIGEST:
            message.digest = await digests.find(work.c, one.why)
        if one.purpose is Purpose.PUBLIC:
            message.public = await public.find_text(work.c, one.why)
        if one.purpose is Purpose.SHIFT:
            message.notice = await shift_notices.find(work.c, one.why)
        if one.purpose is Purpose.SWAP:
            message.link_token = await swap_links.draw(work, one)
        if one.purpose is Purpose.SIGN_IN:
            message.sign_in_code = await signin_codes.of(work, one)


async def _link_token(work: Work, one: Notification, page: Page) -> str:
    """Draw the token of a message's link, which exists from here on as its hash."""
    if work.observing:
        return observing.NO_TOKEN  # what is written down is read by others: no link in it may open anything
    token = work.chance.token()
    link = answers.Link(
        person=one.person, page_id=page.id, medium=one.medium.value, expires_at=work.now + LINK_LASTS, code=one.code
    )
    await answers.put_link(work.c, hash_of(token), link)
    return token


async def _speak_for_all(work: Work, message: Claimed) -> None:
    """Let the message's code stand for all its pages, and note with each of the others which message carried it."""
    lead = changed(message.notification, merged_into=None)
    if lead.purpose is Purpose.PAGE:
        lead = changed(lead, code=await codes.of_pages(work, lead.person, message.page_ids))
    await notifications.set_message(work.c, lead)
    for other in message.others:
        if other.merged_into != lead.id:
            await notifications.set_message(work.c, changed(other, merged_into=lead.id))
    message.notification = lead
    if lead.medium is Medium.EMAIL:
        message.also = await _named(work, message)


async def _named(work: Work, message: Claimed) -> tuple[str, ...]:
    """Name the first of those that the message does not speak of itself: a mail has room for them."""
    shown = message.page.id if message.page is not None else ""
    words: list[str] = []
    for one in message.all:
        page = await _page_of(work, one) if one.page_id not in (None, shown) else None
        if page is not None and len(words) < NAMED_MAX:
            where = " ".join(part for part in (page.subject.service, page.subject.place) if part)
            said = f"{page.severity} {page.subject.title}{f', {where}' if where else ''} ({page.id})"
            # Pages of one alert differ by their summary alone: which host, which queue.
            words.append(f"{said}: {page.subject.summary}" if page.subject.summary else said)
        if len(words) == NAMED_MAX:
            break
    return tuple(words)


async def _mailed_before(work: Work, message: Claimed) -> bool:
    """A mail about several pages never begins the thread of one of them."""
    one, page = message.notification, message.page
    if message.others:
        return True
    if page is not None and page.was_just_opened and one.due_first <= work.now:
        return False
    return await notifications.mailed_before(work.c, one)
