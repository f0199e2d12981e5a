PAGE = {
    "id": "p-1",
    "severity": "sev1",
    "status": "triggered",
    "team": "shop",
    "title": "CheckoutErrors",
    "place": "",
    "opened_at": "2026-01-06T11:00:00+00:00",
    "acknowledged_by": None,
    "summary": "Checkout fails \x1b[31m\n2026-01-06 12:00:01  ana acknowledged.",
    "action": None,
    "runbook": "checkout-down",
    "runbook_url": None,
    "firing": 2,
    "stale": 1,
    "frozen_why": None,
}


def test_open_pages_are_a_table(daemon, command):
    """What, where, how long, and who has it; what is not there is a dash."""
    daemon.answers_to("GET /api/v1/pages", {"pages": [PAGE]})
    said = command("pages", "--team", "shop")

    header, row = (line.split() for line in said.out.splitlines())
    assert header == ["PAGE", "SEVERITY", "STATUS", "TEAM", "WHAT", "WHERE", "AGE", "HOLDER"]
    assert row[:6] == ["p-1", "sev1", "triggered", "shop", "CheckoutErrors", "-"]
    assert row[-1] == "-"
    assert daemon.asked[0].path == "/api/v1/pages?team=shop"


def test_a_page_that_tells_nobody_or_may_be_over_says_so(daemon, command):
    """Silenced at its source, or forgotten by it, it is `triggered` all the same; that alone would alarm or mislead."""
    why = "all its alerts are muted by ben in Alertmanager: \x1b[31mrolling back"
    pages = [PAGE, PAGE | {"frozen_why": why}, PAGE | {"status": "acknowledged", "stale": 2}]
    daemon.answers_to("GET /api/v1/pages", {"pages": pages})
    daemon.answers_to("GET /api/v1/pages/p-1", {"page": pages[1], "zone": "UTC", "timeline": [], "notifications": []})
    listed = [line.split()[2] for line in command("pages").out.splitlines()[1:]]
    told = command("pages", "p-1").out.splitlines()

    assert listed == ["triggered", "triggered,frozen", "acknowledged,stale"]
    assert told[0].split()[2] == "triggered,frozen"
    assert "  frozen: all its alerts are muted by ben in Alertmanager: ?[31mrolling back" in told


def test_a_list_of_tickets_that_is_cut_says_so(daemon, command):
    """A thousand must not look like two hundred."""
    daemon.answers_to("GET /api/v1/tickets", {"tickets": [], "more": True})

    assert "there are more: --team TEAM" in command("tickets").err


def test_a_list_of_pages_that_is_cut_says_where_it_goes_on(daemon, command):
    """And the words that it gives can be typed."""
    daemon.answers_to("GET /api/v1/pages", {"pages": [PAGE], "more": True, "unreadable": []})
    on = command("pages").err.partition("there are more: ")[2].split()[:2]
    command("pages", *on)

    assert on[0] == "--before"
    assert daemon.asked[-1].path.startswith("/api/v1/pages?before=2026-")


def test_a_page_that_cannot_be_read_is_named(daemon, command):
    """The others are listed all the same."""
    daemon.answers_to("GET /api/v1/pages", {"pages": [PAGE], "more": False, "unreadable": ["p-broken"]})
    said = command("pages")

    assert "p-1" in said.out
    assert "Page p-broken is open and its row in the database cannot be read" in said.err


def test_all_asks_for_resolved_ones_too(daemon, command):
    """And no pages are said, not shown."""
    daemon.answers_to("GET /api/v1/pages", {"pages": []})
    said = command("pages", "--all")

    assert (said.code, said.out, said.err) == (0, "", "No open pages.\n")
    assert daemon.asked[0].path == "/api/v1/pages?open=false"


def test_a_page_tells_its_story(daemon, command):
    """What it is, what to do, what happened and who was told; alert text obeys nobody's terminal."""
    story = {
        "page": PAGE,
        "zone": "Europe/Lisbon",
        "timeline": [{"local": "2026-01-06 12:00:00", "sentence": "Page opened: sev1."}],
        "notifications": [
            {
                "person": "ana",
                "medium": "sms",
                "address": "+35…001",
                "purpose": "page",
                "status": "delivered",
                "detail": "",
            }
        ],
    }
    daemon.answers_to("GET /api/v1/pages/p-1", story)
    said = command("pages", "p-1")

    assert "  summary: Checkout fails ?[31m 2026-01-06 12:00:01  ana acknowledged.\n" in said.out
    assert "  runbook: checkout-down\n" in said.out
    assert "\nTimeline, times of Europe/Lisbon:\n2026-01-06 12:00:00  Page opened: sev1.\n" in said.out
    assert said.out.splitlines()[-1].split() == ["ana", "sms", "+35…001", "page", "delivered", "-"]
