"""Drills over the API."""

from dataclasses import replace

from pagerd.engine.incidents import commands
from tests.builders import minutes


async def started(front, **body):
    """Start a drill and return what was answered."""
    body = {"scenario": "The database is gone", "team": "payments", "severity": "sev1"} | body
    return await front.ask("POST", "/api/v1/drills", token=await front.token("ana", "ack"), json=body)


async def test_a_drill_is_an_incident_that_says_so(front):
    """It asks for roles like a real one, and says how to see what it showed."""
    answer = await started(front)

    assert (answer.status, answer.json["incident"]["mode"]) == (201, "drill")
    assert answer.json["sentence"] == "Drill incident 1 has begun, sev1. What it showed: pagerd drill score 1"
    assert [role["is_asked"] for role in answer.json["incident"]["roles"]] == [True, True, True]


async def test_its_score_says_what_was_so_and_by_what_that_is_seen(front):
    """Held against what the severity asks; while it goes on the rest is open."""
    plan = front.engine.plan
    worst = replace(plan.severities["sev1"], response_target=minutes(5))
    front.engine.plan = replace(plan, severities={**plan.severities, "sev1": worst})
    await started(front)
    began = front.clock.now()
    front.clock.move_to(began + minutes(3))
    await front.engine.transact(lambda work: commands.take_role(work, 1, "dora", "cli", "ic"))
    token = await front.token("ben", "read")
    said = (await front.ask("GET", "/api/v1/drills/1", token=token)).json
    listed = (await front.ask("GET", "/api/v1/drills?team=payments", token=token)).json["teams"]

    points = {one["point"]: one for one in said["points"]}
    assert (said["passed"], said["asked"], said["is_final"]) == (2, 8, False)
    assert points["ic"]["found"] == "after 3m"
    assert points["ic"]["evidence"][1] == {
        "at": (began + minutes(3)).isoformat(),
        "what": "somebody was incident commander",
    }
    assert {points[name]["shown"] for name in ("tl", "comms", "tried", "updates", "checklists", "gate")} == {"open"}
    assert listed == [{"team": "payments", "due_at": None, "drills": [said]}]


async def test_only_a_drill_has_a_score(front):
    """What is real is measured, and not graded; what is not there is not found."""
    token = await front.token("ana", "ack")
    body = {"title": "Nobody can pay", "team": "payments"}
    await front.ask("POST", "/api/v1/incidents", token=token, json=body)

    assert (await front.ask("GET", "/api/v1/drills/1", token=token)).status == 409
    assert (await front.ask("GET", "/api/v1/drills/2", token=token)).status == 404
    assert (await front.ask("GET", "/api/v1/drills?team=x", token=token)).status == 404
    assert (await started(front, team="x")).status == 404
