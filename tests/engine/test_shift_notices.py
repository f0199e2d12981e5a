"""Notices around shifts as rows: who is looked at, what becomes of them, and that nobody is told who need not be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.handoff import TEXT_MAX
from pagerd.core.oncall.schedule import Book
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, ShiftNotices
from pagerd.core.plan import Keep
from pagerd.engine import erasure, shift_notices
from pagerd.lab.world import World
from pagerd.stores.records import handoffs, timers
from pagerd.stores.records.columns import micros
from tests.builders import a_person, a_plan, a_schedule

HANDOFF = datetime(2026, 1, 12, 8, tzinfo=UTC)  # Monday, 09:00 in Berlin
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ALL = ShiftNotices(before=(DAY,), at_start=True, at_end=True)


def told_around(notices=ALL, **fields):
    """Return the small company; payments wants these notices."""
    plan = a_plan(**fields)
    return replace(plan, teams={**plan.teams, "payments": replace(plan.teams["payments"], shift_notices=notices)})


async def a_world(plan=None, at=HANDOFF - HOUR, **fields):
    """Return a started world in which everybody was looked at."""
    world = World(plan or told_around(), at, **fields)
    await world.begin()
    await world.settle()
    return world


def mails(world):
    """Return to whom mails went, in order of names."""
    return sorted(sent.outgoing.to.partition("@")[0] for sent in world.sent if sent.outgoing.medium is Medium.EMAIL)


async def subjects(world, kind):
    """Return what timers of a kind are about."""
    return await world.engine.read(lambda c: timers.subjects(c, kind))


async def test_where_nobody_wants_any_there_is_no_row():
    """Neither a timer nor a word; switched off, what was there goes."""
    quiet = await a_world(told_around(ShiftNotices()))
    assert await subjects(quiet, "shifts") + await subjects(quiet, "shift") == []

    world = await a_world()
    assert await subjects(world, "shift") == ["ana", "ben", "cho"]
    await world.put_in_force(told_around(ShiftNotices()))
    await world.run_until(HANDOFF + 14 * DAY)

    assert await subjects(world, "shifts") + await subjects(world, "shift") == []
    assert mails(world) == []


async def test_a_first_look_tells_nobody_and_a_new_colleague_is_told():
    """Who is on call when pagerd is installed knows it; who is put on call by a change of the files may not."""
    world = await a_world(at=HANDOFF + HOUR)
    assert mails(world) == []
    plan = told_around()
    schedules = {**plan.book.schedules, "payments-primary": a_schedule("payments-primary", "ana", "gil", "cho")}
    people = {**plan.people, "gil": a_person("gil")}
    await world.put_in_force(replace(plan, people=people, book=replace(plan.book, schedules=schedules)))
    await world.settle()

    assert mails(world) == ["ben", "gil"]


async def test_a_first_look_that_dies_midway_is_begun_again_and_still_tells_nobody():
    """The row that waits says that it was a first one."""
    plan = told_around()
    names = [f"p{number:03}" for number in range(shift_notices.BITE + 5)]
    people = {**plan.people, **{name: a_person(name) for name in names}}
    everybody = a_schedule("payments-primary", *names)
    world = World(replace(plan, people=people, book=Book(schedules={everybody.id: everybody})), HANDOFF)
    await world.begin()
    await world.engine.transact(lambda work: shift_notices.walk(work, "="))
    assert len(await subjects(world, "shift")) < len(names)
    world.crash()
    await world.begin()
    await world.settle()

    assert len(await subjects(world, "shift")) == len(names)
    assert await subjects(world, "shifts") == [""]
    assert mails(world) == []


async def test_who_observes_tells_nobody_and_who_sends_then_tells_no_backlog():
    """The shifts that people go by are another pager's."""
    world = await a_world(observing=True)
    await world.run_until(HANDOFF + HOUR)
    world.observing = False
    world.crash()
    await world.begin()
    await world.run_until(HANDOFF + 2 * HOUR)

    assert mails(world) == []


async def test_somebody_who_left_the_files_is_forgotten():
    """Their row and their timer go."""
    world = await a_world()
    plan = told_around()
    without = a_schedule("payments-primary", "ana", "cho")
    schedules = {"payments-primary": without}
    people = {name: one for name, one in plan.people.items() if name != "ben"}
    await world.put_in_force(replace(plan, people=people, book=Book(schedules=schedules)))
    await world.run_until(HANDOFF + DAY)

    assert await subjects(world, "shift") == ["ana", "cho"]
    rows = await world.engine.read(lambda c: c.execute("SELECT person FROM shifts_told ORDER BY person"))
    assert [str(row[0]) for row in rows] == ["ana", "cho"]


