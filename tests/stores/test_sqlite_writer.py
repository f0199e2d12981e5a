import asyncio
import threading

import apsw
import pytest
import structlog

from pagerd.stores import sqlite_readers, sqlite_writer
from pagerd.stores.base import StoreUnavailable, Trouble
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_connection import SqliteTrouble
from tests.stores.conformance import adding, all_ids, write_schema


class World:
    """A store with a clock that we turn, and the calls that it made to the daemon."""

    def __init__(self, tmp_path, **more):
        self.now = 1000.0
        self.told = []
        self.path = tmp_path / "pagerd.db"
        self.store = SqliteStore.open(
            self.path,
            migrations=write_schema(tmp_path / "schema"),
            monotonic=lambda: self.now,
            on_failed=lambda: self.told.append("failed"),
            **more,
        )


@pytest.fixture
async def world(tmp_path):
    """A store that takes 50 waiting writes."""
    world = World(tmp_path, waiting_max=50)
    yield world
    await world.store.close()


class Gate:
    """A unit that keeps the writer busy until it is let out."""

    def __init__(self, number):
        self.entered = asyncio.Event()
        self._number = number
        self._loop = asyncio.get_running_loop()
        self._out = threading.Event()

    async def unit(self, connection):
        self._loop.call_soon_threadsafe(self.entered.set)
        assert self._out.wait(20)
        await connection.execute("INSERT INTO notes (id) VALUES ($1)", self._number)

    def open(self):
        self._out.set()


def breaking(error):
    """A unit under which the database breaks."""

    async def unit(connection):
        await connection.execute("INSERT INTO notes (id) VALUES (666)")
        raise SqliteTrouble("run a statement", error)

    return unit


async def break_once(world, error=None):
    """Have the database break under a unit."""
    with pytest.raises(StoreUnavailable, match="could not run a statement"):
        await world.store.write(breaking(error or apsw.IOError("disk I/O error")))


async def test_what_gathers_during_a_commit_shares_the_next(world):
    """All units that wait while the writer is busy are committed together."""
    gate = Gate(0)
    async with asyncio.TaskGroup() as group:
        group.create_task(world.store.write(gate.unit))
        await gate.entered.wait()
        for number in range(1, 41):
            group.create_task(world.store.write(adding(number)))
        await asyncio.sleep(0)
        assert world.store.waiting == 40
        gate.open()

    assert world.store.statistics.commits == 2
    assert world.store.statistics.units == 41


async def test_too_many_writes_are_refused(world):
    """Behind a bounded number of waiting writes the next is refused at once, and those accepted are kept."""
    gate = Gate(0)
    async with asyncio.TaskGroup() as group:
        group.create_task(world.store.write(gate.unit))
        await gate.entered.wait()
        for number in range(1, 51):
            group.create_task(world.store.write(adding(number)))
        await asyncio.sleep(0)

        with pytest.raises(StoreUnavailable, match="too busy: 50 writes are waiting"):
            await world.store.write(adding(51))
        gate.open()

    assert await world.store.read(all_ids) == list(range(51))


async def test_a_cancelled_write_that_has_not_begun_never_runs(world):
    """A caller who is gone before the batch takes the unit along."""
    gate = Gate(0)
    async with asyncio.TaskGroup() as group:
        group.create_task(world.store.write(gate.unit))
        await gate.entered.wait()
        write = group.create_task(world.store.write(adding(1)))
        await asyncio.sleep(0)
        write.cancel()
        await asyncio.sleep(0)
        gate.open()
    await world.store.write(adding(2))

    assert await world.store.read(all_ids) == [0, 2]


async def test_a_write_that_has_begun_is_kept_though_its_caller_is_cancelled(world):
    """A unit that has begun is committed with the others."""
    gate = Gate(0)
    async with asyncio.TaskGroup() as group:
        write = group.create_task(world.store.write(gate.unit))
        await gate.entered.wait()
        write.cancel()
        await asyncio.sleep(0)
        gate.open()
    await world.store.write(adding(1))

    assert write.cancelled()
    assert await world.store.read(all_ids) == [0, 1]


