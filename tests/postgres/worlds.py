"""Lets the worlds of other tests keep everything in PostgreSQL: every statement is proved by what it is there for.

The time of a world is virtual, so its units are not told the time of the database. A database is made when a world
first asks for something, sorts text as people in many places have it sorted, and is dropped when the next is made.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog

from pagerd.stores.base import Connection, Row, Store, StoreFigures, Unit, Value
from pagerd.stores.postgres import PostgresStore
from pagerd.stores.postgres_server import Address
from pagerd.stores.sqlite import SqliteStore
from tests.postgres.fixtures import administer
from tests.postgres.server import PASSWORD, SUPERUSER, Server

_LOCALE = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'"


class _Timeless:
    """The connection of a unit, without the time of the database."""

    dialect = "postgres"
    now = None

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, *values: Value) -> list[Row]:
        return await self._connection.execute(sql, *values)


class WorldStore:
    """A Store on a database of its own, made at the first call."""

    def __init__(self, databases: "Databases") -> None:
        self._databases = databases
        self._store: Store | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def write(self, unit: Unit) -> object:
        return await (await self._opened()).write(lambda c: unit(_Timeless(c)))

    async def read(self, unit: Unit) -> object:
        return await (await self._opened()).read(lambda c: unit(_Timeless(c)))

    def figures(self) -> StoreFigures:
        assert self._store is not None, "nothing was asked yet"
        return self._store.figures()

    async def close(self) -> None:
        # What was opened on a loop that has ended since was closed there.
        if self._store is not None and self._loop is asyncio.get_running_loop():
            await self._store.close()

    async def _opened(self) -> Store:
        if self._store is None:
            self._loop = asyncio.get_running_loop()
            self._store = await self._databases.fresh()
        return self._store


class Databases:
    """Databases with our schema, each for one world."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._template = ""
        self._last = ""

    async def fresh(self) -> PostgresStore:
        """Return a store on an empty database."""
        if not self._template:
            self._template = f"template_{next(self._server.numbers)}"
            await administer(self._server, f"CREATE DATABASE {self._template} TEMPLATE template0 {_LOCALE}")
            await (await self._open(self._template)).close()
        name = f"world_{next(self._server.numbers)}"
        before, self._last = self._last, name
        drop = [f"DROP DATABASE {before} WITH (FORCE)"] if before else []
        await administer(self._server, *drop, f"CREATE DATABASE {name} TEMPLATE {self._template} {_LOCALE}")
        return await self._open(name)

    async def again(self) -> PostgresStore:
        """Return another store on the database that was made last: a second node."""
        return await self._open(self._last)

    async def _open(self, name: str) -> PostgresStore:
        address = Address(
            hosts=(("127.0.0.1", self._server.port),), database=name, user=SUPERUSER, password=lambda: PASSWORD
        )
        return await PostgresStore.open(address)


@pytest.fixture(scope="session")
def databases(postgres: Server) -> Databases:
    """Databases on the server that all tests share."""
    return Databases(postgres)


@pytest.fixture
async def worlds_on_postgres(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Every world of this test keeps everything in PostgreSQL; those that it leaves open are closed."""
    stores: list[WorldStore] = []

    def in_memory() -> WorldStore:
        stores.append(WorldStore(databases))
        return stores[-1]

    monkeypatch.setattr(SqliteStore, "in_memory", in_memory)
    # As in the daemon: structlog's own way draws all locals of a traceback, which takes seconds of a turn of two.
    before = structlog.get_config()
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.dev.ConsoleRenderer()])
    yield
    structlog.configure(**before)
    for store in stores:
        await store.close()


@pytest.fixture(autouse=True)
def _where_worlds_are_kept(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--postgres") and request.node.get_closest_marker("of_sqlite") is None:
        request.getfixturevalue("worlds_on_postgres")
