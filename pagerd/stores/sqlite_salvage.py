"""What can still be read of a damaged database, in a new one.

Row by row, from both ends of each table: what lies before a broken page, and what lies behind it. Indexes are made
anew, so that damage to one of them costs nothing. SQLite keeps no checksum of what it stores: a row whose text was
changed on the disk is read as it is, and is found by whoever reads it, or by the chain of hashes over what happened.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw

from pagerd.stores.sqlite_connection import connect
from pagerd.stores.sqlite_copy import put_in_place
from pagerd.stores.sqlite_files import FileLock

MIGRATIONS = "schema_migrations"
"""Of the fresh file alone: it is what its own migrations made."""

_BROKEN = (apsw.CorruptError, apsw.NotADBError, apsw.SQLError, apsw.IOError, UnicodeDecodeError)
"""What reading a damaged file raises; of a schema that cannot be read, the tables are not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What was saved: the rows of all tables, and which tables could not be read to their end."""

    rows: int
    broken: tuple[str, ...]
    aside: Path
    """Where the damaged file is kept."""


def salvage(database: Path, fresh: Path, aside: Path) -> Salvaged:
    """Copy what can be read of a database into a fresh one, and put that in its place; the old one becomes `aside`.

    `fresh` has the schema and no rows. Nothing is changed when it raises, or when the process dies meanwhile.
    """
    lock = FileLock(database)
    try:
        target = connect(fresh)
        try:
            target.execute("PRAGMA foreign_keys = OFF")
            rows, broken = _copy(database, target)
            target.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        finally:
            target.close()
        put_in_place(fresh, database, aside)
    finally:
        lock.release()
    return Salvaged(rows=rows, broken=broken, aside=aside)


def unreadable(database: Path) -> tuple[str, ...]:
    """Read every row of a database, in use or not; return the tables of which some cannot be read.

    Where all can, and what an index says is something else, that is returned: whoever reads by it comes upon it.
    """
    source = connect(database, read_only=True)
    try:
        found = []
        for name in _tables(source):
            read = _Reading(source, name, _columns(source, name))
            for _row in read.rows():
                pass
            if read.is_broken:
                found.append(name)
        return tuple(found) or (() if _is_whole(source) else ("an index",))
    finally:
        source.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        source.close(True)


def _is_whole(connection: apsw.Connection) -> bool:
    with contextlib.suppress(*_BROKEN):
        return connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
    return False


def _tables(connection: apsw.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    return [str(name) for (name,) in rows if name != MIGRATIONS and not str(name).startswith("sqlite_")]


def _copy(database: Path, target: apsw.Connection) -> tuple[int, tuple[str, ...]]:
    names = _tables(target)
    try:
        source = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READWRITE)
    except apsw.Error:
        return 0, tuple(names)
    broken = []
    total = 0
    try:
        target.execute("BEGIN IMMEDIATE")
        for name in names:
            read = _Reading(source, name, _columns(target, name))
            marks = ", ".join("?" * len(read.columns))
            for row in read.rows():
                target.execute(f"INSERT OR IGNORE INTO {name} ({', '.join(read.columns)}) VALUES ({marks})", row)  # noqa: S608  # names of our own schema
                total += target.changes()
            if read.is_broken:
                broken.append(name)
        target.execute("COMMIT")
    finally:
        source.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        source.close(True)
    return total, tuple(broken)


def _columns(connection: apsw.Connection, table: str) -> tuple[str, ...]:
    try:
        return tuple(str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})").fetchall())
    except _BROKEN:
        return ()


class _Reading:
    """One table, read from its beginning, and from its end where that does not reach it."""

    def __init__(self, source: apsw.Connection, table: str, wanted: tuple[str, ...]) -> None:
        self._source = source
        self._table = table
        known = _columns(source, table)
        self.columns = tuple(name for name in wanted if name in known)
        self.is_broken = not self.columns

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Yield rows; a table that is broken yields some of them twice at most."""
        for order in ("ASC", "DESC"):
            if not self.columns:
                return
            sql = f"SELECT {', '.join(self.columns)} FROM {self._table} NOT INDEXED ORDER BY rowid {order}"  # noqa: S608  # names of our own schema
            with contextlib.suppress(*_BROKEN):
                yield from self._source.execute(sql)
                return
            self.is_broken = True
