"""What customers read: drafts, what was published of them, and the states of components."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.incidents.public import PublicRecord
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, reader, text, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRow:
    """What was said of a component at an instant; `incident` 0 where a person said it of none.

    `shown` is what customers see from then on: the worst of what was last said of each incident.
    """

    component: str
    at: datetime
    by: str
    state: str
    shown: str
    incident: int = 0


_text = reader(PublicRecord)
_component = reader(ComponentRow)


async def put_text(c: Connection, row: PublicRecord) -> None:
    """Store a draft, or what became of it."""
    published_at = micros(row.ended_at) if row.status == "published" else None
    await c.execute(
        "INSERT INTO public_texts (id, incident, number, published_at, body) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (id) DO UPDATE SET published_at = excluded.published_at, body = excluded.body",
        row.id,
        row.incident,
        row.number,
        published_at,
        to_json(row),
    )


async def find_text(c: Connection, wanted: str) -> PublicRecord | None:
    """Return a draft by its id, or None."""
    rows = await c.execute("SELECT body FROM public_texts WHERE id = $1", wanted)
    return _text.decode(text(rows[0][0])) if rows else None


async def texts_of(c: Connection, incident: int) -> list[PublicRecord]:
    """Return all drafts of an incident, in order."""
    rows = await c.execute("SELECT body FROM public_texts WHERE incident = $1 ORDER BY number", incident)
    return [_text.decode(text(row[0])) for row in rows]


async def published_since(c: Connection, since: datetime, limit: int) -> list[PublicRecord]:
    """Return what was published since an instant, the newest first."""
    rows = await c.execute(
        "SELECT body FROM public_texts WHERE published_at >= $1 ORDER BY published_at DESC, id DESC LIMIT $2",
        micros(since),
        limit,
    )
    return [_text.decode(text(row[0])) for row in rows]


async def published_of(c: Connection, incident: int) -> list[PublicRecord]:
    """Return what was published of an incident, in order."""
    return [row for row in await texts_of(c, incident) if row.status == "published"]


async def put_component(c: Connection, row_id: str, row: ComponentRow) -> None:
    """Store what is said of a component."""
    await c.execute(
        "INSERT INTO component_states (id, component, at, body) VALUES ($1, $2, $3, $4)",
        row_id,
        row.component,
        micros(row.at),
        to_json(row),
    )


async def states_of(c: Connection, component: str, limit: int) -> list[ComponentRow]:
    """Return what was said of a component last, the newest first."""
    rows = await c.execute(
        "SELECT body FROM component_states WHERE component = $1 ORDER BY at DESC, id DESC LIMIT $2", component, limit
    )
    return [_component.decode(text(row[0])) for row in rows]
