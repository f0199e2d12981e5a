"""What writes on PostgreSQL: one connection, one transaction at a time, and all nodes in turn.

A unit is written to be alone, so nodes take turns: a batch begins with a lock that ends with its transaction. That is
no leadership, it is a turn of milliseconds, and a node that stands still in its turn is thrown out by the server.
While one batch is on its way the next gathers by itself, and the units of a batch share its COMMIT. A unit that raises
is undone alone. Nearly none does that has changed anything by then, so the others pay nothing for it: where one did,
the batch is rolled back and done again, with a savepoint for each unit.

When a batch fails before its COMMIT was sent, surely nothing of it was kept: it is done again, on another connection
if need be, for as long as a sender can wait. When the connection is lost in the COMMIT nobody knows: each caller is
told so, and does it again.
"""

import asyncio
import collections
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import structlog

from pagerd.core.tally import Tally
from pagerd.stores.base import Row, StoreUnavailable, Trouble, Unit, Value
from pagerd.stores.postgres_connection import TIMEOUTS, Session, run_unit
from pagerd.stores.postgres_errors import NOT_DURABLE, UNDONE_IN_COMMIT, UNKNOWN, PostgresTrouble
from pagerd.stores.postgres_server import Server
from pagerd.stores.waiting import COMMIT_SECONDS, Entry, Outcome, resolve

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

WAITING_MAX: Final = 4_096  # as on SQLite: whoever would stand behind more is better told to come again
BATCH_UNITS_MAX: Final = 60  # PostgreSQL keeps 64 savepoints of a transaction at hand; more make every reader slower
REPEATS_MAX: Final = 8
REPEAT_SECONDS: Final = 4.0  # a failover that takes no longer is seen by no sender; then callers are told at once
# Then the rest of a batch waits for the next turn. Several nodes that write as much as they can have theirs within
# lock_timeout, on a machine of any speed.
TURN_SECONDS: Final = 0.25
TURN_KEY: Final = 0x7061676572640001  # "pagerd": the turn to write, in this database

_BEGIN = f"BEGIN; {TIMEOUTS}; SELECT pg_advisory_xact_lock({TURN_KEY})"
_DURABLE = "; SET LOCAL synchronous_commit = on"
_SAVEPOINT = "; SAVEPOINT unit"


@dataclass(slots=True)
class Statistics:
    """What the writer has done."""

    units: int = 0
    units_failed: int = 0
    commit_times: Tally = field(default_factory=lambda: Tally(COMMIT_SECONDS))
    batch_started: float | None = None
    """When the batch in progress began, on the monotonic clock; None between batches."""
    reconnects: int = 0
    """How often the connection was lost or given up."""


class _Spoilt(Exception):
    """A unit failed after it had changed something, and there is no savepoint between it and those before it."""


class _Said:
    """What one unit says to the server, and whether something of that is to be undone if the unit fails."""

    def __init__(self, session: Session) -> None:
        self.has_changed = False
        self._session = session

    async def fetch(self, sql: str, values: tuple[Value, ...]) -> list[Row]:
        """Run a statement."""
        self.has_changed = self.has_changed or not sql.startswith("SELECT")
        try:
            return await self._session.fetch(sql, values)
        except Exception:
            self.has_changed = True  # a statement that fails ends the transaction, whatever it was
            raise


