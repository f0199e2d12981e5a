"""The SQLite store under real faults: killed processes, disks that are full or fail."""

import functools
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pagerd.stores.base import StoreUnusable
from pagerd.stores.sqlite import SqliteStore
from tests.stores.conformance import all_ids, write_schema

ROOT = Path(__file__).parents[2]
PROCESS = Path(__file__).with_name("store_process.py")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SYNCS = "fsync,fdatasync"


@pytest.fixture
def schema(tmp_path):
    """The migrations that the tests use."""
    return write_schema(tmp_path / "schema")


@pytest.fixture
def path(tmp_path):
    """Where the database will be."""
    return tmp_path / "pagerd.db"


def start(*arguments, prefix=()):
    """Start the process."""
    return subprocess.Popen(
        [*prefix, sys.executable, str(PROCESS), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=ENVIRONMENT,
    )


def run(*arguments, prefix=()):
    """Run the process to its end and return the lines it said."""
    with start(*arguments, prefix=prefix) as process:
        output, _ = process.communicate(timeout=50)
    assert process.returncode == 0, output
    return output.splitlines()


def numbers(lines, word):
    """Collect the ids of which a word was said."""
    return {int(line.split()[1]) for line in lines if line.startswith(word + " ")}


async def stored(path, schema):
    """Open what the process left behind, which also checks the file, and read it."""
    store = SqliteStore.open(path, migrations=schema)
    try:
        return set(await store.read(all_ids))
    finally:
        await store.close()


async def test_kill_9_under_load_loses_nothing_acknowledged(path, schema):
    """Whatever a killed process had been answered is in the file, round after round on one database."""
    promised = set()
    for turn in range(1, 5):
        with start("load", path, schema, turn * 1_000_000) as process:
            lines = [process.stdout.readline() for _ in range(400 * turn)]
            process.send_signal(signal.SIGKILL)
            lines += process.stdout.readlines()
        # The last line may be cut short by the kill; a cut number is not what was said.
        promised |= numbers([line for line in lines if line.endswith("\n")], "kept")

        assert promised <= await stored(path, schema)
    assert len(promised) > 3_000


async def test_a_kill_inside_a_migration_leaves_nothing_of_it(path, schema):
    """A process that dies in the middle of a migration leaves the schema as it was, and the next start migrates."""
    await stored(path, schema)
    second = schema / "0002_die.sql"
    second.write_text("CREATE TABLE half (id bigint); INSERT INTO half VALUES (1); SELECT die();")
    with start("die_in_migration", path, schema) as process:
        process.communicate(timeout=50)
    assert process.returncode == -signal.SIGKILL
    second.write_text("CREATE TABLE half (id bigint); INSERT INTO half VALUES (2);")

    async def halves(connection):
        return await connection.execute("SELECT id FROM half")

    store = SqliteStore.open(path, migrations=schema)
    rows = await store.read(halves)
    await store.close()

    assert rows == [(2,)]


async def test_files_that_cannot_grow_refuse_and_recover(path, schema):
    """At the limit writes are refused, nothing acknowledged is lost, and without a restart it works again after."""
    lines = run("small_disk", path, schema)

    lifted = lines.index("limit lifted")
    assert len(numbers(lines[:lifted], "refused")) == 5
    assert "kept" in lines[-3]
    assert lines[-1] == "closed"
    assert numbers(lines, "kept") <= await stored(path, schema)


@functools.cache
def no_strace():
    """Why strace cannot be used here, or an empty text."""
    if shutil.which("strace") is None:
        return "strace is not installed: disk faults are NOT tested (apt install strace)"
    probe = subprocess.run(
        ["strace", "-f", "-qq", "-o", os.devnull, "-e", "inject=fsync:error=EIO", "true"],
        capture_output=True,
        check=False,
    )
    return "" if probe.returncode == 0 else f"strace may not trace here, disk faults are NOT tested: {probe.stderr!r}"


@pytest.fixture
def inject():
    """Make a command prefix that has system calls fail; strace counts them in each thread by itself."""
    if reason := no_strace():
        pytest.skip(reason)

    def prefix(calls, error, when):
        expression = f"inject={calls}:error={error}:when={when}"
        return ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={calls}", "-e", expression)

    return prefix


@pytest.mark.parametrize("when", [5, 8, 11])
async def test_a_failing_fsync_is_not_believed(path, schema, inject, when):
    """The commit whose fsync fails is refused, the file is opened anew, and the next ones are kept."""
    await stored(path, schema)

    lines = run("steady", path, schema, prefix=inject(SYNCS, "EIO", when))

    assert len(numbers(lines, "refused")) == 1
    assert len(numbers(lines, "kept")) == 59
    assert "breakages 1" in lines
    assert "failed" not in lines
    assert numbers(lines, "kept") <= await stored(path, schema)


async def test_fsyncs_that_go_on_failing_ask_for_a_restart(path, schema, inject):
    """When opening the file anew does not help, the daemon is told once that a restart is due."""
    await stored(path, schema)

    lines = run("until_failed", path, schema, prefix=inject(SYNCS, "EIO", "8+"))

    assert lines.count("failed") == 1
    assert "breakages 3" in lines
    assert numbers(lines, "kept") <= await stored(path, schema)


@pytest.mark.parametrize("when", ["30..33", "41..50", "60+3"])
async def test_a_full_disk_refuses_and_is_no_reason_to_restart(path, schema, inject, when):
    """While the disk is full writes are refused; when there is room they are kept, on the same connection."""
    await stored(path, schema)

    lines = run("steady", path, schema, prefix=inject("pwrite64", "ENOSPC", when))

    assert numbers(lines, "refused")
    assert any("FullError" in line for line in lines)
    assert len(numbers(lines, "refused")) + len(numbers(lines, "kept")) == 60
    assert "failed" not in lines
    assert numbers(lines, "kept") <= await stored(path, schema)


@pytest.mark.parametrize("when", [1, 2, 9, 11, 16])
async def test_a_write_that_fails_is_not_believed(path, schema, inject, when):
    """An I/O error at any write, and every 17th after, refuses that commit or the opening, and loses nothing."""
    await stored(path, schema)

    with start("steady", path, schema, prefix=inject("pwrite64", "EIO", f"{when}+17")) as process:
        output, _ = process.communicate(timeout=50)
    lines = output.splitlines()

    assert (process.returncode == 0) == ("closed" in lines)
    assert process.returncode != 0 or numbers(lines, "refused")
    assert process.returncode == 0 or f"could not open {path}: IOError" in lines[-1]
    assert numbers(lines, "kept") <= await stored(path, schema)


async def test_a_disk_that_fails_at_the_opening_is_told(path, schema, inject):
    """A store that cannot be opened for an I/O error raises an error of ours that says so."""
    with start("steady", path, schema, prefix=inject(SYNCS, "EIO", "1+")) as process:
        output, _ = process.communicate(timeout=50)

    assert process.returncode != 0
    assert f"{StoreUnusable.__name__}: the store cannot be opened at {path}: Input/output error" in output


async def test_each_commit_is_on_the_disk_before_its_answer(path, schema, inject, tmp_path):
    """Between two answers to a lone caller the disk was synced: a kill cannot show this, a power cut would."""
    await stored(path, schema)
    trace = tmp_path / "trace"

    with start("steady", path, schema, prefix=("strace", "-f", "-o", trace, "-e", f"trace={SYNCS},write")) as process:
        output, _ = process.communicate(timeout=50)
    calls = trace.read_text().splitlines()

    assert len(numbers(output.splitlines(), "kept")) == 60
    synced = False
    for call in calls:
        synced = synced or "sync(" in call
        if 'write(1, "kept' in call:
            assert synced, call
            synced = False
