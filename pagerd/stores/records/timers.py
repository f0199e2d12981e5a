"""Everything that waits, save for notifications, which wait in the outbox itself."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, instant_or_none, micros, number, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """One due row. `attempts` counts how often its decision raised."""

    kind: str
    subject: str
    due: datetime
    attempts: int


async def put(c: Connection, kind: str, subject: str, due: datetime | None) -> None:
    """Set the one timer of this subject, or drop it with None."""
    if due is None:
        await c.execute("DELETE FROM timers WHERE kind = $1 AND subject = $2", kind, subject)
        return
    await c.execute(
        "INSERT INTO timers (kind, subject, due, attempts) VALUES ($1, $2, $3, 0)"
        " ON CONFLICT (kind, subject) DO UPDATE SET due = excluded.due, attempts = 0",
        kind,
        subject,
        micros(due),
    )


async def due(c: Connection, now: datetime, limit: int) -> list[Timer]:
    """Return timers that are due, the longest waiting first."""
    rows = await c.execute(
        "SELECT kind, subject, due, attempts FROM timers WHERE due <= $1 ORDER BY due LIMIT $2", micros(now), limit
    )
    return [
        Timer(kind=text(row[0]), subject=text(row[1]), due=instant(row[2]), attempts=number(row[3])) for row in rows
    ]


async def find(c: Connection, kind: str, subject: str) -> Timer | None:
    """Return the timer of this subject, or None."""
    rows = await c.execute("SELECT due, attempts FROM timers WHERE kind = $1 AND subject = $2", kind, subject)
    return Timer(kind=kind, subject=subject, due=instant(rows[0][0]), attempts=number(rows[0][1])) if rows else None


async def subjects(c: Connection, kind: str) -> list[str]:
    """Return what timers of a kind are about."""
    return [
        text(row[0]) for row in await c.execute("SELECT subject FROM timers WHERE kind = $1 ORDER BY subject", kind)
    ]


async def fail(c: Connection, timer: Timer, again_at: datetime) -> None:
    """Count a failed decision and set when it is tried again."""
    await c.execute(
        "UPDATE timers SET due = $1, attempts = attempts + 1 WHERE kind = $2 AND subject = $3",
        micros(again_at),
        timer.kind,
        timer.subject,
    )


async def next_due(c: Connection, after: datetime | None = None) -> datetime | None:
    """Return the smallest due time, or the smallest after an instant, or None."""
    if after is None:
        rows = await c.execute("SELECT MIN(due) FROM timers")
    else:
        rows = await c.execute("SELECT MIN(due) FROM timers WHERE due > $1", micros(after))
    return instant_or_none(rows[0][0])
