"""Which changes go together, and what they come to."""

import contextlib

import pytest

from pagerd.core.errors import StaleState
from pagerd.stores.postgres import PostgresStore
from pagerd.stores.postgres_pending import table_of, together
from tests.postgres.fixtures import administer
from tests.stores.conformance import write_schema
from tests.stores.test_postgres import address_of, opened

NOTE = "INSERT INTO notes (id, author) VALUES ($1, $2)"
ACCOUNT = "UPDATE accounts SET balance = balance + $2 WHERE name = $1"


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        (NOTE, "notes"),
        (f"{NOTE} ON CONFLICT (id) DO UPDATE SET author = excluded.author", "notes"),
        (ACCOUNT, "accounts"),
        ("DELETE FROM notes WHERE id = $1", "notes"),
        ("UPDATE notes SET author = 'ana' WHERE id = $1", "notes"),
        (f"{NOTE} RETURNING id", None),
        ("SELECT id FROM notes", None),
        ("DELETE FROM notes WHERE id IN (SELECT note FROM replies)", None),
        ("INSERT INTO notes (id, author) SELECT 1, 'x'", None),
        ("UPDATE notes SET author = 'costs $1'", None),
        ("UPDATE notes SET author = r.text FROM replies r, accounts WHERE r.note = id", None),
        ("WITH x AS (SELECT 1) DELETE FROM notes", None),
        ("DELETE FROM notes; COMMIT", None),
    ],
)
def test_what_may_wait(sql, table):
    """A change of one table that reads nothing else and answers nothing."""
    assert table_of(sql) == table


def test_changes_of_different_tables_are_one_statement():
    """With the places of the second behind those of the first."""
    assert together([(NOTE, (1, "ana")), (ACCOUNT, ("left", 5))]) == [
        (
            f"WITH change0 AS ({NOTE}) UPDATE accounts SET balance = balance + $4 WHERE name = $3",  # noqa: S608
            (1, "ana", "left", 5),
        )
    ]


@pytest.mark.parametrize(
    "other",
    [
        "UPDATE notes SET author = $2 WHERE id = $1",
        f"{NOTE} ON CONFLICT (id) DO NOTHING",
        "INSERT INTO notes (author, id) VALUES ($2, $1)",  # of which the database might make the key, by its order
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_changes_of_one_table_stay_apart(other, is_first):
    """The second would not see what the first did."""
    one, two = (other, NOTE) if is_first else (NOTE, other)
    changes = [(one, (1, "ana")), (ACCOUNT, ("left", 5)), (two, (2, "ben"))]

    assert [values for _, values in together(changes)] == [(1, "ana", "left", 5), (2, "ben")]
    assert together([]) == []


def test_rows_that_bring_their_keys_are_added_together():
    """They read nothing, and have no order."""
    sent = together([(NOTE, (1, "ana")), (ACCOUNT, ("left", 5)), (NOTE, (2, "ben")), (ACCOUNT, ("left", 6))])

    assert [values for _, values in sent] == [(1, "ana", "left", 5, 2, "ben"), ("left", 6)]


@pytest.mark.parametrize(("second", "kept"), [(2, [(1,), (2,)]), (1, [])])
async def test_rows_that_are_added_together_are_told_apart(postgres, database, tmp_path, second, kept):
    """Two with the same key fail, as one after the other would."""

    async def unit(connection):
        await connection.execute(NOTE, 1, "ana")
        await connection.execute(NOTE, second, "ben")

    async def ids(connection):
        return await connection.execute("SELECT id FROM notes ORDER BY id")

    async with opened(postgres, database, write_schema(tmp_path / "schema")) as store:
        with contextlib.nullcontext() if kept else pytest.raises(StaleState):
            await store.write(unit)
        assert await store.read(ids) == kept


@pytest.mark.parametrize(
    ("sql", "goes_along"),
    [
        ("SELECT balance FROM accounts WHERE name = $1", True),
        ("UPDATE accounts SET balance = balance + 1 WHERE name = $1 RETURNING balance", True),
        ("INSERT INTO accounts (name, balance) VALUES ($1, 0) ON CONFLICT DO NOTHING RETURNING name", True),
        ("SELECT note FROM replies, Notes WHERE note = id AND text = $1", False),
        ("SELECT balance FROM accounts WHERE name IN (SELECT author FROM notes WHERE author = $1)", False),
        ("UPDATE notes SET author = $1 RETURNING id", False),
        ('SELECT author FROM "notes" WHERE author = $1', False),
        ("WITH x AS (SELECT id FROM notes) SELECT id FROM x WHERE $1 <> ''", False),
        ("SELECT balance FROM accounts WHERE name = $1 AND name <> '$1'", False),
    ],
)
def test_a_question_goes_along_where_it_reads_nothing_of_the_changes(sql, goes_along):
    """What names a changed table, or might in a way that is not looked into, comes behind the changes."""
    sent = together([(NOTE, (1, "ana"))], (sql, ("left",)))

    assert len(sent) == (1 if goes_along else 2)
    assert sent[-1][1] == ((1, "ana", "left") if goes_along else ("left",))


async def test_no_table_of_ours_changes_or_reads_another(postgres, database):
    """What questions that go along with changes rely on."""
    store = await PostgresStore.open(address_of(postgres, database))
    await store.close()
    found = await administer(
        postgres,
        """SELECT conname FROM pg_constraint WHERE contype = 'f' AND concat(confdeltype, confupdtype) ~ '[cnd]'
           UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
           UNION ALL SELECT rulename FROM pg_rules WHERE schemaname = 'public'
           UNION ALL SELECT viewname FROM pg_views WHERE schemaname = 'public'
           UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
        database=database,
    )

    assert found == []


async def test_an_answer_is_that_of_the_question_that_went_along(postgres, database, tmp_path):
    """And what failed in a change before it is told at the question, and undoes the unit."""

    async def unit(connection):
        await connection.execute(NOTE, 1, "ana")
        return await connection.execute("SELECT balance FROM accounts WHERE name = $1", "left")

    async def authors(connection):
        return await connection.execute("SELECT id, author FROM notes")

    async with opened(postgres, database, write_schema(tmp_path / "schema")) as store:
        assert await store.write(unit) == [(1000,)]
        with pytest.raises(StaleState):
            await store.write(unit)
        assert await store.read(authors) == [(1, "ana")]


async def test_a_unit_sees_what_it_changed_however_it_was_sent(postgres, database, tmp_path):
    """Every read comes behind every change before it, and the last changes are there at the end."""

    async def unit(connection):
        await connection.execute(NOTE, 1, "ana")
        await connection.execute(ACCOUNT, "left", 5)
        await connection.execute(ACCOUNT, "left", 5)
        await connection.execute("INSERT INTO replies (id, note) VALUES ($1, $2)", 1, 1)
        seen = await connection.execute("SELECT balance FROM accounts WHERE name = 'left'")
        await connection.execute("DELETE FROM replies WHERE id = $1", 1)
        await connection.execute("UPDATE notes SET author = $1 WHERE id = $2", "ben", 1)
        return seen

    async def everything(connection):
        return await connection.execute("SELECT author, (SELECT count(*) FROM replies) FROM notes")

    async with opened(postgres, database, write_schema(tmp_path / "schema")) as store:
        assert await store.write(unit) == [(1010,)]
        assert await store.read(everything) == [("ben", 0)]
