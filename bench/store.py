"""Group commits of the SQLite store: units/s and latency for 1, 16, 64 and 256 concurrent callers.

    python bench/store.py [--directory DIR] [--seconds 2] [--callers 1,16,64,256] [--busy-us 0] [--switch-us 5000]

A unit is what a new alert costs: three selects, five inserts (alert, page, history, timer, notification). `--busy-us`
makes each caller burn so much time on the event loop before its write, as parsing a request does; `--switch-us` sets
the interpreter's switch interval. The first line is the yardstick of the machine: an append of 4 KiB with fdatasync.
The second is the ceiling: the same statements without store, loop or threads, 64 units to a commit. The database goes
to a new directory under DIR, which is removed.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import apsw
import structlog

from pagerd.stores.base import Connection
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_connection import configure

SCHEMA = """
CREATE TABLE alerts (id text PRIMARY KEY, source text NOT NULL, fingerprint text NOT NULL, state text NOT NULL,
    page text NOT NULL, labels text NOT NULL, started_at bigint NOT NULL);
CREATE UNIQUE INDEX alerts_open ON alerts (source, fingerprint) WHERE state = 'firing';
CREATE TABLE pages (id text PRIMARY KEY, group_key text NOT NULL, state text NOT NULL, opened_at bigint NOT NULL,
    version bigint NOT NULL, body text NOT NULL);
CREATE UNIQUE INDEX pages_open ON pages (group_key) WHERE state <> 'resolved';
CREATE TABLE history (page text NOT NULL, number bigint NOT NULL, at bigint NOT NULL, event text NOT NULL,
    body text NOT NULL, PRIMARY KEY (page, number));
CREATE TABLE timers (id text PRIMARY KEY, page text NOT NULL, due_at bigint NOT NULL, kind text NOT NULL);
CREATE INDEX timers_due ON timers (due_at);
CREATE TABLE notifications (id text PRIMARY KEY, page text NOT NULL, person text NOT NULL, method text NOT NULL,
    state text NOT NULL, due_at bigint NOT NULL, attempts bigint NOT NULL, body text NOT NULL);
