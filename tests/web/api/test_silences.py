import pytest

MATCH = ['service="payments-api"']


async def test_a_silence_is_previewed_made_listed_and_ended(front):
    """What it would mute is said before; who made it and why afterwards."""
    await front.page()
    token = await front.token("ana", "ack")
    seen = (await front.ask("POST", "/api/v1/silences/preview", token=token, json={"match": MATCH})).json
    assert (seen["count"], len(seen["examples"])) == (1, 1)
    body = {"match": MATCH, "for": "1h", "why": "deploy"}
    made = await front.ask("POST", "/api/v1/silences", token=token, json=body)
    assert made.status == 201
    silence = made.json["silence"]
    assert (silence["by"], silence["why"], silence["match"]) == ("ana", "deploy", MATCH)
    listed = (await front.ask("GET", "/api/v1/silences", token=token)).json["silences"]
    assert [one["id"] for one in listed] == [silence["id"]]

    ended = await front.ask("DELETE", f"/api/v1/silences/{silence['id']}", token=token)
    assert ended.status == 200
    assert (await front.ask("GET", "/api/v1/silences", token=token)).json["silences"] == []
    assert (await front.ask("DELETE", f"/api/v1/silences/{silence['id']}", token=token)).status == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"match": MATCH, "why": "x"}, 400),
        ({"match": MATCH, "why": "x", "for": "1h", "to": "2026-02-01T00:00:00Z"}, 400),
        ({"match": MATCH, "for": "1h"}, 409),
        ({"match": [], "why": "x", "for": "1h"}, 409),
        ({"match": ["service="], "why": "x", "for": "1h"}, 409),
        ({"match": MATCH, "why": "x", "to": "2020-01-01T00:00:00Z"}, 409),
        ({"match": MATCH, "why": "x", "for": "40d"}, 409),
        ({"match": MATCH, "why": "x", "form": "1h"}, 400),
    ],
)
async def test_author_reason_and_end_are_required(front, body, status):
    """A silence without them is refused, and says what is missing."""
    answer = await front.ask("POST", "/api/v1/silences", token=await front.token("ana", "ack"), json=body)

    assert answer.status == status
    assert answer.json["error"]
