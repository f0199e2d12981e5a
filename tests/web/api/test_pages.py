import pytest

from pagerd.engine import commands

BODIES = [
    ("ack", {}),
    ("resolve", {"note": "it was the cache"}),
    ("snooze", {"for": "20m"}),
    ("escalate", {}),
    ("reassign", {"to": "ben"}),
    ("add", {"person": "secondary"}),
    ("note", {"text": "looking"}),
]


@pytest.mark.parametrize(("act", "body"), BODIES)
async def test_every_act_names_the_person_of_the_token(front, act, body):
    """What a person does stands on the timeline under their name."""
    page = await front.page()
    token = await front.token("ana", "ack")
    answer = await front.ask("POST", f"/api/v1/pages/{page}/{act}", token=token, json=body)

    assert answer.status == 200, answer.text
    assert answer.json["sentence"]
    assert answer.json["page"]["id"] == page
    story = (await front.ask("GET", f"/api/v1/pages/{page}", token=token)).json
    assert any("ana" in entry["sentence"].lower() for entry in story["timeline"][2:])


@pytest.mark.parametrize(("act", "body"), BODIES)
async def test_an_act_on_no_page_is_404_and_on_a_resolved_one_409(front, act, body):
    """The answer says what there is, or how it ended."""
    token = await front.token("ana", "ack")
    assert (await front.ask("POST", f"/api/v1/pages/p-nothing/{act}", token=token, json=body)).status == 404
    page = await front.page()
    await front.ask("POST", f"/api/v1/pages/{page}/resolve", token=token)
    answer = await front.ask("POST", f"/api/v1/pages/{page}/{act}", token=token, json=body)

    assert answer.status == (200 if act == "note" else 409)
    assert act == "note" or "resolved already by Ana" in answer.json["error"]


@pytest.mark.parametrize(
    ("act", "body", "words"),
    [
        ("snooze", {}, "for"),
        ("snooze", {"for": "soon"}, "20m or 1h30m"),
        ("snooze", {"for": ""}, "20m or 1h30m"),
        ("snooze", {"for": 20}, "for"),
        ("note", {"txt": "x"}, "did you mean text?"),
        ("resolve", {"note": None}, "note"),
        ("ack", {"by": "ben"}, "unknown field"),
        ("reassign", [], "array"),
    ],
)
async def test_a_body_that_is_not_right_says_what_would_be(front, act, body, words):
    """Unknown keys are refused with the one that was perhaps meant; nothing happens."""
    page = await front.page()
    token = await front.token("ana", "ack")
    answer = await front.ask("POST", f"/api/v1/pages/{page}/{act}", token=token, json=body)

    assert answer.status == 400
    assert words in answer.json["error"] + answer.json.get("hint", "")


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"text": "\\u0000"}', b"[" * 60_000, b'{"text": 1e999}'])
async def test_a_body_that_is_no_json_is_400(front, body):
    """Whatever comes, it is the sender's fault and said so."""
    page = await front.page()
    token = await front.token("ana", "ack")
    answer = await front.ask("POST", f"/api/v1/pages/{page}/note", token=token, data=body)

    assert answer.status == 400


async def test_a_body_has_a_limit(front):
    """A note is no place for a log file."""
    page = await front.page()
    answer = await front.ask(
        "POST", f"/api/v1/pages/{page}/note", token=await front.token("ana", "ack"), json={"text": "x" * 70_000}
    )

    assert answer.status == 413


