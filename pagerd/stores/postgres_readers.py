"""What reads on PostgreSQL: a few connections to the primary, each unit on one snapshot.

A replica is never read: what it shows is older than what was decided on.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from pagerd.stores.base import Row, StoreUnavailable, Trouble, Unit, Value
from pagerd.stores.postgres_connection import Session, run_unit
from pagerd.stores.postgres_errors import PostgresTrouble
from pagerd.stores.postgres_server import Server
from pagerd.stores.waiting import Entry, resolve

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

READERS: Final = 4  # with the writer's one, far below the 8 connections that a node may have
WAITING_MAX: Final = 1_000  # reads of people and of the CLI; behind more than that nobody would wait for the answer
READ_SECONDS: Final = 5.0  # a report over a year; a server that stands still is known sooner, by the writer
SIZE_EVERY_SECONDS: Final = 300.0  # the server looks at every file of the database for it

_BEGIN: Final = (
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 4500;"
    " SET LOCAL idle_in_transaction_session_timeout = 5000; SET LOCAL tcp_user_timeout = 5000"
)
_READ_ONLY: Final = "25006"


class Readers:
    """A bounded queue of reading units and the connections that serve it; connections are made when they are wanted."""

    def __init__(self, server: Server, *, monotonic: Callable[[], float], waiting_max: int = WAITING_MAX) -> None:
        self.size_bytes = 0
        self._server = server
        self._monotonic = monotonic
        self._waiting_max = waiting_max
        self._waiting: asyncio.Queue[Entry | None] = asyncio.Queue()
        self._sized_at: float | None = None

    @property
    def waiting(self) -> int:
        """How many units wait for a reader."""
        return self._waiting.qsize()

    def submit(self, unit: Unit[object], future: "asyncio.Future[object]") -> None:
        """Have the unit run and its outcome put into the future."""
        if self._waiting.qsize() >= self._waiting_max:
            refusal = StoreUnavailable(f"the store is too busy: {self._waiting_max} reads are waiting")
            refusal.trouble = Trouble.BUSY
            raise refusal
        self._waiting.put_nowait((unit, future))

    def stop(self) -> None:
        """Let each reader end when what was submitted before is answered."""
        for _ in range(READERS):
            self._waiting.put_nowait(None)

    async def run(self) -> None:
        """Read until the end is asked for, over one connection; READERS of these run."""
        session: Session | None = None
        try:
            while (entry := await self._waiting.get()) is not None:
                if not entry[1].cancelled():
                    session = await self._serve(entry, session)
                    await self._measure(session)
            if session is not None:
                await session.close()
        finally:
            if session is not None:
                session.drop()

    async def _serve(self, entry: Entry, session: Session | None) -> Session | None:
        """Read once; what is left of the connection is for the next."""
        unit, future = entry
        was_idle = session is not None
        try:
            try:
                session = await self._usable(session)
                error, result = await self._read_once(unit, session)
            except PostgresTrouble as trouble:
                # A connection that stood idle may have been lost long ago; a read may be done again at any time.
                if not was_idle or not trouble.reaction.is_repeated:
                    raise
                session = await self._usable(self._without(session, trouble))
                error, result = await self._read_once(unit, session)
        except PostgresTrouble as trouble:
            resolve([(future, trouble, None)])
            return self._without(session, trouble)
        except Exception as bug:
            log.exception("store.reader_failed")
            resolve([(future, bug, None)])
            return self._without(session, None)
        resolve([(future, error, result)])
        return await self._tidy(session)

    async def _tidy(self, session: Session) -> Session | None:
        """End the transaction of a read whose caller already has its answer."""
        try:
            await session.script("ROLLBACK", "end a read")
        except PostgresTrouble as trouble:
            return self._without(session, trouble)
        return session

    async def _usable(self, session: Session | None) -> Session:
        if session is not None and self._server.is_current(session):
            return session
        self._without(session, None)
        return await self._server.connect()

    def _without(self, session: Session | None, trouble: PostgresTrouble | None) -> Session | None:
        if session is None or (trouble is not None and trouble.reaction.keeps_session and session.is_usable):
            return session
        self._server.lose(session, trouble.reaction if trouble is not None else None)
        return None

    async def _read_once(self, unit: Unit[object], session: Session) -> tuple[BaseException | None, object]:
        async def fetch(sql: str, values: tuple[Value, ...]) -> list[Row]:
            try:
                return await session.fetch(sql, values, READ_SECONDS)
            except PostgresTrouble as trouble:
                if trouble.sqlstate == _READ_ONLY:
                    text = "a unit that writes must be given to write(), not to read()"
                    raise ValueError(text) from trouble
                raise

        await session.script(_BEGIN, "read")
        return await run_unit(unit, await self._server.lately(session), fetch)

    async def _measure(self, session: Session | None) -> None:
        """Ask once in a while what the database takes on the disk, where nobody waits for the answer."""
        now = self._monotonic()
        if session is None or (self._sized_at is not None and now - self._sized_at < SIZE_EVERY_SECONDS):
            return
        self._sized_at = now
        try:
            ((size,),) = await session.fetch("SELECT pg_database_size(current_database())")
        except PostgresTrouble as trouble:
            self._without(session, trouble)
            return
        assert isinstance(size, int)
        self.size_bytes = size
