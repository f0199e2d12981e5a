"""The audit chain, over the API."""

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
