"""What customers are told, over the API: who may approve, what is refused by which code, and what anybody reads."""

import os
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pagerd.core.incidents.public import Component, PublicRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.web.auth import AS_HEADER
from pagerd.web.services import LocalUsers
from tests.builders import a_plan
from tests.web.front import a_front

RULES = PublicRules(
    title="Example status",
    url="https://status.example.org",
    components=(
        Component(id="checkout", name="Checkout", services=("payments-api",), description="Paying by card"),
        Component(id="reports", name="Reports"),
    ),
    mail=("news@lists.example.org",),
)


def a_public_plan(**fields):
    """Return a plan under which customers are told, and dora and eva may approve it."""
    plan = replace(a_plan(), approvers=("dora", "eva"))
    return replace(plan, incidents=IncidentRules(public=replace(RULES, **fields)))


@asynccontextmanager
async def a_public_front(directory: Path, **fields):
    """Start a front that is asked over the Unix socket, as a person is on the host."""
    users = LocalUsers(trusted=frozenset({os.getuid()}), login_of=lambda _uid: None)
    place = directory / "public"
    place.mkdir()
    async with a_front(place, plan=a_public_plan(**fields), users=users) as front:
        yield front


async def ask(front, who, method, path, **body):
    """Ask as somebody who is on the host."""
    sent = {"json": body} if method == "POST" else {}
    return await front.ask(method, f"/api/v1/{path}", headers={AS_HEADER: who}, **sent)


async def declared(front):
    """Declare an incident whose every internal word is told from those of customers."""
    body = {"title": "canary-title", "team": "payments", "severity": "sev1", "service": "payments-api"}
    answer = await ask(front, "ana", "POST", "incidents", **body)
    assert answer.status == 201, answer.text


async def test_pagerd_proposes_a_text_and_only_an_approver_publishes_it(tmp_path):
    """The proposal speaks of the component behind the service, and not of the incident's own title."""
    async with a_public_front(tmp_path) as front:
        await declared(front)
        seen = (await ask(front, "ana", "GET", "incidents/1/public")).json
        early = await ask(front, "ana", "POST", "incidents/1/public/1/approve")
        done = await ask(front, "dora", "POST", "incidents/1/public/1/approve")
        after = (await ask(front, "ana", "GET", "incidents/1/public")).json

    [draft] = seen["drafts"]
    assert (draft["by"], draft["kind"], draft["title"]) == (None, "investigating", "Problems with Checkout")
    assert "canary" not in draft["text"] + draft["mail"] + draft["subject"]
    assert (early.status, done.status) == (403, 200)
    assert "approvers" in early.json["error"]
    [draft] = after["drafts"]
    assert (draft["status"], draft["ended_by"], draft["met"]) == ("published", "dora", True)
    assert [(one["to"], one["status"]) for one in after["mails"]] == [("news@lists.example.org", "claimed")]
    assert after["address"].startswith("https://status.example.org/")


async def test_a_token_approves_nothing_whoever_holds_it(front):
    """It may be a script's: whoever approves is known to the host, or signs in."""
    front.engine.plan = a_public_plan()
    token = await front.token("dora", "admin")
    body = {"title": "x", "team": "payments", "severity": "sev1"}
    await front.ask("POST", "/api/v1/incidents", token=token, json=body)
    approved = await front.ask("POST", "/api/v1/incidents/1/public/1/approve", token=token, json={})
    component = await front.ask(
        "POST", "/api/v1/public/components/checkout", token=token, json={"state": "maintenance"}
    )
    shown = (await front.ask("GET", "/api/v1/incidents/1/public", token=token)).json

    assert (approved.status, component.status) == (403, 403)
    assert "not by a token" in approved.json["error"]
    assert [one["status"] for one in shown["drafts"]] == ["pending"]


async def test_what_is_refused_says_so_by_code(tmp_path):
    """A program need not read sentences."""
    async with a_public_front(tmp_path, two_people=True) as front:
        await declared(front)
        path = "incidents/1/public"
        refused = [
            await ask(front, "eva", "POST", path, components={"shop": "degraded"}),
            await ask(front, "eva", "POST", path, next_in="1m"),
            await ask(front, "eva", "POST", f"{path}/9/approve"),
            await ask(front, "eva", "POST", f"{path}/9/reject"),
        ]
        await ask(front, "eva", "POST", path, text="It will be fixed by noon.")
        refused.append(await ask(front, "eva", "POST", f"{path}/2/approve"))
        refused.append(await ask(front, "dora", "POST", f"{path}/2/approve"))
        await ask(front, "eva", "POST", path, kind="resolved", text="It is over.")
        refused.append(await ask(front, "dora", "POST", f"{path}/3/approve"))
        long = await ask(front, "eva", "POST", path, text="x" * 2001)

    codes = [one.json["unmet"][0]["code"] for one in refused]
    assert {one.status for one in (*refused, long)} == {409}
    assert codes == [
        *("no_such_component", "promise_out_of_bounds", "no_such_draft", "no_such_draft"),
        *("second_person", "promise_words", "not_resolved"),
    ]


async def test_the_same_key_publishes_once(tmp_path):
    """Whoever sends it again gets the answer of the first time, and customers get one mail."""
    async with a_public_front(tmp_path) as front:
        await declared(front)
        sent = {"headers": {AS_HEADER: "dora", "Idempotency-Key": "k1"}, "json": {}}
        first = await front.ask("POST", "/api/v1/incidents/1/public/1/approve", **sent)
        again = await front.ask("POST", "/api/v1/incidents/1/public/1/approve", **sent)

    assert (first.status, again.json) == (200, first.json)
    assert [one.notification.address for one in front.sent if one.public is not None] == ["news@lists.example.org"]


async def test_components_are_listed_and_set(tmp_path):
    """By an approver, apart from any incident; saying it twice changes nothing."""
    async with a_public_front(tmp_path) as front:
        set_ = await ask(front, "eva", "POST", "public/components/checkout", state="maintenance")
        again = await ask(front, "eva", "POST", "public/components/checkout", state="maintenance")
        none = await ask(front, "eva", "POST", "public/components/shop", state="maintenance")
        listed = (await ask(front, "ana", "GET", "public")).json

    assert (set_.status, again.status, none.status) == (200, 409, 404)
    assert listed["headline"] == "Under maintenance: Checkout"
    assert [(one["component"], one["state"]) for one in listed["components"]] == [
        ("checkout", "maintenance"),
        ("reports", "operational"),
    ]
