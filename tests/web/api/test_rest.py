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


async def test_the_month_s_statement(front, night):
    """Per person what is owed, per night why; in the month in which the night began."""
    dora = await front.token("dora", "ack")
    [row] = (await front.ask("GET", "/api/v1/reports/comp?month=2026-01", token=dora)).json["people"]
    assert (row["person"], row["nights"], row["minutes"], row["mornings"], row["state"]) == (
        *("ana", 1, 90, 0),
        "provisional",
    )

    await front.ask("POST", f"/api/v1/rest/{night}/approve", token=dora, json={})
    statement = (await front.ask("GET", "/api/v1/reports/comp?month=2026-01&team=payments", token=dora)).json

    [row], [listed] = statement["people"], statement["nights"]
    assert (row["mornings"], row["undecided"], row["state"], row["night_ids"]) == (1, 0, "approved", [night])
    assert (listed["night_id"], listed["rest_status"], listed["decided_by"]) == (night, "approved", "dora")
    assert listed["rule"] == "more than 1h of work in one night: the morning off until 12:00"
    assert len(listed["evidence"]) == 1
    assert listed["evidence"][0].startswith("sms sent 2026-01-07T")
    for query in ("month=2026-02", "month=2026-01&person=ben", "month=2026-01&team=x", ""):
        assert (await front.ask("GET", f"/api/v1/reports/comp?{query}", token=dora)).json["people"] == []


@pytest.mark.parametrize(("of", "head"), [("people", "month,person,nights"), ("nights", "person,date,zone,night_id")])
async def test_the_statement_as_csv(front, night, of, head):
    """One kind of row each."""
    token = await front.token("dora", "read")
    answer = await front.ask("GET", f"/api/v1/reports/comp?month=2026-01&format=csv&of={of}", token=token)

    lines = answer.text.splitlines()
    assert lines[0].startswith(head)
    assert len(lines) == 2
    assert night in lines[1]


@pytest.mark.parametrize("query", ["month=2026", "month=2026-13", "month=1999-01", "of=cats", "format=pdf"])
async def test_a_statement_that_makes_no_sense_is_400(front, query):
    """With what would be right."""
    answer = await front.ask("GET", f"/api/v1/reports/comp?{query}", token=await front.token("dora", "read"))

    assert answer.status == 400
