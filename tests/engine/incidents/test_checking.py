"""Checks are read by a clock that is a row, outside of transactions, and whatever goes wrong is an answer: unknown."""

import asyncio
from dataclasses import replace

import pytest

from pagerd.core.errors import Unavailable
from pagerd.core.incidents.checks import Bound, ChecksOf, HttpProbe, PromqlCheck, Value
from pagerd.core.incidents.incident import ReadingState
from pagerd.core.incidents.rules import IncidentRules
from pagerd.engine.incidents import commands, declaring
from pagerd.engine.incidents.declaring import Declaration
from pagerd.engine.incidents.sampling import Sampler
from pagerd.lab.nodes import Nodes
from pagerd.lab.world import World
from pagerd.stores.records import incidents, timers
from tests.builders import NOON, a_plan, minutes

RATIO = PromqlCheck(expression="error_ratio", bound=Bound("<", 0.01), prometheus="main")
PROBE = HttpProbe(url="https://shop.example.com/")
CHECKS = ChecksOf(checks={"errors": (RATIO,), "customer_actions": (PROBE,)})
PLAN = a_plan(incidents=IncidentRules(checks=(CHECKS,)))


async def watched(world):
    """Let an incident be declared and watched."""
    await world.do(lambda work: declaring.declare(work, "ana", "cli", Declaration(title="x", team="payments")))
    await world.do(lambda work: commands.monitor(work, 1, "ana", "cli", None))


async def a_world(plan=PLAN):
    """Return a company whose incident 1 is being watched, with everything green."""
    world = World(plan, NOON)
    await world.begin()
    world.instruments.measured["error_ratio"] = (Value({}, 0.001),)
    world.instruments.answered[PROBE.url] = 200
    await watched(world)
    await world.settle()
    return world


async def incident_of(world):
    """Return incident 1 as it is stored."""
    return await world.engine.read(lambda c: incidents.find(c, 1))


async def test_an_hour_of_green_is_one_row_for_each_criterion():
    """The history keeps changes, and not that nothing changed."""
    world = await a_world()
    before = await incident_of(world)
    await world.do(lambda work: commands.take_role(work, 1, "dora", "cli", "ic"))
    await world.run_until(NOON + minutes(20))
    rows = await world.engine.read(lambda c: incidents.readings_of(c, 1))

    # Somebody took a role, and nothing else happened.
    assert (await incident_of(world)).version == before.version + 1
    assert sorted((one.criterion, one.state, one.by) for one in rows) == [
        ("customer_actions", "green", ""),
        ("errors", "green", ""),
    ]


async def test_the_clock_ends_with_the_watch():
    """Whoever investigates again knows that it is red."""
    world = await a_world()
    await world.do(lambda work: commands.investigate(work, 1, "ana", "cli", "no"))

    assert await world.engine.read(lambda c: timers.find(c, "checks", "i-1")) is None


async def test_an_answer_that_nobody_waits_for_changes_nothing():
    """It comes from a reading that was in the air when somebody said that it is not over."""
    world = await a_world()
    world.instruments.answered[PROBE.url] = 503

    async def while_it_reads(url, within):
        del url, within
        await world.do(lambda work: commands.investigate(work, 1, "ana", "cli", "no"))
        return 503

    world.instruments.status = while_it_reads
    await world.sampler.read(1)

    assert (await incident_of(world)).readings == {}


@pytest.mark.parametrize("error", [Unavailable("asking main: could not connect"), ZeroDivisionError("a bug")])
async def test_what_goes_wrong_is_unknown_and_holds_up_no_other_check(error):
    """A bug of ours is no reason to leave the rest unread, and looks like green to nobody."""
    world = await a_world()

    async def fails(prometheus, expression, within):
        raise error

    world.instruments.values = fails
    world.instruments.answered[PROBE.url] = 404
    await world.run_until(NOON + minutes(1))
    readings = (await incident_of(world)).readings

    assert {name: one.state for name, one in readings.items()} == {
        "errors": ReadingState.UNKNOWN,
        "customer_actions": ReadingState.RED,
    }
    assert world.engine.metrics.registry.get_sample_value("pagerd_incident_checks_unread_total") == 1.0


async def test_a_check_that_comes_into_the_files_is_read_within_a_minute():
    """And one that goes holds nothing up any more."""
    world = await a_world(a_plan())
    assert (await incident_of(world)).watch.held_since is None
    world.instruments.is_down = True
    await world.put_in_force(PLAN)
    await world.run_until(NOON + minutes(2))
    held = await incident_of(world)
    await world.put_in_force(a_plan())
    await world.run_until(NOON + minutes(4))
    free = await incident_of(world)

    assert held.watch.held_since is not None
    assert free.watch.held_since is None


async def test_of_several_nodes_one_reads():
    """The clock is a row that one of them carries out."""
    world = Nodes(PLAN, NOON)
    await world.begin()
    asked = []
    for node in world.nodes:
        node.engine.read_checks = asked.append
    first = world.nodes[0].engine
    await first.transact(lambda work: declaring.declare(work, "ana", "cli", Declaration(title="x", team="payments")))
    await first.transact(lambda work: commands.monitor(work, 1, "ana", "cli", None))
    await world.run_until(NOON + minutes(2))

    assert asked == [1, 1, 1]


async def test_a_reading_that_takes_long_is_not_begun_twice():
    """Two at once would bury a Prometheus that is slow already."""
    world = await a_world()
    begun, goes_on, ended = [], asyncio.Event(), asyncio.Event()

    async def hangs(url, within):
        begun.append((url, within))
        await goes_on.wait()
        ended.set()
        return 200

    world.instruments.status = hangs
    sampler = Sampler(world.engine, world.instruments)
    async with asyncio.TaskGroup() as group:
        reading = group.create_task(sampler.run())
        for _ in range(3):
            world.engine.read_checks(1)
            await asyncio.sleep(0)
        goes_on.set()
        await ended.wait()
        reading.cancel()

    assert begun == [(PROBE.url, PROBE.within)]


async def test_a_watch_that_ended_while_nobody_read_did_not_end():
    """What is due first after an outage is the watch period: it hears of the outage before it is found to be over."""
    world = await a_world()
    world.clock.move_to(NOON + minutes(45))
    world.crash()
    await world.settle()
    incident = await incident_of(world)

    assert incident.watch.until == NOON + minutes(74)
    assert not incident.watch.is_over


async def test_a_suspicion_is_read_at_once_and_stays_one():
    """Whoever had it is told, and nobody is paged."""
    world = World(replace(PLAN), NOON)
    await world.begin()
    world.instruments.measured["error_ratio"] = (Value({}, 0.2),)
    said = Declaration(title="x", team="payments", suspected=True)
    await world.do(lambda work: declaring.declare(work, "ana", "cli", said))
    await world.settle()

    assert (await incident_of(world)).readings["errors"].state is ReadingState.RED
    assert [one.outgoing.to for one in world.sent] == [PLAN.people["ana"].sms]
