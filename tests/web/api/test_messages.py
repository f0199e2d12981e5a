from dataclasses import replace

import pytest

from pagerd.core.incidents.messages import MessageRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.engine.delivery import Delivery
from pagerd.engine.incidents import announcing
from pagerd.engine.incidents.messenger import Messenger
from pagerd.lab.receivers import Receivers
from tests.web.api.test_incidents import declared

ROOM = {"ops-chat": (), "leads": ("leads@example.com",)}


@pytest.fixture
def heard(front):
    """Let a room and an address hear of incidents, and return what they heard."""
    receivers = Receivers()
    front.engine.plan = replace(front.engine.plan, receivers=ROOM)
    front.engine.delivery = Delivery({}, front.clock, None, receivers=receivers.named(ROOM))
    return receivers


async def tell_all(front):
    """Tell what is due, as the daemon's messenger does."""
    messenger, taken = Messenger(front.engine), []
    front.engine.tell = taken.append
    await front.engine.transact(announcing.due)
    for one in taken:
        await messenger.tell(one)


async def test_a_receiver_is_tried_and_says_what_became_of_it(front, heard):
    """Whoever asks a moment later sees that it was taken."""
    token = await front.token("ana", "ack")
    said = await front.ask("POST", "/api/v1/receivers/ops-chat/test", token=token, json={})
    assert (said.status, [one["state"] for one in said.json["receiver"]["tests"]]) == (201, ["waiting"])
    await tell_all(front)
    after = (await front.ask("GET", "/api/v1/receivers/ops-chat", token=token)).json["receiver"]

    assert [one["state"] for one in after["tests"]] == ["sent"]
    assert (after["waiting"], after["addresses"]) == (0, [])
    assert [one.heading for _, one in heard.told] == ["Test message from pagerd: nothing is broken"]
    again = await front.ask("POST", "/api/v1/receivers/ops-chat/test", token=token, json={})
    assert (again.status, again.json["error"]) == (409, "ops-chat was tested 0 s ago: look what became of that first")


async def test_a_receiver_that_nobody_named_is_not_there(front, heard):
    """It says who there is."""
    token = await front.token("ana", "ack")
    for method, path in (("GET", "receivers/x"), ("POST", "receivers/x/test")):
        more = {"json": {}} if method == "POST" else {}
        said = await front.ask(method, f"/api/v1/{path}", token=token, **more)

        assert (said.status, said.json["error"]) == (
            404,
            "there is no receiver 'x' in pagerd.yaml; receivers are leads, ops-chat",
        )


async def test_who_reads_may_not_test(front, heard):
    """A test is heard by everybody in the room."""
    token = await front.token("ana", "read")
    said = await front.ask("POST", "/api/v1/receivers/ops-chat/test", token=token, json={})

    assert said.status == 403


async def test_an_incident_shows_who_was_told_what(front, heard):
    """Addresses are masked; what could not be told stands there in red."""
    token = await front.token("ben", "ack")
    heard.of("ops-chat").refuses = "declared"
    await declared(front, token, severity="sev3")
    await tell_all(front)
    told = (await front.ask("GET", "/api/v1/incidents/1/messages", token=token)).json["messages"]
    story = (await front.ask("GET", "/api/v1/incidents/1", token=token)).json

    assert [(one["receiver"], one["address"], one["state"]) for one in told] == [
        ("leads", "l…@example.com", "waiting"),
        ("ops-chat", None, "refused"),
    ]
    assert told[0]["fault"] == "mailing: no provider takes a mail now"
    assert story["messages"] == told
    assert (await front.ask("GET", "/api/v1/incidents/7/messages", token=token)).status == 404


async def test_a_preview_reads_as_the_message_would(front, heard):
    """By the templates in force; of a template that is broken it says so."""
    token = await front.token("ben", "ack")
    await declared(front, token, severity="sev3")
    await front.ask("POST", "/api/v1/incidents/1/updates", token=token, json={"know": "it is slow", "trend": "stable"})
    path = "/api/v1/incidents/1/messages/update"
    ours = (await front.ask("GET", path, token=token)).json
    rules = IncidentRules(messages=MessageRules(templates={"update": "{{ nothing }}"}))
    front.engine.plan = replace(front.engine.plan, incidents=rules)
    broken = (await front.ask("GET", path, token=token)).json

    assert ours["heading"] == "sev3 incident 1, update 1: investigating"
    assert (ours["fault"], ours["fields"]["know"]) == (None, "it is slow")
    assert broken["fault"] == "line 1: there is no field nothing"
    assert "Know: it is slow" in broken["lines"]
    for kind in ("public_resolved", "x"):
        assert (await front.ask("GET", f"/api/v1/incidents/1/messages/{kind}", token=token)).status == 404
