"""A message that is with a sender when its page begins to settle: nothing more of the page leaves before it has."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.channels.base import DeliveryStatus
from pagerd.core.paging.notification import Notification, NotificationStatus
from pagerd.core.people import Medium, NotificationRule, Person, Urgency
from pagerd.core.plan import Plan
from pagerd.engine.work import Work
from pagerd.lab.phones import Mood
from pagerd.lab.world import World
from pagerd.stores.base import Connection
from pagerd.stores.records import notifications
from tests.builders import NOON, a_person, a_plan, a_received_alert

SECOND = timedelta(seconds=1)

SETTLES_AT = NOON + 30 * SECOND


async def a_page_in_the_air(plan: Plan | None = None) -> World:
    """Return a world with a page whose first text is claimed and not handed to its provider yet."""
    world = World(plan or a_plan(), NOON)
    await world.begin()
    await world.receive("alertmanager", a_received_alert())
    return world


async def ends(world: World) -> None:
    """Let the only alert of the page resolve."""
    await world.receive("alertmanager", a_received_alert(firing=False))


async def fires_again(world: World) -> None:
    """Let the alert fire before its page has settled."""
    await world.receive("alertmanager", a_received_alert())


async def is_down_for_one_attempt(world: World) -> None:
    """Let the attempt at the claimed text fail, and the provider work from then on."""
    world.phones[Medium.SMS].mood = Mood.DOWN
    await world.settle()
    world.phones[Medium.SMS].mood = Mood.WORKS


async def dies(world: World) -> None:
    """Let the sender die with its claim, which ends at once."""
    world.crash()
    await world.engine.transact(lambda work: notifications.end_leases(work.c, work.now))


async def gives_back(world: World) -> None:
    """Let the sender give its claim back before it began: it is told to stop."""

    async def act(work: Work) -> None:
        [row] = await work.c.execute("SELECT id, claim FROM notifications WHERE status = 'claimed'")
        await notifications.release(work.c, str(row[0]), str(row[1]), work.now)

    world.crash()
    await world.engine.transact(act)


async def all_messages(c: Connection) -> list[Notification]:
    """Return the messages about the only page."""
    [row] = await c.execute("SELECT id FROM pages")
    return await notifications.of_page(c, str(row[0]))


CLAIM_ENDS = pytest.mark.parametrize("claim_ends", [is_down_for_one_attempt, dies, gives_back])


@CLAIM_ENDS
async def test_what_was_in_the_air_is_not_sent_of_a_page_that_settles_and_resolves(claim_ends):
    """The text did not leave, its alert ends, and the page resolves 30 s later: it never does."""
    world = await a_page_in_the_air()
    await ends(world)
    await claim_ends(world)
    await world.run_until(SETTLES_AT + 300 * SECOND)

    [text] = [one for one in await world.engine.read(all_messages) if one.medium is Medium.SMS and one.code is not None]
    assert text.status is NotificationStatus.CANCELLED
    assert text.provider_id is None
    assert await world.open_pages() == []


@CLAIM_ENDS
async def test_it_leaves_after_the_settle_time_when_the_alert_fires_again(claim_ends):
    """As with what was pending: it waits for the end of the settle time, and goes out then."""
    world = await a_page_in_the_air()
    await ends(world)
    await claim_ends(world)
    await fires_again(world)
    await world.run_until(SETTLES_AT - SECOND)

    assert world.sent == []

    await world.run_until(SETTLES_AT)

    assert [one.outgoing.medium for one in world.sent] == [Medium.SMS]


async def test_a_person_who_was_not_reached_is_called_after_the_settle_time_alone():
    """The next method is brought forward when a text does not arrive, but not into the time in which a page settles."""
    world = await a_page_in_the_air()
    await world.settle()
    await ends(world)
    await world.report(world.sent[0], DeliveryStatus.NOT_REACHED)
    await world.run_until(SETTLES_AT - SECOND)

    assert [one.outgoing.medium for one in world.sent] == [Medium.SMS]

    await fires_again(world)
    await world.run_until(SETTLES_AT)

    assert [one.outgoing.medium for one in world.sent] == [Medium.SMS, Medium.VOICE]


def a_plan_with(ana: Person) -> Plan:
    """Return the plan of the small company, in which ana is somebody else."""
    plan = a_plan()
    return replace(plan, people={**plan.people, "ana": ana})


def about_the_page(world: World) -> list[tuple[Medium, str]]:
    """Return what left, but for what the operators hear of refused contacts."""
    return [(one.outgoing.medium, one.outgoing.to) for one in world.sent if one.outgoing.to != "dora@example.com"]


async def test_what_is_left_of_a_person_waits_for_the_settle_time():
    """Ana wants texts alone, and her text is refused for good: her mail is used when the page goes on, no sooner."""
    ana = a_person(notify={Urgency.HIGH: (NotificationRule(Medium.SMS),), Urgency.LOW: ()})
    world = await a_page_in_the_air(a_plan_with(ana))
    world.phones[Medium.SMS].refuses.add(ana.sms)
    await ends(world)
    await world.settle()
    await fires_again(world)
    await world.run_until(SETTLES_AT - SECOND)

    assert about_the_page(world) == []

    await world.run_until(SETTLES_AT)

    assert about_the_page(world)[0][0] is not Medium.SMS
    assert {to for _, to in about_the_page(world)} <= {ana.email, ana.voice}


async def test_the_next_step_waits_when_nothing_is_left_of_a_person():
    """Ana has a number for texts and nothing else, and it is refused: ben is paged when the page goes on, no sooner."""
    ana = a_person(voice=None, email=None)
    world = await a_page_in_the_air(a_plan_with(ana))
    world.phones[Medium.SMS].refuses.add(ana.sms)
    await ends(world)
    await world.run_until(SETTLES_AT - SECOND)

    assert about_the_page(world) == []

    await fires_again(world)
    await world.settle()
    await world.run_until(SETTLES_AT)

    assert about_the_page(world) == [(Medium.SMS, a_person("ben").sms)]
