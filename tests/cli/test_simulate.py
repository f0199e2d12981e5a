"""`pagerd simulate` in this process, on the example config and on a small one: what it prints, and what it refuses."""

import json
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.fake_daemon import REPOSITORY, environment, pagerd

TRANSCRIPTS = sorted((Path(__file__).parent / "simulations").glob("*.txt"))
NIGHT = "2026-03-03T03:00+01:00"
LABELS = ("alertname=CheckoutErrors", "service=checkout", "env=prod", "severity=critical")
CHECKOUT = (*LABELS, "--annotation", "summary=Checkout fails")


@pytest.fixture
def simulated(command):
    """Simulate under the example config, at night; return what was said."""

    def run(*arguments, at=NIGHT):
        return command("simulate", "-c", str(REPOSITORY), *arguments, "--at", at)

    return run


@pytest.fixture
def answer(simulated):
    """Simulate, and return the JSON."""

    def run(*arguments, at=NIGHT, code=0):
        said = simulated(*arguments, "-o", "json", at=at)
        assert said.code == code, said.err
        return json.loads(said.out)

    return run


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_it_prints_what_the_transcript_shows(path, command, monkeypatch, request):
    """Each file: what it shows, the command, and all that it prints. `--rewrite-stories` writes what it prints."""
    heading, _, rest = path.read_text().partition("\n$ pagerd ")
    line, _, printed = rest.partition("\n")
    command("status")  # whatever is to be imported is; and the fixture's own directory is left then
    monkeypatch.chdir(REPOSITORY)
    said = command(*shlex.split(line))
    out = re.sub(r"under plan \S+:", "under plan 7d1a898d1865:", said.out) + f"exit code {said.code}\n"
    if request.config.getoption("--rewrite-stories"):
        path.write_text(f"{heading}\n$ pagerd {line}\n{out}")

    assert out == printed


def test_files_that_nobody_put_into_force(directory):
    """In a process of its own, from files that nobody has put into force."""
    said = pagerd(
        *("simulate", "alertname=Down", "severity=critical", "--annotation", "summary=Down", "-c", str(directory)),
        *("--at", NIGHT, "-o", "json"),
        cwd=directory.parent,
    )

    assert json.loads(said.stdout)["ending"] == "settled"
    assert f"From the files in {directory}; what people stored by command is not in them." in said.stderr


def test_it_needs_nothing_of_what_speaks_to_others(directory):
    """No HTTP, no provider and no mail is imported to answer: nothing that could leave this machine."""
    arguments = ["simulate", "-c", str(REPOSITORY), *CHECKOUT, "--at", NIGHT, "--for", "1m"]
    script = (
        "import sys\nfrom pagerd.cli import main\n"
        f"sys.argv = ['pagerd', *{arguments!r}]\n"
        "try:\n    main.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'aiohttp', 'twilio', 'asyncpg', 'aiosmtplib', 'jinja2', 'pagerd.web', 'pagerd.daemon'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=directory, env=environment(), capture_output=True, text=True, check=True
    )

    assert run.stdout.startswith("SIMULATED under plan ")
    assert run.stdout.splitlines()[-1] == "HEAVY []"


def test_the_help_is_there_at_once():
    """Whoever asks for the options does not wait for the engine."""
    script = (
        "import sys\nfrom pagerd.cli import main\nsys.argv = ['pagerd', 'simulate', '--help']\n"
        "try:\n    main.main()\nexcept SystemExit:\n    pass\n"
        "print('HEAVY', sorted({'apsw', 'asyncio', 'yaml', 'pagerd.engine'} & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, env=environment(), capture_output=True, text=True, check=True
    )

    assert run.stdout.splitlines()[-1] == "HEAVY []"


def test_json_says_the_same_each_time(answer):
    """Nothing in it is drawn, and nothing is of this very moment."""
    first, second = answer(*CHECKOUT, "--answers", "ana=1m"), answer(*CHECKOUT, "--answers", "ana=1m")

    assert first == second
    assert first["summary"]["first_told"] == "cho"
    assert first["pages"][0]["answered_by"] == "ana"
    assert [one["person"] for one in first["people"]] == ["cho", "ana"]
    assert first["assumed"]["answers"] == ["ana=1m"]


def test_the_instants_of_json_are_in_order(answer):
    """And each message of the timeline is one of the list."""
    found = answer(*CHECKOUT, "--answers", "dora=voice:5s")
    instants = [one["at"] for one in found["timeline"]]
    names = {one["message"] for one in found["messages"]}

    assert instants == sorted(instants)
    assert {one["message"] for one in found["timeline"] if one["message"]} <= names
    assert found["summary"]["messages"] == len(names)


