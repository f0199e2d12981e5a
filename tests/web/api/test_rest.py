"""Rest for work by night, over the API."""

import pytest

from pagerd.core.oncall.lookup import people_on_call
from tests.web.api.test_nights import a_worked_night


@pytest.fixture
async def night(front):
    """A night of ana's with 90 minutes of work, whose rest is in force provisionally; it is half past ten."""
    return await a_worked_night(front, worked=90)


async def test_a_rest_is_listed_and_decided_by_a_lead(front, night):
    """With who covers; only a lead or an admin has a say, and a decline has a reason."""
    tokens = {name: await front.token(name, "ack") for name in ("ana", "ben", "dora")}
    path = f"/api/v1/rest/{night}"

    [row] = (await front.ask("GET", "/api/v1/rest", token=tokens["ben"])).json["nights"]
    assert (row["rest"]["kind"], row["rest"]["status"], row["rest"]["asked"]) == ("morning", "proposed", ["dora"])
    for who in ("ana", "ben"):
        assert (await front.ask("POST", f"{path}/approve", token=tokens[who], json={})).status == 403
    assert (await front.ask("POST", f"{path}/decline", token=tokens["dora"], json={})).status == 409

    said = await front.ask("POST", f"{path}/approve", token=tokens["dora"], json={"why": "sleep well"})

    assert said.json["sentence"] == "Rest of Ana: approved. Cho covers payments-primary."
    rest = said.json["night"]["rest"]
    assert (rest["status"], rest["decided_by"], rest["why"]) == ("approved", "dora", "sleep well")
    assert [one["people"] for one in rest["covers"]] == [["cho"]]
    assert people_on_call(front.engine.plan.book, "payments-primary", front.clock.now()) == ("cho",)
    found = await front.ask("GET", "/api/v1/rest?status=proposed", token=tokens["ben"])
    assert found.json["nights"] == []


async def test_whose_rest_it_is_may_give_it_back(front, night):
    """And is on call again."""
    ana, dora = await front.token("ana", "ack"), await front.token("dora", "ack")
    await front.ask("POST", f"/api/v1/rest/{night}/approve", token=dora, json={})
    said = await front.ask("POST", "/api/v1/rest/last/withdraw", token=ana, json={"why": "I am up"})

    assert said.json["sentence"] == "Rest of Ana: withdrawn."
    assert people_on_call(front.engine.plan.book, "payments-primary", front.clock.now()) == ("ana",)
    assert (await front.ask("POST", f"/api/v1/rest/{night}/approve", token=dora, json={})).status == 409


async def test_a_night_without_a_rest_has_none_to_decide_about(front):
    """It says how much work there was."""
    night = await a_worked_night(front, worked=10)
    answer = await front.ask("POST", f"/api/v1/rest/{night}/approve", token=await front.token("dora", "admin"), json={})

    assert (answer.status, "10 min of work" in answer.text) == (409, True)
