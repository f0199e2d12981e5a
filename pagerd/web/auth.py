"""Who may do what. Each scope has one guard here or beside its routes; a route without a guard cannot be reached.

Secrets are compared by their SHA-256, all of them, in constant time: how long a refusal takes says nothing.
"""

import binascii
import hashlib
import hmac
import socket
import struct
from base64 import b64decode
from collections.abc import Iterable
from datetime import datetime
from enum import Enum

import structlog
from aiohttp import web

from pagerd.core.plan import Plan
from pagerd.core.rights import rights_of
from pagerd.engine import tokens
from pagerd.engine.doors import Connection, StoreUnavailable
from pagerd.web.answers import Failure
from pagerd.web.call import Call, Caller
from pagerd.web.services import LocalUsers, Services, SourceAccess

log = structlog.get_logger()


class Scope(Enum):
    """What a route asks for. READ, ACK and ADMIN are of people who show a token, each within the next.

    SIGN_IN asks for nothing: it is the way in, and its forms must come from here. SESSION is of people on the web. FEED
    is of whoever has the secret address of a calendar, LINK of whoever holds the link of a page, SWAP_LINK of a swap.
    """

    OPEN = "open"
    METRICS = "metrics"
    INGEST = "ingest"
    READ = "read"
    ACK = "ack"
    ADMIN = "admin"
    SIGNATURE = "signature"
    LINK = "link"
    SWAP_LINK = "swap_link"
    FEED = "feed"
    SIGN_IN = "sign_in"
    SESSION = "session"


_HOLDS = {
    "read": frozenset({"read"}),
    "ack": frozenset({"read", "ack"}),
    "admin": frozenset({"read", "ack", "admin"}),
}
EVERYTHING = _HOLDS["admin"]

HIDDEN_UID = 65534
"""What the kernel tells of whoever has no place in our user namespace. An account of this host may have it too; it is
that of nobody in every distribution."""

_REFUSED = "this needs a valid token with the scope of the route"
_HINT = "`pagerd token create` makes one; send it as `Authorization: Bearer pgr_...`"

AS_HEADER = "X-Pagerd-As"


def not_known() -> Failure:
    """Refuse somebody we do not know. The body is that of `not_enough`, sign by sign: it must not tell them apart."""
    return Failure(401, _REFUSED, _HINT, {"WWW-Authenticate": 'Bearer realm="pagerd"'})


def not_enough() -> Failure:
    """Refuse somebody whose token does not hold the scope."""
    return Failure(403, _REFUSED, _HINT)


def scopes_held(named: Iterable[str]) -> frozenset[str]:
    """Return all scopes that these hold."""
    return frozenset().union(*(_HOLDS.get(name, frozenset()) for name in named))


def bearer_of(request: web.BaseRequest) -> str | None:
    """Return the bearer token that was sent, or None."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token else None


async def admit_person(call: Call, scope: Scope) -> None:
    """Let in the holder of a personal token that holds the scope."""
    call.caller = await _caller_by_token(call)
    if scope.value not in call.caller.scopes:
        raise not_enough()


async def _caller_by_token(call: Call) -> Caller:
    plain = bearer_of(call.request)
    if plain is None or not tokens.is_well_formed(plain):
        raise not_known()
    engine = call.services.engine

    async def find(c: Connection) -> tokens.Token | None:
        return await tokens.find(c, plain)

    token = await engine.read(find)
    now = engine.clock.now()
    if token is None or token.person not in engine.plan.people:
        raise not_known()
    if token.expires_at is not None and token.expires_at <= now:
        raise not_known()
    await _note_use(call.services, token, now)
    # A token outlives the line in the files that it was made under; what it holds does not.
    held = scopes_held(token.scopes) & rights_of(engine.plan, token.person, now).scopes
    return Caller(person=token.person, scopes=held, via="api")


async def _note_use(services: Services, token: tokens.Token, now: datetime) -> None:
    if token.last_used_at is not None and now - token.last_used_at < tokens.USED_EVERY:
        return
    try:
        await services.engine.transact(lambda work: tokens.touch(work, token))
    except StoreUnavailable as error:
        # Whoever asks how things stand while the store is in trouble must be answered.
        log.warning("token.use_not_noted", token=token.id, error=str(error))


def local_caller(call: Call, users: LocalUsers) -> Caller:
    """Say who is at the other end of the Unix socket, by the uid that the kernel tells."""
    uid = peer_uid(call.request)
    plan = call.services.engine.plan
    wanted = call.request.headers.get(AS_HEADER)
    login = users.login_of(uid) if uid is not None else None
    person = _person_of(plan, login)
    if uid in users.trusted:
        return _trusted_caller(plan, wanted, person, login)
    if person is None and uid == HIDDEN_UID:
        raise Failure(
            403,
            "the kernel hides from pagerd who you are: its service runs with PrivateUsers=yes",
            "use a personal token (PAGERD_URL, PAGERD_TOKEN_FILE), or root's `--as PERSON`; see docs/operations.md",
        )
    if person is None:
        shown = login or f"uid {uid}"
        raise Failure(
            403,
            f"nobody of the plan has the login {shown!r}",
            f"add `login: {login or '<their account>'}` to a person in rotations/people.yaml, or use a personal token",
        )
    if wanted is not None and wanted != person:
        raise Failure(403, f"you are {person} here and cannot act as {wanted}", "only root and pagerd's own user may")
    rights = rights_of(plan, person, call.services.engine.clock.now())
    return Caller(person=person, scopes=rights.scopes, via="cli")


def _trusted_caller(plan: Plan, wanted: str | None, person: str | None, login: str | None) -> Caller:
    if wanted is not None and wanted not in plan.people:
        raise Failure(404, f"there is no person {wanted!r} in the plan", f"people are {', '.join(sorted(plan.people))}")
    why = (
        f"{login or 'this account'} is nobody of the plan, and an act names a person: say `--as PERSON`,"
        f" or add `login: {login or '...'}` to a person in rotations/people.yaml"
    )
    return Caller(person=wanted or person, scopes=EVERYTHING, via="cli", why_nobody=why)


def _person_of(plan: Plan, login: str | None) -> str | None:
    if login is None:
        return None
    return next((person.id for person in plan.people.values() if person.login == login), None)


def peer_uid(request: web.BaseRequest) -> int | None:
    """Return the uid at the other end of a Unix socket, or None where there is no such end."""
    transport = request.transport
    peer = transport.get_extra_info("socket") if transport is not None else None
    if peer is None or peer.family != socket.AF_UNIX:
        return None
    _pid, uid, _gid = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return int(uid)


_NO_HASH = hashlib.sha256(b"nobody has this").hexdigest()


def may_send(access: SourceAccess | None, authorization: str) -> bool:
    """May this Authorization header send for the source? Takes the same steps for a source that does not exist."""
    kind, _, secret = authorization.partition(" ")
    kind = kind.lower()
    if kind == "basic":
        try:
            offered = b64decode(secret.strip(), validate=True)
        except (binascii.Error, ValueError):
            offered = b""
        basic = access.basic_hash() if access is not None else None
        known: tuple[str, ...] = (basic,) if basic is not None else ()
    else:
        offered = secret.strip().encode(errors="surrogateescape") if kind == "bearer" else b""
        known = tuple(access.token_hashes()) if access is not None else ()
    digest = hashlib.sha256(offered).hexdigest()
    fits = False
    for one in known or (_NO_HASH,):
        fits |= hmac.compare_digest(one, digest)
    return fits and bool(known) and bool(offered)
