NOTE = {
    "id": "h-1",
    "schedule": "shop-primary",
    "at": "2026-01-12T07:55:00+00:00",
    "by": "ana",
    "text": "The canary is sick.\nDora knows.",
    "until": "2026-01-12T08:00:00+00:00",
    "late": False,
}
PAGE = {
    "id": "p-1",
    "severity": "sev2",
    "title": "CheckoutErrors",
    "since": "2026-01-12T07:00:00+00:00",
    "holder": "ana",
    "until": "2026-01-12T09:00:00+00:00",
    "snoozed": True,
}
INCIDENT = {"number": 7, "severity": "sev1", "title": "No money", "status": "mitigating", "roles": {"ic": "dora"}}
HANDOFF = {
    "schedule": "shop-primary",
    "team": "shop",
    "on_call": ["ana"],
    "until": "2026-01-12T08:00:00+00:00",
    "next": ["ben"],
    "notes": [NOTE],
    "pages": [PAGE, {**PAGE, "id": "p-2", "holder": None, "until": None}],
    "pages_count": 3,
    "incidents": [INCIDENT],
    "nights_count": 2,
    "since": "2026-01-04T08:00:00+00:00",
}
PATH = "/api/v1/handoffs/shop-primary"


def test_a_note_is_written(daemon, command):
    """Its words need no quotes."""
    daemon.answers_to(f"POST {PATH}/notes", {"sentence": "h-1: Ben will read it.", "note": NOTE})
    said = command("handoff", "note", "shop-primary", "The", "canary is sick.")

    assert (said.code, said.out) == (0, "h-1: Ben will read it.\n")
    assert daemon.asked[0].body == {"text": "The canary is sick."}


def test_what_goes_over_is_shown(daemon, command):
    """Who has it next, each note with its lines, pages and whose they are, incidents, nights."""
    daemon.answers_to(f"GET {PATH}", HANDOFF)
    said = command("handoff", "show", "shop-primary")

    assert said.out.startswith("shop-primary: ana until ")
    assert "then ben." in said.out
    assert "  The canary is sick.\n  Dora knows.\n" in said.out
    assert "ana, snoozed until" in said.out
    assert "nobody" in said.out
    assert "Incident 7 sev1 No money, mitigating: ic dora" in said.out
    assert "1 more: pagerd pages --team shop" in said.err
    assert "disturbed a night" in said.out


def test_that_nothing_goes_over_is_said(daemon, command):
    """Nor is anybody invented who has it next."""
    empty = {**HANDOFF, "on_call": [], "until": None, "next": [], "notes": [], "pages": [], "pages_count": 0}
    daemon.answers_to(f"GET {PATH}", {**empty, "incidents": [{**INCIDENT, "roles": {}}]})
    said = command("handoff", "show", "shop-primary")

    assert said.out.startswith("shop-primary: NOBODY.\n")
    assert "No page is open." in said.err
    assert "nobody has a role" in said.out
    assert command("handoff", "show", "shop-primary", "-o", "json").code == 0
