"""Who asked for a code to sign in, and who is signed in. Tokens and codes are known by their hashes alone."""

from collections.abc import Sequence
from datetime import datetime

from pagerd.core.people import Medium
from pagerd.core.signin import Session, SignIn
from pagerd.stores.base import Connection, Row
from pagerd.stores.records.columns import instant, instant_or_none, micros, number, text

_ASKED = "id, person, wanted, peer, asked_at, sent_at, sent_by, tries, told, over_at"
_SESSION = "id, person, medium, agent, rights, began_at, seen_at, ends_at"


def _sign_in(row: Row) -> SignIn:
    return SignIn(
        id=text(row[0]),
        person=text(row[1]),
        wanted=Medium(text(row[2])),
        peer=text(row[3]),
        asked_at=instant(row[4]),
        sent_at=instant_or_none(row[5]),
        sent_by=Medium(text(row[6])) if row[6] is not None else None,
        tries=number(row[7]),
        told=number(row[8]),
        over_at=instant_or_none(row[9]),
    )


def _session(row: Row) -> Session:
    return Session(
        id=text(row[0]),
        person=text(row[1]),
        medium=Medium(text(row[2])),
        agent=text(row[3]),
        rights=frozenset(text(row[4]).split()),
        began_at=instant(row[5]),
        seen_at=instant(row[6]),
        ends_at=instant(row[7]),
    )


async def insert(c: Connection, asked: SignIn, token_hash: str) -> None:
    """Store an asking."""
    await c.execute(
        f"INSERT INTO sign_ins ({_ASKED}, token_hash, code_hashes)"  # noqa: S608  # fixed names
        " VALUES ($1, $2, $3, $4, $5, NULL, NULL, 0, 0, NULL, $6, '')",
        asked.id,
        asked.person,
        asked.wanted.value,
        asked.peer,
        micros(asked.asked_at),
        token_hash,
    )


async def count_since(c: Connection, since: datetime, peer: str) -> tuple[int, int]:
    """Return how many askings there were since an instant, in all and from one address."""
    rows = await c.execute(
        "SELECT COUNT(*), COUNT(CASE WHEN peer = $2 THEN 1 END) FROM sign_ins WHERE asked_at > $1", micros(since), peer
    )
    return number(rows[0][0]), number(rows[0][1])


async def find(c: Connection, sign_in_id: str) -> SignIn | None:
    """Return an asking by its id, or None."""
    rows = await c.execute(f"SELECT {_ASKED} FROM sign_ins WHERE id = $1", sign_in_id)  # noqa: S608
    return _sign_in(rows[0]) if rows else None


async def token_hash_of(c: Connection, sign_in_id: str) -> str:
    """Return the hash of what the browser of an asking holds; it is there."""
    rows = await c.execute("SELECT token_hash FROM sign_ins WHERE id = $1", sign_in_id)
    return text(rows[0][0])


async def by_token(c: Connection, token_hash: str) -> tuple[SignIn, tuple[str, ...]] | None:
    """Return an asking by what its browser holds, with the hashes of its codes; None where there is none."""
    rows = await c.execute(
        f"SELECT {_ASKED}, code_hashes FROM sign_ins WHERE token_hash = $1",  # noqa: S608
        token_hash,
    )
    return (_sign_in(rows[0]), tuple(text(rows[0][10]).split())) if rows else None


async def sent_to(c: Connection, person: str, since: datetime) -> list[SignIn]:
    """Return the askings since an instant that brought a person a code, oldest first."""
    rows = await c.execute(
        f"SELECT {_ASKED} FROM sign_ins WHERE person = $1 AND asked_at > $2 AND sent_at IS NOT NULL"  # noqa: S608
        " ORDER BY asked_at",
        person,
        micros(since),
    )
    return [_sign_in(row) for row in rows]


async def wrong_since(c: Connection, person: str, since: datetime) -> int:
    """Return how many wrong codes were tried in a person's name since an instant."""
    rows = await c.execute(
        "SELECT COALESCE(SUM(tries), 0) FROM sign_ins WHERE person = $1 AND asked_at > $2", person, micros(since)
    )
    return int(str(rows[0][0]))  # PostgreSQL sums BIGINT to NUMERIC


async def note_sent(c: Connection, sign_in_id: str, at: datetime, by: Medium) -> None:
    """Note that a code was put on its way."""
    await c.execute("UPDATE sign_ins SET sent_at = $1, sent_by = $2 WHERE id = $3", micros(at), by.value, sign_in_id)


async def add_code(c: Connection, sign_in_id: str, salted: str) -> None:
    """Let one more code be good: what an earlier attempt perhaps sent stays good too."""
    await c.execute(
        "UPDATE sign_ins SET code_hashes = TRIM(code_hashes || ' ' || $1) WHERE id = $2", salted, sign_in_id
    )


async def note_try(c: Connection, sign_in_id: str) -> None:
    """Count a wrong code."""
    await c.execute("UPDATE sign_ins SET tries = tries + 1 WHERE id = $1", sign_in_id)


async def note_told(c: Connection, asked: SignIn) -> None:
    """Note that the chain has heard of all wrong codes so far."""
    await c.execute("UPDATE sign_ins SET told = $1 WHERE id = $2", asked.tries, asked.id)


async def close(c: Connection, sign_in_id: str, at: datetime) -> None:
    """Let no further code of an asking be tried."""
    await c.execute("UPDATE sign_ins SET over_at = $1, code_hashes = '' WHERE id = $2", micros(at), sign_in_id)


async def drop_before(c: Connection, before: datetime) -> None:
    """Forget askings that no limit looks back to."""
    await c.execute("DELETE FROM sign_ins WHERE asked_at <= $1", micros(before))


async def drop_all(c: Connection) -> None:
    """Sign everybody out, and let no code be tried that was sent."""
    await c.execute("DELETE FROM sessions")
    await c.execute("DELETE FROM sign_ins")


async def insert_session(c: Connection, session: Session, token_hash: str) -> None:
    """Store a new session."""
    await c.execute(
        f"INSERT INTO sessions ({_SESSION}, token_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",  # noqa: S608
        session.id,
        session.person,
        session.medium.value,
        session.agent,
        " ".join(sorted(session.rights)),
        micros(session.began_at),
        micros(session.seen_at),
        micros(session.ends_at),
        token_hash,
    )


async def session_by_token(c: Connection, token_hash: str) -> Session | None:
    """Return the session behind a hash, or None."""
    rows = await c.execute(f"SELECT {_SESSION} FROM sessions WHERE token_hash = $1", token_hash)  # noqa: S608
    return _session(rows[0]) if rows else None


async def sessions(c: Connection, person: str | None = None) -> Sequence[Session]:
    """Return all sessions, or those of one person, the newest first."""
    rows = await c.execute(
        f"SELECT {_SESSION} FROM sessions WHERE ($1 = '' OR person = $1) ORDER BY began_at DESC, id",  # noqa: S608
        person or "",
    )
    return [_session(row) for row in rows]


async def touch_session(c: Connection, session_id: str, at: datetime) -> None:
    """Note that a session was used."""
    await c.execute("UPDATE sessions SET seen_at = $1 WHERE id = $2", micros(at), session_id)


async def delete_session(c: Connection, session_id: str) -> bool:
    """End a session; say whether there was one."""
    return bool(await c.execute("DELETE FROM sessions WHERE id = $1 RETURNING id", session_id))
