"""A process with a store, for tests that kill it or break its disk: `store_process.py MODE DATABASE SCHEMA [FIRST]`.

Each id is printed after its write returned and never before, in one system call: whoever kills the process knows what
had been promised.
"""

import asyncio
import itertools
import os
import resource
import sys
from pathlib import Path

import apsw

from pagerd.stores.base import StoreUnavailable
from pagerd.stores.sqlite import SqliteStore

TRIES_MAX = 400


def say(*words):
    """Say one line, whole or not at all."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def note(number):
    """A unit that adds a note of 2 kB."""

    async def unit(connection):
        await connection.execute("INSERT INTO notes (id, author) VALUES ($1, $2)", number, "x" * 2000)

    return unit


async def load(store, first):
    """Write from 32 callers at once until killed."""
    numbers = itertools.count(first)

    async def caller():
        while True:
            number = next(numbers)
            await store.write(note(number))
            say("kept", number)

    async with asyncio.TaskGroup() as group:
        for _ in range(32):
            group.create_task(caller())


async def attempt(store, number):
    """Write one note and say how that went."""
    try:
        await store.write(note(number))
    except StoreUnavailable as error:
        say("refused", number, error)
        return False
    say("kept", number)
    return True


async def small_disk(store, first):
    """Write until files may grow no more, then lift the limit and write until that works."""
    numbers = itertools.count(first)
    for _ in range(20):
        await attempt(store, next(numbers))
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (256 << 10, hard))
    refused = 0
    for number in itertools.islice(numbers, TRIES_MAX):
        refused += not await attempt(store, number)
        if refused == 5:
            break
    say("limit", "lifted")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    for number in itertools.islice(numbers, TRIES_MAX):
        if await attempt(store, number):
            break
    for _ in range(5):
        await attempt(store, next(numbers))


async def steady(store, first):
    """Write 60 times, one after the other; the disk fails by somebody else's doing."""
    for number in range(first, first + 60):
        await attempt(store, number)


async def until_failed(store, first):
    """Write until the store says that a restart is due."""
    for number in range(first, first + TRIES_MAX):
        await attempt(store, number)
        if store.failed:
            break


async def main():
    """Open the store and do what the mode says."""
    mode, database, schema, *rest = sys.argv[1:]
    if mode == "die_in_migration":
        apsw.connection_hooks.append(
            lambda connection: connection.create_scalar_function("die", lambda: os.kill(os.getpid(), 9))
        )
    # Each look at this clock is ten seconds later: no test waits for the store to try again.
    clock = itertools.count(0, 10)
    store = SqliteStore.open(
        database, migrations=Path(schema), monotonic=lambda: float(next(clock)), on_failed=lambda: say("failed")
    )
    say("open")
    modes = {"load": load, "small_disk": small_disk, "steady": steady, "until_failed": until_failed}
    await modes[mode](store, int(rest[0]) if rest else 1)
    say("breakages", store.statistics.breakages)
    await store.close()
    say("closed")


if __name__ == "__main__":
    asyncio.run(main())