@pytest.mark.parametrize("name", ["alertmanager-0.25-mixed", "grafana-firing", "prometheus-2.42-resolved"])
def test_a_file_with_what_a_source_was_sent(name, answer):
    """In whichever form; all of it fires at once."""
    body = REPOSITORY / f"tests/sources/payloads/{name}.json"
    found = answer(str(body), "--for", "1m")

    assert {one["at"] for one in found["alerts"]} == {"2026-03-03T02:00:00+00:00"}


def test_alerts_of_a_file_may_keep_their_distances(answer, tmp_path):
    """With --spread the second fires when it did, counted from the first."""
    alerts = [
        {
            "status": "firing",
            "labels": {"alertname": "CheckoutErrors", "service": "checkout", "env": "prod", "cluster": cluster},
            "annotations": {"summary": "Checkout fails"},
            "startsAt": starts_at,
        }
        for cluster, starts_at in (("a", "2025-05-05T10:00:00Z"), ("b", "2025-05-05T10:07:00Z"))
    ]
    file = tmp_path / "alerts.json"
    file.write_text(json.dumps({"version": "4", "groupKey": "x", "status": "firing", "alerts": alerts}))

    assert [one["after_seconds"] for one in answer(str(file), "--spread", "--for", "8m")["alerts"]] == [0, 420]
    assert [one["after_seconds"] for one in answer(str(file), "--for", "1m")["alerts"]] == [0, 0]


def test_alerts_too_far_apart_are_refused(simulated, tmp_path):
    """Nobody means to simulate the week between."""
    file = tmp_path / "alerts.json"
    alerts = [{"name": "A", "starts_at": "2025-05-05T10:00:00Z"}, {"name": "B", "starts_at": "2025-05-12T10:00:00Z"}]
    file.write_text(json.dumps({"alerts": alerts}))
    said = simulated(str(file), "--spread")

    assert said.code == 2
    assert "B began 7d after the first alert, and --spread takes at most 1d" in said.err


def test_more_alerts_with_their_own_times(answer):
    """Each with how long after the first it fires."""
    found = answer(
        *CHECKOUT, "--alert", "+5m alertname=DatabaseDown env=prod service=database 'note=two words'", "--for", "6m"
    )

    assert [one["after_seconds"] for one in found["alerts"]] == [0, 300]
    assert found["alerts"][1]["labels"]["note"] == "two words"
    assert {one["team"] for one in found["pages"]} == {"payments", "platform"}


def test_one_alert_twice_counts_once(simulated):
    """The same labels are the same alert; it is said."""
    said = simulated(*CHECKOUT, "--alert", " ".join(LABELS), "--for", "1m")

    assert "1 alert has the labels of another one, and counts once." in said.err


def test_who_is_away_is_not_called(answer):
    """The next in turn covers, as in the files."""
    assert answer(*CHECKOUT, "--for", "1m")["summary"]["first_told"] == "cho"
    assert answer(*CHECKOUT, "--for", "1m", "--away", "cho")["summary"]["first_told"] == "ana"


def test_who_covers_is_called(answer):
    """Whatever the rotation says."""
    covered = answer(*CHECKOUT, "--for", "1m", "--on-call", "payments-primary=hana")

    assert covered["summary"]["first_told"] == "hana"


def test_a_provider_in_trouble_by_its_name(answer):
    """The console carries all media of the example: nobody is reached, and that is a finding."""
    found = answer(*CHECKOUT, "--for", "5m", "--down", "console", code=1)

    assert not found["ok"]
    assert found["failures"] == ["page P1 (CheckoutErrors, team payments) told nobody"]
    assert found["summary"]["untold"] == ["P1"]
    assert {one["sent"] for one in found["messages"]} == {False}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--fail-unless-told-within", "1m", "--for", "1m"), 0, ""),
        (("--fail-unless-told-within", "1m", "--for", "1m", "--down", "sms"), 0, ""),
        (("--fail-unless-answered-within", "10m", "--for", "15m"), 1, "answered by nobody, not within 10m"),
        (("--fail-unless-answered-within", "10m", "--answers", "2m"), 0, ""),
        (("--fail-unless-answered-within", "1m", "--answers", "2m"), 1, "answered after 2m, not within 1m"),
    ],
)
def test_what_must_hold(simulated, arguments, code, words):
    """A pipeline over a config repository asks for it and goes by the exit code; the reason is on stderr."""
    said = simulated(*CHECKOUT, *arguments)

    assert said.code == code
    assert words in said.err


