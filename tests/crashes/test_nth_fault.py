"""One write or one sync of a whole night fails, each in its turn: nothing is lost, and nothing is told that is not so.

The production engine on virtual time, on a real file, under a VFS that fails. Whoever is refused comes again, as in
service: the sender of the alert, the provider with its report, ben with his answer, the heartbeat.
"""

import contextlib
import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from pagerd.channels.base import DeliveryStatus
from pagerd.core.paging.page import PageStatus
from pagerd.core.people import Medium
from pagerd.engine import commands, verification
from pagerd.engine.work import LEASE
from pagerd.lab.world import World
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.records import notifications, pages, timers
from pagerd.stores.sqlite import SqliteStore
from tests.builders import NOON, a_plan, a_received_alert
from tests.crashes.faulty import Fault, failing
from tests.figures import note
from tests.share import in_share

EVERY = in_share(ci=12, proof=1)
"""Which of them fail: in CI each twelfth, beginning with another one for each kind."""

TRIES_MAX = 20
SECOND = timedelta(seconds=1)


async def until_taken(world: World, ask: Callable[[], Awaitable[object]]) -> None:
    """Ask again, a second later each time, until the store takes it."""
    for _ in range(TRIES_MAX):
        with contextlib.suppress(StoreUnavailable):
            await ask()
            return
        world.clock.move_to(world.clock.now() + SECOND)
    raise AssertionError(f"the store takes nothing for {TRIES_MAX} s after one fault")


async def until_told(world: World, people: int) -> None:
    """Let time pass until so many people got a message; whoever waits longer than a step has is a finding."""
    began = world.clock.now()
    while len({one.outgoing.to for one in world.sent if one.outgoing.medium is Medium.SMS}) < people:
        assert world.clock.now() - began < 2 * LEASE, f"{people} people were to be told, and {world.sent} was sent"
        await until_taken(world, lambda: world.run_until(world.clock.now() + SECOND))


async def live(world: World) -> list[str]:
    """Go through the night; say what does not hold at its end."""
    await until_taken(world, lambda: world.receive("alertmanager", a_received_alert()))
    await until_taken(world, world.settle)
    [page] = await world.open_pages()
    await until_told(world, 1)
    await until_taken(world, lambda: world.report(world.sent[0], DeliveryStatus.DELIVERED))
    assert page.due is not None
    due = page.due
    await until_taken(world, lambda: world.run_until(max(due, world.clock.now())))
    await until_told(world, 2)
    await until_taken(world, lambda: world.do(lambda work: commands.acknowledge(work, page.id, "ben", "cli")))
    await until_taken(world, lambda: world.run_until(world.clock.now() + timedelta(minutes=3)))
    return await findings(world, page.id)


async def findings(world: World, page_id: str) -> list[str]:
    """Say what does not hold."""
    found = []
    page = await world.engine.read(lambda c: pages.find(c, page_id))
    assert page is not None
    held = page.acknowledgement
    if page.status is not PageStatus.ACKNOWLEDGED or held is None or held.by != "ben":
        found.append(f"the page is {page.status}")
    timer = await world.engine.read(lambda c: timers.find(c, "page", page_id))
    if timer is None or timer.due != page.due:
        found.append(f"it is due at {page.due}, and its timer is {timer}")
    told = await world.engine.read(lambda c: notifications.of_page(c, page_id))
    unsent = [one.id for one in told if one.status.value in ("pending", "claimed") and one.due <= world.clock.now()]
    if unsent:
        found.append(f"these wait for ever: {unsent}")
    ids = [one.outgoing.id for one in world.sent]
    if len(ids) - len(set(ids)) > 1:
        found.append(f"more than one message was sent twice: {ids}")
    looked = await world.engine.read(verification.bite)
    return found + [f"{one.where}: {one.what}" for one in looked.findings]


async def one_night(file: Path, fault: Fault) -> list[str]:
    """Live a night on a file, with one fault in it."""
    with failing(fault):
        store = SqliteStore.open(file)
        already = dict(fault.counts)
        fault.at += already[fault.call] if fault.call else 0
        world = World(a_plan(), NOON)
        world.store = store
        world.crash()  # its engine begins anew, on this store
        try:
            found = await live(world)
        finally:
            await store.close()
        for name, count in already.items():
            fault.counts[name] -= count
    connection = apsw.Connection(str(file))
    with contextlib.closing(connection):
        verdict = connection.execute("PRAGMA integrity_check").fetchall()
    return found if verdict == [("ok",)] else [*found, f"integrity_check: {verdict}"]


@pytest.fixture
async def fresh(tmp_path: Path) -> Callable[[], Path]:
    """Make as many new databases as are asked for; the migrations ran once."""
    template = tmp_path / "template.db"
    await SqliteStore.open(template).close()
    count = 0

    def make() -> Path:
        nonlocal count
        count += 1
        folder = tmp_path / str(count)
        folder.mkdir()
        shutil.copy(template, folder / "pagerd.db")
        return folder / "pagerd.db"

    return make


@pytest.mark.timeout(in_share(ci=180, proof=7200))
@pytest.mark.parametrize(
    ("call", "error", "first"),
    [("write", apsw.IOError, 1), ("write", apsw.FullError, 4), ("sync", apsw.IOError, 1), ("sync", apsw.FullError, 2)],
    ids=["write-eio", "write-enospc", "sync-eio", "sync-enospc"],
)
async def test_any_one_of_them_may_fail(
    fresh: Callable[[], Path], call: str, error: type[apsw.Error], first: int
) -> None:
    """The n-th of the night fails, for each n: the page is opened, escalated, answered and told all the same."""
    calm = Fault()
    assert await one_night(fresh(), calm) == []

    wrong: dict[int, list[str]] = {}
    trials = range(min(first, EVERY), calm.counts[call] + 1, EVERY)
    for number in trials:
        fault = Fault(call, number, error)
        found = await one_night(fresh(), fault)
        if found or not fault.happened:
            wrong[number] = found or ["it did not happen"]

    note(f"the n-th {call} fails ({error.__name__}), nights in which something was lost", len(wrong), n=len(trials))
    assert len(trials) >= 2
    assert wrong == {}
