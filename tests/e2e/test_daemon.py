"""The daemon as its operators meet it: reload, broken files, a second start, SIGTERM."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from pagerd.stores.sqlite import library_version
from tests.channels.fake_smtp import FakeSmtp
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running, said_by, tail
from tests.ports import free_port
from tests.tools.debian import binary

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
    return await said_by(sys.executable, "-m", "pagerd", "-c", str(pager.folder), "--as", "dora", *words)


async def status_of(pager: Installation) -> dict[str, Any]:
    """Return what `pagerd status` knows."""
    _code, said = await cli(pager, "status", "-o", "json")
    return dict(json.loads(said))


def left_in(folder: Path) -> list[str]:
    """Return what lies in a folder, at any depth."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


async def raise_alert(pager: Installation) -> int:
    """Raise an alert and return the status of the answer."""
    return await raise_alert_at(pager.url, pager.token)


async def raise_alert_at(url: str, token: str, **labels: str) -> int:
    """Raise an alert at a URL and return the status of the answer."""
    alert = {**ALERT, "labels": {**ALERT["labels"], **labels}}
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/api/v1/alerts/tools", json=alert, headers=headers) as response,
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


async def test_a_hangup_over_files_that_cannot_be_read_ends_nothing(tmp_path: Path) -> None:
    """A link that goes round in a circle: the daemon lives, keeps its plan, and complains everywhere."""
    async with FakeSmtp() as smtp, asyncio.timeout(100):
        pager = an_installation(tmp_path, smtp)
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready") as process:
            before = await status_of(pager)
            (tmp_path / "rules/more.yaml").symlink_to("more.yaml")
            process.send_signal(signal.SIGHUP)
            while (after := await status_of(pager))["plan_ok"]:
                await poll_again()
            async with aiohttp.ClientSession() as session:
                ready = await (await session.get(f"{pager.url}/-/ready")).text()
                metrics = await (await session.get(f"{pager.url}/metrics")).text()
            alive = process.returncode is None

    assert alive
    assert after["revision"] == before["revision"]
    assert any("config files" in warning for warning in after["warnings"])
    assert "config files" in ready
    assert "\npagerd_config_last_reload_successful 0.0\n" in metrics
    assert "config.reload_failed" in tail(tmp_path / "pagerd.log")


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


async def test_an_address_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    """Who starts pagerd where something listens already learns where, and which key names another address."""
    async with FakeSmtp() as smtp, asyncio.timeout(60):
        pager = installation.write(
            tmp_path, port=smtp.port, twilio_url=None, smtp_port=smtp.port, public_url="https://pager.example.com"
        )
        code, said = await cli(pager, "run")

    assert code == 2
    assert f"listening on 127.0.0.1:{smtp.port}: Address already in use" in said
    assert "`listen` in pagerd.yaml" in said
    assert "Traceback" not in said


async def test_a_state_directory_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    """A read-only folder, or a file in its place: what pagerd writes there, and which key names another place."""
    async with FakeSmtp() as smtp:
        pager = an_installation(tmp_path, smtp)
        (tmp_path / ".pagerd").write_text("a file")
        code, said = await cli(pager, "run")

    assert code == 2
    assert f"the state directory {tmp_path / '.pagerd'} cannot be made: File exists" in said
    assert "`state_dir` in pagerd.yaml" in said
    assert "Traceback" not in said


async def test_a_start_in_the_wrong_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    """A folder without config, or none at all: said, and nothing is made there."""
    (tmp_path / "empty").mkdir()
    empty = Installation(tmp_path / "empty", 0, "")
    missing = Installation(tmp_path / "missing", 0, "")
    code, said = await cli(empty, "run")
    missing_code, missing_said = await cli(missing, "run")

    assert (code, missing_code) == (1, 2)
    assert "there is no pagerd.yaml" in said
    assert "is not a directory" in missing_said
    assert left_in(tmp_path) == ["empty"]


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


