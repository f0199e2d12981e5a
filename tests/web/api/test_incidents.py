import pytest

from tests.builders import minutes


async def declared(front, token, **body):
    """Declare an incident by hand and return what was answered."""
    body = {"title": "Customers cannot pay", "team": "payments", "severity": "sev1"} | body
    answer = await front.ask("POST", "/api/v1/incidents", token=token, json=body)
    assert answer.status == 201, answer.text
    return answer.json


async def test_an_incident_of_a_page_takes_its_words_and_the_page(front):
    """Title, team and service come from the page, and whoever declares is at work on it."""
    page, token = await front.page(), await front.token("ben", "ack")
    said = await front.ask("POST", "/api/v1/incidents", token=token, json={"page": page})

    one = said.json["incident"]
    assert (said.status, one["number"], one["status"], one["team"]) == (201, 1, "investigating", "payments")
    assert (one["severity"], one["service"], one["detection"]) == ("sev2", "payments-api", "monitoring")
    shown = (await front.ask("GET", f"/api/v1/pages/{page}", token=token)).json["page"]
    assert shown["acknowledged_by"] == "ben"
    again = await front.ask("POST", "/api/v1/incidents", token=token, json={"page": page})
    assert (again.status, again.json["error"]) == (409, f"{page} is part of incident 1 already")


async def test_the_cheat_sheet_proposes_and_the_person_chooses(front):
    """The answers, the proposal and the choice are all kept."""
    token = await front.token("ben", "ack")
    sheet = {"core_blocked": "yes", "at_risk": "no", "growing": "yes"}
    one = (await declared(front, token, severity="", cheat_sheet=sheet))["incident"]
    other = (await declared(front, token, severity="sev3", cheat_sheet=sheet))["incident"]

    assert (one["severity"], one["proposed"], one["cheat_sheet"]) == ("sev1", "sev1", sheet)
    assert (other["number"], other["severity"], other["proposed"]) == (2, "sev3", "sev1")


async def test_a_refused_transition_says_by_code_what_is_unmet(front):
    """A program need not read sentences."""
    token = await front.token("ben", "ack")
    await declared(front, token)
    early = await front.ask("POST", "/api/v1/incidents/1/resolve", token=token, json={})
    await front.ask("POST", "/api/v1/incidents/1/monitor", token=token, json={})
    watched = await front.ask("POST", "/api/v1/incidents/1/resolve", token=token, json={})
    twice = await front.ask("POST", "/api/v1/incidents/1/monitor", token=token, json={})

    assert (early.status, watched.status, twice.status) == (409, 409, 409)
    criteria = ["customer_actions", "errors", "latency", "queues", "dependencies", "hidden_failures"]
    assert [one["code"] for one in early.json["unmet"]] == ["not_monitoring", *criteria]
    assert [one["code"] for one in watched.json["unmet"]] == [*criteria, "watch_running"]
    assert [one["code"] for one in twice.json["unmet"]] == ["status"]
    story = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json
    assert story["unmet"] == watched.json["unmet"]


async def test_an_act_with_a_key_is_done_once(front):
    """The answer is that of the first time, whatever happened since; another person's key is another key."""
    token, other = await front.token("ben", "ack"), await front.token("ana", "ack")
    body = {"title": "Customers cannot pay", "team": "payments", "severity": "sev1"}
    first = await front.ask("POST", "/api/v1/incidents", token=token, json=body, headers={"Idempotency-Key": "k1"})
    again = await front.ask("POST", "/api/v1/incidents", token=token, json=body, headers={"Idempotency-Key": "k1"})
    third = await front.ask("POST", "/api/v1/incidents", token=other, json=body, headers={"Idempotency-Key": "k1"})
    noted = {"text": "the graph is flat"}
    for _ in range(2):
        await front.ask("POST", "/api/v1/incidents/1/notes", token=token, json=noted, headers={"Idempotency-Key": "k1"})
    long = await front.ask("POST", "/api/v1/incidents", token=token, json=body, headers={"Idempotency-Key": "k" * 101})

    assert (first.json["sentence"], first.json["incident"]["number"]) == (again.json["sentence"], 1)
    assert again.json["incident"]["number"] == 1
    assert third.json["incident"]["number"] == 2
    story = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json
    assert [one["kind"] for one in story["timeline"]].count("incident.note") == 1
    assert long.status == 409


