"""Reads out of a world that was played to its end what it came to."""

from datetime import datetime

from pagerd.core.alerts.alert import Alert
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.paging.page import Page
from pagerd.core.plan import Plan
from pagerd.core.replaying.account import Account, PageSeen, Ruling, TicketSeen, Woken, counted, lost_sleep
from pagerd.core.ticket import Ticket
from pagerd.core.worklog.nights import NightPage
from pagerd.lab.replay.recording import Recording
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import history, nights, notifications, pages, tickets

BITE = 1000


def ruling(alert: Alert) -> Ruling:
    """Return how an alert was judged when it began to fire."""
    verdict = f"muted, else {alert.verdict}" if alert.muted_by is not None else alert.verdict
    return Ruling(
        alert=alert.labels.get("alertname", alert.fingerprint),
        team=alert.team or "",
        rule=alert.rule or "",
        verdict=verdict,
        severity=alert.severity,
    )


async def account(world: World, recording: Recording, rulings: list[Ruling], skipped: int) -> Account:
    """Return the account of a world that was played to its end."""
    plan = world.engine.plan
    pages_seen, tickets_seen = await world.engine.read(lambda c: opened(c, recording.start, recording.end, plan))
    return Account(
        revision=plan.revision,
        episodes=len(rulings),
        pages=pages_seen,
        tickets=tickets_seen,
        rulings=counted(rulings),
        acts_skipped=skipped,
    )


async def opened(
    c: Connection, start: datetime, end: datetime, plan: Plan
) -> tuple[tuple[PageSeen, ...], tuple[TicketSeen, ...]]:
    """Return the pages and tickets that were opened from `start` to before `end`, with whom they woke."""
    woken: dict[str, list[NightPage]] = {}
    for row in await nights.between(c, start, end):
        woken.setdefault(row.page_id, []).append(row)
    found = await pages.opened_between(c, start, end)
    # Incidents are not played, so what they asked of people is not compared.
    alerted = (page for page in found if page.errand is None)
    seen = [await _page(c, page, woken.get(page.id, []), plan) for page in alerted]
    tickets_seen = [_ticket(one) for one in await tickets.opened_between(c, start, end)]
    return tuple(sorted(seen, key=_order)), tuple(sorted(tickets_seen, key=_order))


def _order(one: PageSeen | TicketSeen) -> tuple[datetime, str]:
    return one.opened_at, one.group_key


async def _page(c: Connection, page: Page, woken: list[NightPage], plan: Plan) -> PageSeen:
    first = await first_acknowledged(c, page)
    return PageSeen(
        group_key=page.group_key if page.raised_by is None else f"by hand: {page.subject.title}",
        opened_at=page.opened_at,
        alert=page.subject.title,
        team=page.subject.team,
        rule=page.subject.rule or "",
        severity=page.severity,
        paged=await paged_people(c, page.id),
        acknowledged_at=first[0] if first is not None else None,
        acknowledged_by=first[1] if first is not None else None,
        resolved_at=page.resolved_at,
        woken=tuple(
            [
                Woken(person=row.person, span=lost_sleep(row, plan.people[row.person]))
                for row in sorted(woken, key=lambda row: row.person)
                if row.person in plan.people
            ]
        ),
    )


async def paged_people(c: Connection, page_id: str) -> tuple[tuple[datetime, str], ...]:
    """Return whom messages that ask for an answer were meant for, and when, in order."""
    asked = {
        (one.created_at, one.person)
        for one in await notifications.of_page(c, page_id)
        if one.purpose in ASKING and one.status is not NotificationStatus.OBSERVED
    }
    return tuple(sorted(asked))


async def first_acknowledged(c: Connection, page: Page) -> tuple[datetime, str] | None:
    """Return when a page was taken first, and by whom."""
    if page.last_acknowledged_by is None:
        return None
    for row in await history.of_object(c, page.id):
        if row.event in ("Acknowledged", "Snoozed"):
            for entry in row.entries:
                if entry.kind in ("page.acknowledged", "page.snoozed"):
                    return row.at, entry.details.get("by", "")
    return None


def _ticket(one: Ticket) -> TicketSeen:
    return TicketSeen(
        group_key=one.group_key, opened_at=one.opened_at, alert=one.title, team=one.team, rule=one.rule or ""
    )
