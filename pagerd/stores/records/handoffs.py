"""Notes that people wrote for whoever has a schedule next."""

from datetime import datetime

from pagerd.core.handoff import HandoffNote
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, reader, text, to_json

_note = reader(HandoffNote)


async def insert(c: Connection, note: HandoffNote) -> None:
    """Store a note. None is ever changed: who wrote something wrong writes another."""
    await c.execute(
        "INSERT INTO handoff_notes (id, schedule, at, body) VALUES ($1, $2, $3, $4)",
        note.id,
        note.schedule,
        micros(note.at),
        to_json(note),
    )


async def since(c: Connection, schedule: str, start: datetime, limit: int) -> list[HandoffNote]:
    """Return the notes of a schedule that were written from an instant on, the newest first."""
    rows = await c.execute(
        "SELECT body FROM handoff_notes WHERE schedule = $1 AND at >= $2 ORDER BY at DESC, id LIMIT $3",
        schedule,
        micros(start),
        limit,
    )
    return [_note.decode(text(row[0])) for row in rows]
