"""Personal tokens: made once, shown once, stored as their hash.

A token is `pgr_<letters and digits>_<checksum>`: the prefix lets scanners of repositories find a leaked one, the
checksum lets us and them tell one from a string that only looks like it, without asking the store.
"""

import hashlib
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from pagerd.core.errors import Conflict, NotFound
from pagerd.core.rights import rights_of
from pagerd.core.suggestions import unknown
from pagerd.engine import audit
from pagerd.engine.chance import hash_of
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import tokens as rows
from pagerd.stores.records.tokens import Token

__all__ = ["SCOPES", "Token", "create", "find", "is_well_formed", "listed", "revoke", "touch"]

SCOPES = ("read", "ack", "admin")
"""What a token may do; each holds those before it."""

LASTS_MAX = timedelta(days=366)
"""A token that nobody renewed for a year has been forgotten."""

NAME_MAX = 80
USED_EVERY = timedelta(minutes=1)
"""The last use of a token is stored at most this often."""

_PREFIX = "pgr"
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SIGNS = 30
"""Signs of the secret part: 178 bits."""
_CHECK_SIGNS = 6
"""62 ** 6 is more than 2 ** 32."""


async def create(
    work: Work, person: str, name: str, scopes: Iterable[str], expires_at: datetime | None, *, by: str
) -> tuple[Token, str]:
    """Make a token for a person of the plan; return its row, and the token itself, which is never seen again."""
    wanted = set(scopes)
    strange = sorted(wanted - set(SCOPES))
    words = " ".join(name.split())[:NAME_MAX]
    if person not in work.plan.people:
        raise NotFound(unknown("person", person, work.plan.people))
    if strange or not wanted:
        raise Conflict(f"a token has one of the scopes {', '.join(SCOPES)}, not {', '.join(strange) or 'none'}")
    if not wanted <= rights_of(work.plan, person, work.now).scopes:
        raise Conflict(f"{person} may not do what admin may: that is for the `operators` of pagerd.yaml")
    if not words:
        raise Conflict("a token needs a name that says where it is used")
    if expires_at is not None and not work.now < expires_at <= work.now + LASTS_MAX:
        raise Conflict(f"a token ends within {LASTS_MAX.days} days from now, not at {expires_at.isoformat()}")
    plain = _written(work.chance.token() + work.chance.token())
    token = Token(
        id=work.chance.object_id("k"),
        person=person,
        name=words,
        scopes=tuple(scope for scope in SCOPES if scope in wanted),
        created_at=work.now,
        expires_at=expires_at,
        last_used_at=None,
    )
    await rows.insert(work.c, token, hash_of(plain))
    await audit.note(work, token.id, "TokenMade", {"by": by, **_said(token)})
    return token, plain


def is_well_formed(plain: str) -> bool:
    """Could this be a token of ours? One mistyped sign says no."""
    prefix, _, rest = plain.partition("_")
    secret, _, check = rest.partition("_")
    return prefix == _PREFIX and secret.isalnum() and secret.isascii() and check == _checksum(secret)


async def find(c: Connection, plain: str) -> Token | None:
    """Return the token's row, or None; whether it has expired is the caller's to ask."""
    return await rows.find(c, hash_of(plain)) if is_well_formed(plain) else None


async def touch(work: Work, token: Token) -> None:
    """Note that a token was used."""
    await rows.touch(work.c, token.id, work.now)


async def listed(c: Connection, person: str | None = None) -> list[Token]:
    """Return all tokens, or those of one person, the newest first."""
    return [token for token in await rows.list_tokens(c) if person is None or token.person == person]


async def revoke(work: Work, token_id: str, person: str | None = None, *, by: str) -> Token:
    """Make a token worthless; with `person` only one of theirs. Raises NotFound."""
    for token in await listed(work.c, person):
        if token.id == token_id:
            await rows.delete(work.c, token_id)
            await audit.note(work, token_id, "TokenRevoked", {"by": by})
            return token
    raise NotFound(f"there is no token {token_id}; `pagerd token list` shows those that there are")


def _said(token: Token) -> dict[str, object]:
    return {"person": token.person, "name": token.name, "scopes": token.scopes, "expires_at": token.expires_at}


def _written(drawn: str) -> str:
    # Hashed, so that whatever alphabet chance draws from becomes letters and digits without a bias.
    number = int.from_bytes(hashlib.sha256(drawn.encode()).digest())
    secret = _base62(number, _SIGNS)
    return f"{_PREFIX}_{secret}_{_checksum(secret)}"


def _checksum(secret: str) -> str:
    return _base62(zlib.crc32(secret.encode()), _CHECK_SIGNS)


def _base62(number: int, signs: int) -> str:
    said = []
    for _ in range(signs):
        number, sign = divmod(number, 62)
        said.append(_BASE62[sign])
    return "".join(reversed(said))
