"""Night pages: one row per person and page."""

from datetime import datetime

from pagerd.core.worklog.nights import NightPage
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, reader, text, to_json

_night = reader(NightPage)


async def find(c: Connection, person: str, page_id: str) -> NightPage | None:
    """Return the row, or None."""
    rows = await c.execute("SELECT body FROM night_pages WHERE person = $1 AND page_id = $2", person, page_id)
    return _night.decode(text(rows[0][0])) if rows else None


async def save(c: Connection, night: NightPage) -> None:
    """Store the row as it is now."""
    await c.execute(
        "INSERT INTO night_pages (person, page_id, at, body) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (person, page_id) DO UPDATE SET at = excluded.at, body = excluded.body",
        night.person,
        night.page_id,
        micros(night.first_at),
        to_json(night),
    )


async def of_page(c: Connection, page_id: str) -> list[NightPage]:
    """Return the rows of a page."""
    rows = await c.execute("SELECT body FROM night_pages WHERE page_id = $1 ORDER BY person", page_id)
    return [_night.decode(text(row[0])) for row in rows]


async def between(c: Connection, start: datetime, end: datetime) -> list[NightPage]:
    """Return rows from `start` to before `end`, oldest first."""
    rows = await c.execute(
        "SELECT body FROM night_pages WHERE at >= $1 AND at < $2 ORDER BY at, person", micros(start), micros(end)
    )
    return [_night.decode(text(row[0])) for row in rows]
