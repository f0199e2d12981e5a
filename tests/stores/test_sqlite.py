import asyncio
import contextlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from pagerd.core.errors import StaleState
from pagerd.stores import sqlite_connection
from pagerd.stores.base import StoreUnavailable, StoreUnusable
from pagerd.stores.sqlite import SqliteStore
from tests.stores.conformance import StoreConformance, adding, all_ids, write_schema

ROOT = Path(__file__).parents[2]


@pytest.fixture
def schema(tmp_path):
    """The migrations that the tests use."""
    return write_schema(tmp_path / "schema")


@pytest.fixture
def path(tmp_path):
    """Where the database will be; its directory is not there yet."""
    return tmp_path / "state" / "pagerd.db"


@contextlib.asynccontextmanager
async def opened(path, schema, **more):
    """A store on a file, closed in the end."""
    store = SqliteStore.open(path, migrations=schema, **more)
    try:
        yield store
    finally:
        await store.close()


class TestOnAFile(StoreConformance):
    @pytest.fixture
    async def store(self, path, schema):
        async with opened(path, schema) as store:
            yield store


class TestInMemory(StoreConformance):
    @pytest.fixture
    async def store(self, schema):
        store = SqliteStore.in_memory(migrations=schema)
        yield store
        await store.close()

    async def test_units_run_at_once(self, store):
        """In memory a write is done without a turn of the event loop."""
        ready = []
        asyncio.get_running_loop().call_soon(ready.append, "the loop turned")

        await store.write(adding(1))
        assert await store.read(all_ids) == [1]

        assert ready == []

    async def test_a_unit_may_not_call_the_store(self, store):
        """A unit that waits for another write is told so instead of being given a nested transaction."""

        async def unit(connection):
            await store.write(adding(1))

        with pytest.raises(RuntimeError, match="not the store again"):
            await store.write(unit)

        assert await store.read(all_ids) == []


async def test_a_reopened_store_holds_what_was_written(path, schema):
    """What was written before a close is there after the next open, and the WAL was copied back."""
    async with opened(path, schema) as store:
        await store.write(adding(1, 2))
        await store.read(all_ids)

    assert sorted(file.name for file in path.parent.iterdir()) == ["pagerd.db", "pagerd.db.lock"]
    async with opened(path, schema) as store:
        assert await store.read(all_ids) == [1, 2]


async def test_files_are_private(path, schema):
    """The directory is 0700 and every file 0600, whatever the umask."""
    before = os.umask(0)
    try:
        async with opened(path, schema) as store:
            await store.write(adding(1))

            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert modes == dict.fromkeys(("pagerd.db", "pagerd.db-wal", "pagerd.db-shm", "pagerd.db.lock"), 0o600)


async def test_a_file_that_others_may_read_is_tightened(path, schema):
    """A database with open modes, say from a restored backup, is made private when it is opened."""
    async with opened(path, schema):
        pass
    path.chmod(0o644)

    async with opened(path, schema):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_second_store_on_the_file_is_refused(path, schema):
    """One process cannot open its file twice, by no name of it."""
    async with opened(path, schema):
        other = path.with_name("link.db")
        other.symlink_to(path)

        for name in (path, other):
            with pytest.raises(StoreUnusable, match=f"in use by another pagerd \\(process {os.getpid()}\\)"):
                SqliteStore.open(name, migrations=schema)


async def test_a_second_process_on_the_file_is_refused(path, schema):
    """Another process is told who has the file, and gets it after the close."""
    code = (
        "import sys, asyncio\nfrom pathlib import Path\nfrom pagerd.stores.sqlite import SqliteStore\n"
        "store = SqliteStore.open(sys.argv[1], migrations=Path(sys.argv[2]))\nasyncio.run(store.close())"
    )

    async def other():
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, path, schema, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE
        )
        _, errors = await process.communicate()
        return process.returncode, errors.decode()

    async with opened(path, schema):
        status, errors = await other()
    assert status == 1
    assert f"StoreUnusable: {path} is in use by another pagerd (process {os.getpid()})" in errors

    assert await other() == (0, "")