def test_a_ticket_tells_nobody_in_time(simulated):
    """What does not page cannot tell anybody within ten minutes."""
    said = simulated("alertname=X", "service=reports", "severity=warning", "--fail-unless-told-within", "10m")

    assert said.code == 1
    assert "✗ X on reports: told to nobody as a page, not within 10m" in said.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "no alert: name its labels, a FILE, a page, or use --alert"),
        (("a=b", "cde"), 2, "'cde' is no label; write it as name=value"),
        (("a=b", "--annotation", "summary"), 2, "'summary' is no --annotation; write it as name=value"),
        (("a=b", "--alert", "+5m"), 2, "--alert '+5m' has no labels; write it as '+5m alertname=X severity=page'"),
        (("a=b", "--alert", "+five a=b"), 2, "--alert +five a=b: 'five' is no length of time"),
        (("a=b", "--alert", "'a=b"), 2, "No closing quotation"),
        (("a=b", "--answers", "anna=2m"), 5, "'anna' is no person; did you mean ana?"),
        (("a=b", "--answers", "ana=soon"), 2, "--answers ana=soon: 'soon' is no length of time"),
        (("a=b", "--answers", "ana=fax:2m"), 2, "'fax' is no medium; media are call, email, mail, sms, text, voice"),
        (("a=b", "--answers", "ana=2m", "--unanswered", "ana"), 2, "ana cannot both answer and never answer"),
        (("a=b", "--resolves", "ana=5m"), 2, "ana never answers; say when, as in --answers ana=2m"),
        (("a=b", "--away", "nobody"), 5, "'nobody' is no person"),
        (("a=b", "--on-call", "payments-primary"), 2, "write SCHEDULE=PERSON"),
        (("a=b", "--on-call", "payments=ana"), 5, "'payments' is no schedule"),
        (("a=b", "--down", "pigeon"), 5, "'pigeon' is no medium or provider"),
        (("a=b", "--for", "1h", "--until", "tomorrow"), 2, "by --for or by --until, not by both"),
        (("a=b", "--until", "2026-03-01"), 2, "it would end at Mon 2026-03-02 00:00 CET, before the first alert fires"),
        (("a=b", "--for", "30d"), 2, "30d are more than a simulation looks at: at most 7d"),
        (("a=b", "--for", "long"), 2, "'long' is no length of time"),
        (
            ("a=b", "--svg", "/nowhere/at/all.svg", "--for", "1m"),
            2,
            "writing the picture to /nowhere/at/all.svg: No such file",
        ),
    ],
)
def test_what_is_asked_wrongly(simulated, arguments, code, words):
    """What, where, and what would be right; nothing on stdout."""
    said = simulated(*arguments)

    assert (said.code, said.out) == (code, "")
    assert words in said.err


def test_too_many_alerts(simulated, tmp_path):
    """A storm has a laboratory of its own."""
    file = tmp_path / "alerts.json"
    file.write_text(json.dumps({"alerts": [{"name": f"A{number}"} for number in range(1001)]}))
    said = simulated(str(file))

    assert said.code == 2
    assert "1001 alerts are too many at once, 1000 are enough" in said.err


def test_broken_files_are_code_1(directory, command):
    """As for `oncall`."""
    (directory / "rotations/shop.yaml").write_text("bogus: 1\n")

    assert command("simulate", "-c", ".", *LABELS).code == 1


def test_the_past_is_simulated_under_todays_files(simulated):
    """It is said, because it need not be what happened then."""
    said = simulated(*CHECKOUT, "--for", "1m", at="2025-03-03T03:00+01:00")

    assert said.code == 0
    assert "is over: this is what would have happened under the files as they are." in said.err


def test_what_people_stored_is_asked_of_the_daemon(daemon, command, monkeypatch):
    """The daemon's override, silence and refused contact count; what names a schedule of no file does not."""
    monkeypatch.setenv("PAGERD_CONFIG", str(REPOSITORY))
    span = {"from": "2026-03-02T00:00:00+00:00", "to": "2026-03-04T00:00:00+00:00", "by": "ana", "stored": True}
    override = {
        **span,
        "id": "o-1",
        "schedule": "payments-primary",
        "kind": "everybody",
        "people": ["hana"],
        "instead_of": None,
        "why": "a swap",
    }
    gone = {**override, "id": "o-2", "schedule": "no-such-schedule"}
    silence = {**span, "id": "s-1", "match": ['alertname="CheckoutLatency"'], "why": "known"}
    reach = {"person": "hana", "methods": [{"medium": "sms", "state": "refused"}]}
    daemon.answers_to("GET /api/v1/overrides", {"overrides": [override, gone]})
    daemon.answers_to("GET /api/v1/silences", {"silences": [silence]})
    daemon.answers_to("GET /api/v1/status", {"people": [reach]})
    muted = "alertname=CheckoutLatency service=checkout env=prod severity=critical"
    said = command("simulate", *CHECKOUT, "--alert", muted, "--at", NIGHT, "--for", "10m", "-o", "json")

    assert said.code == 0, said.err
    assert "and what people stored by command in the daemon" in said.err
    found = json.loads(said.out)
    assert [one["outcome"] for one in found["alerts"]] == ["opens_page", "muted"]
    assert (found["messages"][0]["to"], found["messages"][0]["medium"]) == ("hana", "voice")


