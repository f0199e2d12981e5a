"""The daemon as its operators meet it: reload, broken files, a second start, SIGTERM."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import free_port, poll_again, running, tail

pytestmark = pytest.mark.timeout(120)

ALERT = {
    "labels": {"alertname": "PaymentsErrors", "service": "payments-api"},
    "annotations": {"summary": "Checkout fails"},
}


def command(pager: Installation) -> list[str]:
    """Return how the daemon of an installation is started."""
    return [sys.executable, "-m", "pagerd", "-c", str(pager.folder), "run", "--log-format", "json"]


async def cli(pager: Installation, *words: str) -> tuple[int, str]:
    """Run a command as dora; return its exit code and all that it said."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pagerd", "-c", str(pager.folder), "--as", "dora", *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


async def status_of(pager: Installation) -> dict[str, Any]:
    """Return what `pagerd status` knows."""
    _code, said = await cli(pager, "status", "-o", "json")
    return dict(json.loads(said))


async def raise_alert(pager: Installation) -> int:
    """Raise an alert and return the status of the answer."""
    headers = {"Authorization": f"Bearer {pager.token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{pager.url}/api/v1/alerts/tools", json=ALERT, headers=headers) as response,
    ):
        return response.status


def an_installation(folder: Path, smtp: FakeSmtp) -> Installation:
    """Write an installation that mails to the test's own server and prints the rest."""
    return installation.write(
        folder, port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url="https://pager.example.com"
    )


async def test_a_broken_reload_keeps_the_old_plan_and_says_so(tmp_path: Path) -> None:
    """Files that cannot be used change nothing but what is said; mended ones come into force."""
    async with FakeSmtp() as smtp, asyncio.timeout(100):
        pager = an_installation(tmp_path, smtp)
        rules = tmp_path / "rules/payments.yaml"
        good = rules.read_text()
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            before = await status_of(pager)
            rules.write_text(good.replace("severity: sev1", "severty: sev1"))
            code, said = await cli(pager, "reload")
            broken = await status_of(pager)
            accepted = await raise_alert(pager)
            mail = (await smtp.next_mail()).parsed
            rules.write_text(good + "# a comment is a new revision\n")
            mended_code, _ = await cli(pager, "reload")
            after = await status_of(pager)

    assert code == 1
    assert "rules/payments.yaml:5" in said
    assert "severity" in said
    assert broken["revision"] == before["revision"]
    assert accepted == 200
    assert mail["To"] in ("ana@example.com", "dora@example.com")
    assert mended_code == 0
    assert after["revision"] != before["revision"]


async def test_a_start_with_broken_files_runs_on_the_last_good_plan(tmp_path: Path) -> None:
    """A daemon that was stopped and finds its files broken goes on paging by the last plan that worked, loudly."""
    async with FakeSmtp() as smtp, asyncio.timeout(100):
        pager = an_installation(tmp_path, smtp)
        log = tmp_path / "pagerd.log"
        async with running(command(pager), log, f"{pager.url}/-/ready"):
            pass
        (tmp_path / "rotations/payments.yaml").write_text("team: [payments\n")
        async with running(command(pager), log, f"{pager.url}/-/healthy"):
            accepted = await raise_alert(pager)
            mail = (await smtp.next_mail()).parsed
            known = await status_of(pager)

    assert accepted == 200
    assert mail["To"] in ("ana@example.com", "dora@example.com")
    assert known["plan_ok"] is False
    assert "THE CONFIG FILES ARE BROKEN" in tail(log)


async def test_a_first_start_with_broken_files_says_what_is_wrong(tmp_path: Path) -> None:
    """Without an earlier plan a broken one is an error with its place, and an exit code."""
    async with FakeSmtp() as smtp:
        pager = an_installation(tmp_path, smtp)
        (tmp_path / "rules/owners.yaml").write_text("owners: []\nfalback: payments\n")
        code, said = await cli(pager, "run")

    assert code == 1
    assert "rules/owners.yaml:2:1" in said
    assert "Traceback" not in said


async def test_a_second_daemon_is_refused(tmp_path: Path) -> None:
    """Two daemons on one database would page twice: the second says so and ends."""
    async with FakeSmtp() as smtp, asyncio.timeout(60):
        pager = an_installation(tmp_path, smtp)
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            code, said = await cli(pager, "run")

    assert code != 0
    assert "pagerd.db" in said
    assert "Traceback" not in said


async def test_it_stops_when_it_is_told_and_reloads_on_hangup(tmp_path: Path) -> None:
    """SIGHUP puts changed files into force; SIGTERM ends it with 0."""
    async with FakeSmtp() as smtp, asyncio.timeout(100):
        pager = an_installation(tmp_path, smtp)
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready") as process:
            before = (await status_of(pager))["revision"]
            (tmp_path / "rules/owners.yaml").write_text(installation.OWNERS + "# changed\n")
            process.send_signal(signal.SIGHUP)
            while (await status_of(pager))["revision"] == before:
                await poll_again()
            process.terminate()
            code = await process.wait()

    assert code == 0
