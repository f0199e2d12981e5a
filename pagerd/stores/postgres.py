"""The store on PostgreSQL: one database that one or several nodes share.

Writes go over one connection and share commits (`postgres_writer`), reads have a few of their own (`postgres_readers`);
`postgres_server` finds the primary. All of it lives on the event loop that opened the store: what a unit waits for is
the network, and between its statements others go on.

Cancelling: a caller that is cancelled before its unit began takes the unit with it; once begun, the unit runs and is
committed with the others. Either way the caller does not know, as with every commit whose answer is lost.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar, cast

import structlog

from pagerd.stores.base import StoreFigures, StoreUnavailable, Unit
from pagerd.stores.migrations import SCHEMA_DIRECTORY, load
from pagerd.stores.postgres_readers import READERS, Readers
from pagerd.stores.postgres_schema import migrate
from pagerd.stores.postgres_server import Address, Server, nobody_asks
from pagerd.stores.postgres_writer import WAITING_MAX, Writer

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

T = TypeVar("T")

_CLOSED = "the store is closed"


class PostgresStore:
    """A Store on PostgreSQL, made by `open`."""

    is_short = False
    """How full its disks are is the server's to watch."""

    def __init__(self, server: Server, writer: Writer, readers: Readers) -> None:
        self.server = server
        self._writer = writer
        self._readers = readers
        self._closed = False
        # Held here to the end of the store, and awaited there: whoever opens a store closes it.
        loop = asyncio.get_running_loop()
        self._reading = [loop.create_task(readers.run()) for _ in range(READERS)]
        self._writing = loop.create_task(writer.run())

    @classmethod
    async def open(
        cls,
        address: Address,
        *,
        migrations: Path = SCHEMA_DIRECTORY,
        monotonic: Callable[[], float] = time.monotonic,
        saw: Callable[[datetime], None] = nobody_asks,
        waiting_max: int = WAITING_MAX,
    ) -> Self:
        """Connect to the primary and bring its schema up to date, alone among the nodes that start.

        `saw` is told what time the database has, each time that this is asked there. It raises StoreUnusable, or
        StoreUnavailable where trying later may help.
        """
        known = load(migrations, "postgres")
        server = Server(address, saw=saw, monotonic=monotonic)
        session = await server.connect()
        try:
            for migration in await migrate(session, known):
                log.info("store.migrated", number=migration.number, name=migration.name)
        except BaseException:
            server.lose(session)
            raise
        writer = Writer(server, session, monotonic=monotonic, waiting_max=waiting_max)
        return cls(server, writer, Readers(server, monotonic=monotonic))

    is_damaged = False
    """What is damaged is its server's, and no start of ours mends it."""

    @property
    def failed(self) -> bool:
        """Whether only a restart may help: never, a connection that is made anew is all that a restart would be."""
        return False

    @property
    def writing_since(self) -> float | None:
        """When the batch in progress began, on the monotonic clock; None between batches."""
        return self._writer.statistics.batch_started

    def figures(self) -> StoreFigures:
        """Return what it tells of itself now."""
        known = self._writer.statistics
        return StoreFigures(
            commits=known.commit_times.copy(),
            units_kept=known.units,
            units_undone=known.units_failed,
            waiting=self._writer.waiting,
            wal_pages=0,
            reopened=known.reconnects,
            size_bytes=self._readers.size_bytes,
            is_failed=False,
        )

    async def write(self, unit: Unit[T]) -> T:
        """Run the unit in a transaction and return its result after the commit is durable."""
        if self._closed:
            raise StoreUnavailable(_CLOSED)
        future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self._writer.submit(unit, future)
        return cast("T", await future)

    async def read(self, unit: Unit[T]) -> T:
        """Run a unit that only reads, on one snapshot."""
        if self._closed:
            raise StoreUnavailable(_CLOSED)
        future: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self._readers.submit(unit, future)
        return cast("T", await future)

    async def close(self) -> None:
        """Finish what was accepted, then close."""
        if not self._closed:
            self._closed = True
            self._readers.stop()
            self._writer.stop()
        await asyncio.shield(asyncio.gather(*self._reading, self._writing))
