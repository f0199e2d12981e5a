"""A small service manager: it owns the socket of sd_notify(3), starts a process, and keeps what that tells it."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path


class Supervisor:
    """Reads what one process tells. Each datagram is a mapping of names to values."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.told: list[dict[str, str]] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind("\0" + address[1:] if address.startswith("@") else address)

    async def next(self) -> dict[str, str]:
        """Wait for the next datagram."""
        raw = await asyncio.get_running_loop().sock_recv(self._socket, 4096)
        told = dict(line.split("=", 1) for line in raw.decode().splitlines())
        self.told.append(told)
        return told

    async def until(self, name: str) -> dict[str, str]:
        """Wait for the first datagram that says this; what came before it stays in `told`."""
        while name not in (told := await self.next()):
            pass
        return told

    def close(self) -> None:
        """Listen no more."""
        self._socket.close()

    @asynccontextmanager
    async def start(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str]
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        """Start a process that knows where to tell; kill it at the end, if it is still there."""
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdout=output,
                stderr=output,
                env={**os.environ, "NOTIFY_SOCKET": self.address, **environment},
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
