"""What people put into force holds from its commit on, also where the store could not say that it was kept."""

from datetime import timedelta

import pytest

from pagerd.core.oncall.schedule import Override, OverrideKind
from pagerd.engine import stored
from pagerd.engine.engine import Engine
from pagerd.lab.world import World
from pagerd.stores.base import StoreUnavailable
from tests.builders import NOON, a_plan, a_received_alert, minutes


def confirms_not(engine: Engine, *, keeps: bool) -> None:
    """Let the next commit fail: on the disk it is all the same, or nothing of it is."""
    write = engine.store.write

    async def once(unit):
        engine.store.write = write

        async def doomed(c):
            await unit(c)
            raise StoreUnavailable("the disk would not sync")

        await write(unit if keeps else doomed)
        raise StoreUnavailable("the disk would not sync, and has it all the same")

    engine.store.write = once


def a_swap() -> Override:
    """Put cho on call for payments, alone, for an hour."""
    return Override(
        id="o-swap",
        schedule="payments-primary",
        kind=OverrideKind.EVERYBODY,
        start=NOON,
        end=NOON + timedelta(hours=1),
        people=("cho",),
        instead_of=None,
        why="a swap",
        by="ben",
    )


async def a_world() -> World:
    """Return a world in which ana is on call for payments."""
    world = World(a_plan(), NOON)
    await world.begin()
    return world


@pytest.mark.parametrize(("keeps", "paged"), [(True, ["cho"]), (False, ["ana"])])
async def test_an_override_that_was_not_confirmed_holds_if_it_was_kept(keeps, paged):
    """Whoever made it was told of the trouble; the next alert pages whoever the disk says is on call."""
    world = await a_world()
    confirms_not(world.engine, keeps=keeps)
    with pytest.raises(StoreUnavailable):
        await world.do(lambda work: stored.add_override(work, a_swap()))
    await world.receive("alertmanager", a_received_alert())
    [page] = await world.open_pages()

    assert list(page.position.asked) == paged


async def test_an_override_taken_back_without_confirmation_holds_no_longer():
    """The end of one is as durable as its begin."""
    world = await a_world()
    await world.do(lambda work: stored.add_override(work, a_swap()))
    confirms_not(world.engine, keeps=True)
    with pytest.raises(StoreUnavailable):
        await world.do(lambda work: stored.end_override(work, "o-swap", "ben"))
    await world.receive("alertmanager", a_received_alert())
    [page] = await world.open_pages()

    assert list(page.position.asked) == ["ana"]


async def test_a_silence_that_was_not_confirmed_mutes_what_is_open():
    """The page that it is about freezes with the next thing that happens."""
    world = await a_world()
    await world.receive("alertmanager", a_received_alert())
    until = NOON + timedelta(hours=1)
    confirms_not(world.engine, keeps=True)
    with pytest.raises(StoreUnavailable):
        await world.do(lambda work: stored.add_silence(work, ('team="payments"',), NOON, until, "ana", "we deploy"))
    await world.run_until(NOON + minutes(10))
    [page] = await world.open_pages()

    assert page.frozen_why is not None
    assert [one.outgoing.to for one in world.sent] == [world.engine.plan.people["ana"].sms]


async def test_what_was_kept_without_confirmation_is_looked_at_within_a_second():
    """The sender of the alert is told to come again; the page that was opened all the same does not wait for it."""
    world, woken = await a_world(), []
    world.engine.wake = woken.append
    confirms_not(world.engine, keeps=True)
    with pytest.raises(StoreUnavailable):
        await world.receive("alertmanager", a_received_alert())
    await world.run_until(min(woken))

    assert min(woken) <= NOON + timedelta(seconds=1)
    assert [one.outgoing.to for one in world.sent] == [a_plan().people["ana"].sms]
