"""Handoff notes and what goes over, over the API."""

from datetime import timedelta


async def test_a_note_is_written_and_shown_with_what_is_open(front):
    """Who has it next reads it with the handoff; the answer has the documented keys and no others."""
    ana = await front.token("ana", "ack")
    page = await front.page()
    path = "/api/v1/handoffs/payments-primary"
    written = await front.ask("POST", f"{path}/notes", token=ana, json={"text": "The canary is sick."})
    assert written.status == 201
    note = written.json["note"]
    assert (
        written.json["sentence"]
        == f"{note['id']}: Ben will read it with the handoff of payments-primary, at Mon 09:00."
    )
    shown = (await front.ask("GET", path, token=ana)).json

    assert shown == {
        "schedule": "payments-primary",
        "team": "payments",
        "on_call": ["ana"],
        "until": "2026-01-12T08:00:00+00:00",
        "next": ["ben"],
        "notes": [note],
        "pages": [
            {
                "id": page,
                "severity": "sev2",
                "title": "CheckoutErrors",
                "since": "2026-01-06T11:00:00+00:00",
                "holder": None,
                "until": None,
                "snoozed": False,
            }
        ],
        "pages_count": 1,
        "incidents": [],
        "nights_count": 0,
        "since": "2025-12-29T11:00:00+00:00",
    }
    assert note == {
        "id": note["id"],
        "schedule": "payments-primary",
        "at": "2026-01-06T11:00:00+00:00",
        "by": "ana",
        "text": "The canary is sick.",
        "until": "2026-01-12T08:00:00+00:00",
        "late": False,
    }


async def test_what_is_refused(front):
    """A schedule that is not there, somebody who was not on call, an empty note, a token that may only read."""
    path = "/api/v1/handoffs/payments-primary"
    ana, cho = await front.token("ana", "ack"), await front.token("cho", "ack")
    reads = await front.token("ana", "read")

    assert (await front.ask("GET", "/api/v1/handoffs/nothing", token=ana)).status == 404
    assert (await front.ask("POST", "/api/v1/handoffs/nothing/notes", token=ana, json={"text": "x"})).status == 404
    assert (await front.ask("POST", f"{path}/notes", token=cho, json={"text": "x"})).status == 403
    assert (await front.ask("POST", f"{path}/notes", token=ana, json={"text": " "})).status == 409
    assert (await front.ask("POST", f"{path}/notes", token=reads, json={"text": "x"})).status == 403


async def test_a_note_that_comes_late_is_told_at_once(front):
    """The schedule has changed hands an hour ago."""
    front.clock.move_to(front.clock.now() + timedelta(days=5, hours=22))
    ana = await front.token("ana", "ack")
    written = await front.ask(
        "POST", "/api/v1/handoffs/payments-primary/notes", token=ana, json={"text": "I forgot: eu-2 is drained."}
    )

    assert written.json["sentence"] == f"{written.json['note']['id']}: told to Ben."
    assert written.json["note"]["late"] is True
