"""When something of pagerd last went on. A row of it that is stored proves that the disk takes writes."""

from datetime import datetime

from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, micros


async def note(c: Connection, what: str, at: datetime) -> None:
    """Note that it goes on."""
    await c.execute(
        "INSERT INTO progress (what, at) VALUES ($1, $2) ON CONFLICT (what) DO UPDATE SET at = excluded.at",
        what,
        micros(at),
    )


async def noted(c: Connection, what: str) -> datetime | None:
    """Return when it last went on, or None."""
    rows = await c.execute("SELECT at FROM progress WHERE what = $1", what)
    return instant(rows[0][0]) if rows else None


async def is_awaited(c: Connection) -> bool:
    """Say whether anything waits that people would miss if it came later: pages, messages, incidents, held alerts."""
    rows = await c.execute(
        "SELECT EXISTS (SELECT 1 FROM pages WHERE status <> 'resolved')"
        " OR EXISTS (SELECT 1 FROM notifications WHERE status IN ('pending', 'claimed'))"
        " OR EXISTS (SELECT 1 FROM timers WHERE kind IN ('page', 'ticket'))"
        " OR EXISTS (SELECT 1 FROM incidents WHERE status IN ('triage', 'investigating', 'mitigating', 'monitoring'))"
        " OR EXISTS (SELECT 1 FROM alerts WHERE status <> 'resolved' AND body NOT LIKE $1)",
        '%"held_until":null%',
    )
    return bool(rows[0][0])
