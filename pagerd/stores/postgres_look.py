"""One look into a PostgreSQL database from outside of a node: one snapshot, and nothing is written or migrated."""

from typing import Any, Final, TypeVar, cast

from pagerd.stores.base import Row, StoreUnusable, Unit, Value
from pagerd.stores.migrations import SCHEMA_DIRECTORY, SELECT_APPLIED, Applied, load, pending
from pagerd.stores.postgres_connection import Session, run_unit
from pagerd.stores.postgres_server import Address, Server

T = TypeVar("T")

LOOK_SECONDS: Final = 600.0  # a month of messages on a slow link; a server that is gone says so sooner

_BEGIN: Final = (
    # A server may have limits of its own, made for transactions of a moment.
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0;"
    " SET LOCAL idle_in_transaction_session_timeout = 0"
)
_IS_OURS: Final = "SELECT to_regclass('schema_migrations') IS NOT NULL"


async def look(address: Address, unit: Unit[T]) -> T:
    """Run a unit that only reads, on one snapshot, beside the nodes that work there; no turn to write is taken.

    Raises StoreUnusable where no pagerd has set the database up, or a newer one has; StoreUnavailable where trying
    later may help.
    """
    server = Server(address)
    session = await server.connect()

    async def fetch(sql: str, values: tuple[Value, ...]) -> list[Row]:
        return await session.fetch(sql, values, LOOK_SECONDS)

    try:
        await session.script(_BEGIN, "begin to read")
        await _check_ours(session, address.database)
        error, result = await run_unit(unit, await server.now(session), fetch)
        if error is not None:
            raise error
        return cast("T", result)
    finally:
        # What is dropped in a transaction is rolled back by the server.
        session.drop()


async def _check_ours(session: Session, database: str) -> None:
    if await session.fetch(_IS_OURS) != [(True,)]:
        raise StoreUnusable(f"the database {database} on {session.where} was never set up by pagerd")
    rows: list[Any] = await session.fetch(SELECT_APPLIED["postgres"])
    pending([Applied(*row) for row in rows], load(SCHEMA_DIRECTORY, "postgres"))
