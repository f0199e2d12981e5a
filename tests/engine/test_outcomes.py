from datetime import timedelta

import pytest

from pagerd.channels.base import ContentFault, DeliveryReport, DeliveryStatus
from pagerd.core.errors import Unavailable
from pagerd.core.people import Medium
from pagerd.engine import outcomes
from pagerd.lab.world import World
from tests.builders import NOON, a_plan, a_received_alert


@pytest.fixture
async def world():
    """A pagerd on virtual time; its first page is yet to come."""
    return World(a_plan(), NOON)


def failing(world, medium, error):
    """Let a provider fail in this way; return the instants of its attempts."""
    attempts = []

    async def send(_outgoing, _deadline_seconds):
        attempts.append(world.clock.now() - NOON)
        raise error

    world.phones[medium].send = send
    return attempts


def sent_by(world, medium):
    """Return when messages of a medium left."""
    return [one for one in world.sent if one.outgoing.medium is medium]


@pytest.mark.parametrize(("asked", "first_pause"), [(None, 5), (1, 5), (40, 40), (3600, 120)])
async def test_retry_after_is_heeded_within_bounds(world, asked, first_pause):
    """What a provider asks for counts, but a page never waits for it longer than for our own last retry."""
    attempts = failing(world, Medium.SMS, Unavailable("too many requests", retry_after_seconds=asked))
    await world.receive("alertmanager", a_received_alert())
    await world.run_until(NOON + timedelta(minutes=3))

    assert attempts[1] - attempts[0] == timedelta(seconds=first_pause)


async def test_words_that_nobody_carries_bring_the_next_way_at_once(world):
    """A text that is filtered even in its plainest words is no reason to wait two minutes for the call."""
    attempts = failing(world, Medium.SMS, ContentFault("filtered"))
    await world.receive("alertmanager", a_received_alert())
    await world.run_until(NOON + timedelta(seconds=1))

    assert len(attempts) == 2
    assert len(sent_by(world, Medium.VOICE)) == 1


async def test_a_provider_that_breaks_its_promise_is_a_failed_attempt(world):
    """An error that no provider may raise is counted like any other: the next way is taken, and an end is reached."""
    attempts = failing(world, Medium.SMS, ZeroDivisionError("a bug"))
    await world.receive("alertmanager", a_received_alert())
    await world.run_until(NOON + timedelta(minutes=1))

    assert len(attempts) == outcomes.UNCONFIRMED_ATTEMPTS_MAX
    assert len(sent_by(world, Medium.VOICE)) >= 1


async def test_a_fault_of_our_account_is_told_though_it_comes_late(world):
    """The carrier refuses our registration after the text was taken: the call goes now, and the operators hear why."""
    await world.receive("alertmanager", a_received_alert())
    await world.settle()
    text = world.sent[0]
    report = DeliveryReport(
        provider_id=text.provider_id,
        status=DeliveryStatus.NOT_REACHED,
        detail="not delivered: the number is not registered for A2P 10DLC",
        account_fault=True,
    )
    await world.do(lambda work: outcomes.reported(work, text.outgoing.id, report))
    await world.settle()
    told = [one for one in world.sent if "not registered" in getattr(one.outgoing.body, "text", "")]

    assert len(sent_by(world, Medium.VOICE)) == 1
    assert told
