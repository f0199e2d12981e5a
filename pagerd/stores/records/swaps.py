"""Swaps between two people, and the links behind which they are answered."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.errors import StaleState
from pagerd.core.oncall.swap import Swap, SwapStatus
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, micros, reader, text, to_json

_swap = reader(Swap)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapLink:
    """What the holder of a link token may see and answer: one swap, as one person, until an instant.

    `code` is that of the message that it stands in: behind the link of a mail it must be typed.
    """

    person: str
    swap_id: str
    medium: str
    code: str
    expires_at: datetime


async def find(c: Connection, swap_id: str) -> Swap | None:
    """Return the swap, or None."""
    rows = await c.execute("SELECT body FROM swaps WHERE id = $1", swap_id)
    return _swap.decode(text(rows[0][0])) if rows else None


async def insert(c: Connection, swap: Swap) -> None:
    """Store a new swap."""
    await c.execute(
        "INSERT INTO swaps (id, status, end_at, version, body) VALUES ($1, $2, $3, $4, $5)",
        swap.id,
        swap.status.value,
        micros(max(part.end for part in swap.parts)),
        swap.version,
        to_json(swap),
    )


async def update(c: Connection, swap: Swap) -> None:
    """Store the next version; raise StaleState when somebody else stored one in between."""
    rows = await c.execute(
        "UPDATE swaps SET status = $1, version = $2, body = $3 WHERE id = $4 AND version = $5 RETURNING id",
        swap.status.value,
        swap.version,
        to_json(swap),
        swap.id,
        swap.version - 1,
    )
    if not rows:
        raise StaleState(f"saving swap {swap.id}: version {swap.version - 1} is not the stored one any more")


async def listed(c: Connection, ending_after: datetime, limit: int) -> list[Swap]:
    """Return swaps of which a shift ends after an instant, those first that end first."""
    rows = await c.execute(
        "SELECT body FROM swaps WHERE end_at > $1 ORDER BY end_at, id LIMIT $2", micros(ending_after), limit
    )
    return [_swap.decode(text(row[0])) for row in rows]


async def waiting(c: Connection, limit: int) -> list[Swap]:
    """Return swaps that wait for an answer, those first that end first."""
    rows = await c.execute(
        "SELECT body FROM swaps WHERE status = $1 ORDER BY end_at, id LIMIT $2", SwapStatus.REQUESTED.value, limit
    )
    return [_swap.decode(text(row[0])) for row in rows]


async def ended_before(c: Connection, before: datetime, limit: int) -> list[str]:
    """Return ids of swaps of which all shifts ended before an instant."""
    rows = await c.execute("SELECT id FROM swaps WHERE end_at < $1 ORDER BY end_at LIMIT $2", micros(before), limit)
    return [text(row[0]) for row in rows]


async def drop(c: Connection, swap_id: str) -> None:
    """Delete a swap."""
    await c.execute("DELETE FROM swaps WHERE id = $1", swap_id)


async def put_link(c: Connection, token_hash: str, link: SwapLink) -> None:
    """Store the hash of a link token."""
    await c.execute(
        "INSERT INTO swap_links (token_hash, person, swap_id, medium, code, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        token_hash,
        link.person,
        link.swap_id,
        link.medium,
        link.code,
        micros(link.expires_at),
    )


async def find_link(c: Connection, token_hash: str, now: datetime) -> SwapLink | None:
    """Return what a token opens, if it has not expired."""
    rows = await c.execute(
        "SELECT person, swap_id, medium, code, expires_at FROM swap_links WHERE token_hash = $1 AND expires_at > $2",
        token_hash,
        micros(now),
    )
    if not rows:
        return None
    person, swap_id, medium, code, expires_at = rows[0]
    return SwapLink(
        person=text(person),
        swap_id=text(swap_id),
        medium=text(medium),
        code=text(code),
        expires_at=instant(expires_at),
    )


async def drop_expired_links(c: Connection, now: datetime) -> None:
    """Forget tokens that open nothing any more."""
    await c.execute("DELETE FROM swap_links WHERE expires_at <= $1", micros(now))
