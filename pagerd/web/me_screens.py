"""What somebody who is signed in sees of their own, as plain values for the template; times in their zone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.actions.item import ActionItem
from pagerd.core.handoff import HandoffNote, turn_of
from pagerd.core.incidents.waiting import Wait, Waiting
from pagerd.core.membership import roles_by_name, schedules_of, teams_of
from pagerd.core.oncall.lookup import on_call, people_on_call
from pagerd.core.oncall.shifts import shifts
from pagerd.core.oncall.swap import Swap
from pagerd.core.oncall.swap_words import agreed, asked
from pagerd.core.paging.page import Page, PageStatus
from pagerd.core.plain import away, clean_lines, clock_time, in_zone, length, one_line
from pagerd.core.plan import Plan
from pagerd.core.rights import Right, Rights
from pagerd.core.ticket import Ticket
from pagerd.core.worklog.wording import day_text, minutes_text, question, rest_asked
from pagerd.core.worklog.worked import WorkedNight
from pagerd.engine.mine import Mine
from pagerd.engine.testpage import WORD
from pagerd.web.call import SignedIn
from pagerd.web.incident_screens import incident_line
from pagerd.web.incident_values import IncidentLine

SHIFTS_AHEAD = timedelta(days=31)
SHIFTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class PageLine:
    """One open page: what, where, since when, and who has it."""

    id: str
    badge: str
    urgent: bool
    title: str
    place: str
    state: str
    can_take: bool


@dataclass(frozen=True, slots=True)
class NightLine:
    """One night that waits for an answer."""

    id: str
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class SwapLine:
    """One swap that waits: in words, and whether it is the reader's to answer or to take back."""

    id: str
    words: str
    is_theirs: bool


@dataclass(frozen=True, slots=True)
class TodoLine:
    """Something of an incident that waits for the reader, and the address at which it is done."""

    words: str
    place: str


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One open ticket."""

    id: str
    severity: str
    title: str
    state: str
    is_mine: bool
    can_take: bool


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Who is on call in one schedule now, and until when."""

    schedule: str
    people: str
    until: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A handoff note: about which schedule, of whom and when, and what it says."""

    schedule: str
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser in which the person is signed in."""

    id: str
    words: str
    is_this: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeScreen:
    """Everything that `me.html` says."""

    name: str
    may: str
    held: tuple[PageLine, ...]
    asked: tuple[PageLine, ...]
    others: tuple[PageLine, ...]
    nights: tuple[NightLine, ...]
    rests: tuple[NightLine, ...]
    disputes: tuple[NightLine, ...]
    tests: str
    todo: tuple[TodoLine, ...]
    swaps: tuple[SwapLine, ...]
    incidents: tuple[IncidentLine, ...]
    duty: tuple[DutyLine, ...]
    by_name: tuple[str, ...]
    """What the person is always, whoever is on call: the files name them, and no turns."""
    shifts: tuple[str, ...]
    notes: tuple[NoteLine, ...]
    writes: tuple[str, ...]
    """The schedules for whose next shift the person may write a note."""
    tickets: tuple[TicketLine, ...]
    sessions: tuple[SessionLine, ...]
    teams: str
    zone: str


