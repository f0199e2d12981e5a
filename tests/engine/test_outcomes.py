from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pagerd.channels.base import AccountFault, ContentFault, DeliveryReport, DeliveryStatus
from pagerd.core.errors import Unavailable
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.people import Medium, NotificationRule, Urgency
from pagerd.engine import apply, outcomes
from pagerd.lab.world import World
from pagerd.stores.records import notifications
from tests.builders import NIGHT, NOON, a_person, a_plan, a_received_alert


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


async def sent_at(world, sent):
    """Return when a message left."""
    one = await world.engine.read(lambda c: notifications.find(c, sent.outgoing.id))
    return datetime.fromisoformat(one.trail[0][0])


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


async def test_mail_that_refuses_our_account_is_told_by_text():
    """Who is told by mail that mail fails does not hear of it; an operator without a phone hears when mail is back."""
    plan = a_plan()
    people = {**plan.people, "cho": a_person("cho", sms=None, voice=None)}
    world = World(a_plan(people=people, operators=("dora", "cho")), NOON)
    failing(world, Medium.EMAIL, AccountFault("535 suspended"))
    await world.receive("alertmanager", a_received_alert(severity="error"))
    await world.run_until(NOON + timedelta(seconds=1))
    waits = await world.engine.read(
        lambda c: c.execute("SELECT person FROM notifications WHERE purpose = 'alarm' AND medium = 'email'")
    )

    assert [one.outgoing.to for one in sent_by(world, Medium.SMS)] == [people["dora"].sms]
    assert "535 suspended" in sent_by(world, Medium.SMS)[0].outgoing.body.body
    assert waits == [("cho",)]


async def test_a_fault_of_our_account_behind_a_second_provider_is_told():
    """One that may not send to some numbers works for the rest, so nothing but what it refused shows it."""
    world = World(a_plan(), NOON, backups=(Medium.SMS,))
    failing(world, Medium.SMS, AccountFault("21408: not enabled for this country", for_everybody=False))
    await world.receive("alertmanager", a_received_alert())
    await world.run_until(NOON + timedelta(seconds=1))
    told = [one.outgoing.body.text for one in sent_by(world, Medium.EMAIL)]

    assert [one.provider for one in sent_by(world, Medium.SMS)] == ["lab-sms-backup"]
    assert len(told) == 1
    assert "sms through lab-sms fails for some: 21408" in told[0]
    assert "lab-sms-backup took it instead" in told[0]


@pytest.mark.parametrize(("at", "after"), [(NOON, timedelta(0)), (NIGHT, timedelta(hours=4, minutes=30))])
async def test_operators_without_a_quiet_method_are_told_by_text(at, after):
    """Of what can wait they would hear by mail; where none of them has one, a text is better, by day."""
    world = World(a_plan(media=frozenset({Medium.SMS, Medium.VOICE})), at)
    await world.do(lambda work: apply.alarm(work, "nobody_on_call", "payments/primary", "Nobody is on call"))
    await world.run_until(at + after)
    await world.settle()
    [told] = world.sent

    assert (told.outgoing.medium, told.outgoing.to) == (Medium.SMS, world.engine.plan.people["dora"].sms)
    assert await sent_at(world, told) == at + after


async def test_a_late_word_about_a_call_says_nothing_of_the_next():
    """One call for two pages was not answered, and only then is said to ring: both pages are called about again."""
    by_call = {Urgency.HIGH: (NotificationRule(Medium.VOICE),)}
    plan = a_plan()
    world = World(replace(plan, people=plan.people | {"ana": a_person(notify=by_call)}), NOON)
    await world.receive(
        "alertmanager", *(a_received_alert(fingerprint=host, cluster=host) for host in ("db-1", "db-2"))
    )
    await world.settle()
    [first] = world.sent
    await world.report(first, DeliveryStatus.NOT_REACHED)
    await world.report(first, DeliveryStatus.RINGING)
    await world.settle()

    again = [one for one in await of_ana(world) if one.again]
    assert len({one.page_id for one in again}) == 2
    assert {one.status for one in again} == {NotificationStatus.ACCEPTED}
    assert len(world.sent) == 2


async def of_ana(world):
    """Return what was to be sent to her about any page."""
    found = [
        await world.engine.read(lambda c, page=page: notifications.of_page(c, page.id, "ana"))
        for page in await world.open_pages()
    ]
    return [one for some in found for one in some]
