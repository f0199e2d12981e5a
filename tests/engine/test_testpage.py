"""Test pages and what is kept of contacts; what people see of both is in tests/stories and tests/web/api."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.errors import Conflict
from pagerd.core.people import Medium
from pagerd.engine import reachability, testpage
from pagerd.lab.world import World
from pagerd.stores.records import contacts, stored
from tests.builders import NOON, a_plan, a_received_alert


async def method_of(world, person, medium):
    """Return how a contact method stands."""
    found = await world.engine.read(lambda c: reachability.reach_of_all(c, world.engine.plan))
    [reach] = [one for one in found if one.person.id == person]
    [method] = [one for one in reach.methods if one.medium is medium]
    return method


async def test_whoever_only_observes_tests_nothing():
    """Nothing is sent, so nothing could arrive; and what was only written down shows nothing of a contact."""
    world = World(a_plan(), NOON, observing=True)
    await world.begin()
    with pytest.raises(Conflict, match="only observes"):
        await world.do(lambda work: testpage.send(work, "ana", Medium.SMS, "dora"))
    await world.receive("alertmanager", a_received_alert())
    await world.settle()

    assert (await method_of(world, "ana", Medium.SMS)).state is reachability.State.UNTRIED


async def test_what_is_known_of_an_address_is_not_known_of_the_next():
    """A new number was never tried, whatever arrived at the old one."""
    world = World(a_plan(), NOON)
    await world.do(lambda work: testpage.send(work, "ana", Medium.SMS, "dora"))
    await world.settle()
    before = await method_of(world, "ana", Medium.SMS)
    people = {**world.engine.plan.people, "ana": replace(world.engine.plan.people["ana"], sms="+4915199999999")}
    await world.put_in_force(replace(world.engine.plan, people=people))
    after = await method_of(world, "ana", Medium.SMS)
    await world.do(lambda work: contacts.note_tried(work.c, "ana", Medium.SMS, "+4915199999999", NOON))
    tried = await method_of(world, "ana", Medium.SMS)

    assert (before.state, before.known.tested_at) == (reachability.State.USABLE, NOON)
    assert (after.state, after.known.tested_at) == (reachability.State.UNTRIED, None)
    assert (tried.state, tried.known.tested_at) == (reachability.State.USABLE, None)


async def test_a_contact_is_refused_since_the_first_time():
    """Each test that fails says so once more; how long somebody has not been reached is what counts."""
    world = World(a_plan(), NOON)
    number = world.engine.plan.people["ana"].sms
    for hours in range(3):
        at = NOON + timedelta(hours=hours)
        contact = stored.UnusableContact(person="ana", medium=Medium.SMS, address=number, at=at, why=f"after {hours} h")
        await world.do(lambda work, contact=contact: stored.put_unusable(work.c, contact))
    method = await method_of(world, "ana", Medium.SMS)

    assert (method.state, method.since, method.why) == (reachability.State.REFUSED, NOON, "after 2 h")