async def test_pages_are_listed_and_filtered(front):
    """Open ones by default; by team; resolved ones when asked for."""
    token = await front.token("ana", "ack")
    page = await front.page()

    async def listed(query=""):
        return [one["id"] for one in (await front.ask("GET", f"/api/v1/pages{query}", token=token)).json["pages"]]

    assert await listed() == [page]
    assert await listed("?team=payments") == [page]
    assert await listed("?team=platform") == []
    await front.ask("POST", f"/api/v1/pages/{page}/resolve", token=token)
    assert await listed() == []
    assert await listed("?open=false") == [page]
    assert await listed("?open=false&before=2020-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?taem=x", "did you mean team?"),
        ("?open=maybe", "neither true nor false"),
        ("?before=now", "no instant"),
        ("?before=2026-01-01T00:00:00", "no instant"),
        ("?team=%00", "NUL"),
        ("?team=payments&team=platform", "team more than once"),
    ],
)
async def test_a_query_that_is_not_right_says_what_would_be(front, query, words):
    """A filter that is misspelt does not silently list everything."""
    answer = await front.ask("GET", f"/api/v1/pages{query}", token=await front.token("ana", "read"))

    assert answer.status == 400
    assert words in answer.json["error"] + answer.json.get("hint", "")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v1/status"), ("GET", "/api/v1/pages/p-1"), ("POST", "/api/v1/pages/p-1/ack")]
)
async def test_what_takes_no_query_refuses_one(front, method, path):
    """`?as=ben` behind an act would be left out without a word, and the act be somebody else's."""
    answer = await front.ask(method, f"{path}?as=ben", token=await front.token("dora", "admin"))

    assert answer.status == 400
    assert answer.json == {"error": "there is no query field 'as' here", "hint": "known here: none"}


async def test_the_story_masks_addresses_and_keeps_codes_to_itself(front):
    """Whoever may read is not told a phone number, nor what they could answer with in another's name."""
    page = await front.page()
    answer = await front.ask("GET", f"/api/v1/pages/{page}", token=await front.token("ben", "read"))

    story = answer.json
    person = front.engine.plan.people["ana"]
    assert person.sms not in answer.text
    assert person.email not in answer.text
    assert all("code" not in one and "digit" not in one for one in story["notifications"])
    assert (story["zone"], story["timeline"][0]["local"]) == ("Europe/Berlin", "2026-01-06 12:00:00")
    assert story["alerts"][0]["labels"]["alertname"] == "CheckoutErrors"
    assert story["page"]["runbook"] == "payments-5xx"


async def test_a_person_pages_a_team_with_their_own_words(front):
    """A customer's report needs no alert; the one who raised it is named."""
    token = await front.token("ben", "ack")
    answer = await front.ask(
        "POST", "/api/v1/pages", token=token, json={"team": "payments", "text": "cards are refused", "severity": "sev1"}
    )

    assert answer.status == 201
    assert answer.json["page"]["raised_by"] == "ben"
    assert answer.json["page"]["severity"] == "sev1"
    nobody = await front.ask("POST", "/api/v1/pages", token=token, json={"team": "nobody", "text": "x"})
    assert nobody.status == 404
    assert "payments" in nobody.json["error"]


async def test_while_the_store_fails_people_are_told_so(front):
    """An act that cannot be kept is 503, never a promise."""
    page = await front.page()
    token = await front.token("ana", "ack")
    front.store.fails = True
    answer = await front.ask("POST", f"/api/v1/pages/{page}/ack", token=token)

    assert answer.status == 503
    assert "Retry-After" in answer.headers


async def test_a_row_that_cannot_be_read_hides_no_other(front):
    """Whoever asks at three in the morning sees what there is, and the name of what is broken."""
    broken = await front.page()
    raised = await front.engine.transact(lambda work: commands.raise_page(work, "ana", "cli", "payments", "It is slow"))
    await front.store.write(lambda c: c.execute("UPDATE pages SET body = '{' WHERE id = $1", broken))
    answer = (await front.ask("GET", "/api/v1/pages", token=await front.token("ana", "read"))).json

    assert [page["id"] for page in answer["pages"]] == [raised.page.id]
    assert answer["unreadable"] == [broken]


async def test_a_list_holds_two_hundred_and_says_when_there_are_more(front):
    """Whoever counts pages in it must know that some are left out."""
    token = await front.token("ana", "read")

    async def raise_many(work):
        for number in range(201):
            await commands.raise_page(work, "ana", "cli", "payments", f"Customers complain {number}")

    await front.page()
    assert (await front.ask("GET", "/api/v1/pages", token=token)).json["more"] is False

    await front.engine.transact(raise_many)
    answer = (await front.ask("GET", "/api/v1/pages", token=token)).json

    assert (len(answer["pages"]), answer["more"]) == (200, True)
