import contextlib

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.stores import sqlite_connection
from pagerd.stores.base import StoreUnavailable, StoreUnusable
from pagerd.stores.migrations import SCHEMA_DIRECTORY, Migration, load
from pagerd.stores.sqlite_connection import SqliteTrouble, configure, connect, migrate, run_unit, translate


@pytest.fixture
def connection():
    """A database in memory with one table."""
    with contextlib.closing(apsw.Connection(":memory:")) as connection:
        configure(connection)
        connection.execute("CREATE TABLE notes (id integer PRIMARY KEY, author text)")
        yield connection


@pytest.mark.parametrize(
    ("sql", "translated"),
    [
        ("SELECT $1", "SELECT ?1"),
        ("SELECT $2, $1, $2, $10", "SELECT ?2, ?1, ?2, ?10"),
        ("SELECT '$1', $1", "SELECT '$1', ?1"),
        ("SELECT 'it''s $1' || $1", "SELECT 'it''s $1' || ?1"),
        ('SELECT "a$1" FROM b WHERE c = $1', 'SELECT "a$1" FROM b WHERE c = ?1'),
        ("-- $1\nSELECT $1 -- $2; COMMIT", "-- $1\nSELECT ?1 -- $2; COMMIT"),
        ("/* ; $1 */ SELECT $1 ;  ", "/* ; $1 */ SELECT ?1 ;  "),
        ("with a as (select $1) select * from a", "with a as (select ?1) select * from a"),
        ("(SELECT 1)", "(SELECT 1)"),
    ],
)
def test_parameters_are_translated_outside_of_texts(sql, translated):
    """`$1` becomes `?1` where it is a parameter and stays where it is text."""
    assert translate(sql) == translated


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "-- SELECT 1",
        "PRAGMA synchronous = OFF",
        "pragma query_only = 0",
        "ATTACH 'x' AS y",
        "VACUUM",
        "/* x */ COMMIT",
        "END",
        "RELEASE unit",
        "DROP TABLE pages",
        "SELECT 1; SELECT 2",
        "SELECT ?",
        "SELECT ?1",
        "INSERT OR ROLLBACK INTO notes (id) VALUES (1)",
    ],
)
def test_what_a_unit_may_not_say_is_refused(sql):
    """Nothing but one statement over rows passes."""
    with pytest.raises(ValueError, match=r"unit|statement"):
        translate(sql)


@given(st.lists(st.sampled_from(["'a''$1'", '"b$1"', "$1", " x ", "--$1\n", "/*$1*/", "+"]), max_size=12))
@settings(max_examples=200, deadline=None)
def test_translation_touches_parameters_alone(parts):
    """Whatever stands around it, exactly the parameters change, and nothing else."""
    sql = "SELECT " + " ".join(parts)

    assert translate(sql) == "SELECT " + " ".join("?1" if part == "$1" else part for part in parts)


def test_the_memory_of_translations_is_bounded(monkeypatch):
    """Statements that are built on the fly do not fill the memory."""
    monkeypatch.setattr(sqlite_connection, "STATEMENTS_MAX", 10)

    for number in range(50):
        translate(f"SELECT {number}")

    assert len(sqlite_connection._translated) <= 10


def test_a_wrong_number_of_values_is_an_error(connection):
    """Too few or too many values do not run a statement."""

    def giving(*values):
        async def unit(unit_connection):
            await unit_connection.execute("INSERT INTO notes (id, author) VALUES ($1, $2)", *values)

        return unit

    for values in [(1,), (1, "ana", 2)]:
        with pytest.raises(apsw.BindingsError):
            run_unit(giving(*values), connection.cursor())
    assert connection.execute("SELECT count(*) FROM notes").fetchall() == [(0,)]


def test_trouble_of_the_database_cannot_be_swallowed(connection):
    """A unit that catches the database's trouble and raises something else, or nothing, still ends in that trouble."""
    connection.execute("PRAGMA query_only = ON")

    def answering(answer):
        async def unit(unit_connection):
            try:
                await unit_connection.execute("INSERT INTO notes (id) VALUES (1)")
            except StoreUnavailable:
                with pytest.raises(RuntimeError, match="an earlier statement of this unit failed"):
                    await unit_connection.execute("SELECT 1")
                if answer:
                    raise answer from None

        return unit

    for answer in (None, LookupError()):
        with pytest.raises(SqliteTrouble, match="could not run a statement: ReadOnlyError") as raised:
            run_unit(answering(answer), connection.cursor())
        assert isinstance(raised.value.__cause__, apsw.ReadOnlyError)