async def test_a_forgotten_close_does_not_hold_up_the_process(path, schema):
    """A process that never closes its store ends at once, and what it had been answered is there."""
    code = (
        "import sys, asyncio\nfrom pathlib import Path\nfrom pagerd.stores.sqlite import SqliteStore\n"
        "from tests.stores.conformance import adding, all_ids\n"
        "async def main():\n"
        "    store = SqliteStore.open(sys.argv[1], migrations=Path(sys.argv[2]))\n"
        "    await store.write(adding(1))\n"
        "    await store.read(all_ids)\n"
        "asyncio.run(main())"
    )

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, path, schema, cwd=ROOT, stdout=subprocess.PIPE
    )
    async with asyncio.timeout(20):
        await process.communicate()

    assert process.returncode == 0
    async with opened(path, schema) as store:
        assert await store.read(all_ids) == [1]


async def test_a_newer_schema_is_refused(path, schema):
    """A database that a newer pagerd has migrated is left alone."""
    second = schema / "0002_more.sql"
    second.write_text("CREATE TABLE more (id bigint PRIMARY KEY)")
    async with opened(path, schema):
        pass
    second.unlink()

    with pytest.raises(StoreUnusable, match="the database has schema 2, this pagerd knows 1: start the newer pagerd"):
        SqliteStore.open(path, migrations=schema)


async def test_a_changed_migration_is_refused(path, schema):
    """An applied migration whose file was edited stops the start."""
    async with opened(path, schema):
        pass
    with (schema / "0001_start.sqlite.sql").open("a") as file:
        file.write("-- one more word\n")

    with pytest.raises(StoreUnusable, match="0001_start is not the one that was applied"):
        SqliteStore.open(path, migrations=schema)


