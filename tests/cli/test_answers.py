"""What becomes of each answer of the daemon, whichever command asked: one promise for all of them."""

import json
import socket

import pytest

from tests.cli.fake_daemon import pagerd

COMMANDS = {
    "ack": (("ack", "p-1"), "POST /api/v1/pages/p-1/ack"),
    "pages": (("pages",), "GET /api/v1/pages"),
    "tickets": (("tickets", "take", "t-1"), "POST /api/v1/tickets/t-1/take"),
    "silence": (("silence", "end", "s-1"), "DELETE /api/v1/silences/s-1"),
    "nights": (("nights", "worked", "last", "40m"), "POST /api/v1/nights/last/worked"),
    "report": (("report", "nights", "-o", "csv"), "GET /api/v1/reports/nights"),
    "token": (("token", "list"), "GET /api/v1/tokens"),
    "override": (("override", "end", "o-1"), "DELETE /api/v1/overrides/o-1"),
    "status": (("status",), "GET /api/v1/status"),
    "reload": (("reload",), "POST /-/reload"),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("status", "code"), [(400, 2), (401, 4), (403, 4), (404, 5), (409, 1), (500, 2), (503, 3)])
def test_a_refusal_is_told_in_the_daemons_words(name, status, code, daemon, command):
    """The code says what kind, stderr says what and what would be right; no data, no usage."""
    arguments, request = COMMANDS[name]
    daemon.answers_to(request, {"error": "it is not so", "hint": "do it so"}, status)
    said = command(*arguments)

    assert (said.code, said.out) == (code, "")
    if (name, status) != ("reload", 409):
        assert said.err == "pagerd: it is not so\ndo it so\n"


def test_a_refusal_cannot_write_to_the_terminal(daemon, command):
    """The daemon's words may hold what an alert brought."""
    daemon.answers_to("POST /api/v1/pages/p-1/ack", {"error": "a\x1b[31mb\x9b2J\u202e"}, 409)

    assert command("ack", "p-1").err == "pagerd: a?[31mb?2J?\n"


@pytest.mark.parametrize("status", [200, 502])
def test_something_else_that_answers_is_no_daemon(status, daemon, command):
    """A proxy's page is told apart from an answer, and dumps no trace."""
    daemon.answers_to("GET /api/v1/pages", "<html>hello</html>", status)
    said = command("pages")

    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("pagerd: ")
    assert "Traceback" not in said.err


def test_nothing_listens(directory):
    """Code 3, the socket's path, and no usage."""
    said = pagerd("ack", "p-1", cwd=directory)

    assert (said.returncode, said.stdout) == (3, "")
    first, hint = said.stderr.splitlines()
    assert first == "pagerd: asking the daemon at the socket .pagerd/pagerd.sock: No such file or directory"
    assert "`pagerd run` starts one" in hint


def test_a_refused_connection(directory):
    """A daemon of a remote host that is down is the same code."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    said = pagerd("pages", cwd=directory, PAGERD_URL=f"http://127.0.0.1:{port}", PAGERD_TOKEN="pgr_x")

    assert (said.returncode, said.stdout) == (3, "")
    assert said.stderr == f"pagerd: asking the daemon at http://127.0.0.1:{port}: Connection refused\n"


def test_whoever_acts_for_another_says_so(daemon, command):
    """`--as` travels as a header, for the daemon to judge."""
    daemon.answers_to("POST /api/v1/pages/p-1/ack", {"sentence": "p-1 is yours."})
    said = command("--as", "dora", "ack", "p-1")

    assert said.out == "p-1 is yours.\n"
    assert daemon.asked[0].headers["X-Pagerd-As"] == "dora"


def test_what_is_typed_reaches_no_other_route(daemon, command):
    """An id is one segment, whatever it contains."""
    said = command("ack", "../tokens?a b")

    assert said.code == 5
    assert daemon.asked[0].path == "/api/v1/pages/..%2Ftokens%3Fa%20b/ack"


@pytest.mark.parametrize(
    ("arguments", "request_", "body"),
    [
        (("resolve", "p-1", "--note", "a bad deploy"), "POST /api/v1/pages/p-1/resolve", {"note": "a bad deploy"}),
        (("resolve", "p-1"), "POST /api/v1/pages/p-1/resolve", {}),
        (("snooze", "p-1", "20m"), "POST /api/v1/pages/p-1/snooze", {"for": "20m"}),
        (("undo", "p-1"), "POST /api/v1/pages/p-1/undo", {}),
        (("escalate", "p-1"), "POST /api/v1/pages/p-1/escalate", {}),
        (("reassign", "p-1", "ben"), "POST /api/v1/pages/p-1/reassign", {"to": "ben"}),
        (("add", "p-1", "secondary"), "POST /api/v1/pages/p-1/add", {"person": "secondary"}),
        (("note", "p-1", "it", "is", "DNS"), "POST /api/v1/pages/p-1/note", {"text": "it is DNS"}),
        (
            ("page", "shop", "a", "customer", "says", "so", "--severity", "sev1"),
            "POST /api/v1/pages",
            {"team": "shop", "text": "a customer says so", "severity": "sev1"},
        ),
        (("tickets", "take", "t-1"), "POST /api/v1/tickets/t-1/take", {}),
        (("tickets", "close", "t-1", "--why", "mended"), "POST /api/v1/tickets/t-1/close", {"reason": "mended"}),
        (("silence", "end", "s-1"), "DELETE /api/v1/silences/s-1", None),
        (("token", "revoke", "k-1"), "DELETE /api/v1/tokens/k-1", None),
    ],
)
def test_an_act_says_what_it_did(arguments, request_, body, daemon, command):
    """The body is what the API documents, and its sentence is all of stdout."""
    daemon.answers_to(request_, {"sentence": "Done."})
    said = command(*arguments)

    assert (said.code, said.out, said.err) == (0, "Done.\n", "")
    assert daemon.asked[0].body == body


@pytest.mark.parametrize("arguments", [("snooze", "p-1", "20"), ("tickets", "close", "t-1"), ("ack",)])
def test_wrong_usage_reaches_no_daemon(arguments, daemon, command):
    """What can be seen here is said here."""
    assert command(*arguments).code == 2
    assert daemon.asked == []


@pytest.mark.parametrize(
    ("arguments", "request_"),
    [
        (("pages",), "GET /api/v1/pages"),
        (("pages", "p-1"), "GET /api/v1/pages/p-1"),
        (("tickets",), "GET /api/v1/tickets"),
        (("tickets", "show", "t-1"), "GET /api/v1/tickets/t-1"),
        (("silence", "list"), "GET /api/v1/silences"),
        (("silence", "preview", "a=b"), "POST /api/v1/silences/preview"),
        (("override", "list"), "GET /api/v1/overrides"),
        (("report", "nights"), "GET /api/v1/reports/nights"),
        (("token", "list"), "GET /api/v1/tokens"),
    ],
)
def test_json_is_the_daemons_answer_unchanged(arguments, request_, daemon, command):
    """A script that reads the API reads this too."""
    answer = {"whatever": [1, "ü", None]}
    daemon.answers_to(request_, answer)
    said = command(*arguments, "-o", "json")

    assert (said.code, json.loads(said.out)) == (0, answer)
