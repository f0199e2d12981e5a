TICKET = {
    "id": "t-1",
    "severity": "sev2",
    "status": "open",
    "team": "shop",
    "title": "DiskFull",
    "summary": "Disk is full \x1b[2J",
    "reasons": ["not clear: no runbook link"],
    "firing": True,
    "opened_at": "2026-01-06T11:00:00+00:00",
    "page_at": "2026-01-06T11:10:00+00:00",
    "taken_by": None,
}


def test_open_tickets_are_a_table(daemon, command):
    """With the time at which one would page after all."""
    daemon.answers_to("GET /api/v1/tickets", {"tickets": [TICKET]})
    said = command("tickets", "--team", "shop", "--all")

    row = said.out.splitlines()[1]
    assert row.split()[:6] == ["t-1", "sev2", "open", "shop", "DiskFull", "firing"]
    assert "Tue 2026-01-06 12:10 CET" in row
    assert daemon.asked[0].path == "/api/v1/tickets?team=shop&closed=true"


def test_no_tickets_are_said(daemon, command):
    """An empty queue is no error."""
    daemon.answers_to("GET /api/v1/tickets", {"tickets": []})
    said = command("tickets")

    assert (said.code, said.out, said.err) == (0, "", "No open tickets.\n")


def test_a_ticket_tells_why_it_is_no_page(daemon, command):
    """Its reasons, and what became of it."""
    timeline = [{"local": "2026-01-06 12:00:00", "sentence": "Ticket opened."}]
    daemon.answers_to("GET /api/v1/tickets/t-1", {"ticket": TICKET, "zone": "UTC", "timeline": timeline})
    said = command("tickets", "show", "t-1")

    assert said.out.splitlines() == [
        "t-1  sev2  open  team shop",
        "  DiskFull",
        "  Disk is full ?[2J",
        "  not clear: no runbook link",
        "",
        "Timeline, times of UTC:",
        "2026-01-06 12:00:00  Ticket opened.",
    ]


def test_a_digest_can_be_looked_at_before_its_hour(daemon, command):
    """Line by line; what an alert smuggled into it moves no cursor."""
    seen = {
        "team": "shop",
        "to": ["shop@example.com"],
        "due_at": None,
        "last_at": None,
        "subject": "[digest] shop 2026-01-06: 1 ticket, 1 new",
        "text": "Digest of team Shop.\n\nTickets\n  t-1 \x1b[2J\n",
    }
    daemon.answers_to("GET /api/v1/digests/shop", seen)
    said = command("tickets", "digest", "shop")

    assert said.out.splitlines() == [
        "To: shop@example.com",
        "Next: never, digest_at is none",
        "Subject: [digest] shop 2026-01-06: 1 ticket, 1 new",
        "",
        "Digest of team Shop.",
        "",
        "Tickets",
        "  t-1 ?[2J",
    ]


def test_a_note_and_a_reopening_go_to_the_ticket(daemon, command):
    """The words of a note need no quotes."""
    daemon.answers_to("POST /api/v1/tickets/t-1/note", {"sentence": "Noted on t-1."})
    daemon.answers_to("POST /api/v1/tickets/t-1/reopen", {"sentence": "t-1 is open again."})
    noted = command("tickets", "note", "t-1", "the", "export", "again")
    opened = command("tickets", "reopen", "t-1", "--why", "it is back")

    assert (noted.out, opened.out) == ("Noted on t-1.\n", "t-1 is open again.\n")
    assert [one.body for one in daemon.asked] == [{"text": "the export again"}, {"reason": "it is back"}]


def test_a_ticket_is_opened_with_words(daemon, command):
    """Of a team, and of a service where it is said."""
    daemon.answers_to("POST /api/v1/tickets", {"sentence": "t-2 is open for team shop.", "ticket": TICKET})
    said = command("tickets", "open", "shop", "--service", "cart", "Tune", "the", "probe")

    assert said.out == "t-2 is open for team shop.\n"
    assert daemon.asked[0].body == {"team": "shop", "text": "Tune the probe", "service": "cart"}
