"""The daemon under a service manager: what it tells and when, and that the watchdog is fed by progress alone."""

import asyncio
import os
import secrets
import shutil
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from tests.e2e import installation
from tests.e2e.installation import Installation
from tests.e2e.supervisor import Supervisor
from tests.e2e.test_daemon import cli, command, raise_alert
from tests.ports import free_port

pytestmark = pytest.mark.timeout(120)

WATCHDOG = {"WATCHDOG_USEC": "3000000"}


@pytest.fixture(params=["a path", "the abstract namespace"])
def supervisor(request, tmp_path):
    """A service manager, listening where systemd may."""
    name = f"pagerd-test-{secrets.token_hex(8)}"
    made = Supervisor(f"@{name}" if request.param != "a path" else str(tmp_path / "notify"))
    yield made
    made.close()


@pytest.fixture
def one_supervisor(tmp_path):
    """A service manager whose socket is a file."""
    made = Supervisor(str(tmp_path / "notify"))
    yield made
    made.close()


@pytest.fixture
def pager(tmp_path) -> Installation:
    """An installation that sends nothing anywhere."""
    (tmp_path / "pager").mkdir()
    return installation.write(
        tmp_path / "pager", port=free_port(), twilio_url=None, smtp_port=free_port(), public_url="https://pager.example"
    )


async def answers(pager: Installation) -> tuple[int, int]:
    """Ask once at each door: the status over TCP, the exit code of a command over the socket."""
    async with aiohttp.ClientSession() as session, session.get(f"{pager.url}/-/ready") as response:
        status = response.status
    return status, (await cli(pager, "status"))[0]


async def test_it_tells_when_it_listens_goes_on_reloads_and_stops(supervisor, pager):
    """READY comes when every door is open, WATCHDOG while it goes on, RELOADING with its instant, STOPPING first."""
    log = pager.folder / "pagerd.log"
    async with asyncio.timeout(60), supervisor.start(command(pager), log, WATCHDOG) as process:
        ready = await supervisor.until("READY")
        at_once = await answers(pager)
        fed = await supervisor.until("WATCHDOG")
        before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        process.send_signal(signal.SIGHUP)
        reloading = await supervisor.until("RELOADING")
        after = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        again = await supervisor.until("READY")
        process.terminate()
        stopping = await supervisor.until("STOPPING")
        code = await process.wait()

    assert at_once == (200, 0)
    assert supervisor.told[0] == ready
    assert ready["STATUS"].startswith("takes alerts, plan ")
    assert fed["STATUS"] == ready["STATUS"]
    assert before <= int(reloading["MONOTONIC_USEC"]) <= after
    assert again["STATUS"] == ready["STATUS"]
    assert stopping["STATUS"] == "takes nothing more in; 0 messages in hand"
    assert code == 0


async def test_broken_files_are_told_and_the_service_stays_ready(one_supervisor, pager):
    """`systemctl reload` by the unit's own command fails, and the status line says what is in force."""
    log = pager.folder / "pagerd.log"
    async with asyncio.timeout(60), one_supervisor.start(command(pager), log, WATCHDOG):
        await one_supervisor.until("READY")
        (pager.folder / "rules/owners.yaml").write_text("owners: []\nfalback: payments\n")
        code, said = await cli(pager, "reload")
        await one_supervisor.until("RELOADING")
        again = await one_supervisor.until("READY")

    assert code == 1
    assert "rules/owners.yaml:2:1" in said
    assert again["STATUS"].startswith("THE CONFIG FILES ARE BROKEN: the last good plan ")


@asynccontextmanager
async def hanging_disk(pid: int) -> AsyncIterator[None]:
    """Hold every fsync of a process back meanwhile, each of its threads by itself, as a disk does that hangs."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: a hanging disk is NOT tested (apt install strace)")
    hold = ("-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:delay_enter=60s")
    strace = await asyncio.create_subprocess_exec(
        "strace", "-f", "-p", str(pid), "-o", os.devnull, *hold, stderr=asyncio.subprocess.PIPE
    )
    assert strace.stderr is not None
    said = (await strace.stderr.readline()).decode()
    if "attached" not in said:
        pytest.skip(f"strace may not trace here, a hanging disk is NOT tested: {said}")
    try:
        yield
    finally:
        strace.terminate()
        await strace.communicate()


async def test_a_disk_that_hangs_stops_the_feeding_until_it_goes_on(one_supervisor, pager):
    """The loop turns and requests are answered, but a commit hangs: the reason instead of WATCHDOG; then it is fed."""
    log = pager.folder / "pagerd.log"
    async with asyncio.timeout(90), one_supervisor.start(command(pager), log, WATCHDOG) as process:
        await one_supervisor.until("WATCHDOG")
        async with asyncio.TaskGroup() as group:
            async with hanging_disk(process.pid):
                post = group.create_task(raise_alert(pager))
                while not (told := await one_supervisor.next())["STATUS"].startswith("STUCK: "):
                    pass
                meanwhile = [told, *[await one_supervisor.next() for _ in range(3)]]
                async with aiohttp.ClientSession() as session, session.get(f"{pager.url}/-/healthy") as response:
                    alive = response.status
                is_answered = post.done()
            fed = await one_supervisor.until("WATCHDOG")

    assert [one for one in meanwhile if "WATCHDOG" in one] == []
    assert "a write has been on its way to the disk for" in meanwhile[-1]["STATUS"]
    assert alive == 200
    assert not is_answered
    assert post.result() == 200
    assert fed["STATUS"].startswith("takes alerts")
