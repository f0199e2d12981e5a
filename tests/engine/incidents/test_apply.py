"""What is persisted of an incident: numbers without gaps, one transaction, timers that any node may carry out."""

from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core.errors import Conflict
from pagerd.core.incidents.draft import TransitionRefused
from pagerd.engine import commands as page_commands
from pagerd.engine.incidents import commands, declaring
from pagerd.engine.incidents.declaring import Declaration
from pagerd.lab.nodes import Nodes
from pagerd.lab.world import World
from pagerd.stores.records import history, incidents, timers
from tests.builders import NOON, a_plan, minutes

SAID = Declaration(title="Nobody can pay", team="payments", severity="sev1")


async def a_world():
    """Return the small company at noon."""
    world = World(a_plan(), NOON)
    await world.begin()
    return world


async def declare(world, said=SAID):
    """Let ana declare an incident."""
    return await world.do(lambda work: declaring.declare(work, "ana", "cli", said))


async def test_numbers_have_no_gaps():
    """One that was refused takes no number."""
    world = await a_world()
    first = await declare(world)
    with pytest.raises(TransitionRefused):
        await declare(world, Declaration(title="x", team="payments", severity="sev4"))
    second = await declare(world)

    assert (first.number, second.number) == (1, 2)


async def test_a_refused_act_leaves_nothing_behind():
    """Neither a row, nor a page, nor a version: a merge into what is over is refused when half of it was done."""
    world = await a_world()
    await declare(world)
    await declare(world)
    await world.do(lambda work: commands.cancel(work, 2, "ana", "cli", "test", ""))
    before = await world.engine.read(history.count)
    with pytest.raises(TransitionRefused, match="cannot take another one in"):
        await world.do(lambda work: commands.merge(work, 1, "ana", "cli", 2))
    with pytest.raises(Conflict):
        await world.do(lambda work: commands.end_mitigation(work, 1, "ana", "cli", 1, "worked", ""))

    assert await world.engine.read(history.count) == before


async def test_its_timer_is_the_earliest_of_its_clocks():
    """And when it is resolved, and its override signed, that of its postmortem: a business day before it is due."""
    world = await a_world()
    one = await declare(world)
    waiting = await world.engine.read(lambda c: timers.find(c, "incident", one.id))
    await world.do(lambda work: commands.resolve(work, 1, "ana", "cli", "over", "enough"))
    await world.do(lambda work: commands.countersign(work, 1, "dora", "cli"))

    assert waiting.due == NOON + minutes(10)
    later = await world.engine.read(lambda c: timers.find(c, "incident", one.id))
    # Resolved on Tuesday 2026-01-06, due on Friday, three business days later: nine o'clock on Thursday in Berlin.
    assert later.due == datetime(2026, 1, 8, 8, 0, tzinfo=UTC)


async def test_whoever_holds_two_roles_is_told_why_they_cannot_answer():
    """The page goes on as if they had not, whichever way they answered."""
    world = await a_world()
    await declare(world)
    for role in ("ic", "tl"):
        await world.do(lambda work, role=role: commands.take_role(work, 1, "ana", "cli", role))
    [page] = await world.open_pages()
    with pytest.raises(TransitionRefused, match="nobody holds all three") as refused:
        await world.do(lambda work: page_commands.acknowledge(work, page.id, "ana", "voice"))
    several = await world.do(lambda work: page_commands.acknowledge_all(work, (page.id,), "ana", "sms"))

    assert [one.code for one in refused.value.unmet] == ["all_three_roles"]
    assert not several.changed
    assert (await world.open_pages())[0].acknowledgement is None


async def test_a_page_can_be_of_one_open_incident():
    """What an incident raised itself is of no other one."""
    world = await a_world()
    await declare(world)
    await declare(world)
    page = (await world.open_pages())[0]
    number = page.part.incident
    for other in (1, 2):
        with pytest.raises(Conflict, match=f"is part of incident {number} already"):
            await world.do(lambda work, other=other: commands.link_page(work, other, "ana", "cli", page.id))


@pytest.mark.parametrize("killed", [None, 0, 1])
async def test_an_overdue_update_is_asked_for_once_whichever_node_is_there(killed):
    """Each node may carry the timer out; one that is lost is nobody's silence."""
    world = Nodes(a_plan(), NOON)
    await world.begin()
    first, second = world.nodes
    await first.fleet.beat()
    await first.engine.transact(lambda work: declaring.declare(work, "ana", "cli", SAID))
    for role, who in (("ic", "dora"), ("tl", "ben"), ("comms", "eva")):
        await second.engine.transact(lambda work, role=role, who=who: commands.take_role(work, 1, who, "cli", role))
    await world.run_until(NOON + minutes(14))
    if killed is not None:
        world.kill(world.nodes[killed])
    await world.run_until(NOON + minutes(16))

    async def asked(c):
        return [one.errand for one in await incidents.open_pages_of(c, 1)]

    assert await world.store.read(asked) == ["update"]
    rows = await world.store.read(lambda c: history.of_object(c, "i-1"))
    missed = [row for row in rows if "update.missed" in {entry.kind for entry in row.entries}]
    assert len(missed) == 1
    assert missed[0].at - (NOON + minutes(15)) <= timedelta(seconds=10)
