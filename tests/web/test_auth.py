import os
from datetime import timedelta

import pytest

from pagerd.engine import tokens
from pagerd.web import auth
from pagerd.web.auth import may_send, scopes_held
from pagerd.web.services import LocalUsers, ReloadResult
from tests.builders import a_person, a_plan
from tests.web.front import a_front, a_source

ME = os.getuid()
OTHER = LocalUsers(trusted=frozenset({ME + 1}), login_of={ME: "ana"}.get)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x",
        "pgr_",
        "pgr_x_y",
        "pgr_" + "A" * 30 + "_AAAAAA",
        "pgr_" + "A" * 5000 + "_AAAAAA",
        "pgr_\u00fc_AAAAAA",
    ],
)
async def test_what_is_no_token_is_401(front, sent):
    """A string that only looks like a token opens nothing."""
    answer = await front.ask("GET", "/api/v1/pages", headers={"Authorization": f"Bearer {sent}"})

    assert answer.status == 401


async def test_a_changed_sign_is_401(front):
    """Every sign of a token counts."""
    token = await front.token("ana", "read")
    for at in range(len(token)):
        other = token[:at] + ("x" if token[at] != "x" else "y") + token[at + 1 :]
        assert (await front.ask("GET", "/api/v1/pages", token=other)).status == 401


async def test_a_token_ends(front):
    """After its end it is as good as none."""
    token = await front.token("ana", "read", lasts=timedelta(hours=1))
    assert (await front.ask("GET", "/api/v1/pages", token=token)).status == 200
    front.clock.move_to(front.clock.now() + timedelta(hours=1))

    assert (await front.ask("GET", "/api/v1/pages", token=token)).status == 401


async def test_a_token_of_somebody_who_left_is_401(front):
    """Who is no longer in the plan has no token."""
    token = await front.token("cho", "read")
    front.engine.plan = a_plan(people={"ana": a_person("ana")})

    assert (await front.ask("GET", "/api/v1/pages", token=token)).status == 401


async def test_the_last_use_is_noted_once_a_minute(front):
    """A script that asks every second writes one row a minute."""
    token = await front.token("ana", "read")
    writes = front.store.writes
    for _ in range(5):
        await front.ask("GET", "/api/v1/pages", token=token)
    assert front.store.writes == writes + 1
    front.clock.move_to(front.clock.now() + timedelta(seconds=61))
    await front.ask("GET", "/api/v1/pages", token=token)

    assert front.store.writes == writes + 2
    [row] = await front.engine.read(tokens.listed)
    assert row.last_used_at == front.clock.now()


def test_scopes_hold_those_below_them():
    """Admin holds ack, ack holds read; an unknown word holds nothing."""
    assert scopes_held(["read"]) == {"read"}
    assert scopes_held(["ack"]) == {"read", "ack"}
    assert scopes_held(["admin"]) == {"read", "ack", "admin"}
    assert scopes_held(["root", ""]) == set()


def test_the_first_source_that_has_no_hash_is_not_open_to_the_empty_token():
    """Nothing configured and nothing offered do not fit each other."""
    for access in (None, a_source(token_hashes=list), a_source(token_hashes=lambda: [""])):
        for header in ("", "Bearer", "Bearer ", "Basic ", "Basic Og=="):
            assert not may_send(access, header)


async def test_the_socket_knows_who_asks(tmp_path):
    """The kernel says the uid, the plan whose login that is: every act bears their name."""
    async with a_front(tmp_path, users=OTHER) as front:
        answer = await front.ask("POST", "/api/v1/pages", json={"team": "payments", "text": "a customer calls"})

        assert answer.status == 201
        assert answer.json["page"]["raised_by"] == "ana"
        assert (await front.ask("POST", "/-/reload", json={})).status == 403