def me_screen(signed_in: SignedIn, mine: Mine, plan: Plan, now: datetime) -> MeScreen:
    """Gather what the person sees."""
    person = plan.people[signed_in.rights.person]
    zone = person.zone
    teams = teams_of(plan, person.id)
    return MeScreen(
        name=person.name,
        may=_may(signed_in.rights, plan),
        held=tuple(_page(page, plan, person.id, zone, now) for page in mine.held),
        asked=tuple(_page(page, plan, person.id, zone, now) for page in mine.asked),
        others=tuple(_page(page, plan, person.id, zone, now) for page in mine.others),
        nights=tuple(NightLine(night.id, question(night)) for night in mine.nights),
        rests=tuple(NightLine(one.id, rest_asked(one, plan.name_of(one.person), zone, now)) for one in mine.rests),
        disputes=tuple(_dispute(night, plan) for night in mine.disputes),
        tests=" and ".join(WORD[medium] for medium in mine.tests),
        todo=(
            *(_waiting(one, zone, now) for one in mine.waiting),
            *(_action(one, now.astimezone(zone).date()) for one in mine.actions),
        ),
        swaps=tuple(_swap(one, plan, person.id, zone, now) for one in mine.swaps),
        incidents=tuple(incident_line(one, plan, person.id, zone, now) for one in mine.incidents),
        duty=tuple(_duty(plan, name, zone, now) for name in _schedules(plan, person.id)),
        by_name=roles_by_name(plan, person.id),
        shifts=_shifts(plan, person.id, zone, now),
        notes=tuple(_note(note, plan, zone, now) for note in mine.notes),
        writes=tuple(name for name in schedules_of(plan, person.id) if _writes(plan, name, person.id, now)),
        tickets=tuple(_ticket(ticket, plan, person.id, now) for ticket in mine.tickets),
        sessions=tuple(
            SessionLine(
                one.id,
                f"{_browser(one.agent)}, since {_day_and_time(one.began_at, zone)},"
                f" last used {length(now - one.seen_at)} ago",
                one.id == signed_in.session.id,
            )
            for one in mine.sessions
        ),
        teams=", ".join(team.name for team in teams),
        zone=str(zone),
    )


_WAITS = {
    Wait.APPROVAL: ("A text for customers waits for an approval", "public"),
    Wait.SIGNATURE: ("An override wants your name beside that of whoever overrode", "countersign"),
    Wait.REVIEW: ("A postmortem waits for your review", "postmortem"),
    Wait.POSTMORTEM: ("The postmortem is yours to write", "postmortem"),
}


def _waiting(one: Waiting, zone: ZoneInfo, now: datetime) -> TodoLine:
    words, form = _WAITS[one.what]
    due = f", due {clock_time(one.due, zone, now)} ({away(one.due, now)})" if one.due is not None else ""
    number = one.incident.number
    return TodoLine(one_line(f"{words}{due}. Incident {number}: {one.incident.title}", 300), f"i/{number}/{form}")


def _action(item: ActionItem, today: date) -> TodoLine:
    due = item.terms.due
    when = "" if due is None else f", overdue since {due}" if due < today else f", due {due}"
    words = f"Action {item.number} is yours, {item.status.value.replace('_', ' ')}{when}: {item.terms.title}"
    return TodoLine(one_line(words, 300), f"i/{item.incident}/postmortem")


