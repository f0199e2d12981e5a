"""Units that share a transaction on PostgreSQL: one that fails is undone alone, and who pays for that."""

import asyncio

import pytest

from pagerd.core.errors import Conflict, StaleState
from pagerd.stores.postgres_connection import Session
from tests.stores.conformance import adding, all_ids, write_schema
from tests.stores.test_postgres import opened


@pytest.fixture
def schema(tmp_path):
    """The migrations that the tests use."""
    return write_schema(tmp_path / "schema")


@pytest.fixture
def scripts(monkeypatch):
    """What was said to the server around the units."""
    said = []
    script = Session.script

    async def listened(session, statements, attempted, *more):
        said.append(attempted)
        return await script(session, statements, attempted, *more)

    monkeypatch.setattr(Session, "script", listened)
    return said


class Unit:
    """Adds a row, and counts how often it is run; one that fails does so before, or after the server was told."""

    def __init__(self, number, *, fails=""):
        self.number = number
        self.fails = fails
        self.runs = 0

    async def __call__(self, connection):
        self.runs += 1
        await connection.execute("SELECT 1")
        if self.fails == "after a look":
            raise Conflict("there is nothing to do")
        await adding(self.number)(connection)
        if self.fails == "after a change":
            assert (self.number,) in await connection.execute("SELECT id FROM notes")
            raise Conflict("it was wrong after all")
        return self.number


async def together(store, *units):
    """Run units in one batch; return what came of each."""
    return await asyncio.gather(*(store.write(unit) for unit in units), return_exceptions=True)


async def test_units_that_share_a_batch_cost_no_savepoint(postgres, database, schema, scripts):
    """Nothing is said between units that go well, nor after one that failed before it changed anything."""
    units = [Unit(1), Unit(2, fails="after a look"), Unit(3)]
    async with opened(postgres, database, schema) as store:
        scripts.clear()
        outcomes = await together(store, *units)

        assert scripts == ["begin to write", "commit"]
        assert outcomes[0::2] == [1, 3]
        assert isinstance(outcomes[1], Conflict)
        assert [unit.runs for unit in units] == [1, 1, 1]
        assert await store.read(all_ids) == [1, 3]


async def test_a_unit_that_fails_after_it_changed_something_is_undone_alone(postgres, database, schema):
    """Those beside it are done again, and nothing of theirs is there twice."""
    units = [Unit(1), Unit(2, fails="after a change"), Unit(3), Unit(4, fails="after a change")]
    async with opened(postgres, database, schema) as store:
        outcomes = await together(store, *units)

        assert outcomes[0::2] == [1, 3]
        assert [type(outcome) for outcome in outcomes[1::2]] == [Conflict, Conflict]
        assert [unit.runs for unit in units] == [2, 2, 1, 1]
        assert await store.read(all_ids) == [1, 3]


async def test_nobody_is_done_again_behind_the_first(postgres, database, schema):
    """When the first of a batch fails there is nobody before it: it is undone, and the others go on without it."""
    units = [Unit(1, fails="after a change"), Unit(2), Unit(3)]
    async with opened(postgres, database, schema) as store:
        outcomes = await together(store, *units)

        assert isinstance(outcomes[0], Conflict)
        assert outcomes[1:] == [2, 3]
        assert [unit.runs for unit in units] == [1, 1, 1]
        assert await store.read(all_ids) == [2, 3]


@pytest.mark.parametrize("before", [0, 1])
async def test_a_statement_that_fails_undoes_its_unit(postgres, database, schema, before):
    """The server ends the transaction with it; those before it are done again."""
    units = [*(Unit(number) for number in range(10, 10 + before)), Unit(1), Unit(2)]
    async with opened(postgres, database, schema) as store:
        await store.write(adding(1))
        outcomes = await together(store, *units)

        assert isinstance(outcomes[before], StaleState)
        assert outcomes[-1] == 2
        assert await store.read(all_ids) == sorted([1, 2, *range(10, 10 + before)])
