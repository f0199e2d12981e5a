"""What happened to each object, as a chain of hashes; the anchors over all chains; the tombstones of what is gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from pagerd.core.audit import Anchor, Head, Link, content_of, hash_of
from pagerd.core.timeline import Entry
from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant, micros, number, places, reader, text, text_or_none, to_json

_entries = reader(tuple[Entry, ...])
_heads = msgspec.json.Decoder(tuple[tuple[str, int, str], ...])

_COLUMNS = "object_id, version, at, plan, event, body, entries, hash, content, redaction, seq"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One event of one object, as it was decided: under which plan, and what the timeline says of it."""

    object_id: str
    version: int
    at: datetime
    plan: str
    event: str
    body: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """The end of a chain whose object is gone. `entry` is the version of the entry of `keeping` that took it away."""

    object_id: str
    version: int
    hash: str
    entry: int


async def append(
    c: Connection,
    head: str,
    object_id: str,
    version: int,
    *,
    at: datetime,
    plan: str,
    event: str,
    body: object,
    entries: Sequence[Entry] = (),
) -> str:
    """Append one event with its timeline to the chain that ends with the hash `head`; return the new end."""
    at_micros, body_text, entries_text = micros(at), to_json(body), to_json(entries)
    hashed = hash_of(head, object_id, version, at_micros, plan, event, content_of(body_text, entries_text))
    await c.execute(
        "INSERT INTO history (object_id, version, at, plan, event, body, entries, hash)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        object_id,
        version,
        at_micros,
        plan,
        event,
        body_text,
        entries_text,
        hashed,
    )
    return hashed


async def head_of(c: Connection, object_id: str) -> Head:
    """Return the end of a chain that nothing carries; version 0 and no hash where there is none."""
    rows = await c.execute("SELECT version, hash FROM heads WHERE object_id = $1", object_id)
    if not rows:
        return Head(object_id=object_id, version=0, hash="")
    return Head(object_id=object_id, version=number(rows[0][0]), hash=text(rows[0][1]))


class _Carried(msgspec.Struct):
    version: int
    head: str = ""


_CARRIERS = {
    "p-": "SELECT body FROM pages WHERE id = $1",
    "t-": "SELECT body FROM tickets WHERE id = $1",
    "i-": "SELECT body FROM incidents WHERE id = $1",
    "a-": "SELECT body FROM actions WHERE id = $1",
}


async def end_of(c: Connection, object_id: str) -> Head | None:
    """Return the end of a chain as its page, ticket, incident, action or own row says; None where none of these is.

    Version -1 means that whatever carries it cannot be read.
    """
    statement = _CARRIERS.get(object_id[:2])
    if statement is None:
        found = await head_of(c, object_id)
        return found if found.version else None
    rows = await c.execute(statement, object_id)
    if not rows:
        return None
    try:
        carried = msgspec.json.decode(text(rows[0][0]), type=_Carried)
    except msgspec.MsgspecError:
        return Head(object_id=object_id, version=-1, hash="")
    return Head(object_id=object_id, version=carried.version, hash=carried.head)


async def put_head(c: Connection, head: Head) -> None:
    """Store the new end of a chain that nothing carries."""
    await c.execute(
        "INSERT INTO heads (object_id, version, hash) VALUES ($1, $2, $3)"
        " ON CONFLICT (object_id) DO UPDATE SET version = excluded.version, hash = excluded.hash",
        head.object_id,
        head.version,
        head.hash,
    )


async def of_object(c: Connection, object_id: str, limit: int = 1000) -> list[HistoryRow]:
    """Return the history of an object, oldest first."""
    rows = await c.execute(
        "SELECT version, at, plan, event, body, entries FROM history WHERE object_id = $1 ORDER BY version LIMIT $2",
        object_id,
        limit,
    )
    return [_row(object_id, row) for row in rows]


async def of_objects(c: Connection, object_ids: Sequence[str], limit: int = 5000) -> list[HistoryRow]:
    """Return the history of several objects together, in the order of writing."""
    rows = await c.execute(
        "SELECT version, at, plan, event, body, entries, object_id FROM history"  # noqa: S608  # numbers of places
        f" WHERE object_id IN ({places(len(object_ids), after=1)}) ORDER BY seq LIMIT $1",
        limit,
        *object_ids,
    )
    return [_row(text(row[6]), row) for row in rows]


