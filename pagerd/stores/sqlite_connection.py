"""One connection to a SQLite database: how it is opened, what a unit sees of it, what its errors mean.

Nothing here starts a thread or waits for one. A unit is a coroutine that is driven to its end by one `send`: its
statements answer at once, and it has nothing else to wait for.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, NoReturn, Protocol, TypeVar

import apsw

from pagerd.core.errors import StaleState
from pagerd.stores.base import Row, StoreDamaged, StoreUnavailable, StoreUnusable, Trouble, Unit, Value
from pagerd.stores.migrations import CREATE_TABLE, INSERT_APPLIED, SELECT_APPLIED, Applied, Migration, pending
from pagerd.stores.statements import STATEMENTS_MAX, check_values, places

T = TypeVar("T")

APPLICATION_ID: Final = 0x70616765  # "page": `file` and we ourselves know our databases by it
BUSY_TIMEOUT_MS = 5_000  # a backup tool may hold the lock for a moment; a sender of alerts waits 10 s at least
STATEMENTS_CACHED = 512  # all statements of the repositories, prepared once per connection
CACHE_KIB = 16_384  # pages in memory per connection; the working set of 10 k open pages is below it
QUICK_CHECK_BYTES_MAX = 64 << 20  # reads the whole file: a fraction of a second; above it start-up would be late

# What means that the store cannot answer, whatever was asked.
STORE_ERRORS: Final = (
    apsw.FullError,
    apsw.IOError,
    apsw.BusyError,
    apsw.LockedError,
    apsw.ReadOnlyError,
    apsw.CorruptError,
    apsw.NotADBError,
    apsw.CantOpenError,
    apsw.PermissionsError,
    apsw.ProtocolError,
    apsw.NoMemError,
)
TROUBLES: Final[Mapping[type[Exception], Trouble]] = {
    apsw.FullError: Trouble.FULL,
    apsw.IOError: Trouble.IO_ERROR,
    apsw.CantOpenError: Trouble.IO_ERROR,
    apsw.BusyError: Trouble.LOCKED,
    apsw.LockedError: Trouble.LOCKED,
    apsw.ReadOnlyError: Trouble.READ_ONLY,
    apsw.PermissionsError: Trouble.READ_ONLY,
    apsw.CorruptError: Trouble.DAMAGED,
    apsw.NotADBError: Trouble.DAMAGED,
}
UNIQUE_VIOLATED: Final = (apsw.SQLITE_CONSTRAINT_UNIQUE, apsw.SQLITE_CONSTRAINT_PRIMARYKEY)
# The store's trouble that passes without us: reopening the file would mend nothing, a restart neither.
PASSING_ERRORS: Final = (apsw.FullError, apsw.BusyError, apsw.LockedError)

_translated: dict[str, str] = {}


def translate(sql: str) -> str:
    """Turn `$1` into `?1`, and refuse what a unit may not say."""
    parts: list[str] = []
    position = 0
    for place in places(sql):
        parts += (sql[position : place.start()], "?", place["number"])
        position = place.end()
    result = "".join((*parts, sql[position:]))
    if len(_translated) >= STATEMENTS_MAX:
        _translated.clear()
    _translated[sql] = result
    return result


class Cursor(Protocol):
    """What runs the statements of a unit: a cursor of SQLite, or what stands before one."""

    def execute(self, sql: str, values: tuple[Value, ...], /) -> apsw.Cursor:
        """Run one statement."""
        ...


class UnitConnection:
    """The Connection of one unit: it ends with the unit, and one failed statement dooms the unit.

    PostgreSQL refuses everything after a failed statement of a transaction; a unit that catches the error and goes on
    would mean two things on two engines, so it means the PostgreSQL thing here too.
    """

    __slots__ = ("_execute", "failure")
    dialect: str = "sqlite"
    now: datetime | None = None

    def __init__(self, cursor: Cursor) -> None:
        self._execute: Callable[[str, tuple[Value, ...]], apsw.Cursor] = cursor.execute
        self.failure: Exception | None = None

    async def execute(self, sql: str, *values: Value) -> list[Row]:
        """Run one statement and return its rows; values that not every store can keep raise ValueError."""
        try:
            check_values(values)
            return self._execute(_translated.get(sql) or translate(sql), values).fetchall()
        except Exception as error:
            if self.failure is not None:
                raise  # what failed first is what the unit failed of
            self._execute = _doomed
            self.failure = failure = _explain(error, sql)
            if failure is error:
                raise
            raise failure from error

    def end(self) -> None:
        """Take the connection away from the unit: whoever kept it finds it closed."""
        self._execute = _ended


def _doomed(_sql: str, _values: tuple[Value, ...]) -> NoReturn:
    raise RuntimeError("an earlier statement of this unit failed: nothing of the unit will be kept")


def _ended(_sql: str, _values: tuple[Value, ...]) -> NoReturn:
    raise RuntimeError("the unit has ended: its connection may not be used outside it")


def _explain(error: Exception, sql: str) -> Exception:
    if isinstance(error, OverflowError):
        return ValueError(f"an integer beyond 64 bits cannot be stored, by {sql!r:.200}")
    if isinstance(error, STORE_ERRORS):
        return SqliteTrouble("run a statement", error)
    if isinstance(error, apsw.ConstraintError) and getattr(error, "extendedresult", 0) in UNIQUE_VIOLATED:
        return StaleState(f"saving what somebody else has saved: {error}")
    return error


class SqliteTrouble(StoreUnavailable):
    """The database itself failed under a statement, so nothing of the transaction around it may be believed."""

    def __init__(self, attempted: str, error: Exception) -> None:
        super().__init__(f"the SQLite store could not {attempted}: {type(error).__name__}: {error}")
        self.error = error
        self.trouble = next((known for kind, known in TROUBLES.items() if isinstance(error, kind)), Trouble.OTHER)

    @property
    def passes(self) -> bool:
        """Whether it ends without us, like a full disk or a lock held from outside."""
        return isinstance(self.error, PASSING_ERRORS)


class Damage:
    """Whether any thread came upon damage, and whom the first one tells."""

    __slots__ = ("_tell", "is_found")

    def __init__(self, tell: Callable[[], None] | None = None) -> None:
        self._tell = tell
        self.is_found = False

    def seen(self, trouble: SqliteTrouble) -> SqliteTrouble:
        """Look at trouble before it is raised."""
        if trouble.trouble is Trouble.DAMAGED and not self.is_found:
            self.is_found = True
            if self._tell is not None:
                self._tell()
        return trouble


def run_unit(unit: Unit[T], cursor: Cursor) -> T:
    """Drive a unit to its end; it raises what the unit raises, or SqliteTrouble, whatever the unit made of that."""
    connection = UnitConnection(cursor)
    try:
        steps = unit(connection).__await__()
        awaited = next(steps)
    except StopIteration as end:
        if connection.failure is not None:
            raise connection.failure from connection.failure.__cause__
        result: T = end.value
        return result
    except BaseException:
        if isinstance(connection.failure, SqliteTrouble):
            raise connection.failure from connection.failure.error
        raise
    finally:
        connection.end()
    steps.close()
    raise RuntimeError(f"a unit may await nothing but its Connection; {unit!r} awaited {awaited!r}")


def connect(path: Path, *, read_only: bool = False) -> apsw.Connection:
    """Open an existing database file with our settings; a file that was lost is not made anew."""
    # Readers open the file for writing too: whoever comes first after a crash recovers the WAL. query_only holds
    # them back from more.
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, statementcachesize=STATEMENTS_CACHED)
    try:
        connection.set_busy_timeout(BUSY_TIMEOUT_MS)
        configure(connection)
        if read_only:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def configure(connection: apsw.Connection) -> None:
    """Set what every connection needs and nothing that touches the file."""
    # The writer alone checkpoints: the WAL-reset bug needs two connections that do, and no caller should wait for it.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased must not be left in free pages, nor in a backup
    connection.execute("PRAGMA temp_store = MEMORY")  # savepoint journals stay off the disk
    connection.execute("PRAGMA mmap_size = 0")  # an I/O error must be an error, not a signal
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA journal_size_limit = {64 << 20}")  # a WAL swollen by a long reader shrinks again
    # With it a plan depends on no value. Without it each statement with `LIMIT $n` is planned anew whenever it is run,
    # to look at the limit: the claim of every heartbeat took twelve times as long.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    # "name" is a column or an error, as in PostgreSQL; never a text by accident.
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)


def prepare(connection: apsw.Connection, path: Path) -> None:
    """Make sure that the file is ours and whole, and put it into WAL mode."""
    owner = _scalar(connection, "PRAGMA application_id")
    if owner != APPLICATION_ID:
        if _scalar(connection, "SELECT count(*) FROM sqlite_schema"):
            raise StoreUnusable(
                f"{path} is a SQLite database of another program (application_id {owner}): name another file"
            )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    mode = _scalar(connection, "PRAGMA journal_mode = WAL")
    if mode != "wal":
        raise StoreUnusable(f"{path} cannot be put into WAL mode ({mode}): its file system lacks what SQLite needs")
    if path.stat().st_size <= QUICK_CHECK_BYTES_MAX:
        verdict = _scalar(connection, "PRAGMA quick_check(1)")
        if verdict != "ok":
            raise StoreDamaged(f"{path} is corrupt ({verdict}): restore a backup")


def _scalar(connection: apsw.Connection, sql: str) -> object:
    rows = connection.execute(sql).fetchall()
    return rows[0][0] if rows else None


def migrate(connection: apsw.Connection, known: tuple[Migration, ...]) -> tuple[Migration, ...]:
    """Bring the schema up to date, each migration in one transaction with its row; return those that were applied."""
    connection.execute(CREATE_TABLE["sqlite"])
    rows = connection.execute(SELECT_APPLIED["sqlite"]).fetchall()
    todo = pending([Applied(*row) for row in rows], known)  # type: ignore[arg-type]  # so by the schema
    for migration in todo:
        _apply(connection, migration)
    return todo


def _apply(connection: apsw.Connection, migration: Migration) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.authorizer = _no_transactions
        try:
            connection.execute(migration.sql).fetchall()
        finally:
            connection.authorizer = None
        sql = translate(INSERT_APPLIED["sqlite"])
        connection.execute(sql, (migration.number, migration.name, migration.sha256))
        connection.execute("COMMIT")
    except apsw.Error as error:
        rollback(connection)
        name = f"{migration.number:04}_{migration.name}"
        kind = StoreUnavailable if isinstance(error, STORE_ERRORS) else StoreUnusable
        raise kind(f"migration {name} failed and nothing of it was kept: {error}") from error


def _no_transactions(
    operation: int, _first: str | None, _second: str | None, _schema: str | None, _trigger: str | None
) -> int:
    ends_it = operation in (apsw.SQLITE_TRANSACTION, apsw.SQLITE_SAVEPOINT, apsw.SQLITE_ATTACH, apsw.SQLITE_DETACH)
    return apsw.SQLITE_DENY if ends_it else apsw.SQLITE_OK


def rollback(connection: apsw.Connection) -> None:
    """End the transaction if SQLite has not already ended it by itself."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
