import pytest


async def test_a_person_makes_uses_lists_and_revokes_a_token(front):
    """The token is shown once, opens what it should, and nothing after it was revoked."""
    mine = await front.token("ana", "ack")
    made = await front.ask(
        "POST", "/api/v1/tokens", token=mine, json={"name": "script", "scopes": ["read"], "for": "30d"}
    )
    assert made.status == 201
    plain, name = made.json["token"], made.json["id"]
    assert made.json["expires_at"] == "2026-02-05T11:00:00+00:00"
    assert (await front.ask("GET", "/api/v1/pages", token=plain)).status == 200
    assert (await front.ask("POST", "/api/v1/pages", token=plain, json={})).status == 403
    listed = await front.ask("GET", "/api/v1/tokens", token=mine)
    assert name in {one["id"] for one in listed.json["tokens"]}
    assert plain not in listed.text

    assert (await front.ask("DELETE", f"/api/v1/tokens/{name}", token=mine)).status == 200
    assert (await front.ask("GET", "/api/v1/pages", token=plain)).status == 401


async def test_tokens_of_others_are_for_admin(front):
    """Nobody sees, makes or revokes another's token without the scope admin."""
    ben, admin = await front.token("ben", "ack"), await front.token("dora", "admin")
    await front.token("ana", "read")
    theirs = {"name": "x", "scopes": ["read"], "person": "ana"}
    assert (await front.ask("POST", "/api/v1/tokens", token=ben, json=theirs)).status == 403
    assert {one["person"] for one in (await front.ask("GET", "/api/v1/tokens", token=ben)).json["tokens"]} == {"ben"}
    everybody = (await front.ask("GET", "/api/v1/tokens", token=admin)).json["tokens"]
    of_ana = next(one["id"] for one in everybody if one["person"] == "ana")
    assert (await front.ask("DELETE", f"/api/v1/tokens/{of_ana}", token=ben)).status == 404

    assert (await front.ask("POST", "/api/v1/tokens", token=admin, json=theirs)).status == 201
    assert (await front.ask("DELETE", f"/api/v1/tokens/{of_ana}", token=admin)).status == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "x", "scopes": ["admin"]}, 403),
        ({"name": "x", "scopes": ["root"]}, 409),
        ({"name": "x", "scopes": []}, 409),
        ({"name": " ", "scopes": ["read"]}, 409),
        ({"name": "x\u0000", "scopes": ["read"]}, 400),
        ({"name": "x", "scopes": ["read"], "for": "400d"}, 409),
        ({"name": "x", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"}, 409),
        ({"name": "x", "scope": ["read"]}, 400),
    ],
)
async def test_a_token_that_makes_no_sense_is_refused(front, body, status):
    """Nobody gives more than they hold, and every token has a name, a scope and no past end."""
    answer = await front.ask("POST", "/api/v1/tokens", token=await front.token("ana", "ack"), json=body)

    assert answer.status == status
