"""Who hears of an override at once; `tests/stories/shift_changed_ahead.story` shows what they read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.errors import NotFound
from pagerd.core.oncall.override import new_override
from pagerd.core.oncall.swap import Piece, SwapStatus
from pagerd.core.shift_notices import News
from pagerd.engine import overriding, swaps
from pagerd.lab.world import World
from pagerd.stores.records import shift_notices
from tests.builders import NOON
from tests.stories.plans import PLANS

FAR = NOON + timedelta(days=28)
DAY = timedelta(days=1)


async def a_world(plan="around the shift"):
    """An engine on virtual time, on which everybody knows their shifts."""
    world = World(PLANS[plan](), NOON)
    await world.put_in_force(world.engine.plan)
    await world.run_until(NOON + timedelta(minutes=1))
    return world


def an_override(work, start=FAR, person="dora"):
    """Return a day of whoever is on call then, given to somebody."""
    return new_override(
        work.plan.book,
        work.plan.people,
        id=work.chance.object_id("o"),
        schedule="payments-primary",
        start=start,
        end=start + DAY,
        people=(person,),
        instead_of=None,
        by="ben",
    )


async def told(world):
    """Return who was told what by now."""
    rows = await world.engine.read(
        lambda c: c.execute("SELECT DISTINCT why FROM notifications WHERE purpose = 'shift'")
    )
    notices = [await world.engine.read(lambda c, name=row[0]: shift_notices.find(c, name)) for row in rows]
    return sorted((one.person, line.news) for one in notices for line in one.lines)


async def test_a_turn_that_comes_is_told_at_once_to_those_whom_it_changes_and_again_when_it_is_taken_back():
    """Not to whoever did it; the next look says nothing more."""
    world = await a_world()
    kept = await world.do(lambda work: overriding.put_in_force(work, an_override(work), "eva"))
    first = await told(world)
    await world.run_until(NOON + timedelta(hours=1))
    assert await told(world) == first
    await world.do(lambda work: overriding.take_back(work, kept.id, "eva"))

    [owner] = [person for person, news in first if news is News.TAKEN]
    assert first == sorted([("dora", News.GIVEN), (owner, News.TAKEN)])
    assert await told(world) == sorted([*first, ("dora", News.TAKEN), (owner, News.GIVEN)])


async def test_whoever_did_it_wants_nothing_or_only_observes_is_told_nothing():
    """Dora takes a day by herself; notices that are off; another pager's shifts."""
    world = await a_world()
    await world.do(lambda work: overriding.put_in_force(work, an_override(work), "dora"))
    assert "dora" not in {person for person, _ in await told(world)}
    off = await a_world("small")
    await off.do(lambda work: overriding.put_in_force(work, an_override(work), "ben"))
    assert await told(off) == []
    observing = await a_world()
    observing.engine.observing = True
    await observing.do(lambda work: overriding.put_in_force(work, an_override(work), "ben"))

    assert await told(observing) == []


async def test_what_is_not_there_is_not_taken_back():
    """It ended, or was taken back already; nobody is told anything."""
    world = await a_world()
    with pytest.raises(NotFound):
        await world.do(lambda work: overriding.take_back(work, "o-none", "ben"))

    assert await told(world) == []


async def test_a_swap_is_told_to_whoever_gives_way_in_a_copy_and_not_once_more_to_the_two():
    """They agreed, and are told of that; ben comes into the copy in the week that ana takes."""
    plan = PLANS["copied secondary"]()
    notices = PLANS["around the shift"]().teams["payments"].shift_notices
    payments = replace(plan.teams["payments"], shift_notices=notices)
    world = World(replace(plan, teams={**plan.teams, "payments": payments}), NOON)
    await world.put_in_force(world.engine.plan)
    await world.run_until(NOON + timedelta(minutes=1))
    theirs = Piece(NOON + timedelta(days=14))
    swap = await world.do(
        lambda work: swaps.request(
            work, by="ana", via="cli", schedule="payments-primary", mine=Piece(NOON), theirs=theirs, of="cho", why=""
        )
    )
    await world.do(lambda work: swaps.decide(work, swap.id, SwapStatus.ACCEPTED, by="cho", via="cli"))

    assert ("ben", News.GIVEN) in await told(world)
    assert {person for person, news in await told(world) if news in (News.GIVEN, News.TAKEN)} == {"ben"}
