"""kill -9 under load: what was answered 2xx is on disk and is told to a human, whatever moment the process dies at."""

import asyncio
import contextlib
import json
import re
import signal
import sys
from pathlib import Path

import aiohttp
import apsw
import pytest

from tests.channels.fake_smtp import FakeSmtp
from tests.channels.fake_twilio import FakeTwilio, Hang, Ok
from tests.e2e import installation
from tests.e2e.installation import RULES_OF_LOAD, Installation
from tests.e2e.processes import running
from tests.ports import free_port

ROUNDS = 4
ACKNOWLEDGED_PER_ROUND = 60
SENDERS = 8


async def post_until_it_dies(pager: Installation, numbers: "Numbers", enough: asyncio.Event) -> set[int]:
    """Raise alerts until the daemon is gone; return those that were answered with 2xx."""
    answered: set[int] = set()
    headers = {"Authorization": f"Bearer {pager.token}"}

    async def send_on(session: aiohttp.ClientSession) -> None:
        while True:
            number = numbers.next()
            alert = {
                "labels": {"alertname": f"Load{number:05}", "team": "payments", "severity": "critical"},
                "annotations": {"summary": f"alert {number:05}"},
            }
            try:
                url = f"{pager.url}/api/v1/alerts/tools"
                async with session.post(url, data=json.dumps({"alerts": [alert]}), headers=headers) as response:
                    if response.status < 300:
                        answered.add(number)
            except (aiohttp.ClientError, ConnectionError):
                return
            if len(answered) >= ACKNOWLEDGED_PER_ROUND:
                enough.set()

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(send_on(session) for _ in range(SENDERS)))
    return answered


class Numbers:
    """Counts up, over all rounds."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        """Return the next number."""
        self._last += 1
        return self._last


def mailed_in(directory: Path, received: set[str]) -> set[int]:
    """Return the alerts that stand for a page whose message was received: after a crash one mail speaks of several."""
    database = apsw.Connection(str(directory / ".pagerd/pagerd.db"), flags=apsw.SQLITE_OPEN_READONLY)
    with contextlib.closing(database):
        rows = database.execute(
            "SELECT a.body, n.provider_id FROM alerts a JOIN notifications n ON n.page_id = a.page_id"
            " WHERE n.provider_id IS NOT NULL"
        ).fetchall()
    numbers = ((re.search(r"Load(\d{5})", str(body)), message) for body, message in rows)
    return {int(found[1]) for found, message in numbers if found is not None and message in received}


@pytest.mark.timeout(180)
async def test_nothing_accepted_is_lost(tmp_path: Path) -> None:
    """Killed under load and started again, several times over, pagerd mails every alert that it had accepted."""
    async with FakeSmtp() as smtp, asyncio.timeout(150):
        pager = installation.write(
            tmp_path, port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url="https://pager.example.com"
        )
        (tmp_path / "rules/payments.yaml").write_text(RULES_OF_LOAD)
        numbers = Numbers()
        accepted: set[int] = set()
        command = [sys.executable, "-m", "pagerd", "-c", str(tmp_path), "run", "--log-level", "error"]
        for _ in range(ROUNDS):
            async with running(command, tmp_path / "pagerd.log", f"{pager.url}/-/ready") as process:
                enough = asyncio.Event()
                async with asyncio.TaskGroup() as group:
                    load = group.create_task(post_until_it_dies(pager, numbers, enough))
                    await enough.wait()
                    process.send_signal(signal.SIGKILL)
                accepted |= load.result()
        received: set[str] = set()
        async with running(command, tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            while not accepted <= mailed_in(tmp_path, received):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.2):  # the last mail may be here before its receipt is on disk
                        received.add((await smtp.next_mail()).parsed["Message-ID"])

    assert len(accepted) >= ROUNDS * ACKNOWLEDGED_PER_ROUND


@pytest.mark.timeout(120)
async def test_what_was_in_the_air_goes_out_again_at_once(tmp_path: Path) -> None:
    """Killed while a provider does not answer, pagerd does not wait for its own lease of a minute to end."""
    async with FakeTwilio() as twilio, FakeSmtp() as smtp:
        pager = installation.write(
            tmp_path,
            port=free_port(),
            twilio_url=twilio.url,
            smtp_port=smtp.port,
            public_url="https://pager.example.com",
        )
        command = [sys.executable, "-m", "pagerd", "-c", str(tmp_path), "run", "--log-level", "warning"]
        twilio.behave(Hang())
        headers = {"Authorization": f"Bearer {pager.token}"}
        alert = {"labels": {"alertname": "PaymentsErrors", "team": "payments"}, "annotations": {"summary": "It fails"}}
        async with running(command, tmp_path / "pagerd.log", f"{pager.url}/-/ready") as process:
            async with aiohttp.ClientSession() as session:
                url = f"{pager.url}/api/v1/alerts/tools"
                async with session.post(url, json={"alerts": [alert]}, headers=headers) as response:
                    assert response.status == 200
            await twilio.was_asked()
            process.send_signal(signal.SIGKILL)
            await process.wait()
        twilio.behave(Ok())
        async with asyncio.timeout(45), running(command, tmp_path / "pagerd.log", f"{pager.url}/-/ready"):
            message = await twilio.next_message()

    assert message.to == "+351912000001"
    assert "notifications.taken_over" in (tmp_path / "pagerd.log").read_text()