async def test_operators_may_reload_over_the_socket(tmp_path):
    """Whoever the plan names as operator holds `admin` on this host."""
    users = LocalUsers(trusted=frozenset(), login_of=lambda _uid: "dora")
    async with a_front(tmp_path, users=users) as front:
        front.reloads.append(ReloadResult(ok=True, revision="test-2"))
        assert (await front.ask("POST", "/-/reload", json={})).status == 200


async def test_a_uid_of_nobody_is_told_what_to_put_into_the_files(tmp_path):
    """An account that the plan does not know may not even read."""
    users = LocalUsers(trusted=frozenset(), login_of=lambda _uid: "mallory")
    async with a_front(tmp_path, users=users) as front:
        answer = await front.ask("GET", "/api/v1/pages")

        assert answer.status == 403
        assert "login: mallory" in answer.json["hint"]


async def test_who_cannot_be_seen_is_told_why(tmp_path, monkeypatch):
    """In a user namespace of its own pagerd sees other accounts as nobody: no login in the files would help."""
    monkeypatch.setattr(auth, "peer_uid", lambda _request: auth.HIDDEN_UID)
    users = LocalUsers(trusted=frozenset({0}), login_of=lambda _uid: "nobody")
    async with a_front(tmp_path, users=users) as front:
        answer = await front.ask("GET", "/api/v1/pages")

        assert answer.status == 403
        assert "PrivateUsers=yes" in answer.json["error"]
        assert "PAGERD_TOKEN_FILE" in answer.json["hint"]


async def test_nobody_else_acts_for_another(tmp_path):
    """`--as` is for root and pagerd's own user."""
    async with a_front(tmp_path, users=OTHER) as front:
        body = {"team": "payments", "text": "x"}
        answer = await front.ask("POST", "/api/v1/pages", json=body, headers={"X-Pagerd-As": "ben"})

        assert answer.status == 403
        assert (await front.ask("POST", "/api/v1/pages", json=body, headers={"X-Pagerd-As": "ana"})).status == 201


async def test_the_daemons_own_user_acts_only_as_a_named_person(tmp_path):
    """It may read and reload as it is; an act needs `--as`, and a person of the plan."""
    users = LocalUsers(trusted=frozenset({ME}), login_of=lambda _uid: "pagerd")
    async with a_front(tmp_path, users=users) as front:
        body = {"team": "payments", "text": "x"}
        assert (await front.ask("GET", "/api/v1/pages")).status == 200
        refused = await front.ask("POST", "/api/v1/pages", json=body)
        assert refused.status == 403
        assert "--as PERSON" in refused.json["error"]
        done = await front.ask("POST", "/api/v1/pages", json=body, headers={"X-Pagerd-As": "ben"})
        assert done.json["page"]["raised_by"] == "ben"
        assert (await front.ask("GET", "/api/v1/pages", headers={"X-Pagerd-As": "nobody"})).status == 404


async def test_a_header_names_nobody_on_tcp(front):
    """Over the network the name is the token's, whatever the header says."""
    token = await front.token("ana", "ack")
    body = {"team": "payments", "text": "x"}
    answer = await front.ask("POST", "/api/v1/pages", token=token, json=body, headers={"X-Pagerd-As": "ben"})

    assert answer.json["page"]["raised_by"] == "ana"
    assert (await front.ask("GET", "/api/v1/pages", headers={"X-Pagerd-As": "ben"})).status == 401


async def test_a_token_counts_on_the_socket_too(tmp_path):
    """Whoever shows a token is the token's person there."""
    async with a_front(tmp_path, users=OTHER) as front:
        token = await front.token("ben", "ack")
        answer = await front.ask("POST", "/api/v1/pages", token=token, json={"team": "payments", "text": "x"})

        assert answer.json["page"]["raised_by"] == "ben"
        assert (await front.ask("GET", "/api/v1/pages", token="pgr_x_y")).status == 401


async def test_the_socket_file_lets_everybody_ask(tmp_path):
    """Who may do what is decided by uid, not by the file's mode."""
    async with a_front(tmp_path, users=OTHER):
        assert (tmp_path / "pagerd.sock").stat().st_mode & 0o777 == 0o666
