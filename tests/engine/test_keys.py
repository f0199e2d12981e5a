from datetime import timedelta

import pytest

from pagerd.core.people import Medium
from pagerd.engine import keys
from pagerd.lab.phones import Mood
from pagerd.lab.world import World
from pagerd.stores.records import history, notifications
from tests.builders import NOON, a_plan, a_received_alert


@pytest.fixture
async def world():
    """A pagerd on virtual time, with a page about which ana is texted at once and called after two minutes."""
    world = World(a_plan(), NOON)
    await world.receive("alertmanager", a_received_alert())
    return world


async def called(world):
    """Let ana be called; return the call."""
    await world.run_until(NOON + timedelta(minutes=2))
    return next(one for one in world.sent if one.outgoing.medium is Medium.VOICE)


async def press(world, call, key, *, call_id=None, request_id=""):
    """Press a key in a call; return what is said."""

    async def act(work):
        return await keys.press_key(work, call.outgoing.id, call_id or call.provider_id, key, request_id=request_id)

    return (await world.do(act)).sentence


async def digit_of(world, call):
    """Return the key that acknowledges in this call."""
    return (await world.engine.read(lambda c: notifications.find(c, call.outgoing.id))).digit


async def escalations(world):
    """Count how often somebody asked for the next step."""
    page = (await world.open_pages())[0]
    rows = await world.engine.read(lambda c: history.of_object(c, page.id))
    return sum(entry.kind == "page.escalated" for row in rows for entry in row.entries)


async def test_a_key_that_is_told_of_twice_does_its_work_once(world):
    """A provider that lost our answer repeats its request: one press is one step, and is answered the same."""
    call = await called(world)
    first = await press(world, call, "8", request_id="r1")
    again = await press(world, call, "8", request_id="r1")
    once = await escalations(world)
    await press(world, call, "8", request_id="r2")

    assert again == first
    assert once == 1
    assert await escalations(world) == 2


async def test_a_key_of_another_call_does_nothing(world):
    """A call's keys are bound to the call that was placed."""
    call = await called(world)
    said = await press(world, call, await digit_of(world, call), call_id="CA-other")

    assert said == "This call is not known here. Goodbye."
    assert (await world.open_pages())[0].acknowledgement is None


async def test_a_call_whose_receipt_was_lost_may_press_too(world):
    """It was perhaps placed, so it was placed again: whichever of the two rings, its key counts."""
    world.phones[Medium.VOICE].mood = Mood.LOSES_ANSWERS
    first = await called(world)
    world.phones[Medium.VOICE].mood = Mood.WORKS
    await world.run_until(NOON + timedelta(minutes=2, seconds=10))
    second = next(one for one in reversed(world.sent) if one.outgoing.medium is Medium.VOICE)
    said = await press(world, first, await digit_of(world, first))

    assert first.outgoing.id == second.outgoing.id
    assert first.provider_id != second.provider_id
    assert said.startswith("Acknowledged.")


async def test_a_key_counts_in_the_call_of_a_provider_that_did_not_say_that_it_placed_it():
    """The first lost its answer, the second called as well: whichever phone call is taken, its key acknowledges."""
    world = World(a_plan(), NOON, backups=[Medium.VOICE])
    world.phones[Medium.VOICE].mood = Mood.LOSES_ANSWERS
    await world.receive("alertmanager", a_received_alert())
    first = await called(world)
    calls = [one.provider for one in world.sent if one.outgoing.medium is Medium.VOICE]
    said = await press(world, first, await digit_of(world, first))

    assert calls == ["lab-voice", "lab-voice-backup"]
    assert "Acknowledged" in said
