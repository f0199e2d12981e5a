"""Every route of the table with everything that somebody could show: each opens what it is for, and nothing else."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.engine import tokens
from pagerd.web.auth import Scope
from pagerd.web.services import ReloadResult
from tests.figures import note
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
    "a token with read": {Scope.READ},
    "a token with ack": {Scope.READ, Scope.ACK},
    "a token with admin": {Scope.READ, Scope.ACK, Scope.ADMIN},
    "a token with admin of a former operator": {Scope.READ, Scope.ACK},
    "a token with admin in another case": set(),
    "an expired token": set(),
    "a revoked token": set(),
    "a token of somebody who left": set(),
}
"""What each admits to, beside what is open to anybody. A link and a signature are in the request itself."""

OPEN = {Scope.OPEN, Scope.METRICS}


async def credentials(front):
    """Return the Authorization header for each of them."""
    await front.page()
    link = front.link()
    shown = {
        "nonsense": "Bearer nonsense",
        "an empty token": "Bearer ",
        "a source's token": f"Bearer {SOURCE_TOKEN}",
        "another source's token": "Bearer other-token",
        "a source's token as a password": f"Basic {b64encode(f'prod:{SOURCE_TOKEN}'.encode()).decode()}",
        "the provider's token": f"Bearer {TWILIO_TOKEN}",
        "the token of a link": f"Bearer {link}",
    }
    for scope in ("read", "ack", "admin"):
        shown[f"a token with {scope}"] = f"Bearer {await front.token('dora', scope)}"
    shown["a token with admin in another case"] = shown["a token with admin"].swapcase().replace("bEARER", "Bearer")
    shown["an expired token"] = f"Bearer {await front.token('dora', 'admin', lasts=timedelta(seconds=1))}"
    front.clock.move_to(front.clock.now() + timedelta(seconds=2))
    revoked, plain = await front.engine.transact(
        lambda work: tokens.create(work, "dora", "test", ("admin",), None, by="dora")
    )
    await front.engine.transact(lambda work: tokens.revoke(work, revoked.id, by="ana"))
    shown["a revoked token"] = f"Bearer {plain}"
    shown["a token of somebody who left"] = f"Bearer {await front.token('ben')}"
    plan = front.engine.plan
    front.engine.plan = replace(plan, operators=("cho", "dora"))
    shown["a token with admin of a former operator"] = f"Bearer {await front.token('cho', 'admin')}"
    front.engine.plan = replace(plan, people={name: one for name, one in plan.people.items() if name != "ben"})
    return shown


def concrete(path):
    """Name the source that there is, and something in every other place."""
    return re.sub(r"\{\w+\}", "x1", path.replace("{source}", "prod"))


@pytest.mark.timeout(120)
async def test_every_route_with_every_credential(front):
    """Whoever is not meant is refused, with no word about whether there is what was asked for."""
    shown = await credentials(front)
    wrong = []
    for name, admits in ADMITS.items():
        headers = {"Authorization": shown[name]} if name in shown else {}
        for route in ROUTES:
            front.reloads.append(ReloadResult(ok=True, revision="test-2"))
            answer = await front.ask(
                route.method, concrete(route.path), headers=headers, data=b"{}" if route.method == "POST" else None
            )
            is_refused = answer.status in (401, 403) or (route.scope is Scope.LINK and answer.status == 404)
            if is_refused == (route.scope in admits | OPEN):
                wrong.append(f"{route.method} {route.path} with {name}: {answer.status}")
            if is_refused and route.scope in {Scope.READ, Scope.ACK, Scope.ADMIN}:
                assert b"x1" not in answer.body

    shown_to = len(ADMITS) * len(ROUTES)
    note("routes x credentials: let in though not meant, or kept out though meant", len(wrong), n=shown_to, at_most=0)
    assert wrong == []
    assert shown.keys() | {"nothing"} == ADMITS.keys()


def test_every_scope_is_in_the_matrix():
    """A scope that is new stands here, or nobody has looked at who gets in."""
    assert set().union(*ADMITS.values()) | OPEN | {Scope.SIGNATURE, Scope.LINK} == set(Scope)
