"""From observing to sending: nothing of the backlog goes out, and a death midway loses nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.audit import CONFIG
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.people import Medium, NotificationRule, Urgency
from pagerd.engine import apply, commands, going_live
from pagerd.engine.observing import NO_TOKEN
from pagerd.lab.world import PUBLIC_URL, World
from pagerd.stores.records import history, notifications, observed
from tests.builders import NOON, a_person, a_plan, a_received_alert, minutes

PLAN = replace(a_plan(), operators=("dora",))


@pytest.fixture
async def world():
    """A world that observes."""
    world = World(PLAN, NOON, observing=True)
    await world.begin()
    return world


async def fires(world, *names, **labels):
    """Let alerts of groups of their own fire."""
    alerts = [a_received_alert(fingerprint=name, cluster=name, **labels) for name in names]
    await world.receive("alertmanager", *alerts)
    await world.settle()


async def starts_to_send(world):
    """Start again without the flag."""
    world.observing = False
    world.crash()
    await world.begin()
    await world.settle()


async def count(world, table, where="1 = 1"):
    """Count rows."""
    rows = await world.engine.read(lambda c: c.execute(f"SELECT COUNT(*) FROM {table} WHERE {where}"))  # noqa: S608
    return rows[0][0]


async def test_what_waits_is_cancelled_and_open_pages_are_one_message(world):
    """The call that was due in a minute is never made for what was observed; one text stands for both pages."""
    await fires(world, "a", "b")
    world.clock.move_to(NOON + minutes(1))
    await starts_to_send(world)

    [sent] = world.sent
    assert sent.outgoing.medium is Medium.SMS
    assert await count(world, "notifications", "status = 'cancelled'") == 2
    assert await count(world, "notifications", "status = 'observed'") == 2
    assert await count(world, "notifications", "status = 'accepted'") == 2
    await world.run_until(NOON + minutes(2))
    assert len(world.sent) == 1, "its own call is due two minutes after the text, and no sooner"


async def test_a_death_midway_is_gone_over_again(world, monkeypatch):
    """Some pages are taken up when the process dies: the next start takes up all, and still sends one message."""
    await fires(world, "a", "b", "c")
    monkeypatch.setattr(going_live, "BITE", 1)
    taken = 0

    async def dies(work, page, event):
        nonlocal taken
        taken += 1
        if taken == 2:
            raise MemoryError
        return await happened(work, page, event)

    happened = apply.happened
    monkeypatch.setattr(apply, "happened", dies)
    world.observing = False
    world.crash()
    with pytest.raises(MemoryError):
        await world.begin()
    monkeypatch.setattr(apply, "happened", happened)

    assert world.sent == []
    await starts_to_send(world)
    assert len(world.sent) == 1
    assert await count(world, "notifications", "status = 'accepted'") == 3
    assert await world.engine.read(observed.observing_since) is None


async def test_who_took_a_page_keeps_it(world):
    """Nobody is paged about it, and nobody who was never told of it hears of its end."""
    await fires(world, "a")
    [page] = await world.open_pages()
    await world.run_until(NOON + minutes(6))
    await world.do(lambda work: commands.acknowledge(work, page.id, "ana", "cli"))
    await starts_to_send(world)

    assert world.sent == []
    await world.receive("alertmanager", a_received_alert(fingerprint="a", cluster="a", firing=False))
    await world.run_until(world.clock.now() + minutes(1))
    assert world.sent == []
    assert await world.open_pages() == []


async def test_a_page_that_is_settling_resolves_without_a_word(world):
    """Its alerts are gone: nobody was told of it, so nobody is told that it is over."""
    await fires(world, "a")
    await world.receive("alertmanager", a_received_alert(fingerprint="a", cluster="a", firing=False))
    await starts_to_send(world)
    await world.run_until(NOON + minutes(1))

    assert world.sent == []
    assert await world.open_pages() == []


async def test_a_settling_page_that_fires_again_pages(world):
    """It was put back, not forgotten."""
    await fires(world, "a")
    await world.receive("alertmanager", a_received_alert(fingerprint="a", cluster="a", firing=False))
    await starts_to_send(world)
    await fires(world, "a")
    await world.run_until(NOON + minutes(1))

    assert len(world.sent) == 1


async def test_operators_are_told_anew(world):
    """What they would have heard while observing does not count as told: the trouble is told when it comes again."""
    await world.do(lambda work: apply.alarm(work, "provider_failing", "sms/x", "texts fail"))
    await world.settle()
    assert await count(world, "observed_messages") == 1
    await starts_to_send(world)
    await world.do(lambda work: apply.alarm(work, "provider_failing", "sms/x", "texts fail"))
    await world.settle()

    assert len(world.sent) == 1


async def test_both_turns_are_in_the_chain(world):
    """Who reads the history sees when pages began to be real."""
    world.clock.move_to(NOON + minutes(1))
    await starts_to_send(world)
    rows = await world.engine.read(lambda c: history.of_object(c, CONFIG))

    assert [row.event for row in rows] == ["ObservingBegan", "ObservingEnded"]
    [span] = await world.engine.read(lambda c: observed.spans_between(c, NOON, NOON + timedelta(days=1)))
    assert (span.start, span.end) == (NOON, NOON + minutes(1))


async def test_a_restart_that_observes_again_changes_nothing(world):
    """The time goes on from its first start, and pages stay where they are."""
    await fires(world, "a")
    world.clock.move_to(NOON + minutes(1))
    world.crash()

    assert await going_live.settle_mode(world.engine) == NOON
    [page] = await world.open_pages()
    assert page.version == 1


async def test_a_message_that_was_sent_is_not_asked_after_while_observing():
    """Not even the question about it leaves."""
    world = World(PLAN, NOON, callbacks=False)
    await world.begin()
    await fires(world, "a")
    [sent] = world.sent
    world.observing = True
    world.crash()
    await world.begin()
    asked = []
    world.engine.ask = asked.append
    await world.run_until(NOON + minutes(3))

    assert asked == []
    one = await world.engine.read(lambda c: notifications.find(c, sent.outgoing.id))
    assert one.status is NotificationStatus.ACCEPTED
    assert world.sent == [sent]


async def test_nothing_in_what_is_written_down_opens_anything(world):
    """Reports are read by many: the words have a link of its length that opens nothing, and the store has none."""
    mailed = a_person("ana", notify={Urgency.HIGH: (NotificationRule(Medium.EMAIL),)})
    plan = replace(PLAN, people={**PLAN.people, "ana": mailed})
    world.engine.put_in_force(plan, world.engine.delivery, world.traits, with_links=True)
    await fires(world, "a")
    [message] = await world.engine.read(lambda c: observed.messages_between(c, NOON, NOON + minutes(1), 10))

    assert f"{PUBLIC_URL}/p/{NO_TOKEN}" in message.words
    assert len(NO_TOKEN) == len(world.chance.token())
    assert await count(world, "links") == 0
