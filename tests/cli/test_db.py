"""`pagerd db copy` moves what a SQLite file holds to PostgreSQL, says what arrived, and what to do now."""

import asyncio
import json
from functools import partial

import pytest

from pagerd.stores.sqlite import SqliteStore
from tests.cli.fake_daemon import pagerd
from tests.stores import filled
from tests.web.api.test_documented import differences

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def command(directory):
    """Run a command in a process of its own, in the config directory: it sets up logging for itself."""
    return partial(pagerd, cwd=directory)


@pytest.fixture
def file(directory):
    """A database in the place where the directory's daemon kept it."""
    path = directory / ".pagerd" / "pagerd.db"
    path.parent.mkdir(mode=0o700)
    return asyncio.run(filled.of_a_story("digest", path))


def test_a_copy_says_what_arrived_and_what_now(on_server, file, command):
    """Its tables with their rows, that they are the same, what was not copied, and what must not happen."""
    said = command("db", "copy")

    assert said.returncode == 0, said.stderr
    assert f"the same there as in {file}." in said.stdout
    assert "alerts" in said.stdout
    assert "entries was verified there: it holds." in said.stdout
    assert "Not copied: the config files" in said.stderr
    assert "pages are open in it: they go on where they stood" in said.stderr
    assert f"Nobody may start pagerd on {file} again" in said.stderr


def test_a_copy_in_json(on_server, file, command):
    """Every table with its rows and its digest."""
    said = command("db", "copy", str(file), "-o", "json")
    answer = json.loads(said.stdout)

    assert said.returncode == 0, said.stderr
    assert differences("db copy", answer) == []
    assert {*answer} == {"file", "server", "schema", "tables", "entries", "findings", "pages_open"}
    assert {table["name"]: table["rows"] for table in answer["tables"]}["alerts"] == len(filled.rows_of(file)["alerts"])
    assert all(len(table["digest"]) == 64 for table in answer["tables"])
    assert (answer["file"], answer["findings"]) == (str(file), [])


def test_a_second_copy_is_refused(on_server, file, command):
    """The database is not empty any more: that is 1, and says how to empty it."""
    assert command("db", "copy").returncode == 0
    said = command("db", "copy")

    assert said.returncode == 1
    assert "the database is not empty" in said.stderr


def test_a_file_in_use_is_refused(on_server, file, command):
    """The daemon must be stopped first."""
    store = SqliteStore.open(file)
    try:
        said = command("db", "copy")
    finally:
        asyncio.run(store.close())

    assert said.returncode == 2
    assert "in use by another pagerd" in said.stderr


def test_without_a_server_it_says_what_to_write(file, command):
    """`pagerd.yaml` says where to: as long as it names a file, that is what to change."""
    said = command("db", "copy")

    assert said.returncode == 2
    assert "store: {postgres: {hosts: [HOST], database: NAME, user: NAME, password_file: FILE}}" in said.stderr


def test_no_file_is_not_found(on_server, command):
    """With the name that was looked for."""
    said = command("db", "copy", "nothing.db")

    assert said.returncode == 5
    assert "nothing.db" in said.stderr
