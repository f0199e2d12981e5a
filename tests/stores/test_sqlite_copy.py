"""Backups are whole and private, and never take a name that is taken; a restore changes nothing until it can."""

import stat
from pathlib import Path

import apsw
import pytest

from pagerd.core.errors import Conflict, NotFound
from pagerd.stores.base import StoreUnusable
from pagerd.stores.migrations import SCHEMA_DIRECTORY, load
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_connection import APPLICATION_ID, migrate
from pagerd.stores.sqlite_copy import DatabaseFile, back_up, restore


def unseen(_done, _of):
    """Show nothing."""


def nothing(_path):
    """Do nothing to the copy."""


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """A database with one row, closed."""
    path = tmp_path / "data" / "pagerd.db"
    store = SqliteStore.open(path)
    await store.write(lambda c: c.execute("INSERT INTO sources VALUES ('prod', 1, 1)"))
    await store.close()
    return path


def sources(path: Path) -> list[str]:
    """Return the sources of a database."""
    connection = apsw.Connection(str(path))
    rows = connection.execute("SELECT name FROM sources ORDER BY name").fetchall()
    connection.close()
    return [row[0] for row in rows]


def put(path: Path, name: str) -> None:
    """Add a source to a database."""
    connection = apsw.Connection(str(path))
    connection.execute("INSERT INTO sources VALUES (?, 1, 1)", (name,))
    connection.close()


async def test_a_backup_is_one_private_file_of_what_was_committed(database, tmp_path):
    """What is only in the WAL is in it; nothing lies beside it; only its owner reads it."""
    store = SqliteStore.open(database)
    await store.write(lambda c: c.execute("INSERT INTO sources VALUES ('young', 1, 1)"))
    seen: list[tuple[int, int]] = []

    copied = back_up(database, tmp_path / "copy.db", lambda done, of: seen.append((done, of)))
    await store.close()

    assert sources(copied.path) == ["prod", "young"]
    assert stat.S_IMODE(copied.path.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "data"]
    assert seen[-1][0] == seen[-1][1] > 0
    assert copied.bytes == copied.path.stat().st_size


async def test_a_backup_never_takes_a_name_that_is_taken(database, tmp_path):
    """With force it does, and the old file is whole until the new one is."""
    target = tmp_path / "copy.db"
    target.write_text("dear to somebody")

    with pytest.raises(Conflict, match="exists: name another file, or say --force"):
        back_up(database, target, unseen)
    assert target.read_text() == "dear to somebody"

    back_up(database, target, unseen, force=True)
    assert sources(target) == ["prod"]


async def test_a_backup_is_never_the_database_itself(database):
    """Force does not go so far."""
    with pytest.raises(Conflict, match="is the database itself"):
        back_up(database, database, unseen, force=True)

    assert sources(database) == ["prod"]


async def test_a_backup_of_a_damaged_database_is_refused(database, tmp_path):
    """Nothing is left under the name, nor beside it."""
    connection = apsw.Connection(str(database))
    connection.execute("CREATE TABLE filler (x)")
    connection.executemany("INSERT INTO filler VALUES (randomblob(500))", [()] * 200)
    root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'filler'").fetchall()[0][0]
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with database.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 2048)

    with pytest.raises(StoreUnusable, match="is corrupt"):
        back_up(database, tmp_path / "copy.db", unseen)

    assert [path.name for path in tmp_path.iterdir()] == ["data"]


async def test_a_restore_puts_the_backup_in_place_and_keeps_what_was_there(database, tmp_path):
    """The old database is beside the new one, whole."""
    backup = back_up(database, tmp_path / "copy.db", unseen).path
    put(database, "later")
    aside = database.with_name("pagerd.db.before")
    finished = []

    restored = restore(backup, database, aside, finished.append, unseen)

    assert sources(restored.path) == ["prod"]
    assert sources(aside) == ["later", "prod"]
    assert len(finished) == 1
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert sorted(path.name for path in database.parent.iterdir()) == [
        "pagerd.db",
        "pagerd.db.before",
        "pagerd.db.lock",
    ]


