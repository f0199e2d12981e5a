"""Bridges are lent and come back: whoever finds their own with others gets another one, or hears that none is left."""

from dataclasses import replace

import pytest

from pagerd.core.incidents.room import RoomRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.engine.incidents import commands, declaring
from pagerd.engine.incidents.declaring import Declaration
from pagerd.lab.world import World
from pagerd.stores.records import incidents
from tests.builders import NOON, a_plan

SAID = Declaration(title="Nobody can pay", team="payments", severity="sev1")


async def declare(world):
    """Let ana declare an incident; return where its people meet."""
    one = await world.do(lambda work: declaring.declare(work, "ana", "cli", SAID))
    return one.room.place if one.room is not None else None


@pytest.mark.parametrize(
    ("url", "left"), [("", None), ("https://meet.example.com/{incident}", "https://meet.example.com/1")]
)
async def test_a_reopened_incident_looks_for_another_bridge(url, left):
    """Its own has other people in it; one that is still free stays."""
    rules = IncidentRules(room=RoomRules(bridges=("red",), url=url))
    world = World(replace(a_plan(), incidents=rules), NOON)
    await world.begin()

    async def act(command, number, *given):
        return (await world.do(lambda work: command(work, number, "ana", "cli", *given))).incident

    assert await declare(world) == "red"
    await act(commands.resolve, 1, "over", "enough")
    assert (await act(commands.reopen, 1, "not over")).room.place == "red"
    await act(commands.resolve, 1, "over", "enough")
    assert await declare(world) == "red"
    room = (await act(commands.reopen, 1, "not over")).room

    assert (room.place if room is not None else None) == left
    stored = await world.engine.read(lambda c: incidents.find(c, 1))
    assert stored.room == room