def _swap(swap: Swap, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> SwapLine:
    if swap.by == reader:
        return SwapLine(swap.id, f"You asked {plan.name_of(swap.of)}: {agreed(swap, plan, zone)}", is_theirs=True)
    until = f"Answer until {clock_time(swap.expires_at, zone, now)}."
    return SwapLine(swap.id, f"{asked(swap, plan, zone)} {until}", is_theirs=False)


def _may(rights: Rights, plan: Plan) -> str:
    """Say what the person may do beyond answering pages; nothing where that is all."""
    said = []
    led = [plan.teams[grant.team].name for grant in rights.grants() if grant.right is Right.LEAD and grant.team]
    if led:
        said.append(f"lead of {', '.join(dict.fromkeys(led))}")
    if rights.is_approver:
        said.append("approver of public messages")
    if rights.is_admin:
        said.append("admin of this pagerd")
    return "; ".join(said)


def _page(page: Page, plan: Plan, reader: str, zone: ZoneInfo, now: datetime) -> PageLine:
    held = page.acknowledgement
    if held is None:
        state = "nobody has it"
    else:
        whose = "yours" if held.by == reader else f"{plan.name_of(held.by)} has it"
        incident = page.part.incident if page.part is not None and page.is_carried else None
        until = clock_time(held.until, zone, now)
        state = f"{whose} until {until}" if incident is None else f"{whose} while incident {incident} is open"
    where = " · ".join(part for part in (page.subject.service or page.subject.team, page.subject.place) if part)
    return PageLine(
        id=page.id,
        badge=f"{page.severity} · {page.status.value}",
        urgent=page.urgency == "high",
        title=one_line(page.subject.title, 200),
        place=one_line(where, 200),
        state=f"since {clock_time(page.since, zone, now)}, {state}",
        can_take=page.status is PageStatus.TRIGGERED,
    )


def _note(note: HandoffNote, plan: Plan, zone: ZoneInfo, now: datetime) -> NoteLine:
    heading = f"{plan.name_of(note.by)}, {clock_time(note.at, zone, now)}"
    return NoteLine(note.schedule, heading, clean_lines(note.text))


def _writes(plan: Plan, schedule: str, person: str, now: datetime) -> bool:
    """Leads write by command: here a form for each schedule that they lead would be in the way."""
    turn = turn_of(plan, schedule, person, now)
    return turn is not None and (turn.is_over or person in people_on_call(plan.book, schedule, now))


def _dispute(night: WorkedNight, plan: Plan) -> NightLine:
    dispute = night.open_dispute
    assert dispute is not None, "only nights with an open dispute are listed"
    says = f" and says {minutes_text(dispute.minutes)}" if dispute.minutes is not None else ""
    words = (
        f"{plan.name_of(dispute.by)} disputes the night of {plan.name_of(night.person)}, {day_text(night.date)}"
        f" ({minutes_text(night.minutes)} of work){says}"
    )
    return NightLine(night.id, one_line(words), one_line(dispute.why))


def _schedules(plan: Plan, person: str) -> tuple[str, ...]:
    """Return the schedules that answer for the person's teams, in the order of the teams."""
    found: dict[str, None] = {}
    for team in teams_of(plan, person):
        used = (target for target in team.roles.values() if target in plan.book.schedules)
        own = (schedule.id for schedule in plan.book.schedules.values() if schedule.team == team.id)
        found |= dict.fromkeys((*used, *own))
    return tuple(found)


def _duty(plan: Plan, schedule: str, zone: ZoneInfo, now: datetime) -> DutyLine:
    found = on_call(plan.book, schedule, now)
    people = ", ".join(plan.name_of(one) for one in found.people) or "NOBODY"
    until = f"until {clock_time(found.until, zone, now)}" if found.until is not None else ""
    return DutyLine(schedule, people, until)


def _shifts(plan: Plan, person: str, zone: ZoneInfo, now: datetime) -> tuple[str, ...]:
    """Return the next turns of the person, those first that begin first."""
    found = sorted(
        (one.start, one.end, name)
        for name in schedules_of(plan, person)
        for one in shifts(plan.book, name, now, now + SHIFTS_AHEAD)
        if person in one.people
    )
    return tuple(
        f"{'now' if start <= now else _day_and_time(start, zone)} to {_day_and_time(end, zone)}: {name}"
        for start, end, name in found[:SHIFTS_SHOWN]
    )


def _day_and_time(at: datetime, zone: ZoneInfo) -> str:
    local = in_zone(at, zone)
    return f"{local:%a} {local.day} {local:%b %H:%M}"


_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"))


def _browser(agent: str) -> str:
    """Name a browser as its owner knows it; what is none of the usual ones is shown as it calls itself."""
    name = next((name for word, name in _BROWSERS if word in agent), "")
    system = next((name for word, name in _SYSTEMS if word in agent), "Linux" if "Linux" in agent else "")
    return f"{name} on {system}" if name and system else agent or "a browser"


def _ticket(ticket: Ticket, plan: Plan, reader: str, now: datetime) -> TicketLine:
    whose = "nobody has it"
    if ticket.taken_by is not None:
        whose = "yours" if ticket.taken_by == reader else f"{plan.name_of(ticket.taken_by)} has it"
    return TicketLine(
        id=ticket.id,
        severity=ticket.severity,
        title=one_line(ticket.title, 200),
        state=f"{length(now - ticket.opened_at)} old, {whose}",
        is_mine=ticket.taken_by == reader,
        can_take=ticket.taken_by is None,
    )
