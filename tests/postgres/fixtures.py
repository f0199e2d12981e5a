"""One server for the whole run, and a database of its own for each test that wants one."""

import contextlib
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from tests.postgres.server import Server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server that all tests share: whoever stops, freezes or fills one makes one of their own."""
    server = Server()
    try:
        server.start()
        yield server
        assert server.troubles() == []
    finally:
        server.remove()


@pytest.fixture
async def database(postgres: Server) -> AsyncIterator[str]:
    """The name of an empty database on the shared server."""
    async with fresh_database(postgres) as name:
        yield name


@contextlib.asynccontextmanager
async def fresh_database(server: Server, template: str = "template0") -> AsyncIterator[str]:
    """Make a database, and drop it in the end with every session that is still in it."""
    name = f"test{next(server.numbers)}"
    await administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield name
    finally:
        await administer(server, f"DROP DATABASE {name} WITH (FORCE)")


async def administer(server: Server, *statements: str, database: str = "postgres") -> list[tuple[object, ...]]:
    """Run statements as the superuser, each by itself; return the rows of the last."""
    connection = await asyncpg.connect(server.dsn(database), statement_cache_size=0)
    rows: list[asyncpg.Record] = []
    try:
        for statement in statements:
            rows = await connection.fetch(statement)
    finally:
        await connection.close()
    return [tuple(row) for row in rows]
