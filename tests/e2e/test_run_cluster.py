"""`make run-cluster`, as somebody who wants to see it: it says what is where, and leaves nothing behind."""

import asyncio
import re
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.postgres.server import programs
from tests.tools.run_cluster import ALERT, ROOT, TOKEN


def is_there(folder: str) -> bool:
    """Is anything left of a node?"""
    return Path(folder).exists()


@pytest.mark.timeout(120)
async def test_it_starts_pages_and_stops() -> None:
    """Two nodes come up on a database of their own, an alert at one is told on the screen, Ctrl-C ends all of it."""
    programs()  # skipped here where there is no PostgreSQL
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.tools.run_cluster", stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None

    async def until(words: str) -> str:
        said = ""
        while words not in said:
            line = await process.stdout.readline()
            assert line, said
            said += line.decode()
        return said

    async with asyncio.timeout(100):
        said = await until("Ctrl-C stops all of it")
        [(url, folder)] = re.findall(r"node 2 +(http://\S+) +(\S+)", said)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(f"{url}/api/v1/alerts/tools", data=ALERT) as answer,
        ):
            assert answer.status == 200
        await until("PaymentsErrors: Checkout fails")
        process.send_signal(signal.SIGINT)
        rest = await until("2 | ended with 0")
        assert await process.wait() == 0

    assert "Traceback" not in rest
    assert not is_there(folder)