async def test_a_refused_open_gives_the_file_back(path, schema):
    """After a refusal the lock is free and the file can be opened by whoever has the right one."""
    bad = schema / "0002_bad.sql"
    bad.write_text("CREATE TABLE half (id bigint); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(StoreUnusable, match="migration 0002_bad failed and nothing of it was kept: no such table"):
        SqliteStore.open(path, migrations=schema)
    bad.write_text("CREATE TABLE half (id bigint);")

    async with opened(path, schema) as store:
        await store.write(adding(1))


async def test_a_foreign_database_is_refused_and_untouched(path, schema):
    """The database of another program is neither migrated nor put into another mode."""
    path.parent.mkdir()
    with contextlib.closing(apsw.Connection(str(path))) as connection:
        connection.execute("CREATE TABLE dashboards (id integer)")
    before = path.read_bytes()

    with pytest.raises(StoreUnusable, match="SQLite database of another program"):
        SqliteStore.open(path, migrations=schema)

    assert path.read_bytes() == before


def _truncated(content):
    return content[: len(content) // 2 + 1000]


def _scribbled(content):
    # The head of each page but the first: where the tree says what it holds.
    page = 4096
    return b"".join(
        content[at : at + page] if at == 0 else b"\x7f" * 64 + content[at + 64 : at + page]
        for at in range(0, len(content), page)
    )


@pytest.mark.parametrize(
    "damage",
    [_truncated, _scribbled, lambda content: b"not a database at all" + content[21:]],
    ids=["cut", "pages", "head"],
)
async def test_a_corrupt_file_is_refused(path, schema, damage):
    """A file that SQLite finds broken is not started on, and the message says what to do."""
    async with opened(path, schema) as store:
        await store.write(adding(*range(1000)))
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(StoreUnusable, match="restore a backup"):
        SqliteStore.open(path, migrations=schema)


def test_a_directory_is_no_database(path, schema):
    """A path that is a directory is refused with words."""
    path.mkdir(parents=True)

    with pytest.raises(StoreUnusable, match="not a regular file"):
        SqliteStore.open(path, migrations=schema)


def test_a_place_that_cannot_be_written_is_refused(tmp_path, schema):
    """A path below a file is refused with the system's reason."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreUnusable, match="cannot be opened"):
        SqliteStore.open(tmp_path / "file" / "pagerd.db", migrations=schema)


@contextlib.contextmanager
def held_from_outside(path):
    """Another program's write lock on the database."""
    with contextlib.closing(apsw.Connection(str(path))) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


async def test_a_lock_from_outside_is_waited_for(path, schema):
    """A write waits while a backup tool holds the lock, and goes on when it lets go."""
    async with opened(path, schema) as store:
        await store.write(adding(1))
        with held_from_outside(path) as outside:
            async with asyncio.TaskGroup() as group:
                write = group.create_task(store.write(adding(2)))
                while store.statistics.batch_started is None:  # noqa: ASYNC110 - the counter is all that shows
                    await asyncio.sleep(0)
                assert not write.done()
                outside.execute("ROLLBACK")

        assert await store.read(all_ids) == [1, 2]


async def test_a_lock_that_stays_is_unavailable(path, schema, monkeypatch):
    """A lock that is held longer than the store waits refuses the writes, reads go on, and no restart is asked for."""
    monkeypatch.setattr(sqlite_connection, "BUSY_TIMEOUT_MS", 50)
    async with opened(path, schema) as store:
        await store.write(adding(1))
        with held_from_outside(path):
            for _ in range(4):
                with pytest.raises(StoreUnavailable, match="could not begin to write: BusyError"):
                    await store.write(adding(2))
            assert await store.read(all_ids) == [1]
        await store.write(adding(3))

        assert await store.read(all_ids) == [1, 3]
        assert store.statistics.breakages == 0
        assert not store.failed


async def test_a_unit_that_waits_for_something_else_is_told_so(path, schema):
    """Awaiting anything but the connection is a clear error, and the unit is undone."""

    async def unit(connection):
        await connection.execute("INSERT INTO notes (id) VALUES (1)")
        await asyncio.sleep(0)

    async with opened(path, schema) as store:
        with pytest.raises(RuntimeError, match="may await nothing but its Connection"):
            await store.write(unit)

        assert await store.read(all_ids) == []


async def test_another_loop_is_refused(path, schema):
    """The store answers on one loop; a call from another is an error, not a lost wake-up."""
    async with opened(path, schema) as store:
        await store.write(adding(1))

        with pytest.raises(RuntimeError, match="another event loop"):
            await asyncio.to_thread(asyncio.run, store.write(adding(2)))


async def test_a_cancelled_close_still_closes(path, schema):
    """Whoever gives up waiting for the close gives up the waiting only."""
    store = SqliteStore.open(path, migrations=schema)
    await store.write(adding(1))
    async with asyncio.TaskGroup() as group:
        close = group.create_task(store.close())
        await asyncio.sleep(0)
        close.cancel()
    await store.close()

    async with opened(path, schema) as store:
        assert await store.read(all_ids) == [1]


async def test_statistics_count(path, schema):
    """Commits, units and failed units are counted, and a batch of many is one commit."""
    async with opened(path, schema) as store:
        await store.write(adding(1))
        with pytest.raises(StaleState):
            await store.write(adding(1))
        before = store.statistics.commits
        await asyncio.gather(*(store.write(adding(number)) for number in range(2, 102)))

        assert store.statistics.units == 101
        assert store.statistics.units_failed == 1
        assert store.statistics.commits - before <= 50
        assert store.statistics.last_commit_seconds > 0
        assert store.statistics.batch_started is None
        assert store.waiting == 0


async def test_figures_are_those_of_the_file(path, schema):
    """The size is what lies on the disk, and each commit is timed."""
    async with opened(path, schema) as store:
        await store.write(adding(*range(1000)))
        figures = store.figures()

        on_disk = path.stat().st_size + path.with_name(path.name + "-wal").stat().st_size
        assert figures.size_bytes == on_disk > 0
        assert figures.wal_pages > 0
        assert sum(figures.commits.counts) == store.statistics.commits > 0
        assert 0 < figures.commits.seconds < 60
        assert not figures.is_failed
    assert store.figures().size_bytes == path.stat().st_size
