"""Swaps as they are stored, told and answered; `tests/stories/swap*.story` show them from end to end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.oncall.swap import Piece, SwapStatus
from pagerd.core.people import Medium
from pagerd.engine import swaps
from pagerd.lab.world import World
from pagerd.stores.records import history, timers
from tests.builders import NIGHT, NOON, a_plan

SHIFT = Piece(NOON)
ANA = a_plan().people["ana"]


async def a_world(plan=None, at=NOON):
    """An engine on virtual time."""
    world = World(plan or a_plan(), at)
    await world.put_in_force(world.engine.plan)
    return world


def asks(piece=SHIFT, via="cli", of="dora", why=""):
    """Return ana's request that dora takes her shift, unless told otherwise."""
    return lambda work: swaps.request(
        work, by="ana", via=via, schedule="payments-primary", mine=piece, theirs=None, of=of, why=why
    )


async def events(world, swap):
    """Return the events of a swap's chain."""
    links = await world.engine.read(lambda c: history.of_object(c, swap.id))
    return [link.event for link in links]


async def test_a_request_has_a_clock_and_an_entry():
    """It survives a crash: the rows say all of it."""
    world = await a_world()
    swap = await world.do(asks())
    timer = await world.engine.read(lambda c: timers.find(c, "swap", swap.id))

    assert timer.due == swap.expires_at
    assert await events(world, swap) == ["SwapRequested"]


async def test_it_expires_by_itself_also_while_pagerd_was_down():
    """Whoever asked is told, once."""
    world = await a_world()
    swap = await world.do(asks())
    world.crash()
    await world.begin()
    await world.run_until(swap.expires_at + timedelta(hours=1))
    after = await world.engine.read(lambda c: swaps.find(c, swap.id))
    told = [one.outgoing.medium for one in world.sent if one.outgoing.to in (ANA.email, ANA.sms)]

    assert after.status is SwapStatus.EXPIRED
    assert await events(world, swap) == ["SwapRequested", "SwapExpired"]
    assert sorted(told) == [Medium.EMAIL, Medium.SMS]
    assert world.engine.plan.book.overrides == ()


async def test_an_acceptance_stores_its_overrides_and_stops_the_clock():
    """The reason of the request stands in them."""
    world = await a_world()
    swap = await world.do(asks(why="  my train\nis late "))
    after = await world.do(lambda work: swaps.decide(work, swap.id, SwapStatus.ACCEPTED, by="dora", via="sms"))

    (override,) = world.engine.plan.book.overrides
    assert after.overrides == (override.id,)
    assert override.why == f"swap {swap.id}: my train is late"
    assert await world.engine.read(lambda c: timers.find(c, "swap", swap.id)) is None
    assert await events(world, swap) == ["SwapRequested", "SwapAccepted"]


async def test_what_changed_meanwhile_refuses_the_acceptance_and_leaves_the_request():
    """The person has left, or the shift is somebody else's; nothing is stored."""
    world = await a_world()
    swap = await world.do(asks())
    plan = world.engine.plan

    async def accept(work):
        return await swaps.decide(work, swap.id, SwapStatus.ACCEPTED, by="dora", via="cli")

    world.engine.plan = replace(plan, people={name: one for name, one in plan.people.items() if name != "ana"})
    with pytest.raises(Conflict, match="ana is not in the files any more"):
        await world.do(accept)
    schedules = {name: one for name, one in plan.book.schedules.items() if name != "payments-primary"}
    world.engine.plan = replace(plan, book=replace(plan.book, schedules=schedules))
    with pytest.raises(Conflict, match="no schedule payments-primary any more"):
        await world.do(accept)
    world.engine.plan = plan

    assert (await world.do(accept)).status is SwapStatus.ACCEPTED


async def test_nobody_is_asked_twice_for_the_same_or_by_far_too_many_requests():
    """A slip of the finger, and a script."""
    world = await a_world()
    first = await world.do(asks())
    with pytest.raises(Conflict, match=f"for just that already: {first.id} waits"):
        await world.do(asks())
    for number in range(1, swaps.WAITING_MAX):
        start = NOON + timedelta(minutes=number)
        await world.do(asks(Piece(start, start + timedelta(minutes=1))))
    with pytest.raises(Conflict, match="20 requests of yours wait"):
        await world.do(asks(Piece(NOON + timedelta(hours=1), NOON + timedelta(hours=2))))


async def test_whoever_accepted_behind_the_link_of_a_text_hears_of_it():
    """One press is enough there, so that they hear it who might not have pressed; by mail a code was typed."""
    for via, count in (("link", 1), ("email", 0), ("web", 0)):
        world = await a_world()
        swap = await world.do(asks())
        await world.run_until(NOON + timedelta(minutes=1))
        before = len(world.sent)
        after = await world.do(
            lambda work, swap=swap, via=via: swaps.decide(work, swap.id, SwapStatus.ACCEPTED, by="dora", via=via)
        )
        await world.run_until(NOON + timedelta(minutes=2))
        dora = world.engine.plan.people["dora"]
        mails = [one for one in world.sent[before:] if one.outgoing.to == dora.email]

        assert after.via == via
        assert len(mails) == count
        assert all(f"pagerd override end {after.overrides[0]}" in one.outgoing.body.text for one in mails)


async def test_a_token_acts_for_nobody():
    """It may be a script's."""
    world = await a_world()
    swap = await world.do(asks())

    with pytest.raises(NotAllowed, match="between two people"):
        await world.do(asks(via="api"))
    with pytest.raises(NotAllowed, match="between two people"):
        await world.do(lambda work: swaps.decide(work, swap.id, SwapStatus.ACCEPTED, by="dora", via="api"))
    with pytest.raises(NotFound, match="no swap x-none"):
        await world.do(lambda work: swaps.decide(work, "x-none", SwapStatus.ACCEPTED, by="dora", via="cli"))


async def test_nobody_is_woken_and_whoever_has_only_a_phone_is_texted_in_the_morning():
    """By mail at once where there is one."""
    plan = a_plan()
    dora = replace(plan.people["dora"], email=None)
    world = await a_world(replace(plan, people=plan.people | {"dora": dora}), NIGHT)
    await world.do(asks(Piece(NIGHT)))
    await world.run_until(NIGHT + timedelta(hours=4))
    by_night = list(world.sent)
    await world.run_until(NIGHT + timedelta(hours=6))

    assert by_night == []
    assert [one.outgoing.medium for one in world.sent] == [Medium.SMS]
