"""The pair is what the tests of failovers believe that it is."""

import asyncio

import asyncpg
import pytest

from tests.postgres.pair import Server, a_pair
from tests.postgres.wire import Wire

pytestmark = pytest.mark.timeout(60)


async def ask(server: Server, sql: str, *, limit: float = 5) -> object:
    """Run one statement on one server, past its wire."""
    connection = await asyncpg.connect(server.dsn, timeout=limit)
    try:
        return await connection.fetchval(sql, timeout=limit)
    finally:
        connection.terminate()


async def test_a_failover():
    """What was committed is on the standby; the old primary can promise nothing; it follows when it is told to."""
    async with a_pair() as pair:
        old, new = pair.primary, pair.standby
        await ask(old, "CREATE TABLE notes (id int PRIMARY KEY)")
        await ask(old, "INSERT INTO notes VALUES (1)")
        await pair.kill(old)
        assert await pair.promote() is new
        assert await ask(new, "SELECT id FROM notes") == 1
        await ask(new, "INSERT INTO notes VALUES (2)")

        await pair.bring_back(old)
        assert await ask(old, "SELECT pg_is_in_recovery()") is False
        with pytest.raises(TimeoutError):
            await ask(old, "INSERT INTO notes VALUES (3)", limit=1)

        await pair.rejoin(old)
        assert await ask(old, "SELECT pg_is_in_recovery()") is True
        assert await ask(new, "INSERT INTO notes VALUES (4) RETURNING id") == 4
        assert await ask(old, "SELECT string_agg(id::text, ' ' ORDER BY id) FROM notes") == "1 2 4"


async def test_a_server_that_hangs():
    """A hung server takes a connection and answers nothing; woken, it goes on."""
    async with a_pair() as pair:
        pair.hang(pair.primary)
        with pytest.raises(TimeoutError):
            await ask(pair.primary, "SELECT 1", limit=0.5)

        pair.wake(pair.primary)
        assert await ask(pair.primary, "SELECT 1") == 1


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
