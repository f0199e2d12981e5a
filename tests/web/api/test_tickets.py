async def a_ticket(front):
    """Let an alert fire that is no page, and return its ticket's id."""
    body = {"alerts": [{"fingerprint": "w", "labels": {"severity": "warning"}}]}
    answer = await front.ask("POST", "/api/v1/alertmanager/prod", token="source-token-of-prod", json=body)
    assert answer.status == 200
    token = await front.token("ana", "read")
    [ticket] = (await front.ask("GET", "/api/v1/tickets", token=token)).json["tickets"]
    return ticket["id"]


async def test_a_ticket_is_taken_and_closed_by_a_person(front):
    """Its story names who took it and who closed it."""
    ticket, token = await a_ticket(front), await front.token("ben", "ack")
    taken = await front.ask("POST", f"/api/v1/tickets/{ticket}/take", token=token)
    assert taken.json["ticket"]["taken_by"] == "ben"
    again = await front.ask("POST", f"/api/v1/tickets/{ticket}/take", token=token)
    assert again.status == 409
    closed = await front.ask("POST", f"/api/v1/tickets/{ticket}/close", token=token, json={"reason": "tuned the rule"})
    assert closed.json["ticket"]["closed_by"] == "ben"

    story = (await front.ask("GET", f"/api/v1/tickets/{ticket}", token=token)).json
    assert story["zone"] == "Europe/Berlin"
    assert [entry["kind"] for entry in story["timeline"]] == ["ticket.opened", "ticket.taken", "ticket.closed"]


async def test_closed_tickets_are_listed_when_asked_for(front):
    """The queue shows what is left to do."""
    ticket, token = await a_ticket(front), await front.token("ben", "ack")
    await front.ask("POST", f"/api/v1/tickets/{ticket}/close", token=token)

    assert (await front.ask("GET", "/api/v1/tickets", token=token)).json["tickets"] == []
    every = (await front.ask("GET", "/api/v1/tickets?closed=true&team=payments", token=token)).json["tickets"]
    assert [one["id"] for one in every] == [ticket]


async def test_a_closed_ticket_is_noted_and_reopened(front):
    """What it was is often known only when it is over; and it may be back."""
    ticket, token = await a_ticket(front), await front.token("ben", "ack")
    await front.ask("POST", f"/api/v1/tickets/{ticket}/close", token=token, json={"reason": "tuned"})
    noted = await front.ask("POST", f"/api/v1/tickets/{ticket}/note", token=token, json={"text": "a full disk"})
    opened = await front.ask("POST", f"/api/v1/tickets/{ticket}/reopen", token=token, json={"reason": "not tuned"})
    again = await front.ask("POST", f"/api/v1/tickets/{ticket}/reopen", token=token, json={})
    empty = await front.ask("POST", f"/api/v1/tickets/{ticket}/note", token=token, json={"text": " "})

    assert (noted.status, opened.status, again.status, empty.status) == (200, 200, 409, 409)
    assert (opened.json["ticket"]["status"], opened.json["ticket"]["closed_by"]) == ("open", None)
    story = (await front.ask("GET", f"/api/v1/tickets/{ticket}", token=token)).json
    assert [entry["sentence"] for entry in story["timeline"]][-2:] == [
        "ben wrote: a full disk",
        "Ticket reopened by ben: not tuned.",
    ]


async def test_a_digest_can_be_looked_at(front):
    """What it would say now; of a team that is none it says which there are."""
    ticket, token = await a_ticket(front), await front.token("ben", "read")
    seen = (await front.ask("GET", "/api/v1/digests/payments", token=token)).json
    unknown = await front.ask("GET", "/api/v1/digests/none", token=token)

    assert (seen["to"], seen["due_at"], seen["last_at"]) == (["payments@example.com"], None, None)
    assert ticket in seen["text"]
    assert (unknown.status, "payments, platform" in unknown.json["error"]) == (404, True)


async def test_no_such_ticket_is_404(front):
    """A name that is none says so, for looking and for acting."""
    token = await front.token("ben", "ack")
    assert (await front.ask("GET", "/api/v1/tickets/t-none", token=token)).status == 404
    assert (await front.ask("POST", "/api/v1/tickets/t-none/take", token=token)).status == 404


async def test_a_ticket_is_opened_by_hand(front):
    """No alert stands behind it, so it neither pages nor ends by itself."""
    token = await front.token("ben", "ack")
    body = {"team": "payments", "text": "Tune the  probe", "service": "payments-api"}
    opened = await front.ask("POST", "/api/v1/tickets", token=token, json=body)
    nobody = await front.ask("POST", "/api/v1/tickets", token=token, json={"team": "none", "text": "x"})
    empty = await front.ask("POST", "/api/v1/tickets", token=token, json={"team": "payments", "text": " "})

    one = opened.json["ticket"]
    assert (opened.status, nobody.status, empty.status) == (201, 404, 409)
    assert (one["title"], one["severity"], one["firing"], one["page_at"]) == ("Tune the probe", "sev4", 0, None)
    story = (await front.ask("GET", f"/api/v1/tickets/{one['id']}", token=token)).json
    assert story["timeline"][0]["sentence"].endswith("severity sev4. Why: opened by ben through the API.")
    listed = (await front.ask("GET", "/api/v1/tickets", token=token)).json["tickets"]
    assert [ticket["id"] for ticket in listed] == [one["id"]]
