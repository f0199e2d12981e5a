"""The thread that writes: everything queued since the last commit shares the next one.

There is no waiting window: while one COMMIT is on its way to the disk the next batch gathers by itself, so a lone
caller pays for one fsync and many callers share one. Each unit runs in a savepoint of its own, and a unit that raises
is undone alone.

After a statement or a COMMIT failed by the fault of the database or the disk, nothing is believed: every unit of the
batch gets StoreUnavailable, the connections are closed, and before the next batch the file is opened anew, its WAL read
from the disk and checkpointed with an fsync of the database file. A WAL whose fsync once failed may have holes that a
second fsync does not report, and a commit behind a hole would be lost with the power.
"""

import asyncio
import collections
import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import apsw
import structlog

from pagerd.core.tally import Tally
from pagerd.stores.base import StoreUnavailable, Trouble, Unit
from pagerd.stores.sqlite_ballast import Ballast
from pagerd.stores.sqlite_connection import STORE_ERRORS, Damage, SqliteTrouble, connect, rollback, run_unit
from pagerd.stores.sqlite_files import FileLock
from pagerd.stores.sqlite_readers import Readers
from pagerd.stores.waiting import COMMIT_SECONDS, Entry, Outcome, resolve

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

WAITING_MAX = 4_096  # a quarter of a second of work; a sender that would stand behind more is better told to come again
CHECKPOINT_PAGES = 4_000  # 16 MiB of WAL: about 10 ms of checkpoint, rare enough not to be in the 99th percentile
IDLE_SECONDS = 1.0  # after so long without a write the WAL is copied back, when nobody waits for it
BREAKAGES_MAX = 3  # so many within the window: what reopening does not mend, a restart or another machine may
BREAKAGE_WINDOW_SECONDS = 600.0
BALLAST_SECONDS = 5.0  # between attempts to lay ballast again on a disk that was full
REOPEN_SECONDS = 1.0  # between attempts to open the file anew; callers in between are refused at once


@dataclass(slots=True)
class Statistics:
    """What the writer has done; written by its thread alone, read by anyone."""

    commits: int = 0
    units: int = 0
    """Units that were committed."""
    units_failed: int = 0
    """Units that were undone, by their own exception or with their batch."""
    last_commit_seconds: float = 0.0
    """How long the last COMMIT took, fsync included."""
    commit_times: Tally = field(default_factory=lambda: Tally(COMMIT_SECONDS))
    batch_started: float | None = None
    """When the batch in progress began, on the monotonic clock; None between batches. Long ago means a hung disk."""
    checkpoints: int = 0
    wal_pages: int = 0
    """Pages of the WAL that are not yet in the database file."""
    breakages: int = 0
    """How often nothing could be believed any more and the file had to be opened anew."""


