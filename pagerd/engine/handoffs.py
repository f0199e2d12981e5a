"""Handoff notes: written by whoever leaves, carried to whoever comes, with what is open then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.core import handoff as core
from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.handoff import HandoffNote, Handover, OpenPage
from pagerd.core.membership import schedules_of
from pagerd.core.oncall.lookup import on_call
from pagerd.core.oncall.schedule import OnCall
from pagerd.core.paging.notification import usable_media
from pagerd.core.people import Medium
from pagerd.core.plain import clean_lines
from pagerd.core.plan import Plan
from pagerd.core.suggestions import unknown
from pagerd.core.values import changed
from pagerd.engine import audit, codes
from pagerd.engine.work import Work
from pagerd.engine.written import lines_of, whole
from pagerd.stores.base import Connection
from pagerd.stores.records import handoffs, incidents, nights, pages

NOTES_SHOWN = 20
"""Notes that somebody sees who looks, of the last eight days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a schedule stands for whoever has it next: who has it now, until when, and what would go over."""

    on_call: OnCall
    handover: Handover


async def write(work: Work, schedule: str, by: str, text: str) -> HandoffNote:
    """Write a note for whoever has a schedule next."""
    if schedule not in work.plan.book.schedules:
        raise NotFound(unknown("schedule", schedule, work.plan.book.schedules))
    words = "\n".join(clean_lines(whole(lines_of(text), core.TEXT_MAX, "a note"), core.TEXT_MAX))
    if not words:
        raise Conflict("an empty note says nothing: write one sentence")
    turn = core.turn_of(work.plan, schedule, by, work.now)
    if turn is None:
        hours = int(core.LATE_MAX.total_seconds()) // 3600
        who = f"whoever has {schedule}, had it within {hours} h, or leads its team"
        raise NotAllowed(f"{by} is not on call in {schedule}: its note is written by {who}")
    note = HandoffNote(
        id=work.chance.object_id("h"),
        schedule=schedule,
        by=by,
        at=work.now,
        text=words,
        until=turn.until,
        late=turn.is_over,
    )
    await handoffs.insert(work.c, note)
    await audit.note(work, note.id, "HandoffNoteWritten", note)
    return note


async def handover(work: Work, team: str, schedules: Sequence[str], person: str) -> Handover:
    """Gather what goes over to somebody whose shifts in these schedules of one team begin, with codes to answer."""
    since = {name: core.notes_since(work.plan, name, person, work.now) for name in schedules}
    found = await gather(work.c, team, since, work.now, core.NOTES_MAX)
    if Medium.SMS not in usable_media(work.plan, person):
        return found
    with_codes = [
        page if page.holder == person else changed(page, code=await codes.of_pages(work, person, [page.id]))
        for page in found.pages
    ]
    return changed(found, pages=tuple(with_codes))


async def gather(
    c: Connection, team: str, notes_since: Mapping[str, datetime], now: datetime, notes_max: int
) -> Handover:
    """Gather what there is to know of a team, with the notes of these schedules, each from an instant on."""
    since = min(notes_since.values())
    notes = [note for name, at in notes_since.items() for note in await handoffs.since(c, name, at, notes_max)]
    # What an incident wants of somebody is said with the incident: whoever takes such a page has the role.
    listed = [one for one in (await pages.list_pages(c, team=team)).pages if one.errand is None]
    worst_first = sorted(listed, key=lambda page: (page.rank, page.since))[: core.PAGES_MAX]
    disturbed = {one.page_id for one in await nights.between(c, since, now) if one.team == team}
    return Handover(
        team=team,
        notes=tuple(sorted(notes, key=lambda note: note.at, reverse=True)),
        pages=tuple(core.open_page(page) for page in worst_first),
        pages_count=len(listed),
        incidents=core.open_incidents(await incidents.open_incidents(c), team),
        nights_count=len(disturbed),
        since=since,
    )


async def notes_for(c: Connection, plan: Plan, person: str, now: datetime) -> list[HandoffNote]:
    """Return the notes of each schedule that somebody has turns in, the newest first of all."""
    since = now - core.BACK_MAX
    found: list[HandoffNote] = []
    for name in schedules_of(plan, person):
        found += await handoffs.since(c, name, since, core.NOTES_MAX)
    return sorted(found, key=lambda note: note.at, reverse=True)


async def held_by(c: Connection, person: str) -> tuple[OpenPage, ...]:
    """Return the pages that somebody holds who goes off call: they stay theirs until they hand them over."""
    found = [page for page in await pages.open_pages_of_person(c, person) if page.acknowledgement is not None]
    return tuple(core.open_page(page) for page in found if page.acknowledgement and page.acknowledgement.by == person)


async def show(c: Connection, plan: Plan, schedule: str, now: datetime) -> Shown:
    """Return how a schedule stands, and what would go over if it changed hands now. Raises NotFound."""
    answer = on_call(plan.book, schedule, now)
    team = plan.book.schedules[schedule].team
    return Shown(on_call=answer, handover=await gather(c, team, {schedule: now - core.BACK_MAX}, now, NOTES_SHOWN))
