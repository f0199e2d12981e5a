"""Real processes for end-to-end tests: started, waited for by what they answer, and gone when the test ends."""

import asyncio
import os
import select
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp


@asynccontextmanager
async def running(
    command: Sequence[str], log: Path, ready_url: str, environment: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a process and hand it over when it answers `ready_url` with 200; end it with SIGTERM, then SIGKILL."""
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=output, stderr=output, cwd=log.parent, env={**os.environ, **(environment or {})}
        )
    try:
        async with asyncio.timeout(30):
            await _answers(process, log, ready_url)
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                async with asyncio.timeout(10):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


async def _answers(process: asyncio.subprocess.Process, log: Path, url: str) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            assert process.returncode is None, f"it ended with {process.returncode}:\n{tail(log)}"
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await poll_again()


async def said_by(*command: str, cwd: Path | None = None) -> tuple[int, str]:
    """Run a command to its end, somewhere or here; return its exit code and all that it said."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=cwd
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


def tail(log: Path) -> str:
    """Return the end of a log."""
    return log.read_text()[-4000:]


async def poll_again() -> None:
    """Let other processes go on for a moment before asking them again."""
    await asyncio.get_running_loop().run_in_executor(None, _a_moment)


def _a_moment() -> None:
    # A poll of another process needs a pause: select() on nothing is one that no test's outcome depends on.
    select.select([], [], [], 0.05)
