"""The audit chain and erasing, over the API."""

import pytest

from pagerd.engine import audit


async def verified(front, token):
    """Verify bite by bite, as the command does; return what was counted and found."""
    after, entries, findings = "", 0, []
    for _ in range(100):
        answer = await front.ask("GET", f"/api/v1/audit?after={after}", token=token)
        assert answer.status == 200, answer.text
        entries += answer.json["entries"]
        findings += answer.json["findings"]
        after = answer.json["after"]
        if after is None:
            return entries, findings
    raise AssertionError("it never ends")


async def test_the_chain_is_verified_bite_by_bite(front):
    """Whoever may read may verify; what was changed is named."""
    token = await front.token("ana", "read")
    page = await front.page()
    entries, findings = await verified(front, token)
    assert entries >= 2
    assert findings == []

    await front.engine.store.write(lambda c: c.execute("UPDATE history SET at = 0 WHERE object_id = $1", page))

    _, findings = await verified(front, token)
    assert [one["where"] for one in findings] == [page]


@pytest.mark.parametrize("after", ["anchors:x", "anchors:", "nonsense", "anchors:--1", "anchors:99999999999999999999"])
async def test_a_cursor_that_is_none_is_refused(front, after):
    """400, and what would be one."""
    answer = await front.ask("GET", f"/api/v1/audit?after={after}", token=await front.token("ana", "read"))

    assert answer.status == 400
    assert "as the answer before said it" in answer.text


async def test_an_anchor_is_found_by_the_beginning_of_its_hash(front):
    """One that is not there is null, not an error."""
    token = await front.token("ana", "read")
    anchor = await front.engine.transact(audit.anchor)

    found = await front.ask("GET", f"/api/v1/audit/anchors/{anchor.hash[:12]}", token=token)
    assert (found.status, found.json) == (200, {"number": 1})
    other = "0" if anchor.hash[0] != "0" else "1"
    assert (await front.ask("GET", f"/api/v1/audit/anchors/{other}", token=token)).json == {"number": None}


async def test_only_an_admin_erases_and_only_who_has_left(front):
    """Somebody of the plan is refused with what to do first."""
    assert (await front.ask("POST", "/api/v1/people/zoe/erase", token=await front.token(), json={})).status == 403
    admin = await front.token("dora", "admin")
    still_here = await front.ask("POST", "/api/v1/people/ben/erase", token=admin, json={})
    assert still_here.status == 409
    assert "ben is still in the config files" in still_here.text


async def test_an_erasure_goes_on_where_the_answer_says(front):
    """Each answer says what was done, how to go on, and what is kept."""
    admin = await front.token("dora", "admin")
    await front.engine.store.write(lambda c: c.execute("INSERT INTO wrong_codes (person, at) VALUES ('zoe', 1)"))
    body, steps = {}, 0
    while True:
        answer = await front.ask("POST", "/api/v1/people/zoe/erase", token=admin, json=body)
        assert answer.status == 200, answer.text
        steps += 1
        if steps == 1:
            assert answer.json["changed"]["tokens, feeds, sessions, codes and links"] == 1
        if answer.json["next"] is None:
            break
        body = {name: answer.json[name] for name in ("pseudonym", "names", "addresses")} | {
            "after": answer.json["next"]
        }

    assert steps > 5
    assert answer.json["pseudonym"].startswith("erased-")
    assert len(answer.json["kept"]) == 4
    assert (await verified(front, admin))[1] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"nights": "maybe"}, 400),
        ({"after": "history:x"}, 409),
        ({"after": "tokens:"}, 409),
        ({"pseudonym": "ana"}, 409),
        ({"unknown": 1}, 400),
    ],
)
async def test_an_erasure_that_means_nothing_is_refused(front, body, status):
    """Nothing was changed by it."""
    answer = await front.ask("POST", "/api/v1/people/zoe/erase", token=await front.token("dora", "admin"), json=body)

    assert answer.status == status, answer.text
