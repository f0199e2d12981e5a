"""What a tracker is told outlives everything, comes in order, and ends with the ticket."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.channels.tracker import Tracker
from pagerd.core.plan import Keep, VerdictKind
from pagerd.engine import commands, erasure, exports, keeping, queries
from pagerd.engine.delivery import Delivery
from pagerd.engine.exporting import GIVES_UP_AFTER, Exporter
from pagerd.engine.exports import IN_FLIGHT_MAX
from pagerd.lab.phones import Mood
from pagerd.lab.world import World
from tests.builders import NOON, a_plan, a_received_alert, a_rule
from tests.channels.raw_server import RawServer, hang

DAY = timedelta(days=1)
RULE = a_rule("Later", 'alertname="Disk"', verdict=VerdictKind.TICKET)
PLAN = a_plan(rules={"payments": (RULE,)}, exports_tickets=True)


@pytest.fixture
async def world():
    """A started world whose tickets are told to a tracker."""
    world = World(PLAN, NOON)
    await world.begin()
    return world


async def a_ticket(world, name="x"):
    """Let an alert fire that is no page, and return its ticket's id."""
    await world.receive("alertmanager", a_received_alert(fingerprint=name, alertname="Disk", cluster=name))
    rows = await world.engine.read(lambda c: c.execute("SELECT id FROM tickets ORDER BY opened_at DESC, id LIMIT 1"))
    return rows[0][0]


async def waits(world):
    """Return what the tracker is still to be told."""
    return (await world.engine.read(lambda c: queries.snapshot(c, world.clock.now()))).exports


async def test_what_was_in_the_air_at_a_crash_is_told_again_under_the_same_key(world):
    """The claim ends by itself, and whoever starts next tells it."""
    await a_ticket(world)
    await world.engine.transact(exports.due)
    world.crash()
    await world.begin()
    await world.run_until(NOON + timedelta(seconds=59))
    assert world.tracker.told == []
    await world.run_until(NOON + timedelta(seconds=61))

    assert [one["event"] for one in world.tracker.told] == ["opened"]
    assert await waits(world) is None


async def test_only_so_many_are_in_the_air(world):
    """A storm of tickets is told a few at a time: memory holds no more, and neither does the tracker."""
    alerts = [a_received_alert(fingerprint=f"{n}", alertname="Disk", cluster=f"{n}") for n in range(50)]
    await world.receive("alertmanager", *alerts)
    taken = []
    world.engine.export = taken.append
    for _ in range(5):
        await world.engine.transact(exports.due)

    assert len(taken) == IN_FLIGHT_MAX
    await world.run_until(NOON + timedelta(minutes=2))
    world.engine.export = world._exports.append  # the lab's own
    await world.run_until(NOON + timedelta(minutes=4))
    assert len({one["ticket"]["id"] for one in world.tracker.told}) == 50


async def test_a_tracker_that_is_gone_is_given_up_after_a_week(world):
    """The next event has all of the ticket, so nothing is lost that anybody still works with."""
    world.tracker.mood = Mood.DOWN
    ticket = await a_ticket(world)
    await world.run_until(NOON + timedelta(hours=2))
    backlog = await waits(world)
    assert (backlog.count, backlog.oldest_at, backlog.fault) == (1, NOON, "the tracker did not answer within 10 s")
    world.clock.move_to(NOON + GIVES_UP_AFTER)
    await world.run_until(NOON + GIVES_UP_AFTER + timedelta(hours=1))
    assert await waits(world) is None
    world.tracker.mood = Mood.WORKS
    await world.do(lambda work: commands.note_ticket(work, ticket, "ana", "back"))
    await world.settle()

    [said] = world.tracker.told
    assert (said["event"], said["by"], said["ticket"]["title"]) == ("noted", "ana", "Disk")


async def test_a_ticket_that_is_forgotten_takes_its_events_with_it(world):
    """Whatever the tracker does: what is gone is told to nobody."""
    await world.put_in_force(replace(PLAN, keep=Keep(pages=30 * DAY)))
    world.tracker.mood = Mood.DOWN
    ticket = await a_ticket(world)
    await world.do(lambda work: commands.close_ticket(work, ticket, "ana", "mended"))
    world.clock.move_to(NOON + 40 * DAY)
    await world.engine.transact(lambda work: keeping.bite(work, "tickets:"))

    assert await waits(world) is None


async def test_whoever_is_erased_is_not_told_to_the_tracker(world):
    """What still waits says the pseudonym."""
    world.tracker.mood = Mood.DOWN
    ticket = await a_ticket(world)
    await world.do(lambda work: commands.take_ticket(work, ticket, "ben"))
    people = {name: person for name, person in PLAN.people.items() if name != "ben"}
    await world.put_in_force(replace(PLAN, people=people))
    erased = await world.do(lambda work: erasure.begin(work, "ben", ["Ben"], [], None))
    after = ""
    while after is not None:
        done = await world.do(lambda work: erasure.bite(work, erased, after, drop_nights=False, by="dora"))  # noqa: B023  # run at once
        after = done.next
    world.tracker.mood = Mood.WORKS
    await world.run_until(NOON + timedelta(hours=2))

    taken = world.tracker.told[-1]
    assert (taken["event"], taken["by"], taken["ticket"]["taken_by"]) == ("taken", *[erased.pseudonym] * 2)
    assert "ben " not in taken["sentences"][0]


async def test_a_tracker_on_a_socket_that_hangs_holds_up_no_page(world):
    """The exporter's workers wait for it, and the page's text leaves all the same."""
    async with RawServer(hang) as server:
        tracker = Tracker(url=f"http://127.0.0.1:{server.port}/", secret="s3cret", clock=world.clock.now)
        phones = {medium: (phone,) for medium, phone in world.phones.items()}
        world.engine.delivery = Delivery(phones, world.clock, None, tracker)
        async with asyncio.TaskGroup() as group:
            exporter = group.create_task(Exporter(world.engine).run())
            await a_ticket(world)
            await world.settle()
            await server.somebody_came()
            await world.receive("alertmanager", a_received_alert(fingerprint="y", alertname="CheckoutErrors"))
            await world.settle()
            exporter.cancel()
        await tracker.close()

    assert [sent.outgoing.medium.value for sent in world.sent] == ["sms"]
    assert (await waits(world)).count == 1
