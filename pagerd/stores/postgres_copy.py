"""A PostgreSQL database that is filled with the rows of another store, in one transaction.

Everything is one transaction: whoever looks meanwhile sees an empty database, and when anything fails, or the process
dies, it is empty again. What was put in is read back before COMMIT, so nothing stays that was not compared.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from typing import Any, Final, Self, TypeVar, cast

import asyncpg
import structlog

from pagerd.stores.base import Row, StoreUnusable, Unit, Value
from pagerd.stores.migrations import SCHEMA_DIRECTORY, load
from pagerd.stores.postgres_connection import Session, run_unit
from pagerd.stores.postgres_errors import NOT_DURABLE, PostgresTrouble
from pagerd.stores.postgres_schema import migrate
from pagerd.stores.postgres_server import Address, Server
from pagerd.stores.postgres_writer import TURN_KEY
from pagerd.stores.rows import MIGRATIONS_TABLE, Table

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

T = TypeVar("T")

STEP_SECONDS: Final = 3_600.0  # a table of years, on a slow link; a server that is gone says so sooner
TURN_SECONDS: Final = 5  # whoever has the turn to write for longer is a pagerd that works on this database

_BEGIN: Final = (
    # A server may have limits of its own, made for transactions of a moment.
    "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;"
    f" SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = '{TURN_SECONDS}s';"
    f" SELECT pg_advisory_xact_lock({TURN_KEY}); SET LOCAL lock_timeout = 0"
)
_SELECT_COLUMNS: Final = """
SELECT t.table_name::text, c.column_name::text, c.is_identity = 'YES'
FROM information_schema.tables t
JOIN information_schema.columns c USING (table_schema, table_name)
WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
ORDER BY t.table_name, c.ordinal_position"""


class FilledDatabase:
    """A database in the transaction that fills it. `commit` keeps all of it; `drop`, in the end, keeps nothing else."""

    def __init__(self, session: Session, now: datetime, schema: int) -> None:
        self.where = session.where
        self.schema = schema
        self.now = now
        self._session = session
        self._identities: list[tuple[str, str]] = []

    @classmethod
    async def open(cls, address: Address) -> Self:
        """Connect to the primary, bring its schema up to date, and begin, alone among those who write."""
        known = load(SCHEMA_DIRECTORY, "postgres")
        server = Server(address)
        session = await server.connect()
        try:
            for migration in await migrate(session, known):
                log.info("store.migrated", number=migration.number, name=migration.name)
            await session.script(_BEGIN, "begin to copy", STEP_SECONDS)
            return cls(session, await server.now(session), len(known))
        except BaseException:
            session.drop()
            raise

    async def tables(self) -> list[Table]:
        """Return what it holds, without the table of migrations."""
        columns: dict[str, list[str]] = {}
        rows: list[Any] = await self._session.fetch(_SELECT_COLUMNS)
        for table, column, is_identity in rows:
            columns.setdefault(table, []).append(column)
            if is_identity:
                self._identities.append((table, column))
        return [Table(name, tuple(found)) for name, found in columns.items() if name != MIGRATIONS_TABLE]

    async def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        rows = await self._session.fetch(table.count, seconds=STEP_SECONDS)
        return cast("int", rows[0][0])

    async def empty(self, table: Table) -> None:
        """Take away what a migration put in."""
        await self._session.fetch(f'DELETE FROM "{table.name}"', seconds=STEP_SECONDS)  # noqa: S608  # the schema's own

    async def fill(self, table: Table, rows: Iterable[Row]) -> None:
        """Put rows into a table; they are drawn from the iterable as they are sent.

        SQLite keeps a text in a column of numbers where it cannot help it. No pagerd writes one, but who knows who did:
        such a row is named.
        """
        number = 0

        def numbered() -> Iterator[Row]:
            nonlocal number
            for number, row in enumerate(rows, 1):  # noqa: B007  # for whoever is told of the row
                yield row

        try:
            await self._session.copy(table.name, table.columns, numbered(), STEP_SECONDS)
        except (TypeError, ValueError, OverflowError, asyncpg.PostgresError) as error:
            raise StoreUnusable(f"{table.name} cannot be kept in PostgreSQL, near its row {number}: {error}") from error

    def rows(self, table: Table) -> AsyncIterator[list[Row]]:
        """Yield all rows of a table, a few at a time."""
        return self._session.stream(table.select, STEP_SECONDS)

    async def count_on(self) -> None:
        """Let columns that number rows by themselves go on after the highest number that was put in."""
        for table, column in self._identities:
            await self._session.fetch(
                f"SELECT setval(pg_get_serial_sequence($1, $2), COALESCE(MAX({column}), 0) + 1, false)"  # noqa: S608
                f' FROM "{table}"',
                (table, column),
                STEP_SECONDS,
            )

    async def run(self, unit: Unit[T]) -> T:
        """Run a unit in this transaction."""

        async def fetch(sql: str, values: tuple[Value, ...]) -> list[Row]:
            return await self._session.fetch(sql, values, STEP_SECONDS)

        error, result = await run_unit(unit, self.now, fetch)
        if error is not None:
            raise error
        return cast("T", result)

    async def commit(self) -> None:
        """Keep everything."""
        self._session.unconfirmed()
        await self._session.script("COMMIT", "commit what was copied", STEP_SECONDS)
        if warning := self._session.unconfirmed():
            raise PostgresTrouble("commit what was copied", NOT_DURABLE, warning)

    def drop(self) -> None:
        """Leave. What is not committed is undone by the server."""
        self._session.drop()
