"""Who is signed in on the web: a person sees and ends their own sessions; whoever holds `admin` those of everybody."""

from collections.abc import Sequence
from typing import TypedDict

import msgspec

from pagerd.core.errors import NotFound
from pagerd.core.plain import counted
from pagerd.core.signin import Session, why_ended
from pagerd.engine import sessions
from pagerd.engine.doors import Connection
from pagerd.engine.work import Work
from pagerd.web.api import types
from pagerd.web.api.described import api
from pagerd.web.api.shapes import iso
from pagerd.web.call import Call


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """Nothing more needs to be said."""


class SignedInSession(TypedDict):
    """One browser in which somebody is signed in. `medium` is by which their code came."""

    id: str
    person: str
    medium: str
    agent: str
    began_at: types.Instant
    seen_at: types.Instant
    ends_at: types.Instant


class SessionList(TypedDict):
    """Sessions that are good now."""

    sessions: list[SignedInSession]


@api()
async def list_sessions(call: Call) -> SessionList:
    """List sessions: the caller's own, or everybody's for `admin`."""
    whose = None if call.is_admin else call.person
    engine = call.services.engine

    async def find(c: Connection) -> Sequence[Session]:
        return await sessions.listed(c, whose)

    found, now = await engine.read(find), engine.clock.now()
    return {"sessions": [session_json(one) for one in found if not why_ended(one, engine.plan, now)]}


@api()
async def end(call: Call) -> types.Said:
    """End a session: its browser is signed out at once."""
    name = call.parts["session"]
    whose = None if call.is_admin else call.person

    async def act(work: Work) -> Session:
        return await sessions.end(work, name, whose, by=call.by)

    session = await call.act(act)
    return {"sentence": f"{session.id} is ended: {session.person} is signed out there."}


@api()
async def end_all(call: Call, body: Nothing) -> types.Said:  # noqa: ARG001  # unknown keys are refused
    """Sign a person out everywhere: the caller, or anybody for `admin`."""
    person = call.parts["person"]
    caller = call.caller.person if call.caller is not None else None
    if not call.is_admin and person != caller:
        raise NotFound(f"there is no session of {person} that you may end: that is for `admin`")

    async def act(work: Work) -> int:
        return await sessions.end_all(work, person, by=call.by)

    count = await call.act(act)
    return {"sentence": f"{person} is signed out everywhere: {counted(count, 'session')} ended."}


def session_json(session: Session) -> SignedInSession:
    """Write a session; nothing of it opens anything."""
    return {
        "id": session.id,
        "person": session.person,
        "medium": session.medium.value,
        "agent": session.agent,
        "began_at": iso(session.began_at),
        "seen_at": iso(session.seen_at),
        "ends_at": iso(session.ends_at),
    }
