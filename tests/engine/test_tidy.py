"""What is forgotten, and what is not."""

from datetime import timedelta

import pytest

from pagerd.engine.tidy import EVERY, INBOUND_KEPT
from pagerd.lab.world import World
from pagerd.stores.records import answers, swaps
from tests.builders import NOON, a_plan


@pytest.fixture
async def world():
    """An engine on virtual time whose clocks run."""
    world = World(a_plan(), NOON)
    await world.put_in_force(a_plan())
    return world


async def count(world, table):
    """Count the rows of a table."""
    rows = await world.engine.read(lambda c: c.execute(f"SELECT COUNT(*) FROM {table}"))  # noqa: S608  # a fixed name
    return rows[0][0]


async def test_codes_links_and_answers_go_when_nobody_can_use_them(world):
    """A code goes when it is free again, a link when it has expired, an answer when no provider repeats it any more."""
    soon, later = NOON + EVERY / 2, NOON + 3 * EVERY / 2

    async def remember(work):
        for code, free_at in (("11", soon), ("22", later)):
            await answers.put_code(work.c, "ana", code, [f"p-{code}"])
            await answers.release_codes(work.c, f"p-{code}", free_at)
        await answers.put_code(work.c, "ana", "A7KX", ["p-open"])
        for token, expires_at in (("old", soon), ("young", later)):
            link = answers.Link(person="ana", page_id="p-1", medium="sms", expires_at=expires_at)
            await answers.put_link(work.c, token, link)
            of_swap = swaps.SwapLink(person="ana", swap_id="x-1", medium="sms", code="N47", expires_at=expires_at)
            await swaps.put_link(work.c, token, of_swap)
        await answers.remember_inbound(work.c, "SM1", NOON - INBOUND_KEPT, "Acked", "ana")
        await answers.remember_inbound(work.c, "SM2", NOON, "Acked", "ana")

    await world.do(remember)
    await world.run_until(NOON + EVERY)

    assert [await count(world, table) for table in ("reply_codes", "links", "swap_links", "inbound")] == [2, 1, 1, 1]

    await world.run_until(NOON + 2 * EVERY)

    assert [await count(world, table) for table in ("reply_codes", "links", "swap_links", "inbound")] == [1, 0, 0, 1]


async def test_a_second_start_leaves_the_clock_alone(world):
    """Starting anew every half hour must not put the round off for ever."""
    await world.run_until(NOON + EVERY - timedelta(minutes=1))
    world.crash()
    await world.put_in_force(a_plan())

    async def remember(work):
        await answers.remember_inbound(work.c, "SM1", NOON - INBOUND_KEPT, "Acked", "ana")

    await world.do(remember)
    await world.run_until(NOON + EVERY)

    assert await count(world, "inbound") == 0
