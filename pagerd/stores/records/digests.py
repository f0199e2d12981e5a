"""Digests as they were put together, one for each team and day."""

from datetime import date

from pagerd.core.alerts.alert import Alert
from pagerd.core.digest import Digest
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, number, reader, text, to_json

_digest = reader(Digest)
_alert = reader(Alert)


async def find(c: Connection, digest_id: str) -> Digest | None:
    """Return a digest, or None."""
    rows = await c.execute("SELECT body FROM digests WHERE id = $1", digest_id)
    return _digest.decode(text(rows[0][0])) if rows else None


async def last_of(c: Connection, team: str) -> Digest | None:
    """Return the newest digest of a team, or None before the first."""
    rows = await c.execute("SELECT body FROM digests WHERE team = $1 ORDER BY day DESC LIMIT 1", team)
    return _digest.decode(text(rows[0][0])) if rows else None


async def last_days(c: Connection) -> dict[str, date]:
    """Return the day of the newest digest of each team."""
    rows = await c.execute("SELECT team, MAX(day) FROM digests GROUP BY team")
    return {text(row[0]): date.fromisoformat(text(row[1])) for row in rows}


async def insert(c: Connection, digest: Digest) -> None:
    """Store a digest; a team has one for a day."""
    await c.execute(
        "INSERT INTO digests (id, team, day, at, body) VALUES ($1, $2, $3, $4, $5)",
        digest.id,
        digest.team,
        digest.day,
        micros(digest.at),
        to_json(digest),
    )


async def held_alerts(c: Connection, team: str, limit: int) -> list[Alert]:
    """Return open alerts of a team that are in no page and no ticket, and wait for an instant."""
    # The two words that every such row has are looked for before a row is decoded: of the rest there may be thousands.
    rows = await c.execute(
        "SELECT body FROM alerts WHERE status <> 'resolved' AND page_id IS NULL AND ticket_id IS NULL"
        " AND body LIKE $1 AND body NOT LIKE $2 LIMIT $3",
        f'%"team":"{team}"%',
        '%"held_until":null%',
        limit,
    )
    found = (_alert.decode(text(row[0])) for row in rows)
    return [alert for alert in found if alert.team == team and alert.held_until is not None]


async def count_opened(c: Connection, team: str, since: int, until: int) -> int:
    """Count the pages of a team that were opened from one instant until before another, in microseconds."""
    rows = await c.execute(
        "SELECT COUNT(*) FROM pages WHERE team = $1 AND opened_at >= $2 AND opened_at < $3", team, since, until
    )
    return number(rows[0][0])
