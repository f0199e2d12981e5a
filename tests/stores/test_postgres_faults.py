"""A server that dies, hangs, is full of others or lets nobody in: what was promised holds, nothing waits for ever."""

import asyncio
import threading
from pathlib import Path

import asyncpg
import pytest

from pagerd.stores.base import StoreUnavailable, StoreUnusable, Trouble
from pagerd.stores.postgres import PostgresStore
from pagerd.stores.postgres_connection import TIMEOUTS
from pagerd.stores.postgres_errors import PostgresTrouble
from pagerd.stores.postgres_readers import READERS
from pagerd.stores.postgres_server import Server as PostgresServer
from pagerd.stores.postgres_writer import TURN_KEY
from tests.postgres.fixtures import administer
from tests.postgres.server import Server
from tests.stores.conformance import adding, all_ids, write_schema
from tests.stores.test_postgres import address_of, balance_left, opened

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def schema(tmp_path):
    """The migrations that the tests use."""
    return write_schema(tmp_path / "schema")


@pytest.fixture
def server():
    """A server of this test's own."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.remove()


DYING = """
CREATE FUNCTION dies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"""
AT_COMMIT = """
CREATE CONSTRAINT TRIGGER dying AFTER INSERT ON replies DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION dies()"""


async def refusal_of(work):
    """Wait for a refusal, and return it."""
    with pytest.raises(StoreUnavailable) as raised:
        await work
    return raised.value


async def test_a_server_that_died_is_waited_for(server, schema):
    """Without a server there are refusals; with one that is back the store goes on, over new connections."""
    async with opened(server, "postgres", schema) as store:
        await store.write(adding(1))
        assert await store.read(all_ids) == [1]

        server.kill()
        written, read = await asyncio.gather(refusal_of(store.write(adding(2))), refusal_of(store.read(all_ids)))
        server.start()
        await store.write(adding(3))

        assert (written.trouble, read.trouble) == (Trouble.UNREACHABLE, Trouble.UNREACHABLE)
        assert f"127.0.0.1:{server.port}" in str(written)
        assert await store.read(all_ids) == [1, 3]
        assert store.figures().reopened >= 1


async def test_a_server_that_is_back_soon_is_noticed_by_nobody(server, schema):
    """What was not committed is done again: a restart of the server costs its callers a moment."""
    async with opened(server, "postgres", schema) as store:
        await store.write(adding(1))
        server.kill()
        async with asyncio.TaskGroup() as group:
            group.create_task(store.write(adding(2)))
            await asyncio.get_running_loop().run_in_executor(None, server.start)

        assert await store.read(all_ids) == [1, 2]


async def test_a_server_that_stands_still_is_left(server, schema):
    """A call ends at its deadline, and its socket is closed; when the server goes on, so does the store."""
    async with opened(server, "postgres", schema) as store:
        await store.write(adding(1))
        await store.read(all_ids)

        server.freeze()
        async with asyncio.timeout(20):
            written, read = await asyncio.gather(refusal_of(store.write(adding(2))), refusal_of(store.read(all_ids)))
        server.go_on()
        await store.write(adding(3))

        assert {written.trouble, read.trouble} <= {Trouble.HANGS, Trouble.UNREACHABLE}
        assert await store.read(all_ids) == [1, 3]


async def test_closing_does_not_wait_for_a_server_that_stands_still(server, schema):
    """Whoever stops pagerd is not held up by the database."""
    store = await PostgresStore.open(address_of(server, "postgres"), migrations=schema)
    await store.read(all_ids)
    server.freeze()

    async with asyncio.timeout(10):
        await store.close()


async def test_a_commit_without_an_answer_is_unknown(postgres, database, schema):
    """The connection is lost in the COMMIT: nobody may say that it was kept, or that it was not."""

    async def replying(connection):
        await connection.execute("INSERT INTO replies (id, note) VALUES (1, 1)")

    async with opened(postgres, database, schema) as store:
        await administer(postgres, DYING, AT_COMMIT, database=database)
        await store.write(adding(1))

        refusal = await refusal_of(store.write(replying))
        await store.write(adding(2))

        assert "unknown" in str(refusal)
        assert await store.read(all_ids) == [1, 2]


async def test_a_hang_is_called_one_on_every_connection(server):
    """One call waited too long, so all connections there are closed: what waits on another is not told of a loss."""
    primary = PostgresServer(address_of(server, "postgres"))
    first, second = await primary.connect(), await primary.connect()
    server.freeze()

    async def waits():
        with pytest.raises(PostgresTrouble, match="did not answer in time") as raised:
            await second.fetch("SELECT 1", (), 60.0)
        return raised.value

    async def gives_up():
        with pytest.raises(PostgresTrouble, match="did not answer in time") as raised:
            await first.fetch("SELECT 1", (), 0.2)
        primary.lose(first, raised.value.reaction)

    refusal, _ = await asyncio.gather(waits(), gives_up())

    assert refusal.trouble is Trouble.HANGS
    assert "lost" not in str(refusal)


async def test_a_transaction_that_failed_unseen_is_not_committed(postgres, database, schema):
    """A server answers COMMIT of a failed transaction with ROLLBACK, and calls that no error: we do."""
    async with opened(postgres, database, schema) as store:
        session = store._writer._session
        fetch = session.fetch

        async def fails_unseen(sql, values=(), seconds=2.0):
            if sql.startswith("INSERT"):
                with pytest.raises(asyncpg.DivisionByZeroError):
                    await session._raw.fetch("SELECT 1 / 0")
                return []
            return await fetch(sql, values, seconds)

        session.fetch = fails_unseen
        refusal = await refusal_of(store.write(adding(1)))

        assert "ROLLBACK" in str(refusal)
        assert await store.read(all_ids) == []


async def test_whoever_stands_still_in_its_turn_loses_it(postgres, database, schema):
    """A node that was frozen in its turn to write is thrown out by the server, and the others go on."""
    async with opened(postgres, database, schema) as store:
        frozen = await asyncpg.connect(postgres.dsn(database))
        await frozen.execute(f"BEGIN; {TIMEOUTS}; SELECT pg_advisory_xact_lock({TURN_KEY})")

        async with asyncio.timeout(10):
            await store.write(adding(1))

        # The driver calls it an error of its own when it hears of the end while nobody asks.
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)):
            await frozen.execute("COMMIT")
        frozen.terminate()


def stand_still_until_thrown_out(server, database):
    """Hold up the whole process, its event loop with it, until the server ended the transaction that is open."""
    gone = """
        DO $$ BEGIN
            WHILE EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
                          AND application_name = 'pagerd' AND state = 'idle in transaction')
            LOOP PERFORM pg_sleep(0.02); PERFORM pg_stat_clear_snapshot(); END LOOP;
        END $$"""
    watcher = threading.Thread(target=lambda: asyncio.run(administer(server, gone, database=database)))
    watcher.start()
    watcher.join()


@pytest.mark.parametrize("where", ["between two statements", "before COMMIT"])
async def test_whoever_stood_still_in_a_unit_does_it_again(postgres, database, schema, where):
    """A machine that has no time for pagerd costs time: the callers hear of nothing, and nothing is there twice."""
    runs = []

    async def slow(connection):
        runs.append(1)
        await connection.execute("UPDATE accounts SET balance = balance + 5 WHERE name = 'left' RETURNING name")
        if len(runs) == 1:
            stand_still_until_thrown_out(postgres, database)
        if where != "before COMMIT":
            await connection.execute("UPDATE accounts SET balance = balance + 2 WHERE name = 'left' RETURNING name")
        return len(runs)

    async with opened(postgres, database, schema) as store:
        answered = await asyncio.gather(store.write(adding(1)), store.write(adding(2)), store.write(slow))

        assert answered[2] == len(runs) == 2
        assert await store.read(all_ids) == [1, 2]
        assert await store.read(balance_left) == (1005 if where == "before COMMIT" else 1007)


async def test_a_turn_that_is_never_had_is_refused(postgres, database, schema):
    """Another program that holds the lock is named, and nothing waits for it longer than a sender does."""
    async with opened(postgres, database, schema) as store:
        holder = await asyncpg.connect(postgres.dsn(database))
        await holder.execute(f"BEGIN; SELECT pg_advisory_xact_lock({TURN_KEY})")

        async with asyncio.timeout(15):
            refusal = await refusal_of(store.write(adding(1)))
        await holder.execute("ROLLBACK")
        await holder.close()
        await store.write(adding(2))

        assert refusal.trouble is Trouble.LOCKED
        assert await store.read(all_ids) == [2]


async def test_a_node_has_few_connections(postgres, database, schema):
    """However much is asked at once, one connection writes and a few read."""
    count = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pagerd' AND datname = current_database()"
    async with opened(postgres, database, schema) as store:
        await asyncio.gather(*(store.read(all_ids) for _ in range(200)), *(store.write(adding(n)) for n in range(20)))

        ((connections,),) = await administer(postgres, count, database=database)

    assert 2 <= connections <= 1 + READERS <= 8


async def test_a_server_without_a_connection_left_is_named(postgres, database, schema):
    """A role may have a limit: reads beside the writer are refused, and say why."""
    await administer(
        postgres,
        "CREATE ROLE lonely LOGIN CONNECTION LIMIT 1",
        f"ALTER DATABASE {database} OWNER TO lonely",
    )
    await administer(postgres, "ALTER SCHEMA public OWNER TO lonely", database=database)
    store = await PostgresStore.open(address_of(postgres, database, user="lonely"), migrations=schema)
    try:
        refusal = await refusal_of(store.read(all_ids))

        assert refusal.trouble is Trouble.BUSY
        assert "max_connections" in str(refusal)
    finally:
        await store.close()
        await administer(postgres, f"ALTER DATABASE {database} OWNER TO postgres")
        await administer(postgres, "DROP OWNED BY lonely CASCADE", database=database)
        await administer(postgres, "DROP ROLE lonely")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"user": "nobody_there"}, "does not let pagerd in"),
        ({"database": "no_such_database"}, "no such database"),
    ],
)
async def test_who_is_not_let_in_reads_why(postgres, database, schema, wrong, words):
    """The settings are wrong, and no wait mends that."""
    refusal = await refusal_of(PostgresStore.open(address_of(postgres, database, **wrong), migrations=schema))

    assert refusal.trouble is Trouble.REFUSED
    assert words in str(refusal)


def unreadable():
    """A password whose file is not there."""
    raise StoreUnavailable("Reading the secret in /etc/pagerd/db: No such file or directory")


@pytest.mark.parametrize(
    ("wrong", "words", "trouble"),
    [
        ({"hosts": (("127.0.0.1", 1),)}, "127.0.0.1:1: Connect call failed", Trouble.UNREACHABLE),
        ({"hosts": (("no-such-host.invalid", 1),)}, "no-such-host.invalid:1: ", Trouble.UNREACHABLE),
        ({"tls": "verify-full", "tls_ca": Path("/nowhere.pem")}, "the certificates in /nowhere.pem", Trouble.REFUSED),
        ({"password": unreadable}, "the secret in /etc/pagerd/db: No such file", Trouble.REFUSED),
        ({"user": "nobody_there"}, '28000: role "nobody_there" does not exist', Trouble.REFUSED),
    ],
)
async def test_where_there_was_no_connection_none_was_lost(postgres, database, schema, wrong, words, trouble):
    """Nobody there, no such name, no file: each is another errand at night, and each says which it is."""
    refusal = await refusal_of(PostgresStore.open(address_of(postgres, database, **wrong), migrations=schema))

    assert words in str(refusal)
    assert "was lost" not in str(refusal)
    assert refusal.trouble is trouble


async def test_a_password_is_read_for_each_connection(tmp_path, schema):
    """A wrong one is named without being said; a new one is good from the next connection on."""
    server = Server()
    rules = server.home / "hba"
    rules.write_text("host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
    rules.chmod(0o644)
    server.settings |= {"hba_file": str(rules)}
    passwords = ["wrong-and-secret", "sesame"]
    try:
        server.start()
        await administer(server, "CREATE ROLE p LOGIN PASSWORD 'sesame'", "ALTER DATABASE postgres OWNER TO p")
        await administer(server, "ALTER SCHEMA public OWNER TO p")
        address = address_of(server, "postgres", user="p", password=lambda: passwords.pop(0))

        refusal = await refusal_of(PostgresStore.open(address, migrations=schema))
        store = await PostgresStore.open(address, migrations=schema)
        await store.close()

        assert refusal.trouble is Trouble.REFUSED
        assert "password file" in str(refusal)
        assert "wrong-and-secret" not in str(refusal)
    finally:
        server.remove()


async def test_a_server_that_takes_no_writes_is_not_taken(postgres, database, schema):
    """A replica, or what looks like one: nothing is read there that may be old."""
    await administer(postgres, f"ALTER DATABASE {database} SET default_transaction_read_only = on")

    refusal = await refusal_of(PostgresStore.open(address_of(postgres, database), migrations=schema))

    assert "takes no writes" in str(refusal)


async def test_a_user_without_rights_reads_which(postgres, database, schema):
    """Since PostgreSQL 15 nobody but the owner may make tables."""
    await administer(postgres, "CREATE ROLE guest LOGIN")
    try:
        refusal = await refusal_of(PostgresStore.open(address_of(postgres, database, user="guest"), migrations=schema))

        assert refusal.trouble is Trouble.REFUSED
        assert "must own its database" in str(refusal)
    finally:
        await administer(postgres, "DROP ROLE guest")


async def test_without_prepared_statements_all_is_the_same(postgres, database, schema):
    """Behind a pooler in transaction mode each statement is told whole."""
    address = address_of(postgres, database, prepared_statements=False)
    store = await PostgresStore.open(address, migrations=schema)
    try:
        await asyncio.gather(*(store.write(adding(number)) for number in range(20)))

        assert await store.read(all_ids) == list(range(20))
    finally:
        await store.close()


async def test_a_unit_waits_for_nothing_else(postgres, database, schema):
    """A unit that awaits anything but its connection would hold up every node: it is refused."""

    async def unit(connection):
        await connection.execute("INSERT INTO notes (id) VALUES (1)")
        await asyncio.sleep(0)

    async with opened(postgres, database, schema) as store:
        with pytest.raises(RuntimeError, match="nothing but its Connection"):
            await store.write(unit)

        assert await store.read(all_ids) == []


async def test_a_broken_migration_leaves_nothing(postgres, database, tmp_path):
    """Its words name it, and the ones before it stay."""
    schema = write_schema(tmp_path / "schema")
    (schema / "0002_broken.sql").write_text("CREATE TABLE more (id bigint); CREATE TABLE notes (id bigint);")

    with pytest.raises(StoreUnusable, match="0002_broken failed and nothing of it was kept"):
        await PostgresStore.open(address_of(postgres, database), migrations=schema)

    tables = "SELECT count(*) FROM pg_tables WHERE tablename IN ('notes', 'more')"
    assert await administer(postgres, tables, database=database) == [(1,)]


@pytest.mark.parametrize("sql", ["COMMIT", "CREATE TABLE a (b text); ROLLBACK;", "SAVEPOINT x"])
async def test_a_migration_may_not_end_its_transaction(postgres, database, tmp_path, sql):
    """Half a migration could be kept."""
    schema = write_schema(tmp_path / "schema")
    (schema / "0002_ends.sql").write_text(sql)

    with pytest.raises(StoreUnusable, match="may not end its transaction"):
        await PostgresStore.open(address_of(postgres, database), migrations=schema)


async def test_an_older_pagerd_goes_by_what_the_newer_wrote(postgres, database, tmp_path):
    """A migration that older nodes can live with lets them start; one that says nothing does not."""
    old, new = write_schema(tmp_path / "old"), write_schema(tmp_path / "new")
    (new / "0002_kind.sql").write_text("-- compatible: 1\nALTER TABLE notes ADD COLUMN kind text;")
    async with opened(postgres, database, new), opened(postgres, database, old) as store:
        await store.write(adding(1))
        assert await store.read(all_ids) == [1]

    (new / "0003_other.sql").write_text("ALTER TABLE notes RENAME TO remarks;")
    async with opened(postgres, database, new):
        with pytest.raises(StoreUnusable, match="the database has schema 3, this pagerd knows 1"):
            await PostgresStore.open(address_of(postgres, database), migrations=old)


async def test_a_schema_that_changes_under_a_running_node_is_no_trouble(postgres, database, tmp_path):
    """What a connection had prepared is prepared anew."""
    old, new = write_schema(tmp_path / "old"), write_schema(tmp_path / "new")
    (new / "0002_kind.sql").write_text("-- compatible: 1\nALTER TABLE accounts ALTER COLUMN name TYPE varchar(100);")

    async def names(connection):
        return await connection.execute("SELECT name FROM accounts ORDER BY name")

    async with opened(postgres, database, old) as store:
        await store.write(names)
        await store.read(names)
        async with opened(postgres, database, new):
            assert await store.write(names) == [("left",), ("right",)]
            assert await store.read(names) == [("left",), ("right",)]
