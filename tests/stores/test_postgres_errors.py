"""What a server says, and what becomes of it: each SQLSTATE of the table is raised by a real server."""

import asyncio
import traceback

import asyncpg
import pytest

from pagerd.core.errors import StaleState
from pagerd.stores.base import StoreUnavailable, Trouble
from pagerd.stores.postgres_errors import REACTIONS, reaction_to
from tests.postgres.fixtures import administer
from tests.stores.conformance import adding, all_ids, write_schema
from tests.stores.test_postgres import opened

RAISING = """
CREATE FUNCTION fails(code text, times bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('tries') <= times THEN RAISE EXCEPTION 'as the test wants it' USING ERRCODE = code; END IF;
    RETURN 0;
END $$"""

# A member of each class that the table names as a whole.
MEMBERS = {"08": "08006", "28": "28000", "53": "53200"}
CODES = sorted(MEMBERS.get(code, code) for code in REACTIONS)
ALWAYS = 1_000_000


@pytest.fixture
async def store(postgres, database, tmp_path):
    """A store on a database that raises what it is asked to raise."""
    async with opened(postgres, database, write_schema(tmp_path / "schema")) as store:
        await administer(postgres, "CREATE SEQUENCE tries", RAISING, database=database)
        yield store


def failing(number, code, times):
    """A unit that adds a note, and of which the server says so often that it failed."""

    async def unit(connection):
        await connection.execute("INSERT INTO notes (id) VALUES ($1)", number)
        await connection.execute("SELECT fails($1, $2)", code, times)

    return unit


@pytest.mark.parametrize("code", [code for code in CODES if reaction_to(code).is_repeated])
async def test_what_passes_is_done_again(store, code):
    """Nothing was kept, so the whole batch is done again, and no caller hears of it."""
    await asyncio.gather(store.write(adding(1)), store.write(failing(2, code, 2)), store.write(adding(3)))

    assert await store.read(all_ids) == [1, 2, 3]


@pytest.mark.parametrize("code", [code for code in CODES if not reaction_to(code).is_repeated])
async def test_what_does_not_pass_is_refused(store, code):
    """At once, with what an operator does about it; what it leaves alone goes on, and so does the store."""
    reaction = reaction_to(code)

    beside, failed = await asyncio.gather(
        store.write(adding(1)), store.write(failing(2, code, ALWAYS)), return_exceptions=True
    )
    await store.write(adding(3))

    assert isinstance(failed, StoreUnavailable)
    assert failed.trouble is reaction.trouble
    assert reaction.words in str(failed)
    if reaction.of_unit:
        assert (beside, await store.read(all_ids)) == (None, [1, 3])
    else:
        assert (beside.trouble, await store.read(all_ids)) == (reaction.trouble, [3])


async def test_what_never_passes_is_refused_in_the_end(store):
    """A conflict that comes each time is not tried for ever."""
    with pytest.raises(StoreUnavailable, match="in the way each time") as raised:
        await store.write(failing(1, "40001", ALWAYS))
    await store.write(adding(2))

    assert raised.value.trouble is Trouble.BUSY
    assert await store.read(all_ids) == [2]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("23505", StaleState), ("22003", ValueError), ("23503", asyncpg.ForeignKeyViolationError)],
)
async def test_what_a_unit_did_wrong_is_its_own(store, code, kind):
    """Its caller hears of it, and nobody else."""
    beside, failed = await asyncio.gather(
        store.write(adding(1)), store.write(failing(2, code, ALWAYS)), return_exceptions=True
    )

    assert beside is None
    assert isinstance(failed, kind)
    assert await store.read(all_ids) == [1]


PHONE = "+4915112345678"


def telling(sql, *values):
    """A unit whose statement fails on a value that nobody else may read."""

    async def unit(connection):
        await connection.execute(sql, *values)

    return unit


@pytest.mark.parametrize(
    ("unit", "left"),
    [
        (telling("INSERT INTO accounts (name, balance) VALUES ($1, 1), ($1, 1)", PHONE), "accounts_pkey"),
        (telling("INSERT INTO accounts (name, balance) VALUES ($1, NULL)", PHONE), "balance"),
        (telling(f"SELECT CAST('{PHONE} ana' AS bigint)"), "22P02"),
        (telling("INSERT INTO notes (id) VALUES ($1)", PHONE), "22000"),
    ],
)
async def test_no_error_tells_what_is_in_a_row(store, unit, left):
    """A unique key, a row, a text that is no number: what is logged of them says what is wrong, and not of whom."""
    with pytest.raises(Exception) as raised:  # noqa: PT011  # each is of another kind; what they say is compared
        await store.write(unit)

    logged = "".join(traceback.format_exception(raised.value))
    assert left in str(raised.value)
    assert PHONE not in logged
    assert "DETAIL" not in logged


def test_every_reaction_says_what_to_look_at():
    """In words that stand after `could not write:`."""
    assert all(reaction.words and not reaction.words.endswith(".") for reaction in REACTIONS.values())
