"""SIGTERM with work in hand: what is in the air is finished, what waits goes back, and a second signal means now."""

import asyncio
import json
import signal
from pathlib import Path

import aiohttp
import apsw
import pytest

from pagerd.channels.email import CONNECTIONS_MAX
from pagerd.engine.heart import SENDERS
from tests.channels.fake_smtp import FakeSmtp, Mode
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import free_port, poll_again, running
from tests.e2e.test_daemon import command

pytestmark = pytest.mark.timeout(120)

RULES = """\
team: payments
rules:
  - name: Each alert is a page of its own
    match: ['alertname=~"Drain.*"']
    severity: sev1
    verdict: page
    runbook: payments-5xx
    group_by: [alertname]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for an installation."""
    return tmp_path


def mailing(folder: Path, smtp: FakeSmtp) -> Installation:
    """Write an installation that pages by mail alone."""
    pager = installation.write(
        folder, port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url="https://pager.example.com"
    )
    settings = folder / "pagerd.yaml"
    settings.write_text(settings.read_text().replace("high: [sms, email, 1s voice]", "high: [email]"))
    (folder / "rules/payments.yaml").write_text(RULES)
    # Nobody answers, and the next step is not what is tested here.
    (folder / "rotations/escalation.yaml").write_text(installation.ESCALATION.replace("3s", "5m"))
    return pager


async def raise_alerts(pager: Installation, count: int) -> None:
    """Raise so many alerts, each of which is a page."""
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {pager.token}"}) as session:
        for number in range(count):
            alert = {
                "labels": {"alertname": f"Drain{number:03}", "service": "payments-api"},
                "annotations": {"summary": "Checkout fails"},
            }
            async with session.post(f"{pager.url}/api/v1/alerts/tools", json=alert) as response:
                assert response.status == 200


def stored(pager: Installation, status: str) -> int:
    """Count the mails of this status in the database that the daemon left behind."""
    connection = apsw.Connection(str(pager.folder / ".pagerd/pagerd.db"), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        asked = "SELECT COUNT(*) FROM notifications WHERE medium = 'email' AND status = ?"
        [(count,)] = connection.execute(asked, (status,))
    finally:
        connection.close()
    return int(count)


def said(pager: Installation, event: str) -> list[dict[str, object]]:
    """Return what the daemon logged of one kind."""
    lines = [
        json.loads(line) for line in (pager.folder / "pagerd.log").read_text().splitlines() if line.startswith("{")
    ]
    return [line for line in lines if line["event"] == event]


async def until_said(pager: Installation, event: str) -> None:
    """Wait until the daemon logs this."""
    while not said(pager, event):
        await poll_again()


async def test_a_mail_in_the_air_is_finished_and_its_outcome_stored(folder):
    """Told to stop while the mail server has not answered yet, it takes nothing more in, waits, stores, and ends."""
    async with FakeSmtp(Mode.WAIT_IN_DATA) as smtp, asyncio.timeout(60):
        pager = mailing(folder, smtp)
        async with running(command(pager), folder / "pagerd.log", f"{pager.url}/-/ready") as process:
            await raise_alerts(pager, 1)
            await smtp.next_mail()
            process.terminate()
            await until_said(pager, "stopping")
            while await is_open(pager):
                await poll_again()
            is_running = process.returncode is None
            smtp.go_on.set()
            code = await process.wait()

    assert is_running
    assert code == 0
    assert stored(pager, "accepted") == 1
    assert len(smtp.mails) == 1
    assert said(pager, "stop.cut_short") == []
    assert said(pager, "stopped")


async def is_open(pager: Installation) -> bool:
    """Does the daemon still take anything in?"""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", pager.port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def test_a_second_signal_ends_it_and_what_nobody_sent_goes_out_at_once(folder):
    """A mail server that never answers holds every sender; what waited behind them is not late for it after a restart.

    What was in the air is perhaps sent: its claim stays, and it goes out again when that has run out.
    """
    behind = 8
    async with FakeSmtp(Mode.HANG_IN_DATA) as smtp, asyncio.timeout(100):
        pager = mailing(folder, smtp)
        async with running(command(pager), folder / "pagerd.log", f"{pager.url}/-/ready") as process:
            await raise_alerts(pager, SENDERS + behind)
            await smtp.changes.until(lambda: len(smtp.mails) == CONNECTIONS_MAX)
            process.terminate()
            await until_said(pager, "stopping")
            while await is_open(pager):
                await poll_again()
            process.send_signal(signal.SIGTERM)
            code = await process.wait()
        left = stored(pager, "pending"), stored(pager, "claimed")
        smtp.mode = Mode.OK
        async with running(command(pager), folder / "pagerd.log", f"{pager.url}/-/ready"):
            await smtp.changes.until(lambda: len(smtp.mails) >= CONNECTIONS_MAX + behind)

    assert code == 0
    assert [line["what"] for line in said(pager, "stop.cut_short")] == ["what is being sent"]
    assert left == (behind, SENDERS)
    assert len({mail.parsed["Subject"] for mail in smtp.mails}) == CONNECTIONS_MAX + behind
