"""How people can be reached, and test pages, over the API."""

import pytest

from pagerd.core.people import Medium
from pagerd.stores.records import stored
from tests.builders import NOON

TEST = "/api/v1/people/ana/test"


async def test_a_test_page_is_a_real_notification(front):
    """It is handed to the senders as a page is, under no page, and can be watched by its id."""
    token = await front.token("dora", "ack")
    made = await front.ask("POST", TEST, token=token, json={"via": "sms"})
    test = made.json["test"]
    seen = await front.ask("GET", f"/api/v1/tests/{test['id']}", token=token)

    assert made.status == 201, made.text
    assert [one.notification.id for one in front.sent] == [test["id"]]
    assert front.sent[0].notification.page_id is None
    assert (test["person"], test["medium"], test["purpose"]) == ("ana", "sms", "test")
    assert [hop["hop"] for hop in test["hops"]] == ["stored"]
    assert seen.json == made.json
    assert '"code"' not in made.text


async def test_without_a_medium_it_goes_as_a_page_would_first(front):
    """That is by the first of the person's own high methods."""
    token = await front.token("dora", "ack")
    made = await front.ask("POST", TEST, token=token, json={})

    first = front.engine.plan.people["ana"].notify["high"][0].medium
    assert made.json["test"]["medium"] == first.value


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/api/v1/people/mallory/test", {}, 404, "there is no person 'mallory'"),
        (TEST, {"via": "fax"}, 400, "via"),
        (TEST, {"vai": "sms"}, 400, "did you mean via"),
    ],
)
async def test_what_cannot_be_sent_is_said(front, path, body, status, words):
    """Nobody of that name, no such medium, no such key."""
    answer = await front.ask("POST", path, token=await front.token("dora", "ack"), json=body)

    assert answer.status == status
    assert words in answer.text


async def test_nobody_is_tested_twice_within_a_minute_or_without_the_scope(front):
    """Whoever may test must not be able to ring somebody all night; whoever may only look may not test."""
    token = await front.token("dora", "ack")
    first = await front.ask("POST", TEST, token=token, json={"via": "voice"})
    second = await front.ask("POST", TEST, token=token, json={"via": "voice"})
    other = await front.ask("POST", TEST, token=token, json={"via": "sms"})
    reader = await front.ask("POST", TEST, token=await front.token("ben", "read"), json={"via": "email"})

    assert (first.status, second.status, other.status, reader.status) == (201, 409, 201, 403)
    assert "0 s ago" in second.json["error"]


async def test_an_ordinary_notification_is_no_test_page(front):
    """Its id tells nothing here."""
    await front.page()
    token = await front.token("dora", "read")
    answer = await front.ask("GET", f"/api/v1/tests/{front.sent[0].notification.id}", token=token)

    assert answer.status == 404


async def test_everybodys_contacts_stand_with_their_state(front):
    """Refused says since when and why; what was never tried says so; addresses are masked."""
    person = front.engine.plan.people["ana"]
    contact = stored.UnusableContact(
        person="ana", medium=Medium.SMS, address=person.sms or "", at=NOON, why="the person texted STOP"
    )
    await front.engine.transact(lambda work: stored.put_unusable(work.c, contact))
    answer = await front.ask("GET", "/api/v1/status", token=await front.token("ben", "read"))
    people = {one["person"]: one for one in answer.json["people"]}
    methods = {one["medium"]: one for one in people["ana"]["methods"]}

    assert set(people) == set(front.engine.plan.people)
    assert (methods["sms"]["state"], methods["sms"]["why"]) == ("refused", "the person texted STOP")
    assert methods["sms"]["since"] == NOON.isoformat()
    assert methods["email"]["state"] == "untried"
    assert people["ana"]["reachable"]
    assert person.sms not in answer.text


async def test_a_test_page_is_answered_by_its_code(front):
    """By its reader alone; a code that is none of theirs is not found."""
    ana, ben = await front.token("ana", "ack"), await front.token("ben", "ack")
    test = (await front.ask("POST", "/api/v1/people/ana/test", token=ana, json={"via": "email"})).json["test"]
    [(code,)] = await front.engine.read(lambda c: c.execute("SELECT code FROM notifications WHERE id = $1", test["id"]))
    refused = await front.ask("POST", "/api/v1/tests/confirm", token=ben, json={"code": code})
    said = await front.ask("POST", "/api/v1/tests/confirm", token=ana, json={"code": code})

    assert refused.status == 404
    assert said.json == {"sentence": "Thank you: email reaches ana."}
    assert (await front.ask("GET", f"/api/v1/tests/{test['id']}", token=ana)).json["test"]["answered"]
