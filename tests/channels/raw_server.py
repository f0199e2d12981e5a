"""A socket that behaves as badly as asked: it hangs, trickles, resets, talks nonsense, or gives one HTTP answer."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from typing import Self

from tests.channels.changes import Changes

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

DRIP_SECONDS = 0.02


class RawServer:
    """Listens on loopback and treats every connection by one behaviour."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.connections = 0
        self.received = b""
        """What came and no behaviour read."""
        self._open = 0
        self._changes = Changes()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()
        await self.all_gone()

    async def somebody_came(self) -> None:
        """Wait until a connection was made."""
        await self._changes.until(lambda: self.connections > 0)

    async def all_gone(self) -> None:
        """Wait until every client has closed its end; a leaked connection fails the test by its timeout."""
        await self._changes.until(lambda: self._open == 0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open += 1
        self._changes.happened()
        try:
            await self.behaviour(reader, writer)
            while octets := await reader.read(65536):
                self.received += octets
        except ConnectionError:
            pass
        finally:
            writer.close()
            self._open -= 1
            self._changes.happened()


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take everything, answer nothing, until the other side leaves."""


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send a RST at once."""
    _reset(writer)


async def reset_after_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Read something, then send a RST."""
    await reader.read(1)
    _reset(writer)


async def leave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say nothing and close."""
    writer.close()


def says(octets: bytes) -> Behaviour:
    """Answer whatever comes, and what does not come, with these octets."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(octets)
        await writer.drain()

    return behave


def trickles(octets: bytes) -> Behaviour:
    """Write octets one by one, each in time for a timeout that only watches single reads, for ever."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        done = loop.create_future()

        def drip(position: int) -> None:
            if writer.is_closing() or reader.at_eof():
                done.set_result(None)
                return
            writer.write(octets[position % len(octets) :][:1])
            loop.call_later(DRIP_SECONDS, drip, position + 1)

        drip(0)
        while await reader.read(65536):
            pass
        await done

    return behave


def answers(status: int, body: bytes = b"{}", headers: Mapping[str, str] | None = None) -> Behaviour:
    """Read one HTTP request whole, give one answer, close."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        await reader.readexactly(length)
        more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        more += f"Content-Length: {len(body)}\r\nConnection: close\r\n"
        writer.write(f"HTTP/1.1 {status} Because\r\n{more}\r\n".encode() + body)
        await writer.drain()
        writer.close()

    return behave


def _reset(writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