async def test_a_busy_writer_can_be_seen(world):
    """Since when the batch in progress runs can be read while it runs, so that a hung disk is noticed."""
    gate = Gate(0)
    async with asyncio.TaskGroup() as group:
        group.create_task(world.store.write(gate.unit))
        await gate.entered.wait()

        assert world.store.statistics.batch_started == 1000.0
        gate.open()

    assert world.store.statistics.batch_started is None


async def test_a_broken_batch_keeps_nothing_and_the_next_is_written(world):
    """When the database breaks under one unit, all units of the batch are refused, and the file is opened anew."""
    await world.store.write(adding(1))
    gate = Gate(2)
    async with asyncio.TaskGroup() as group:
        group.create_task(world.store.write(gate.unit))
        await gate.entered.wait()
        batch = asyncio.gather(
            world.store.write(adding(3)),
            world.store.write(breaking(apsw.IOError("disk I/O error"))),
            world.store.write(adding(4)),
            return_exceptions=True,
        )
        await asyncio.sleep(0)
        gate.open()
        results = await batch
    await world.store.write(adding(5))

    assert [type(result) for result in results] == [StoreUnavailable] * 3
    assert len({id(result) for result in results}) == 3
    assert await world.store.read(all_ids) == [1, 2, 5]
    assert world.store.statistics.breakages == 1
    assert not world.store.failed


async def test_three_breakages_in_ten_minutes_ask_for_a_restart(world):
    """The third breakage within the window is told to the daemon, once, and the store goes on trying."""
    for _ in range(2):
        await break_once(world)
        world.now += 200
    assert not world.store.failed

    await break_once(world)
    assert world.store.failed
    await break_once(world)
    await world.store.write(adding(1))

    assert world.told == ["failed"]


async def test_breakages_far_apart_are_forgotten(world):
    """Breakages over a long time do not add up."""
    for _ in range(6):
        await break_once(world)
        world.now += 301

    assert world.store.statistics.breakages == 6
    assert not world.store.failed
    assert world.told == []


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (apsw.FullError("full"), Trouble.FULL),
        (apsw.BusyError("locked"), Trouble.LOCKED),
        (apsw.ReadOnlyError("readonly"), Trouble.READ_ONLY),
        (apsw.CorruptError("malformed"), Trouble.DAMAGED),
        (apsw.NoMemError("out of memory"), Trouble.OTHER),
    ],
)
async def test_a_refusal_says_what_the_trouble_is(world, error, trouble):
    """Whoever tells the operators needs no words of SQLite's to know what they should do."""
    with pytest.raises(StoreUnavailable) as refused:
        await world.store.write(breaking(error))

    assert refused.value.trouble is trouble


async def test_a_file_that_waits_to_be_opened_anew_is_in_the_same_trouble(world):
    """Being refused at once in between is no trouble of its own."""
    await world.store.write(adding(1))
    world.path.rename(world.path.with_name("away.db"))
    await break_once(world, apsw.CorruptError("malformed"))
    with pytest.raises(StoreUnavailable, match="could not open its file anew"):
        await world.store.write(adding(2))
    with pytest.raises(StoreUnavailable, match="waits a moment") as refused:
        await world.store.write(adding(3))

    assert refused.value.trouble is Trouble.IO_ERROR


async def test_a_full_disk_is_no_breakage(world):
    """A full disk refuses the batch and keeps the connection."""
    connection = world.store._engine._writer._connection
    for _ in range(5):
        await break_once(world, apsw.FullError("database or disk is full"))
    await world.store.write(adding(1))

    assert world.store._engine._writer._connection is connection
    assert world.store.statistics.breakages == 0
    assert await world.store.read(all_ids) == [1]


async def test_a_lost_file_is_not_replaced_by_an_empty_one(world):
    """When the file is gone at the reopening, writes are refused rather than kept in a new database."""
    await world.store.write(adding(1))
    away = world.path.rename(world.path.with_name("away.db"))
    await break_once(world)

    with pytest.raises(StoreUnavailable, match="could not open its file anew: CantOpenError"):
        await world.store.write(adding(2))
    with pytest.raises(StoreUnavailable, match="waits a moment"):
        await world.store.write(adding(3))
    away.rename(world.path)
    world.now += 1.5
    await world.store.write(adding(4))

    assert await world.store.read(all_ids) == [1, 4]


