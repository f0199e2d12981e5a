"""Tickets."""

from datetime import datetime

from pagerd.core.errors import StaleState
from pagerd.core.ticket import Ticket
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, number, reader, text, to_json

_ticket = reader(Ticket)

OF_GROUP_MAX = 20
"""Tickets of one group that are looked at, the newest first: an older one is only open when somebody reopened it."""


async def find(c: Connection, ticket_id: str) -> Ticket | None:
    """Return the ticket, or None."""
    rows = await c.execute("SELECT body FROM tickets WHERE id = $1", ticket_id)
    return _ticket.decode(text(rows[0][0])) if rows else None


async def find_open_of_group(c: Connection, group_key: str) -> Ticket | None:
    """Return the open ticket of a group; there is at most one."""
    rows = await c.execute("SELECT body FROM tickets WHERE key = $1 AND status <> 'closed'", group_key)
    return _ticket.decode(text(rows[0][0])) if rows else None


async def of_group_at(c: Connection, group_key: str, at: datetime) -> Ticket | None:
    """Return the ticket that a group had open at an instant, as it is now."""
    rows = await c.execute(
        "SELECT body FROM tickets WHERE key = $1 AND opened_at <= $2 ORDER BY opened_at DESC LIMIT $3",
        group_key,
        micros(at),
        OF_GROUP_MAX,
    )
    found = (_ticket.decode(text(row[0])) for row in rows)
    return next((ticket for ticket in found if ticket.was_open_at(at)), None)


async def last_of_group(c: Connection, group_key: str) -> Ticket | None:
    """Return the ticket of a group that was closed last, or None."""
    rows = await c.execute(
        "SELECT body FROM tickets WHERE key = $1 AND status = 'closed' ORDER BY opened_at DESC LIMIT $2",
        group_key,
        OF_GROUP_MAX,
    )
    found = [_ticket.decode(text(row[0])) for row in rows]
    return max(found, key=lambda ticket: ticket.closed_at or ticket.opened_at, default=None)


async def insert(c: Connection, ticket: Ticket) -> None:
    """Store a new ticket."""
    await c.execute(
        "INSERT INTO tickets (id, key, team, status, version, opened_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        ticket.id,
        ticket.group_key,
        ticket.team,
        ticket.status.value,
        ticket.version,
        micros(ticket.opened_at),
        to_json(ticket),
    )


async def update(c: Connection, ticket: Ticket) -> None:
    """Store the next version; raise StaleState when somebody else stored one in between."""
    rows = await c.execute(
        "UPDATE tickets SET status = $1, version = $2, body = $3 WHERE id = $4 AND version = $5 RETURNING id",
        ticket.status.value,
        ticket.version,
        to_json(ticket),
        ticket.id,
        ticket.version - 1,
    )
    if not rows:
        raise StaleState(f"saving ticket {ticket.id}: version {ticket.version - 1} is not the stored one any more")


async def list_tickets(
    c: Connection, *, team: str | None = None, with_closed: bool = False, limit: int = 200
) -> list[Ticket]:
    """Return tickets, the newest first."""
    rows = await c.execute(
        "SELECT body FROM tickets WHERE ($1 = '' OR team = $1) AND ($2 = 1 OR status <> 'closed')"
        " ORDER BY opened_at DESC LIMIT $3",
        team or "",
        int(with_closed),
        limit,
    )
    return [_ticket.decode(text(row[0])) for row in rows]


async def opened_between(c: Connection, start: datetime, end: datetime) -> list[Ticket]:
    """Return the tickets that were opened from `start` to before `end`, as they are now, oldest first."""
    rows = await c.execute(
        "SELECT body FROM tickets WHERE opened_at >= $1 AND opened_at < $2 ORDER BY opened_at, id",
        micros(start),
        micros(end),
    )
    return [_ticket.decode(text(row[0])) for row in rows]


async def open_after(c: Connection, ticket_id: str, limit: int) -> list[Ticket]:
    """Return open tickets in id order after the given id: a bounded walk over all of them."""
    rows = await c.execute(
        "SELECT body FROM tickets WHERE status <> 'closed' AND id > $1 ORDER BY id LIMIT $2", ticket_id, limit
    )
    return [_ticket.decode(text(row[0])) for row in rows]


async def count_open(c: Connection) -> dict[str, int]:
    """Count tickets that are not closed, by team."""
    rows = await c.execute("SELECT team, COUNT(*) FROM tickets WHERE status <> 'closed' GROUP BY team")
    return {text(row[0]): number(row[1]) for row in rows}
