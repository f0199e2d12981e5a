"""What waits for one person is found in the store, whatever became of it since: also of what is closed."""

from pagerd.core.incidents.incident import IncidentStatus
from pagerd.core.incidents.waiting import Wait
from pagerd.engine import mine
from pagerd.engine.incidents import commands, declaring, queries, reviewing
from pagerd.engine.incidents.declaring import Declaration
from pagerd.lab.world import World
from tests.builders import NOON, a_plan


async def waits(world, person):
    """Return what of incidents waits for a person."""
    found = await world.engine.read(lambda c: mine.of_person(c, world.engine.plan, person, NOON))
    return [one.what for one in found.waiting]


async def test_an_override_waits_for_its_second_name_after_the_incident_is_closed():
    """To close it needs a postmortem or a reason, and no signature; signed, it is over for everybody."""
    world = World(a_plan(), NOON)
    await world.begin()
    await world.do(lambda work: declaring.declare(work, "ana", "cli", Declaration(title="x", team="payments")))
    await world.do(lambda work: commands.resolve(work, 1, "ana", "cli", "rolled back", "the probe is broken"))
    resolved = await waits(world, "dora")
    await world.do(lambda work: reviewing.waive(work, 1, "dora", "cli", "a test"))
    closed = await world.engine.read(lambda c: queries.find(c, 1))
    after = await waits(world, "dora")
    await world.do(lambda work: commands.countersign(work, 1, "dora", "cli"))

    assert closed.status is IncidentStatus.CLOSED
    assert resolved == after == [Wait.SIGNATURE]
    assert await waits(world, "dora") == []
