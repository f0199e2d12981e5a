"""Nights that were worked in, and the question in the morning after: how long were you up?

At the end of a night, on the clock of the person whose night it was, they are asked once, by text, by mail where no
text reaches them; never while they sleep or rest, and not while a page of theirs is open or they hold a role in an
incident: whoever is at work has no hand free for the ledger.
"""

from datetime import datetime, timedelta

from pagerd.core.errors import Conflict, IllegalTransition, NotAllowed
from pagerd.core.incidents import effort
from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.roles import held_by
from pagerd.core.paging.notification import usable_media
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, Person
from pagerd.core.values import changed
from pagerd.core.worklog import worked as core
from pagerd.core.worklog.nightfall import span_of
from pagerd.core.worklog.wording import question
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import ledger, outbox, rest
from pagerd.engine.work import Work
from pagerd.engine.written import whole
from pagerd.stores.records import incidents, pages, worked

TRY_AGAIN_AFTER = timedelta(minutes=30)
"""How long the question waits for a page that is open, or for a person who sleeps longer today."""

ASK_WITHIN = timedelta(hours=12)
"""A question that could not be asked for so long is not asked: by then nobody remembers minutes."""


async def rung(work: Work, person: Person, page: Page, at: datetime) -> None:
    """Note that a page made a noise in a person's night; the first of a night winds the clock of its question."""
    day, _, _ = span_of(person.night, person.zone, at)
    known = await worked.of_person(work.c, person.id, day)
    night = known or core.begun(work.chance.object_id("n"), person, at, page.subject.team, work.plan.revision)
    is_first_of_page = page.id not in night.pages
    after = core.rung(night, at, page.id)
    held = page.acknowledgement
    if is_first_of_page and held is not None and held.by == person.id:
        # The provider's word came later than the answer of the person whom the text woke.
        after = core.acted(after, held.at, page.id)
    if not work.plan.nights.asks:
        after = changed(after, ask_at=None)
    if known is None:
        await ledger.begin(work, after)
    elif after is not known:
        await rest.review(work, await ledger.keep(work, known, after))


async def acted(work: Work, person_id: str, page_id: str) -> None:
    """Note an act of a person on a page, if it is in a night in which they were woken."""
    person = work.plan.people.get(person_id)
    if person is None or not person.sleeps_at(work.now):
        return
    day, _, _ = span_of(person.night, person.zone, work.now)
    night = await worked.of_person(work.c, person_id, day)
    if night is None:
        return
    after = core.acted(night, work.now, page_id)
    if after is not night:
        await rest.review(work, await ledger.keep(work, night, after))


async def at_work(work: Work, incident: Incident, by: str) -> None:
    """Note the work that an act in an incident shows, of each person in their own night.

    Whoever works in an incident is awake, whether or not anything woke them: their night begins with it.
    """
    if by not in work.plan.people:
        return  # a machine that reads a criterion is nobody's work
    for one in effort.at_work(incident, by, work.now):
        person = work.plan.people.get(one.person)
        if person is None or not person.sleeps_at(work.now):
            continue
        day, _, _ = span_of(person.night, person.zone, work.now)
        known = await worked.of_person(work.c, person.id, day)
        night = known or core.begun(work.chance.object_id("n"), person, work.now, incident.team, work.plan.revision)
        after = core.at_work(night, one.since, work.now, incident.number)
        if known is None:
            after = after if work.plan.nights.asks else changed(after, ask_at=None)
            await rest.review(work, await ledger.begin(work, after))
        elif after is not known:
            await rest.review(work, await ledger.keep(work, known, after))


async def due(work: Work, night_id: str) -> None:
    """Look at a night whose time has come: at its rest, at its question."""
    night = await worked.find(work.c, night_id)
    if night is None:
        return
    night = await rest.due(work, night)
    if night.ask_at is not None and night.ask_at <= work.now:
        night = await _question_due(work, night)
    await ledger.keep(work, night, night)


async def _question_due(work: Work, night: WorkedNight) -> WorkedNight:
    person = work.plan.people.get(night.person)
    if person is None or not work.plan.nights.asks:
        return await ledger.keep(work, night, changed(night, ask_at=None))
    if work.now > night.end + ASK_WITHIN:
        outcome = core.not_asked(night, work.now, "they were at work, or asleep, all the time")
        return await ledger.save(work, night, outcome, "NightNotAsked")
    grant = night.grant
    rests_until = grant.end if grant is not None and grant.is_in_force else None
    if rests_until is not None and rests_until > work.now:
        return await ledger.keep(work, night, changed(night, ask_at=rests_until))
    if person.sleeps_at(work.now) or await _is_on_a_page(work, person.id) or await _has_a_role(work, person.id):
        return await ledger.keep(work, night, changed(night, ask_at=work.now + TRY_AGAIN_AFTER))
    return await _ask(work, night, person)


async def _is_on_a_page(work: Work, person: str) -> bool:
    for page in await pages.open_pages_of_person(work.c, person):
        held = page.acknowledgement
        if held is None or held.by == person:
            return True
    return False


async def _has_a_role(work: Work, person: str) -> bool:
    return any(held_by(one.roles, person) for one in await incidents.open_incidents(work.c))


async def _ask(work: Work, night: WorkedNight, person: Person) -> WorkedNight:
    usable = usable_media(work.plan, person.id)
    medium = next((one for one in (Medium.SMS, Medium.EMAIL) if one in usable), None)
    if medium is None:
        outcome = core.not_asked(night, work.now, "neither a text nor a mail reaches them")
        return await ledger.save(work, night, outcome, "NightNotAsked")
    code = await ledger.draw_code(work, person.id, night.id, ledger.WORKED)
    await outbox.say(work, person.id, medium, Purpose.NIGHT, question(night), code=code)
    outcome = core.asked(night, work.now, "text" if medium is Medium.SMS else "mail")
    return await ledger.save(work, night, outcome, "NightAsked")


async def say_worked(
    work: Work, night: WorkedNight, *, by: str, via: str, minutes: int, why: str = "", is_admin: bool = False
) -> WorkedNight:
    """Note how long somebody was up, as they say. Nobody says it for somebody else, but for an admin."""
    if by != night.person and not is_admin:
        raise NotAllowed(f"only {night.person} says how long they were up; to object, dispute the night")
    try:
        outcome = core.worked(night, work.now, by=by, via=via, minutes=minutes, why=whole(why.strip()))
    except IllegalTransition as error:
        raise Conflict(str(error)) from error
    return await rest.review(work, await ledger.save(work, night, outcome, "NightWorked"))
