"""SIGTERM with work in hand: what is in the air is finished, what waits goes back, and a second signal means now."""

import asyncio
import json
import signal
from pathlib import Path

import apsw
import pytest

from pagerd.channels.email import CONNECTIONS_MAX
from pagerd.engine.heart import SENDERS
from tests.channels.fake_smtp import FakeSmtp, Mode
from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.processes import poll_again, running
from tests.e2e.test_daemon import command, raise_alert
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for an installation."""
    return tmp_path


def mailing(folder: Path, smtp: FakeSmtp, people: int = 1) -> Installation:
    """Write an installation whose first step pages so many people at once, by mail alone."""
    pager = installation.write(
        folder, port=free_port(), twilio_url=None, smtp_port=smtp.port, public_url="https://pager.example.com"
    )
    settings = folder / "pagerd.yaml"
    settings.write_text(settings.read_text().replace("high: [sms, email, 1s voice]", "high: [email]"))
    names = [f"person{number}" for number in range(people)]
    lines = [f"  {name}: {{zone: Europe/Berlin, email: {name}@example.com}}" for name in names]
    (folder / "rotations/people.yaml").write_text(installation.PEOPLE + "\n".join(lines) + "\n")
    # Nobody answers, and the next step is not what is tested here.
    step = f"{{page: [{', '.join(names)}], answer_within: 5m}}"
    steps = installation.ESCALATION.replace("{page: primary, answer_within: 3s}", step)
    (folder / "rotations/escalation.yaml").write_text(steps)
    return pager


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
            assert await raise_alert(pager) == 200
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
    """A mail server that never answers holds every sender; nothing is late for it after a restart.

    What was in the air is perhaps sent: its claim stays, and whoever starts next takes it over at once.
    """
    behind = 8
    async with FakeSmtp(Mode.HANG_IN_DATA) as smtp, asyncio.timeout(100):
        pager = mailing(folder, smtp, SENDERS + behind)
        async with running(command(pager), folder / "pagerd.log", f"{pager.url}/-/ready") as process:
            assert await raise_alert(pager) == 200
            await smtp.changes.until(lambda: len(smtp.mails) >= CONNECTIONS_MAX)
            process.terminate()
            await until_said(pager, "stopping")
            while await is_open(pager):
                await poll_again()
            process.send_signal(signal.SIGTERM)
            code = await process.wait()
        left = stored(pager, "pending"), stored(pager, "claimed")
        smtp.mode = Mode.OK
        async with running(command(pager), folder / "pagerd.log", f"{pager.url}/-/ready"):
            await smtp.changes.until(lambda: len({mail.parsed["To"] for mail in smtp.mails}) >= SENDERS + behind)

    assert code == 0
    # A round of the heartbeat may be under way when the second signal comes; it is cut short as well.
    assert [line["what"] for line in said(pager, "stop.cut_short")][-1] == "what is being sent"
    assert left == (behind, SENDERS)
    assert len({mail.parsed["To"] for mail in smtp.mails}) == SENDERS + behind
