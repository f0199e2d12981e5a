"""What people and machines ask; nothing here changes anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pagerd.core.alerts import heartbeat
from pagerd.core.alerts.alert import Alert
from pagerd.core.errors import NotFound
from pagerd.core.incidents.incident import Incident
from pagerd.core.membership import schedules_behind
from pagerd.core.oncall.lookup import on_call
from pagerd.core.oncall.schedule import OnCall
from pagerd.core.oncall.shifts import shifts
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.page import Page, PageStatus
from pagerd.core.plan import Plan
from pagerd.core.ticket import Ticket
from pagerd.core.timeline import Entry
from pagerd.core.worklog.load import PersonLoad, TeamLoad, person_loads, team_loads
from pagerd.core.worklog.nights import NightPage
from pagerd.core.worklog.worked import WorkedNight
from pagerd.stores.base import Connection
from pagerd.stores.records import (
    alerts,
    answers,
    exports,
    history,
    incidents,
    messages,
    nights,
    notifications,
    pages,
    sources,
    tickets,
    timers,
    worked,
)
from pagerd.stores.records import load as load_records
from pagerd.stores.records.answers import Link
from pagerd.stores.records.exports import Backlog
from pagerd.stores.records.messages import Waiting
from pagerd.stores.records.sources import QuarantinedRow

ALERTS_SHOWN_MAX = 200

NIGHT_MAX = timedelta(hours=25)
"""No night lasts longer, also where clocks go back."""


@dataclass(frozen=True, slots=True)
class Expected:
    """How a heartbeat is: when it is late, where it is expected at all, and whether it is late now."""

    due_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What waits and what is open, as the store had it at one instant. `queue` has count and oldest by medium."""

    now: datetime
    alerts: Mapping[str, int] = field(default_factory=dict)
    pages_open: Mapping[tuple[str, str], int] = field(default_factory=dict)
    oldest_triggered: Mapping[str, datetime] = field(default_factory=dict)
    tickets_open: Mapping[str, int] = field(default_factory=dict)
    incidents: Sequence[Incident] = ()
    """Those that people work on."""
    queue: Mapping[str, tuple[int, datetime]] = field(default_factory=dict)
    sources_seen: Mapping[str, datetime] = field(default_factory=dict)
    exports: Backlog | None = None
    """What the tracker is still to be told."""
    messages: Sequence[Waiting] = ()
    """What is still to be told of incidents, by receiver."""
    heartbeats: Mapping[str, Expected] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStory:
    """One page with everything that is known of it."""

    page: Page
    alerts: tuple[Alert, ...]
    entries: tuple[Entry, ...]
    notifications: tuple[Notification, ...]


async def page_story(c: Connection, page_id: str) -> PageStory:
    """Return a page with its alerts, timeline and notifications. Raises NotFound."""
    wanted = page_id if page_id.startswith("p-") else f"p-{page_id}"
    ids = await pages.find_by_prefix(c, wanted, 3)
    if len(ids) > 1 and wanted not in ids:
        raise NotFound(f"{page_id} may be {', '.join(ids)}: write more of it")
    page = await pages.find(c, wanted if wanted in ids else ids[0]) if ids else None
    if page is None:
        raise NotFound(f"there is no page {page_id}; `pagerd pages` lists those that are open")
    rows = await history.of_object(c, page.id)
    return PageStory(
        page=page,
        alerts=tuple(await alerts.of_page(c, page.id, limit=ALERTS_SHOWN_MAX)),
        entries=tuple(entry for row in rows for entry in row.entries),
        notifications=tuple(await notifications.of_page(c, page.id)),
    )


async def ticket_entries(c: Connection, ticket_id: str) -> tuple[Entry, ...]:
    """Return the timeline of a ticket."""
    return tuple(entry for row in await history.of_object(c, ticket_id) for entry in row.entries)


def who_is_on_call(plan: Plan, name: str | None, at: datetime) -> tuple[OnCall, ...]:
    """Return the answer for each schedule behind a name."""
    return tuple(on_call(plan.book, schedule, at) for schedule in schedules_behind(plan, name))


async def snapshot(c: Connection, now: datetime, heartbeats: Iterable[str] = ()) -> Snapshot:
    """Read what the gauges show, with these heartbeats."""
    return Snapshot(
        now=now,
        alerts=await alerts.count_by_status(c),
        pages_open=await pages.count_open(c),
        oldest_triggered=await pages.oldest_triggered(c),
        tickets_open=await tickets.count_open(c),
        incidents=await incidents.open_incidents(c),
        exports=await exports.backlog(c),
        messages=await messages.waiting(c),
        queue=await notifications.queue_by_medium(c, now),
        sources_seen=await sources.last_seen(c),
        heartbeats={name: await _expected(c, name) for name in heartbeats},
    )


