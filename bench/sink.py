"""A mail server and a webhook receiver on loopback that take everything and note when they saw each alert's id.

`--messages FILE` notes each mail and each webhook once, as `whom time`: how many messages somebody had of a minute.
"""

import argparse
import asyncio
import os
import re
import time
from pathlib import Path
from typing import TextIO

ID = re.compile(rb"bench-(\d{8})")
SOFT_LINE_END = b"=\r\n"
"""In the middle of a word of a quoted-printable mail."""


class Notes:
    """A log of `id time`, CLOCK_MONOTONIC seconds, and one of `whom time`."""

    def __init__(self, file: TextIO, messages: TextIO) -> None:
        self._file, self._messages = file, messages

    def saw(self, message: bytes, whom: str) -> None:
        """Note a message, and each alert that it names."""
        at = time.monotonic()
        self._messages.write(f"{whom} {at:.6f}\n")
        for number in dict.fromkeys(ID.findall(message.replace(SOFT_LINE_END, b""))):
            self._file.write(f"{int(number)} {at:.6f}\n")

    def flush(self) -> None:
        """Write out what was noted."""
        self._file.flush()
        self._messages.flush()


class Smtp(asyncio.Protocol):
    """As much of SMTP as a sender that trusts it needs."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._buffer = b""
        self._in_data = False
        self._whom = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer each command, and take each mail."""
        self._buffer += data
        while True:
            end = self._buffer.find(b"\r\n.\r\n" if self._in_data else b"\r\n")
            if end < 0:
                return
            taken = self._buffer[:end]
            self._buffer = self._buffer[end + (5 if self._in_data else 2) :]
            self._transport.write(self._answer(taken))

    def _answer(self, taken: bytes) -> bytes:
        if self._in_data:
            self._in_data = False
            self._notes.saw(taken, self._whom)
            return b"250 queued\r\n"
        command = taken.upper()
        if command.startswith(b"EHLO"):
            return b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n"
        if command.startswith(b"RCPT TO:"):
            self._whom = taken[8:].partition(b">")[0].strip(b" <").decode()
        if command.startswith(b"DATA"):
            self._in_data = True
            return b"354 go\r\n"
        return b"221 bye\r\n" if command.startswith(b"QUIT") else b"250 ok\r\n"


class Http(asyncio.Protocol):
    """Takes any POST with a length and answers 200."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take in requests and answer them."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            self._notes.saw(self._buffer[: end + 4 + length], "webhook")
            self._buffer = self._buffer[end + 4 + length :]
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


async def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smtp", type=int, required=True)
    parser.add_argument("--http", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--messages", type=Path, default=Path(os.devnull))
    arguments = parser.parse_args()
    loop = asyncio.get_running_loop()
    with arguments.log.open("a") as file, arguments.messages.open("a") as messages:
        notes = Notes(file, messages)
        await loop.create_server(lambda: Smtp(notes), "127.0.0.1", arguments.smtp, backlog=4096)
        await loop.create_server(lambda: Http(notes), "127.0.0.1", arguments.http, backlog=4096)
        print("up", flush=True)
        while True:
            await asyncio.sleep(0.2)
            notes.flush()


if __name__ == "__main__":
    asyncio.run(main())
