"""Calendars that are subscribed to, by the hash of their secret address."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant, instant_or_none, micros, text, text_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Whose shifts it shows (None: everybody's), and who made it. Its address is known to whoever was told it."""

    id: str
    person: str
    name: str | None
    created_at: datetime
    fetched_at: datetime | None


_COLUMNS = "id, person, name, created_at, fetched_at"


def _from_row(row: Row) -> Feed:
    return Feed(
        id=text(row[0]),
        person=text(row[1]),
        name=text_or_none(row[2]),
        created_at=instant(row[3]),
        fetched_at=instant_or_none(row[4]),
    )


async def insert(c: Connection, feed: Feed, token_hash: str) -> None:
    """Store a new feed under the hash of its token."""
    await c.execute(
        "INSERT INTO feeds (id, token_hash, person, name, created_at, fetched_at) VALUES ($1, $2, $3, $4, $5, NULL)",
        feed.id,
        token_hash,
        feed.person,
        feed.name,
        micros(feed.created_at),
    )


async def find(c: Connection, token_hash: str) -> Feed | None:
    """Return the feed behind a hash, or None."""
    rows = await c.execute(f"SELECT {_COLUMNS} FROM feeds WHERE token_hash = $1", token_hash)  # noqa: S608
    return _from_row(rows[0]) if rows else None


async def touch(c: Connection, feed_id: str, at: datetime) -> None:
    """Note that a feed was fetched."""
    await c.execute("UPDATE feeds SET fetched_at = $1 WHERE id = $2", micros(at), feed_id)


async def list_feeds(c: Connection) -> list[Feed]:
    """Return all feeds, the newest first."""
    rows = await c.execute(f"SELECT {_COLUMNS} FROM feeds ORDER BY created_at DESC, id")  # noqa: S608
    return [_from_row(row) for row in rows]


async def delete(c: Connection, feed_id: str) -> None:
    """Make a feed's address worthless."""
    await c.execute("DELETE FROM feeds WHERE id = $1", feed_id)
