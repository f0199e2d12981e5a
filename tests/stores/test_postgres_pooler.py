"""Behind a pooler in transaction mode the store keeps what every store promises: nothing of it hangs on a session."""

import asyncio

import pytest

from pagerd.stores.postgres import PostgresStore
from pagerd.stores.postgres_server import Address
from tests.postgres.pooler import pooled
from tests.postgres.server import PASSWORD, SUPERUSER
from tests.share import in_share
from tests.stores.conformance import StoreConformance, write_schema


@pytest.fixture(scope="module")
def pooler(postgres):
    """The port of a pooler before the tests' server."""
    with pooled(postgres) as port:
        yield port


# Each promise costs a database of its own: CI looks at one load, the whole bar at every promise.
Promises = in_share(ci=object, proof=StoreConformance)


class TestBehindAPooler(Promises):
    @pytest.fixture
    async def store(self, pooler, database, tmp_path):
        address = Address(
            hosts=(("127.0.0.1", pooler),),
            database=database,
            user=SUPERUSER,
            password=lambda: PASSWORD,
            tls="disable",
            prepared_statements=False,
        )
        store = await PostgresStore.open(address, migrations=write_schema(tmp_path / "schema"))
        yield store
        await store.close()

    async def test_sessions_change_hands_and_nothing_is_lost(self, store):
        """More callers than sessions write and read at once: each has its own row, and reads what was committed."""

        def opened(name):
            async def unit(c):
                await c.execute("INSERT INTO accounts (name, balance) VALUES ($1, $2)", name, 1)

            return unit

        async def names(c):
            return {name for (name,) in await c.execute("SELECT name FROM accounts WHERE balance = 1")}

        wanted = {f"account {number}" for number in range(60)}
        read = [store.read(names) for _ in range(20)]
        await asyncio.gather(*(store.write(opened(name)) for name in wanted), *read)

        assert await store.read(names) == wanted
