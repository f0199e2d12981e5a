"""Bringing the schema of a PostgreSQL database up to date, when several nodes may start at once.

Each migration is one transaction that begins with the turn to write: of two nodes that start together one applies it,
the other finds it applied, and a node that runs waits for its next batch until then.
"""

import re
from typing import Any, Final

import asyncpg
import structlog

from pagerd.stores.base import StoreUnusable
from pagerd.stores.migrations import CREATE_TABLE, INSERT_APPLIED, SELECT_APPLIED, Applied, Migration, pending
from pagerd.stores.postgres_connection import Session
from pagerd.stores.postgres_errors import PostgresTrouble
from pagerd.stores.postgres_writer import TURN_KEY

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

MIGRATION_SECONDS: Final = 600.0  # a table of a large installation may be written anew; nothing else waits this long
_BEGIN: Final = f"BEGIN; SET LOCAL synchronous_commit = on; SELECT pg_advisory_xact_lock({TURN_KEY})"
_TRANSACTION: Final = re.compile(
    r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|(?P<word>\b(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT)\b)",
    re.DOTALL | re.IGNORECASE,
)


async def migrate(session: Session, known: tuple[Migration, ...]) -> tuple[Migration, ...]:
    """Bring the schema up to date, each migration in one transaction with its row; return those that were applied."""
    done = []
    while (migration := await _apply_next(session, known)) is not None:
        done.append(migration)
    return tuple(done)


async def _apply_next(session: Session, known: tuple[Migration, ...]) -> Migration | None:
    """Apply the first migration that is still to be applied, or say that there is none."""
    await session.script(_BEGIN, "begin a migration", MIGRATION_SECONDS)
    try:
        await session.script(CREATE_TABLE["postgres"], "make the table schema_migrations")
        rows: list[Any] = await session.fetch(SELECT_APPLIED["postgres"])
        todo = pending([Applied(*row) for row in rows], known)
        if todo:
            await _apply(session, todo[0])
        await session.script("COMMIT", "commit a migration", MIGRATION_SECONDS)
    except BaseException:
        # What is dropped in a transaction is rolled back by the server.
        session.drop()
        raise
    return todo[0] if todo else None


async def _apply(session: Session, migration: Migration) -> None:
    name = f"{migration.number:04}_{migration.name}"
    if any(match["word"] for match in _TRANSACTION.finditer(migration.sql)):
        raise StoreUnusable(f"migration {name} failed and nothing of it was kept: it may not end its transaction")
    try:
        await session.script(migration.sql, f"apply migration {name}", MIGRATION_SECONDS)
    except (asyncpg.PostgresError, PostgresTrouble) as error:
        if isinstance(error, PostgresTrouble) and not error.reaction.of_unit:
            raise
        raise StoreUnusable(f"migration {name} failed and nothing of it was kept: {error}") from error
    values = (migration.number, migration.name, migration.sha256, migration.runs_from)
    await session.fetch(INSERT_APPLIED["postgres"], values)
