import asyncio
from dataclasses import replace

import pytest

from pagerd.channels.email import Smtp
from pagerd.core.people import Medium, Urgency
from pagerd.engine import outbox
from pagerd.engine.attempts import NotSent
from pagerd.engine.delivery import Delivery
from pagerd.lab.world import World
from tests.builders import NOON, a_plan
from tests.channels.fake_smtp import FakeSmtp, Mode

LONG = 30.0


@pytest.fixture
def world():
    """An engine on virtual time, of which only the outbox and the clock are used here."""
    return World(a_plan(), NOON)


@pytest.fixture
async def smtp():
    """A mail server on loopback."""
    async with FakeSmtp() as server:
        yield server


def a_delivery(world, smtp):
    """Return a delivery by mail."""
    provider = Smtp(host="127.0.0.1", port=smtp.port, tls="none", sender="p@example.com", clock=world.clock.now)
    return Delivery({Medium.EMAIL: (provider,)}, world.clock, None)


async def a_mail(world):
    """Return a claimed mail."""
    handed_out = []
    world.engine.hand_out = handed_out.append
    plan = replace(world.engine.plan, operators=("ana",), media=frozenset({Medium.EMAIL}))
    world.engine.plan = plan
    await world.do(lambda work: outbox.plain(work, "ana", "the store is slow", Urgency.LOW))
    return handed_out[0]


async def test_what_is_in_the_air_ends_before_the_providers_are_closed(world, smtp):
    """Retiring waits for the attempt; when it has its receipt, the kept connection goes too."""
    smtp.mode = Mode.HANG_IN_DATA
    delivery, claimed = a_delivery(world, smtp), await a_mail(world)
    async with asyncio.TaskGroup() as tasks:
        attempt = tasks.create_task(delivery.attempt(claimed, world.engine.plan))
        await smtp.reached_data()
        retiring = tasks.create_task(delivery.retire(LONG))
        await asyncio.wait([retiring], timeout=0)
        waited = not retiring.done()
        smtp.drop_all()

    assert waited
    assert isinstance(attempt.result(), NotSent)
    await smtp.all_gone()


async def test_kept_connections_are_closed(world, smtp):
    """A connection that idles on the old delivery is given back at once."""
    delivery = a_delivery(world, smtp)
    await delivery.attempt(await a_mail(world), world.engine.plan)
    kept = len(smtp.open)

    await delivery.retire(LONG)

    assert kept == 1
    await smtp.all_gone()


async def test_an_attempt_that_never_ends_holds_up_nothing_for_ever(world, smtp):
    """After its time the old delivery is closed under the attempt."""
    smtp.mode = Mode.HANG_IN_DATA
    delivery, claimed = a_delivery(world, smtp), await a_mail(world)
    async with asyncio.TaskGroup() as tasks:
        attempt = tasks.create_task(delivery.attempt(claimed, world.engine.plan))
        await smtp.reached_data()

        await delivery.retire(0.01)

        assert not attempt.done()
        attempt.cancel()


async def test_a_unit_after_the_swap_uses_the_new_delivery(world, smtp):
    """The swap is one step: what is handed out before it and attempted after it goes the new way."""
    old, claimed = world.engine.delivery, await a_mail(world)
    new = a_delivery(world, smtp)
    world.engine.put_in_force(world.engine.plan, new, {}, with_links=False)
    await world.engine.deliver(claimed)

    assert len(smtp.mails) == 1
    assert old is not new
    await new.retire(LONG)
