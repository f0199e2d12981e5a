"""How long an alert is believed without another word of its source."""

from datetime import timedelta

import pytest

from pagerd.core.alerts.alert import Alert, AlertStatus
from pagerd.engine import commands
from pagerd.lab.world import World
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.records import alerts
from tests.builders import NOON, a_plan, a_received_alert

MINUTE = timedelta(minutes=1)


async def the_alert(world: World) -> Alert:
    """Return the only alert as it is stored."""
    found = await world.engine.read(lambda c: alerts.find(c, "alertmanager", "f1"))
    assert found is not None
    return found


async def leased(world: World) -> None:
    """Let the source send its alert under a lease of four minutes."""
    await world.receive("alertmanager", a_received_alert(fingerprint="f1", lease_until=world.clock.now() + 4 * MINUTE))


async def test_a_store_that_refused_gives_leases_their_time_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """While renewals were answered 503 nobody could renew: the four minutes count from when the store took again."""
    world = World(a_plan(), NOON)
    await leased(world)
    with monkeypatch.context() as broken:

        async def refuses(_unit: object) -> None:
            raise StoreUnavailable("the disk is full")

        broken.setattr(world.store, "write", refuses)
        world.clock.move_to(NOON + 3 * MINUTE)
        with pytest.raises(StoreUnavailable):
            await leased(world)

    await world.run_until(NOON + 7 * MINUTE - MINUTE / 60)
    assert (await the_alert(world)).status is AlertStatus.FIRING

    await world.run_until(NOON + 7 * MINUTE)
    assert (await the_alert(world)).status is AlertStatus.STALE


async def test_a_held_alert_is_looked_at_although_its_lease_runs_anew() -> None:
    """The hour after a resolve by hand ends on time, also right after a start of pagerd."""
    world = World(a_plan(), NOON)
    await leased(world)
    [page] = await world.open_pages()
    await world.do(lambda work: commands.resolve(work, page.id, "ana", "cli"))
    for minute in range(3, 60, 3):
        world.clock.move_to(NOON + minute * MINUTE)
        await leased(world)
    world.clock.move_to(NOON + 59 * MINUTE)
    world.crash()
    await world.begin()
    await world.run_until(NOON + 61 * MINUTE)

    [again] = await world.open_pages()
    assert again.id != page.id
    assert (await the_alert(world)).status is AlertStatus.FIRING
