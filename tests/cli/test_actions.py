ACTION = {
    "number": 3,
    "incident": 7,
    "status": "done",
    "title": "a bigger \x1b[2Jpool",
    "owner": "ben",
    "due": "2026-02-10",
    "priority": "high",
    "verification": "runbook: pools",
    "impact": "no exhaustion",
    "bars": ["recurrence", "runbook"],
    "team": "payments",
    "is_drill": True,
    "check_state": "unmet",
    "checked_at": "2026-01-06T11:00:00+00:00",
    "check_what": "there is no runbook pools",
    "repeats": [9, 11],
    "remind_at": "2026-02-06T08:00:00+00:00",
    "ref": "OPS-1",
    "ref_url": "https://t.example/OPS-1",
    "lacks": ["priority_missing"],
}
STORY = {
    "action": ACTION,
    "findings": [{"code": "priority_missing", "what": "it has no priority"}],
    "zone": "UTC",
    "timeline": [{"local": "2026-01-06 11:00:00", "sentence": "ana wrote it down."}],
}
ACT = {"sentence": "Done.", "action": ACTION}


def test_what_is_not_verified_is_a_table(daemon, command):
    """With who answers for it, by when, and what it lacks."""
    daemon.answers_to("GET /api/v1/actions", {"actions": [ACTION], "more": True})
    said = command("action", "list", "--team", "payments", "--overdue", "--incident", "7", "--before", "9")

    row = said.out.splitlines()[1]
    assert row.split() == ["3", "7", "done,drill", "high", "ben", "2026-02-10", "a", "bigger", "?[2Jpool", "priority"]
    assert said.err == "There are older ones: --before 3 goes on.\n"
    assert daemon.asked[0].path == "/api/v1/actions?team=payments&incident=7&before=9&overdue=true"


def test_nothing_left_is_said(daemon, command):
    """Which is no error."""
    daemon.answers_to("GET /api/v1/actions", {"actions": [], "more": False})
    said = command("action", "list", "--all")

    assert (said.code, said.out, said.err) == (0, "", "No action item is left to be verified.\n")
    assert daemon.asked[0].path == "/api/v1/actions?open=false"


def test_an_item_says_how_it_stands(daemon, command):
    """What it lacks, what was looked at, what is next, and all that happened."""
    daemon.answers_to("GET /api/v1/actions/3", STORY)
    said = command("action", "show", "3")

    assert said.out.splitlines() == [
        "Action 3  DRILL  done  incident 7  team payments",
        "  a bigger ?[2Jpool",
        "  owner: ben",
        "  due: 2026-02-10",
        "  priority: high",
        "  verified by: runbook: pools",
        "  better: no exhaustion",
        "  serves: it happens again less often, or not at all, a runbook or an alert gets better",
        "  looked at: unmet at Tue 2026-01-06 12:00 CET: there is no runbook pools",
        "  next reminder: Fri 2026-02-06 09:00 CET",
        "  again in incident: 9, 11",
        "  tracker: OPS-1 https://t.example/OPS-1",
        "  lacks: it has no priority",
        "",
        "Timeline, times of UTC:",
        "2026-01-06 11:00:00  ana wrote it down.",
    ]


def test_writing_one_down_says_all_that_was_said(daemon, command):
    """Each option has its place in the body, the key its header; a day is a day."""
    daemon.answers_to("POST /api/v1/incidents/7/actions", ACT)
    said = command(
        *("action", "add", "7", "--owner", "ben", "--due", "2026-02-10", "--priority", "high", "--bar", "detection"),
        *("--bar", "runbook", "--verify", "rule: X", "--impact", "seen", "--key", "k1", "a", "bigger", "pool"),
    )

    assert (said.code, said.out) == (0, "Done.\n")
    assert daemon.asked[0].body == {
        "title": "a bigger pool",
        "owner": "ben",
        "due": "2026-02-10",
        "priority": "high",
        "verification": "rule: X",
        "impact": "seen",
        "bars": ["detection", "runbook"],
    }
    assert daemon.asked[0].headers["Idempotency-Key"] == "k1"


def test_each_act_tells_the_daemon(daemon, command):
    """Only what was said."""
    acts = {
        ("edit", "3", "--title", "a pool"): ("3", {"title": "a pool"}),
        ("assign", "3", "cho"): ("3", {"owner": "cho"}),
        ("due", "3", "2026-03-01"): ("3", {"due": "2026-03-01"}),
        ("start", "3"): ("3/start", {}),
        ("done", "3", "size", "400"): ("3/done", {"text": "size 400"}),
        ("verify", "3", "it", "holds"): ("3/verify", {"why": "it holds"}),
        ("drop", "3", "it", "is", "gone"): ("3/drop", {"why": "it is gone"}),
        ("reopen", "3", "it", "leaks"): ("3/reopen", {"why": "it leaks"}),
    }
    for arguments, (path, body) in acts.items():
        daemon.answers_to(f"POST /api/v1/actions/{path}", ACT)
        said = command("action", *arguments)

        assert (said.code, said.out) == (0, "Done.\n")
        assert (daemon.asked[-1].path, daemon.asked[-1].body) == (f"/api/v1/actions/{path}", body)


def test_an_export_has_all_of_them(daemon, command):
    """JSON goes on until there are no older ones."""
    daemon.answers_to("GET /api/v1/actions", {"actions": [ACTION], "more": False})
    said = command("action", "export", "-o", "json", "--owner", "ben")

    assert '"number": 3' in said.out
    assert daemon.asked[0].path == "/api/v1/actions?owner=ben&open=false"
