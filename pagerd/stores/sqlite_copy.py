"""Copies of a database file: a backup while a daemon writes, a restore while none runs, a look without either.

A backup is taken on a connection of its own, on one snapshot: a daemon in another process goes on writing meanwhile,
and its WAL grows until the copy is done. What is copied is checked before it gets its name, and is one file.
"""

import contextlib
import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

import apsw

from pagerd.core.errors import Conflict, NotFound
from pagerd.stores.base import Row, StoreUnusable, Unit
from pagerd.stores.migrations import SCHEMA_DIRECTORY, SELECT_APPLIED, Applied, load, pending
from pagerd.stores.rows import MIGRATIONS_TABLE, Table
from pagerd.stores.sqlite_connection import APPLICATION_ID, STORE_ERRORS, SqliteTrouble, connect, rollback
from pagerd.stores.sqlite_files import FileLock, check_sqlite_version
from pagerd.stores.sqlite_readers import read_once

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told how many pages of the file are done, and of how many."""

_HEADER = b"SQLite format 3\0"
STEP_PAGES = 2_560  # 10 MiB of 4 KiB pages between two words to whoever watches
ROWS_AT_ONCE = 500  # of the longest rows, 64 KiB each, 32 MiB

_SELECT_COLUMNS = """
    SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.rowid, c.cid"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a copy is."""

    path: Path
    bytes: int
    schema: int


class DatabaseFile:
    """A database file that is only read. A daemon may be running on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _open(path)
        try:
            self.schema = _check_ours(self._connection, path)
        except BaseException:
            self.close()
            raise

    def read(self, unit: Unit[T]) -> T:
        """Run a unit on one snapshot."""
        try:
            return read_once(unit, self._connection)
        except STORE_ERRORS as error:
            raise SqliteTrouble(f"read {self.path}", error) from error

    def tables(self) -> list[Table]:
        """Return what it holds, without the table of migrations, in the order in which it was made."""
        columns: dict[str, list[str]] = {}
        for table, column in self._rows(_SELECT_COLUMNS):
            columns.setdefault(str(table), []).append(str(column))
        return [Table(name, tuple(found)) for name, found in columns.items() if name != MIGRATIONS_TABLE]

    def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        return cast("int", self._rows(table.count)[0][0])

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """Yield all rows of a table, a few at a time."""
        try:
            cursor = self._connection.execute(table.select)
            while rows := list(itertools.islice(cursor, ROWS_AT_ONCE)):
                yield rows
        except STORE_ERRORS as error:
            raise SqliteTrouble(f"read {table.name} of {self.path}", error) from error

    def _rows(self, sql: str) -> list[Row]:
        try:
            return self._connection.execute(sql).fetchall()
        except STORE_ERRORS as error:
            raise SqliteTrouble(f"read {self.path}", error) from error

    def copy_to(self, target: Path, progress: Progress) -> None:
        """Copy one snapshot into a new file, checked and written through to the disk."""
        os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
        copy = apsw.Connection(str(target), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            # With a snapshot held the copy is of one instant, and a commit meanwhile does not make it begin anew.
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            try:
                with copy.backup("main", self._connection, "main") as backup:
                    while not backup.done:
                        backup.step(STEP_PAGES)
                        progress(backup.page_count - backup.remaining, backup.page_count)
            finally:
                rollback(self._connection)
            # One file: whoever takes it away must not have to think of a WAL beside it.
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            _check_whole(copy, self.path)
        finally:
            copy.close()
        _sync(target)

    def close(self) -> None:
        """Let go of the file, and leave its WAL to the daemon."""
        self._connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        self._connection.close(True)


def back_up(database: Path, target: Path, progress: Progress, *, force: bool = False) -> Copied:
    """Copy a database, in use or not, into a file of mode 0600. Raises Conflict where there is one, without `force`."""
    check_sqlite_version(apsw.sqlite_lib_version())
    if target.exists() and not force:
        raise Conflict(f"{target} exists: name another file, or say --force to replace it")
    if target.exists() and target.samefile(database):
        raise Conflict(f"{target} is the database itself")
    source = DatabaseFile(database)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        with _trouble_said(f"back up {database} to {target}"):
            source.copy_to(partial, progress)
            if force:
                partial.replace(target)
            else:
                _give_name(partial, target)
            _sync(target.parent)
    finally:
        source.close()
        partial.unlink(missing_ok=True)
    return Copied(path=target, bytes=target.stat().st_size, schema=source.schema)


def restore(backup: Path, database: Path, aside: Path, finish: Callable[[Path], None], progress: Progress) -> Copied:
    """Put a backup in the place of a database that no daemon uses, and keep what was there as `aside`.

    `finish` brings the copy up to date before it gets the name of the database. Nothing is changed when it raises, or
    when the process dies: there is one whole database under the name at every instant.
    """
    check_sqlite_version(apsw.sqlite_lib_version())
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(database)
    fresh = database.with_name(f".{database.name}.{os.getpid()}.restored")
    try:
        source = DatabaseFile(backup)
        try:
            with _trouble_said(f"restore {backup}"):
                source.copy_to(fresh, progress)
        finally:
            source.close()
        finish(fresh)
        with _trouble_said(f"put {backup} in the place of {database}"):
            put_in_place(fresh, database, aside)
    finally:
        for end in ("", "-wal", "-shm", ".lock"):
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)
        lock.release()
    return Copied(path=database, bytes=database.stat().st_size, schema=source.schema)


def put_in_place(fresh: Path, database: Path, aside: Path) -> None:
    """Let a whole file take the name of a database, whose own file is kept as `aside`; the caller holds the lock."""
    _sync(fresh)
    _put_aside(database, aside)
    fresh.replace(database)
    _sync(database.parent)


def _put_aside(database: Path, aside: Path) -> None:
    """Give what is there a second name; the first one is taken over whole a moment later."""
    if not database.exists():
        return
    # A database that still can be opened takes its WAL back here, and is one file again. SQLite would throw the WAL of
    # another file away, and somebody may still want to mend it.
    with database.open("rb") as file:
        is_database = file.read(len(_HEADER)) == _HEADER
    if is_database:
        with contextlib.suppress(apsw.Error):
            connect(database).close()
    _give_name(database, aside, keep=True)
    for end in ("-wal", "-shm"):
        beside = database.with_name(database.name + end)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + end))


def _give_name(source: Path, target: Path, *, keep: bool = False) -> None:
    """Give a file a name that nothing has; a name that is taken meanwhile is not taken over."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise Conflict(f"{target} exists: name another file, or say --force to replace it") from None
    if not keep:
        source.unlink()


