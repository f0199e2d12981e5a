"""Personal tokens: a person makes and revokes their own; whoever holds `admin` those of everybody."""

import msgspec
from aiohttp import web

from pagerd.core.errors import NotAllowed
from pagerd.engine import tokens
from pagerd.engine.doors import Connection
from pagerd.engine.tokens import Token
from pagerd.engine.work import Work
from pagerd.web.answers import json_answer
from pagerd.web.api.shapes import token_json
from pagerd.web.call import Call, instant, span


class NewToken(msgspec.Struct, forbid_unknown_fields=True):
    """What the token is for and what it may do. `person` is another one only for `admin`."""

    name: str
    scopes: list[str]
    person: str | None = None
    expires_at: str | None = None
    lasts: str | None = msgspec.field(name="for", default=None)


async def list_tokens(call: Call) -> web.Response:
    """List tokens: the caller's own, or everybody's for `admin`. None of them says the token itself."""
    whose = None if _is_admin(call) else call.person

    async def find(c: Connection) -> list[Token]:
        return await tokens.listed(c, whose)

    return json_answer({"tokens": [token_json(token) for token in await call.services.engine.read(find)]})


async def create(call: Call) -> web.Response:
    """Make a token; its text is in this answer and never again."""
    new = await call.decode(NewToken)
    person = new.person if new.person is not None else call.person
    held = call.caller.scopes if call.caller is not None else frozenset()
    if not _is_admin(call):
        if person != call.person:
            raise NotAllowed("a token for somebody else needs the scope admin")
        beyond = sorted(set(new.scopes) & set(tokens.SCOPES) - held)
        if beyond:
            raise NotAllowed(f"you cannot give a token more than you may do yourself: {', '.join(beyond)}")
    expires_at = None
    if new.expires_at is not None:
        expires_at = instant(new.expires_at, "expires_at")
    elif new.lasts is not None:
        expires_at = call.services.engine.clock.now() + span(new.lasts, "for")

    async def act(work: Work) -> tuple[Token, str]:
        return await tokens.create(work, person, new.name, new.scopes, expires_at, by=_by(call))

    token, plain = await call.act(act)
    return json_answer({"token": plain, **token_json(token)}, 201)


async def revoke(call: Call) -> web.Response:
    """Make a token worthless."""
    name = call.parts["token"]
    whose = None if _is_admin(call) else call.person

    async def act(work: Work) -> Token:
        return await tokens.revoke(work, name, whose, by=_by(call))

    token = await call.act(act)
    return json_answer({"sentence": f"{token.id} ({token.name} of {token.person}) is worth nothing any more."})


def _by(call: Call) -> str:
    """Name whoever acts for the audit chain; the daemon's own user and root need be nobody of the plan."""
    return (call.caller.person if call.caller is not None else None) or "an administrator of this host"


def _is_admin(call: Call) -> bool:
    return call.caller is not None and "admin" in call.caller.scopes
