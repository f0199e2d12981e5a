"""What goes when it is old: whole rows, of everything but the chain itself."""

from datetime import datetime

from pagerd.core.alerts.alert import Alert
from pagerd.core.paging.page import Page
from pagerd.core.ticket import Ticket
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, reader, text

_page = reader(Page)
_ticket = reader(Ticket)
_alert = reader(Alert)


async def resolved_before(c: Connection, before: datetime, limit: int) -> list[Page]:
    """Return pages that were resolved before an instant, those first that have been over the longest."""
    rows = await c.execute(
        "SELECT body FROM pages WHERE resolved_at < $1 ORDER BY resolved_at LIMIT $2", micros(before), limit
    )
    return [_page.decode(text(row[0])) for row in rows]


async def closed_after(c: Connection, ticket_id: str, limit: int) -> list[Ticket]:
    """Return closed tickets in id order after the given id: a bounded walk over all of them."""
    rows = await c.execute(
        "SELECT body FROM tickets WHERE status = 'closed' AND id > $1 ORDER BY id LIMIT $2", ticket_id, limit
    )
    return [_ticket.decode(text(row[0])) for row in rows]


async def ended_before(c: Connection, before: datetime, limit: int) -> list[str]:
    """Return ids of stored silences and overrides that ended before an instant."""
    rows = await c.execute(
        "SELECT id FROM silences WHERE end_at < $1 UNION ALL SELECT id FROM overrides WHERE end_at < $1 LIMIT $2",
        micros(before),
        limit,
    )
    return [text(row[0]) for row in rows]


async def drop_page(c: Connection, page_id: str) -> None:
    """Delete a page with its alerts, notifications and links. Its night rows stay: they are the ledger's."""
    for statement in (
        "DELETE FROM observed_messages WHERE notification_id IN (SELECT id FROM notifications WHERE page_id = $1)",
        "DELETE FROM alerts WHERE page_id = $1 AND status = 'resolved'",
        "DELETE FROM notifications WHERE page_id = $1",
        "DELETE FROM links WHERE page_id = $1",
        "DELETE FROM incident_pages WHERE page_id = $1",
        "DELETE FROM pages WHERE id = $1",
    ):
        await c.execute(statement, page_id)


async def drop_ticket(c: Connection, ticket_id: str) -> None:
    """Delete a ticket with its alerts, its notifications and what a tracker was still to be told of it."""
    for statement in (
        "DELETE FROM observed_messages WHERE notification_id IN (SELECT id FROM notifications WHERE ticket_id = $1)",
        "DELETE FROM alerts WHERE ticket_id = $1 AND status = 'resolved'",
        "DELETE FROM notifications WHERE ticket_id = $1",
        "DELETE FROM exports WHERE ticket_id = $1",
        "DELETE FROM tickets WHERE id = $1",
    ):
        await c.execute(statement, ticket_id)


async def drop_ended(c: Connection, name: str) -> None:
    """Delete a stored silence or override."""
    await c.execute("DELETE FROM silences WHERE id = $1", name)
    await c.execute("DELETE FROM overrides WHERE id = $1", name)


async def drop_loose(c: Connection, before: datetime) -> None:
    """Delete what belongs to no page: messages about pagerd itself, what was quarantined, plans long out of force."""
    at = micros(before)
    await c.execute(
        "DELETE FROM notifications WHERE page_id IS NULL AND ticket_id IS NULL AND created_at < $1"
        " AND status NOT IN ('pending', 'claimed')",
        at,
    )
    await c.execute(
        "DELETE FROM observed_messages WHERE at < $1 AND NOT EXISTS"
        " (SELECT 1 FROM notifications n WHERE n.id = notification_id)",
        at,
    )
    await c.execute("DELETE FROM observed_alerts WHERE at < $1", at)
    await c.execute("DELETE FROM digests WHERE at < $1", at)
    await c.execute("DELETE FROM shift_notices WHERE at < $1", at)
    await c.execute("DELETE FROM handoff_notes WHERE at < $1", at)
    await c.execute("DELETE FROM quarantine WHERE at < $1", at)
    # The plan that was in force at that instant stays, and so does what came after it.
    await c.execute("DELETE FROM plan_loads WHERE at < (SELECT MAX(at) FROM plan_loads WHERE at <= $1)", at)
    await c.execute("DELETE FROM plans WHERE loaded_at < $1 AND revision NOT IN (SELECT revision FROM plan_loads)", at)


async def drop_nights(c: Connection, before: datetime) -> int:
    """Delete night rows from before an instant; return how many that were."""
    return len(await c.execute("DELETE FROM night_pages WHERE at < $1 RETURNING person", micros(before)))


async def loose_alerts_after(
    c: Connection, source: str, fingerprint: str, limit: int
) -> list[tuple[str, str, datetime | None]]:
    """Return resolved alerts that belong to nothing, in key order after the given key, and when they resolved."""
    rows = await c.execute(
        "SELECT body FROM alerts WHERE status = 'resolved' AND page_id IS NULL AND ticket_id IS NULL"
        " AND (source, fingerprint) > ($1, $2) ORDER BY source, fingerprint LIMIT $3",
        source,
        fingerprint,
        limit,
    )
    found = [_alert.decode(text(row[0])) for row in rows]
    return [(alert.source, alert.fingerprint, alert.resolved_at) for alert in found]


async def drop_alert(c: Connection, source: str, fingerprint: str) -> None:
    """Delete an alert."""
    await c.execute("DELETE FROM alerts WHERE source = $1 AND fingerprint = $2", source, fingerprint)
