"""Personal tokens, by their hash."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant, instant_or_none, micros, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """Whose it is and what it may do. The token itself is known to its owner alone."""

    id: str
    person: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


_COLUMNS = "id, person, name, scopes, created_at, expires_at, last_used_at"


def _from_row(row: Row) -> Token:
    return Token(
        id=text(row[0]),
        person=text(row[1]),
        name=text(row[2]),
        scopes=tuple(text(row[3]).split()),
        created_at=instant(row[4]),
        expires_at=instant_or_none(row[5]),
        last_used_at=instant_or_none(row[6]),
    )


async def insert(c: Connection, token: Token, token_hash: str) -> None:
    """Store a new token's hash."""
    await c.execute(
        "INSERT INTO tokens (id, token_hash, person, name, scopes, created_at, expires_at, last_used_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)",
        token.id,
        token_hash,
        token.person,
        token.name,
        " ".join(token.scopes),
        micros(token.created_at),
        micros(token.expires_at),
    )


async def find(c: Connection, token_hash: str) -> Token | None:
    """Return the token behind a hash, or None."""
    rows = await c.execute(f"SELECT {_COLUMNS} FROM tokens WHERE token_hash = $1", token_hash)  # noqa: S608
    return _from_row(rows[0]) if rows else None


async def touch(c: Connection, token_id: str, at: datetime) -> None:
    """Note that a token was used."""
    await c.execute("UPDATE tokens SET last_used_at = $1 WHERE id = $2", micros(at), token_id)


async def list_tokens(c: Connection) -> list[Token]:
    """Return all tokens, the newest first."""
    rows = await c.execute(f"SELECT {_COLUMNS} FROM tokens ORDER BY created_at DESC, id")  # noqa: S608
    return [_from_row(row) for row in rows]


async def delete(c: Connection, token_id: str) -> bool:
    """Revoke a token; say whether there was one."""
    return bool(await c.execute("DELETE FROM tokens WHERE id = $1 RETURNING id", token_id))