def test_a_page_fires_again(daemon, command):
    """Its alerts, at the time at which it was opened, unless another is given."""
    alert = {
        "fingerprint": "f1",
        "labels": {"alertname": "Down", "severity": "critical", "team": "shop"},
        "annotations": {"summary": "Down", "action": "Look."},
        "first_seen_at": "2026-01-05T03:00:00+00:00",
    }
    page = {"id": "p-7Kx2Qm", "opened_at": "2026-01-05T03:00:00+00:00"}
    daemon.answers_to("GET /api/v1/pages/p-7Kx2Qm", {"page": page, "alerts": [alert]})
    said = command("simulate", "-c", ".", "p-7Kx2Qm", "--for", "1m", "-o", "json")

    found = json.loads(said.out)
    assert found["at"] == "2026-01-05T03:00:00+00:00"
    assert found["alerts"][0]["labels"] == alert["labels"]


def test_a_page_without_alerts_cannot_fire_again(daemon, command):
    """A person raised it."""
    page = {"id": "p-7Kx2Qm", "opened_at": "2026-01-05T03:00:00+00:00"}
    daemon.answers_to("GET /api/v1/pages/p-7Kx2Qm", {"page": page, "alerts": []})
    said = command("simulate", "-c", ".", "p-7Kx2Qm")

    assert said.code == 2
    assert "p-7Kx2Qm was raised by a person" in said.err


PAGE = REPOSITORY / "docs/simulate.md"


def documented():
    """Return each command of docs/simulate.md with what it is said to print, or nothing."""
    blocks = re.findall(r"^```(sh|text)\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    return [
        (said.strip(), then if kind == "text" else "")
        for (first, said), (kind, then) in pairwise(blocks)
        if first == "sh"
    ]


@pytest.mark.parametrize(("line", "printed"), documented())
def test_its_page_shows_what_it_prints_and_draws(line, printed, command, monkeypatch, tmp_path, request):
    """Each command of docs/simulate.md prints what stands below it, and draws the picture that is shown there."""
    monkeypatch.chdir(REPOSITORY)
    name, *arguments = shlex.split(line)
    picture = arguments[arguments.index("--svg") + 1] if "--svg" in arguments else None
    drawn = tmp_path / "drawn.svg"
    said = command(*(str(drawn) if one == picture else one for one in arguments))
    out = re.sub(r"under plan \S+:", "under plan 7d1a898d1865:", said.out)
    if request.config.getoption("--rewrite-stories"):
        block = f"{line}\n```\n\n```text\n"
        PAGE.write_text(PAGE.read_text().replace(f"{block}{printed}```", f"{block}{out}```"))
        if picture is not None:
            (REPOSITORY / picture).write_text(drawn.read_text())

    assert (name, said.code) == ("pagerd", 0)
    if picture is not None:
        assert drawn.read_text() == (REPOSITORY / picture).read_text()
    else:
        assert out == printed


def keys_of(thing):
    """Return the keys that docs/cli.md lists for a thing."""
    for row in (REPOSITORY / "docs/cli.md").read_text().splitlines():
        if row.startswith(f"| {thing} |"):
            named = re.sub(r"\([^()]*\)", "", row.split(" | ", 1)[1])
            return set(re.findall(r"`(\w+)`", named))
    raise AssertionError(f"docs/cli.md says nothing of {thing}")


def test_every_key_is_documented(answer):
    """What `-o json` writes is what docs/cli.md lists, thing by thing."""
    muddle = ("--alert", "alertname=X service=reports severity=critical", "--answers", "ana=1m", "--resolves", "ana=5m")
    found = answer(*CHECKOUT, *muddle, "--for", "12m")

    assert keys_of("`simulate`") == set(found)
    for thing, one in {
        "supposition": found["assumed"],
        "result": found["summary"],
        "simulated alert": found["alerts"][0],
        "simulated page": found["pages"][0],
        "simulated ticket": found["tickets"][0],
        "simulated person": found["people"][0],
        "simulated night": found["nights"][0],
        "simulated message": found["messages"][0],
        "happening": found["timeline"][0],
    }.items():
        assert keys_of(thing) == set(one), thing
