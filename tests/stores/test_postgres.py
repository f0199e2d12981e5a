"""The store on PostgreSQL keeps what every store promises, and what nodes that share it need."""

import asyncio
import contextlib
import itertools
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.stores.postgres import PostgresStore
from pagerd.stores.postgres_server import Address
from pagerd.stores.postgres_writer import TURN_SECONDS
from tests.postgres.fixtures import administer
from tests.postgres.server import PASSWORD, SUPERUSER
from tests.stores.conformance import StoreConformance, write_schema

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


async def balance_left(connection):
    """A unit that reads one account."""
    ((balance,),) = await connection.execute("SELECT balance FROM accounts WHERE name = 'left'")
    return balance


@pytest.fixture
def schema(tmp_path):
    """The migrations that the tests use."""
    return write_schema(tmp_path / "schema")


def address_of(server, name, **more):
    """Where a database of a server of the tests is."""
    address = {
        "hosts": (("127.0.0.1", server.port),),
        "database": name,
        "user": SUPERUSER,
        "password": lambda: PASSWORD,
    }
    return Address(**(address | more))


@contextlib.asynccontextmanager
async def opened(server, database, schema, **more):
    """A store on a database, closed in the end."""
    store = await PostgresStore.open(address_of(server, database), migrations=schema, **more)
    try:
        yield store
    finally:
        await store.close()


class TestOnPostgres(StoreConformance):
    @pytest.fixture
    async def store(self, postgres, database, schema):
        async with opened(postgres, database, schema) as store:
            yield store


async def test_a_unit_is_told_the_time_of_the_database(postgres, database, schema):
    """All units of a batch have the database's own instant; a read has what was said last, and the time since."""
    told = []

    async def times(connection):
        rows = await connection.execute("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)")
        return connection.now, rows[0][0]

    async with opened(postgres, database, schema, saw=told.append) as store:
        seen = await asyncio.gather(store.write(times), store.write(times), store.read(times))

    for now, then in seen:
        assert abs(then - (now - EPOCH) // MICROSECOND) < 2_000_000
    assert seen[0][0] == seen[1][0]
    assert seen[0][0] in told


async def test_two_nodes_write_in_turn(postgres, database, schema):
    """Units of two nodes see each other's work whole, as if there were one writer."""

    async def count_up(connection):
        ((balance,),) = await connection.execute("SELECT balance FROM accounts WHERE name = 'left'")
        await connection.execute("UPDATE accounts SET balance = $1 WHERE name = 'left'", balance + 1)

    async with opened(postgres, database, schema) as one, opened(postgres, database, schema) as other:
        await asyncio.gather(*(store.write(count_up) for _ in range(50) for store in (one, other)))

        assert await one.read(balance_left) == 1100


async def test_a_long_batch_is_several_turns(postgres, database, schema):
    """Where units take long, the other nodes have their turns in between, and the units keep their order."""
    clock, transactions = [0.0], []

    async def slow(connection):
        clock[0] += TURN_SECONDS * 0.4
        transactions.append((await connection.execute("SELECT CAST(txid_current() AS text)"))[0][0])

    async with opened(postgres, database, schema, monotonic=lambda: clock[0]) as store:
        order = await asyncio.gather(*(store.write(slow) for _ in range(8)))

    assert len(order) == len(transactions) == 8
    assert [len(list(group)) for _, group in itertools.groupby(transactions)] == [3, 3, 2]


async def test_nodes_that_start_at_once_migrate_once(postgres, database, schema):
    """Of nodes that start together on an empty database one applies each migration, and all of them run."""
    stores = await asyncio.gather(
        *(PostgresStore.open(address_of(postgres, database), migrations=schema) for _ in range(4))
    )
    try:
        assert await stores[3].read(balance_left) == 1000
        assert await administer(postgres, "SELECT number, runs_from FROM schema_migrations", database=database) == [
            (1, 1)
        ]
    finally:
        await asyncio.gather(*(store.close() for store in stores))
