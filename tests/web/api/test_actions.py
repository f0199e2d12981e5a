import csv
import io
from datetime import timedelta

WHOLE = {
    "title": "alert on pool usage over 80 %",
    "owner": "ben",
    "due": "2026-02-10",
    "priority": "high",
    "verification": "a drill",
    "impact": "a full pool is seen before it hurts",
    "bars": ["detection"],
}


async def an_incident(front, token):
    """Declare one."""
    body = {"title": "Customers cannot pay", "team": "payments", "severity": "sev1"}
    assert (await front.ask("POST", "/api/v1/incidents", token=token, json=body)).status == 201


async def added(front, token, **body):
    """Write an action item down and return what was answered."""
    answer = await front.ask("POST", "/api/v1/incidents/1/actions", token=token, json=WHOLE | body)
    assert answer.status == 201, answer.text
    return answer.json


async def acted(front, token, path, **body):
    """Act on one, and return the answer."""
    return await front.ask("POST", f"/api/v1/actions/{path}", token=token, json=body)


async def test_an_action_item_goes_its_way(front):
    """Written down, begun, done, and verified by somebody else: then it is asked for no more."""
    ana, ben = await front.token("ana", "ack"), await front.token("ben", "ack")
    await an_incident(front, ana)
    new = await added(front, ana)
    await acted(front, ben, "1/start")
    done = await acted(front, ben, "1/done", text="80 %, 5 min")
    own = await acted(front, ben, "1/verify", why="it fires")
    seen = await acted(front, ana, "1/verify", why="the drill of today saw it after 40 s")

    assert new["action"]["lacks"] == []
    assert new["action"]["remind_at"].startswith("2026-02-06T")
    assert done.json["sentence"] == (
        "Action 1 is done. It is not verified yet: somebody else says what they saw (a drill)."
    )
    assert (own.status, [one["code"] for one in own.json["unmet"]]) == (409, ["second_person"])
    assert (seen.json["action"]["status"], seen.json["action"]["remind_at"]) == ("verified", None)
    story = (await front.ask("GET", "/api/v1/actions/1", token=ana)).json
    assert [one["kind"] for one in story["timeline"]] == [
        "action.added",
        "action.started",
        "action.done",
        "action.verified",
    ]
    incident = (await front.ask("GET", "/api/v1/incidents/1", token=ana)).json
    told = [one["sentence"] for one in incident["timeline"] if one["kind"].startswith("incident.action")]
    assert told == [
        "ana wrote action 1 down: alert on pool usage over 80 %. Owner: ben. Due 2026-02-10.",
        "Action 1 was verified by ana: the drill of today saw it after 40 s.",
    ]


async def test_what_is_missing_is_said_and_not_refused(front):
    """It can be said later; by when it is due follows from the severity."""
    token = await front.token("ana", "ack")
    await an_incident(front, token)
    said = await front.ask("POST", "/api/v1/incidents/1/actions", token=token, json={"title": "mend it"})
    story = (await front.ask("GET", "/api/v1/actions/1", token=token)).json

    today = front.engine.clock.now().date()
    assert said.json["action"]["due"] == (today + timedelta(days=15)).isoformat()
    assert said.json["sentence"].endswith("It still lacks: owner, priority, verification, impact, bar.")
    assert [one["code"] for one in story["findings"]] == [
        "owner_missing",
        "priority_missing",
        "verification_missing",
        "impact_missing",
        "bar_missing",
    ]


async def test_only_what_is_said_changes(front):
    """The rest stays, and a name that is nobody's is refused with those that are somebody's."""
    token = await front.token("ana", "ack")
    await an_incident(front, token)
    await added(front, token)
    changed = await acted(front, token, "1", owner="platform", due="2026-03-01")
    nobody = await acted(front, token, "1", owner="plattform")
    past = await acted(front, token, "1", due="2020-01-01")
    no_day = await acted(front, token, "1", due="soon")
    same = await acted(front, token, "1", owner="platform")

    one = changed.json["action"]
    assert (one["owner"], one["due"], one["priority"]) == ("platform", "2026-03-01", "high")
    assert nobody.status == 404
    assert "payments, platform" in nobody.json["error"]
    assert (past.status, [one["code"] for one in past.json["unmet"]]) == (409, ["due_in_the_past"])
    assert no_day.status == 400
    assert same.json["sentence"] == "Action 1 says so already."


async def test_a_list_has_what_is_not_verified(front):
    """By incident, owner, status, and what is late; all of it where that is asked for."""
    ana, ben = await front.token("ana", "ack"), await front.token("ben", "ack")
    await an_incident(front, ana)
    for owner in ("ben", "cho", "payments"):
        await added(front, ana, owner=owner)
    await acted(front, ben, "2/drop", why="the pool is gone")

    async def numbers(query):
        answer = await front.ask("GET", f"/api/v1/actions{query}", token=ana)
        assert answer.status == 200, answer.text
        return [one["number"] for one in answer.json["actions"]]

    assert await numbers("") == [3, 1]
    assert await numbers("?open=false") == [3, 2, 1]
    assert await numbers("?status=dropped") == [2]
    assert await numbers("?owner=ben") == [1]
    assert await numbers("?incident=2") == []
    assert await numbers("?team=payments&before=3") == [1]
    assert await numbers("?overdue=true") == []
    front.clock.move_to(front.clock.now() + timedelta(days=60))
    assert await numbers("?overdue=true") == [3, 1]


async def test_a_csv_is_made_for_spreadsheets(front):
    """All columns, and no cell that would be run."""
    token = await front.token("ana", "ack")
    await an_incident(front, token)
    await added(front, token, title="=1+1", bars=["detection", "runbook"])
    answer = await front.ask("GET", "/api/v1/actions?format=csv", token=token)
    [row] = csv.DictReader(io.StringIO(answer.text))

    assert (row["number"], row["title"], row["bars"], row["due"]) == ("1", "'=1+1", "detection; runbook", "2026-02-10")
    as_json = (await front.ask("GET", "/api/v1/actions", token=token)).json["actions"][0]
    assert set(row) == set(as_json) - {"remind_at"}


async def test_an_act_with_a_key_is_done_once(front):
    """Whoever sends it again has the answer of the first time."""
    token = await front.token("ana", "ack")
    await an_incident(front, token)
    headers = {"Idempotency-Key": "k1"}
    first = await front.ask("POST", "/api/v1/incidents/1/actions", token=token, json=WHOLE, headers=headers)
    again = await front.ask("POST", "/api/v1/incidents/1/actions", token=token, json=WHOLE, headers=headers)
    listed = await front.ask("GET", "/api/v1/actions", token=token)

    assert first.json["sentence"] == again.json["sentence"]
    assert len(listed.json["actions"]) == 1


async def test_there_is_no_such_thing(front):
    """Numbers that nothing has, and what is no number."""
    token = await front.token("ana", "ack")

    assert (await front.ask("GET", "/api/v1/actions/7", token=token)).status == 404
    assert (await front.ask("GET", "/api/v1/actions/x", token=token)).status == 404
    assert (await front.ask("GET", "/api/v1/actions?before=0", token=token)).status == 400
    assert (await front.ask("GET", "/api/v1/actions?open=1&overdue=true", token=token)).status == 400
    assert (await front.ask("GET", "/api/v1/actions?open=1&status=open", token=token)).status == 400
    assert (await front.ask("POST", "/api/v1/incidents/9/actions", token=token, json=WHOLE)).status == 404
