import json
import subprocess
import sys

import pytest

from tests.cli.fake_daemon import REPOSITORY, environment, pagerd

AT = "2026-12-24T03:00"
LABELS = ("alertname=CheckoutErrors", "service=checkout", "severity=critical")


@pytest.fixture
def explained(directory, command):
    """Explain labels from the files, and return the JSON."""

    def run(*arguments):
        said = command("explain", "-c", ".", *arguments, "--at", AT, "-o", "json")
        assert said.code == 0, said.err
        return [one["explanation"] for one in json.loads(said.out)["alerts"]]

    return run


def test_labels_from_the_files(directory):
    """Without a daemon, in a process of its own; whence is said on stderr."""
    said = pagerd("explain", *LABELS, "-c", str(directory), "-o", "json", cwd=directory.parent)

    answer = json.loads(said.stdout)["alerts"][0]
    assert said.returncode == 0
    assert answer["happened"] is None
    assert answer["explanation"]["labels"]["service"] == "checkout"
    assert f"From the files in {directory}, as if nothing were open" in said.stderr


def test_the_files_are_asked_without_what_only_the_daemon_needs(directory):
    """No HTTP, no provider, no database and no loop is imported to answer."""
    script = (
        "import sys\nfrom pagerd.cli import main\n"
        f"sys.argv = ['pagerd', 'explain', '-c', {str(directory)!r}, *{LABELS!r}]\n"
        "try:\n    main.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'aiohttp', 'twilio', 'apsw', 'asyncpg', 'asyncio', 'aiosmtplib'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, env=environment(), capture_output=True, text=True, check=True
    )

    assert run.stdout.splitlines()[-1] == "HEAVY []"


def test_annotations_are_given_beside_the_labels(explained):
    """A summary makes the difference."""
    without, with_summary = (
        explained(*LABELS, *more)[0] for more in ((), ("--annotation", "summary=Checkout fails = badly"))
    )

    assert "there is no summary" in without["tests"][3]["reason"]
    assert "there is no summary" not in with_summary["tests"][3]["reason"]
    assert with_summary["annotations"] == {"summary": "Checkout fails = badly"}


@pytest.mark.parametrize("name", ["alertmanager-0.25-mixed", "grafana-firing", "prometheus-2.42-resolved"])
def test_a_file_with_what_a_source_was_sent(name, directory, explained):
    """In whichever form, and however long ago: what it means is asked, not whether it fires now."""
    body = REPOSITORY / f"tests/sources/payloads/{name}.json"

    sent = json.loads(body.read_bytes())
    alerts = sent if isinstance(sent, list) else sent["alerts"]
    assert [one["labels"] for one in explained(str(body))] == [alert["labels"] for alert in alerts]


def test_one_alert_on_stdin(directory):
    """In our own form, with its shorthands."""
    body = '{"name": "CheckoutErrors", "service": "checkout", "severity": "critical", "summary": "Checkout fails"}'
    run = subprocess.run(
        [sys.executable, "-m", "pagerd", "explain", "-", "-c", str(directory), "-o", "json"],
        cwd=REPOSITORY,
        env=environment(),
        input=body,
        capture_output=True,
        text=True,
        check=True,
    )

    explanation = json.loads(run.stdout)["alerts"][0]["explanation"]
    assert explanation["labels"] == {"alertname": "CheckoutErrors", "service": "checkout", "severity": "critical"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "Missing argument"),
        (("a=b", "cde"), 2, "'cde' is no label; write it as name=value"),
        (("a=b", "--annotation", "summary"), 2, "'summary' is no --annotation; write it as name=value"),
        (("p-1", "--at", AT), 2, "--annotation and --at mean nothing for it"),
        (("broken.json",), 2, "reading the JSON webhook"),
    ],
)
def test_what_is_asked_wrongly(directory, command, arguments, code, words):
    """Code 2, and what would be right."""
    (directory / "broken.json").write_text("{")
    said = command("explain", "-c", ".", *arguments)

    assert (said.code, said.out) == (code, "")
    assert words in said.err


