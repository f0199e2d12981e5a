"""How a decision to reach somebody becomes rows in the outbox."""

from collections.abc import Iterable
from datetime import timedelta

from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.notification import Notification, NotificationStatus, contact_order, usable_media
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import LOUD, Medium, NotificationRule, Urgency
from pagerd.core.ticket import Ticket
from pagerd.core.values import changed
from pagerd.engine.chance import hash_of
from pagerd.engine.work import LEASE, Claimed, Work
from pagerd.stores.records import answers, notifications

LINK_LASTS = timedelta(hours=24)
SHORT_CODES_LEFT_MIN = 10
"""Below so many free two-digit codes a person's new codes have four signs: guessing must stay unlikely."""

SHORT_CODES = 100


async def notify(
    work: Work, page: Page, person: str, purpose: Purpose, urgency: Urgency, *, why: str, actor: str = ""
) -> None:
    """Reach a person about a page by their own notification rules."""
    order = contact_order(work.plan, person, urgency)
    await notify_by(work, page, order, person=person, purpose=purpose, urgency=urgency, why=why, actor=actor)


async def notify_by(
    work: Work,
    page: Page,
    order: Iterable[NotificationRule],
    *,
    person: str,
    purpose: Purpose,
    urgency: Urgency,
    why: str,
    actor: str,
) -> None:
    """Reach a person about a page by these media, each after its delay."""
    code = await reply_code(work, person, page) if purpose in ASKING else None
    for rule in order:
        one = _notification(
            work, person, rule.medium, purpose, urgency, rule.after, page_id=page.id, why=why, actor=actor, code=code
        )
        await put(work, one, page=page)


async def tell(work: Work, page: Page, person: str, purpose: Purpose, media: Iterable[Medium], actor: str) -> None:
    """Tell a person something about a page on these media, at once and quietly."""
    for medium in media:
        one = _notification(work, person, medium, purpose, Urgency.LOW, timedelta(0), page_id=page.id, actor=actor)
        await put(work, one, page=page)


async def notify_ticket(work: Work, ticket: Ticket, person: str) -> None:
    """Tell a person of a ticket by their low methods."""
    for rule in contact_order(work.plan, person, Urgency.LOW):
        one = _notification(
            work, person, rule.medium, Purpose.TICKET, Urgency.LOW, rule.after, ticket_id=ticket.id, why="primary"
        )
        await put(work, one, ticket=ticket)


async def alarm_operators(work: Work, text: str, urgency: Urgency) -> None:
    """Tell the operators something about pagerd itself."""
    for person in work.plan.operators:
        await plain(work, person, text, urgency)


async def plain(work: Work, person: str, text: str, urgency: Urgency) -> None:
    """Tell a person one sentence about pagerd itself."""
    for rule in contact_order(work.plan, person, urgency):
        one = _notification(work, person, rule.medium, Purpose.ALARM, urgency, rule.after, text=text, why="operator")
        await put(work, one)


async def put(work: Work, one: Notification, *, page: Page | None = None, ticket: Ticket | None = None) -> None:
    """Put a notification into the outbox; what is due now is taken at once, as long as the senders have room."""
    work.count("notifications_queued", one.medium.value, one.purpose.value)
    if one.due > work.now or len(work.outgoing) >= work.room:
        await notifications.insert(work.c, one)
        work.wakes_at(one.due)
        return
    claim = work.chance.row_id(work.now)
    taken = changed(one, status=NotificationStatus.CLAIMED, due=work.now + LEASE)
    await notifications.insert(work.c, taken, claim)
    work.outgoing.append(await claimed(work, taken, claim, page=page, ticket=ticket))
    work.wakes_at(taken.due)


async def claimed(
    work: Work, one: Notification, claim: str, *, page: Page | None, ticket: Ticket | None = None
) -> Claimed:
    """Complete a claimed notification with what its message needs; a link's token exists from here on, as its hash."""
    token = None
    if work.with_links and page is not None and one.purpose in ASKING and one.medium is not Medium.VOICE:
        token = work.chance.token()
        link = answers.Link(
            person=one.person, page_id=page.id, medium=one.medium.value, expires_at=work.now + LINK_LASTS
        )
        await answers.put_link(work.c, hash_of(token), link)
    is_first = one.medium is not Medium.EMAIL or (
        page is not None and page.was_just_opened and one.due_first <= work.now
    )
    mailed_before = not is_first and await notifications.mailed_before(work.c, one)
    return Claimed(
        notification=one, claim=claim, page=page, ticket=ticket, link_token=token, mailed_before=mailed_before
    )


async def reply_code(work: Work, person: str, page: Page) -> str:
    """Return the code by which this person answers for this page; the same one as long as the page is open."""
    known = None if page.was_just_opened else await answers.code_of(work.c, person, [page.id])
    if known is not None:
        return known
    in_use, free = await answers.count_short_codes(work.c, person, work.now)
    if free:
        await answers.drop_free_codes_of(work.c, person, work.now)
        in_use -= free
    if not work.plan.long_reply_codes and in_use <= SHORT_CODES - SHORT_CODES_LEFT_MIN:
        for _ in range(SHORT_CODES):
            code = work.chance.short_code()
            if await answers.take_code(work.c, person, code, [page.id]):
                return code
    while True:  # 614,656 codes: a person with so many open pages has been merged long before
        code = work.chance.long_code()
        if await answers.take_code(work.c, person, code, [page.id]):
            return code


def quiet_media(work: Work, person: str, known: Iterable[Medium]) -> tuple[Medium, ...]:
    """Return how a person is told something more: as they were reached before, without a call; else by mail."""
    usable = usable_media(work.plan, person)
    again = tuple(medium for medium in dict.fromkeys(known) if medium in usable and medium is not Medium.VOICE)
    return again or tuple(medium for medium in usable if medium not in LOUD)


def _notification(
    work: Work,
    person: str,
    medium: Medium,
    purpose: Purpose,
    urgency: Urgency,
    after: timedelta,
    *,
    page_id: str | None = None,
    ticket_id: str | None = None,
    why: str = "",
    actor: str = "",
    text: str = "",
    code: str | None = None,
) -> Notification:
    due = work.now + after
    return Notification(
        id=work.chance.row_id(work.now),
        page_id=page_id,
        ticket_id=ticket_id,
        person=person,
        medium=medium,
        address=work.plan.people[person].address(medium) or "",
        purpose=purpose,
        urgency=urgency,
        created_at=work.now,
        due=due,
        due_first=due,
        why=why,
        actor=actor,
        text=text,
        code=code,
        digit=work.chance.digit() if medium is Medium.VOICE and purpose in ASKING else None,
    )