async def test_a_read_in_the_way_of_reopening_is_waited_out(world, monkeypatch):
    """A long read holds up the reopening, which is no fault of the disk, and after it all is well."""
    monkeypatch.setattr(sqlite_readers, "SUSPEND_SECONDS", 0.05)
    gate = Gate(0)

    async def long_read(connection):
        await connection.execute("SELECT count(*) FROM notes")
        world_loop.call_soon_threadsafe(gate.entered.set)
        assert gate._out.wait(20)

    world_loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as group:
        group.create_task(world.store.read(long_read))
        await gate.entered.wait()
        await break_once(world)
        for _ in range(4):
            world.now += 2
            with pytest.raises(StoreUnavailable, match="a read has held the database open"):
                await world.store.write(adding(1))
        gate.open()
    world.now += 2
    await world.store.write(adding(2))

    assert world.store.statistics.breakages == 1
    assert not world.store.failed
    assert await world.store.read(all_ids) == [2]


async def test_a_log_that_cannot_be_written_stops_nothing(world):
    """The writer outlives a logger that raises."""

    def refuse(_logger, _method, _event):
        raise OSError("no space left on device")

    before = structlog.get_config()
    structlog.configure(processors=[refuse])
    try:
        await break_once(world)
        await world.store.write(adding(1))
    finally:
        structlog.configure(**before)

    assert await world.store.read(all_ids) == [1]


async def test_a_mistake_of_our_own_refuses_the_batch_and_no_more(world, monkeypatch):
    """An error in the writer itself reaches the callers as StoreUnavailable, and the thread lives on."""
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_writer.Writer, "_commit_together", lambda *_: 1 // 0)
        with pytest.raises(StoreUnavailable, match="the writer failed: ZeroDivisionError"):
            await world.store.write(adding(1))
    await world.store.write(adding(2))

    assert await world.store.read(all_ids) == [2]


async def test_the_wal_is_copied_back_when_it_is_long(world, monkeypatch):
    """Under steady load the WAL is copied back in time and used from its beginning again."""
    monkeypatch.setattr(sqlite_writer, "CHECKPOINT_PAGES", 40)
    for number in range(300):
        await world.store.write(adding(number))

    assert world.store.statistics.checkpoints >= 10
    assert world.store.statistics.wal_pages < 50
    assert world.path.with_name("pagerd.db-wal").stat().st_size < 80 * 4200


async def test_a_reader_in_the_way_only_delays_the_copying(world, monkeypatch):
    """While a long read needs the WAL, writes go on without a checkpoint for each of them."""
    monkeypatch.setattr(sqlite_writer, "CHECKPOINT_PAGES", 40)
    gate = Gate(0)
    loop = asyncio.get_running_loop()

    async def long_read(connection):
        await connection.execute("SELECT count(*) FROM notes")
        loop.call_soon_threadsafe(gate.entered.set)
        assert gate._out.wait(20)

    async with asyncio.TaskGroup() as group:
        group.create_task(world.store.read(long_read))
        await gate.entered.wait()
        for number in range(100):
            await world.store.write(adding(number))
        during = world.store.statistics.checkpoints
        gate.open()
    for number in range(100, 200):
        await world.store.write(adding(number))

    assert 3 <= during <= 15
    assert world.store.statistics.wal_pages < 50


async def test_the_wal_is_copied_back_when_nobody_writes(world, monkeypatch):
    """After a short rest the WAL is copied back, and then the writer sleeps without a limit."""
    monkeypatch.setattr(sqlite_writer, "IDLE_SECONDS", 0.01)
    await world.store.write(adding(1))
    async with asyncio.timeout(20):
        while world.store.statistics.wal_pages:  # noqa: ASYNC110 - the counter is all that shows
            await asyncio.sleep(0)

    assert world.store.statistics.checkpoints == 1
