import json
import re

import pytest

from pagerd import __version__
from tests.cli.fake_daemon import REPOSITORY, pagerd
from tests.cli.test_status import ANA, MAIL, WELL
from tests.web.api.test_documented import differences

FOUND = [
    {"name": "disk", "verdict": "ok", "seen": "/var/lib/pagerd: 20.0 GiB free of 30.0", "hint": ""},
    {"name": "clock", "verdict": "warn", "seen": "20 s ahead of api.twilio.com", "hint": "let chrony keep it"},
]
BROKEN = {"name": "smtp mail", "verdict": "fail", "seen": "no answer within 10 s", "hint": "look at the firewall"}
NOW = WELL | {"version": __version__}


def test_the_daemon_examines_and_what_to_do_stands_below(daemon, command):
    """A line for each, its hint indented; what may cost a page one day is code 0."""
    daemon.answers_to("GET /api/v1/status", NOW)
    daemon.answers_to("POST /api/v1/doctor", {"checks": FOUND})
    said = command("doctor")

    assert said.code == 0
    assert said.out.splitlines() == [
        f"● ok    daemon: pagerd {__version__} runs and is ready",
        "● ok    disk: /var/lib/pagerd: 20.0 GiB free of 30.0",
        "! warn  clock: 20 s ahead of api.twilio.com",
        "          let chrony keep it",
    ]


def test_what_fails_is_code_1(daemon, command):
    """For scripts, in both forms."""
    daemon.answers_to("GET /api/v1/status", NOW)
    daemon.answers_to("POST /api/v1/doctor", {"checks": [*FOUND, BROKEN]})
    table, machine = command("doctor"), command("doctor", "-o", "json")

    assert (table.code, machine.code) == (1, 1)
    assert "✗ fail  smtp mail: no answer within 10 s\n          look at the firewall\n" in table.out
    answer = json.loads(machine.out)
    assert answer["ok"] is False
    assert answer["checks"][1:] == [*FOUND, BROKEN]
    assert differences("doctor", answer) == []


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (NOW | {"ready": False, "reasons": ["the disk is full"]}, r"✗ fail  daemon: .* not ready: the disk is full"),
        (NOW | {"version": "0.0.1"}, r"! warn  daemon: pagerd 0.0.1 runs, this command is "),
        (NOW | {"warnings": ["the auditor found x"]}, r"! warn  daemon: .*: the auditor found x"),
    ],
)
def test_how_the_daemon_is_comes_first(status, line, daemon, command):
    """It is the first thing that pagerd depends on."""
    daemon.answers_to("GET /api/v1/status", status)
    daemon.answers_to("POST /api/v1/doctor", {"checks": FOUND})

    assert re.match(line, command("doctor").out)


def test_with_here_the_daemon_is_not_asked(daemon, command):
    """It may be the one that is in trouble."""
    assert "daemon: was not asked" in command("doctor", "--here").out
    assert daemon.asked == []


def test_without_a_daemon_this_process_examines():
    """The example of this repository: nothing fails that a first start would not make."""
    said = pagerd("doctor", "-o", "json", cwd=REPOSITORY)
    answer = json.loads(said.stdout)

    assert said.returncode == 0, said.stdout
    assert differences("doctor", answer) == []
    assert {one["name"]: one["verdict"] for one in answer["checks"]}["config"] == "ok"


def test_a_contact_that_nobody_confirmed_is_a_warning(daemon, command):
    """With the command that tries it."""
    asked = MAIL | {"unconfirmed_since": "2026-01-06T11:00:00+00:00"}
    daemon.answers_to("GET /api/v1/status", NOW | {"people": [ANA | {"methods": [asked]}]})
    daemon.answers_to("POST /api/v1/doctor", {"checks": []})
    said = command("doctor")

    assert said.code == 0
    assert "! warn  contact of ana: email is not confirmed: asked" in said.out
    assert "pagerd test-page --to ana --via email" in said.out
