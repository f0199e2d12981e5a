"""A PostgreSQL server for the benchmarks: that of the tests, on the same disk as everything else here."""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.postgres.fixtures import administer
from tests.postgres.server import SUPERUSER, Server

SETTINGS = {"shared_buffers": "128MB", "max_wal_size": "4GB"}


@dataclass(frozen=True)
class Database:
    """One empty database of the server."""

    server: Server
    name: str

    @property
    def store(self) -> str:
        """Return how pagerd.yaml names it."""
        where = f"hosts: ['127.0.0.1:{self.server.port}'], database: {self.name}, user: {SUPERUSER}, tls: disable"
        return f"store: {{postgres: {{{where}}}}}\n"

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Ask it something."""
        return asyncio.run(administer(self.server, query, database=self.name))


@contextlib.contextmanager
def a_server() -> Iterator[Server]:
    """Run a server until the block ends."""
    server = Server(SETTINGS, under=Path(tempfile.gettempdir()))
    try:
        server.start()
        yield server
    finally:
        server.remove()


@contextlib.contextmanager
def a_database(server: Server) -> Iterator[Database]:
    """Make a database, and drop it when the block ends."""
    database = Database(server, f"bench{next(server.numbers)}")
    asyncio.run(administer(server, f"CREATE DATABASE {database.name} TEMPLATE template0"))
    try:
        yield database
    finally:
        asyncio.run(administer(server, f"DROP DATABASE {database.name} WITH (FORCE)"))
