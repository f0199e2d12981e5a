import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from pagerd.channels.base import DeliveryStatus, InboundText
from pagerd.core.errors import Unavailable
from pagerd.core.people import Medium
from pagerd.engine import questions, replies
from pagerd.engine.asking import QUESTIONS_MAX, Asker
from pagerd.engine.clock import SteadyClock
from pagerd.engine.replies import HELP_MAX
from pagerd.engine.work import Hearing, Question
from pagerd.lab.nodes import NodeClock
from pagerd.lab.phones import Mood
from pagerd.lab.world import World
from pagerd.stores.records import notifications, timers
from tests.builders import NOON, a_plan, a_received_alert


@pytest.fixture
async def world():
    """A pagerd that nobody can call back, with one page about which ana was asked by text."""
    world = World(a_plan(), NOON, callbacks=False)
    await world.do(questions.begin)
    await world.receive("alertmanager", a_received_alert())
    await world.settle()
    return world


def number_of(world, person="ana"):
    """Return where a person is texted."""
    return world.engine.plan.people[person].sms


async def code_of(world):
    """Return the code of the first text."""
    first = await world.engine.read(lambda c: notifications.find(c, world.sent[0].outgoing.id))
    return first.code


def fetches(world):
    """Count how often texts are fetched from here on."""
    phone, counted = world.phones[Medium.SMS], []
    fetch = phone.inbound_since

    async def counting(since, deadline_seconds):
        counted.append(world.clock.now())
        return await fetch(since, deadline_seconds)

    phone.inbound_since = counting
    return counted


async def test_texts_are_fetched_often_only_while_an_answer_is_awaited(world):
    """Every five seconds while the page is open, every minute when it is not."""
    counted = fetches(world)
    await world.run_until(NOON + timedelta(seconds=31))
    busy = len(counted)
    await world.text("SM1", number_of(world), f"{await code_of(world)} res")
    await world.run_until(NOON + timedelta(minutes=2))
    counted.clear()
    await world.run_until(NOON + timedelta(minutes=12))

    assert busy == 6
    assert 9 <= len(counted) <= 11


async def test_a_page_that_asks_brings_the_next_fetch_forward():
    """Whoever answers the first text at once does not wait for the idle pace."""
    world = World(a_plan(), NOON, callbacks=False)
    await world.do(questions.begin)
    await world.run_until(NOON + timedelta(seconds=10))
    await world.receive("alertmanager", a_received_alert())
    counted = fetches(world)
    await world.run_until(NOON + timedelta(seconds=20))

    assert counted == [NOON + timedelta(seconds=15), NOON + timedelta(seconds=20)]


async def test_where_providers_can_call_only_a_lost_reply_is_fetched():
    """A reply whose callback got lost acknowledges a minute later; one that has just come is left to its callback."""
    world = World(a_plan(), NOON)
    await world.do(questions.begin)
    await world.run_until(NOON + timedelta(minutes=5))
    counted = fetches(world)
    await world.run_until(NOON + timedelta(minutes=10))
    idle = len(counted)
    await world.receive("alertmanager", a_received_alert())
    await world.run_until(NOON + timedelta(minutes=10, seconds=50))
    text = InboundText(provider_id="SM1", sender=number_of(world), to="", body="ack", at=world.clock.now())
    world.phones[Medium.SMS].texts.append(text)
    await world.run_until(NOON + timedelta(minutes=11, seconds=20))
    soon = (await world.open_pages())[0].acknowledgement
    await world.run_until(NOON + timedelta(minutes=13))

    assert idle == 0
    assert soon is None
    assert (await world.open_pages())[0].acknowledgement.by == "ana"
    assert [later - earlier for earlier, later in pairwise(counted)] == [questions.UNREPORTED_AFTER] * 2


@pytest.mark.parametrize(("at_start", "then"), [(20, 0), (-20, -20)], ids=["set back to the truth", "slow"])
async def test_a_wall_clock_that_was_or_is_wrong_keeps_no_text_from_being_read(at_start, then):
    """Providers date texts by clocks of their own, whatever pagerd goes by."""
    walls = []

    def steady(true):
        walls.append(NodeClock(true, timedelta(hours=at_start)))
        return SteadyClock(walls[0])

    world = World(a_plan(), NOON, callbacks=False, clock_of=steady)
    await world.do(questions.begin)
    walls[0].off_by = timedelta(hours=then)
    await world.receive("alertmanager", a_received_alert())
    await world.settle()
    text = InboundText(provider_id="SM1", sender=number_of(world), to="", body="ack", at=world.clock.now())
    world.phones[Medium.SMS].texts.append(text)
    await world.run_until(NOON + timedelta(minutes=2))

    assert (await world.open_pages())[0].acknowledgement.by == "ana"


async def test_nothing_is_fetched_where_nobody_can_be_asked():
    """Without a provider that keeps texts no list is asked for, whatever a row of earlier days says."""
    world = World(a_plan(), NOON)
    world.engine.hearing = Hearing(by_callback=False, asks_for_texts=False)
    await world.do(lambda work: timers.put(work.c, "inbox", "", work.now))
    counted = fetches(world)
    await world.receive("alertmanager", a_received_alert())
    await world.run_until(NOON + timedelta(minutes=3))
    left = await world.engine.read(lambda c: timers.find(c, "inbox", ""))

    assert counted == []
    assert left is None


