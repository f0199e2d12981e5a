"""The ladder on the command line."""


def rung(criterion, level, standing, **fields):
    """Return one criterion as the daemon tells it."""
    known = {"found": "1 of 2, 90 % is asked", "would_pass": "", "evidence": [], "against": []}
    return {"criterion": criterion, "level": level, "means": f"{criterion} are there", "standing": standing} | (
        known | fields
    )


LADDER = {
    "team": "payments",
    "level": 2,
    "name": "structured",
    "criteria": [
        rung("roles", 2, "passed", evidence=["incident 7"]),
        rung("runbooks", 3, "failed", against=[f"s{count}" for count in range(8)], would_pass="write them (100 %)"),
        rung("slos", 4, "not_in_use", found="nothing to go by", would_pass="watch a budget (at least 1)"),
    ],
}


def test_the_teams_are_a_table_with_what_is_missing_for_the_next_level(daemon, command):
    """Not what is missing for the one after."""
    daemon.answers_to("GET /api/v1/ladder", {"window_days": 90, "teams": [LADDER]})
    said = command("ladder")

    assert said.out.splitlines()[1].split() == ["payments", "2", "structured", "runbooks"]


def test_one_team_is_told_with_evidence_and_what_would_pass(daemon, command):
    """What failed is named by what speaks against it, and not all of it."""
    daemon.answers_to("GET /api/v1/ladder", {"window_days": 90, "teams": [LADDER]})
    said = command("ladder", "payments")

    assert said.out.startswith("Team payments is on level 2, structured, by the last 90 days.\n")
    assert "s0, s1, s2, s3, s4, s5 and 2 more" in said.out
    assert "  4 slos: watch a budget (at least 1)" in said.out
    assert daemon.asked[0].path == "/api/v1/ladder?team=payments"
