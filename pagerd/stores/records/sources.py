"""Signs of life of the sources, what could not be read of them, and what the operators were told."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, micros, number, text


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedRow:
    """One alert that could not be read. `raw` is bounded."""

    id: str
    source: str
    at: datetime
    reason: str
    raw: str


async def saw(c: Connection, name: str, at: datetime) -> None:
    """Note a sign of life."""
    await c.execute(
        "INSERT INTO sources (name, first_seen_at, last_seen_at) VALUES ($1, $2, $2)"
        " ON CONFLICT (name) DO UPDATE SET last_seen_at = excluded.last_seen_at",
        name,
        micros(at),
    )


async def last_seen(c: Connection) -> dict[str, datetime]:
    """Return when each source was last heard of."""
    rows = await c.execute("SELECT name, last_seen_at FROM sources")
    return {text(row[0]): instant(row[1]) for row in rows}


async def not_seen_after(c: Connection, now: datetime) -> None:
    """Let no source have been heard in the future: the clock was ahead then."""
    await c.execute("UPDATE sources SET last_seen_at = $1 WHERE last_seen_at > $1", micros(now))


async def quarantine(c: Connection, row: QuarantinedRow) -> None:
    """Keep what could not be read."""
    await c.execute(
        "INSERT INTO quarantine (id, source, at, reason, raw) VALUES ($1, $2, $3, $4, $5)",
        row.id,
        row.source,
        micros(row.at),
        row.reason,
        row.raw,
    )


async def list_quarantine(c: Connection, limit: int = 100) -> list[QuarantinedRow]:
    """Return what could not be read, the newest first."""
    rows = await c.execute("SELECT id, source, at, reason, raw FROM quarantine ORDER BY at DESC, id LIMIT $1", limit)
    return [
        QuarantinedRow(id=text(row[0]), source=text(row[1]), at=instant(row[2]), reason=text(row[3]), raw=text(row[4]))
        for row in rows
    ]


async def quarantined_with(c: Connection, words: str, limit: int) -> list[QuarantinedRow]:
    """Return what could not be read and holds these words, the newest first."""
    rows = await c.execute(
        "SELECT id, source, at, reason, raw FROM quarantine WHERE LOWER(raw) LIKE LOWER($1) ESCAPE '!'"
        " ORDER BY at DESC, id LIMIT $2",
        f"%{words.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%",
        limit,
    )
    return [
        QuarantinedRow(id=text(row[0]), source=text(row[1]), at=instant(row[2]), reason=text(row[3]), raw=text(row[4]))
        for row in rows
    ]


async def trim_quarantine(c: Connection, keep: int) -> None:
    """Keep only the newest rows: a source that sends nonsense for ever must not fill the disk."""
    await c.execute(
        "DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine ORDER BY at DESC, id LIMIT 1000 OFFSET $1)", keep
    )


async def told_operators(c: Connection, kind: str, subject: str) -> tuple[datetime, int] | None:
    """Return when the operators were last told of this, and how often it happened since."""
    rows = await c.execute("SELECT told_at, count FROM alarms WHERE kind = $1 AND subject = $2", kind, subject)
    return (instant(rows[0][0]), number(rows[0][1])) if rows else None


async def note_alarm(c: Connection, kind: str, subject: str, *, told_at: datetime, count: int) -> None:
    """Note that the operators were told, or that it happened once more since."""
    await c.execute(
        "INSERT INTO alarms (kind, subject, told_at, count) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (kind, subject) DO UPDATE SET told_at = excluded.told_at, count = excluded.count",
        kind,
        subject,
        micros(told_at),
        count,
    )
