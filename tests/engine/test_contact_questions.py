"""Questions about contacts as rows: who is asked, by what, and who hears that nobody answered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.channels.base import DeliveryStatus
from pagerd.core.contact_questions import ContactRules
from pagerd.core.errors import NotFound
from pagerd.core.oncall.schedule import Away, Book
from pagerd.core.paging.message import in_words
from pagerd.core.people import Medium
from pagerd.engine import contact_questions, reachability, testpage
from pagerd.lab.world import World
from pagerd.stores.records import timers
from tests.builders import a_person, a_plan, a_received_alert, a_schedule

FIRST = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)  # Tuesday, half past ten in Berlin
ELEVEN = FIRST + timedelta(minutes=30)
DAY = timedelta(days=1)


def a_plan_that_asks(**fields):
    """Return a company in which ana and ben are in a schedule, and contacts are asked about after a week."""
    book = fields.pop("book", Book(schedules={"payments-primary": a_schedule("payments-primary", "ana", "ben")}))
    return a_plan(book=book, contacts=ContactRules(ask_after=7 * DAY, tell_after=3 * DAY), **fields)


async def a_world(plan=None, **fields):
    """Return a started world, shortly before eleven."""
    world = World(plan or a_plan_that_asks(), FIRST, **fields)
    await world.begin()
    return world


def questions(world):
    """Return the test pages that were sent."""
    return [sent for sent in world.sent if "test page" in in_words(sent.outgoing.body).lower()]


async def a_page_arrives(world):
    """Page ana by text, which is delivered, and let it be over."""
    await world.receive("alertmanager", a_received_alert())
    await world.settle()
    await world.report(world.sent[-1], DeliveryStatus.DELIVERED)
    await world.receive("alertmanager", a_received_alert(firing=False))
    await world.run_until(world.clock.now() + timedelta(minutes=1))


async def unconfirmed(world):
    """Return the contacts that status shows as not confirmed."""
    found = await world.engine.read(lambda c: reachability.reach_of_all(c, world.engine.plan))
    return [(one.person.id, method.medium) for one in found for method in one.methods if method.unconfirmed_since]


async def test_each_contact_is_asked_about_one_a_day():
    """A week after it was first seen, at eleven of a working day; whoever is in no schedule is not asked."""
    world = await a_world()
    await world.run_until(ELEVEN + 7 * DAY - timedelta(minutes=1))
    assert world.sent == []
    await world.run_until(ELEVEN + 9 * DAY)
    asked = [sent for sent in world.sent if sent.outgoing.to in (a_person("ana").sms, "ana@example.com")]

    assert [sent.outgoing.medium for sent in asked] == [Medium.SMS, Medium.VOICE, Medium.EMAIL]
    assert {sent.outgoing.to for sent in world.sent} == {
        address for name in ("ana", "ben") for address in (a_person(name).sms, f"{name}@example.com")
    }


async def test_what_is_used_is_not_asked_about():
    """A page that arrived is a better proof than a question, and settles one that was not answered."""
    world = await a_world()
    ana = a_person("ana").sms
    await world.run_until(ELEVEN + 3 * DAY)
    await a_page_arrives(world)
    await world.run_until(ELEVEN + 7 * DAY)
    assert ana not in [sent.outgoing.to for sent in questions(world) if sent.outgoing.medium is Medium.SMS]
    await world.run_until(ELEVEN + 13 * DAY)
    assert ana in [sent.outgoing.to for sent in questions(world) if sent.outgoing.medium is Medium.SMS]
    assert ("ana", Medium.SMS) in await unconfirmed(world)
    await a_page_arrives(world)

    assert ("ana", Medium.SMS) not in await unconfirmed(world)


async def test_an_answer_confirms_and_silence_is_shown_and_told_once():
    """That the question was delivered is no answer."""
    world = await a_world()
    await world.run_until(ELEVEN + 7 * DAY)
    [of_ana] = [sent for sent in world.sent if sent.outgoing.to == a_person("ana").sms]
    [of_ben] = [sent for sent in world.sent if sent.outgoing.to == a_person("ben").sms]
    await world.report(of_ben, DeliveryStatus.DELIVERED)
    assert await unconfirmed(world) == [("ana", Medium.SMS), ("ben", Medium.SMS)]
    code = of_ana.outgoing.body.body.partition("Reply ")[2].split()[0]
    await world.text("SM1", a_person("ana").sms, f"{code} ack")
    assert await unconfirmed(world) == [("ben", Medium.SMS)]
    await world.run_until(ELEVEN + 13 * DAY)
    told = [sent.outgoing.body.subject for sent in world.sent if sent.outgoing.to == "dora@example.com"]

    [subject] = [one for one in told if "whether texts reach them" in one]
    assert subject.startswith("[pagerd] Ben did not answer for 3 days whether texts reach them. Ask them, then try:")


async def test_a_code_is_an_answer_by_command_of_its_reader_alone():
    """Days later still; nobody confirms for somebody else."""
    world = await a_world()
    await world.run_until(ELEVEN + 7 * DAY)
    [of_ana] = [sent for sent in world.sent if sent.outgoing.to == a_person("ana").sms]
    code = of_ana.outgoing.body.body.partition("Reply ")[2].split()[0]
    await world.run_until(ELEVEN + 9 * DAY)
    with pytest.raises(NotFound):
        await world.do(lambda work: testpage.answered_by_code(work, "dora", code))
    said = await world.do(lambda work: testpage.answered_by_code(work, "ana", code.lower()))

    assert said == "Thank you: sms reaches ana."
    assert ("ana", Medium.SMS) not in await unconfirmed(world)


async def test_a_new_number_is_new():
    """What was asked of the old one says nothing of it."""
    world = await a_world()
    await world.run_until(ELEVEN + 7 * DAY)
    plan = a_plan_that_asks()
    people = {**plan.people, "ana": a_person("ana", sms="+4915199999999")}
    await world.put_in_force(replace(plan, people=people))
    assert ("ana", Medium.SMS) not in await unconfirmed(world)
    await world.run_until(ELEVEN + 12 * DAY)

    assert "+4915199999999" not in [sent.outgoing.to for sent in world.sent if sent.outgoing.medium is Medium.SMS]


async def test_whoever_is_away_is_asked_when_they_are_back():
    """Nobody answers from the beach, and no lead is to hear of it."""
    away = Away(person="ana", start=FIRST + 6 * DAY, end=FIRST + 9 * DAY)
    book = Book(schedules={"payments-primary": a_schedule("payments-primary", "ana", "ben")}, away=(away,))
    world = await a_world(a_plan_that_asks(book=book))
    await world.run_until(ELEVEN + 8 * DAY)
    assert a_person("ana").sms not in [sent.outgoing.to for sent in world.sent]
    await world.run_until(ELEVEN + 9 * DAY)

    assert a_person("ana").sms in [sent.outgoing.to for sent in world.sent]


async def test_nobody_is_asked_while_it_only_observes_or_where_it_is_off():
    """Off has no timer either."""
    observing = await a_world(observing=True)
    await observing.run_until(ELEVEN + 8 * DAY)
    off = await a_world(replace(a_plan_that_asks(), contacts=ContactRules()))
    await off.run_until(ELEVEN + 8 * DAY)
    switched = await a_world()
    await switched.put_in_force(replace(a_plan_that_asks(), contacts=ContactRules()))
    await switched.run_until(ELEVEN + 8 * DAY)

    for world in (observing, off, switched):
        assert world.sent == []
    for world in (off, switched):
        assert await world.engine.read(lambda c: timers.subjects(c, contact_questions.WALK)) == []


async def test_a_walk_goes_on_in_bites_and_after_a_crash():
    """Everybody is reached, once."""
    names = [f"p{number:03}" for number in range(contact_questions.BITE + 5)]
    plan = a_plan_that_asks(book=Book(schedules={"payments-primary": a_schedule("payments-primary", *names)}))
    people = {**plan.people, **{name: a_person(name, voice=None, email=None) for name in names}}
    world = await a_world(replace(plan, people=people))
    await world.run_until(ELEVEN + 7 * DAY - timedelta(minutes=1))
    world.crash()
    await world.begin()
    await world.run_until(ELEVEN + 7 * DAY)

    assert len(world.sent) == len(names)
