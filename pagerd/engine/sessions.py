"""Who is signed in on the web: a row per browser, ended by its person, by an admin, by the clock, or by the files."""

from collections.abc import Sequence

from pagerd.core import signin as core
from pagerd.core.audit import SIGN_INS
from pagerd.core.errors import NotFound
from pagerd.core.people import Medium
from pagerd.core.plain import one_line
from pagerd.core.rights import rights_of
from pagerd.core.signin import Session
from pagerd.engine import audit
from pagerd.engine.chance import hash_of
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import signins as rows

AGENT_MAX = 120

PREFIX = "w"


async def begin(work: Work, person: str, medium: Medium, agent: str, peer: str) -> tuple[Session, str]:
    """Begin a session; return it with its token, which is never the one of anything that was there before."""
    token = work.chance.token() + work.chance.token()
    rights = rights_of(work.plan, person, work.now)
    session = Session(
        id=work.chance.object_id(PREFIX),
        person=person,
        medium=medium,
        agent=one_line(agent, AGENT_MAX),
        rights=frozenset(right.value for right in rights.lasting),
        began_at=work.now,
        seen_at=work.now,
        ends_at=work.now + core.SESSION_LASTS,
    )
    await rows.insert_session(work.c, session, hash_of(token))
    body = {"session": session.id, "person": person, "medium": medium.value, "from": peer}
    await audit.note(work, SIGN_INS, "SignedIn", body)
    others = sorted(await rows.sessions(work.c, person), key=lambda one: one.seen_at, reverse=True)
    for old in others[core.SESSIONS_MAX :]:
        await _end(work, old, by=person, why="too many at once")
    return session, token


async def find(c: Connection, token: str) -> Session | None:
    """Return the session of a browser's token, or None; whether it is over is the caller's to ask."""
    return await rows.session_by_token(c, hash_of(token))


async def touch(work: Work, session: Session) -> None:
    """Note that a session was used."""
    await rows.touch_session(work.c, session.id, work.now)


async def listed(c: Connection, person: str | None = None) -> Sequence[Session]:
    """Return all sessions, or those of one person, the newest first."""
    return await rows.sessions(c, person)


async def end(work: Work, session_id: str, person: str | None = None, *, by: str, why: str = "") -> Session:
    """End a session; with `person` only one of theirs. Raises NotFound."""
    for session in await rows.sessions(work.c, person):
        if session.id == session_id:
            await _end(work, session, by=by, why=why)
            return session
    raise NotFound(f"there is no session {session_id}; `pagerd sessions list` shows those that there are")


async def end_by_token(work: Work, token: str, *, why: str) -> None:
    """End the session that a browser's token opens, if there is one: its person leaves."""
    session = await find(work.c, token)
    if session is not None:
        await _end(work, session, by=session.person, why=why)


async def end_all(work: Work, person: str, *, by: str) -> int:
    """End every session of a person; return how many there were."""
    theirs = await rows.sessions(work.c, person)
    for session in theirs:
        await _end(work, session, by=by, why="everywhere")
    return len(theirs)


async def sweep(work: Work) -> None:
    """End what is over by the clock or by the files in force."""
    for session in await rows.sessions(work.c):
        why = core.why_ended(session, work.plan, work.now)
        if why:
            await _end(work, session, by="pagerd", why=why)


async def _end(work: Work, session: Session, *, by: str, why: str) -> None:
    if await rows.delete_session(work.c, session.id):
        body = {"session": session.id, "person": session.person, "by": by, "why": why}
        await audit.note(work, SIGN_INS, "SignedOut", body)
