"""Drills on the command line."""

SCORE = {
    "incident": 7,
    "team": "payments",
    "severity": "sev1",
    "scenario": "the database is gone",
    "status": "mitigating",
    "started_at": "2026-01-06T11:00:00+00:00",
    "passed": 1,
    "asked": 2,
    "is_final": False,
    "points": [
        {
            "point": "ic",
            "means": "somebody was incident commander",
            "target": "within 5m",
            "found": "after 3m",
            "shown": "passed",
            "evidence": [{"at": "2026-01-06T11:03:00+00:00", "what": "somebody was incident commander"}],
        },
        {"point": "gate", "means": "x", "target": "y", "found": "it is mitigating", "shown": "open", "evidence": []},
    ],
}


def test_a_drill_is_started_with_what_is_supposed_to_be_broken(daemon, command):
    """What is left out is not mentioned."""
    daemon.answers_to("POST /api/v1/drills", {"sentence": "Drill incident 7 has begun.", "incident": {}})
    said = command("drill", "start", "--team", "payments", "the", "database", "is", "gone")

    assert said.out == "Drill incident 7 has begun.\n"
    assert daemon.asked[0].body == {"scenario": "the database is gone", "team": "payments"}
    assert command("drill", "start", "the database is gone").code == 2


def test_a_score_has_each_point_and_what_shows_it(daemon, command):
    """Its target, what was found, and the instants."""
    daemon.answers_to("GET /api/v1/drills/7", SCORE)
    said = command("drill", "score", "7")

    assert "1 of 2, not over" in said.out
    assert "within 5m" in said.out
    assert "it is mitigating" in said.out
    assert "2026-01-06 12:03" in said.out


def test_drills_are_listed_by_team(daemon, command):
    """With when the next one is due; where there was none, that is said."""
    teams = [{"team": "payments", "due_at": "2026-02-06T11:00:00+00:00", "drills": [SCORE]}]
    daemon.answers_to("GET /api/v1/drills", {"teams": teams})
    said = command("drill", "list", "--team", "payments")

    assert "the database is gone" in said.out
    assert said.err.startswith("Team payments: the next one is due from Fri 2026-02-06")
    assert daemon.asked[0].path == "/api/v1/drills?team=payments"
    daemon.answers_to("GET /api/v1/drills", {"teams": []})
    assert command("drill", "list").err == "There was no drill yet.\n"
