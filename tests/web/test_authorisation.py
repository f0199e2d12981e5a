"""Every route of the table with everything that somebody could show: each opens what it is for, and nothing else."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from pagerd.core.signin import SESSION_IDLE
from pagerd.engine import feeds, tokens
from pagerd.web.auth import Scope
from pagerd.web.services import ReloadResult
from pagerd.web.signed_in import form_token
from tests.figures import note
from tests.web.browsing import Browser, form_of
from tests.web.front import SOURCE_TOKEN, TWILIO_TOKEN
from tests.web.test_routes import ROUTES

ADMITS = {
    "nothing": set(),
    "nonsense": set(),
    "an empty token": set(),
    "a source's token": {Scope.INGEST},
    "another source's token": set(),
    "a source's token as a password": set(),
    "the provider's token": set(),
    "the token of a link": set(),
    "the token of a feed": set(),
    "a token with read": {Scope.READ},
    "a token with ack": {Scope.READ, Scope.ACK},
    "a token with admin": {Scope.READ, Scope.ACK, Scope.ADMIN},
    "a token with admin of a former operator": {Scope.READ, Scope.ACK},
    "a token with admin in another case": set(),
    "an expired token": set(),
    "a revoked token": set(),
    "a token of somebody who left": set(),
    "a session": {Scope.SESSION},
    "a session of a lead who is an operator": {Scope.SESSION},
    "a session, and a form without its token": {Scope.SESSION},
    "a session, and the form of somebody else's": {Scope.SESSION},
    "a session, and its form from another site": {Scope.SESSION},
    "an expired session": set(),
    "a session that was signed out": set(),
    "a session of somebody who left": set(),
    "a session of a former operator": set(),
    "the cookie of a browser that waits for a code": set(),
    "a session as a bearer token": set(),
    "a token as a session": set(),
}
"""What each admits to, beside what is open to anybody. A link, a feed and a signature are in the request itself."""

LOOK_ONLY = {name for name in ADMITS if ", and " in name}
"""Those whose forms do nothing."""

OPEN = {Scope.OPEN, Scope.METRICS}

HIDDEN = {Scope.LINK, Scope.SWAP_LINK, Scope.FEED}
"""Where whoever shows nothing learns nothing, not even that there is something."""


@dataclass(frozen=True)
class Shown:
    """What somebody shows: headers, and a form where they send one."""

    headers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None

    @property
    def comes_from_here(self):
        """Does their browser say that a page of ours sent the form?"""
        return self.headers.get("Sec-Fetch-Site") == "same-origin"


def bearer(token):
    """Show a token."""
    return Shown({"Authorization": f"Bearer {token}"})


def in_browser(front, cookies, form="", site="same-origin"):
    """Show cookies, and perhaps the token of a form, from a page of ours or another one."""
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    origin = front.base if site == "same-origin" else "https://evil.example"
    return Shown({"Cookie": said, "Sec-Fetch-Site": site, "Origin": origin}, {"form": form, "action": "nothing"})


async def credentials(front):
    """Return what is shown for each of them."""
    plan = front.engine.plan
    expired = await Browser(front).signs_in("ana")
    expired_form = form_token(expired.cookies["__Host-pagerd"])
    front.clock.move_to(front.clock.now() + SESSION_IDLE)
    await front.page()
    link = front.link()
    _, feed = await front.engine.transact(lambda work: feeds.add(work, None, by="ana"))
    shown = {
        "nothing": Shown(),
        "nonsense": bearer("nonsense"),
        "an empty token": bearer(""),
        "a source's token": bearer(SOURCE_TOKEN),
        "another source's token": bearer("other-token"),
        "a source's token as a password": Shown(
            {"Authorization": f"Basic {b64encode(f'prod:{SOURCE_TOKEN}'.encode()).decode()}"}
        ),
        "the provider's token": bearer(TWILIO_TOKEN),
        "the token of a link": bearer(link),
        "the token of a feed": bearer(feed),
    }
    tokens_of_dora = {scope: await front.token("dora", scope) for scope in ("read", "ack", "admin")}
    shown |= {f"a token with {scope}": bearer(token) for scope, token in tokens_of_dora.items()}
    shown["a token with admin in another case"] = bearer(tokens_of_dora["admin"].swapcase())
    shown["an expired token"] = bearer(await front.token("dora", "admin", lasts=timedelta(seconds=1)))
    front.clock.move_to(front.clock.now() + timedelta(seconds=2))
    revoked, plain = await front.engine.transact(
        lambda work: tokens.create(work, "dora", "test", ("admin",), None, by="dora")
    )
    await front.engine.transact(lambda work: tokens.revoke(work, revoked.id, by="dora"))
    shown["a revoked token"] = bearer(plain)
    shown["a token of somebody who left"] = bearer(await front.token("ben"))
    front.engine.plan = replace(plan, operators=("cho", "dora"))
    shown["a token with admin of a former operator"] = bearer(await front.token("cho", "admin"))
    shown |= await sessions_shown(front, expired.cookies, expired_form)
    shown["a token as a session"] = in_browser(
        front, {"__Host-pagerd": tokens_of_dora["admin"]}, form_token(tokens_of_dora["admin"])
    )
    front.engine.plan = replace(plan, people={name: one for name, one in plan.people.items() if name != "ben"})
    return shown


async def sessions_shown(front, expired, expired_form):
    """Return what is shown by browsers; ben leaves and cho is no operator any more when this is used."""
    ana, ben, cho, dora, out = [await Browser(front).signs_in(who) for who in ("ana", "ben", "cho", "dora", "ana")]
    held = {one: dict(one.cookies) for one in (ana, ben, cho, dora, out)}
    forms = {one: form_of(await one.get("/me")) for one in held}
    await out.act("/me/sessions", action="out")
    waiting = Browser(front)
    await waiting.asks("eva")
    return {
        "a session": in_browser(front, held[ana], forms[ana]),
        "a session of a lead who is an operator": in_browser(front, held[dora], forms[dora]),
        "a session, and a form without its token": in_browser(front, held[ana]),
        "a session, and the form of somebody else's": in_browser(front, held[ana], forms[dora]),
        "a session, and its form from another site": in_browser(front, held[ana], forms[ana], "cross-site"),
        "an expired session": in_browser(front, expired, expired_form),
        "a session that was signed out": in_browser(front, held[out], forms[out]),
        "a session of somebody who left": in_browser(front, held[ben], forms[ben]),
        "a session of a former operator": in_browser(front, held[cho], forms[cho]),
        "the cookie of a browser that waits for a code": in_browser(front, waiting.cookies),
        "a session as a bearer token": bearer(held[dora]["__Host-pagerd"]),
    }


def concrete(path):
    """Name the source that there is, and something in every other place."""
    return re.sub(r"\{\w+\}", "x1", path.replace("{source}", "prod"))


def is_admitted(route, name, shown):
    """Say whether this must be let in there."""
    if route.scope is Scope.SIGN_IN:
        return route.method == "GET" or shown.comes_from_here
    if route.method == "POST" and route.scope is Scope.SESSION and name in LOOK_ONLY:
        return False
    return route.scope in ADMITS[name] | OPEN


def is_refused(route, answer):
    """Say whether it was turned away, or sent to where people sign in."""
    if route.scope is Scope.SESSION and answer.status == 303:
        return "sign-in" in answer.headers["Location"]
    return answer.status in (401, 403) or (route.scope in HIDDEN and answer.status == 404)


@pytest.mark.timeout(240)
async def test_every_route_with_every_credential(front):
    """Whoever is not meant is refused, with no word about whether there is what was asked for."""
    shown = await credentials(front)
    wrong = []
    for name in ADMITS:
        one = shown[name]
        for route in ROUTES:
            front.reloads.append(ReloadResult(ok=True, revision="test-2"))
            body = (one.form or b"{}") if route.method == "POST" else None
            answer = await front.ask(route.method, concrete(route.path), headers=one.headers, data=body)
            refused = is_refused(route, answer)
            if refused == is_admitted(route, name, one):
                wrong.append(f"{route.method} {route.path} with {name}: {answer.status}")
            if refused and route.scope in {Scope.READ, Scope.ACK, Scope.ADMIN, Scope.SESSION}:
                assert b"x1" not in answer.body

    shown_to = len(ADMITS) * len(ROUTES)
    note("routes x credentials: let in though not meant, or kept out though meant", len(wrong), n=shown_to, at_most=0)
    assert wrong == []
    assert shown.keys() == ADMITS.keys()


def test_every_scope_is_in_the_matrix():
    """A scope that is new stands here, or nobody has looked at who gets in."""
    looked_at = set().union(*ADMITS.values()) | OPEN
    assert looked_at | {Scope.SIGNATURE, Scope.LINK, Scope.SWAP_LINK, Scope.FEED, Scope.SIGN_IN} == set(Scope)
