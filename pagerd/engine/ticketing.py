"""What all that changes a ticket has in common: how it is stored, opened or opened again, and who is told of it."""

from datetime import datetime

from pagerd.core import ticket as tickets_core
from pagerd.core.alerts.alert import Alert
from pagerd.core.paging.escalation import find_all
from pagerd.core.paging.opening import title_of
from pagerd.core.policy import Verdict
from pagerd.core.ticket import REOPENS_WITHIN, Ticket
from pagerd.core.values import changed
from pagerd.engine import audit, exports, outbox
from pagerd.engine.work import Work
from pagerd.stores.records import alerts, tickets, timers

ALERTS_MAX = 100_000
"""Alerts of one ticket that are counted: ten times what one message of a source may hold."""


async def save(work: Work, outcome: tickets_core.Outcome, event: str, *, is_new: bool = False) -> Ticket:
    """Store what became of a ticket, its history and its timer."""
    found, entries = outcome
    head = await audit.append(work, found.head, found.id, found.version, event, {}, entries)
    found = changed(found, head=head)
    if is_new:
        await tickets.insert(work.c, found)
    else:
        await tickets.update(work.c, found)
    work.tickets.stored(found)
    await exports.note(work, found, entries)
    await timers.put(work.c, "ticket", found.id, found.due)
    work.wakes_at(found.due)
    return found


async def ticket_of(work: Work, alert: Alert) -> Ticket | None:
    """Return the ticket that an alert is in, if that is open."""
    found = await work.tickets.find(work.c, alert.ticket_id) if alert.ticket_id is not None else None
    return found if found is not None and found.is_open else None


async def open_for(work: Work, alert: Alert, verdict: Verdict, page_at: datetime | None) -> Ticket:
    """Open the ticket of a group that has none, or the last one again when that was closed a short while ago."""
    name = title_of(alert)
    fresh = _fresh(work, alert, verdict, page_at)
    last = await tickets.last_of_group(work.c, verdict.group_key)
    if last is not None and last.closed_at is not None and work.now - last.closed_at < REOPENS_WITHIN:
        # It may have been closed by hand while others of its alerts fired, and those still do.
        known = await alerts.of_ticket(work.c, last.id, open_only=True, limit=ALERTS_MAX)
        others = [one for one in known if (one.source, one.fingerprint) != (alert.source, alert.fingerprint)]
        again = tickets_core.fired_again(last, work.now, changed(fresh, firing=len(others) + 1), name)
        opened = await save(work, again, "TicketReopened")
    else:
        opened = await save(work, tickets_core.opened(fresh, work.now, name), "TicketOpened", is_new=True)
        work.count("tickets", verdict.severity)
    if page_at is not None:
        await tell_primary(work, opened)
    return opened


async def reopen(work: Work, found: Ticket, by: str, reason: str) -> Ticket:
    """Open a closed ticket again by hand, with a clock where an alert of it fires that pages unless somebody has it."""
    firing = await alerts.of_ticket(work.c, found.id, open_only=True, limit=ALERTS_MAX)
    verdicts = [work.judge.judge(one.labels, one.annotations, work.now) for one in firing if one.page_id is None]
    waits = [verdict.page_after for verdict in verdicts if verdict.page_after is not None]
    page_at = work.now + min(waits) if waits else None
    outcome = tickets_core.reopened(found, work.now, by, reason, firing=len(firing), page_at=page_at)
    opened = await save(work, outcome, "TicketReopened")
    if page_at is not None:
        await tell_primary(work, opened)
    return opened


async def tell_primary(work: Work, found: Ticket) -> None:
    """A ticket with a clock is told at once, to the primary, by low methods: somebody may take it before it pages."""
    team = work.plan.teams.get(found.team)
    if team is None:
        return  # the team left the files since: its ticket is judged again, and goes to whoever has the alert now
    policy = work.plan.policies[team.escalation]
    for one in find_all(work.plan, team.id, policy.steps[0].targets, work.now):
        await outbox.notify_ticket(work, found, one.person)


def _fresh(work: Work, alert: Alert, verdict: Verdict, page_at: datetime | None) -> Ticket:
    return Ticket(
        id=work.chance.object_id("t"),
        team=verdict.team,
        group_key=verdict.group_key,
        rule=verdict.rule,
        severity=verdict.severity,
        rank=verdict.rank,
        title=title_of(alert),
        summary=alert.annotations.get("summary", ""),
        service=verdict.service,
        reasons=verdict.reasons,
        violations=tuple(f"{violation.test}: {violation.reason}" for violation in verdict.violations),
        opened_at=work.now,
        page_at=page_at,
    )
