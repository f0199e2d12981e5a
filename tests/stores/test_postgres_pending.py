"""Which changes go together, and what they come to."""

import pytest

from pagerd.stores.postgres_pending import table_of, together
from tests.stores.conformance import write_schema
from tests.stores.test_postgres import opened

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


def test_changes_of_one_table_stay_apart():
    """The second would not see what the first did."""
    changes = [(NOTE, (1, "ana")), (ACCOUNT, ("left", 5)), (NOTE, (2, "ben"))]

    assert [values for _, values in together(changes)] == [(1, "ana", "left", 5), (2, "ben")]
    assert together([]) == []


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