async def test_a_timeline_is_of_the_incident_and_its_pages(front):
    """In the order in which it happened; when it was written down is told beside it."""
    page, token = await front.page(), await front.token("ben", "ack")
    await front.ask("POST", "/api/v1/incidents", token=token, json={"page": page})
    front.clock.move_to(front.clock.now() + minutes(10))
    then = (front.clock.now() - minutes(5)).isoformat()
    await front.ask("POST", "/api/v1/incidents/1/notes", token=token, json={"text": "I saw it", "at": then})
    story = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json

    lines = [(one["page"], one["kind"]) for one in story["timeline"]]
    assert lines[0] == (page, "page.opened")
    assert (None, "incident.declared") in lines
    assert lines[-1] == (None, "incident.note")
    assert story["timeline"][-1]["at"] < story["timeline"][-1]["recorded_at"]


async def test_a_role_is_taken_over_the_api(front):
    """It says what there is to do, and the page that asked for it is over."""
    token = await front.token("cho", "ack")
    await declared(front, token)
    said = await front.ask("POST", "/api/v1/incidents/1/roles/ic/take", token=token)
    unknown = await front.ask("POST", "/api/v1/incidents/1/roles/boss/take", token=token)

    assert said.json["sentence"].startswith("You are incident commander of incident 1.")
    roles = {one["role"]: one["holder"] for one in said.json["incident"]["roles"]}
    assert roles == {"ic": "cho", "tl": None, "comms": None}
    pages = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json["pages"]
    assert [one["errand"] for one in pages if one["status"] == "resolved"] == ["ic"]
    assert (unknown.status, "ic, tl, comms" in unknown.json["error"]) == (404, True)


async def test_incidents_are_listed_by_what_they_are(front):
    """Open ones first of all; others when they are asked for."""
    token = await front.token("ben", "ack")
    for _ in range(3):
        await declared(front, token)
    await front.ask("POST", "/api/v1/incidents/2/cancel", token=token, json={"reason": "false_alarm"})

    async def numbers(query):
        answer = await front.ask("GET", f"/api/v1/incidents{query}", token=token)
        return [one["number"] for one in answer.json["incidents"]]

    assert await numbers("") == [3, 1]
    assert await numbers("?open=false") == [3, 2, 1]
    assert await numbers("?open=false&before=2") == [1]
    assert await numbers("?status=cancelled") == [2]
    assert await numbers("?team=platform") == []
    for wrong in ("0", "x", "-1", "1" * 10):
        assert (await front.ask("GET", f"/api/v1/incidents?before={wrong}", token=token)).status == 400


async def test_what_is_over_is_written_down_with_its_times(front):
    """No page is raised, and no clock runs; times that cannot be true together are refused."""
    token = await front.token("ben", "ack")
    now = front.clock.now()
    times = {
        "impact_started_at": (now - minutes(90)).isoformat(),
        "detected_at": (now - minutes(80)).isoformat(),
        "impact_ended_at": (now - minutes(60)).isoformat(),
        "resolved_at": (now - minutes(30)).isoformat(),
    }
    one = (await declared(front, token, mode="backfill", **times))["incident"]
    wrong = times | {"impact_started_at": (now - minutes(70)).isoformat()}
    refused = await front.ask(
        "POST", "/api/v1/incidents", token=token, json={"title": "x", "team": "payments", "mode": "backfill", **wrong}
    )

    assert (one["status"], one["next_update"], one["mode"]) == ("resolved", None, "backfill")
    assert (await front.ask("GET", "/api/v1/pages", token=token)).json["pages"] == []
    assert [unmet["code"] for unmet in refused.json["unmet"]] == ["times_out_of_order"]


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"title": "x"}, 409, "say whose it is"),
        ({"title": "x", "team": "nobody"}, 404, "there is no team"),
        ({"title": "x", "service": "kubernetes"}, 201, "declared"),
        ({"team": "payments"}, 409, "an incident needs a first line"),
        ({"title": "x", "team": "payments", "severity": "sev9"}, 404, "there is no severity"),
        ({"title": "x", "team": "payments", "severity": "sev4"}, 409, "a ticket, and no incident"),
        ({"title": "x", "team": "payments", "mode": "backfill"}, 409, "needs the instants"),
        ({"title": "x", "team": "payments", "detection": "a guess"}, 400, "Invalid enum value"),
        ({"title": "x", "team": "payments", "impact_started_at": "2100-01-01T00:00:00Z"}, 409, "cannot be later"),
        ({"page": "p-none"}, 404, "there is no page"),
    ],
)
async def test_what_can_be_declared(front, body, status, words):
    """Whatever is missing or wrong is said."""
    answer = await front.ask("POST", "/api/v1/incidents", token=await front.token("ben", "ack"), json=body)

    assert (answer.status, words in answer.text) == (status, True), answer.text


