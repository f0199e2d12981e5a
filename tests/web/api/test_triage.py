"""The first minutes over the API: what is ticked, answered, supposed, and how a refusal says so."""

from tests.web.api.test_incidents import declared


async def test_what_shows_and_what_is_said_is_one_list(front):
    """A step that shows has no name beside it, one that was said has; the owner is who does it."""
    token = await front.token("ben", "ack")
    await declared(front, token, impact="a fifth of all payments")
    path = "/api/v1/incidents/1/checklists"
    said = {"text": "roll release 41 back", "owner": "ana"}
    answer = await front.ask("POST", f"{path}/path", token=token, json=said)
    await front.ask("POST", f"{path}/notes", token=token, json={"status": "skipped", "text": "dora writes them"})
    found = (await front.ask("GET", path, token=token)).json

    assert answer.json["incident"]["path"] | said == answer.json["incident"]["path"]
    steps = {step["step"]: step for one in found["checklists"] for step in one["steps"]}
    assert (steps["scope"]["text"], steps["scope"]["by"]) == ("a fifth of all payments", None)
    assert (steps["path"]["owner"], steps["path"]["by"]) == ("ana", "ben")
    assert (steps["notes"]["status"], steps["changed"]["status"]) == ("skipped", "open")
    assert [one["clock"] for one in found["clocks"]] == ["classify", "path"]
    assert all(one["done_at"] is not None for one in found["clocks"])


async def test_without_an_owner_it_is_whoever_decides(front):
    """Somebody does it, in any case; of other steps there is none."""
    token = await front.token("ben", "ack")
    await declared(front, token)
    one = "/api/v1/incidents/1/checklists"
    decided = await front.ask("POST", f"{one}/path", token=token, json={"text": "roll back"})
    await front.ask("POST", f"{one}/changed", token=token, json={"text": "release 41"})
    nobody = await front.ask("POST", f"{one}/path", token=token, json={"text": "roll back", "owner": "zoe"})

    assert decided.json["incident"]["path"]["owner"] == "ben"
    assert nobody.status == 404
    steps = {
        step["step"]: step
        for one in (await front.ask("GET", one, token=token)).json["checklists"]
        for step in one["steps"]
    }
    assert steps["changed"]["owner"] is None


async def test_since_when_is_a_time(front):
    """It becomes the beginning of the impact, and must be one that can be true."""
    token = await front.token("ben", "ack")
    await declared(front, token)
    path = "/api/v1/incidents/1/checklists/since"
    future = await front.ask("POST", path, token=token, json={"since": "2199-01-01T00:00:00Z"})
    past = await front.ask("POST", path, token=token, json={"since": "2020-01-01T00:00:00Z"})

    assert [one["code"] for one in future.json["unmet"]] == ["times_out_of_order"]
    assert past.json["incident"]["impact_started_at"] == "2020-01-01T00:00:00+00:00"


async def test_hypotheses_are_numbered_and_judged(front):
    """One that is not there cannot be judged, and none without a word why; later evidence may say otherwise."""
    token = await front.token("ben", "ack")
    await declared(front, token)
    path = "/api/v1/incidents/1/hypotheses"
    await front.ask("POST", path, token=token, json={"text": "the pool is exhausted."})
    refused = [
        await front.ask("POST", f"{path}/{number}", token=token, json={"verdict": "refuted", "why": why})
        for number, why in (("2", "x"), ("1", ""), ("x", "x"))
    ]
    for verdict, why in (("supported", "it is full"), ("refuted", "the graph was of yesterday")):
        await front.ask("POST", f"{path}/1", token=token, json={"verdict": verdict, "why": why})
    [one] = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json["hypotheses"]

    assert [answer.status for answer in refused] == [409, 409, 404]
    assert [answer.json["unmet"][0]["code"] for answer in refused[:2]] == ["no_such_hypothesis", "reason_missing"]
    assert (one["text"], one["verdict"], one["why"]) == (
        "the pool is exhausted",
        "refuted",
        "the graph was of yesterday",
    )


async def test_what_is_over_has_no_steps_to_tick(front):
    """But what was found out later is still a finding."""
    token = await front.token("ben", "ack")
    await declared(front, token)
    await front.ask("POST", "/api/v1/incidents/1/resolve", token=token, json={"text": "x", "override": "x"})
    step = await front.ask("POST", "/api/v1/incidents/1/checklists/notes", token=token, json={})
    later = await front.ask("POST", "/api/v1/incidents/1/hypotheses", token=token, json={"text": "the pool"})

    assert (step.status, step.json["unmet"][0]["code"], later.status) == (409, "status", 200)
