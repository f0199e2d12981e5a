"""The pair is what the tests of failovers believe that it is."""

import asyncio

import pytest

from tests.postgres.pair import a_pair, ask
from tests.postgres.wire import Wire

pytestmark = pytest.mark.timeout(60)


async def test_a_failover():
    """What was committed is on the standby; the old primary can promise nothing; it follows when it is told to."""
    async with a_pair() as pair:
        old, new = pair.members
        await ask(old, "CREATE TABLE notes (id int PRIMARY KEY)")
        await ask(old, "INSERT INTO notes VALUES (1)")
        await pair.kill(old)
        assert await pair.promote() is new
        assert await ask(new, "SELECT id FROM notes") == 1
        await ask(new, "INSERT INTO notes VALUES (2)")

        await pair.bring_back(old)
        assert await ask(old, "SELECT pg_is_in_recovery()") is False
        with pytest.raises(TimeoutError):
            await ask(old, "INSERT INTO notes VALUES (3)", seconds=1)

        await pair.rejoin(old)
        assert await ask(old, "SELECT pg_is_in_recovery()") is True
        assert await ask(new, "INSERT INTO notes VALUES (4) RETURNING id") == 4
        assert await ask(old, "SELECT string_agg(id::text, ' ' ORDER BY id) FROM notes") == "1 2 4"

        pair.freeze(new)
        with pytest.raises(TimeoutError):
            await ask(new, "SELECT 1", seconds=0.5)
        await pair.bring_back(new)
        assert await ask(new, "SELECT 1") == 1


async def test_the_wire():
    """A wire carries, falls silent, goes on, and can be cut."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(line)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with server, Wire(server.sockets[0].getsockname()[1]) as wire:
        reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)
        writer.write(b"one\n")
        assert await reader.readline() == b"one\n"

        wire.fall_silent()
        writer.write(b"two\n")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await reader.readline()
        wire.mend()
        assert await reader.readline() == b"two\n"

        wire.cut()
        with pytest.raises(ConnectionError):
            await reader.readexactly(1)
        reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)
        with pytest.raises(ConnectionError):
            await reader.readexactly(1)
