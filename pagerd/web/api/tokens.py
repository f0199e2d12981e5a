"""Personal tokens: a person makes and revokes their own; whoever holds `admin` those of everybody."""

from typing import TypedDict

import msgspec

from pagerd.core.errors import NotAllowed
from pagerd.engine import tokens
from pagerd.engine.doors import Connection
from pagerd.engine.tokens import Token
from pagerd.engine.work import Work
from pagerd.web.api import types
from pagerd.web.api.described import api
from pagerd.web.api.shapes import token_json
from pagerd.web.call import Call, instant, span


class NewToken(msgspec.Struct, forbid_unknown_fields=True):
    """What the token is for and what it may do. `person` is another one only for `admin`."""

    name: str
    scopes: list[str]
    person: str | None = None
    expires_at: types.Instant | None = None
    lasts: types.Length | None = msgspec.field(name="for", default=None)


class TokenList(TypedDict):
    """Tokens, without the tokens themselves."""

    tokens: list[types.Token]


class CreatedToken(types.Token):
    """A token, and its text, which nobody is told again."""

    token: str


@api()
async def list_tokens(call: Call) -> TokenList:
    """List tokens: the caller's own, or everybody's for `admin`. None of them says the token itself."""
    whose = None if call.is_admin else call.person

    async def find(c: Connection) -> list[Token]:
        return await tokens.listed(c, whose)

    return {"tokens": [token_json(token) for token in await call.services.engine.read(find)]}


@api(status=201)
async def create(call: Call, body: NewToken) -> CreatedToken:
    """Make a token; its text is in this answer and never again."""
    person = body.person if body.person is not None else call.person
    held = call.caller.scopes if call.caller is not None else frozenset()
    if not call.is_admin:
        if person != call.person:
            raise NotAllowed("a token for somebody else needs the scope admin")
        beyond = sorted(set(body.scopes) & set(tokens.SCOPES) - held)
        if beyond:
            raise NotAllowed(f"you cannot give a token more than you may do yourself: {', '.join(beyond)}")
    expires_at = None
    if body.expires_at is not None:
        expires_at = instant(body.expires_at, "expires_at")
    elif body.lasts is not None:
        expires_at = call.services.engine.clock.now() + span(body.lasts, "for")

    async def act(work: Work) -> tuple[Token, str]:
        return await tokens.create(work, person, body.name, body.scopes, expires_at, by=call.by)

    token, plain = await call.act(act)
    return {"token": plain, **token_json(token)}


@api()
async def revoke(call: Call) -> types.Said:
    """Make a token worthless."""
    name = call.parts["token"]
    whose = None if call.is_admin else call.person

    async def act(work: Work) -> Token:
        return await tokens.revoke(work, name, whose, by=call.by)

    token = await call.act(act)
    return {"sentence": f"{token.id} ({token.name} of {token.person}) is worth nothing any more."}
