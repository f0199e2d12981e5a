"""Messages about incidents, and what became of each: rows in order for each incident and place, claimed under a lease.

A place is a receiver, and of one that is several addresses one of these. It is told one thing at a time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant, instant_or_none, micros, number, text, text_or_none


class MessageState(StrEnum):
    """What became of a message; all but the first are for good."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one place. `claim` is whose attempt is in the air, `fault` what the last attempt met."""

    id: str
    incident: int
    seq: int
    kind: str
    receiver: str
    address: str
    at: datetime
    body: str
    state: MessageState = MessageState.WAITING
    due: datetime | None = None
    attempts: int = 0
    claim: str | None = None
    fault: str = ""
    done_at: datetime | None = None

    @property
    def is_untold(self) -> bool:
        """Should its receiver have heard it, and did not, or not yet, though it was tried?"""
        if self.state is MessageState.WAITING:
            return self.attempts > 0
        return self.state in (MessageState.REFUSED, MessageState.GIVEN_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a receiver is still to be told: how much, since when the oldest, and what its last attempt met."""

    receiver: str
    count: int
    oldest_at: datetime
    fault: str


_COLUMNS = "id, incident, seq, kind, receiver, address, at, body, state, due, attempts, claim, fault, done_at"

_IN_THE_AIR = "claim IS NOT NULL AND due > $1"


def _from_row(row: Row) -> Message:
    return Message(
        id=text(row[0]),
        incident=number(row[1]),
        seq=number(row[2]),
        kind=text(row[3]),
        receiver=text(row[4]),
        address=text(row[5]),
        at=instant(row[6]),
        body=text(row[7]),
        state=MessageState(text(row[8])),
        due=instant_or_none(row[9]),
        attempts=number(row[10]),
        claim=text_or_none(row[11]),
        fault=text(row[12]),
        done_at=instant_or_none(row[13]),
    )


async def insert(c: Connection, one: Message) -> None:
    """Put a message behind those of its incident that its place is still to be told."""
    waiting = await c.execute(
        "SELECT 1 FROM incident_messages WHERE receiver = $1 AND address = $2 AND incident = $3 AND state = 'waiting'"
        " LIMIT 1",
        one.receiver,
        one.address,
        one.incident,
    )
    await c.execute(
        "INSERT INTO incident_messages (id, incident, seq, kind, receiver, address, at, body, state, due)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        one.id,
        one.incident,
        one.seq,
        one.kind,
        one.receiver,
        one.address,
        micros(one.at),
        one.body,
        one.state.value,
        micros(None if waiting else one.at),
    )


async def claim_due(c: Connection, now: datetime, until: datetime, claim: str, in_flight_max: int) -> list[Message]:
    """Take what is due, the oldest first, as far as there is room: one for each place that is told nothing just now."""
    rows = await c.execute(f"SELECT receiver, address FROM incident_messages WHERE {_IN_THE_AIR}", micros(now))  # noqa: S608  # fixed texts
    busy = {(text(row[0]), text(row[1])) for row in rows}
    rows = await c.execute(
        f"SELECT {_COLUMNS} FROM incident_messages WHERE due <= $1 ORDER BY at, seq LIMIT $2",  # noqa: S608  # as above
        micros(now),
        in_flight_max * 32,
    )
    found: list[Message] = []
    for row in rows:
        one = _from_row(row)
        if len(busy) >= in_flight_max or (one.receiver, one.address) in busy:
            continue
        busy.add((one.receiver, one.address))
        found.append(await _claimed(c, one, until, claim))
    return found


async def _claimed(c: Connection, one: Message, until: datetime, claim: str) -> Message:
    rows = await c.execute(
        f"UPDATE incident_messages SET due = $1, claim = $2 WHERE id = $3 RETURNING {_COLUMNS}",  # noqa: S608  # as above
        micros(until),
        claim,
        one.id,
    )
    return _from_row(rows[0])


async def next_due(c: Connection, now: datetime, in_flight_max: int) -> datetime | None:
    """Return when there is something to claim: of a place that is being told something, when that claim ends."""
    rows = await c.execute(
        f"SELECT COUNT(*), MIN(due) FROM incident_messages WHERE {_IN_THE_AIR}",  # noqa: S608  # as above
        micros(now),
    )
    ends_at = instant_or_none(rows[0][1])
    if number(rows[0][0]) >= in_flight_max:
        return ends_at
    rows = await c.execute(
        "SELECT MIN(m.due) FROM incident_messages m WHERE m.due IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
        " incident_messages o WHERE o.claim IS NOT NULL AND o.due > $1 AND o.receiver = m.receiver"
        " AND o.address = m.address)",
        micros(now),
    )
    return min((at for at in (ends_at, instant_or_none(rows[0][0])) if at is not None), default=None)


async def done(c: Connection, one: Message, state: MessageState, now: datetime, fault: str, room_at: datetime) -> bool:
    """Store what became of a message whose claim is still ours, and let the next of its incident be due.

    Its place is told nothing more before `room_at`. Say whether the claim was ours.
    """
    rows = await c.execute(
        "UPDATE incident_messages SET state = $1, due = NULL, claim = NULL, attempts = attempts + 1, fault = $2,"
        " done_at = $3, body = '{}' WHERE id = $4 AND claim = $5 RETURNING id",
        state.value,
        fault,
        micros(now),
        one.id,
        one.claim,
    )
    if rows:
        await c.execute(
            "UPDATE incident_messages SET due = $1 WHERE id = (SELECT id FROM incident_messages WHERE receiver = $2"
            " AND address = $3 AND incident = $4 AND state = 'waiting' ORDER BY seq LIMIT 1)",
            micros(now),
            one.receiver,
            one.address,
            one.incident,
        )
        # Whoever took one is there again: what had to wait for that need not wait longer.
        waits = "due IS NOT NULL" if state is MessageState.SENT else "due < $1"
        await c.execute(
            "UPDATE incident_messages SET due = $1 WHERE receiver = $2 AND address = $3 AND claim IS NULL"  # noqa: S608  # as above
            f" AND {waits}",
            micros(room_at),
            one.receiver,
            one.address,
        )
    return bool(rows)


async def failed(c: Connection, one: Message, again_at: datetime, fault: str, room_at: datetime) -> bool:
    """Count a failed attempt and give the claim back until the next, if it is still ours; say whether it was."""
    rows = await c.execute(
        "UPDATE incident_messages SET due = $1, attempts = attempts + 1, claim = NULL, fault = $2 WHERE id = $3"
        " AND claim = $4 RETURNING id",
        micros(again_at),
        fault,
        one.id,
        one.claim,
    )
    if rows:
        await c.execute(
            "UPDATE incident_messages SET due = $1 WHERE receiver = $2 AND address = $3 AND claim IS NULL AND due < $1",
            micros(room_at),
            one.receiver,
            one.address,
        )
    return bool(rows)


async def end_leases(c: Connection, now: datetime) -> int:
    """Let every claim that is left be taken again at once, and return how many there were.

    Only for who is alone with the database: nobody else can still be telling under one of them.
    """
    rows = await c.execute(
        "UPDATE incident_messages SET due = $1, claim = NULL WHERE claim IS NOT NULL AND due > $1 RETURNING id",
        micros(now),
    )
    return len(rows)


async def drop_of_others(c: Connection, receivers: Iterable[str], now: datetime) -> int:
    """Drop what waits for receivers that are none of these any more; return how much that was."""
    known = set(receivers)
    rows = await c.execute("SELECT DISTINCT receiver FROM incident_messages WHERE state = 'waiting'")
    count = 0
    for gone in sorted({text(row[0]) for row in rows} - known):
        dropped = await c.execute(
            "UPDATE incident_messages SET state = 'dropped', due = NULL, claim = NULL, done_at = $1, body = '{}'"
            " WHERE receiver = $2 AND state = 'waiting' RETURNING id",
            micros(now),
            gone,
        )
        count += len(dropped)
    return count


async def find(c: Connection, message_id: str) -> Message | None:
    """Return a message by its id, or None."""
    rows = await c.execute(f"SELECT {_COLUMNS} FROM incident_messages WHERE id = $1", message_id)  # noqa: S608  # as above
    return _from_row(rows[0]) if rows else None


async def of_incident(c: Connection, incident: int) -> Sequence[Message]:
    """Return the messages of an incident in order, those of one event by receiver."""
    rows = await c.execute(
        f"SELECT {_COLUMNS} FROM incident_messages WHERE incident = $1 ORDER BY seq, receiver, address",  # noqa: S608  # as above
        incident,
    )
    return [_from_row(row) for row in rows]


async def waiting(c: Connection) -> Sequence[Waiting]:
    """Say what waits for each receiver that something waits for."""
    rows = await c.execute(
        "SELECT receiver, COUNT(*), MIN(at) FROM incident_messages WHERE state = 'waiting' GROUP BY receiver"
        " ORDER BY receiver"
    )
    return [
        Waiting(
            receiver=text(row[0]),
            count=number(row[1]),
            oldest_at=instant(row[2]),
            fault=await _last_fault(c, text(row[0])),
        )
        for row in rows
    ]


async def _last_fault(c: Connection, receiver: str) -> str:
    rows = await c.execute(
        "SELECT fault FROM incident_messages WHERE receiver = $1 AND state = 'waiting' AND fault <> ''"
        " ORDER BY due DESC LIMIT 1",
        receiver,
    )
    return text(rows[0][0]) if rows else ""


async def last_test(c: Connection, receiver: str) -> Message | None:
    """Return the newest test of a receiver; tests belong to no incident."""
    rows = await c.execute(
        f"SELECT {_COLUMNS} FROM incident_messages WHERE incident = 0 AND receiver = $1 ORDER BY at DESC, id LIMIT 1",  # noqa: S608  # as above
        receiver,
    )
    return _from_row(rows[0]) if rows else None


async def tests_at(c: Connection, receiver: str, at: datetime) -> Sequence[Message]:
    """Return the tests of a receiver that were put there at an instant: one for each of its addresses."""
    rows = await c.execute(
        f"SELECT {_COLUMNS} FROM incident_messages WHERE incident = 0 AND receiver = $1 AND at = $2 ORDER BY address",  # noqa: S608  # as above
        receiver,
        micros(at),
    )
    return [_from_row(row) for row in rows]
