"""Numbered migrations, the same way on every engine.

A schema directory holds `NNNN_name.sql` for both engines, or `NNNN_name.sqlite.sql` beside `NNNN_name.postgres.sql`.
Numbers start at 1 and have no gaps. Each is applied once, in one transaction with its row in `schema_migrations`; so a
migration holds no transaction statements, and what is applied is never edited again: the stored checksum would not
match.

Several nodes share a PostgreSQL database, and are upgraded one after the other: a migration that older nodes can live
with says so in a line `-- compatible: N`, where N is the oldest schema whose pagerd may go on running. An older pagerd
that starts goes by what is stored of the migrations that it does not know.

An engine reads `load`, creates the table, asks `pending` what is left to do, and applies that in order.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pagerd.stores.base import StoreDamaged, StoreUnusable

SCHEMA_DIRECTORY = Path(__file__).parent / "schema"
DIALECTS = ("sqlite", "postgres")

_COLUMNS = """
    number integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at bigint NOT NULL"""
CREATE_TABLE = {
    "sqlite": f"CREATE TABLE IF NOT EXISTS schema_migrations ({_COLUMNS}\n)",
    "postgres": f"CREATE TABLE IF NOT EXISTS schema_migrations ({_COLUMNS},\n    runs_from integer NOT NULL\n)",
}
# A SQLite file has one pagerd, which is never older than the one that wrote it.
SELECT_APPLIED = {
    "sqlite": "SELECT number, name, sha256, number FROM schema_migrations ORDER BY number",
    "postgres": "SELECT number, name, sha256, runs_from FROM schema_migrations ORDER BY number",
}
# The database's own clock: nothing is decided by this instant, it is there for whoever reads the table.
INSERT_APPLIED = {
    "sqlite": """
        INSERT INTO schema_migrations (number, name, sha256, applied_at)
        VALUES ($1, $2, $3, CAST(unixepoch('subsec') * 1000000 AS INTEGER))""",
    "postgres": """
        INSERT INTO schema_migrations (number, name, sha256, runs_from, applied_at)
        VALUES ($1, $2, $3, $4, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint))""",
}

_FILE_NAME = re.compile(r"(?P<number>\d{4})_(?P<name>[a-z0-9_]+)(?:\.(?P<dialect>[a-z]+))?\.sql")
_COMPATIBLE = re.compile(r"^-- compatible: (?P<number>\d+)$", re.MULTILINE)
_COMMENT_OR_TEXT = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered change of the schema, for one engine."""

    number: int
    name: str
    sql: str
    sha256: str
    runs_from: int
    """The oldest schema whose pagerd may go on after this one was applied; its own number where there is none."""


@dataclass(frozen=True, slots=True)
class Applied:
    """One row of `schema_migrations`."""

    number: int
    name: str
    sha256: str
    runs_from: int


def load(directory: Path, dialect: str) -> tuple[Migration, ...]:
    """Read the migrations of one engine from a directory, in order, without gaps."""
    found: dict[int, Migration] = {}
    for path in sorted(directory.glob("*.sql")):
        match = _FILE_NAME.fullmatch(path.name)
        if match is None or match["dialect"] not in (None, *DIALECTS):
            raise StoreUnusable(f"{path}: a migration is named NNNN_name.sql or NNNN_name.{{{','.join(DIALECTS)}}}.sql")
        if match["dialect"] not in (None, dialect):
            continue
        number = int(match["number"])
        if number in found:
            raise StoreUnusable(f"{path}: there are two migrations {number:04} for {dialect}")
        found[number] = _read(path, number, match["name"])
    if not found:
        raise StoreUnusable(f"{directory} holds no migration for {dialect}: pagerd is not installed whole")
    for number in range(1, max(found) + 1):
        if number not in found:
            raise StoreUnusable(f"{directory} lacks migration {number:04} for {dialect}")
    return tuple(found[number] for number in sorted(found))


def _read(path: Path, number: int, name: str) -> Migration:
    content = path.read_bytes()
    sql = content.decode("utf-8")
    if re.search(r"\bDEFERR(?:ED|ABLE)\b", _COMMENT_OR_TEXT.sub(" ", sql), re.IGNORECASE):
        # A deferred constraint fails at COMMIT, and there it would fail every unit that shares the commit.
        raise StoreUnusable(f"{path}: constraints may not be deferrable, many units share one commit")
    compatible = _COMPATIBLE.search(sql)
    runs_from = int(compatible["number"]) if compatible is not None else number
    if not 0 < runs_from <= number:
        raise StoreUnusable(f"{path}: a migration {number} cannot be compatible with schema {runs_from}")
    return Migration(number, name, sql, hashlib.sha256(content).hexdigest(), runs_from)


def _is_one_sign_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def pending(applied: Sequence[Applied], known: Sequence[Migration]) -> tuple[Migration, ...]:
    """Say which migrations are still to be applied; refuse a database that this pagerd does not understand."""
    for row, number in zip(applied, range(1, len(applied) + 1), strict=True):
        if row.number != number:
            raise StoreUnusable(f"schema_migrations has no row {number}: the database was changed by hand")
        if number > len(known):
            if row.runs_from <= len(known):
                continue
            raise StoreUnusable(
                f"the database has schema {applied[-1].number}, this pagerd knows {len(known)}: "
                "start the newer pagerd that wrote it, or restore a backup from before the upgrade"
            )
        migration = known[number - 1]
        if _is_one_sign_apart(row.sha256, migration.sha256):
            # No two texts have digests that are so alike: it is this row that is not what it was.
            raise StoreDamaged(f"schema_migrations has another digest for {number:04}_{migration.name} by one sign")
        if row.sha256 != migration.sha256:
            raise StoreUnusable(
                f"migration {number:04}_{migration.name} is not the one that was applied as {number:04}_{row.name}: "
                f"sha256 {migration.sha256[:12]}, applied {row.sha256[:12]}; an applied migration must never change"
            )
    return tuple(known[len(applied) :])