def _open(path: Path) -> apsw.Connection:
    if not path.is_file():
        raise NotFound(f"there is no file {path}")
    try:
        return connect(path, read_only=True)
    except apsw.NotADBError as error:
        raise StoreUnusable(f"{path} is not a SQLite database") from error
    except apsw.Error as error:
        raise SqliteTrouble(f"open {path}", error) from error


def _check_ours(connection: apsw.Connection, path: Path) -> int:
    """Return the number of the file's schema. Raises StoreUnusable for a foreign file and for a newer schema."""
    try:
        owner = cast("int", connection.execute("PRAGMA application_id").fetchall()[0][0])
        if owner != APPLICATION_ID:
            raise StoreUnusable(f"{path} is not a database of pagerd (application_id {owner})")
        rows = connection.execute(SELECT_APPLIED["sqlite"]).fetchall()
    except apsw.NotADBError as error:
        raise StoreUnusable(f"{path} is not a SQLite database") from error
    except apsw.SQLError as error:
        raise StoreUnusable(f"{path} was never set up by pagerd ({error})") from error
    except apsw.CorruptError as error:
        raise StoreUnusable(f"{path} is corrupt ({error})") from error
    applied = [Applied(*row) for row in rows]  # type: ignore[arg-type]  # so by the schema
    pending(applied, load(SCHEMA_DIRECTORY, "sqlite"))
    return applied[-1].number if applied else 0


def _check_whole(connection: apsw.Connection, path: Path) -> None:
    try:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchall()[0][0]
    except apsw.CorruptError as error:
        verdict = str(error)
    if verdict != "ok":
        raise StoreUnusable(f"{path} is corrupt ({verdict}): its copy was thrown away")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _trouble_said(attempted: str) -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        raise SqliteTrouble(attempted, error) from error
    except OSError as error:
        raise StoreUnusable(f"pagerd could not {attempted}: {error.strerror}: {error.filename}") from error