async def _expected(c: Connection, name: str) -> Expected:
    alert = await alerts.find(c, name, heartbeat.FINGERPRINT)
    if alert is not None and alert.is_open:
        return Expected(due_at=None, is_late=True)
    waiting = await timers.find(c, "source", name)
    return Expected(due_at=waiting.due if waiting is not None else None, is_late=False)


Listed = pages.Listed


async def list_pages(
    c: Connection, *, team: str | None, is_open: bool, limit: int, before: datetime | None = None
) -> Listed:
    """Return pages, the newest first, and the ids of those that cannot be read."""
    return await pages.list_pages(c, team=team, is_open=is_open, limit=limit, before=before)


async def list_tickets(c: Connection, *, team: str | None, with_closed: bool, limit: int) -> list[Ticket]:
    """Return tickets, the newest first."""
    return await tickets.list_tickets(c, team=team, with_closed=with_closed, limit=limit)


async def nights_between(c: Connection, start: datetime, end: datetime) -> list[NightPage]:
    """Return the night pages from `start` until before `end`, oldest first."""
    return await nights.between(c, start, end)


async def worked_nights_between(c: Connection, start: datetime, end: datetime) -> list[WorkedNight]:
    """Return the nights that ended from `start` until before `end`, those first that ended first."""
    return await worked.between(c, start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class NightStory:
    """One person's night with the rows that it is made of, and what was said of it since."""

    night: WorkedNight
    rows: tuple[NightPage, ...]
    entries: tuple[Entry, ...]


async def night_story(c: Connection, night: WorkedNight) -> NightStory:
    """Return everything that is known of a night."""
    rows = [await nights.find(c, night.person, page_id) for page_id in night.pages]
    told = await history.of_object(c, night.id)
    return NightStory(
        night=night,
        rows=tuple(row for row in rows if row is not None),
        entries=tuple(entry for one in told for entry in one.entries),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What on-call cost people and teams in a span of time."""

    people: tuple[PersonLoad, ...]
    teams: tuple[TeamLoad, ...]


async def load_between(c: Connection, plan: Plan, start: datetime, end: datetime) -> LoadReport:
    """Return the load from `start` until before `end`; shifts are those of the plan in force now."""
    told = await load_records.told_between(c, start, end)
    opened = await load_records.opened_between(c, start, end)
    first = {team.id: team.roles.get("primary", "") for team in plan.teams.values()}
    turns = {team: shifts(plan.book, name, start, end) for team, name in first.items() if name in plan.book.schedules}
    people = person_loads(told, plan.people, opened, turns)
    return LoadReport(people=people, teams=team_loads(opened, told, plan.people, turns))


async def quarantined(c: Connection, limit: int) -> list[QuarantinedRow]:
    """Return what could not be read, the newest first."""
    return await sources.list_quarantine(c, limit)


async def sources_seen(c: Connection) -> dict[str, datetime]:
    """Return when each source was last heard of."""
    return await sources.last_seen(c)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPage:
    """What a link token opens: whose it is, how it travelled, the page, and the code that a mail's reader must type.

    `others` are the other pages that its message stood for and that nobody has yet.
    """

    link: Link
    story: PageStory
    code: str | None
    others: tuple[Page, ...] = ()


async def linked_page(c: Connection, token_hash: str, now: datetime) -> LinkedPage | None:
    """Return what a link token opens now, or None."""
    link = await answers.find_link(c, token_hash, now)
    if link is None:
        return None
    story = await page_story(c, link.page_id)
    code = link.code or await answers.code_of(c, link.person, [link.page_id])
    meant = await answers.pages_of_code(c, link.person, code) if code is not None else ()
    found = [await pages.find(c, page_id) for page_id in meant if page_id != link.page_id]
    others = tuple(page for page in found if page is not None and page.status is PageStatus.TRIGGERED)
    return LinkedPage(link=link, story=story, code=code, others=others)


def opened_by(person: str, medium: str, story: PageStory, now: datetime) -> LinkedPage:
    """Return a page as somebody opens it who needs no link for it."""
    link = Link(person=person, page_id=story.page.id, medium=medium, expires_at=now)
    return LinkedPage(link=link, story=story, code=None)


async def ticket_story(c: Connection, ticket_id: str) -> tuple[Ticket, tuple[Entry, ...]]:
    """Return a ticket with its timeline. Raises NotFound."""
    wanted = ticket_id if ticket_id.startswith("t-") else f"t-{ticket_id}"
    ticket = await tickets.find(c, wanted)
    if ticket is None:
        raise NotFound(f"there is no ticket {ticket_id}; `pagerd tickets` lists those that are open")
    return ticket, await ticket_entries(c, wanted)
