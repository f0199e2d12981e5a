"""What people may answer with, and what they already answered: reply codes, link tokens, inbound messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.stores.base import Connection
from pagerd.stores.records.columns import instant, micros, number, reader, text, text_or_none, to_json

_pages = reader(tuple[str, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What the holder of a link token may see and do: one page, as one person, until an instant."""

    person: str
    page_id: str
    medium: str
    expires_at: datetime
    code: str | None = None
    """The code of the message that it stands in: the pages that an acknowledgement takes."""


def _set_of(pages: Sequence[str]) -> str:
    return to_json(sorted(pages))


async def code_of(c: Connection, person: str, pages: Sequence[str]) -> str | None:
    """Return the code that already stands for exactly this set of pages to this person."""
    rows = await c.execute("SELECT code FROM reply_codes WHERE pages = $1 AND person = $2", _set_of(pages), person)
    return text(rows[0][0]) if rows else None


async def pages_of_code(c: Connection, person: str, code: str) -> tuple[str, ...]:
    """Return the pages that a code stands for to this person, or none."""
    rows = await c.execute("SELECT pages FROM reply_codes WHERE person = $1 AND code = $2", person, code)
    return _pages.decode(text(rows[0][0])) if rows else ()


async def short_codes_of(c: Connection, person: str, now: datetime) -> tuple[frozenset[str], bool]:
    """Return this person's codes of two digits that are in use, and whether there are others whose time has come."""
    rows = await c.execute("SELECT code, free_at FROM reply_codes WHERE person = $1 AND is_short = 1", person)
    in_use = frozenset(text(code) for code, free_at in rows if free_at is None or number(free_at) > micros(now))
    return in_use, len(in_use) < len(rows)


async def is_code_taken(c: Connection, person: str, code: str) -> bool:
    """Does a code stand for something to this person?"""
    return bool(await c.execute("SELECT 1 FROM reply_codes WHERE person = $1 AND code = $2", person, code))


async def put_code(
    c: Connection, person: str, code: str, pages: Sequence[str], *, free_at: datetime | None = None
) -> None:
    """Let a code that is not taken stand for a set of pages, for good or until an instant."""
    await c.execute(
        "INSERT INTO reply_codes (person, code, pages, free_at, is_short) VALUES ($1, $2, $3, $4, $5)",
        person,
        code,
        _set_of(pages),
        micros(free_at),
        int(len(code) == 2),
    )


async def release_codes(c: Connection, page_id: str, free_at: datetime) -> None:
    """Let the codes of a resolved page go back into use at an instant: until then they answer `already resolved`."""
    await c.execute("UPDATE reply_codes SET free_at = $1 WHERE pages = $2", micros(free_at), _set_of([page_id]))


async def drop_free_codes(c: Connection, now: datetime) -> None:
    """Forget codes whose time has come."""
    await c.execute("DELETE FROM reply_codes WHERE free_at IS NOT NULL AND free_at <= $1", micros(now))


async def drop_free_codes_of(c: Connection, person: str, now: datetime) -> None:
    """Forget this person's codes of two digits whose time has come."""
    await c.execute(
        "DELETE FROM reply_codes WHERE person = $1 AND is_short = 1 AND free_at IS NOT NULL AND free_at <= $2",
        person,
        micros(now),
    )


async def put_link(c: Connection, token_hash: str, link: Link) -> None:
    """Store the hash of a link token."""
    await c.execute(
        "INSERT INTO links (token_hash, person, page_id, medium, expires_at, code) VALUES ($1, $2, $3, $4, $5, $6)",
        token_hash,
        link.person,
        link.page_id,
        link.medium,
        micros(link.expires_at),
        link.code,
    )


async def find_link(c: Connection, token_hash: str, now: datetime) -> Link | None:
    """Return what a token opens, if it has not expired."""
    rows = await c.execute(
        "SELECT person, page_id, medium, expires_at, code FROM links WHERE token_hash = $1 AND expires_at > $2",
        token_hash,
        micros(now),
    )
    if not rows:
        return None
    person, page_id, medium, expires_at, code = rows[0]
    return Link(
        person=text(person),
        page_id=text(page_id),
        medium=text(medium),
        expires_at=instant(expires_at),
        code=text_or_none(code),
    )


async def drop_expired_links(c: Connection, now: datetime) -> None:
    """Forget tokens that open nothing any more."""
    await c.execute("DELETE FROM links WHERE expires_at <= $1", micros(now))


async def answer_to(c: Connection, provider_id: str) -> str | None:
    """Return what was answered to an inbound message when it came first, or None when it is new."""
    rows = await c.execute("SELECT answer FROM inbound WHERE provider_id = $1", provider_id)
    return text(rows[0][0]) if rows else None


async def remember_inbound(c: Connection, provider_id: str, at: datetime, answer: str, person: str) -> None:
    """Note that an inbound message was carried out, whose it was (nobody's: empty), and what was answered."""
    await c.execute(
        "INSERT INTO inbound (provider_id, at, answer, person) VALUES ($1, $2, $3, $4)",
        provider_id,
        micros(at),
        answer,
        person,
    )


async def answers_since(c: Connection, person: str, since: datetime) -> int:
    """Count what this person was answered since an instant."""
    rows = await c.execute(
        "SELECT COUNT(*) FROM inbound WHERE person = $1 AND at >= $2 AND answer <> ''", person, micros(since)
    )
    return number(rows[0][0])


async def drop_inbound(c: Connection, before: datetime) -> None:
    """Forget inbound messages that are too old to be delivered again."""
    await c.execute("DELETE FROM inbound WHERE at < $1", micros(before))


async def note_wrong_code(c: Connection, person: str, at: datetime) -> None:
    """Count a code that was none of this person's."""
    await c.execute("INSERT INTO wrong_codes (person, at) VALUES ($1, $2)", person, micros(at))


async def wrong_codes_since(c: Connection, person: str, since: datetime) -> tuple[datetime, ...]:
    """Return when this person sent wrong codes since an instant, the first one first; forget those before it."""
    await c.execute("DELETE FROM wrong_codes WHERE person = $1 AND at < $2", person, micros(since))
    rows = await c.execute("SELECT at FROM wrong_codes WHERE person = $1 ORDER BY at", person)
    return tuple(instant(row[0]) for row in rows)