async def test_by_what_they_want_or_by_what_there_is():
    """A text for whoever has no mail, by day; both where both are wanted; never a call."""
    plan = told_around()
    people = {
        **plan.people,
        "ana": a_person("ana", email=None),
        "ben": a_person("ben", shift_notices=replace(ALL, by=(Medium.SMS, Medium.EMAIL))),
        "cho": a_person("cho", sms=None, voice=None, email=None),
    }
    world = await a_world(replace(plan, people=people))
    await world.run_until(HANDOFF + HOUR)
    went = sorted((sent.outgoing.medium.value, sent.outgoing.to) for sent in world.sent)

    assert went == sorted([("sms", people["ana"].sms), ("sms", people["ben"].sms), ("email", "ben@example.com")])


async def test_a_notice_is_about_no_page_and_counts_as_no_load():
    """It stands in the outbox under its purpose, with the row that it says."""
    world = await a_world()
    await world.run_until(HANDOFF + HOUR)
    rows = await world.engine.read(
        lambda c: c.execute("SELECT n.page_id, n.urgency FROM notifications n JOIN shift_notices s ON s.id = n.why")
    )

    assert len(rows) == len(mails(world)) == 3
    assert {(row[0], str(row[1])) for row in rows} == {(None, "low")}
    assert Purpose.SHIFT.value == "shift"


async def note(world, by, text, schedule="payments-primary"):
    """Write a handoff note, and return what is said."""
    return (await world.do(lambda work: shift_notices.write_note(work, schedule, by, text)))[1]


async def test_who_may_write_a_note():
    """Whoever has the schedule, had it a short while ago, or leads the team; nobody else, and nobody nothing."""
    world = await a_world()
    assert "Ben will read it" in await note(world, "ana", "x")
    assert "Ben will read it" in await note(world, "dora", "x")
    with pytest.raises(NotAllowed, match="cho is not on call in payments-primary"):
        await note(world, "cho", "x")
    with pytest.raises(Conflict, match="an empty note"):
        await note(world, "ana", " \n ")
    with pytest.raises(Conflict, match="2,001 signs, and at most 2,000"):
        await note(world, "ana", "x" * (TEXT_MAX + 1))
    with pytest.raises(NotFound, match="there is no schedule 'nothing'"):
        await note(world, "ana", "x", "nothing")
    assert "Ben will read it" in await note(world, "ana", ("x" * 999 + "\r\n") * 2)
    await world.run_until(HANDOFF + 13 * HOUR)
    with pytest.raises(NotAllowed):
        await note(world, "ana", "too late")


async def test_notes_reach_back_to_the_reader_s_last_shift():
    """Three at most, the newest first; who comes back after an hour reads what was written in that hour."""
    world = await a_world()
    for number in range(4):
        await note(world, "ana", f"note {number}")
        await world.run_until(world.clock.now() + timedelta(minutes=1))
    await world.run_until(HANDOFF + HOUR)
    read = next(sent.outgoing.body.text for sent in world.sent if sent.outgoing.to == "ben@example.com")

    assert [number for number in range(4) if f"note {number}" in read] == [1, 2, 3]
    assert read.index("note 3") < read.index("note 1")


async def erase(world, person, name):
    """Put a pseudonym in the place of somebody who has left."""
    erasure_of = await world.do(lambda work: erasure.begin(work, person, [name], [], None))
    after = ""
    while after is not None:
        now_at = after
        done = await world.do(lambda work, at=now_at: erasure.bite(work, erasure_of, at, drop_nights=False, by="dora"))
        after = done.next


async def test_notices_and_notes_go_with_the_pages_and_name_nobody_who_was_erased():
    """They are words of people about people."""
    plan = told_around(keep=Keep(pages=30 * DAY))
    world = await a_world(plan)
    await note(world, "ana", "Ana knows")
    await world.run_until(HANDOFF + HOUR)
    gone = {name: one for name, one in plan.people.items() if name != "ana"}
    schedules = {"payments-primary": a_schedule("payments-primary", "ben", "cho")}
    await world.put_in_force(replace(plan, people=gone, book=Book(schedules=schedules)))
    await erase(world, "ana", "Ana")
    [left] = await world.engine.read(lambda c: handoffs.since(c, "payments-primary", HANDOFF - DAY, 9))
    assert "ana" not in left.by
    bodies = await world.engine.read(lambda c: c.execute("SELECT body FROM shift_notices"))
    assert bodies
    assert not [row for row in bodies if '"ana"' in str(row[0])]
    world.clock.move_to(HANDOFF + 40 * DAY)
    await world.run_until(HANDOFF + 41 * DAY)

    assert await world.engine.read(lambda c: handoffs.since(c, "payments-primary", HANDOFF - DAY, 9)) == []
    old = await world.engine.read(
        lambda c: c.execute("SELECT id FROM shift_notices WHERE at < $1", micros(HANDOFF + DAY))
    )
    assert not old
