from tests.cli.fake_daemon import pagerd

TEST = {
    "kind": "test",
    "receiver": "ops-chat",
    "address": None,
    "at": "2026-01-06T11:00:00+00:00",
    "state": "sent",
    "attempts": 1,
    "fault": "",
    "done_at": "2026-01-06T11:00:01+00:00",
}
RECEIVER = {
    "name": "ops-chat",
    "addresses": [],
    "waiting": 2,
    "oldest_at": "2026-01-06T11:00:00+00:00",
    "fault": "answered 404: no_\x1b[2Jservice",
    "tests": [TEST],
}
LEADS = {**RECEIVER, "name": "leads", "addresses": ["l…@example.com"], "waiting": 0, "oldest_at": None, "fault": ""}


def test_receivers_are_a_table(daemon, command):
    """With what waits for each, since when, and why."""
    daemon.answers_to("GET /api/v1/receivers", {"receivers": [RECEIVER, LEADS]})
    said = command("message", "receivers")

    head, first, second = said.out.splitlines()
    assert head.split() == ["RECEIVER", "BY", "WAITING", "SINCE", "WHY"]
    assert first.split()[:3] == ["ops-chat", "webhook", "2"]
    assert "answered 404" in first
    assert second.split()[:3] == ["leads", "l…@example.com", "-"]
    assert "\x1b" not in said.out


def test_nobody_is_said(daemon, command):
    """And where they would stand."""
    daemon.answers_to("GET /api/v1/receivers", {"receivers": []})

    assert command("message", "receivers").err == "Nobody: pagerd.yaml names no receivers.\n"


def test_what_was_told_of_an_incident(daemon, command):
    """Each message, and what became of it."""
    refused = {**TEST, "kind": "declared", "state": "given_up", "fault": "answered 404"}
    daemon.answers_to("GET /api/v1/incidents/7/messages", {"messages": [refused]})
    said = command("message", "list", "7")

    assert "given up" in said.out.splitlines()[1]


def test_a_test_that_was_taken_is_code_0(daemon, command):
    """The daemon is asked until there is an answer."""
    waits = {**TEST, "state": "waiting", "attempts": 0, "done_at": None}
    daemon.answers_to("POST /api/v1/receivers/ops-chat/test", {"receiver": {**RECEIVER, "tests": [waits]}}, status=201)
    daemon.answers_to("GET /api/v1/receivers/ops-chat", {"receiver": RECEIVER})
    said = command("message", "test", "ops-chat")

    assert (said.code, said.out) == (0, "ops-chat: works, it took the message.\n")


def test_a_test_that_was_not_taken_is_code_1(daemon, command):
    """It says what the other side said; one that is tried again is not waited for."""
    waits = {**TEST, "state": "waiting", "fault": "answered 404: no_service", "done_at": None}
    other = {**TEST, "receiver": "leads", "address": "l…@example.com", "state": "waiting", "attempts": 1}
    daemon.answers_to(
        "POST /api/v1/receivers/ops-chat/test", {"receiver": {**RECEIVER, "tests": [waits, other]}}, status=201
    )
    said = command("message", "test", "ops-chat", "--wait", "1s")

    assert said.code == 1
    assert said.out == (
        "ops-chat: DOES NOT WORK: answered 404: no_service\n"
        "leads at l…@example.com: NOT SHOWN TO WORK, nothing was heard within 1s.\n"
    )


def test_a_preview_of_an_incident_is_the_daemons(daemon, command):
    """A template that does not work is said on stderr, with code 1."""
    text = {"kind": "update", "heading": "sev1 \x1b[2Jupdate", "lines": ["Known: x"], "fields": {}}
    daemon.answers_to("GET /api/v1/incidents/7/messages/update", {**text, "fault": "line 1: y"})
    said = command("message", "preview", "update", "--incident", "7")

    assert said.code == 1
    assert said.out.splitlines()[1] == "Known: x"
    assert "\x1b" not in said.out
    assert said.err == "its template does not work, so it is said without: line 1: y\n"


def test_a_preview_needs_no_daemon(directory):
    """The files are enough; what is unknown is left out as it would be, and promises are named."""
    rules = directory / "rules"
    rules.mkdir(exist_ok=True)
    template = "Soon: {{ know }}\n      {{ impact or 'unknown' }} {{ eta }}\n"
    (rules / "incidents.yaml").write_text(f"messages:\n  templates:\n    update: |\n      {template}")
    said = pagerd("message", "preview", "update", "--without", "impact", cwd=directory)
    wrong = pagerd("message", "preview", "update", "--without", "know", cwd=directory)

    assert said.returncode == 0
    assert said.stdout == "Soon: the connection pool is exhausted\nunknown no ETA yet, next update at 02:45 UTC\n"
    assert said.stderr == "it promises what nobody can know, which is warned of: soon\n"
    assert wrong.returncode == 2
