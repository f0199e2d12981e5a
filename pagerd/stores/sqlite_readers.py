"""The threads that read: each has its own connection, and each unit sees one snapshot.

Readers cannot write (`query_only`) and never checkpoint. The writer may take their connections away when it has to
reopen the file: after a failed fsync the WAL is read again from the disk only when nobody holds it open.
"""

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import apsw

from pagerd.stores.base import StoreUnavailable, Unit
from pagerd.stores.sqlite_connection import STORE_ERRORS, Cursor, Damage, SqliteTrouble, connect, rollback, run_unit
from pagerd.stores.waiting import Entry, resolve

T = TypeVar("T")

READERS = 2  # one may be busy with a report while the other answers; more would only wait for the GIL
WAITING_MAX = 1_000  # reads of people and of the CLI; behind more than that nobody would wait for the answer
SUSPEND_SECONDS = 5.0  # a read that takes longer makes the writer try again with its next batch


class Readers:
    """A bounded queue of reading units and the threads that run them."""

    def __init__(
        self, path: Path, *, damage: Damage | None = None, count: int = READERS, waiting_max: int = WAITING_MAX
    ) -> None:
        damage = damage or Damage()
        self._waiting: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._waiting_max = waiting_max
        self._readers = [_Reader(path, self._waiting, number, damage) for number in range(count)]
        for reader in self._readers:
            reader.start()

    @property
    def waiting(self) -> int:
        """How many units wait for a reader."""
        return self._waiting.qsize()

    def submit(self, unit: Unit[object], future: "asyncio.Future[object]") -> None:
        """Have the unit run and its outcome put into the future, on the future's loop."""
        if self._waiting.qsize() >= self._waiting_max:
            raise StoreUnavailable(f"the store is too busy: {self._waiting_max} reads are waiting")
        self._waiting.put((unit, future))

    def stop(self, stopped: Callable[[], None]) -> None:
        """Let the readers finish what was submitted and close; the last one calls `stopped` on its thread."""
        left = len(self._readers)
        lock = threading.Lock()

        def one_less() -> None:
            nonlocal left
            with lock:
                left -= 1
                last = left == 0
            if last:
                stopped()

        for reader in self._readers:
            reader.stopped = one_less
        for _ in self._readers:
            self._waiting.put(None)

    @contextlib.contextmanager
    def suspended(self) -> Iterator[None]:
        """Close every reading connection and keep the file untouched by readers for the length of the block."""
        with contextlib.ExitStack() as held:
            for reader in self._readers:
                if not reader.lock.acquire(timeout=SUSPEND_SECONDS):
                    raise StoreUnavailable(f"a read has held the database open for more than {SUSPEND_SECONDS:g} s")
                held.callback(reader.lock.release)
                reader.disconnect()
            yield


class _Reader(threading.Thread):
    def __init__(self, path: Path, waiting: "queue.SimpleQueue[Entry | None]", number: int, damage: Damage) -> None:
        # A daemon thread: a process that forgets to close the store must still be able to end.
        super().__init__(name=f"store-reader-{number}", daemon=True)
        self.lock = threading.Lock()
        self.stopped: Callable[[], None] = _nobody
        self._path = path
        self._waiting = waiting
        self._damage = damage
        self._connection: apsw.Connection | None = None

    def run(self) -> None:
        while (entry := self._waiting.get()) is not None:
            unit, future = entry
            if future.cancelled():
                continue
            try:
                with self.lock:
                    result = self._read(unit)
            except BaseException as error:  # noqa: BLE001 - it belongs to the caller, and this thread must live on
                answer(future, error, None)
            else:
                answer(future, None, result)
        with self.lock:
            self.disconnect()
        self.stopped()

    def disconnect(self) -> None:
        """Close the connection; the next read opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            # Closing the last connection would checkpoint, and only the writer does that.
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            connection.close(True)

    def _read(self, unit: Unit[T]) -> T:
        try:
            if self._connection is None:
                self._connection = connect(self._path, read_only=True)
            return read_once(unit, self._connection)
        except STORE_ERRORS as error:
            self.disconnect()
            raise self._damage.seen(SqliteTrouble("read", error)) from error
        except SqliteTrouble as trouble:
            if not trouble.passes:
                self.disconnect()
            self._damage.seen(trouble)
            raise


def read_once(unit: Unit[T], connection: apsw.Connection) -> T:
    """Run a unit on one snapshot of a `query_only` connection."""
    connection.execute("BEGIN")
    try:
        return run_reading_unit(unit, connection.cursor())
    finally:
        rollback(connection)


def run_reading_unit(unit: Unit[T], cursor: Cursor) -> T:
    """Run a unit on a cursor that refuses what would write, and say so of a unit that tries."""
    try:
        return run_unit(unit, cursor)
    except SqliteTrouble as trouble:
        if isinstance(trouble.error, apsw.ReadOnlyError):
            text = "a unit that writes must be given to write(), not to read()"
            raise ValueError(text) from trouble  # noqa: TRY004 - the statement is wrong, not a type
        raise


def answer(future: "asyncio.Future[object]", error: BaseException | None, result: object) -> None:
    """Resolve a future from another thread."""
    # The loop may be closed by now: then the caller is gone too.
    with contextlib.suppress(RuntimeError):
        future.get_loop().call_soon_threadsafe(resolve, [(future, error, result)])


def _nobody() -> None:
    """Wait for nothing."""