async def test_a_restore_waits_for_no_daemon(database, tmp_path):
    """While one runs it is refused, and nothing moved."""
    backup = back_up(database, tmp_path / "copy.db", unseen).path
    store = SqliteStore.open(database)

    with pytest.raises(StoreUnusable, match="is in use by another pagerd"):
        restore(backup, database, database.with_name("aside"), nothing, unseen)
    await store.close()

    assert sources(database) == ["prod"]
    assert not database.with_name("aside").exists()


def foreign(path: Path) -> None:
    """Make a database of another program."""
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()


def newer(path: Path) -> None:
    """Make a database of a pagerd to come."""
    connection = apsw.Connection(str(path))
    migrate(connection, load(SCHEMA_DIRECTORY, "sqlite"))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    number = len(load(SCHEMA_DIRECTORY, "sqlite")) + 1
    connection.execute("INSERT INTO schema_migrations VALUES (?, 'later', 'x', 0)", (number,))
    connection.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (foreign, "is not a database of pagerd"),
        (lambda path: path.write_bytes(b""), "is not a database of pagerd"),
        (lambda path: path.write_text("a shopping list, longer than a header " * 99), "is not a SQLite database"),
        (newer, "start the newer pagerd that wrote it"),
    ],
    ids=["foreign", "empty", "text", "newer"],
)  # fmt: skip
async def test_what_is_no_backup_of_ours_is_refused(database, tmp_path, make, said):
    """Another program's file, an empty one, a text, a newer schema: nothing is changed."""
    backup = tmp_path / "other" / "backup"
    backup.parent.mkdir()
    make(backup)

    with pytest.raises(StoreUnusable, match=said):
        restore(backup, database, database.with_name("aside"), nothing, unseen)

    assert sources(database) == ["prod"]
    assert sorted(path.name for path in database.parent.iterdir()) == ["pagerd.db", "pagerd.db.lock"]


async def test_a_restore_whose_copy_cannot_be_finished_changes_nothing(database, tmp_path):
    """The database keeps its name until the copy is ready."""
    backup = back_up(database, tmp_path / "copy.db", unseen).path
    put(database, "later")

    def fail(_path: Path) -> None:
        raise StoreUnusable("no")

    with pytest.raises(StoreUnusable, match="no"):
        restore(backup, database, database.with_name("aside"), fail, unseen)

    assert sources(database) == ["later", "prod"]
    assert sorted(path.name for path in database.parent.iterdir()) == ["pagerd.db", "pagerd.db.lock"]


async def test_a_restore_where_there_was_nothing_just_puts_it_there(database, tmp_path):
    """A new machine has no old database."""
    backup = back_up(database, tmp_path / "copy.db", unseen).path
    place = tmp_path / "new" / "pagerd.db"

    restore(backup, place, place.with_name("aside"), nothing, unseen)

    assert sources(place) == ["prod"]


async def test_a_damaged_database_is_kept_with_its_wal(database, tmp_path):
    """What can no longer be opened is put aside as it is, for whoever tries to mend it."""
    backup = back_up(database, tmp_path / "copy.db", unseen).path
    database.write_bytes(b"no database any more" * 1000)
    database.with_name("pagerd.db-wal").write_bytes(b"its wal")
    aside = database.with_name("aside")

    restore(backup, database, aside, nothing, unseen)

    assert aside.read_bytes().startswith(b"no database any more")
    assert database.with_name("aside-wal").read_bytes() == b"its wal"
    assert sources(database) == ["prod"]


async def test_a_file_is_only_read(database):
    """A look at a database changes nothing, not even by accident."""
    file = DatabaseFile(database)

    with pytest.raises(ValueError, match="must be given to write"):
        file.read(lambda c: c.execute("DELETE FROM sources"))
    file.close()

    assert sources(database) == ["prod"]


def test_a_file_that_is_not_there_is_said(tmp_path):
    """And it is not made."""
    with pytest.raises(NotFound, match="there is no file"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db", unseen)

    assert list(tmp_path.iterdir()) == []
