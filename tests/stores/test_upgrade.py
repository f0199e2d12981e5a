"""A database of an earlier pagerd goes on: nothing of it is lost, and its history is a chain from then on."""

import shutil
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from pagerd.engine import commands
from pagerd.engine.clock import VirtualClock
from pagerd.lab.world import World
from pagerd.stores.base import StoreUnusable
from pagerd.stores.migrations import SCHEMA_DIRECTORY, load
from pagerd.stores.records import history, pages
from pagerd.stores.records import stored as stored_rows
from pagerd.stores.records.columns import micros
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_connection import APPLICATION_ID
from tests.builders import NOON, a_plan, minutes
from tests.engine.chains import everything

DATABASES = sorted((Path(__file__).parent / "databases").glob("schema_*.sql"))
OPEN = "p-5tAddj"
"""The page of the stored database that is open."""


def built(stored: Path, folder: Path) -> Path:
    """Build a stored database anew."""
    path = folder / "pagerd.db"
    connection = apsw.Connection(str(path))
    connection.execute(stored.read_text())
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    return path


def counted(path: Path) -> dict[str, int]:
    """Count the rows of each table."""
    connection = apsw.Connection(str(path))
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = {table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchall()[0][0] for table in tables}  # noqa: S608
    connection.close()
    return rows


@pytest.mark.parametrize("stored", DATABASES, ids=lambda path: path.stem)
async def test_an_earlier_database_keeps_every_row(stored, tmp_path):
    """Each table of the old schema has a row to lose, and loses none."""
    path = built(stored, tmp_path)
    before = counted(path)
    assert all(before.values()), f"{stored.name} has no row in some table: {before}"

    await SqliteStore.open(path).close()

    after = counted(path)
    assert {table: after[table] for table in before if table != "schema_migrations"} == {
        table: count for table, count in before.items() if table != "schema_migrations"
    }
    assert after["schema_migrations"] == len(load(SCHEMA_DIRECTORY, "sqlite"))


@pytest.mark.parametrize("stored", DATABASES, ids=lambda path: path.stem)
async def test_an_open_page_of_an_earlier_database_goes_on(stored, tmp_path):
    """What was open is answered as before; its old entries are from before the chain, its new ones are in it."""
    store = SqliteStore.open(built(stored, tmp_path))
    world = World(a_plan(), NOON + minutes(10))
    world.engine.store = store
    assert isinstance(world.clock, VirtualClock)
    bites, findings = await store.read(everything)
    assert not findings
    assert sum(bite.unchained for bite in bites) == 6

    await world.engine.transact(lambda work: commands.resolve(work, OPEN, "ana", "cli"))

    page = await store.read(lambda c: pages.find(c, OPEN))
    chain = await store.read(lambda c: history.chain(c, OPEN))
    assert [bool(link.hash) for link in chain] == [False] * (len(chain) - 1) + [True]
    assert page.head == chain[-1].hash
    assert not (await store.read(everything))[1]
    await store.close()


async def test_an_entry_from_before_the_chain_cannot_be_made_up_later(tmp_path):
    """A blank hash is right only up to where the migration found the history."""
    store = SqliteStore.open(built(DATABASES[0], tmp_path))

    async def add(c):
        await c.execute(
            "INSERT INTO history (object_id, version, at, plan, event, body, entries, hash)"
            " VALUES ('s-made', 1, 1, '', 'SilenceAdded', '{}', '[]', '')"
        )
        await c.execute("INSERT INTO heads VALUES ('s-made', 1, '')")

    await store.write(add)

    _, findings = await store.read(everything)
    assert [(one.where, one.what) for one in findings] == [("s-made", "entry 1 has no hash")]
    await store.close()


async def test_a_newer_database_is_refused_and_left_alone(tmp_path):
    """The sentence says which schema it has, which we know, and what to do."""
    path = tmp_path / "pagerd.db"
    await SqliteStore.open(path).close()
    connection = apsw.Connection(str(path))
    connection.execute("INSERT INTO schema_migrations VALUES (999, 'later', 'x', 0)")
    number = len(load(SCHEMA_DIRECTORY, "sqlite"))
    connection.execute("UPDATE schema_migrations SET number = ? WHERE number = 999", (number + 1,))
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StoreUnusable, match=rf"has schema {number + 1}, this pagerd knows {number}: start the newer"):
        SqliteStore.open(path)

    assert path.read_bytes() == before


async def test_plans_from_before_are_known_from_their_last_time_on(tmp_path):
    """Until 0004 a revision had one time only; what was in force then is asked for like any other."""
    before = tmp_path / "schema"
    before.mkdir()
    for file in sorted(SCHEMA_DIRECTORY.glob("000[1-3]_*.sql")):
        shutil.copy(file, before)
    store = SqliteStore.open(tmp_path / "pagerd.db", migrations=before)

    async def put(c):
        await c.execute(
            "INSERT INTO plans (revision, loaded_at, files) VALUES ($1, $2, $3)", "old", micros(NOON), '{"a.yaml":"1"}'
        )

    await store.write(put)
    await store.close()
    store = SqliteStore.open(tmp_path / "pagerd.db")
    try:
        after = NOON + timedelta(hours=1)
        await store.write(lambda c: stored_rows.put_plan(c, "new", after, {}))

        times = (NOON - timedelta(seconds=1), NOON, after - timedelta(seconds=1), after)
        found = [await store.read(lambda c, at=at: stored_rows.revision_at(c, at)) for at in times]
        assert found == [None, "old", "old", "new"]
        assert await store.read(lambda c: stored_rows.files_of(c, "old")) == {"a.yaml": "1"}
        assert await store.read(lambda c: stored_rows.files_of(c, "none")) is None
    finally:
        await store.close()