async def metrics_of(pager: Installation) -> dict[str, float]:
    """Return what Prometheus would get, by name and labels."""
    text = await scraped(pager)
    pairs = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


async def scraped(pager: Installation) -> str:
    """Return the text of a scrape."""
    async with aiohttp.ClientSession() as session, session.get(f"{pager.url}/metrics") as response:
        assert response.status == 200
        return await response.text()


async def test_its_metrics_are_those_of_a_process_with_a_config(tmp_path: Path) -> None:
    """A real daemon shows its memory, its commit and libraries, its config as it was before and after it was broken."""
    async with FakeSmtp() as smtp, asyncio.timeout(60):
        pager = an_installation(tmp_path, smtp)
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready") as process:
            before = await metrics_of(pager)
            (tmp_path / "rules/payments.yaml").write_text("team: payments\nrulez: []\n")
            await cli(pager, "reload")
            broken = await metrics_of(pager)
            resident = int((Path("/proc") / str(process.pid) / "statm").read_text().split()[1]) * os.sysconf(
                "SC_PAGESIZE"
            )

    build = next(name for name in before if name.startswith("pagerd_build_info"))
    assert f'sqlite="{library_version()}"' in build
    assert 0.3 < before["process_resident_memory_bytes"] / resident < 3
    assert before["process_cpu_seconds_total"] > 0
    assert before["process_open_fds"] > 5
    assert (before["pagerd_config_last_reload_successful"], broken["pagerd_config_last_reload_successful"]) == (1, 0)
    assert before['pagerd_config_findings{severity="error"}'] == 0
    assert broken['pagerd_config_findings{severity="error"}'] >= 1
    assert before["pagerd_config_hash"] == broken["pagerd_config_hash"] > 0
    assert broken['pagerd_alarms_total{kind="config_reload_failed"}'] == 1
    assert broken["pagerd_store_commit_duration_seconds_count"] >= 1


async def test_promtool_finds_nothing_to_say_of_its_metrics(tmp_path: Path) -> None:
    """Prometheus' own linter reads what a real daemon shows after an alert: names, units, help, types."""
    promtool = binary("promtool")
    async with FakeSmtp() as smtp, asyncio.timeout(60):
        pager = an_installation(tmp_path, smtp)
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            assert await raise_alert(pager) == 200
            await smtp.next_mail()
            text = await scraped(pager)
    checked = await asyncio.to_thread(
        subprocess.run, [promtool, "check", "metrics"], input=text.encode(), capture_output=True, check=False
    )

    assert (checked.returncode, checked.stdout, checked.stderr) == (0, b"", b"")


async def test_a_stall_of_the_event_loop_is_measured(tmp_path: Path) -> None:
    """The process is stopped for half a second and goes on: the loop was late by that, and says so."""
    async with FakeSmtp() as smtp, asyncio.timeout(60):
        pager = an_installation(tmp_path, smtp)
        async with running(command(pager), tmp_path / "pagerd.log", f"{pager.url}/-/ready") as process:
            while not (before := await metrics_of(pager))["pagerd_event_loop_lag_seconds_count"]:
                await poll_again()
            process.send_signal(signal.SIGSTOP)
            for _ in range(20):  # a second in all, of which the sleeper could have slept a quarter
                await poll_again()
            process.send_signal(signal.SIGCONT)
            while late_by_half_a_second(after := await metrics_of(pager)) == late_by_half_a_second(before):
                await poll_again()
            process.terminate()
            code = await process.wait()

    stalled = after["pagerd_event_loop_lag_seconds_sum"] - before["pagerd_event_loop_lag_seconds_sum"]
    assert stalled > 0.5
    assert code == 0


def late_by_half_a_second(metrics: dict[str, float]) -> float:
    """Count the times at which the loop was more than half a second late."""
    name = "pagerd_event_loop_lag_seconds"
    return metrics[f"{name}_count"] - metrics[f'{name}_bucket{{le="0.5"}}']
