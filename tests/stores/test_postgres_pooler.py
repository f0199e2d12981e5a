"""Behind a pooler in transaction mode the store keeps what every store promises: nothing of it hangs on a session."""

import pytest

from pagerd.stores.postgres import PostgresStore
from pagerd.stores.postgres_server import Address
from tests.postgres.pooler import pooled
from tests.postgres.server import PASSWORD, SUPERUSER
from tests.stores.conformance import StoreConformance, write_schema


@pytest.fixture(scope="module")
def pooler(postgres):
    """The port of a pooler before the tests' server."""
    with pooled(postgres) as port:
        yield port


class TestBehindAPooler(StoreConformance):
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
