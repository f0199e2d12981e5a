"""`pagerd audit verify` says whether the chain holds, and leaves with the exit code that a cron job needs."""

import json

NOTHING = {"entries": 0, "objects": 0, "anchors": 0, "redacted": 0, "unchained": 0, "tombstones": 0}


def bite(after, findings=(), **counted):
    """Return a bite as the daemon answers."""
    return {**NOTHING, "total": 10, "after": after, "findings": list(findings), **counted}


def test_a_chain_that_holds_is_one_line_and_zero(daemon, command):
    """What was verified is said."""
    daemon.answers_to("GET /api/v1/audit", bite(None, entries=10, objects=4, anchors=2, redacted=1))
    said = command("audit", "verify", "--daemon")

    assert said.code == 0
    assert "the chain holds. Verified: 10 entries of 4 objects, 2 anchors, 1 redacted entries." in said.err


def test_findings_are_a_table_and_one(daemon, command):
    """Where, and what; how many at the end."""
    found = {"where": "p-7Kx2Qm", "what": "entry 3 is not what was written"}
    daemon.answers_to("GET /api/v1/audit", bite(None, [found], entries=10, objects=4))
    said = command("audit", "verify", "--daemon")

    assert said.code == 1
    assert said.out.splitlines()[1].split(maxsplit=1) == ["p-7Kx2Qm", "entry 3 is not what was written"]
    assert "1 findings" in said.err


def test_json_has_the_counts_and_the_findings(daemon, command):
    """For machines; the exit code is the same."""
    found = {"where": "anchor 3", "what": "it is not what was written"}
    daemon.answers_to("GET /api/v1/audit", bite(None, [found], entries=10))
    said = command("audit", "verify", "--daemon", "-o", "json")

    assert said.code == 1
    assert json.loads(said.out) == {"ok": False, **NOTHING, "entries": 10, "findings_count": 1, "findings": [found]}


def test_an_anchor_that_was_kept_elsewhere_must_be_there(daemon, command):
    """That is what an anchor in the log is for."""
    daemon.answers_to("GET /api/v1/audit", bite(None))
    daemon.answers_to("GET /api/v1/audit/anchors/1f0c", {"number": 12})
    daemon.answers_to("GET /api/v1/audit/anchors/beef", {"number": None})

    assert command("audit", "verify", "--daemon", "--anchor", "1f0c").code == 0
    said = command("audit", "verify", "--daemon", "--anchor", "1f0c", "--anchor", "beef")
    assert said.code == 1
    assert "anchor beef" in said.out


def test_a_file_that_is_no_database_of_ours_is_said(command, tmp_path):
    """Not found, foreign, and the two ways at once."""
    other = tmp_path / "other.db"
    other.write_text("a shopping list that is longer than a header " * 99)

    assert command("audit", "verify", "--file", str(tmp_path / "none.db")).code == 5
    said = command("audit", "verify", "--file", str(other))
    assert (said.code, "is not a SQLite database" in said.err) == (2, True)
    assert command("audit", "verify", "--daemon", "--file", str(other)).code == 2
