"""pagerd watches itself: its store is taken away under it, and everybody hears of it by roads that need no store."""

import asyncio
import json
import os
import resource
import sqlite3
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio
from tests.daemon.fake_watcher import SECRET, FakeWatcher
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running
from tests.e2e.test_daemon import cli, command, raise_alert, status_of
from tests.ports import free_port

pytestmark = pytest.mark.timeout(180)

DORA = "+4915110000003"


async def asked(pager: Installation, path: str) -> tuple[int, str]:
    """Ask the daemon for something."""
    async with aiohttp.ClientSession() as session, session.get(f"{pager.url}{path}") as response:
        return response.status, await response.text()


async def said_to_dora(twilio: FakeTwilio, smtp: FakeSmtp) -> tuple[str, str]:
    """Return the next text and the next mail, both to the operator."""
    text, mail = await twilio.next_message(), (await smtp.next_mail()).parsed
    assert text.field("To") == DORA
    assert mail["To"] == "dora@example.com"
    return text.field("Body") or "", str(mail["Subject"])


async def becomes_ready(pager: Installation) -> dict[str, Any]:
    """Wait until the daemon says that it is well; return its status."""
    while (await asked(pager, "/-/ready"))[0] != 200:
        await poll_again()
    return await status_of(pager)


async def test_a_locked_store_is_told_by_mail_and_text_and_again_when_it_is_well(tmp_path: Path) -> None:
    """Another program holds the database: 503, not ready, both roads, no heartbeat; all well when it lets go."""
    async with FakeTwilio() as twilio, FakeSmtp() as smtp, FakeWatcher() as watcher, asyncio.timeout(150):
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url="https://pager.example"
        )
        (tmp_path / "watcher.url").write_text(watcher.url + "\n")
        settings = tmp_path / "pagerd.yaml"
        settings.write_text(settings.read_text() + "heartbeat: {url_file: watcher.url, every: 15s}\n")
        log = tmp_path / "pagerd.log"
        async with running(command(pager), log, f"{pager.url}/-/ready"):
            heard = await watcher.next()
            code, examined = await cli(pager, "doctor")
            other = sqlite3.connect(tmp_path / ".pagerd/pagerd.db", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            refused = await raise_alert(pager)
            trouble = await said_to_dora(twilio, smtp)
            ready, metrics = await asked(pager, "/-/ready"), await asked(pager, "/metrics")
            status = await status_of(pager)
            heartbeats = len(watcher.heard)
            other.execute("ROLLBACK")
            other.close()
            well = await said_to_dora(twilio, smtp)
            after = await becomes_ready(pager)
            accepted = await raise_alert(pager)
            await watcher.next()

    assert heard["pages_open"] == 0
    assert code == 1
    assert "● ok    daemon: pagerd " in examined
    assert "● ok    heartbeat 127.0.0.1: " in examined
    assert "✗ fail  public URL https://pager.example: " in examined  # nobody is there
    assert refused == 503
    assert "another program holds its database locked" in trouble[0]
    assert "another program holds its database locked" in trouble[1]
    assert ready[0] == 503
    assert "another program holds its database locked: alerts are refused with 503" in ready[1]
    assert "\npagerd_store_up 0.0\n" in metrics[1]
    assert status["store_ok"] is False
    assert heartbeats <= 2  # one may have left before the first look that failed
    assert "the store takes writes again" in well[0]
    assert after["store_ok"] is True
    assert accepted == 200
    assert SECRET not in log.read_text()


async def test_a_disk_that_takes_no_more_is_told_and_again_when_it_does(tmp_path: Path) -> None:
    """Files may grow no more, as on a disk that is full or fails: nothing is lost, and everybody hears of it."""
    async with FakeTwilio() as twilio, FakeSmtp() as smtp, asyncio.timeout(150):
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=twilio.url, smtp_port=smtp.port, public_url="https://pager.example"
        )
        # The limit is on every file: so the log goes where it does not count.
        async with running(command(pager), Path(os.devnull), f"{pager.url}/-/ready") as process:
            hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (4096, hard))
            refused = await raise_alert(pager)
            trouble = await said_to_dora(twilio, smtp)
            ready = await asked(pager, "/-/ready")
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard, hard))
            well = await said_to_dora(twilio, smtp)
            accepted = await raise_alert(pager)

    assert refused == 503
    assert "the disk under its database fails" in trouble[0]
    assert ready[0] == 503
    assert json.loads(ready[1])["ready"] is False
    assert "the store takes writes again" in well[1]
    assert accepted == 200
