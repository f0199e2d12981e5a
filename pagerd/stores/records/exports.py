"""What is still to be told to a tracker: rows in order for each ticket or action item, claimed under a lease."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant, instant_or_none, micros, number, text, text_or_none

UPDATED, ACTION_UPDATED = "updated", "action_updated"
"""The events that a newer one of their kind stands for: each has all of the ticket, or of the action item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One event of one ticket, or of one action item, whose id is `ticket_id` then.

    `body` is its JSON; `claim` is whose attempt is in the air.
    """

    id: str
    ticket_id: str
    version: int
    event: str
    at: datetime
    body: str
    attempts: int = 0
    claim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How much waits, since when the oldest, and what the last attempt at it met; no words where none was made."""

    count: int
    oldest_at: datetime
    fault: str


_COLUMNS = "id, ticket_id, version, event, at, body, attempts, claim"


def _from_row(row: Row) -> Export:
    return Export(
        id=text(row[0]),
        ticket_id=text(row[1]),
        version=number(row[2]),
        event=text(row[3]),
        at=instant(row[4]),
        body=text(row[5]),
        attempts=number(row[6]),
        claim=text_or_none(row[7]),
    )


async def insert(c: Connection, one: Export) -> bool:
    """Put an event behind those of its ticket that wait; say whether it is the first, and so due now.

    An update that waits behind another event says less than the one that comes after it, and gives way to it.
    """
    if one.event in (UPDATED, ACTION_UPDATED):
        await c.execute(
            "DELETE FROM exports WHERE ticket_id = $1 AND event = $2 AND due IS NULL AND version ="
            " (SELECT MAX(version) FROM exports WHERE ticket_id = $1)",
            one.ticket_id,
            one.event,
        )
    waiting = await waits_for(c, one.ticket_id)
    await c.execute(
        "INSERT INTO exports (id, ticket_id, version, event, at, body, due) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        one.id,
        one.ticket_id,
        one.version,
        one.event,
        micros(one.at),
        one.body,
        None if waiting else micros(one.at),
    )
    return not waiting


async def waits_for(c: Connection, ticket_id: str) -> bool:
    """Does anything of a ticket wait?"""
    return bool(await c.execute("SELECT 1 FROM exports WHERE ticket_id = $1 LIMIT 1", ticket_id))


async def claim_due(c: Connection, now: datetime, until: datetime, claim: str, in_flight_max: int) -> list[Export]:
    """Take what is due, the longest waiting first, as far as there is room beside what is in the air."""
    rows = await c.execute("SELECT COUNT(*) FROM exports WHERE claim IS NOT NULL AND due > $1", micros(now))
    room = in_flight_max - number(rows[0][0])
    if room <= 0:
        return []
    rows = await c.execute(
        "UPDATE exports SET due = $1, claim = $2 WHERE id IN"  # noqa: S608  # fixed texts
        f" (SELECT id FROM exports WHERE due <= $3 ORDER BY due LIMIT $4) RETURNING {_COLUMNS}",
        micros(until),
        claim,
        micros(now),
        room,
    )
    return [_from_row(row) for row in rows]


async def next_due(c: Connection, now: datetime, in_flight_max: int) -> datetime | None:
    """Return when there is something to claim: where there is no room now, when the first claim ends."""
    rows = await c.execute("SELECT COUNT(*), MIN(due) FROM exports WHERE claim IS NOT NULL AND due > $1", micros(now))
    if number(rows[0][0]) >= in_flight_max:
        return instant_or_none(rows[0][1])
    rows = await c.execute("SELECT MIN(due) FROM exports")
    return instant_or_none(rows[0][0])


async def done(c: Connection, one: Export, now: datetime) -> bool:
    """Drop a row whose claim is still ours, and let the next of its ticket be due; say whether it was ours."""
    rows = await c.execute("DELETE FROM exports WHERE id = $1 AND claim = $2 RETURNING id", one.id, one.claim)
    if rows:
        await c.execute(
            "UPDATE exports SET due = $1 WHERE id ="
            " (SELECT id FROM exports WHERE ticket_id = $2 ORDER BY version LIMIT 1)",
            micros(now),
            one.ticket_id,
        )
    return bool(rows)


async def failed(c: Connection, one: Export, again_at: datetime, fault: str) -> bool:
    """Count a failed attempt and give the claim back until the next, if it is still ours; say whether it was."""
    rows = await c.execute(
        "UPDATE exports SET due = $1, attempts = attempts + 1, claim = NULL, fault = $2 WHERE id = $3 AND claim = $4"
        " RETURNING id",
        micros(again_at),
        fault,
        one.id,
        one.claim,
    )
    return bool(rows)


async def end_leases(c: Connection, now: datetime) -> int:
    """Let every claim that is left be taken again at once, and return how many there were.

    Only for who is alone with the database: nobody else can still be telling under one of them.
    """
    rows = await c.execute(
        "UPDATE exports SET due = $1, claim = NULL WHERE claim IS NOT NULL AND due > $1 RETURNING id", micros(now)
    )
    return len(rows)


async def drop_all(c: Connection) -> int:
    """Drop everything; return how much that was."""
    return len(await c.execute("DELETE FROM exports RETURNING id"))


async def backlog(c: Connection) -> Backlog | None:
    """Say what waits, or None: nothing."""
    rows = await c.execute("SELECT COUNT(*), MIN(at) FROM exports")
    if not number(rows[0][0]):
        return None
    faults = await c.execute("SELECT fault FROM exports WHERE fault <> '' ORDER BY due DESC LIMIT 1")
    return Backlog(count=number(rows[0][0]), oldest_at=instant(rows[0][1]), fault=text(faults[0][0]) if faults else "")