def _row(object_id: str, row: Row) -> HistoryRow:
    return HistoryRow(
        object_id=object_id,
        version=number(row[0]),
        at=instant(row[1]),
        plan=text(row[2]),
        event=text(row[3]),
        body=text(row[4]),
        entries=_entries.decode(text(row[5])),
    )


def _link(row: Row) -> Link:
    return Link(
        object_id=text(row[0]),
        version=number(row[1]),
        at=number(row[2]),
        plan=text(row[3]),
        event=text(row[4]),
        body=text(row[5]),
        entries=text(row[6]),
        hash=text(row[7]),
        content=text_or_none(row[8]),
        redaction=None if row[9] is None else number(row[9]),
        seq=number(row[10]),
    )


async def chain(c: Connection, object_id: str) -> list[Link]:
    """Return all entries of an object as they are stored, oldest first."""
    rows = await c.execute(f"SELECT {_COLUMNS} FROM history WHERE object_id = $1 ORDER BY version", object_id)  # noqa: S608
    return [_link(row) for row in rows]


async def find(c: Connection, object_id: str, version: int) -> Link | None:
    """Return one entry as it is stored, or None."""
    rows = await c.execute(
        f"SELECT {_COLUMNS} FROM history WHERE object_id = $1 AND version = $2",  # noqa: S608
        object_id,
        version,
    )
    return _link(rows[0]) if rows else None


async def after(c: Connection, seq: int, limit: int) -> list[Link]:
    """Return entries in the order of writing after one of them: a bounded walk over all of them."""
    rows = await c.execute(f"SELECT {_COLUMNS} FROM history WHERE seq > $1 ORDER BY seq LIMIT $2", seq, limit)  # noqa: S608
    return [_link(row) for row in rows]


def entries_of(link: Link) -> tuple[Entry, ...]:
    """Return what the timeline says of one entry."""
    return _entries.decode(link.entries)


async def objects_after(c: Connection, object_id: str, limit: int) -> list[str]:
    """Return ids after one of them of everything that must have a chain or a tombstone, in order."""
    parts = (
        "SELECT DISTINCT object_id AS id FROM history WHERE object_id > $1 ORDER BY object_id LIMIT $2",
        "SELECT id FROM pages WHERE id > $1 ORDER BY id LIMIT $2",
        "SELECT id FROM tickets WHERE id > $1 ORDER BY id LIMIT $2",
        "SELECT id FROM incidents WHERE id > $1 ORDER BY id LIMIT $2",
        "SELECT id FROM actions WHERE id > $1 ORDER BY id LIMIT $2",
        "SELECT object_id AS id FROM heads WHERE object_id > $1 ORDER BY object_id LIMIT $2",
        "SELECT object_id AS id FROM tombstones WHERE object_id > $1 ORDER BY object_id LIMIT $2",
    )
    union = " UNION ".join(f"SELECT id FROM ({part}) AS part{place}" for place, part in enumerate(parts))  # noqa: S608
    return [text(row[0]) for row in await c.execute(f"{union} ORDER BY id LIMIT $2", object_id, limit)]


async def of_events(c: Connection, events: Sequence[str], start: datetime, end: datetime) -> list[HistoryRow]:
    """Return what happened from `start` to before `end`, of these events alone, in the order of writing."""
    rows = await c.execute(
        "SELECT version, at, plan, event, body, entries, object_id FROM history"  # noqa: S608  # numbers of places
        f" WHERE at >= $1 AND at < $2 AND event IN ({places(len(events), after=2)}) ORDER BY seq",
        micros(start),
        micros(end),
        *events,
    )
    return [_row(text(row[6]), row) for row in rows]


async def last_of(c: Connection, object_id: str, events: Sequence[str]) -> str | None:
    """Return which of some events happened to an object last, or None."""
    rows = await c.execute(
        "SELECT event FROM history WHERE object_id = $1"  # noqa: S608  # numbers of places
        f" AND event IN ({places(len(events), after=1)}) ORDER BY version DESC LIMIT 1",
        object_id,
        *events,
    )
    return text(rows[0][0]) if rows else None


async def first_of(c: Connection, object_id: str, events: Sequence[str]) -> datetime | None:
    """Return when one of some events first happened to an object, or None."""
    rows = await c.execute(
        "SELECT at FROM history WHERE object_id = $1"  # noqa: S608  # numbers of places
        f" AND event IN ({places(len(events), after=1)}) ORDER BY version LIMIT 1",
        object_id,
        *events,
    )
    return instant(rows[0][0]) if rows else None


async def count(c: Connection) -> int:
    """Count all entries."""
    return number((await c.execute("SELECT COUNT(*) FROM history"))[0][0])


