"""An anchor of the audit chain covers every entry before it, however many nodes write at once."""

import asyncio

import pytest

from pagerd.engine import audit, verification
from pagerd.engine.work import Work
from pagerd.lab.world import World
from pagerd.stores.records import history
from pagerd.stores.sqlite import SqliteStore
from tests.builders import NOON, a_plan
from tests.postgres.worlds import Databases, WorldStore

NODES = 3
ROUNDS = 6


async def worlds_of_one_database(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> list[World]:
    """Return worlds that are nodes of one store."""
    monkeypatch.setattr(SqliteStore, "in_memory", lambda: WorldStore(databases))
    worlds = [World(a_plan(), NOON, seed=1)]
    await worlds[0].begin()
    for seed in range(2, NODES + 1):
        world = World(a_plan(), NOON, seed=seed)
        world.store._store = await databases.again()
        worlds.append(world)
    return worlds


async def test_no_anchor_misses_an_entry(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nodes take entries and anchors in turn: what an anchor has not seen was written after it, and is in the next."""
    worlds = await worlds_of_one_database(databases, monkeypatch)

    async def notes(world: World, number: int) -> None:
        async def note(work: Work) -> None:
            # Objects of their own, so that no row is wanted by two nodes: the turn alone keeps them apart.
            await audit.note_at(work.c, work.now, "", f"object-{number}", "Noted", {})
            # The entry has its number by now. Others with higher ones would be committed, and anchored, before it.
            await work.c.execute("SELECT CAST(pg_sleep($1) AS text)", 0.1 if number == 0 else 0.0)

        for _ in range(ROUNDS):
            await world.do(note)

    written = asyncio.Event()

    async def anchors() -> None:
        while not written.is_set():
            await worlds[-1].do(audit.anchor)

    async with asyncio.timeout(50), asyncio.TaskGroup() as group:
        group.create_task(anchors())
        await asyncio.gather(*(notes(world, number) for number, world in enumerate(worlds[:-1])))
        written.set()
    await worlds[0].do(audit.anchor)

    findings, anchored = [], 0
    after: str | None = ""
    while after is not None:
        one = await worlds[0].engine.read(lambda c, after=after: verification.bite(c, after=after))
        findings += one.findings
        anchored += one.anchors
        after = one.after
    last = await worlds[0].engine.read(history.last_anchor)
    entries = await worlds[0].engine.read(lambda c: c.execute("SELECT COUNT(*), MAX(seq) FROM history"))

    assert findings == []
    assert anchored > 2, "there was more than one anchor while entries were written"
    assert entries[0][0] >= (NODES - 1) * ROUNDS
    assert last is not None
    assert last.through == entries[0][1]
