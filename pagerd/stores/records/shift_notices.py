"""What each person knows of their shifts, and what they were told around them."""

from pagerd.core.shift_notices import Notice, Told
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, reader, text, to_json

_told = reader(Told)
_notice = reader(Notice)


async def told(c: Connection, person: str) -> Told | None:
    """Return what a person knows of their shifts, or None where nobody looked yet."""
    rows = await c.execute("SELECT body FROM shifts_told WHERE person = $1", person)
    return _told.decode(text(rows[0][0])) if rows else None


async def put_told(c: Connection, person: str, now_known: Told) -> None:
    """Store what a person knows from now on."""
    await c.execute(
        "INSERT INTO shifts_told (person, body) VALUES ($1, $2)"
        " ON CONFLICT (person) DO UPDATE SET body = excluded.body",
        person,
        to_json(now_known),
    )


async def drop_told(c: Connection, person: str) -> None:
    """Forget what a person knows, who is told nothing any more."""
    await c.execute("DELETE FROM shifts_told WHERE person = $1", person)


async def insert(c: Connection, notice: Notice) -> None:
    """Store what a person is told."""
    await c.execute(
        "INSERT INTO shift_notices (id, person, at, body) VALUES ($1, $2, $3, $4)",
        notice.id,
        notice.person,
        micros(notice.at),
        to_json(notice),
    )


async def find(c: Connection, notice_id: str) -> Notice | None:
    """Return what a person was told, or None."""
    rows = await c.execute("SELECT body FROM shift_notices WHERE id = $1", notice_id)
    return _notice.decode(text(rows[0][0])) if rows else None
