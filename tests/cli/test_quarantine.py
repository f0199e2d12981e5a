ROW = {
    "id": "01a2",
    "source": "prod",
    "at": "2026-01-06T11:00:00+00:00",
    "reason": "alert 1: expected at least one label at `$.labels`",
    "raw": '{"status":\n "firing", "labels": {}, "annotations": {"summary": "\x1b[2J Checkout fails"}}',
}


def test_what_could_not_be_read_is_a_table(daemon, command):
    """When, from whom, why, and how it begins, on one line; nothing of it is a command to the terminal."""
    daemon.answers_to("GET /api/v1/quarantine", {"quarantine": [ROW]})
    said = command("quarantine")

    row = said.out.splitlines()[1]
    assert "Tue 2026-01-06 12:00 CET" in row
    assert ROW["reason"] in row
    assert '{"status": "firing", "labels": {}, "annotations": {"summary…' in row
    assert "\x1b" not in said.out


def test_nothing_in_quarantine_is_said(daemon, command):
    """An empty quarantine is no error."""
    daemon.answers_to("GET /api/v1/quarantine", {"quarantine": []})
    said = command("quarantine")

    assert (said.code, said.out, said.err) == (0, "", "Nothing is in quarantine.\n")
