import asyncio
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pagerd.config.load import load, read_directory
from tests.builders import NOON
from tests.cli.fake_daemon import environment, pagerd
from tests.e2e.processes import poll_again, running
from tests.e2e.test_daemon import raise_alert_at
from tests.ports import free_port

ANA = "Ana Ribeiro, +351912000001, ana@example.com"
TWILIO = f"AC{'0' * 32} +15005550006"
BEN = "Ben Okafor, +4915110000002, ben@example.com"


def modes(folder: Path) -> dict[str, str]:
    """Return what may be done with each file and folder, and by whom."""
    return {
        str(path.relative_to(folder)) or ".": stat.filemode(path.stat().st_mode)
        for path in [folder, *sorted(folder.rglob("*"))]
    }


def test_options_answer_every_question(command, tmp_path):
    """A script says all of it at once: the files stand on stdout, what comes next on stderr, and `check` is content."""
    said = command(
        "init", "--yes", "--team", "shop", "--person", ANA, "--person", BEN, "--zone", "Europe/Berlin", "--handoff",
        "tue 10:00", "--twilio", TWILIO, "--mail-server", "smtp.example.com:25", str(tmp_path / "new"),
    )  # fmt: skip

    files = read_directory(tmp_path / "new")
    assert (said.code, said.out.splitlines()) == (0, [str(tmp_path / "new" / name) for name in NAMES])
    assert f"pagerd run -c {tmp_path / 'new'}" in said.err
    assert f"{tmp_path / 'new'}/secrets/twilio" in said.err
    assert command("check", str(tmp_path / "new")).code == 0
    assert "start: 20" in files["rotations/shop.yaml"]
    assert "10:00" in files["rotations/shop.yaml"]
    assert "host: smtp.example.com, port: 25" in files["pagerd.yaml"]


NAMES = (
    "pagerd.yaml",
    "rotations/people.yaml",
    "rotations/shop.yaml",
    "rotations/escalation.yaml",
    "rules/owners.yaml",
    "rules/shop.yaml",
    "runbooks/first-steps.md",
)


def test_phone_numbers_are_for_the_group_alone(command, tmp_path):
    """Others on the host read nothing; secrets are for the owner alone."""
    previous = os.umask(0)
    try:
        command(
            "init",
            "--yes",
            "--team",
            "shop",
            "--person",
            ANA,
            "--twilio",
            f"AC{'0' * 32} +15005550006",
            str(tmp_path / "new"),
        )
    finally:
        os.umask(previous)

    found = modes(tmp_path / "new")
    assert found["."] == "drwxr-x---"
    assert found["rotations/people.yaml"] == "-rw-r-----"
    assert found.pop("secrets") == "drwx------"
    assert set(found.values()) == {"drwxr-x---", "-rw-r-----"}


def test_nothing_is_overwritten(command, tmp_path):
    """One file that is there is enough: nothing is written, and the file is named."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/owners.yaml").write_text("mine\n")
    said = command("init", "--yes", "--person", ANA, str(tmp_path))

    assert said.code == 1
    assert said.err == f"pagerd: {tmp_path}/rules/owners.yaml is there already: nothing was written\n"
    assert not (tmp_path / "pagerd.yaml").exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ([], "somebody must be on call: say --person"),
        (["--person", "Ana"], "'Ana' is not a person"),
        (["--person", "Ana, 0123, ana@example.com"], "'0123' is not a phone number"),
        (["--person", ANA, "--zone", "CET"], "'CET' "),
        (["--person", ANA, "--zone", "Berlin"], "Europe/Berlin"),
        (["--person", ANA, "--team", "people"], "the name of another file"),
        (["--person", ANA, "--team", "My Team"], "write my-team"),
        (["--person", ANA, "--handoff", "09:00"], "such as mon 09:00"),
        (["--person", ANA, "--twilio", "AC1 +15005550006"], "not an account of Twilio"),
        (["--person", ANA, "--mail-server", "a b"], "not a mail server"),
        (["--person", ANA, "--listen", "8911"], "not an address"),
        (["--person", ANA, "--public-url", "pager"], "not a URL"),
    ],
)
def test_an_answer_that_cannot_be_is_wrong_usage(options, why, command, tmp_path):
    """It is named with what would be right, and nothing is written."""
    said = command("init", "--yes", *options, str(tmp_path / "new"))

    assert said.code == 2
    assert why in said.err
    assert not (tmp_path / "new").exists()


def test_two_people_with_one_phone_are_told(command, tmp_path):
    """What only `check` can see is said in its words, before anything is written."""
    said = command("init", "--yes", "--person", ANA, "--person", ANA.replace("Ribeiro", "Costa"), str(tmp_path / "new"))

    assert said.code == 1
    assert "have one phone number" in said.err
    assert not (tmp_path / "new").exists()


def test_a_person_is_asked_six_questions_and_again_where_it_was_wrong(tmp_path):
    """At a terminal: six questions, numbered; a wrong answer is explained and asked again; empty takes the default."""
    controller, terminal = pty.openpty()
    answers = ["shop", "Ana", ANA, BEN, "", "Europe/Berlin", "", "", ""]
    os.write(controller, "".join(f"{one}\n" for one in answers).encode())
    asked = subprocess.run(
        [sys.executable, "-m", "pagerd", "init", str(tmp_path / "new")],
        stdin=terminal, stderr=terminal, stdout=subprocess.PIPE, env=environment(), check=False, timeout=50,
    )  # fmt: skip
    os.close(terminal)
    said = b""
    while chunk := _read_on(controller):
        said += chunk
    os.close(controller)

    assert asked.returncode == 0, said.decode()
    assert [number for number in range(1, 10) if f"{number}/6 ".encode() in said] == [1, 2, 3, 4, 5, 6]
    assert b"'Ana' is not a person" in said
    plan = load(read_directory(tmp_path / "new"), now=NOON).plan
    assert sorted(plan.people) == ["ana", "ben"]
    assert asked.stdout.decode().splitlines() == [str(tmp_path / "new" / name) for name in NAMES]


def _read_on(controller: int) -> bytes:
    try:
        return os.read(controller, 4096)
    except OSError:  # the last one at the other end has gone
        return b""


@pytest.mark.timeout(60)
async def test_what_it_writes_runs_at_once_and_pages(tmp_path):
    """From nothing to a text on the screen: init, run, one alert."""
    port, folder = free_port(), tmp_path / "new"
    options = ("--team", "shop", "--person", ANA, "--listen", f"127.0.0.1:{port}")
    assert pagerd("init", "--yes", *options, str(folder), cwd=tmp_path).returncode == 0
    command = [sys.executable, "-m", "pagerd", "run", "-c", str(folder), "--log-format", "json"]
    log = tmp_path / "log"
    async with asyncio.timeout(50), running(command, log, f"http://127.0.0.1:{port}/-/ready"):
        token = (folder / ".pagerd/tools.token").read_text().strip()
        assert await raise_alert_at(f"http://127.0.0.1:{port}", token, severity="critical") == 200
        while "+351912000001" not in log.read_text():
            await poll_again()

    assert "PaymentsErrors" in log.read_text()
