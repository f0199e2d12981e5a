"""Asks people whether their contacts still reach them, as `core/contact_questions.py` says, and tells who leads them.

A walk over all people once an hour, in bites: whoever has their hour is looked at. One contact a day is asked, by a
test page, so an answer to it counts as one to any other. Nobody is asked who is away, or while pagerd only observes.
"""

from collections.abc import Sequence
from datetime import timedelta

from pagerd.core import contact_questions as core
from pagerd.core.contact_questions import ContactQuestion, Next, Use
from pagerd.core.membership import schedules_of, teams_of
from pagerd.core.paging.notification import usable_media
from pagerd.core.people import Medium, Person
from pagerd.core.values import changed
from pagerd.core.worklog.leads import leads_of
from pagerd.engine import outbox, testpage
from pagerd.engine.work import Work
from pagerd.stores.records import contact_questions, contacts, timers

WALK = "contacts"
"""The kind of its timer, by the person that the walk has come to."""

BITE = 200
"""People looked at in one transaction. For most it is not the hour, which costs nothing; the rest cost about 1 ms."""

EVERY = timedelta(hours=1)


async def begin(work: Work) -> None:
    """Walk at the next full hour, unless a walk waits already."""
    known = await timers.subjects(work.c, WALK)
    if work.plan.contacts.ask_after is None:
        for subject in known:
            await timers.put(work.c, WALK, subject, None)
    elif not known:
        await _rest(work)


async def _rest(work: Work) -> None:
    due = work.now.replace(minute=0, second=0, microsecond=0) + EVERY
    await timers.put(work.c, WALK, "", due)
    work.wakes_at(due)


async def walk(work: Work, after: str) -> None:
    """Look at the next people, and go on from there later."""
    names = sorted(name for name in work.plan.people if name > after)[:BITE]
    for name in names:
        person = work.plan.people[name]
        if core.is_hour(person, work.now) and not work.observing:
            await _look(work, person)
    await timers.put(work.c, WALK, after, None)
    if len(names) < BITE:
        await _rest(work)
        return
    await timers.put(work.c, WALK, names[-1], work.now)
    work.wakes_at(work.now)


async def _look(work: Work, person: Person) -> None:
    """Ask about one contact of a person at most, and tell of those that were not answered for."""
    is_away = any(one.person == person.id and one.start <= work.now < one.end for one in work.plan.book.away)
    if is_away or not schedules_of(work.plan, person.id):
        return
    has_asked = False
    unanswered: list[ContactQuestion] = []
    for medium in usable_media(work.plan, person.id):
        question, use = await _known(work, person, medium)
        match core.next_of(question, use, work.now, work.plan.contacts):
            case Next.ASK if not has_asked:
                has_asked = True
                await _ask(work, question)
            case Next.TELL:
                unanswered.append(question)
            case _:
                pass
    if unanswered:
        await _tell(work, person, unanswered)


async def _known(work: Work, person: Person, medium: Medium) -> tuple[ContactQuestion, Use]:
    """Return what was asked about a contact, and when it was used; one that is new is known from now on."""
    address = person.address(medium)
    assert address is not None, "a usable medium has an address"
    known = await contact_questions.find(work.c, person.id, medium)
    if known is None or known.address != address:
        known = ContactQuestion(person=person.id, medium=medium, address=address, known_at=work.now)
        await contact_questions.put(work.c, known)
    contact = await contacts.find(work.c, person.id, medium, address)
    return known, contact.use


async def _ask(work: Work, question: ContactQuestion) -> None:
    rules = work.plan.contacts
    assert rules.ask_after is not None, "somebody is asked"
    why = core.why_asked(question.medium, rules)
    one = await testpage.ask(work, question.person, question.medium, why, lasts=rules.ask_after)
    await contact_questions.put(work.c, changed(question, asked_at=work.now, asked_id=one.id, told_at=None))
    work.say("contact.asked", person=question.person, medium=question.medium.value)


async def _tell(work: Work, person: Person, unanswered: Sequence[ContactQuestion]) -> None:
    """Mail whoever leads the person, once for each question."""
    teams = teams_of(work.plan, person.id)
    text = core.unanswered_words(unanswered, person.name, work.now)
    leads = leads_of(work.plan, teams[0].id if teams else work.plan.fallback, person.id, work.now)
    for lead in leads:
        await outbox.tell_at_work(work, lead, text, ())
    for question in unanswered:
        await contact_questions.put(work.c, changed(question, told_at=work.now))
        work.say("contact.unanswered", person=person.id, medium=question.medium.value, told=list(leads))
