"""A disk that is really full: a small file system of its own under the database of a real daemon."""

import asyncio
import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.crashes import night
from tests.crashes.daemons import zygote
from tests.crashes.night import ANA, BEN, DATABASE, PUBLIC_URL, Twilio, code_in, query
from tests.e2e.processes import poll_again

DISK_MIB = 72
"""Room for the database, for 16 MiB of ballast, and for twice as much that must be free before it is laid."""


@contextlib.contextmanager
def a_small_disk(at: Path) -> Iterator[None]:
    """Mount a file system of its own, or skip the test, loudly, where that is not allowed."""
    at.mkdir(parents=True, exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m,mode=700", "pagerd-test", str(at)]
    if (
        os.getuid()
        or shutil.which("mount") is None
        or subprocess.run(words, capture_output=True, check=False).returncode
    ):
        pytest.skip("no file system may be mounted here: a disk that is really full is NOT tested (run it as root)")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def fill(file: Path) -> None:
    """Write until nothing more fits, in ever smaller pieces."""
    with file.open("wb", buffering=0) as filling:
        piece = 1 << 20
        while piece >= 512:
            try:
                filling.write(bytes(piece))
            except OSError:
                piece //= 2


async def post(http: aiohttp.ClientSession, url: str, token: str, name: str) -> int:
    """Send an alert; return how it was answered."""
    alert = {"labels": {"alertname": name, "team": "payments"}, "annotations": {"summary": f"{name} of the test"}}
    headers = {"Authorization": f"Bearer {token}"}
    try:
        async with http.post(f"{url}/api/v1/alerts/tools", json={"alerts": [alert]}, headers=headers) as response:
            return response.status
    except aiohttp.ClientError:
        return 0


@pytest.mark.timeout(180)
async def test_a_full_disk_refuses_alerts_and_takes_answers(tmp_path: Path) -> None:
    """New alerts get 503, the page that is open is escalated, answered and told; with room again all is as before."""
    async with Twilio() as twilio, zygote() as daemons, aiohttp.ClientSession() as http, asyncio.timeout(150):
        pager = night.write(tmp_path, twilio.url)
        with a_small_disk(tmp_path / ".pagerd"):
            twilio.reach(PUBLIC_URL, pager.url)
            twilio.inbound_url = f"{PUBLIC_URL}/api/v1/provider/sms"
            daemon = await daemons.fork(tmp_path)
            while await post(http, pager.url, pager.token, "PaymentsErrors") != 200:
                await poll_again()
            to_ana = await twilio.next_message()
            fill(tmp_path / ".pagerd/filling")
            accepted = set()
            for number in range(100_000):
                name = f"Load{number:05}"
                if await post(http, pager.url, pager.token, name) == 503:
                    break
                accepted.add(name)
            refused_again = await post(http, pager.url, pager.token, "Later")
            to_ben = await twilio.next_message()
            acknowledged = await twilio.send_inbound_sms(BEN, f"{code_in(to_ben)} ack")
            while (told := await twilio.next_message()).to != ANA:
                pass
            had_ballast = (tmp_path / f"{DATABASE}.ballast").exists()
            (tmp_path / ".pagerd/filling").unlink()
            while await post(http, pager.url, pager.token, "Later") != 200:
                await poll_again()
            await daemon.kill()
            kept = {str(row[0]) for row in query(tmp_path, "SELECT body FROM alerts")}
            pages = query(tmp_path, "SELECT status FROM pages WHERE body LIKE '%PaymentsErrors%'")
            has_ballast = (tmp_path / f"{DATABASE}.ballast").stat().st_size

    assert (to_ana.to, to_ben.to) == (ANA, BEN)
    assert refused_again == 503
    assert not had_ballast
    assert acknowledged == 200
    assert not code_in(told)
    assert pages == [("acknowledged",)]
    assert {name for name in accepted if not any(name in body for body in kept)} == set()
    assert has_ballast == 16 << 20
