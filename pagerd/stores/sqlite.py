"""The store on SQLite: one file, one process.

Writes go through one thread and share commits (`sqlite_writer`), reads have threads of their own (`sqlite_readers`).
The lab and the stories run the same units in memory, each at once on the calling thread.

Cancelling: a caller that is cancelled before its unit began takes the unit with it; once begun, the unit runs and is
committed with the others. Either way the caller does not know, as with every commit whose answer is lost.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, Self, TypeVar, cast

import apsw
import structlog

from pagerd.stores.base import StoreDamaged, StoreFigures, StoreUnavailable, StoreUnusable, Unit, Value
from pagerd.stores.migrations import SCHEMA_DIRECTORY, load
from pagerd.stores.sqlite_ballast import Ballast
from pagerd.stores.sqlite_connection import (
    STATEMENTS_CACHED,
    STORE_ERRORS,
    Damage,
    SqliteTrouble,
    configure,
    connect,
    migrate,
    prepare,
    rollback,
    run_unit,
)
from pagerd.stores.sqlite_files import FileLock, check_filesystem, check_sqlite_version, claim_files, size_of
from pagerd.stores.sqlite_readers import Readers, run_reading_unit
from pagerd.stores.sqlite_writer import WAITING_MAX, Statistics, Writer

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

T = TypeVar("T")


def library_version() -> str:
    """Return the version of the SQLite that is linked here."""
    return apsw.sqlite_lib_version()


def _no_one_to_tell() -> None:
    """Leave it at the flag."""


class SqliteStore:
    """A Store on SQLite, made by `open` or `in_memory`."""

    def __init__(self, engine: "_Engine") -> None:
        self._engine = engine
        self._closed = False

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        migrations: Path = SCHEMA_DIRECTORY,
        monotonic: Callable[[], float] = time.monotonic,
        on_failed: Callable[[], None] = _no_one_to_tell,
        on_damaged: Callable[[], None] = _no_one_to_tell,
        waiting_max: int = WAITING_MAX,
        ballast_bytes: int = 0,
    ) -> Self:
        """Open the file, made where it is missing, alone on this machine, checked and migrated; it blocks meanwhile.

        It raises StoreUnusable, or StoreUnavailable where trying later may help. Files above 64 MiB are not read
        through by the check at the start. `on_failed` is called on the store's loop, once, when the file had to be
        given up three times within ten minutes: the store goes on trying, but a restart is due. `on_damaged` is called
        on whichever thread comes upon damage, once: the next start should look through the file. `ballast_bytes` of
        the disk are held back for the day it is full.
        """
        check_sqlite_version(apsw.sqlite_lib_version())
        known = load(migrations, "sqlite")
        file = Path(path).resolve()
        check_filesystem(file)
        lock = claim_files(file)
        try:
            connection = connect(file)
            try:
                prepare(connection, file)
                for migration in migrate(connection, known):
                    log.info("store.migrated", number=migration.number, name=migration.name)
            except BaseException:
                connection.close()
                raise
        except apsw.Error as error:
            lock.release()
            if isinstance(error, apsw.CorruptError | apsw.NotADBError):
                raise StoreDamaged(f"{file} is corrupt ({error}): restore a backup") from error
            if not isinstance(error, STORE_ERRORS):
                raise StoreUnusable(f"{file} cannot be used ({error}): restore a backup") from error
            raise SqliteTrouble(f"open {file}", error) from error
        except BaseException:
            lock.release()
            raise
        ballast = Ballast(file, ballast_bytes)
        if not ballast.lay() and ballast_bytes:
            log.warning("store.no_ballast", bytes=ballast_bytes, path=str(ballast.path))
        return cls(_Threads(file, connection, lock, monotonic, on_failed, Damage(on_damaged), waiting_max, ballast))

    @classmethod
    def in_memory(cls, *, migrations: Path = SCHEMA_DIRECTORY) -> Self:
        """Make an empty store without a file, a thread or a lock: each unit runs at once on the calling thread."""
        connection = apsw.Connection(":memory:", statementcachesize=STATEMENTS_CACHED)
        configure(connection)
        connection.execute("PRAGMA secure_delete = OFF")  # there is no disk on which anything could be left
        migrate(connection, load(migrations, "sqlite"))
        return cls(_Inline(connection))

    @property
    def statistics(self) -> Statistics:
        """Counters for the metrics; each is written by one thread and may be read by any."""
        return self._engine.statistics

    @property
    def waiting(self) -> int:
        """How many writes wait for the next commit."""
        return self._engine.waiting

    @property
    def is_short(self) -> bool:
        """Whether the disk was full, and there is no room again to hold anything back."""
        return self._engine.is_short

    @property
    def failed(self) -> bool:
        """Whether the file had to be given up so often that a restart is due."""
        return self._engine.failed

    @property
    def is_damaged(self) -> bool:
        """Whether a read or a write came upon what SQLite never wrote; opening the file anew mends none of it."""
        return self._engine.is_damaged

    def figures(self) -> StoreFigures:
        """Return what it tells of itself now."""
        known = self._engine.statistics
        return StoreFigures(
            commits=known.commit_times.copy(),
            units_kept=known.units,
            units_undone=known.units_failed,
            waiting=self.waiting,
            wal_pages=known.wal_pages,
            reopened=known.breakages,
            size_bytes=self._engine.size_bytes(),
            is_failed=self.failed,
        )

    @property
    def writing_since(self) -> float | None:
        """When the batch in progress began, on the monotonic clock; None between batches."""
        return self._engine.statistics.batch_started

    async def write(self, unit: Unit[T]) -> T:
        """Run the unit in a transaction and return its result after the commit is durable."""
        if self._closed:
            raise StoreUnavailable(_CLOSED)
        return cast("T", await self._engine.write(unit))

    async def read(self, unit: Unit[T]) -> T:
        """Run a unit that only reads, on one snapshot."""
        if self._closed:
            raise StoreUnavailable(_CLOSED)
        return cast("T", await self._engine.read(unit))

    async def close(self) -> None:
        """Finish what was accepted, then close.

        There is no limit on the time: a disk may hang. Whoever cancels the wait loses only the wait, the threads close
        by themselves and never hold up the end of the process.
        """
        self._closed = True
        await self._engine.close()


_CLOSED = "the store is closed"


class _Engine(Protocol):
    """How units are run: by threads on a file, or at once in memory."""

    statistics: Statistics

    @property
    def waiting(self) -> int: ...

    @property
    def is_short(self) -> bool: ...

    @property
    def failed(self) -> bool: ...

    @property
    def is_damaged(self) -> bool: ...

    def size_bytes(self) -> int: ...

    async def write(self, unit: Unit[object]) -> object: ...

    async def read(self, unit: Unit[object]) -> object: ...

    async def close(self) -> None: ...


class _Threads:
    """A file with its writer and its readers, for one event loop."""

    def __init__(
        self,
        path: Path,
        connection: apsw.Connection,
        lock: FileLock,
        monotonic: Callable[[], float],
        on_failed: Callable[[], None],
        damage: Damage,
        waiting_max: int,
        ballast: Ballast,
    ) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Future[None] | None = None
        self._path = path
        self._damage = damage
        self._readers = Readers(path, damage=damage)
        self._writer = Writer(
            path,
            connection,
            lock,
            self._readers,
            monotonic=monotonic,
            on_failed=lambda: self._call_on_loop(on_failed),
            damage=damage,
            waiting_max=waiting_max,
            ballast=ballast,
        )
        self._writer.start()
        self.statistics = self._writer.statistics

    @property
    def waiting(self) -> int:
        return self._writer.waiting

    @property
    def is_short(self) -> bool:
        return self._writer.is_short

    @property
    def failed(self) -> bool:
        return self._writer.failed

    @property
    def is_damaged(self) -> bool:
        return self._damage.is_found

    def size_bytes(self) -> int:
        return size_of(self._path)

    async def write(self, unit: Unit[object]) -> object:
        future = self._future()
        self._writer.submit(unit, future)
        return await future

    async def read(self, unit: Unit[object]) -> object:
        future = self._future()
        self._readers.submit(unit, future)
        return await future

    async def close(self) -> None:
        if self._ended is None:
            ended = self._ended = asyncio.get_running_loop().create_future()
            self._loop = ended.get_loop()
            # The threads hand over to each other without the loop, so that a cancelled close still closes: first the
            # readers, then the writer, which copies the WAL back and removes it as the last one on the file.
            self._readers.stop(lambda: self._writer.stop(lambda: self._call_on_loop(_finish, ended)))
        await asyncio.shield(self._ended)

    def _future(self) -> "asyncio.Future[object]":
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            if self._loop is not None:
                raise RuntimeError("the store belongs to another event loop")
            self._loop = loop
        return loop.create_future()

    def _call_on_loop(self, callback: Callable[..., None], *values: object) -> None:
        # A loop that is closed has nobody left to tell.
        with contextlib.suppress(RuntimeError):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(callback, *values)


def _finish(ended: "asyncio.Future[None]") -> None:
    if not ended.done():
        ended.set_result(None)


class _OnlyReads:
    """Stands before the one cursor while a unit reads: whatever is no SELECT runs where SQLite lets nothing write.

    Nobody else is at work in a database in memory while a unit runs, so it needs no snapshot of its own.
    """

    def __init__(self, cursor: apsw.Cursor) -> None:
        self._cursor = cursor
        self._is_held = False

    def execute(self, sql: str, values: tuple[Value, ...], /) -> apsw.Cursor:
        if not self._is_held and not sql.lstrip().startswith("SELECT"):
            self._cursor.execute("PRAGMA query_only = ON")
            self._is_held = True
        return self._cursor.execute(sql, values)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._is_held:
            self._cursor.execute("PRAGMA query_only = OFF")


class _Inline:
    """A database in memory; the same units and the same errors, without threads."""

    waiting = 0
    is_short = False
    failed = False
    is_damaged = False

    def __init__(self, connection: apsw.Connection) -> None:
        self.statistics = Statistics()
        self._connection = connection
        self._cursor = connection.cursor()
        self._is_reading = False

    async def write(self, unit: Unit[object]) -> object:
        self._check_alone()
        cursor = self._cursor
        cursor.execute("BEGIN IMMEDIATE")
        try:
            result = run_unit(unit, cursor)
            cursor.execute("COMMIT")
        except BaseException:
            rollback(self._connection)
            self.statistics.units_failed += 1
            raise
        self.statistics.commits += 1
        self.statistics.commit_times.note(0.0)  # nothing waits for a disk here
        self.statistics.units += 1
        return result

    async def read(self, unit: Unit[object]) -> object:
        self._check_alone()
        self._is_reading = True
        try:
            with _OnlyReads(self._cursor) as cursor:
                return run_reading_unit(unit, cursor)
        finally:
            self._is_reading = False

    def size_bytes(self) -> int:
        return 0

    async def close(self) -> None:
        self._connection.close(True)

    def _check_alone(self) -> None:
        if self._is_reading or self._connection.in_transaction:
            raise RuntimeError("a unit may await nothing but its Connection, not the store again")