async def test_no_such_incident_is_404(front):
    """For looking and for acting; what is no number as well."""
    token = await front.token("ben", "ack")

    assert (await front.ask("GET", "/api/v1/incidents/7", token=token)).status == 404
    assert (await front.ask("GET", "/api/v1/incidents/p-1", token=token)).status == 404
    assert (await front.ask("POST", "/api/v1/incidents/7/monitor", token=token)).status == 404
    ended = await front.ask("POST", "/api/v1/incidents/7/mitigations/1", token=token, json={"outcome": "worked"})
    assert ended.status == 404


async def test_a_story_says_where_we_are_and_what_is_next(front):
    """The next step has whose it is, how it is done, and by when."""
    token = await front.token("ben", "ack")
    await declared(front, token)
    first = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json
    await front.ask("POST", "/api/v1/incidents/1/roles/ic/take", token=token, json={})
    front.clock.move_to(front.clock.now() + minutes(11))
    second = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json

    assert first["phase"] == "stabilize"
    assert first["next_steps"][0] == {
        "code": "role_vacant",
        "sentence": "Anybody: take the role of incident commander, nobody has it",
        "person": None,
        "role": "ic",
        "due": None,
        "command": "pagerd role take ic 1",
    }
    step = second["next_steps"][0]
    assert (step["code"], step["person"], step["role"]) == ("update_due", "ben", "ic")
    assert step["due"] == second["incident"]["next_update"]["next_at"]


async def test_a_suspicion_is_confirmed_with_the_answers_of_the_cheat_sheet(front):
    """They propose the severity, unless the person chooses another one; both are kept."""
    token = await front.token("ben", "ack")
    for _ in range(2):
        await declared(front, token, suspected=True, severity="sev3")
    sheet = {"core_blocked": "yes", "at_risk": "yes", "growing": "no"}
    body = {"cheat_sheet": sheet}
    proposed = await front.ask("POST", "/api/v1/incidents/1/confirm", token=token, json=body)
    chosen = await front.ask("POST", "/api/v1/incidents/2/confirm", token=token, json=body | {"severity": "sev2"})

    one, other = proposed.json["incident"], chosen.json["incident"]
    assert (one["severity"], one["proposed"], one["cheat_sheet"]) == ("sev1", "sev1", sheet)
    assert (other["severity"], other["proposed"], other["status"]) == ("sev2", "sev1", "investigating")
    assert "The cheat sheet proposed sev1." in chosen.json["sentence"]
    story = (await front.ask("GET", "/api/v1/incidents/2", token=token)).json
    kinds = [entry["kind"] for entry in story["timeline"]]
    assert kinds.index("incident.cheat_sheet") < kinds.index("incident.declared")


async def test_how_incidents_are_run_is_one_page(front):
    """As Markdown, from the plan in force."""
    answer = await front.ask("GET", "/api/v1/sop", token=await front.token("ben", "read"))

    assert answer.json["revision"] == "test-1"
    assert answer.json["markdown"].startswith("# How incidents are run\n")


async def test_a_number_that_no_store_keeps_is_refused(front):
    """JSON has larger integers than any database."""
    token = await front.token("ben", "ack")
    await declared(front, token)
    for into in (0, 10**9, 1746364889865585852153856):
        answer = await front.ask("POST", "/api/v1/incidents/1/merge", token=token, json={"into": into})

        assert answer.status == 400, into
        assert "into" in answer.json["error"]
