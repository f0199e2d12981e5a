"""What every store promises.

A unit of work is a coroutine function over a Connection. It is run once, in one transaction, alone: it sees what was
committed before it and nothing of units beside it. `write` returns only after the commit is durable; if it raises,
nothing of the unit was kept (StoreUnavailable may also mean that the outcome is unknown, so units are written to be
repeatable: ids are made before the unit). Inside a unit only the Connection may be awaited: on SQLite the unit runs
to its end on the writer thread, many units share one commit, and nothing else could be waited for there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from pagerd.core.errors import PagerdError
from pagerd.core.tally import Tally

T = TypeVar("T")
Value = str | int | float | bytes | None
Row = tuple[Value, ...]


class Trouble(StrEnum):
    """What keeps a store from answering, as far as an operator would do something else about each."""

    FULL = "full"
    READ_ONLY = "read_only"
    IO_ERROR = "io_error"
    LOCKED = "locked"
    DAMAGED = "damaged"
    BUSY = "busy"
    HANGS = "hangs"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    OTHER = "other"


class StoreUnavailable(PagerdError):
    """The store cannot answer now, or cannot promise that it kept what it was given: refuse the work with 503."""

    trouble: Trouble = Trouble.OTHER


class StoreUnusable(PagerdError):
    """The store must not be opened: a newer schema, another daemon on it, a corrupt file, a broken SQLite."""


class StoreDamaged(StoreUnusable):
    """The file is broken: a backup, or what can still be read of it, must take its place."""


class Connection(Protocol):
    """Plain SQL with `$1`, `$2`... in the common subset of SQLite and PostgreSQL. Instants are microseconds UTC."""

    dialect: str
    """`sqlite` or `postgres`."""
    now: datetime | None
    """What the database's own clock said when the transaction began, where several nodes share the database: no clock
    but that one decides anything. None on SQLite, whose one process has one clock."""

    async def execute(self, sql: str, *values: Value) -> list[Row]:
        """Run one statement and return its rows (those of RETURNING for a change).

        A row that is there already, against a primary key or a unique index, raises StaleState: somebody else was
        first, and the unit may be run again.
        """
        ...


Unit = Callable[[Connection], Awaitable[T]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFigures:
    """What a store tells of itself, for the metrics. What an engine does not have is 0."""

    commits: Tally
    """How long commits took, the disk included."""
    units_kept: int
    units_undone: int
    """Units that raised, or went down with their batch."""
    waiting: int
    """Units that wait for the next commit."""
    wal_pages: int
    """Pages that are in the log and not yet in the database file."""
    reopened: int
    """How often nothing could be believed any more and the database had to be opened anew."""
    size_bytes: int
    """What the database takes on the disk, its log included."""
    is_failed: bool
    """Whether the store asks for a restart."""


class Store(Protocol):
    """One database."""

    async def write(self, unit: Unit[T]) -> T:
        """Run the unit in a transaction and return its result after the commit is durable."""
        ...

    async def read(self, unit: Unit[T]) -> T:
        """Run a unit that only reads. It may see a state that is older than a write in progress, never a torn one."""
        ...

    @property
    def is_short(self) -> bool:
        """Whether it lives on what it held back for this day: what can come again must not be taken now."""
        ...

    def figures(self) -> StoreFigures:
        """Return what it tells of itself now. Never waits for the database, and never raises."""
        ...

    async def close(self) -> None:
        """Finish what was accepted, then close. Later calls raise StoreUnavailable."""
        ...
