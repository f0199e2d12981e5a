import asyncio
import contextlib
import threading

import apsw
import pytest

from pagerd.stores import sqlite_readers
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_connection import connect
from pagerd.stores.sqlite_readers import READERS, Readers
from tests.stores.conformance import adding, all_ids, write_schema


@pytest.fixture
async def store(tmp_path):
    """A store on a file."""
    store = SqliteStore.open(tmp_path / "pagerd.db", migrations=write_schema(tmp_path / "schema"))
    yield store
    await store.close()


class Gate:
    """A unit that stays in its transaction until it is let out."""

    def __init__(self):
        self.entered = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._out = threading.Event()

    async def unit(self, connection):
        before = await connection.execute("SELECT count(*) FROM notes")
        self._loop.call_soon_threadsafe(self.entered.set)
        assert self._out.wait(20)
        after = await connection.execute("SELECT count(*) FROM notes")
        return before, after

    def open(self):
        self._out.set()


async def test_a_read_sees_one_snapshot(store):
    """What is committed while a read goes on is not seen by it, and the writer does not wait for it."""
    gate = Gate()
    async with asyncio.TaskGroup() as group:
        read = group.create_task(store.read(gate.unit))
        await gate.entered.wait()
        await store.write(adding(1))
        gate.open()

    assert read.result() == ([(0,)], [(0,)])
    assert await store.read(all_ids) == [1]


async def test_a_slow_read_holds_up_no_other(store):
    """While one reader is busy the others answer."""
    gate = Gate()
    async with asyncio.TaskGroup() as group:
        group.create_task(store.read(gate.unit))
        await gate.entered.wait()

        assert await store.read(all_ids) == []
        gate.open()


async def test_too_many_reads_are_refused(tmp_path, store):
    """Behind a bounded number of waiting reads the next is refused at once, and those accepted are answered."""
    gates = [Gate() for _ in range(READERS)]
    store._engine._readers._waiting_max = 3
    async with asyncio.TaskGroup() as group:
        for gate in gates:
            group.create_task(store.read(gate.unit))
        for gate in gates:
            await gate.entered.wait()
        waiting = [group.create_task(store.read(all_ids)) for _ in range(3)]
        await asyncio.sleep(0)

        with pytest.raises(StoreUnavailable, match="too busy: 3 reads are waiting"):
            await store.read(all_ids)
        for gate in gates:
            gate.open()

    assert [task.result() for task in waiting] == [[]] * 3


async def test_a_cancelled_read_that_has_not_begun_never_runs(store):
    """Nobody reads for a caller who has gone."""
    gates = [Gate() for _ in range(READERS)]
    ran = []

    async def unit(connection):
        ran.append(connection)

    async with asyncio.TaskGroup() as group:
        for gate in gates:
            group.create_task(store.read(gate.unit))
        for gate in gates:
            await gate.entered.wait()
        read = group.create_task(store.read(unit))
        await asyncio.sleep(0)
        read.cancel()
        await asyncio.sleep(0)
        for gate in gates:
            gate.open()
    await store.close()

    assert ran == []


async def test_suspended_readers_hold_nothing_open_and_come_back(store, tmp_path):
    """While they are suspended no reader has the file open; afterwards they read as before."""
    await store.write(adding(1))
    await asyncio.gather(*(store.read(all_ids) for _ in range(10)))
    readers = store._engine._readers

    with readers.suspended():
        assert [reader._connection for reader in readers._readers] == [None] * READERS

    assert await store.read(all_ids) == [1]


async def test_a_read_that_does_not_end_stops_the_suspension(store, monkeypatch):
    """Suspending gives up after its limit, and gives back the readers that it already held."""
    monkeypatch.setattr(sqlite_readers, "SUSPEND_SECONDS", 0.05)
    gate = Gate()
    async with asyncio.TaskGroup() as group:
        group.create_task(store.read(gate.unit))
        await gate.entered.wait()

        with (
            pytest.raises(StoreUnavailable, match=r"held the database open for more than 0\.05 s"),
            store._engine._readers.suspended(),
        ):
            pytest.fail("a reader was in the file")
        assert await store.read(all_ids) == []
        gate.open()


async def test_the_last_reader_out_leaves_the_wal_alone(tmp_path):
    """Readers never checkpoint, also when no writer is on the file, as after a failed commit."""
    path = tmp_path / "a.db"
    path.touch()
    with contextlib.closing(connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE notes (id integer)")
        readers = Readers(path, count=1)
        future = asyncio.get_running_loop().create_future()
        readers.submit(all_ids, future)
        assert await future == []
        writer.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    before = path.read_bytes()

    with readers.suspended():
        assert path.with_name("a.db-wal").stat().st_size > 4096
        assert path.read_bytes() == before
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    readers.stop(lambda: loop.call_soon_threadsafe(stopped.set))
    await stopped.wait()
