"""What was changed."""

from datetime import datetime

from pagerd.core.changes import Change, ChangeKind
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, reader, text, to_json

_change = reader(Change)


async def put(c: Connection, change: Change) -> bool:
    """Store a change; return False, and change nothing, where it is known already."""
    rows = await c.execute(
        "INSERT INTO changes (id, source, service, kind, at, body) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (id) DO NOTHING RETURNING id",
        change.id,
        change.source,
        change.service,
        change.kind.value,
        micros(change.at),
        to_json(change),
    )
    return bool(rows)


async def find(c: Connection, change_id: str) -> Change | None:
    """Return a change by its id, or None."""
    rows = await c.execute("SELECT body FROM changes WHERE id = $1", change_id)
    return _change.decode(text(rows[0][0])) if rows else None


async def of_service(c: Connection, service: str, since: datetime, until: datetime, limit: int) -> list[Change]:
    """Return what was changed of a service from one instant to another, the newest first."""
    rows = await c.execute(
        "SELECT body FROM changes WHERE service = $1 AND at >= $2 AND at <= $3 ORDER BY at DESC, id DESC LIMIT $4",
        service,
        micros(since),
        micros(until),
        limit,
    )
    return [_change.decode(text(row[0])) for row in rows]


async def list_changes(
    c: Connection, *, service: str, kind: ChangeKind | None, since: datetime, until: datetime, limit: int
) -> list[Change]:
    """Return what was changed from one instant to another, the newest first; of one service or kind, or of all."""
    rows = await c.execute(
        "SELECT body FROM changes WHERE at >= $1 AND at <= $2 AND ($3 = '' OR service = $3)"
        " AND ($4 = '' OR kind = $4) ORDER BY at DESC, id DESC LIMIT $5",
        micros(since),
        micros(until),
        service,
        kind.value if kind is not None else "",
        limit,
    )
    return [_change.decode(text(row[0])) for row in rows]


async def drop_before(c: Connection, before: datetime, limit: int) -> int:
    """Delete changes from before an instant, at most so many; return how many that were."""
    rows = await c.execute(
        "DELETE FROM changes WHERE id IN (SELECT id FROM changes WHERE at < $1 ORDER BY at LIMIT $2) RETURNING id",
        micros(before),
        limit,
    )
    return len(rows)
