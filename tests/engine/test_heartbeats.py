"""What must not be taken for a heartbeat; how heartbeats themselves go is told by the stories."""

from dataclasses import replace

from pagerd.core.alerts.alert import Batch
from pagerd.core.alerts.heartbeat import FINGERPRINT
from pagerd.engine import intake
from pagerd.engine.work import SourceTraits
from pagerd.lab.world import World
from tests.builders import NOON, a_plan, a_received_alert

TOOLS = SourceTraits(name="tools")


async def test_a_start_ends_no_alert_that_only_has_our_name() -> None:
    """A sender chooses the ids of its alerts; one that fires on must not be over because of what it is called."""
    world = World(a_plan(), NOON, sources={"tools": TOOLS})
    alert = replace(a_received_alert(), fingerprint=FINGERPRINT)
    await world.do(lambda work: intake.receive(work, TOOLS, Batch(alerts=(alert,)), renew_life=True))
    await world.do(lambda work: intake.watch_sources(work, world.traits, listens_since=None))
    [page] = await world.open_pages()

    assert page.firing == 1