class Writer(threading.Thread):
    """The only thread that changes the database; it owns the connection and the file lock, and gives both back."""

    def __init__(
        self,
        path: Path,
        connection: apsw.Connection,
        lock: FileLock,
        readers: Readers,
        *,
        monotonic: Callable[[], float],
        on_failed: Callable[[], None],
        damage: Damage,
        ballast: Ballast,
        waiting_max: int = WAITING_MAX,
    ) -> None:
        # A daemon thread: a process that forgets to close the store must still be able to end.
        super().__init__(name="store-writer", daemon=True)
        self.statistics = Statistics()
        self.failed = False
        self.is_short = False
        """Whether the disk was full, and no ballast could be laid since."""
        self._ballast = ballast
        self._ballast_from = 0.0
        self._path = path
        self._lock = lock
        self._readers = readers
        self._monotonic = monotonic
        self._on_failed = on_failed
        self._damage = damage
        self._waiting_max = waiting_max
        self._waiting: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._stopped: Callable[[], None] | None = None
        self._troubles: collections.deque[float] = collections.deque(maxlen=BREAKAGES_MAX)
        self._reopen_from = 0.0
        self._last_trouble = Trouble.OTHER
        self._copied_pages = 0
        self._uncopied_pages = 0
        self._connection: apsw.Connection | None = None
        self._adopt(connection)

    @property
    def waiting(self) -> int:
        """How many units wait for the next commit."""
        return self._waiting.qsize()

    def submit(self, unit: Unit[object], future: "asyncio.Future[object]") -> None:
        """Have the unit run in the next batch; units run in the order they were submitted."""
        if self._waiting.qsize() >= self._waiting_max:
            refusal = StoreUnavailable(f"the store is too busy: {self._waiting_max} writes are waiting")
            refusal.trouble = Trouble.BUSY
            raise refusal
        self._waiting.put((unit, future))

    def stop(self, stopped: Callable[[], None]) -> None:
        """Commit what was submitted, close the file, release the lock, and call `stopped` on this thread."""
        self._stopped = stopped
        self._waiting.put(None)

    def run(self) -> None:
        """Write batches until the end is asked for."""
        try:
            # In a call of its own, so that nothing of a batch is held while this thread waits for the next.
            while self._turn():
                pass
        finally:
            self._disconnect(checkpoint=True)
            self._lock.release()
            if self._stopped is not None:
                self._stopped()

    def _turn(self) -> bool:
        """Serve one batch, or copy the WAL back where there is none; False after the last."""
        batch, more = self._take()
        # A caller that was cancelled before its unit began has gone; the row that made it ask is still there.
        batch = [entry for entry in batch if not entry[1].cancelled()]
        if batch:
            self._serve(batch)
        if self.statistics.wal_pages >= self._uncopied_pages + CHECKPOINT_PAGES:
            self._checkpoint()
        return more

    def _take(self) -> tuple[list[Entry], bool]:
        """Wait for work and take all there is; False with the last of it."""
        batch: list[Entry] = []
        try:
            # Without a limit when there is nothing to copy back: an idle daemon does not wake up.
            entry = self._waiting.get(timeout=IDLE_SECONDS if self.statistics.wal_pages else None)
        except queue.Empty:
            self._checkpoint()
            return batch, True
        # This thread is the only one that takes, so what qsize counts is there.
        for _ in range(self._waiting.qsize()):
            if entry is None:
                break
            batch.append(entry)
            entry = self._waiting.get_nowait()
        if entry is None:
            return batch, False
        batch.append(entry)
        return batch, True

    def _serve(self, batch: list[Entry]) -> None:
        self.statistics.batch_started = self._monotonic()
        try:
            outcomes = self._commit_with_ballast(batch)
        except STORE_ERRORS as error:
            outcomes = self._refuse_all(batch, SqliteTrouble("write", error))
        except BaseException as error:  # noqa: BLE001 - told to every caller of the batch; this thread must live on
            outcomes = self._refuse_all(batch, error)
        self.statistics.batch_started = None
        # The loop may be closed by now: then the callers are gone too.
        with contextlib.suppress(RuntimeError):
            batch[0][1].get_loop().call_soon_threadsafe(resolve, outcomes)

    def _commit_with_ballast(self, batch: list[Entry]) -> list[Outcome]:
        """Commit, on a disk that is full with what was held back for this; units are written to be repeatable."""
        if self.is_short and self._monotonic() >= self._ballast_from:
            self._ballast_from = self._monotonic() + BALLAST_SECONDS
            self.is_short = not self._ballast.lay()
        try:
            return self._commit_together(batch)
        except SqliteTrouble as error:
            if error.trouble is not Trouble.FULL or not self._ballast.throw_off():
                raise
            self._after_trouble(error)
            self.is_short, self._ballast_from = True, self._monotonic() + BALLAST_SECONDS
            _say("critical", "store.ballast_thrown_off", error=str(error))
        return self._commit_together(batch)

    def _commit_together(self, batch: list[Entry]) -> list[Outcome]:
        connection = self._connection or self._reopen()
        cursor = connection.cursor()
        execute = cursor.execute
        try:
            execute("BEGIN IMMEDIATE")
        except STORE_ERRORS as error:
            raise SqliteTrouble("begin to write", error) from error
        outcomes: list[Outcome] = []
        kept = 0
        for unit, future in batch:
            execute("SAVEPOINT unit")
            try:
                result = run_unit(unit, cursor)
            except SqliteTrouble:
                raise
            except BaseException as error:  # noqa: BLE001 - it belongs to its caller, the others go on
                execute("ROLLBACK TO unit")
                outcomes.append((future, error, None))
            else:
                outcomes.append((future, None, result))
                kept += 1
            execute("RELEASE unit")
        started = self._monotonic()
        try:
            execute("COMMIT")
        except apsw.Error as error:
            raise SqliteTrouble("commit", error) from error
        self.statistics.last_commit_seconds = took = self._monotonic() - started
        self.statistics.commit_times.note(took)
        self.statistics.commits += 1
        self.statistics.units += kept
        self.statistics.units_failed += len(batch) - kept
        return outcomes

    def _refuse_all(self, batch: list[Entry], error: BaseException) -> list[Outcome]:
        """Undo the batch; whatever was seen of its units, none of them may be answered with success."""
        self.statistics.units_failed += len(batch)
        self._after_trouble(error)
        reason = str(error) if isinstance(error, StoreUnavailable) else f"the writer failed: {error!r}"
        trouble = self._trouble_of(error)
        outcomes: list[Outcome] = []
        for _unit, future in batch:
            # One exception each: a shared one would gather the tracebacks of all callers.
            refusal = StoreUnavailable(reason)
            refusal.__cause__ = error
            refusal.trouble = trouble
            outcomes.append((future, refusal, None))
        return outcomes

    def _trouble_of(self, error: BaseException) -> Trouble:
        """Say what the trouble is; while it waits before it opens its file anew, that is what made it close it."""
        if isinstance(error, StoreUnavailable) and not isinstance(error, _TooSoon):
            self._last_trouble = error.trouble
        return self._last_trouble

    def _after_trouble(self, error: BaseException) -> None:
        """Keep the connection only after trouble that passes and ends in a clean rollback."""
        if isinstance(error, _TooSoon):
            return
        if isinstance(error, SqliteTrouble):
            self._damage.seen(error)
        # A reader in the way of reopening passes too, and comes as a plain StoreUnavailable.
        passes = error.passes if isinstance(error, SqliteTrouble) else isinstance(error, StoreUnavailable)
        if passes and self._connection is not None:
            with contextlib.suppress(apsw.Error):
                rollback(self._connection)
                _say("error", "store.trouble", error=str(error))
                return
        was_open = self._connection is not None
        self._disconnect(checkpoint=False)
        now = self._monotonic()
        self._reopen_from = now if was_open else now + REOPEN_SECONDS
        if passes:
            _say("error", "store.reopening_failed", error=str(error))
            return
        self.statistics.breakages += 1
        self._troubles.append(now)
        _say("error", "store.broken", error=str(error))
        if (
            len(self._troubles) == BREAKAGES_MAX
            and now - self._troubles[0] <= BREAKAGE_WINDOW_SECONDS
            and not self.failed
        ):
            self.failed = True
            _say("critical", "store.failed", breakages=BREAKAGES_MAX, window_seconds=BREAKAGE_WINDOW_SECONDS)
            self._on_failed()

    def _reopen(self) -> apsw.Connection:
        """Open the file anew and make everything in its WAL durable in the database file, or raise StoreUnavailable."""
        if self._monotonic() < self._reopen_from:
            raise _TooSoon("the SQLite store is broken and waits a moment before it opens its file anew")
        try:
            with self._readers.suspended():
                connection = connect(self._path)
                try:
                    connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
                except BaseException:
                    _close(connection, checkpoint=False)
                    raise
        except apsw.Error as error:
            raise SqliteTrouble("open its file anew", error) from error
        _say("warning", "store.reopened")
        return self._adopt(connection)

    def _adopt(self, connection: apsw.Connection) -> apsw.Connection:
        def committed(_connection: apsw.Connection, _database: str, pages: int) -> int:
            if pages < self._copied_pages:
                self._copied_pages = 0  # SQLite began the WAL anew
            self.statistics.wal_pages = pages - self._copied_pages
            return apsw.SQLITE_OK

        connection.set_wal_hook(committed)
        self._connection = connection
        self._copied_pages = self._uncopied_pages = self.statistics.wal_pages = 0
        return connection

    def _checkpoint(self) -> None:
        """Copy the WAL into the database file as far as readers allow; they are not held up."""
        assert self._connection is not None, "pages to copy, but no connection"
        try:
            pages, copied = self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        except apsw.Error as error:
            self._after_trouble(SqliteTrouble("checkpoint", error))
            self._uncopied_pages = self.statistics.wal_pages
            return
        self._copied_pages = copied
        # What a reader keeps from being copied is not tried again after each commit.
        self.statistics.wal_pages = self._uncopied_pages = pages - copied
        self.statistics.checkpoints += 1

    def _disconnect(self, *, checkpoint: bool) -> None:
        connection, self._connection = self._connection, None
        self.statistics.wal_pages = 0
        if connection is not None:
            _close(connection, checkpoint=checkpoint)


class _TooSoon(StoreUnavailable):
    """The last attempt to open the file anew was a moment ago."""


def _close(connection: apsw.Connection, *, checkpoint: bool) -> None:
    # After a failure SQLite must not write to the file once more on its way out.
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0 if checkpoint else 1)
    try:
        connection.close(True)
    except apsw.Error as error:
        # What its file did not take back is in its WAL. Nobody is refused for it, and this thread must live on, or end
        # in order: callers wait for its word.
        _say("error", "store.close_failed", error=f"{type(error).__name__}: {error}")


def _say(level: str, event: str, **keys: object) -> None:
    # A log that cannot be written (a full disk has many victims) must not end the only thread that writes.
    with contextlib.suppress(Exception):
        getattr(log, level)(event, **keys)
