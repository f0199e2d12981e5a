"""Nights that were worked in, and the question in the morning after: how long were you up?

A night is a row with one timer. At its end, on the clock of the person whose night it was, they are asked once, by
text, by mail where no text reaches them; never while they sleep, and not while a page of theirs is open: whoever is at
work has no hand free for the ledger.
"""

from datetime import UTC, date, datetime, timedelta

from pagerd.core.errors import Conflict, IllegalTransition, NotAllowed, NotFound
from pagerd.core.paging.notification import usable_media
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, Person
from pagerd.core.timeline import Entry
from pagerd.core.values import changed
from pagerd.core.worklog import worked as core
from pagerd.core.worklog.answers import code_of_digits
from pagerd.core.worklog.wording import question
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine import audit, outbox
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import pages, timers, worked
from pagerd.stores.records.worked import NightCode

TRY_AGAIN_AFTER = timedelta(minutes=30)
"""How long the question waits for a page that is open, or for a person who sleeps longer today."""

ASK_WITHIN = timedelta(hours=12)
"""A question that could not be asked for so long is not asked: by then nobody remembers minutes."""

CODE_LASTS = timedelta(days=7)
"""How long an answer by text is taken; after that, the command line takes it."""

CODES_TRIED_MAX = 50

WORKED, REST = "worked", "rest"
"""What a code of a night is an answer to."""

TEXT_MAX = 1000


async def rung(work: Work, person: Person, page: Page, at: datetime) -> None:
    """Note that a page made a noise in a person's night; the first of a night winds the clock of its question."""
    day, _, _ = core.span_of(person.night, person.zone, at)
    known = await worked.of_person(work.c, person.id, day)
    night = known or core.begun(work.chance.object_id("n"), person, at, page.subject.team, work.plan.revision)
    is_first_of_page = page.id not in night.pages
    after = core.rung(night, at, page.id)
    held = page.acknowledgement
    if is_first_of_page and held is not None and held.by == person.id:
        # The provider's word came later than the answer of the person whom the text woke.
        after = core.acted(after, held.at, page.id)
    if known is None:
        await worked.insert(work.c, after)
        await _wind(work, after, after.end)
    elif after is not known:
        await worked.update(work.c, changed(after, version=known.version + 1))


async def acted(work: Work, person_id: str, page_id: str) -> None:
    """Note an act of a person on a page, if it is in a night in which they were woken."""
    person = work.plan.people.get(person_id)
    if person is None or not person.sleeps_at(work.now):
        return
    day, _, _ = core.span_of(person.night, person.zone, work.now)
    night = await worked.of_person(work.c, person_id, day)
    if night is None:
        return
    after = core.acted(night, work.now, page_id)
    if after is not night:
        await worked.update(work.c, changed(after, version=night.version + 1))


async def due(work: Work, night_id: str) -> None:
    """Look at a night whose time has come: ask, or say when to look again."""
    await timers.put(work.c, "night", night_id, None)
    night = await worked.find(work.c, night_id)
    if night is None or night.asked_at is not None or night.said or not work.plan.nights.asks:
        return
    person = work.plan.people.get(night.person)
    if person is None:
        return
    if work.now > night.end + ASK_WITHIN:
        await _not_asked(work, night, "they were at work on a page, or asleep, all the time")
    elif person.sleeps_at(work.now) or await _is_on_a_page(work, person.id):
        await _wind(work, night, work.now + TRY_AGAIN_AFTER)
    else:
        await _ask(work, night, person)


async def _is_on_a_page(work: Work, person: str) -> bool:
    for page in await pages.open_pages_of_person(work.c, person):
        held = page.acknowledgement
        if held is None or held.by == person:
            return True
    return False


async def _ask(work: Work, night: WorkedNight, person: Person) -> None:
    usable = usable_media(work.plan, person.id)
    medium = next((one for one in (Medium.SMS, Medium.EMAIL) if one in usable), None)
    if medium is None:
        await _not_asked(work, night, "neither a text nor a mail reaches them")
        return
    code = await draw_code(work, person.id, night.id, WORKED)
    await outbox.say(work, person.id, medium, Purpose.NIGHT, question(night), code=code)
    await save(work, night, core.asked(night, work.now, "text" if medium is Medium.SMS else "mail"), "NightAsked")


async def _not_asked(work: Work, night: WorkedNight, reason: str) -> None:
    entry = Entry(work.now, "night.not_asked", {"person": night.person, "reason": reason})
    await save(work, night, (night, (entry,)), "NightNotAsked")


async def draw_code(work: Work, person: str, night_id: str, asks: str) -> str | None:
    """Draw a code by which a person may answer about a night; None when there are none left."""
    for _ in range(CODES_TRIED_MAX):
        code = code_of_digits(work.chance.short_code())
        one = NightCode(code=code, night_id=night_id, asks=asks, asked_at=work.now)
        if await worked.take_code(work.c, person, one, work.now, work.now + CODE_LASTS):
            return code
    return None


async def say_worked(
    work: Work, night: WorkedNight, *, by: str, via: str, minutes: int, why: str = "", is_admin: bool = False
) -> WorkedNight:
    """Note how long somebody was up, as they say. Nobody says it for somebody else, but for an admin."""
    if by != night.person and not is_admin:
        raise NotAllowed(f"only {night.person} says how long they were up; to object, dispute the night")
    try:
        outcome = core.worked(night, work.now, by=by, via=via, minutes=minutes, why=why.strip()[:TEXT_MAX])
    except IllegalTransition as error:
        raise Conflict(str(error)) from error
    return await save(work, night, outcome, "NightWorked")


async def save(work: Work, before: WorkedNight, outcome: core.Outcome, event: str) -> WorkedNight:
    """Store what was decided of a night, with its entry in the chain."""
    after, entries = outcome
    after = changed(after, version=before.version + 1)
    await worked.update(work.c, after)
    body = {key: value for entry in entries for key, value in entry.details.items()}
    await audit.note(work, after.id, event, body, entries)
    return after


async def find(c: Connection, name: str, person: str | None) -> WorkedNight:
    """Return a night by its id, or one of a person's own: the `last`, or by the day on which it began.

    Raises NotFound.
    """
    if name == "last" and person is not None:
        found = await worked.last_of(c, person)
        if found is None:
            raise NotFound(f"no night of {person} is known in which their phone rang")
        return found
    try:
        day = date.fromisoformat(name)
    except ValueError:
        found = await worked.find(c, name if name.startswith("n-") else f"n-{name}")
    else:
        found = await worked.of_person(c, person, day) if person is not None else None
    if found is None:
        raise NotFound(f"there is no night {name}; `pagerd nights` lists those of the last 31 days")
    return found


async def _wind(work: Work, night: WorkedNight, at: datetime) -> None:
    due_at = max(at, work.now).astimezone(UTC)
    await timers.put(work.c, "night", night.id, due_at)
    work.wakes_at(due_at)