async def redact(c: Connection, link: Link, body: str, entries: str, redaction: int) -> None:
    """Replace what an entry says; its hash and the digest of what it said stay."""
    await c.execute(
        "UPDATE history SET body = $1, entries = $2, content = $3, redaction = $4"
        " WHERE object_id = $5 AND version = $6",
        body,
        entries,
        link.content or content_of(link.body, link.entries),
        redaction,
        link.object_id,
        link.version,
    )


async def heads_between(c: Connection, since: int, limit: int) -> tuple[tuple[Head, ...], int]:
    """Return the newest of up to `limit` entries after `since` for each object, and how far they go."""
    return _newest(
        await c.execute(
            "SELECT object_id, version, hash, seq FROM history WHERE seq > $1 ORDER BY seq LIMIT $2", since, limit
        ),
        since,
    )


async def heads_within(c: Connection, since: int, through: int) -> tuple[Head, ...]:
    """Return the newest entry of each object among those after `since` and up to `through`."""
    rows = await c.execute(
        "SELECT object_id, version, hash, seq FROM history WHERE seq > $1 AND seq <= $2 ORDER BY seq", since, through
    )
    return _newest(rows, since)[0]


def _newest(rows: Sequence[Row], since: int) -> tuple[tuple[Head, ...], int]:
    newest = {text(row[0]): Head(object_id=text(row[0]), version=number(row[1]), hash=text(row[2])) for row in rows}
    return tuple(newest[name] for name in sorted(newest)), number(rows[-1][3]) if rows else since


async def insert_anchor(c: Connection, anchor: Anchor) -> None:
    """Store the next anchor; raise StaleState when somebody else stored it first."""
    await c.execute(
        "INSERT INTO anchors (number, at, since, through, heads, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        anchor.number,
        anchor.at,
        anchor.since,
        anchor.through,
        to_json([(head.object_id, head.version, head.hash) for head in anchor.heads]),
        anchor.previous,
        anchor.hash,
    )


async def anchors_after(c: Connection, after_number: int, limit: int) -> list[Anchor]:
    """Return anchors in order after a number."""
    rows = await c.execute(
        "SELECT number, at, since, through, heads, previous, hash FROM anchors WHERE number > $1 ORDER BY number"
        " LIMIT $2",
        after_number,
        limit,
    )
    return [_anchor(row) for row in rows]


async def last_anchor(c: Connection) -> Anchor | None:
    """Return the newest anchor."""
    rows = await c.execute(
        "SELECT number, at, since, through, heads, previous, hash FROM anchors ORDER BY number DESC LIMIT 1"
    )
    return _anchor(rows[0]) if rows else None


async def anchor_numbers(c: Connection, hash_begins: str) -> list[int]:
    """Return the numbers of the anchors whose hash begins like this."""
    rows = await c.execute(
        "SELECT number FROM anchors WHERE hash >= $1 AND hash < $2 ORDER BY number", hash_begins, hash_begins + "g"
    )
    return [number(row[0]) for row in rows]


def _anchor(row: Row) -> Anchor:
    try:
        heads = _heads.decode(text(row[4]))
    except msgspec.MsgspecError:
        heads = ()  # Whoever broke the list is found by the hash over it.
    return Anchor(
        number=number(row[0]),
        at=number(row[1]),
        since=number(row[2]),
        through=number(row[3]),
        heads=tuple(Head(object_id=one[0], version=one[1], hash=one[2]) for one in heads),
        previous=text(row[5]),
        hash=text(row[6]),
    )


async def bury(c: Connection, tombstone: Tombstone) -> None:
    """Delete the history of an object and leave a tombstone."""
    await c.execute("DELETE FROM history WHERE object_id = $1", tombstone.object_id)
    await c.execute("DELETE FROM heads WHERE object_id = $1", tombstone.object_id)
    await c.execute(
        "INSERT INTO tombstones (object_id, version, hash, entry) VALUES ($1, $2, $3, $4)",
        tombstone.object_id,
        tombstone.version,
        tombstone.hash,
        tombstone.entry,
    )


async def tombstone(c: Connection, object_id: str) -> Tombstone | None:
    """Return the tombstone of an object, or None."""
    rows = await c.execute("SELECT object_id, version, hash, entry FROM tombstones WHERE object_id = $1", object_id)
    if not rows:
        return None
    row = rows[0]
    return Tombstone(object_id=text(row[0]), version=number(row[1]), hash=text(row[2]), entry=number(row[3]))
