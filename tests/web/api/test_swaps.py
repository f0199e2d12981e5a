"""Swaps over the API: previewed, asked for, answered by the one who was asked, and never by a token."""

import os
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from pagerd.core.oncall.swap import Piece
from pagerd.engine import swaps
from pagerd.web.auth import AS_HEADER
from pagerd.web.services import LocalUsers
from tests.stories.plans import PLANS
from tests.web.api.test_documented import differences
from tests.web.front import a_front

MINE, THEIRS = "2026-01-07T12:00:00+00:00", "2026-01-20T12:00:00+00:00"
ASKED = {
    "schedule": "payments-primary",
    "mine": {"from": MINE},
    "theirs": {"from": THEIRS},
    "why": "a wedding",
}


@asynccontextmanager
async def a_host(directory):
    """A front that is asked over the Unix socket, as people are on its host; the secondary copies the primary."""
    users = LocalUsers(trusted=frozenset({os.getuid()}), login_of=lambda _uid: None)
    async with a_front(directory, plan=PLANS["copied secondary"](), users=users) as front:
        yield front


async def ask(front, who, method, path, body=None, **headers):
    """Ask as somebody on the host."""
    sent = {} if method == "GET" else {"json": body or {}}
    return await front.ask(method, f"/api/v1/{path}", headers={AS_HEADER: who, **headers}, **sent)


async def on_call(front, at):
    """Return who is on call in both schedules at an instant."""
    return [
        (await ask(front, "ana", "GET", f"oncall/payments-{level}?at={at}")).json["on_call"]
        for level in ("primary", "secondary")
    ]


async def test_a_swap_is_previewed_asked_for_and_accepted(tmp_path):
    """Nothing changes before the other one has said yes; then both overrides are there, or none."""
    async with a_host(tmp_path) as front:
        seen = await ask(front, "ana", "POST", "swaps/preview", ASKED)
        made = await ask(front, "ana", "POST", "swaps", ASKED)
        name = made.json["swap"]["id"]
        before = await on_call(front, "2026-01-08T00:00:00Z")
        waiting = await ask(front, "ben", "GET", "swaps")
        done = await ask(front, "cho", "POST", f"swaps/{name}/accept")
        overrides = (await ask(front, "ana", "GET", "overrides")).json["overrides"]

        assert seen.json["changes"][0] == {
            "schedule": "payments-primary",
            "from": "2026-01-06T11:00:00+00:00",
            "to": "2026-01-12T08:00:00+00:00",
            "before": ["ana"],
            "after": ["cho"],
        }
        assert made.status == 201
        assert (
            made.json["sentence"]
            == f"{name}: cho is asked, and has until Mon 2026-01-12 09:00 (Europe/Berlin) to answer."
        )
        assert before == [["ana"], ["ben"]]
        assert [one["status"] for one in waiting.json["swaps"]] == ["requested"]
        assert (done.json["swap"]["status"], done.json["swap"]["decided_at"]) == (
            "accepted",
            "2026-01-06T11:00:00+00:00",
        )
        assert done.json["swap"]["overrides"] == [one["id"] for one in overrides]
        assert [(one["people"], one["instead_of"], one["by"]) for one in overrides] == [
            (["cho"], "ana", "ana"),
            (["ana"], "cho", "ana"),
        ]
        assert await on_call(front, "2026-01-08T00:00:00Z") == [["cho"], ["ben"]]
        assert await on_call(front, "2026-01-20T00:00:00Z") == [["ana"], ["ben"]]
        for command, answer in (
            ("swap request", made.json),
            ("swap accept", done.json),
            ("swap list", waiting.json),
        ):
            assert differences(command, answer) == []


async def test_only_who_was_asked_answers_and_only_once(tmp_path):
    """Whoever asked withdraws; what is over is said."""
    async with a_host(tmp_path) as front:
        name = (await ask(front, "ana", "POST", "swaps", ASKED)).json["swap"]["id"]
        by_others = [await ask(front, who, "POST", f"swaps/{name}/accept") for who in ("ana", "ben", "dora")]
        not_theirs = await ask(front, "cho", "POST", f"swaps/{name}/withdraw")
        refused = await ask(front, "cho", "POST", f"swaps/{name}/refuse", {"why": "at the  airport"})
        late = await ask(front, "cho", "POST", f"swaps/{name}/accept")
        unknown = await ask(front, "cho", "POST", "swaps/x-none/accept")

        assert [one.status for one in by_others] == [403, 403, 403]
        assert (not_theirs.status, refused.status, late.status, unknown.status) == (403, 200, 409, 404)
        assert refused.json["swap"]["reason"] == "at the airport"
        assert "refused already" in late.json["error"]
        assert (await ask(front, "ana", "GET", "overrides")).json["overrides"] == []


async def test_a_token_gives_no_shift_away_and_takes_none(front):
    """It may be a script's: also one of the very person."""
    body = {"schedule": "payments-primary", "mine": {"from": MINE}, "of": "dora"}

    async def asks(work):
        piece = Piece(datetime.fromisoformat(MINE))
        return await swaps.request(
            work, by="ana", via="web", schedule="payments-primary", mine=piece, theirs=None, of="dora", why=""
        )

    one = await front.engine.transact(asks)
    tokens = {who: await front.token(who, "ack") for who in ("ana", "dora")}
    for who, path in (
        ("ana", "swaps"),
        ("dora", f"swaps/{one.id}/accept"),
        ("dora", f"swaps/{one.id}/refuse"),
        ("ana", f"swaps/{one.id}/withdraw"),
    ):
        sent = body if path == "swaps" else {}
        answer = await front.ask("POST", f"/api/v1/{path}", token=tokens[who], json=sent)
        assert (answer.status, "a swap is between two people" in answer.json["error"]) == (403, True)

    listed = (await front.ask("GET", "/api/v1/swaps", token=tokens["dora"])).json["swaps"]
    assert [(each["id"], each["status"]) for each in listed] == [(one.id, "requested")]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"schedule": "nothing"}, 404),
        ({"of": "nobody"}, 404),
        ({"of": "ana"}, 409),
        ({"theirs": None}, 409),
        ({"mine": {"from": THEIRS}}, 409),
        ({"mine": {"from": "2026-01-07"}}, 400),
        ({"mine": {"from": MINE, "to": "2026-01-06T00:00:00Z"}}, 409),
        ({"mine": {"from": "9999-12-31T00:00:00Z"}}, 409),
        ({"theirs": {"from": "0001-01-01T00:00:00Z"}}, 409),
        ({"mine": {"at": MINE}}, 400),
        ({"who": "cho"}, 400),
    ],
)
async def test_what_cannot_be_swapped_is_refused_before_anybody_is_asked(tmp_path, change, status):
    """By the preview as by the request, and nothing is written."""
    async with a_host(tmp_path) as front:
        for path in ("swaps/preview", "swaps"):
            assert (await ask(front, "ana", "POST", path, ASKED | change)).status == status
        assert (await ask(front, "ana", "GET", "swaps?ended=true")).json["swaps"] == []


async def test_an_act_that_is_sent_again_acts_once(tmp_path):
    """As every act, by its key."""
    async with a_host(tmp_path) as front:
        twice = [await ask(front, "ana", "POST", "swaps", ASKED, **{"Idempotency-Key": "one"}) for _ in range(2)]

        assert [one.status for one in twice] == [201, 201]
        assert len({one.json["swap"]["id"] for one in twice}) == 1