@pytest.mark.parametrize(
    ("error", "passes"),
    [(apsw.FullError(), True), (apsw.BusyError(), True), (apsw.IOError(), False), (apsw.CorruptError(), False)],
)
def test_trouble_that_passes_is_told_apart(error, passes):
    """A full disk and a lock pass by themselves; a failing or corrupt file does not."""
    assert SqliteTrouble("read", error).passes is passes


def test_a_missing_file_is_not_made(tmp_path):
    """Connecting to a lost file fails; an empty database in its place would be worse."""
    with pytest.raises(apsw.CantOpenError):
        connect(tmp_path / "lost.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("synchronous", 2),
        ("wal_autocheckpoint", 0),
        ("foreign_keys", 1),
        ("mmap_size", 0),
        ("temp_store", 2),
        ("trusted_schema", 0),
        ("query_only", 0),
    ],
)
def test_settings_hold_on_a_file(tmp_path, pragma, value):
    """Durability and safety do not depend on how SQLite was built."""
    (tmp_path / "a.db").touch()
    with contextlib.closing(connect(tmp_path / "a.db")) as connection:
        assert connection.execute(f"PRAGMA {pragma}").fetchall() == [(value,)]


def test_a_reader_is_held_to_reading(tmp_path):
    """A connection for reading refuses changes."""
    (tmp_path / "a.db").touch()
    with (
        contextlib.closing(connect(tmp_path / "a.db", read_only=True)) as connection,
        pytest.raises(apsw.ReadOnlyError),
    ):
        connection.execute("CREATE TABLE a (b)")


def test_double_quotes_never_make_a_text(connection):
    """A misspelt column in double quotes is an error, as in PostgreSQL."""
    with pytest.raises(apsw.SQLError, match="no such column"):
        connection.execute('SELECT * FROM notes WHERE "authr" = 1')


def test_a_statement_is_planned_once(connection):
    """A limit that is given as a value is no reason to plan the statement anew each time."""
    planned = []
    connection.authorizer = lambda *asked: planned.append(asked) or apsw.SQLITE_OK  # called when it is planned
    sql = translate("SELECT id FROM notes WHERE author > $1 LIMIT $2")
    connection.execute(sql, ("ana", 1)).fetchall()
    assert planned
    planned.clear()
    connection.execute(sql, ("ben", 2)).fetchall()

    assert planned == []


@pytest.mark.parametrize("ending", ["COMMIT", "ROLLBACK", "SAVEPOINT x", "ATTACH ':memory:' AS other"])
def test_a_migration_cannot_end_its_transaction(connection, ending):
    """A migration with transaction statements is refused whole."""
    bad = Migration(1, "bad", f"CREATE TABLE half (id integer); {ending};", "0" * 64, 1)

    with pytest.raises(StoreUnusable, match="migration 0001_bad failed and nothing of it was kept"):
        migrate(connection, (bad,))

    assert not connection.in_transaction
    assert connection.execute("SELECT name FROM sqlite_schema WHERE name = 'half'").fetchall() == []


def test_each_migration_leaves_a_row(connection):
    """What was applied is recorded with its checksum and instant, once."""
    known = (
        Migration(1, "one", "CREATE TABLE one (id integer)", "a" * 64, 1),
        Migration(2, "two", "SELECT 1", "b" * 64, 2),
    )

    assert migrate(connection, known[:1]) == known[:1]
    assert migrate(connection, known) == known[1:]
    assert migrate(connection, known) == ()
    rows = connection.execute(
        "SELECT number, name, sha256, applied_at > 1700000000000000 FROM schema_migrations"
    ).fetchall()
    assert rows == [(1, "one", "a" * 64, 1), (2, "two", "b" * 64, 1)]


def test_our_own_schema_applies(connection):
    """The migrations that we ship run on SQLite."""
    with contextlib.closing(apsw.Connection(":memory:")) as empty:
        configure(empty)
        known = load(SCHEMA_DIRECTORY, "sqlite")

        assert migrate(empty, known) == known
