"""What goes over with a shift, in words: notes, open pages, incidents and nights."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from pagerd.core.handoff import HandoffNote, Handover, OpenIncident, OpenPage
from pagerd.core.incidents.roles import ROLE_NAMES
from pagerd.core.paging.letter import Line, Section
from pagerd.core.plain import clean_lines, clock_time, counted, one_line
from pagerd.core.plan import Plan
from pagerd.core.shift_notices import News, Notice


def handover_sections(notice: Notice, plan: Plan, *, by_text: bool) -> Iterator[Section]:
    """Say all that goes over, and what stays with whoever goes off."""
    zone = plan.people[notice.person].zone
    for one in notice.handovers:
        for note in one.notes:
            lines = tuple(Line(line) for line in clean_lines(note.text))
            yield Section(f"Note {_from(note, plan, zone, notice.at)}", lines)
        if notice.lines[0].news is not News.NOTE:
            lines = tuple(_open(one, plan, zone, notice.at, by_text=by_text))
            yield Section(f"What is open in {one_line(_team(plan, one.team), 60)}", lines)
    if notice.keeps:
        kept = (Line(page_words(page, plan, notice.person, zone, notice.at)) for page in notice.keeps)
        how = Line("pagerd reassign PAGE PERSON hands one over.")
        yield Section("Still yours", (*kept, how))
    began = [line.schedule for line in notice.lines if line.takes_over]
    if began:
        yield Section("Before you go off", (Line(f'pagerd handoff note {began[0]} "what the next one must know"'),))


def handover_short(notice: Notice, schedule: str) -> str:
    """Say in a few words that something goes over, and how to read it; nothing where nothing does."""
    pages = sum(one.pages_count for one in notice.handovers)
    notes = sum(len(one.notes) for one in notice.handovers)
    said = [counted(pages, "page") + " open"] if pages else []
    said += [counted(notes, "note")] if notes else []
    return f". {', '.join(said)}: pagerd handoff show {schedule}" if said else ""


def page_words(page: OpenPage, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> str:
    """Say what and where a page is, since when, and who has it."""
    what = f"{page.id} {one_line(page.severity, 20)} {one_line(page.title, 120)}"
    return f"{what}, since {clock_time(page.since, zone, now)}: {_held(page, plan, reader, zone, now)}"


def incident_words(one: OpenIncident, plan: Plan) -> str:
    """Say what an incident is, how far it is, and who has which role."""
    roles = [f"{ROLE_NAMES.get(role, role)} {one_line(plan.name_of(who), 40)}" for role, who in one.roles.items()]
    who = f": {', '.join(roles)}" if roles else ": NOBODY has a role"
    return f"incident {one.number} {one_line(one.severity, 20)} {one_line(one.title, 120)}, {one.status}{who}"


def nights_words(one: Handover, zone: ZoneInfo, now: datetime) -> str:
    """Say how many pages disturbed a night."""
    since = clock_time(one.since, zone, now)
    if not one.nights_count:
        return f"No night was disturbed since {since}."
    return f"{counted(one.nights_count, 'page')} disturbed a night since {since}: pagerd report nights"


def _from(note: HandoffNote, plan: Plan, zone: ZoneInfo, now: datetime) -> str:
    return f"from {one_line(plan.name_of(note.by), 40)}, {clock_time(note.at, zone, now)}, about {note.schedule}"


def _open(one: Handover, plan: Plan, zone: ZoneInfo, now: datetime, *, by_text: bool) -> Iterable[Line]:
    for page in one.pages:
        how = f"; by text: {page.code} ack" if by_text and page.code is not None else ""
        yield Line(page_words(page, plan, "", zone, now) + how)
    if one.pages_count > len(one.pages):
        yield Line(f"and {one.pages_count - len(one.pages)} more: pagerd pages --team {one.team}")
    for incident in one.incidents:
        yield Line(incident_words(incident, plan))
    if not (one.pages_count or one.incidents):
        yield Line("No page is open, and no incident.")
    yield Line(nights_words(one, zone, now))


def _held(page: OpenPage, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> str:
    if page.holder is None:
        return "NOBODY has it"
    whose = "yours" if page.holder == reader else f"{one_line(plan.name_of(page.holder), 40)} has it"
    if page.until is None:
        return whose
    return f"{whose}{', snoozed' if page.is_snoozed else ''} until {clock_time(page.until, zone, now)}"


def _team(plan: Plan, team: str) -> str:
    return plan.teams[team].name if team in plan.teams else team
