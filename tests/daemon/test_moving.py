"""A SQLite installation that is copied is the same installation on PostgreSQL, or nothing is there."""

from contextlib import closing
from functools import partial

import apsw
import asyncpg
import pytest

from pagerd.core.errors import Conflict, NotFound
from pagerd.daemon.moving import COPIED, OF_RUNS, move
from pagerd.engine import audit, verification
from pagerd.stores.base import StoreUnusable
from pagerd.stores.migrations import SCHEMA_DIRECTORY
from pagerd.stores.postgres import PostgresStore
from pagerd.stores.postgres_server import Address
from pagerd.stores.sqlite import SqliteStore
from tests.builders import NOON
from tests.postgres.fixtures import administer, fresh_database
from tests.postgres.server import PASSWORD, SUPERUSER
from tests.stores import filled

pytestmark = pytest.mark.timeout(60)


def unseen(_done, _of):
    """Show nothing."""


def address_of(postgres, database):
    """Return how pagerd finds a database of the tests' server."""
    return Address(
        hosts=(("127.0.0.1", postgres.port),),
        database=database,
        user=SUPERUSER,
        password=lambda: PASSWORD,
        tls="disable",
    )


async def rows_there(postgres, database):
    """Return all rows of each table of a database, sorted, read by nothing of pagerd's."""
    connection = await asyncpg.connect(postgres.dsn(database))
    try:
        names = await connection.fetch("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
        found = {}
        for (name,) in names:
            columns = await connection.fetch(
                "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1"
                " ORDER BY ordinal_position",
                name,
            )
            listed = ", ".join(f'"{column}"' for (column,) in columns)
            rows = await connection.fetch(f'SELECT {listed} FROM "{name}"')  # noqa: S608  # its own
            found[name] = sorted((tuple(row) for row in rows), key=repr)
        return found
    finally:
        await connection.close()


async def copied(postgres, database, file):
    """Copy a file into a database, and compare row by row, by other means than the copying does."""
    before = file.read_bytes()
    moved = await move(file, address_of(postgres, database), NOON, unseen)
    here, there = filled.rows_of(file), await rows_there(postgres, database)
    migrations = there.pop("schema_migrations")
    for table in OF_RUNS:
        assert there[table] == []
        del here[table]

    assert file.read_bytes() == before
    assert len(migrations) == moved.schema
    # The copy alone says that it is one: an entry of its own chain, and that chain's new end.
    said = [row for row in there["history"] if COPIED in row]
    assert len(said) == 1
    assert {name: len(rows) for name, rows in here.items()} == {one.name: one.rows for one in moved.tables}
    for name, rows in here.items():
        left = set(rows) - set(there[name])
        more = set(there[name]) - set(rows)
        if name == "history":
            assert (left, more) == (set(), set(said))
        elif name == "heads":
            assert {row[0] for row in left | more} == {"keeping"}
        else:
            assert (left, more) == (set(), set()), name
    return moved, here


async def goes_on(postgres, database):
    """Open the copy as a store: its chain holds, and takes further entries."""
    store = await PostgresStore.open(address_of(postgres, database))
    try:
        await store.write(lambda c: audit.note_at(c, NOON, "", "config", "PlanLoaded", {}))
        after = ""
        while after is not None:
            bite = await store.read(partial(verification.bite, after=after))
            assert bite.findings == ()
            after = bite.after
    finally:
        await store.close()


async def test_every_table_is_copied(postgres, database, tmp_path):
    """Between them, the stories leave rows in every table there is, and each is the same on both sides."""
    seen, empty = set(), set()
    store = await PostgresStore.open(address_of(postgres, database))
    await store.close()
    files = [await filled.of_a_story(name, tmp_path / f"{name}.db") for name in filled.PLAYED]
    files.append(await filled.of_an_old_pagerd(tmp_path / "old.db"))
    for file in files:
        async with fresh_database(postgres, template=database) as its_own:
            moved, here = await copied(postgres, its_own, file)
            await goes_on(postgres, its_own)
        assert moved.entries > 0
        assert moved.findings == ()
        seen |= {name for name, rows in here.items() if rows}
        empty |= {name for name, rows in here.items() if not rows}

    assert empty <= seen, f"no database of this test has rows in {sorted(empty - seen)}"


async def test_progress_counts_each_row_twice(postgres, database, tmp_path):
    """It is sent once and read back once, and the end is the end."""
    file = await filled.of_a_story("digest", tmp_path / "pagerd.db")
    told = []
    moved = await move(file, address_of(postgres, database), NOON, lambda done, of: told.append((done, of)))

    assert told == sorted(told)
    assert told[-1] == (2 * sum(table.rows for table in moved.tables),) * 2


async def test_a_file_in_use_is_refused(postgres, database, tmp_path):
    """What a daemon wrote after it was read would be lost."""
    file = tmp_path / "pagerd.db"
    store = SqliteStore.open(file)
    try:
        with pytest.raises(StoreUnusable, match="in use by another pagerd"):
            await move(file, address_of(postgres, database), NOON, unseen)
    finally:
        await store.close()

    assert await rows_there(postgres, database) == {}


async def test_a_database_that_is_not_empty_is_refused(postgres, database, tmp_path):
    """A second copy would be two installations in one."""
    file = await filled.of_a_story("digest", tmp_path / "pagerd.db")
    await move(file, address_of(postgres, database), NOON, unseen)
    before = await rows_there(postgres, database)

    with pytest.raises(Conflict, match="not empty: alerts has rows"):
        await move(file, address_of(postgres, database), NOON, unseen)
    assert await rows_there(postgres, database) == before


async def test_what_fails_in_the_middle_leaves_nothing(postgres, database, tmp_path):
    """A row that PostgreSQL cannot keep is named; what was there before it is gone, and a second run does all of it."""
    file = await filled.of_a_story("digest", tmp_path / "pagerd.db")
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("INSERT INTO night_codes VALUES ('ana', 'N99', 'night', 'asks', 'not a number', 0)")

    with pytest.raises(StoreUnusable, match="night_codes cannot be kept in PostgreSQL, near its row"):
        await move(file, address_of(postgres, database), NOON, unseen)
    there = await rows_there(postgres, database)
    assert {name for name, rows in there.items() if rows} == {"schema_migrations", "anchors", "plan_changes"}

    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("DELETE FROM night_codes WHERE code = 'N99'")
    await copied(postgres, database, file)


async def test_a_row_that_does_not_arrive_as_it_was_is_found(postgres, database, tmp_path):
    """The comparison is made of what is there, not of what was sent: here a trigger changes one row on its way."""
    file = await filled.of_a_story("digest", tmp_path / "pagerd.db")
    store = await PostgresStore.open(address_of(postgres, database))
    await store.close()
    await administer(
        postgres,
        "CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.due = NEW.due + 1; RETURN NEW; END$$",
        "CREATE TRIGGER change BEFORE INSERT ON timers FOR EACH ROW EXECUTE FUNCTION change()",
        database=database,
    )

    with pytest.raises(StoreUnusable, match="timers is not the same there"):
        await move(file, address_of(postgres, database), NOON, unseen)
    assert (await rows_there(postgres, database))["timers"] == []


async def test_an_earlier_file_is_refused(postgres, database, tmp_path):
    """Its rows would not fit; this version brings it up to date when it is started on it."""
    file = tmp_path / "pagerd.db"
    schema = tmp_path / "schema"
    schema.mkdir()
    for path in sorted(SCHEMA_DIRECTORY.glob("*.sql"))[:3]:
        (schema / path.name).write_bytes(path.read_bytes())
    store = SqliteStore.open(file, migrations=schema)
    await store.close()

    with pytest.raises(StoreUnusable, match=r"has schema 3, this pagerd .* start and stop this version on it once"):
        await move(file, address_of(postgres, database), NOON, unseen)


async def test_a_chain_that_did_not_hold_before_is_copied_and_said(postgres, database, tmp_path):
    """Moving is no way to lose the proof that somebody changed something."""
    file = await filled.of_a_story("digest", tmp_path / "pagerd.db")
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("UPDATE history SET at = at + 1 WHERE seq = 2")
    moved = await move(file, address_of(postgres, database), NOON, unseen)

    assert moved.findings != ()


async def test_no_file_is_said(postgres, database, tmp_path):
    """And no lock is left beside a name that was mistyped."""
    with pytest.raises(NotFound):
        await move(tmp_path / "none.db", address_of(postgres, database), NOON, unseen)

    assert list(tmp_path.iterdir()) == []
