"""Who is signed in: the cookie, the session behind it, and the form token that shows that a form is theirs.

A session opens the pages for people and nothing else: the API takes bearer tokens alone, so that no site can make a
browser use it. Looking never acts; an act is a POST with the form's token, which hangs on the session, and the browser
must say besides that a page of ours sent it.
"""

import hashlib
import hmac
import re

import structlog
from aiohttp import web

from pagerd.core.rights import rights_of
from pagerd.core.signin import CODE_LASTS, SESSION_LASTS, Session, why_ended
from pagerd.engine import sessions
from pagerd.engine.doors import Connection, StoreUnavailable
from pagerd.engine.tokens import USED_EVERY
from pagerd.web.answers import Failure
from pagerd.web.call import Call, Caller, SignedIn
from pagerd.web.guard import Connection as Wire
from pagerd.web.origin import must_show_it_comes_from_here

log = structlog.get_logger()

VIA = "web"

SESSION, ASKED = "pagerd", "pagerd-sign-in"
"""The cookies: of a session, and of a browser that waits for a code."""

TOKEN_MAX = 200

FIELD = "form"
"""The field of each form that holds its token."""

PLACE = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*", re.ASCII)
"""Where a person may be sent after signing in: a path of ours without dots, colons or a leading slash."""

FORM_BYTES_MAX = 40 * 1024
"""Three texts of 1,000 signs, as an update has: a form writes a sign outside of the BMP with twelve."""

LOADED_BY_ITSELF = "again"
"""The query with which a page loads itself anew. It opens nothing, and keeps no session: nobody sat there."""

NO_REFERRER_BUT_US = {"Referrer-Policy": "same-origin"}
"""Nothing is secret in the addresses of these pages, and so browsers name their Origin when they send a form."""


def is_encrypted(call: Call) -> bool:
    """Do browsers reach us by https?"""
    return (call.services.public_url or "").startswith("https://")


def why_nobody_can(call: Call) -> str:
    """Say why nobody can sign in at all; nothing where they can."""
    if call.services.engine.observing:
        return "This pagerd only observes: it sends nothing, so no code either."
    if not is_encrypted(call) and peer_of(call):
        return "Without an https address (public_url) people can sign in from the host itself alone."
    return ""


def peer_of(call: Call) -> str:
    """Return the address that asks; empty for loopback, where a proxy may speak for everybody."""
    protocol = call.request.protocol
    return protocol.peer if isinstance(protocol, Wire) else ""


def cookie_of(call: Call, name: str) -> str | None:
    """Return what the browser holds under a name of ours."""
    value = call.request.cookies.get(_full(call, name))
    return value if value and len(value) <= TOKEN_MAX else None


def give(call: Call, response: web.Response, name: str, value: str) -> None:
    """Let the browser hold something.

    Of a session it is Lax: whoever follows a link from a mail or a chat is signed in there, and a GET never acts. What
    waits for a code is used by our own form alone, and so it is Strict.
    """
    lasts = SESSION_LASTS if name == SESSION else CODE_LASTS
    response.set_cookie(
        _full(call, name),
        value,
        path="/",
        secure=is_encrypted(call),
        httponly=True,
        samesite="Lax" if name == SESSION else "Strict",
        max_age=int(lasts.total_seconds()),
    )


def take_back(call: Call, response: web.Response, name: str) -> None:
    """Let the browser forget it."""
    response.del_cookie(_full(call, name), path="/", secure=is_encrypted(call), httponly=True)


def _full(call: Call, name: str) -> str:
    # The prefix makes browsers refuse it from a neighbour's host and over plain http.
    return f"__Host-{name}" if is_encrypted(call) else name


def form_token(token: str) -> str:
    """Return what each form of a session holds. Nobody can compute it who cannot read the cookie."""
    return hmac.new(token.encode(), b"pagerd form", hashlib.sha256).hexdigest()


def to_root(call: Call) -> str:
    """Return the way from this page to the root, as a relative one: pagerd may stand behind a path of a proxy."""
    return "../" * (call.request.rel_url.raw_path.count("/") - 1)


async def admit(call: Call) -> None:
    """Let in whoever is signed in; everybody else is sent to where they can. A form must be theirs besides."""
    call.signed_in = await known(call)
    if call.signed_in is None:
        raise Failure(303, "sign in first", headers={"Location": _to_sign_in(call)})
    rights = call.signed_in.rights
    call.caller = Caller(person=rights.person, scopes=rights.scopes, via=VIA)
    if call.request.method == "POST":
        must_show_it_comes_from_here(call)
        await call.read_form(FORM_BYTES_MAX)
        if any("\0" in value for _, value in call.fields):
            raise Failure(400, "The form holds a NUL, which no text here can.")
        offered = dict(call.fields).get(FIELD, "")
        if not hmac.compare_digest(form_token(call.signed_in.token).encode(), offered.encode(errors="replace")):
            raise Failure(403, "This form is of another session: go back, load the page again, and do it there.")


async def known(call: Call) -> SignedIn | None:
    """Return who the browser is signed in as. A session that is over is ended on the spot."""
    token = cookie_of(call, SESSION)
    if token is None:
        return None
    engine = call.services.engine
    held = token

    async def find(c: Connection) -> Session | None:
        return await sessions.find(c, held)

    session = await engine.read(find)
    if session is None:
        return None
    now = engine.clock.now()
    why = why_ended(session, engine.plan, now)
    try:
        if why:
            await engine.transact(lambda work: sessions.end_by_token(work, held, why=why))
        elif now - session.seen_at >= USED_EVERY and call.request.rel_url.query_string != LOADED_BY_ITSELF:
            await engine.transact(lambda work: sessions.touch(work, session))
    except StoreUnavailable as error:
        # While the store takes no writes, whoever is signed in can still look; whose session is over cannot.
        log.warning("session.use_not_noted", session=session.id, error=str(error))
    return None if why else SignedIn(session=session, token=token, rights=rights_of(engine.plan, session.person, now))


def _to_sign_in(call: Call) -> str:
    place = call.request.rel_url.raw_path.lstrip("/")
    wanted = f"?to={place}" if call.request.method != "POST" and PLACE.fullmatch(place) else ""
    return f"{to_root(call)}sign-in{wanted}"