CREATE INDEX notifications_due ON notifications (due_at) WHERE state = 'pending';
"""
STATEMENTS = (
    "SELECT id, page, state FROM alerts WHERE source = $1 AND fingerprint = $2 AND state = 'firing'",
    "SELECT id, state, version, body FROM pages WHERE group_key = $1 AND state <> 'resolved'",
    "SELECT count(*) FROM notifications WHERE state = 'pending' AND due_at < $1",
    """INSERT INTO alerts (source, fingerprint, id, page, state, labels, started_at)
        VALUES ($1, $2, $3, $4, 'firing', $5, $6)""",
    "INSERT INTO pages (group_key, id, state, opened_at, version, body) VALUES ($1, $2, 'triggered', $3, 1, $4)",
    "INSERT INTO history (page, number, at, event, body) VALUES ($1, 1, $2, 'triggered', $3)",
    "INSERT INTO timers (id, page, due_at, kind) VALUES ($1, $2, $3, 'step')",
    """INSERT INTO notifications (id, page, person, method, state, due_at, attempts, body)
        VALUES ($1, $2, 'ana', 'sms', 'pending', $3, 0, $4)""",
)
LABELS = '{"alertname":"HighErrorRate","service":"checkout","cluster":"eu-1","severity":"critical","instance":"%s"}'
BODY = "x" * 400


def rows_of(number: int) -> list[tuple[str | int, ...]]:
    """The values of one unit: its own alert, page, timer and notification."""
    key, at = f"{number:032x}", 1_700_000_000_000_000 + number
    return [
        ("prod", key), (key,), (0,), ("prod", key, "a" + key, "p" + key, LABELS % key, at),
        (key, "p" + key, at, BODY), ("p" + key, at, BODY), ("t" + key, "p" + key, at), ("n" + key, "p" + key, at, BODY),
    ]  # fmt: skip


def percentile(values: list[float], part: float) -> float:
    """A percentile of seconds, in milliseconds."""
    return sorted(values)[int(len(values) * part)] * 1e3


def yardstick(directory: Path, seconds: float) -> None:
    """Print what the disk gives without any database."""
    descriptor = os.open(directory / "raw", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    took: list[float] = []
    end = time.perf_counter() + seconds
    while (before := time.perf_counter()) < end:
        os.write(descriptor, b"y" * 4096)
        os.fdatasync(descriptor)
        took.append(time.perf_counter() - before)
    os.close(descriptor)
    print(f"append + fdatasync   {len(took) / seconds:9.0f}/s      p50 {percentile(took, 0.5):6.2f} ms", flush=True)


def ceiling(directory: Path, seconds: float) -> None:
    """Print what SQLite gives without the store."""
    connection = apsw.Connection(str(directory / "ceiling.db"))
    connection.execute("PRAGMA journal_mode = WAL")
    configure(connection)
    connection.execute(SCHEMA)
    execute = connection.cursor().execute
    texts = [sql.replace("$", "?") for sql in STATEMENTS]
    number, before = 0, time.perf_counter()
    while time.perf_counter() - before < seconds:
        execute("BEGIN IMMEDIATE")
        for _ in range(64):
            for sql, values in zip(texts, rows_of(number), strict=True):
                execute(sql, values).fetchall()
            number += 1
        execute("COMMIT")
    print(f"ceiling, 64 a commit {number / (time.perf_counter() - before):9.0f} units/s", flush=True)
    connection.close()


async def load(directory: Path, callers: int, seconds: float, busy_seconds: float) -> None:
    """Print what the store gives to so many callers that each wait for their commit."""
    schema = directory / f"schema{callers}"
    schema.mkdir()
    (schema / "0001_bench.sql").write_text(SCHEMA)
    store = SqliteStore.open(directory / f"store{callers}.db", migrations=schema)
    took: list[float] = []
    number = 0
    before = time.perf_counter()
    end = before + seconds

    async def caller() -> None:
        nonlocal number
        while (start := time.perf_counter()) < end:
            number += 1
            rows = rows_of(number)
            while time.perf_counter() - start < busy_seconds:
                pass

            async def unit(connection: Connection, rows: list[tuple[str | int, ...]] = rows) -> None:
                for sql, values in zip(STATEMENTS, rows, strict=True):
                    await connection.execute(sql, *values)

            await store.write(unit)
            took.append(time.perf_counter() - start)

    async with asyncio.TaskGroup() as group:
        for _ in range(callers):
            group.create_task(caller())
    spent = time.perf_counter() - before
    counted = store.statistics
    print(
        f"store, {callers:4} callers  {len(took) / spent:9.0f} units/s  p50 {percentile(took, 0.5):6.2f} ms"
        f"  p99 {percentile(took, 0.99):7.2f} ms  {counted.commits / spent:6.0f} commits/s"
        f"  {counted.units / counted.commits:6.1f} units a commit  {counted.checkpoints} checkpoints",
        flush=True,
    )
    await store.close()


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--directory", type=Path, default=Path())
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--callers", default="1,16,64,256")
    parser.add_argument("--busy-us", type=float, default=0.0)
    parser.add_argument("--switch-us", type=float, default=sys.getswitchinterval() * 1e6)
    given = parser.parse_args()
    seconds = min(given.seconds, 30.0)  # the files grow by some 20 MB a second
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    sys.setswitchinterval(given.switch_us / 1e6)
    with tempfile.TemporaryDirectory(dir=given.directory) as made:
        directory = Path(made)
        yardstick(directory, min(seconds, 1.0))
        ceiling(directory, seconds)
        for callers in given.callers.split(","):
            asyncio.run(load(directory, int(callers), seconds, given.busy_us / 1e6))


if __name__ == "__main__":
    main()
