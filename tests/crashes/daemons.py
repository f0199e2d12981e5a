"""Daemons that are forked from a zygote: started in an instant, waited for by the kernel's word, killed for certain."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from pagerd.engine.boundaries import Boundary

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Death:
    """Where a daemon dies: at one side of a boundary, when it is reached for the n-th time."""

    boundary: Boundary
    side: str
    count: int = 1

    def __str__(self) -> str:
        """Name it as a person would look for it."""
        return f"{self.side} {self.boundary} {self.boundary.name} ({self.count})"


@dataclass
class Forked:
    """One daemon."""

    pid: int
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def watch(self) -> None:
        """Have the kernel say when it is gone."""
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            self.ended.set()
            return
        loop = asyncio.get_running_loop()

        def gone() -> None:
            loop.remove_reader(handle)
            os.close(handle)
            self.ended.set()

        loop.add_reader(handle, gone)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, if it is there."""
        if not self.ended.is_set():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def kill(self) -> None:
        """End it without a word, and wait until it is gone."""
        self.send(signal.SIGKILL)
        await self.ended.wait()


class Zygote:
    """Forks daemons."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._one_at_a_time = asyncio.Lock()
        self._forked: list[Forked] = []

    async def fork(self, folder: Path, death: Death | None = None) -> Forked:
        """Start a daemon on a folder, that dies where it is told."""
        order = {
            "folder": str(folder),
            "boundary": death.boundary.value if death is not None else "",
            "side": death.side if death is not None else "",
            "count": str(death.count if death is not None else 0),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        async with self._one_at_a_time:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            daemon = Forked(int(await self._process.stdout.readline()))
        daemon.watch()
        self._forked.append(daemon)
        return daemon

    async def end(self) -> None:
        """End it and all that it forked."""
        for daemon in self._forked:
            await daemon.kill()
        self._process.kill()
        await self._process.wait()


@contextlib.asynccontextmanager
async def zygote() -> AsyncIterator[Zygote]:
    """Start a zygote; nothing of it is left at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crashes.zygote",
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    one = Zygote(process)
    try:
        yield one
    finally:
        await one.end()
