"""Test pages: a message to answer, by the way that a page goes, about nothing.

It is a row like every other, sent by a real provider, with its reports and its answer. It concerns no page: it is no
night page, no interruption and no load. One that arrives shows that a contact works that was refused before.
"""

from collections.abc import Sequence
from datetime import timedelta

from pagerd.core.audit import CONTACTS
from pagerd.core.errors import Conflict, NotFound
from pagerd.core.paging.notification import Notification, NotificationStatus
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.reply import Reply, Verb
from pagerd.core.people import LOUD, Medium, Person, Urgency
from pagerd.core.plain import clock_time
from pagerd.core.values import changed
from pagerd.engine import audit, outbox, stored
from pagerd.engine.codes import TEST_LASTS
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import answers, contacts, notifications, pages

AGAIN_AFTER = timedelta(minutes=1)
"""A contact method is tested at most this often: whoever may test must not be able to ring somebody all night."""

WORD = {Medium.SMS: "text", Medium.VOICE: "call", Medium.EMAIL: "mail"}


async def send(work: Work, name: str, medium: Medium | None, by: str, *, at_night: bool = False) -> Notification:
    """Send a person a test page on a medium, or on the first that a page would take; return it as it was stored."""
    if work.observing:
        raise Conflict("this pagerd only observes: it sends nothing, so nothing can be tested")
    person = work.plan.person_named(name)
    medium = medium or _first_of(work, person)
    address = person.address(medium)
    if not address:
        raise Conflict(f"{person.name} has no address for {medium} in people.yaml")
    if medium not in work.plan.media:
        raise Conflict(f"pagerd.yaml has no provider of {medium}: nothing can be sent by it")
    if medium in LOUD and person.sleeps_at(work.now) and not at_night:
        now = clock_time(work.now, person.zone, work.now)
        raise Conflict(f"it is {now} for {person.name}, who sleeps now: wait, test by email, or say --at-night")
    known = await contacts.find(work.c, person.id, medium, address)
    if known.tested_at is not None and work.now - known.tested_at < AGAIN_AFTER:
        ago = int((work.now - known.tested_at).total_seconds())
        raise Conflict(
            f"{person.name} was sent a test page by {medium} {ago} s ago: look what became of that one first"
        )
    one = await outbox.test_page(work, person.id, medium, by, why="", lasts=TEST_LASTS)
    return await _sent(work, one, by)


async def ask(work: Work, person: str, medium: Medium, why: str, *, lasts: timedelta) -> Notification:
    """Ask a person by a test page whether a contact reaches them; it can be answered for as long as `lasts`."""
    one = await outbox.test_page(work, person, medium, "", why=why, lasts=lasts)
    return await _sent(work, one, "pagerd")


async def _sent(work: Work, one: Notification, by: str) -> Notification:
    known = await contacts.find(work.c, one.person, one.medium, one.address)
    await contacts.put(work.c, changed(known, tested_at=work.now, test_id=one.id, answered_at=None))
    await audit.note(work, CONTACTS, "TestPageSent", {"person": one.person, "medium": one.medium.value, "by": by})
    return await find(work.c, one.id)


def _first_of(work: Work, person: Person) -> Medium:
    """Return the medium by which a page would come first. One that was refused is not left out: it may be mended."""
    rules = sorted(person.notify.get(Urgency.HIGH, ()), key=lambda rule: rule.after)
    order: list[Medium] = [*(rule.medium for rule in rules), *Medium]
    for medium in order:
        if person.address(medium) and medium in work.plan.media:
            return medium
    raise Conflict(f"{person.name} has no contact method for which pagerd.yaml has a provider")


async def unanswered_of(c: Connection, person: str) -> list[Medium]:
    """Return by which media a test page came to a person that still waits for its code."""
    return [
        one.medium
        for one in await contacts.of_person(c, person)
        if one.test_id is not None
        and one.answered_at is None
        and await answers.code_of(c, person, [one.test_id]) is not None
    ]


async def find(c: Connection, notification_id: str) -> Notification:
    """Return a test page by its id. Raises NotFound."""
    one = await notifications.find(c, notification_id)
    if one is None or one.purpose is not Purpose.TEST:
        raise NotFound(f"there is no test page {notification_id}")
    return one


async def answered_by_text(work: Work, person: Person, reply: Reply) -> str | None:
    """Take a text as the answer to a test page, and say so; None when it is about something else."""
    one = await _meant(work, person, reply)
    if one is None:
        return None
    work.count("replies", "sms", "acted")
    await confirm(work, one, "sms")
    return f"Thank you: this test page reached you by {WORD[one.medium]}. Nothing is broken."


async def _meant(work: Work, person: Person, reply: Reply) -> Notification | None:
    if reply.code is not None:
        return await _open_test(work, await answers.pages_of_code(work.c, person.id, reply.code))
    if reply.verb is not Verb.ACK or await pages.open_pages_of_person(work.c, person.id):
        return None
    # A bare `ack` is enough while nothing but one test page could be meant.
    recent = [
        one.test_id
        for one in await contacts.of_person(work.c, person.id)
        if one.test_id is not None and one.answered_at is None and _is_recent(work, one)
    ]
    return await _open_test(work, recent) if len(recent) == 1 else None


def _is_recent(work: Work, one: contacts.Contact) -> bool:
    return one.tested_at is not None and work.now - one.tested_at <= TEST_LASTS


async def _open_test(work: Work, ids: Sequence[str]) -> Notification | None:
    if len(ids) != 1:
        return None
    one = await notifications.find(work.c, ids[0])
    return one if one is not None and one.purpose is Purpose.TEST else None


async def answered_by_code(work: Work, person: str, code: str) -> str:
    """Take the code of a test page as its answer, from whoever is known to be its reader; return what to say.

    Raises NotFound for one that is none of theirs, or over.
    """
    one = await _open_test(work, await answers.pages_of_code(work.c, person, code.strip().upper()))
    if one is None:
        raise NotFound(f"{code} is the code of no test page to {person}: it is over, or was mistyped")
    await confirm(work, one, "code")
    return f"Thank you: {one.medium} reaches {person}."


async def confirm(work: Work, one: Notification, via: str) -> None:
    """Store that the reader of a test page answered it; a contact that was refused works again."""
    if one.status is NotificationStatus.CONFIRMED:
        return
    await notifications.update(work.c, one.moved(NotificationStatus.CONFIRMED, work.now, f"by {via}"))
    known = await contacts.find(work.c, one.person, one.medium, one.address)
    known = changed(known, tried_at=known.tried_at or work.now, arrived_at=work.now)
    if known.test_id == one.id:
        known = changed(known, answered_at=work.now)
    await contacts.put(work.c, known)
    body = {"person": one.person, "medium": one.medium.value, "via": via}
    await audit.note(work, CONTACTS, "TestPageAnswered", body)
    await stored.usable_again(work, one.person, one.medium)
