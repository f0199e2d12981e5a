"""Tests of the servers that other tests stop, freeze and kill."""

import asyncpg
import pytest

from tests.postgres.fixtures import administer, fresh_database
from tests.postgres.server import Server


@pytest.fixture
def server():
    """A server of this test's own."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


async def test_what_was_committed_survives_a_kill(server):
    """A server that was killed without a word starts again on its port, with everything that it had confirmed."""
    await administer(server, "CREATE TABLE kept (number int)", "INSERT INTO kept VALUES (7)")

    server.kill()
    with pytest.raises(OSError, match="Connect call failed"):
        await asyncpg.connect(server.dsn())
    server.start()

    assert await administer(server, "SELECT number FROM kept") == [(7,)]


async def test_a_frozen_server_answers_nobody_until_it_goes_on(server):
    """Frozen, it takes connections and says nothing; going on, it says what it was asked."""
    connection = await asyncpg.connect(server.dsn())
    server.freeze()
    with pytest.raises(TimeoutError):
        await asyncpg.connect(server.dsn(), timeout=0.3)

    server.go_on()

    assert await connection.fetchval("SELECT 1") == 1
    await connection.close()


async def test_each_test_has_a_database_of_its_own(postgres, database):
    """Two databases of one server know nothing of each other, and are gone afterwards."""
    await administer(postgres, "CREATE TABLE mine (number int)", database=database)
    async with fresh_database(postgres, template=database) as other:
        assert other != database
        assert await administer(postgres, "SELECT count(*) FROM mine", database=other) == [(0,)]

    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await administer(postgres, "SELECT 1", database=other)
