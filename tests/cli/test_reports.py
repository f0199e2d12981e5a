NIGHT = {
    "person": "ana",
    "page": "p-1",
    "team": "shop",
    "severity": "sev1",
    "at": "2026-01-07T01:30:00+00:00",
    "local": "2026-01-07 01:30",
    "zone": "Europe/Lisbon",
    "evidence": "sms delivered",
}


def test_nights_are_a_table_in_the_sleepers_zone(daemon, command):
    """Whose night it was decides on the clock."""
    daemon.answers_to("GET /api/v1/reports/nights", {"from": "a", "to": "b", "nights": [NIGHT]})
    said = command("report", "nights", "--from", "2026-01-01", "--to", "2026-01-31", "--team", "shop")

    assert said.out.splitlines()[1].split()[:4] == ["2026-01-07", "01:30", "Europe/Lisbon", "ana"]
    assert daemon.asked[0].path == (
        "/api/v1/reports/nights?from=2025-12-31T23%3A00%3A00%2B00%3A00&to=2026-01-31T23%3A00%3A00%2B00%3A00&team=shop"
    )


def test_quiet_nights_are_said(daemon, command):
    """With the span that was looked at."""
    daemon.answers_to("GET /api/v1/reports/nights", {"from": "a", "to": "b", "nights": []})
    said = command("report", "nights")

    assert (said.code, said.out, said.err) == (0, "", "No night pages from a to b.\n")


def test_csv_is_the_daemons_own(daemon, command):
    """Its columns and its guard against formulas, with the line ends of a terminal."""
    daemon.answers_to("GET /api/v1/reports/nights", "person,page\r\nana,p-1\r\n")
    said = command("report", "nights", "-o", "csv")

    assert (said.code, said.out) == (0, "person,page\nana,p-1\n")
    assert daemon.asked[0].path == "/api/v1/reports/nights?format=csv"