class Writer:
    """The only one of this node that changes the database."""

    def __init__(self, server: Server, session: Session, *, monotonic: Callable[[], float], waiting_max: int) -> None:
        self.statistics = Statistics()
        self._server = server
        self._session: Session | None = session
        self._monotonic = monotonic
        self._waiting_max = waiting_max
        self._waiting: collections.deque[Entry] = collections.deque()
        self._batch: list[Entry] = []
        self._arrived = asyncio.Event()
        self._is_stopping = False
        self._troubled_since: float | None = None

    @property
    def waiting(self) -> int:
        """How many units wait for the next commit."""
        return len(self._waiting)

    def submit(self, unit: Unit[object], future: "asyncio.Future[object]") -> None:
        """Have the unit run in the next batch; units run in the order they were submitted."""
        if len(self._waiting) >= self._waiting_max:
            refusal = StoreUnavailable(f"the store is too busy: {self._waiting_max} writes are waiting")
            refusal.trouble = Trouble.BUSY
            raise refusal
        self._waiting.append((unit, future))
        self._arrived.set()

    def stop(self) -> None:
        """End when all that was submitted is committed or refused."""
        self._is_stopping = True
        self._arrived.set()

    async def run(self) -> None:
        """Write batches until the end is asked for."""
        try:
            while self._waiting or not self._is_stopping:
                if not self._waiting:
                    self._arrived.clear()
                    await self._arrived.wait()
                    continue
                await self._serve()
            if self._session is not None:
                await self._session.close()
        finally:
            if self._session is not None:
                self._session.drop()

    async def _serve(self) -> None:
        """See one batch to its end: committed, or refused to each caller."""
        self.statistics.batch_started = self._monotonic()
        try:
            outcomes = await self._commit_or_repeat()
        except StoreUnavailable as trouble:
            outcomes = self._refuse_all(trouble)
        except Exception as error:
            log.exception("store.writer_failed")
            self._lose(None)
            outcomes = self._refuse_all(error)
        finally:
            self.statistics.batch_started = None
        self._batch = []
        resolve(outcomes)

    async def _commit_or_repeat(self) -> list[Outcome]:
        for repeats in range(REPEATS_MAX + 1):
            try:
                outcomes = await self._commit_together()
            except PostgresTrouble as trouble:
                self._note(trouble)
                if not trouble.reaction.is_repeated or repeats == REPEATS_MAX or self._is_long():
                    raise
            else:
                self._troubled_since = None
                return outcomes
        raise AssertionError("the last repeat either returns or raises")

    def _is_long(self) -> bool:
        assert self._troubled_since is not None
        return self._monotonic() - self._troubled_since >= REPEAT_SECONDS

    def _note(self, trouble: PostgresTrouble) -> None:
        """Take a connection that cannot be believed away, and remember since when nothing went right."""
        if self._troubled_since is None:
            self._troubled_since = self._monotonic()
            log.warning("store.trouble", error=str(trouble))
        if not trouble.reaction.keeps_session or self._session is None or not self._session.is_usable:
            self._lose(trouble)

    def _lose(self, trouble: PostgresTrouble | None) -> None:
        session, self._session = self._session, None
        if session is not None:
            self.statistics.reconnects += 1
            self._server.lose(session, trouble.reaction if trouble is not None else None)

    async def _commit_together(self) -> list[Outcome]:
        session = self._session
        if session is None or not self._server.is_current(session):
            self._lose(None)
            session = self._session = await self._server.connect()
        try:
            try:
                outcomes = await self._take_turn(session, apart=False)
            except _Spoilt:
                outcomes = await self._take_turn(session, apart=True)
        except PostgresTrouble as trouble:
            if trouble.reaction.keeps_session and session.is_usable:
                await session.script("ROLLBACK", "roll back")
            raise
        self.statistics.units += sum(error is None for _, error, _ in outcomes)
        self.statistics.units_failed += sum(error is not None for _, error, _ in outcomes)
        return outcomes

    async def _take_turn(self, session: Session, *, apart: bool) -> list[Outcome]:
        """Run a batch in one transaction. With its units `apart` each has a savepoint, else one may spoil the batch."""
        begin = f"{_BEGIN}{_DURABLE if session.commits_late else ''}{_SAVEPOINT if apart else ''}"
        await session.script(begin, "begin to write")
        now = await self._server.now(session)
        # Only now: whoever came while this node waited for its turn shares it.
        self._take()
        outcomes, ending = await self._run_all(session, now, apart=apart)
        await self._commit(session, ending)
        return outcomes

    def _take(self) -> None:
        # A caller that was cancelled before its unit began has gone; the row that made it ask is still there.
        while self._waiting and len(self._batch) < BATCH_UNITS_MAX:
            entry = self._waiting.popleft()
            if not entry[1].cancelled():
                self._batch.append(entry)

    async def _run_all(self, session: Session, now: datetime, *, apart: bool) -> tuple[list[Outcome], str]:
        """Run what fits into one turn of the batch; return the outcomes, and what must be said before COMMIT."""
        outcomes: list[Outcome] = []
        started = self._monotonic()
        ending, between = "", ""
        for unit, future in self._batch:
            if between:
                await session.script(between, "begin a unit")
            said = _Said(session)
            error, result = await run_unit(unit, now, said.fetch)
            outcomes.append((future, error, result))
            if apart:
                # A savepoint that was rolled back to is still there: the next unit uses it.
                between = "ROLLBACK TO unit" if error is not None else "RELEASE unit; SAVEPOINT unit"
                ending = "ROLLBACK TO unit; " if error is not None else ""
            elif error is not None and said.has_changed:
                if len(outcomes) > 1:
                    await session.script("ROLLBACK", "undo a unit")
                    raise _Spoilt
                # It was the first: nothing else is undone with it, and the others have the next transaction.
                self._put_back(1)
                return outcomes, "ROLLBACK; BEGIN; "
            if self._monotonic() - started >= TURN_SECONDS:
                self._put_back(len(outcomes))
                break
        return outcomes, ending

    def _put_back(self, begun: int) -> None:
        """Let the units that were not begun be the first of the next batch, in their order."""
        self._batch, rest = self._batch[:begun], self._batch[begun:]
        self._waiting.extendleft(reversed(rest))

    async def _commit(self, session: Session, ending: str) -> None:
        session.unconfirmed()
        started = self._monotonic()
        try:
            word = await session.script(f"{ending}COMMIT", "commit")
        except PostgresTrouble as trouble:
            if trouble.sqlstate in UNDONE_IN_COMMIT:
                raise
            unknown = replace(UNKNOWN, trouble=trouble.trouble)
            raise PostgresTrouble("commit", unknown, f"{trouble.reaction.words}: {trouble.detail}") from trouble
        if word != "COMMIT":
            # A transaction that failed before is rolled back by COMMIT, and that is no error to the server.
            raise PostgresTrouble("commit", UNKNOWN, f"the server answered {word}")
        if warning := session.unconfirmed():
            raise PostgresTrouble("commit", NOT_DURABLE, warning)
        self.statistics.commit_times.note(self._monotonic() - started)

    def _refuse_all(self, error: Exception) -> list[Outcome]:
        """Refuse what was in the batch; whatever was seen of its units, none of them may be answered with success."""
        if not self._batch:
            self._take()  # it never came to its turn: those who wait for it are the ones to be told
        self.statistics.units_failed += len(self._batch)
        reason = str(error) if isinstance(error, StoreUnavailable) else f"the writer failed: {error!r}"
        outcomes: list[Outcome] = []
        for _unit, future in self._batch:
            # One exception each: a shared one would gather the tracebacks of all callers.
            refusal = StoreUnavailable(reason)
            refusal.__cause__ = error
            refusal.trouble = error.trouble if isinstance(error, StoreUnavailable) else Trouble.OTHER
            outcomes.append((future, refusal, None))
        return outcomes
