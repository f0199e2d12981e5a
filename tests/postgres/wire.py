"""A wire between a client and a server on loopback, that can be slow, be cut, or fall silent.

async with Wire(server_port) as wire:
    ...                    # connect to 127.0.0.1:wire.port
    wire.cut()             # what is open is reset, what is new is refused
    wire.fall_silent()     # nothing comes through any more, and nobody is told: half-open
    wire.mend()            # what was under way arrives now, as after a retransmission
    wire.delay_seconds = 0.05
"""

import asyncio
import contextlib
import socket
import struct
from typing import Self

CHUNK = 1 << 16
# With this option a close is a reset, which is what a client sees of a host that vanished and came back.
RESET_ON_CLOSE = (socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Wire:
    """One port that leads to another."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.delay_seconds = 0.0
        self.opened = 0
        """Connections that were ever accepted: how often a client came."""
        self._is_cut = False
        self._flows = asyncio.Event()
        self._flows.set()
        self._ends: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *error: object) -> None:
        self._server.close()
        self.cut()
        await self._server.wait_closed()
        if self._carrying:
            await asyncio.wait(self._carrying)

    @property
    def connections(self) -> int:
        """How many connections are open on the client's side."""
        return len(self._ends) // 2

    def cut(self) -> None:
        """Reset what is open and refuse what comes."""
        self._is_cut = True
        self._flows.set()
        for end in self._ends:
            _reset(end)

    def fall_silent(self) -> None:
        """Carry nothing any more, and tell nobody."""
        self._flows.clear()

    def mend(self) -> None:
        """Carry again."""
        self._is_cut = False
        self._flows.set()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        carrying = asyncio.current_task()
        assert carrying is not None
        self._carrying.add(carrying)
        carrying.add_done_callback(self._carrying.discard)
        self.opened += 1
        if self._is_cut:
            _reset(writer)
            return
        self._ends.add(writer)
        try:
            await self._flows.wait()
            to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            self._ends.discard(writer)
            _reset(writer)
            return
        self._ends.add(to_server[1])
        try:
            await asyncio.gather(self._carry(reader, to_server[1]), self._carry(to_server[0], writer))
        finally:
            for end in (writer, to_server[1]):
                self._ends.discard(end)
                end.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # An end that was reset says so to whoever reads or writes it; the other direction then ends by itself.
        with contextlib.suppress(OSError):
            while piece := await reader.read(CHUNK):
                if self.delay_seconds:
                    await asyncio.sleep(self.delay_seconds)
                await self._flows.wait()
                writer.write(piece)
                await writer.drain()
        await self._flows.wait()
        writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        raw.setsockopt(*RESET_ON_CLOSE)
    writer.transport.abort()
