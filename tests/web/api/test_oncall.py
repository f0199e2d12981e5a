import pytest

SPAN = {"from": "2026-01-06T12:00:00+00:00", "to": "2026-01-06T18:00:00+00:00"}


async def test_a_schedule_is_one_answer(front):
    """The answer has the documented keys and no others."""
    token = await front.token("ana", "read")
    answer = (await front.ask("GET", "/api/v1/oncall?name=payments-primary", token=token)).json

    assert answer == {
        "schedule": "payments-primary",
        "at": "2026-01-06T11:00:00+00:00",
        "on_call": ["ana"],
        "layer": "layer 1",
        "override": None,
        "shadow": [],
        "until": "2026-01-12T08:00:00+00:00",
        "next": ["ben"],
        "revision": "test-1",
    }
    assert (await front.ask("GET", "/api/v1/oncall/payments-primary", token=token)).json == answer


async def test_a_team_and_nothing_are_lists(front):
    """A team's schedules, or all of them, at any instant."""
    token = await front.token("ana", "read")
    of_team = (await front.ask("GET", "/api/v1/oncall?name=payments&at=2026-01-13T00:00:00Z", token=token)).json
    assert [(one["schedule"], one["on_call"]) for one in of_team] == [
        ("payments-primary", ["ben"]),
        ("payments-secondary", ["cho"]),
    ]
    assert len((await front.ask("GET", "/api/v1/oncall", token=token)).json) == 4
    assert (await front.ask("GET", "/api/v1/oncall?name=nobody", token=token)).status == 404
    assert (await front.ask("GET", "/api/v1/oncall?at=9999-12-31T00:00:00Z", token=token)).status == 400


async def test_an_override_is_previewed_made_and_taken_back(front):
    """What it changes is said before it is in force; afterwards it decides who is on call."""
    token = await front.token("ana", "ack")
    body = {"schedule": "payments-primary", "people": ["cho"], "instead_of": "ana", **SPAN, "why": "agreed swap"}
    seen = (await front.ask("POST", "/api/v1/overrides/preview", token=token, json=body)).json
    assert not seen["changes_nothing"]
    assert seen["after"][0] == {**SPAN, "people": ["cho"]}
    made = await front.ask("POST", "/api/v1/overrides", token=token, json=body)
    assert made.status == 201
    override = made.json["override"]
    assert (override["by"], override["kind"], override["stored"]) == ("ana", "replace", True)
    path = "/api/v1/oncall/payments-primary?at=2026-01-06T13:00:00Z"
    said = (await front.ask("GET", path, token=token)).json
    assert (said["on_call"], said["layer"], said["override"]) == (["cho"], "override", override["id"])
    listed = (await front.ask("GET", "/api/v1/overrides", token=token)).json["overrides"]
    assert [one["id"] for one in listed] == [override["id"]]

    assert (await front.ask("DELETE", f"/api/v1/overrides/{override['id']}", token=token)).status == 200
    assert (await front.ask("GET", path, token=token)).json["on_call"] == ["ana"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"schedule": "nothing"}, 404),
        ({"people": ["nobody"]}, 404),
        ({"people": []}, 400),
        ({"to": "2026-01-06T10:00:00Z"}, 400),
        ({"to": None}, 400),
        ({"for": "1h"}, 400),
        ({"kind": "sideways"}, 400),
        ({"from": "tomorrow"}, 400),
        ({"instead": "ana"}, 400),
    ],
)
async def test_an_override_that_makes_no_sense_is_refused(front, change, status):
    """Nothing is stored of it, and the preview refuses it alike."""
    token = await front.token("ana", "ack")
    body = {"schedule": "payments-primary", "people": ["cho"], **SPAN} | change
    for path in ("/api/v1/overrides", "/api/v1/overrides/preview"):
        assert (await front.ask("POST", path, token=token, json=body)).status == status
    assert (await front.ask("GET", "/api/v1/overrides", token=token)).json["overrides"] == []


async def test_an_override_of_the_past_is_refused(front):
    """It would put nobody on call, and change what is said of who was."""
    token = await front.token("ana", "ack")
    body = {"schedule": "payments-primary", "people": ["cho"], "from": "2026-01-01T12:00:00Z", "for": "4h"}
    refused = await front.ask("POST", "/api/v1/overrides", token=token, json=body)

    assert refused.status == 400
    assert "in the past, but this ends 2026-01-01T16:00:00+00:00" in refused.json["error"]


async def test_a_preview_has_its_limit(front):
    """Sixty days are shown at most."""
    token = await front.token("ana", "ack")
    body = {"schedule": "payments-primary", "people": ["cho"], **SPAN, "days": 61}

    assert (await front.ask("POST", "/api/v1/overrides/preview", token=token, json=body)).status == 400
