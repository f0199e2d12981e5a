"""Postmortems on the command line."""

from pathlib import Path

from pagerd.core.postmortems.document import TEXT_MAX

EXAMPLE = Path(__file__).resolve().parents[1] / "core/postmortems/playbook.md"
STATE = {
    "incident": 7,
    "title": "Customers cannot \x1b[2Jpay",
    "severity": "sev1",
    "team": "payments",
    "status": "resolved",
    "state": "in_review",
    "owner": "ana",
    "due": "2026-01-06T16:00:00+00:00",
    "is_overdue": True,
}
SHOWN = {
    "postmortem": STATE,
    "file": "/srv/postmortems/incident-0007.md",
    "digest": "0123456789abcdef",
    "text": "# Postmortem of incident 7\n\nCustomers cannot \x1b[2Jpay\n",
    "findings": [{"code": "gap", "line": 3, "what": "something is still to be filled here", "is_error": True}],
}
PATH = "GET /api/v1/incidents/7/postmortem"


def test_those_that_are_due_are_a_table(daemon, command):
    """With who writes it, until when, and which are late."""
    daemon.answers_to("GET /api/v1/postmortems", {"postmortems": [STATE], "more": True})
    said = command("postmortem", "list", "--team", "payments", "--all", "--before", "9", "--state", "in_review")

    row = said.out.splitlines()[1]
    assert row.split()[:5] == ["7", "sev1", "payments", "in", "review"]
    assert "Tue 2026-01-06 17:00 CET, OVERDUE" in row
    assert "\x1b" not in said.out
    assert said.err == "There are older ones: --before 7 goes on.\n"
    assert daemon.asked[0].path == "/api/v1/postmortems?team=payments&state=in_review&open=false&before=9"


def test_none_is_said(daemon, command):
    """A quiet week is no error."""
    daemon.answers_to("GET /api/v1/postmortems", {"postmortems": [], "more": False})

    assert command("postmortem", "list").err == "No postmortem is due.\n"


def test_showing_one_writes_markdown_and_says_how_it_stands(daemon, command):
    """The text alone is data, so that it can be put into a file."""
    daemon.answers_to(PATH, SHOWN)
    said = command("postmortem", "show", "7")

    assert said.out == "# Postmortem of incident 7\n\nCustomers cannot ?[2Jpay\n"
    assert said.err.splitlines() == [
        "In review, due Tue 2026-01-06 17:00 CET; ana writes it.",
        "It is written in /srv/postmortems/incident-0007.md",
    ]


def test_a_check_that_finds_something_exits_with_1(daemon, command):
    """By number it asks the daemon; warnings alone are no failure."""
    daemon.answers_to(PATH, SHOWN)
    found = command("postmortem", "check", "7")
    warned = {**SHOWN, "findings": [{**SHOWN["findings"][0], "is_error": False}]}
    daemon.answers_to(PATH, warned)
    fine = command("postmortem", "check", "7", "-o", "json")

    assert (found.code, found.out.splitlines()[1].split()[:3]) == (1, ["3", "error", "gap"])
    assert (fine.code, '"is_error": false' in fine.out) == (0, True)


def test_any_file_can_be_checked_without_a_daemon(command, tmp_path):
    """The playbook's own example lacks four things in each of its action items."""
    found = command("postmortem", "check", str(EXAMPLE))
    (tmp_path / "bytes.md").write_bytes(b"\xff")
    (tmp_path / "long.md").write_text("x" * (TEXT_MAX + 1))

    assert found.code == 1
    assert found.out.count("action_priority_missing") == 4
    for name, says in (("none.md", "No such file"), ("bytes.md", "UTF-8"), ("long.md", "more than 200,000")):
        said = command("postmortem", "check", str(tmp_path / name))
        assert (said.code, says in said.err) == (2, True)


def test_reading_one_says_on_which_text_it_was_written(daemon, command, tmp_path):
    """So that a newer one is not overwritten."""
    file = tmp_path / "postmortem.md"
    file.write_text("# mine\r\n", newline="")
    daemon.answers_to(PATH, SHOWN)
    daemon.answers_to("POST /api/v1/incidents/7/postmortem", {"sentence": "Taken.", "incident": {}})
    said = command("postmortem", "read", "7", str(file), "--key", "k1")

    assert (said.code, said.out) == (0, "Taken.\n")
    assert daemon.asked[1].body == {"text": "# mine\r\n", "based_on": "0123456789abcdef"}
    assert daemon.asked[1].headers["Idempotency-Key"] == "k1"


def test_each_act_has_its_path(daemon, command):
    """With the reason where one is needed."""
    for words, path, body in (
        (("postmortem", "draft", "7"), "postmortem/draft", {}),
        (("postmortem", "refresh", "7"), "postmortem/refresh", {}),
        (("postmortem", "submit", "7"), "postmortem/submit", {}),
        (("postmortem", "return", "7", "no", "number"), "postmortem/return", {"why": "no number"}),
        (("postmortem", "accept", "7"), "postmortem/accept", {}),
        (("postmortem", "waive", "7", "one", "customer"), "postmortem/waive", {"why": "one customer"}),
        (("incident", "close", "7"), "close", {}),
    ):
        daemon.answers_to(f"POST /api/v1/incidents/7/{path}", {"sentence": "Done.", "incident": {}})
        said = command(*words)

        assert (said.code, said.out) == (0, "Done.\n")
        assert daemon.asked[-1].body == body