def test_broken_files_are_code_1(directory, command):
    """As for `oncall`."""
    (directory / "rotations/shop.yaml").write_text("bogus: 1\n")

    assert command("explain", "-c", ".", *LABELS).code == 1


def test_without_a_daemon_the_files_answer_and_it_is_said(command):
    """The reason on stderr, the answer on stdout."""
    said = command("explain", *LABELS)

    assert said.code == 0
    assert "asking the daemon at the socket .pagerd/pagerd.sock: No such file or directory" in said.err
    assert "So this is from the files alone" in said.err


def test_a_page_needs_the_daemon(command):
    """Code 3 where there is none, 5 for a page that it does not know."""
    assert command("explain", "p-1").code == 3


def test_a_file_that_is_not_there_is_no_page(command):
    """A typing mistake in a path asks no daemon."""
    said = command("explain", "alerts/nowhere.json")

    assert said.err == "pagerd: reading alerts/nowhere.json: No such file or directory\n"


def test_an_unknown_page_is_code_5(daemon, command):
    """In the daemon's own words."""
    daemon.answers_to("GET /api/v1/pages/p-1/explain", {"error": "there is no page p-1"}, 404)
    said = command("explain", "p-1")

    assert (said.code, said.err) == (5, "pagerd: there is no page p-1\n")


def test_the_daemon_is_asked_with_the_fingerprint_and_the_instant(daemon, command, explained):
    """It knows the alert by the fingerprint that its source would send."""
    explanation = explained(*LABELS)[0]
    happened = {"fate": "never_received", "sentence": "No such alert was received.", "records": [], "quarantined": []}
    daemon.answers_to("POST /api/v1/explain", {"alerts": [{"happened": happened, "explanation": explanation}]})
    said = command("explain", *LABELS, "--at", AT)

    assert said.code == 0
    body = daemon.asked[0].body
    assert body["at"] == "2026-12-24T02:00:00+00:00"
    assert body["alerts"][0]["labels"] == {"alertname": "CheckoutErrors", "service": "checkout", "severity": "critical"}
    assert len(body["alerts"][0]["fingerprint"]) == 16
    assert "WHAT HAPPENED: never received\n  No such alert was received." in said.out
    assert "DECIDED for Thu 2026-12-24 03:00 CET" in said.out


def test_a_page_is_told_whole(daemon, command, explained):
    """Timeline, notifications with the provider's answer, and why; alert text obeys nobody's terminal."""
    notification = {
        "person": "ana",
        "why": "primary, schedule shop-primary",
        "medium": "sms",
        "address": "+49…001",
        "provider": "twilio",
        "status": "not_reached",
        "detail": "30003: unreachable \x1b[31m",
        "purpose": "page",
    }
    page = {"id": "p-1", "severity": "sev2", "status": "triggered", "team": "shop", "title": "CheckoutErrors"}
    entry = {"local": "2026-12-24 03:00:00", "sentence": "Paged ana."}
    answer = {
        "page": page,
        "revision": "r1",
        "undelivered": True,
        "alert": None,
        "explanation": explained(*LABELS)[0],
        "why_not": "",
        "timeline": [entry],
        "notifications": [notification],
    }
    daemon.answers_to("GET /api/v1/pages/p-1/explain", answer)
    out = command("explain", "p-1").out

    assert "2026-12-24 03:00:00  Paged ana." in out
    assert (
        "page to ana (primary, schedule shop-primary), sms +49…001 by twilio: not reached: 30003: unreachable ?[31m"
        in out
    )
    assert "UNDELIVERED" in out
    assert "DECIDED AGAIN for Thu 2026-12-24 03:00 CET under the plan of then, r1" in out

    daemon.answers_to("GET /api/v1/pages/p-1/explain", answer | {"explanation": None, "why_not": "ana raised it."})
    assert "WHY: ana raised it." in command("explain", "p-1").out
