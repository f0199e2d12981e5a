"""A message that is with a sender when its page is taken: it may still arrive, and is not tried again."""

import pytest

from pagerd.core.errors import Unavailable
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.people import Medium
from pagerd.engine import commands
from pagerd.engine.delivery import Delivery
from pagerd.engine.engine import Engine
from pagerd.lab.phones import Mood, Phones, Sent
from pagerd.lab.world import World
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.records import notifications
from tests.builders import NOON, a_plan, a_received_alert, minutes


async def a_page_in_the_air() -> tuple[World, str]:
    """Return a world with a page whose first text is claimed and not handed to its provider yet."""
    world = World(a_plan(), NOON)
    await world.begin()
    await world.receive("alertmanager", a_received_alert())
    [page] = await world.open_pages()
    return world, page.id


async def texts_of(world: World, page: str) -> list[NotificationStatus]:
    """Return what became of all texts that asked about the page."""
    known = await world.engine.read(lambda c: notifications.of_page(c, page))
    return [one.status for one in known if one.medium is Medium.SMS and one.code is not None]


async def test_a_failed_attempt_is_not_repeated_once_somebody_has_the_page():
    """The provider is down while the text is in the air, and ana acknowledges by the command line meanwhile."""
    world, page = await a_page_in_the_air()
    world.phones[Medium.SMS].mood = Mood.DOWN
    await world.do(lambda work: commands.acknowledge(work, page, "ana", "cli"))
    await world.settle()
    world.phones[Medium.SMS].mood = Mood.WORKS
    await world.run_until(NOON + minutes(10))

    assert world.sent == []
    assert await texts_of(world, page) == [NotificationStatus.CANCELLED]


class Answered(Phones):
    """A provider that is down, and keeps us waiting for so long that ana answers by the command line meanwhile."""

    async def send(self, outgoing, deadline_seconds):
        """Let her have the page, then fail."""
        await self.meanwhile()
        raise Unavailable(f"{self.name} is down")


async def test_a_second_provider_is_not_asked_once_somebody_has_the_page():
    """Whoever has it is not called by the one that stands ready."""
    world, page = await a_page_in_the_air()
    heard: list[Sent] = []
    down, backup = Answered(Medium.SMS, heard.append, "down"), Phones(Medium.SMS, heard.append, "backup")
    down.meanwhile = lambda: world.do(lambda work: commands.acknowledge(work, page, "ana", "cli"))
    world.engine.delivery = Delivery({Medium.SMS: (down, backup)}, world.clock, None)
    await world.settle()

    assert heard == []
    assert await texts_of(world, page) == [NotificationStatus.CANCELLED]


async def test_a_message_of_a_process_that_died_is_not_sent_once_somebody_has_the_page():
    """What was claimed is taken up again after a crash, but not for a page that was acknowledged before it."""
    world, page = await a_page_in_the_air()
    await world.do(lambda work: commands.acknowledge(work, page, "ana", "cli"))
    world.crash()
    await world.engine.transact(lambda work: notifications.end_leases(work.c, work.now))
    await world.run_until(NOON + minutes(10))

    assert world.sent == []
    assert await texts_of(world, page) == [NotificationStatus.CANCELLED]


async def test_what_was_in_the_air_counts_when_it_arrives():
    """An attempt that succeeds after the acknowledgement is stored as what it is."""
    world, page = await a_page_in_the_air()
    await world.do(lambda work: commands.acknowledge(work, page, "ana", "cli"))
    await world.settle()

    assert [one.outgoing.medium for one in world.sent] == [Medium.SMS]
    assert await texts_of(world, page) == [NotificationStatus.ACCEPTED]


async def test_a_claim_whose_commit_was_not_confirmed_is_given_back():
    """The commit that claims the text is kept, and its answer is lost: the text leaves all the same, at once."""
    world, _ = await a_page_in_the_air()
    world.crash()
    await world.engine.transact(lambda work: notifications.end_leases(work.c, work.now))
    confirms_not(world.engine)
    with pytest.raises(StoreUnavailable):
        await world.settle()
    await world.settle()

    assert [one.outgoing.medium for one in world.sent] == [Medium.SMS]
    assert world.clock.now() == NOON


def confirms_not(engine: Engine) -> None:
    """Lose the answer of the next commit."""
    write = engine.store.write

    async def once(unit):
        await write(unit)
        engine.store.write = write
        raise StoreUnavailable("the answer of a commit was lost")

    engine.store.write = once
