import hashlib

import pytest

from pagerd.stores.base import StoreUnusable
from pagerd.stores.migrations import DIALECTS, SCHEMA_DIRECTORY, Applied, Migration, load, pending


def files(directory, **names):
    """Write files into a directory."""
    for name, text in names.items():
        (directory / name).write_text(text)
    return directory


def migration(number, content="x"):
    """A migration as it is known."""
    return Migration(number, f"m{number}", content, hashlib.sha256(content.encode()).hexdigest(), number)


def applied(number, content="x"):
    """A migration as it was applied."""
    return Applied(number, f"m{number}", hashlib.sha256(content.encode()).hexdigest(), number)


def test_files_are_read_in_the_order_of_their_numbers(tmp_path):
    """A common file serves both engines, a file of one engine that one."""
    files(
        tmp_path,
        **{"0002_more.sql": "B", "0001_start.sqlite.sql": "A", "0001_start.postgres.sql": "P", "README.md": "no"},
    )

    assert load(tmp_path, "sqlite") == (
        Migration(1, "start", "A", hashlib.sha256(b"A").hexdigest(), 1),
        Migration(2, "more", "B", hashlib.sha256(b"B").hexdigest(), 2),
    )
    assert [found.sql for found in load(tmp_path, "postgres")] == ["P", "B"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "holds no migration for sqlite"),
        (["0001_a.postgres.sql"], "holds no migration for sqlite"),
        (["0001_a.sql", "0003_c.sql"], "lacks migration 0002 for sqlite"),
        (["0002_b.sql"], "lacks migration 0001 for sqlite"),
        (["0001_a.sql", "0001_b.sqlite.sql"], "two migrations 0001 for sqlite"),
        (["1_a.sql"], "a migration is named"),
        (["0001_a.mysql.sql"], "a migration is named"),
        (["0001.sql"], "a migration is named"),
    ],
)
def test_a_directory_that_is_not_in_order_is_refused(tmp_path, names, words):
    """Gaps, doubles and names that nobody would apply are errors, not files passed over."""
    files(tmp_path, **dict.fromkeys(names, "SELECT 1"))

    with pytest.raises(StoreUnusable, match=words):
        load(tmp_path, "sqlite")


@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        ("CREATE TABLE a (b integer REFERENCES c DEFERRABLE INITIALLY DEFERRED)", True),
        ("-- never deferred\nCREATE TABLE a (b text DEFAULT 'deferred') /* DEFERRABLE */", False),
    ],
)
def test_deferred_constraints_are_refused(tmp_path, sql, refused):
    """A constraint that fails only at COMMIT would fail the units of others."""
    files(tmp_path, **{"0001_a.sql": sql})

    if refused:
        with pytest.raises(StoreUnusable, match="may not be deferrable"):
            load(tmp_path, "sqlite")
    else:
        assert len(load(tmp_path, "sqlite")) == 1


def test_what_is_not_applied_is_pending():
    """Of the known migrations those without a row are left to do, in order."""
    known = [migration(1), migration(2), migration(3)]

    assert pending([], known) == tuple(known)
    assert pending([applied(1)], known) == tuple(known[1:])
    assert pending([applied(1), applied(2), applied(3)], known) == ()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([applied(1), applied(2), applied(3)], "the database has schema 3, this pagerd knows 2"),
        ([applied(1, "y")], "0001_m1 is not the one that was applied as 0001_m1"),
        ([applied(2)], "schema_migrations has no row 1"),
    ],
)
def test_a_database_of_another_kind_is_refused(rows, words):
    """A newer schema, an edited migration and a table with holes stop the start."""
    with pytest.raises(StoreUnusable, match=words):
        pending(rows, [migration(1), migration(2)])


@pytest.mark.parametrize("dialect", DIALECTS)
def test_our_own_schema_is_in_order(dialect):
    """The migrations that we ship load for both engines."""
    assert load(SCHEMA_DIRECTORY, dialect)
