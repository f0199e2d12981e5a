from dataclasses import replace

import pytest

from pagerd.engine.explaining import OldPlans
from pagerd.stores.records import stored
from tests.builders import a_plan, some_annotations, some_labels
from tests.web.front import a_front

ALERT = {"labels": some_labels(), "annotations": some_annotations()}


async def asked(front, body, status=200):
    """Ask, and return what came back."""
    answer = await front.ask("POST", "/api/v1/explain", token=await front.token("ana", "read"), json=body)
    assert answer.status == status, answer.text
    return answer.json


async def test_an_alert_that_nobody_ever_sent(front):
    """It would page, and was never received; when each source was last heard is said."""
    one = (await asked(front, ALERT))["alerts"][0]

    assert one["explanation"]["outcome"] == "opens_page"
    assert one["happened"]["fate"] == "never_received"
    assert one["happened"]["sentence"] == "No such alert was received. Last heard of: prod never, other never."


async def test_a_webhooks_body_is_asked_about_as_it_is(front):
    """Its other keys are passed over, and each alert is answered in its order."""
    body = {
        "version": "4",
        "receiver": "pagerd",
        "alerts": [
            {**ALERT, "status": "firing", "startsAt": "2026-01-06T10:00:00Z", "fingerprint": "abc"},
            {"labels": some_labels(severity="warning")},
        ],
    }
    answer = await asked(front, body)

    assert [one["explanation"]["outcome"] for one in answer["alerts"]] == ["opens_page", "ticket"]


async def test_what_happened_to_one_that_was_received(front):
    """It is decided as it was then; its page and its notifications are there, without codes and whole numbers."""
    page = await front.page()
    body = {"labels": some_labels(), "annotations": some_annotations(), "fingerprint": "f0"}
    one = (await asked(front, body))["alerts"][0]

    record = one["happened"]["records"][0]
    assert (one["happened"]["fate"], record["page"]["id"]) == ("paged", page)
    assert {(sent["person"], sent["why"]) for sent in record["notifications"]} == {
        ("ana", "primary, schedule payments-primary")
    }
    assert not {"code", "digit"} & record["notifications"][0].keys()
    assert "+49151" not in str(one)
    assert one["explanation"]["outcome"] == "opens_page"


async def test_some_of_its_labels_mean_the_alert_that_was_received(front):
    """All that it said decides, at the instant at which it began to fire; with --at or another annotation it is new."""
    began = front.clock.now()
    await front.store.write(lambda c: stored.put_plan(c, "test-1", began, {}))
    await front.page()
    front.clock.move_to(began.replace(hour=20))
    known = (await asked(front, {"labels": {"alertname": "CheckoutErrors"}}))["alerts"][0]["explanation"]
    later = (await asked(front, {"labels": some_labels(), "at": front.clock.now().isoformat()}))["alerts"][0][
        "explanation"
    ]
    other = {"labels": some_labels(), "annotations": {"summary": "Something else"}}
    like_it = (await asked(front, other))["alerts"][0]["explanation"]

    assert (known["outcome"], known["at"]) == ("opens_page", began.isoformat())
    assert known["labels"] == some_labels()
    assert (later["at"], like_it["at"]) == (front.clock.now().isoformat(),) * 2
    assert (later["outcome"], like_it["outcome"]) == ("ticket", "joins_page")


async def test_at_a_past_instant_under_the_plan_of_then(front):
    """The files of that revision are read again by whoever the daemon hands over."""
    old = a_plan(revision="old", fallback="payments")
    front.services.old_plans = OldPlans(lambda _files, revision, _at: replace(old, revision=revision))
    at = front.clock.now()
    await front.store.write(lambda c: stored.put_plan(c, "old", at, {}))
    front.clock.move_to(at.replace(hour=20))
    answer = await asked(front, {"labels": {"alertname": "X"}, "at": "2026-01-06T12:00:00Z"})

    explanation = answer["alerts"][0]["explanation"]
    assert (explanation["revision"], explanation["team"]) == ("old", "payments")
    assert explanation["at"] == "2026-01-06T12:00:00+00:00"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 400, "an alert without labels is none"),
        ({"alerts": []}, 400, "an alert without labels is none"),
        ({"alerts": [{"labels": {}}]}, 400, "an alert without labels is none"),
        ({"labels": {"a": 1}}, 400, "$.labels"),
        ({"alerts": [ALERT] * 21}, 400, "too many for one question"),
        ({**ALERT, "at": "yesterday"}, 400, "no instant"),
        ({**ALERT, "at": "2020-01-01T00:00:00Z"}, 404, "had not started yet"),
    ],
)
async def test_what_cannot_be_asked(front, body, status, words):
    """The answer says what is wrong."""
    assert words in (await asked(front, body, status))["error"]


async def test_the_plan_of_then_that_nobody_can_read(front):
    """An older format is no failure of the daemon."""
    at = front.clock.now()
    await front.store.write(lambda c: stored.put_plan(c, "old", at, {}))
    front.clock.move_to(at.replace(hour=20))

    assert "revision old" in (await asked(front, {**ALERT, "at": at.isoformat()}, 409))["error"]


async def test_a_page_is_explained(front):
    """Its story with each notification, and its opening decided again."""
    page = await front.page()
    answer = await front.ask("GET", f"/api/v1/pages/{page}/explain", token=await front.token("ana", "read"))

    assert answer.status == 200
    said = answer.json
    assert said["explanation"]["outcome"] == "opens_page"
    assert said["explanation"]["reasons"] == said["alert"]["reasons"]
    assert [entry["kind"] for entry in said["timeline"]] == ["page.opened", "step.paged"]
    assert {one["medium"] for one in said["notifications"]} == {"sms", "voice"}
    assert said["undelivered"] is False


async def test_looking_needs_the_scope_read(front):
    """As every other look."""
    for method, path in (("GET", "/api/v1/pages/p-1/explain"), ("POST", "/api/v1/explain")):
        assert (await front.ask(method, path, json={})).status == 401


async def test_hostile_labels_are_only_text(tmp_path):
    """Long, odd and many labels are answered, in bounded time and space."""
    labels = {f"l{number}": "x" * 500 for number in range(60)} | {"alertname": "%_'\";<script>", "severity": "{{ x }}"}
    async with a_front(tmp_path) as front:
        one = (await asked(front, {"labels": labels}))["alerts"][0]

        assert one["explanation"]["outcome"] == "ticket"
        assert one["happened"]["fate"] == "never_received"
