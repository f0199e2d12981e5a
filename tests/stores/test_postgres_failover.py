"""The store on a replicated pair: which of two servers it believes, and what it answers when one cannot promise."""

import asyncio

import pytest

from pagerd.stores.base import StoreUnavailable
from pagerd.stores.postgres import PostgresStore
from pagerd.stores.postgres_server import Address
from tests.e2e.processes import poll_again
from tests.postgres.pair import DATABASE, USER, a_pair, ask
from tests.postgres.server import PASSWORD

pytestmark = pytest.mark.timeout(120)


def address_of(pair):
    """Return the pair as the settings name it, by its wires."""
    hosts = tuple(("127.0.0.1", member.wire.port) for member in pair.members)
    return Address(hosts=hosts, database=DATABASE, user=USER, password=lambda: PASSWORD, tls="disable")


def source(name):
    """A unit that writes one row."""

    async def unit(c):
        await c.execute("INSERT INTO sources (name, first_seen_at, last_seen_at) VALUES ($1, 1, 1)", name)

    return unit


async def test_an_old_primary_is_not_believed():
    """Started beside it, knowing of no other, a store writes to the one that was promoted since."""
    async with a_pair() as pair:
        old = pair.primary
        store = await PostgresStore.open(address_of(pair))
        await store.write(source("before"))
        await pair.kill(old)
        new = await pair.promote()
        await store.write(source("after"))
        await store.close()

        await pair.bring_back(old)
        store = await PostgresStore.open(address_of(pair))
        async with asyncio.timeout(5):
            await store.write(source("started beside the old one"))
        await store.close()

        assert await ask(new, "SELECT count(*) FROM sources") == 3
        assert await ask(old, "SELECT count(*) FROM sources") == 1


async def test_a_wait_for_the_standby_that_is_cancelled_is_no_success():
    """PostgreSQL then says COMMIT all the same: it is on one disk, and gone when the standby is promoted."""
    async with a_pair() as pair:
        store = await PostgresStore.open(address_of(pair))
        await pair.kill(pair.standby)
        async with asyncio.TaskGroup() as group:
            writing = group.create_task(refused(store, "cancelled"))
            while not await ask(pair.primary, CANCEL):
                await poll_again()
        assert "standby" in writing.result()

        await pair.kill(pair.primary)
        await pair.bring_back(pair.standby)
        await pair.promote()
        await store.write(source("cancelled"))  # what was refused is sent again, and is nobody's duplicate
        await store.close()


CANCEL = "SELECT count(pg_cancel_backend(pid)) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


async def refused(store, name):
    """Write, and return what the refusal says."""
    with pytest.raises(StoreUnavailable) as caught:
        await store.write(source(name))
    return str(caught.value)
