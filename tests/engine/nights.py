"""A world in which ana was woken, for tests of what follows from it."""

from datetime import datetime, timedelta

from pagerd.channels.base import DeliveryStatus
from pagerd.core.people import Medium
from pagerd.engine import commands, mornings
from pagerd.lab.world import World
from pagerd.stores.records import worked
from tests.builders import BERLIN, NIGHT, a_plan, a_received_alert, minutes


def morning(hour, minute=0, day=7):
    """A wall time of the morning after, in Berlin."""
    return datetime(2026, 1, day, hour, minute, tzinfo=BERLIN)


async def a_woken_world(plan=None, said=None):
    """Let a page wake ana at 02:30, who takes it and whose alert resolves; she says how many minutes, if any."""
    world = World(plan or a_plan(), NIGHT)
    await world.begin()
    await world.receive("alertmanager", a_received_alert(fingerprint="x"))
    await world.settle()
    await world.report(world.sent[0], DeliveryStatus.SENT)
    [page] = await world.open_pages()
    await world.do(lambda work: commands.acknowledge(work, page.id, "ana", "cli"))
    await world.receive("alertmanager", a_received_alert(fingerprint="x", firing=False))
    await world.run_until(NIGHT + minutes(5))
    if said is not None:
        night = await the_night(world)
        await world.do(lambda work: mornings.say_worked(work, night, by="ana", via="cli", minutes=said))
    return world


async def the_night(world):
    """Return ana's night."""
    now = world.clock.now()
    [night] = await world.engine.read(lambda c: worked.between(c, now - timedelta(days=2), now + timedelta(days=2)))
    return night


def texts_to(world, person):
    """Return what was texted to somebody, in order."""
    number = world.engine.plan.people[person].sms
    return [
        one.outgoing.body.body for one in world.sent if one.outgoing.medium is Medium.SMS and one.outgoing.to == number
    ]


def mails_to(world, person):
    """Return the subjects of what was mailed to somebody, in order."""
    address = world.engine.plan.people[person].email
    return [one.outgoing.body.subject for one in world.sent if one.outgoing.to == address]
