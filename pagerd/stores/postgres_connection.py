"""One connection to a PostgreSQL server, and what a unit sees of it.

Each call has a hard deadline, and what happens then is that the socket is closed: nothing that asks the server for
anything may be waited for, a server that stands still would not answer that either. So a call is never cancelled (the
driver would ask the server to cancel, on yet another connection), and a connection is never closed politely when there
was trouble.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg

from pagerd.stores.base import Row, Unit, Value
from pagerd.stores.postgres_errors import DEADLINE, PostgresTrouble, explain
from pagerd.stores.postgres_pending import PENDING_MAX, Change, table_of, together
from pagerd.stores.statements import STATEMENTS_MAX, check_values, places

STATEMENT_SECONDS: Final = 2.0  # what a client waits for one statement of a few rows; then the server is given up
# The server gives up a little earlier, where it still can say so. Set in each transaction, because behind a pooler in
# transaction mode a session is nobody's. A node that is frozen in its turn to write is thrown out after 2 s.
TIMEOUTS: Final = (
    "SET LOCAL statement_timeout = 1800; SET LOCAL lock_timeout = 1500;"
    " SET LOCAL idle_in_transaction_session_timeout = 2000; SET LOCAL tcp_user_timeout = 5000"
)
ROWS_AT_ONCE: Final = 500  # of the longest rows, 64 KiB each, 32 MiB
NOT_DURABLE_SQLSTATE: Final = "01000"

_checked: set[str] = set()


class Session:
    """A connection that was found to be on a primary; `timeline` of its `cluster` is what it was found on."""

    def __init__(self, raw: "asyncpg.Connection[asyncpg.Record]", where: str, *, cluster: int, timeline: int) -> None:
        self.where = where
        self.cluster = cluster
        self.timeline = timeline
        self.clock = datetime.min.replace(tzinfo=UTC)
        """What time it was there when the connection was looked at."""
        self.commits_late = False
        """Whether the server was told to confirm a COMMIT before it is on the disk, unless asked otherwise."""
        self._raw = raw
        self._loop = asyncio.get_running_loop()
        self._is_late = False
        self._warnings: list[str] = []
        raw.add_log_listener(self._hear)

    @property
    def is_usable(self) -> bool:
        """Whether nothing ended it yet, as far as this side knows."""
        return not self._raw.is_closed()

    def _hear(self, _raw: object, message: Any) -> None:  # noqa: ANN401  # the driver makes its classes as it runs
        if message.sqlstate == NOT_DURABLE_SQLSTATE:
            self._warnings.append(message.message)

    async def script(self, statements: str, attempted: str, seconds: float = STATEMENT_SECONDS) -> str:
        """Run statements without values in one round trip; return the server's word for the last one."""
        timer = self._loop.call_later(seconds, self._give_up)
        try:
            word: str = await self._raw.execute(statements)
        except Exception as error:
            raise self._explained(error, attempted) from error
        else:
            return word
        finally:
            timer.cancel()

    async def fetch(self, sql: str, values: tuple[Value, ...] = (), seconds: float = STATEMENT_SECONDS) -> list[Row]:
        """Run one statement and return its rows."""
        timer = self._loop.call_later(seconds, self._give_up)
        try:
            return [tuple(row) for row in await self._raw.fetch(sql, *values)]
        except Exception as error:
            raise self._explained(error, "run a statement") from error
        finally:
            timer.cancel()

    async def copy(self, table: str, columns: tuple[str, ...], rows: Iterable[Row], seconds: float) -> None:
        """Put rows into a table by COPY; they are drawn from the iterable as they are sent."""
        timer = self._loop.call_later(seconds, self._give_up)
        try:
            await self._raw.copy_records_to_table(table, columns=columns, records=rows)
        except Exception as error:
            raise self._explained(error, f"copy into {table}") from error
        finally:
            timer.cancel()

    async def stream(self, sql: str, seconds: float) -> AsyncIterator[list[Row]]:
        """Yield the rows of a statement, a few at a time; only in a transaction."""
        timer = self._loop.call_later(seconds, self._give_up)
        try:
            cursor = await self._raw.cursor(sql)
            while records := await cursor.fetch(ROWS_AT_ONCE):
                yield [tuple(record) for record in records]
        except Exception as error:
            raise self._explained(error, "read rows") from error
        finally:
            timer.cancel()

    def unconfirmed(self) -> str:
        """Return what the server warned of since this was asked last: a COMMIT with a warning is not on two disks."""
        # Not compared with the words: servers speak many languages. In a COMMIT of ours nothing else warns.
        warnings, self._warnings = self._warnings, []
        return "; ".join(warnings)

    def drop(self, *, hangs: bool = False) -> None:
        """Close the socket, at once, whatever is under way on it: that ends with DEADLINE where the server `hangs`."""
        self._is_late = self._is_late or hangs
        self._raw.terminate()

    async def close(self, seconds: float = STATEMENT_SECONDS) -> None:
        """Take leave of the server; a server that does not answer to that is left."""
        try:
            await self._raw.close(timeout=seconds)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):  # a TimeoutError is an OSError
            self.drop()

    def _give_up(self) -> None:
        self.drop(hangs=True)

    def _explained(self, error: Exception, attempted: str) -> Exception:
        if self._is_late:
            return PostgresTrouble(attempted, DEADLINE, self.where)
        return explain(error, f"{attempted} on {self.where}")


