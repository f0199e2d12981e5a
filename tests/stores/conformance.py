"""What every store promises, whatever the engine.

A store's own test file makes a subclass with a `store` fixture over the schema of `write_schema`. A new meaning of the
Protocol goes here, not into one engine's test.
"""

import asyncio
from pathlib import Path

import pytest

from pagerd.core.errors import StaleState
from pagerd.stores.base import Connection, StoreUnavailable

_TABLES = """
CREATE TABLE notes (id bigint PRIMARY KEY, author text, amount double precision, raw {bytes});
CREATE TABLE replies (id bigint PRIMARY KEY, note bigint NOT NULL REFERENCES notes (id));
CREATE TABLE accounts (name text PRIMARY KEY, balance bigint NOT NULL);
INSERT INTO accounts (name, balance) VALUES ('left', 1000), ('right', 1000);
"""


def write_schema(directory: Path) -> Path:
    """Make a migrations directory with the tables that these tests use."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "0001_start.sqlite.sql").write_text(_TABLES.format(bytes="blob"))
    (directory / "0001_start.postgres.sql").write_text(_TABLES.format(bytes="bytea"))
    return directory


def adding(*ids):
    """A unit that adds notes."""

    async def unit(connection: Connection):
        for number in ids:
            await connection.execute("INSERT INTO notes (id) VALUES ($1)", number)

    return unit


def failing(number, error):
    """A unit that adds a note and then raises."""

    async def unit(connection: Connection):
        await connection.execute("INSERT INTO notes (id) VALUES ($1)", number)
        raise error

    return unit


async def all_ids(connection: Connection):
    """A unit that reads all notes."""
    return [row[0] for row in await connection.execute("SELECT id FROM notes ORDER BY id")]


class StoreConformance:
    async def test_a_write_returns_what_its_unit_returns(self, store):
        """A unit's result reaches its caller, rows of RETURNING included."""

        async def unit(connection):
            return await connection.execute(
                "INSERT INTO notes (id, author) VALUES ($1, $2) RETURNING id, author", 1, "ana"
            )

        assert await store.write(unit) == [(1, "ana")]

    async def test_a_change_without_returning_has_no_rows(self, store):
        """A change that returns nothing answers with an empty list."""

        async def unit(connection):
            return await connection.execute("INSERT INTO notes (id) VALUES ($1)", 1)

        assert await store.write(unit) == []

    async def test_what_was_written_can_be_read_at_once(self, store):
        """A read that begins after a write returned sees it."""
        for number in range(20):
            await store.write(adding(number))

            assert number in await store.read(all_ids)

    async def test_a_unit_sees_its_own_changes(self, store):
        """Inside a unit the statements before are visible."""

        async def unit(connection):
            await connection.execute("INSERT INTO notes (id) VALUES ($1)", 1)
            return await connection.execute("SELECT id FROM notes")

        assert await store.write(unit) == [(1,)]

    async def test_units_are_alone(self, store):
        """Units that are written at the same time each see all of those before and nothing of those after."""

        async def unit(connection):
            ((count,),) = await connection.execute("SELECT count(*) FROM notes")
            await connection.execute("INSERT INTO notes (id) VALUES ($1)", count)
            return count

        counts = await asyncio.gather(*(store.write(unit) for _ in range(40)))

        assert sorted(counts) == list(range(40))

    async def test_a_unit_runs_once(self, store):
        """However many units share a commit, each is called once."""
        runs = []

        def counting(number):
            async def unit(connection):
                runs.append(number)
                await connection.execute("INSERT INTO notes (id) VALUES ($1)", number)
                if number % 7 == 0:
                    raise LookupError

            return unit

        await asyncio.gather(*(store.write(counting(number)) for number in range(50)), return_exceptions=True)

        assert sorted(runs) == list(range(50))

    async def test_writes_keep_their_order(self, store):
        """What is written first is decided first, also when nobody waits in between."""

        def unit(number):
            async def unit(connection):
                await connection.execute(
                    "UPDATE accounts SET balance = $1 WHERE name = 'left' AND balance < $1", 10**6 + number
                )
                return await connection.execute("SELECT balance FROM accounts WHERE name = 'left'")

            return unit

        seen = await asyncio.gather(*(store.write(unit(number)) for number in range(30)))

        assert seen == [[(10**6 + number,)] for number in range(30)]

    async def test_a_failing_unit_is_undone_alone(self, store):
        """A unit that raises leaves nothing, the units beside it stay, and only its caller hears of it."""
        error = LookupError("of unit 2")

        results = await asyncio.gather(
            store.write(adding(1)), store.write(failing(2, error)), store.write(adding(3)), return_exceptions=True
        )

        assert results == [None, error, None]
        assert await store.read(all_ids) == [1, 3]

    async def test_a_failing_statement_is_undone_alone(self, store):
        """A violated constraint undoes its unit whole and no other."""
        await store.write(adding(5))

        results = await asyncio.gather(
            store.write(adding(1)), store.write(adding(2, 5)), store.write(adding(3)), return_exceptions=True
        )

        assert [type(result) for result in results][::2] == [type(None)] * 2
        assert isinstance(results[1], StaleState), "somebody else was first: load again"
        assert await store.read(all_ids) == [1, 3, 5]

    async def test_a_caught_failure_still_dooms_its_unit(self, store):
        """A unit that swallows a failed statement is undone all the same, as PostgreSQL would."""

        async def unit(connection):
            await connection.execute("INSERT INTO notes (id) VALUES ($1)", 1)
            try:
                await connection.execute("INSERT INTO notes (id) VALUES ($1)", 1)
            except Exception:  # noqa: BLE001 - each engine has its own
                return "went on"

        with pytest.raises(Exception, match=r".") as raised:
            await store.write(unit)

        assert not isinstance(raised.value, StoreUnavailable)
        assert await store.read(all_ids) == []

    async def test_after_a_failed_statement_the_unit_can_do_nothing(self, store):
        """A second statement after a failed one is refused."""

        async def unit(connection):
            for sql in ("SELECT id FROM nowhere", "SELECT 1"):
                with pytest.raises(Exception, match=r"."):
                    await connection.execute(sql)

        with pytest.raises(Exception, match="nowhere"):
            await store.write(unit)

    async def test_a_unit_may_raise_anything(self, store):
        """An exception that is no Exception reaches its caller and ends nothing else."""

        class Stop(BaseException):
            pass

        with pytest.raises(Stop):
            await store.write(failing(1, Stop()))
        with pytest.raises(asyncio.CancelledError):
            await store.write(failing(2, asyncio.CancelledError()))
        await store.write(adding(3))

        assert await store.read(all_ids) == [3]

    async def test_reads_never_see_a_torn_state(self, store):
        """Two statements of one read belong to one state, while transfers go on."""

        def transfer(amount):
            async def unit(connection):
                await connection.execute("UPDATE accounts SET balance = balance - $1 WHERE name = 'left'", amount)
                await connection.execute("UPDATE accounts SET balance = balance + $1 WHERE name = 'right'", amount)

            return unit

        async def total(connection):
            ((left,),) = await connection.execute("SELECT balance FROM accounts WHERE name = 'left'")
            ((right,),) = await connection.execute("SELECT balance FROM accounts WHERE name = 'right'")
            return left + right

        works = [work for number in range(60) for work in (store.write(transfer(number)), store.read(total))]
        results = await asyncio.gather(*works)

        assert set(results[1::2]) == {2000}

    async def test_a_read_cannot_write(self, store):
        """A unit given to read() that writes is refused, and nothing of it is kept."""
        with pytest.raises(ValueError, match="write"):
            await store.read(adding(1))

        assert await store.read(all_ids) == []

    async def test_a_failing_read_reaches_its_caller(self, store):
        """A reading unit that raises does no harm to the next."""

        async def unit(connection):
            raise LookupError("no such page")

        with pytest.raises(LookupError, match="no such page"):
            await store.read(unit)

        assert await store.read(all_ids) == []

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("id", 0),
            ("id", 2**63 - 1),
            ("id", -(2**63)),
            ("author", ""),
            ("author", "Ana Ribeiro, Łódź, 東京, 🔥 e\u0301"),
            ("author", "'; DROP TABLE notes; --"),
            ("author", "x" * 1_000_000),
            ("author", None),
            ("amount", 0.1),
            ("amount", -1.5e300),
            ("amount", float("inf")),
            ("raw", b""),
            ("raw", bytes(range(256))),
        ],
        ids=repr,
    )
    async def test_values_come_back_as_they_went(self, store, column, value):
        """Each type of value is read as it was written."""

        async def unit(connection):
            if column == "id":
                await connection.execute("INSERT INTO notes (id) VALUES ($1)", value)
            else:
                await connection.execute(f"INSERT INTO notes (id, {column}) VALUES (1, $1)", value)  # noqa: S608

        async def stored(connection):
            return await connection.execute(f"SELECT {column} FROM notes")  # noqa: S608

        await store.write(unit)

        ((read,),) = await store.read(stored)
        assert read == value
        assert type(read) is type(value)

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("id", 2**63),
            ("id", -(2**63) - 1),
            ("author", "a\0b"),
            ("author", "\ud800"),
            ("amount", float("nan")),
        ],
        ids=ascii,
    )
    async def test_values_that_not_every_engine_keeps_are_refused(self, store, column, value):
        """NUL and lone surrogates in text, integers beyond 64 bits and NaN raise ValueError, and the unit is undone."""

        async def unit(connection):
            await connection.execute("INSERT INTO notes (id) VALUES ($1)", 1)
            await connection.execute(f"UPDATE notes SET {column} = $1", value)  # noqa: S608

        with pytest.raises(ValueError, match=r"."):
            await store.write(unit)

        assert await store.read(all_ids) == []

    async def test_parameters_have_numbers(self, store):
        """A parameter may stand twice and in any order, and a text that looks like one is a text."""

        async def unit(connection):
            await connection.execute("INSERT INTO notes (id, author) VALUES ($2, $1 || '$1' || $1) -- not $3", "ana", 7)
            return await connection.execute("SELECT id, author FROM notes")

        assert await store.write(unit) == [(7, "ana$1ana")]

    @pytest.mark.parametrize(
        "sql",
        [
            "COMMIT",
            "ROLLBACK",
            "BEGIN",
            "SAVEPOINT x",
            "CREATE TABLE more (id bigint)",
            "DELETE FROM notes; COMMIT",
            "",
        ],
    )
    async def test_a_unit_cannot_leave_its_transaction(self, store, sql):
        """Transaction statements, schema changes and two statements in one are refused before they run."""

        async def unit(connection):
            await connection.execute("INSERT INTO notes (id) VALUES ($1)", 1)
            await connection.execute(sql)

        with pytest.raises(ValueError, match=r"unit|statement"):
            await store.write(unit)

        assert await store.read(all_ids) == []

    async def test_a_connection_ends_with_its_unit(self, store):
        """Whoever keeps the connection of a unit cannot use it afterwards."""
        kept = []

        async def unit(connection):
            kept.append(connection)

        await store.write(unit)

        with pytest.raises(RuntimeError, match="unit has ended"):
            await kept[0].execute("INSERT INTO notes (id) VALUES ($1)", 1)
        assert await store.read(all_ids) == []

    async def test_one_claim_wins(self, store):
        """Of many that claim the same row by a conditional update, one sees that it changed a row."""

        def claim(number):
            async def unit(connection):
                return await connection.execute(
                    "UPDATE accounts SET balance = $1 WHERE name = 'left' AND balance = 1000 RETURNING name", number
                )

            return unit

        claims = await asyncio.gather(*(store.write(claim(number)) for number in range(20)))

        assert sorted(map(len, claims)) == [0] * 19 + [1]

    async def test_references_hold(self, store):
        """A row may not point at a row that is not there."""

        async def unit(connection):
            await connection.execute("INSERT INTO replies (id, note) VALUES (1, 99)")

        with pytest.raises(Exception, match=r"(?i)foreign key"):
            await store.write(unit)

    async def test_many_writers(self, store):
        """Hundreds of writers at once are all served."""
        await asyncio.gather(*(store.write(adding(number)) for number in range(500)))

        assert await store.read(all_ids) == list(range(500))

    async def test_a_cancelled_caller_harms_nobody(self, store):
        """Whoever is cancelled while waiting takes nobody along."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(store.write(adding(number))) for number in range(20)]
            await asyncio.sleep(0)
            for task in tasks[::2]:
                task.cancel()
        await store.write(adding(100))

        ids = set(await store.read(all_ids))
        assert ids >= {1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 100}

    async def test_close_finishes_what_was_accepted(self, store):
        """Whatever was accepted before close is answered, not dropped."""
        async with asyncio.TaskGroup() as group:
            writes = [group.create_task(store.write(adding(number))) for number in range(100)]
            reads = [group.create_task(store.read(all_ids)) for _ in range(10)]
            await asyncio.sleep(0)
            await store.close()

        assert all(write.exception() is None for write in writes)
        assert all(read.exception() is None for read in reads)

    async def test_a_closed_store_refuses(self, store):
        """After close every call raises StoreUnavailable, and a second close is harmless."""
        await store.close()
        await store.close()

        with pytest.raises(StoreUnavailable, match="closed"):
            await store.write(adding(1))
        with pytest.raises(StoreUnavailable, match="closed"):
            await store.read(all_ids)

    async def test_figures_count_units(self, store):
        """Units that were kept and units that raised are told apart, and there was a commit."""
        before = store.figures()
        await store.write(adding(1))
        with pytest.raises(ZeroDivisionError):
            await store.write(failing(2, ZeroDivisionError()))
        await store.write(adding(3))
        after = store.figures()

        assert after.units_kept - before.units_kept == 2
        assert after.units_undone - before.units_undone == 1
        assert sum(after.commits.counts) - sum(before.commits.counts) >= 2
        assert (after.waiting, after.reopened, after.is_failed) == (0, 0, False)
