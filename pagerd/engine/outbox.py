"""How a decision to reach somebody becomes rows in the outbox."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pagerd.core.digest import Digest
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.notification import Notification, contact_order, is_reachable, usable_media
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import LOUD, Medium, NotificationRule, Urgency
from pagerd.core.shift_notices import Notice
from pagerd.core.ticket import Ticket
from pagerd.core.values import changed
from pagerd.core.worklog.nightfall import wakes_at
from pagerd.engine import codes, merging
from pagerd.engine.work import Work

RANK_OF_THE_REST = 9
"""What is about no page is behind every page."""


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
    code = await codes.of_page(work, person, page) if purpose in ASKING else None
    for rule in order:
        one = _notification(
            work, person, rule.medium, purpose, urgency, rule.after, page=page, why=why, actor=actor, code=code
        )
        await merging.put(work, one, page=page)


async def tell(work: Work, page: Page, person: str, purpose: Purpose, media: Iterable[Medium], actor: str) -> None:
    """Tell a person something about a page on these media, at once and quietly."""
    for medium in media:
        one = _notification(work, person, medium, purpose, Urgency.LOW, timedelta(0), page=page, actor=actor)
        await merging.put(work, one, page=page)


async def notify_ticket(work: Work, ticket: Ticket, person: str) -> None:
    """Tell a person of a ticket by their low methods."""
    for rule in contact_order(work.plan, person, Urgency.LOW):
        one = _notification(
            work, person, rule.medium, Purpose.TICKET, Urgency.LOW, rule.after, ticket=ticket, why="primary"
        )
        await merging.put(work, one, ticket=ticket)


async def alarm_operators(work: Work, text: str, urgency: Urgency) -> None:
    """Tell the operators something about pagerd itself; by text where nobody of them can be told quietly.

    Whoever sleeps hears such a text when they wake, as they would have read a mail then.
    """
    if not any(is_reachable(work.plan, person, urgency) for person in work.plan.operators):
        for name in work.plan.operators:
            if Medium.SMS in usable_media(work.plan, name):
                awake = wakes_at(work.plan.people[name], work.now)
                await say(work, name, Medium.SMS, Purpose.ALARM, text, why="operator", at=awake)
        return
    for person in work.plan.operators:
        await plain(work, person, text, urgency)


async def alarm_everywhere(work: Work, text: str) -> None:
    """Tell the operators by mail and text at once, whatever they prefer: of what must not wait for a mailbox."""
    for person in work.plan.operators:
        for medium in usable_media(work.plan, person):
            if medium is not Medium.VOICE:
                one = _notification(
                    work, person, medium, Purpose.ALARM, Urgency.HIGH, timedelta(0), text=text, why="operator"
                )
                await merging.put(work, one)


async def alarm_operators_by(work: Work, text: str, medium: Medium) -> None:
    """Tell the operators on one medium alone; whoever cannot be reached on it hears as ever."""
    for person in work.plan.operators:
        if medium not in usable_media(work.plan, person):
            await plain(work, person, text, Urgency.LOW)
        else:
            one = _notification(
                work, person, medium, Purpose.ALARM, Urgency.LOW, timedelta(0), text=text, why="operator"
            )
            await merging.put(work, one)


async def plain(work: Work, person: str, text: str, urgency: Urgency) -> None:
    """Tell a person one sentence about pagerd itself."""
    for rule in contact_order(work.plan, person, urgency):
        one = _notification(work, person, rule.medium, Purpose.ALARM, urgency, rule.after, text=text, why="operator")
        await merging.put(work, one)


async def notify_digest(work: Work, digest: Digest, place: int, person: str, address: str) -> None:
    """Mail a digest to an address of a team, or to a person where the team has none."""
    one = Notification(
        # One for each day and recipient: the store refuses the same key, so nothing is sent twice.
        id=f"{digest.id}-{place}" if place else digest.id,
        page_id=None,
        person=person,
        medium=Medium.EMAIL,
        address=address,
        purpose=Purpose.DIGEST,
        urgency=Urgency.LOW,
        created_at=work.now,
        due=work.now,
        due_first=work.now,
        why=digest.id,
    )
    await merging.put(work, one)


async def notify_public(work: Work, text_id: str, place: int, address: str) -> None:
    """Mail what customers read to an address or a list."""
    one = Notification(
        # One for each text and address: the store refuses the same key, so nothing is sent twice.
        id=f"{text_id}-m{place}",
        page_id=None,
        person="",
        medium=Medium.EMAIL,
        address=address,
        purpose=Purpose.PUBLIC,
        urgency=Urgency.LOW,
        created_at=work.now,
        due=work.now,
        due_first=work.now,
        why=text_id,
    )
    await merging.put(work, one)


async def notify_shift(work: Work, notice: Notice, medium: Medium, at: datetime) -> None:
    """Tell a person on one medium what is new of their shifts, now or at an instant."""
    after = max(at - work.now, timedelta(0))
    one = _notification(work, notice.person, medium, Purpose.SHIFT, Urgency.LOW, after, why=notice.id)
    await merging.put(work, one)


async def answer(work: Work, person: str, number: str, text: str) -> None:
    """Text somebody back what their own text did, at once, where the provider does not carry answers by itself."""
    one = _notification(work, person, Medium.SMS, Purpose.ANSWER, Urgency.HIGH, timedelta(0), text=text)
    await merging.put(work, changed(one, address=number))


async def test_page(work: Work, person: str, medium: Medium, actor: str, *, why: str, lasts: timedelta) -> Notification:
    """Send a person something to answer on one medium, whether or not it was refused before; return it as put there."""
    one = _notification(work, person, medium, Purpose.TEST, Urgency.HIGH, timedelta(0), why=why, actor=actor)
    one = changed(one, code=await codes.of_test(work, person, one.id, lasts))
    await merging.put(work, one)
    return one


async def sign_in(work: Work, person: str, medium: Medium, asked_id: str) -> None:
    """Send a person a code for the web, at once; it is drawn when the message leaves."""
    one = _notification(work, person, medium, Purpose.SIGN_IN, Urgency.HIGH, timedelta(0), why=asked_id)
    await merging.put(work, one)


async def say(
    work: Work,
    person: str,
    medium: Medium,
    purpose: Purpose,
    text: str,
    *,
    why: str = "",
    code: str | None = None,
    at: datetime | None = None,
) -> None:
    """Say something to a person that is about no page, now or at an instant, on one medium. It wakes nobody.

    `why` names what it is about, where that can be over before it leaves.
    """
    after = max(at - work.now, timedelta(0)) if at is not None else timedelta(0)
    wakes = medium in LOUD and work.plan.people[person].sleeps_at(work.now + after)
    assert not wakes, f"a message of purpose {purpose} would wake {person}"
    one = _notification(work, person, medium, purpose, Urgency.LOW, after, why=why, text=text, code=code)
    await merging.put(work, one)


async def tell_at_work(work: Work, person: str, text: str, known: Iterable[Medium]) -> None:
    """Tell a person one sentence of an incident: by these media where they are at work in it, else by mail."""
    for medium in quiet_media(work, person, known):
        one = _notification(work, person, medium, Purpose.INCIDENT, Urgency.LOW, timedelta(0), text=text)
        await merging.put(work, one)


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
    page: Page | None = None,
    ticket: Ticket | None = None,
    why: str = "",
    actor: str = "",
    text: str = "",
    code: str | None = None,
) -> Notification:
    due = work.now + after
    return Notification(
        id=work.chance.row_id(work.now),
        page_id=page.id if page is not None else None,
        ticket_id=ticket.id if ticket is not None else None,
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
        digit=work.chance.digit()
        if medium is Medium.VOICE and (purpose in ASKING or purpose is Purpose.TEST)
        else None,
        rank=page.rank if page is not None else RANK_OF_THE_REST,
    )