async def test_a_message_is_asked_about_less_and_less_and_not_for_ever(world):
    """A text that stays `sent` is asked about at growing pauses, and no more when it could not arrive any more."""
    phone, asked = world.phones[Medium.SMS], []
    await world.report(world.sent[0], DeliveryStatus.SENT)
    report = phone.report

    async def counting(provider_id, deadline_seconds):
        if provider_id == world.sent[0].provider_id:
            asked.append(world.clock.now())
        return await report(provider_id, deadline_seconds)

    phone.report = counting
    await world.run_until(NOON + timedelta(hours=2))
    pauses = [later - earlier for earlier, later in pairwise(asked)]

    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=5)
    assert pauses[-1] == questions.PAUSE_MAX
    assert len(asked) < 40
    assert asked[-1] < NOON + timedelta(minutes=40)


@pytest.mark.parametrize("status", [DeliveryStatus.DELIVERED, DeliveryStatus.NOT_REACHED])
async def test_a_last_word_ends_the_questions(world, status):
    """What arrived or did not is not asked about again."""
    await world.report(world.sent[0], status)
    await world.run_until(NOON + timedelta(seconds=5))
    notification = world.sent[0].outgoing.id
    await world.run_until(NOON + timedelta(seconds=15))
    left = await world.engine.read(lambda c: timers.find(c, "report", notification))

    assert left is None


async def test_one_text_that_raises_stops_no_other(world, monkeypatch):
    """A text that makes a decision raise is logged and tried again; the next one acknowledges all the same."""
    carry_out = replies.read_text

    async def raising(work, provider_id, *rest, **more):
        if provider_id == "SM1":
            raise RuntimeError("this text is bad")
        return await carry_out(work, provider_id, *rest, **more)

    monkeypatch.setattr(replies, "read_text", raising)
    await world.text("SM1", number_of(world), "ack")
    await world.text("SM2", number_of(world), "ack")
    await world.run_until(NOON + timedelta(seconds=10))

    assert (await world.open_pages())[0].acknowledgement.by == "ana"


async def test_a_phone_that_answers_by_itself_is_not_answered_for_ever(world):
    """After so many answers in ten minutes a text that does nothing gets none; an act is still answered."""
    for n in range(HELP_MAX + 30):
        await world.text(f"SM{n}", number_of(world), "please leave a message after the beep")
        await world.run_until(world.clock.now() + timedelta(seconds=10))
    answers = [one for one in world.sent if getattr(one.outgoing.body, "body", "").startswith("NOTHING DONE")]
    await world.text("SM-last", number_of(world), f"{await code_of(world)} ack")
    await world.run_until(world.clock.now() + timedelta(seconds=10))

    assert len(answers) == HELP_MAX
    assert world.sent[-1].outgoing.body.body.startswith("Acked")


async def test_an_answer_goes_to_the_number_that_asked(world):
    """It is a text of its own to where the question came from, it is no night page, and it asks for nothing."""
    await world.text("SM1", number_of(world), "list")
    await world.run_until(NOON + timedelta(seconds=10))
    answer = await world.engine.read(lambda c: notifications.find(c, world.sent[-1].outgoing.id))

    assert (answer.address, answer.purpose.value, answer.page_id, answer.code) == (
        number_of(world),
        "answer",
        None,
        None,
    )


async def test_a_text_after_stop_is_carried_out_and_not_answered(world):
    """The carrier blocks us: an answer would be refused and blamed on the person's phone."""
    await world.text("SM1", number_of(world), "STOP")
    await world.text("SM2", number_of(world), f"{await code_of(world)} ack")
    before = len([sent for sent in world.sent if sent.outgoing.medium is Medium.SMS])
    await world.run_until(NOON + timedelta(seconds=10))

    assert (await world.open_pages())[0].acknowledgement.by == "ana"
    assert len([sent for sent in world.sent if sent.outgoing.medium is Medium.SMS]) == before


async def test_a_provider_that_hangs_holds_up_no_other_question(world):
    """While one question waits for ever, texts are fetched and other messages are asked about; memory is bounded."""
    asker, engine = Asker(world.engine), world.engine
    stuck, asked = asyncio.Event(), asyncio.Event()
    one = await engine.read(lambda c: notifications.find(c, world.sent[0].outgoing.id))
    world.phones[Medium.SMS].report = _never(stuck)
    world.phones[Medium.SMS].inbound_since = _told(asked)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(asker.run())
        for n in range(2 * QUESTIONS_MAX):
            engine.ask(Question(replace(one, id=f"n{n}")))
        await stuck.wait()
        engine.ask(Question())
        await asked.wait()
        waiting = asker._about.qsize()
        running.cancel()

    assert waiting <= QUESTIONS_MAX


def _never(began):
    async def report(_provider_id, _deadline_seconds):
        began.set()
        await asyncio.Event().wait()

    return report


def _told(asked):
    async def inbound_since(_since, _deadline_seconds):
        asked.set()
        return []

    return inbound_since


async def test_operators_hear_once_that_replies_do_not(world):
    """Three failed fetches in a row are told once, and a good one begins to count anew."""
    world.phones[Medium.SMS].mood = Mood.DOWN
    await world.run_until(NOON + timedelta(minutes=5))
    told = [sent for sent in world.sent if "replies by text are not heard" in getattr(sent.outgoing.body, "text", "")]
    people = {sent.outgoing.to for sent in told}

    assert len(told) == len(people) >= 1


async def test_retry_after_is_heeded(world):
    """A provider that asks for a pause gets it, up to the idle pace."""
    counted = []

    async def busy(_since, _deadline_seconds):
        counted.append(world.clock.now())
        raise Unavailable("too many requests", retry_after_seconds=20)

    world.phones[Medium.SMS].inbound_since = busy
    await world.run_until(NOON + timedelta(minutes=1))
    pauses = {later - earlier for earlier, later in pairwise(counted)}

    assert pauses == {timedelta(seconds=20)}
