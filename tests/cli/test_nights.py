import re

NIGHT = {
    "id": "n-1",
    "person": "ana",
    "team": "shop",
    "date": "2026-01-06",
    "zone": "Europe/Lisbon",
    "night": "22:00-07:00",
    "pages": ["p-1", "p-2"],
    "incidents": [7],
    "seen": [
        {"page": None, "incident": 7, "from": "2026-01-07T02:10:00+00:00", "to": "2026-01-07T02:30:00+00:00"},
        {"page": "p-1", "incident": None, "from": "2026-01-07T02:12:00+00:00", "to": "2026-01-07T02:20:00+00:00"},
    ],
    "seen_minutes": 20,
    "said_minutes": 90,
    "minutes": 90,
    "state": "said",
}
SPAN = {"from": "2026-01-01T00:00:00+00:00", "to": "2026-02-01T00:00:00+00:00"}


def test_nights_are_a_table(daemon, command):
    """What was seen, what was said, and what counts stand beside each other."""
    daemon.answers_to("GET /api/v1/nights", {**SPAN, "nights": [NIGHT]})
    said = command("nights", "--person", "ana")

    assert said.out.splitlines()[1].split()[4:] == ["2", "20m", "1h", "30m", "1h", "30m", "said"]
    assert daemon.asked[0].path == "/api/v1/nights?person=ana"


def test_quiet_nights_are_said(daemon, command):
    """With the span that was looked at."""
    daemon.answers_to("GET /api/v1/nights", {**SPAN, "nights": []})

    assert command("nights").err.startswith("No night with a phone that rang, or work, ended from Thu 2026-01-01")


def test_a_night_is_told(daemon, command):
    """With its evidence and what was said of it since."""
    row = {"page": "p-1", "severity": "sev2", "local": "2026-01-07 02:30", "evidence": "sms delivered"}
    entry = {"at": SPAN["from"], "local": "2026-01-07 07:00:00", "sentence": "Asked ana.", "kind": "x", "details": {}}
    story = {"night": NIGHT, "rows": [row], "zone": "Europe/Lisbon", "timeline": [entry]}
    daemon.answers_to("GET /api/v1/nights/last", story)
    said = command("nights", "show", "last")

    assert "Counts 1h 30m; seen 20m, said 1h 30m" in said.out
    assert "p-1  sev2  2026-01-07 02:30  sms delivered" in said.out
    assert re.search(r"incident 7  worked on from .*:10 .* to .*:30", said.out)
    assert re.search(r"p-1  worked on from .*:12 .* to .*:20", said.out)
    assert "Asked ana." in said.out


def test_saying_how_long_it_was(daemon, command):
    """A length as everywhere, or none."""
    daemon.answers_to("POST /api/v1/nights/last/worked", {"sentence": "n-1: 40m of work.", "night": NIGHT})

    assert command("nights", "worked", "last", "40m").out == "n-1: 40m of work.\n"
    assert command("nights", "worked", "last", "none", "--why", "slept").code == 0
    assert [one.body for one in daemon.asked] == [{"worked": "40m", "why": ""}, {"worked": "0m", "why": "slept"}]
    assert command("nights", "worked", "last", "long").code == 2


def test_disputing_and_settling(daemon, command):
    """Each with its reason."""
    daemon.answers_to("POST /api/v1/nights/n-1/dispute", {"sentence": "n-1 is disputed.", "night": NIGHT})
    daemon.answers_to("POST /api/v1/nights/n-1/settle", {"sentence": "n-1 is settled.", "night": NIGHT})

    assert command("nights", "dispute", "n-1", "--why", "x", "--page", "p-1", "--worked", "none").code == 0
    assert command("nights", "settle", "n-1", "--reject", "--why", "y").out == "n-1 is settled.\n"
    assert [one.body for one in daemon.asked] == [
        {"why": "x", "page": "p-1", "worked": "0m"},
        {"upheld": False, "why": "y", "worked": None},
    ]
    assert command("nights", "settle", "n-1", "--why", "y").code == 2