class _Asked:
    """A statement on its way from a unit to whoever drives the unit."""

    __slots__ = ("by", "sql", "values")

    def __init__(self, by: "UnitConnection", sql: str, values: tuple[Value, ...]) -> None:
        self.by = by
        self.sql = sql
        self.values = values

    def __await__(self) -> Any:  # noqa: ANN401  # what a generator yields and is sent has no type of its own
        return (yield self)


class UnitConnection:
    """The Connection of one unit: it ends with the unit, and one failed statement dooms the unit."""

    __slots__ = ("failure", "has_ended", "now")
    dialect: str = "postgres"

    def __init__(self, now: datetime) -> None:
        self.now: datetime | None = now
        self.failure: Exception | None = None
        self.has_ended = False

    async def execute(self, sql: str, *values: Value) -> list[Row]:
        """Run one statement and return its rows; values that not every store can keep raise ValueError."""
        if self.has_ended:
            raise RuntimeError("the unit has ended: its connection may not be used outside it")
        if self.failure is not None:
            raise RuntimeError("an earlier statement of this unit failed: nothing of the unit will be kept")
        try:
            if sql not in _checked:
                _check(sql)
            check_values(values)
            rows: list[Row] = await _Asked(self, sql, values)
        except Exception as error:
            self.failure = error
            raise
        return rows


def _check(sql: str) -> None:
    for _place in places(sql):
        pass
    if len(_checked) >= STATEMENTS_MAX:
        _checked.clear()
    _checked.add(sql)


async def _send(pending: list[Change], question: Change | None, fetch: "Fetch") -> list[Row]:
    """Send what waits, and what asks for an answer behind it; return that answer."""
    statements, pending[:] = together(pending, question), []
    rows: list[Row] = []
    for sql, values in statements:
        rows = await fetch(sql, values)
    return rows


Fetch = Callable[[str, tuple[Value, ...]], Awaitable[list[Row]]]


async def run_unit(unit: Unit[object], now: datetime, fetch: Fetch) -> tuple[BaseException | None, object]:
    """Drive a unit to its end; return what it raised, or None, and what it returned.

    The unit is no task of its own: it stops at each statement, and at nothing else. Trouble that is not the unit's own
    is raised, whatever the unit made of it.
    """
    connection = UnitConnection(now)
    steps = unit(connection).__await__()
    rows: list[Row] | None = None
    error: Exception | None = None
    raised: BaseException | None
    result: object = None
    pending: list[Change] = []
    while True:
        try:
            asked = steps.send(rows) if error is None else steps.throw(error)
        except StopIteration as end:
            raised, result = connection.failure, end.value
            break
        except BaseException as its_own:  # noqa: BLE001 - it belongs to the unit's caller, the others go on
            raised = its_own
            break
        if not isinstance(asked, _Asked) or asked.by is not connection:
            steps.close()
            text = f"a unit may await nothing but its Connection; {unit!r} awaited {asked!r}"
            raised = RuntimeError(text)
            break
        if len(pending) < PENDING_MAX and table_of(asked.sql) is not None:
            pending.append((asked.sql, asked.values))
            rows, error = [], None
            continue
        try:
            rows, error = await _send(pending, (asked.sql, asked.values), fetch), None
        except Exception as failed:  # noqa: BLE001 - the unit hears of it, and may not swallow it
            rows, error = None, failed
    connection.has_ended = True
    if raised is None:
        try:
            await _send(pending, None, fetch)
        except Exception as failed:  # noqa: BLE001 - as above
            raised = connection.failure = failed
    if isinstance(connection.failure, PostgresTrouble):
        if not connection.failure.reaction.of_unit:
            raise connection.failure
        raised = connection.failure
    return raised, None if raised is not None else result
