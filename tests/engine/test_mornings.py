"""When somebody is asked how long they were up, and when not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.errors import Conflict, NotAllowed
from pagerd.core.incidents.incident import Mode
from pagerd.core.people import Night
from pagerd.core.worklog.grant import GrantStatus
from pagerd.core.worklog.rules import NightRules, RestKind
from pagerd.engine import commands, mornings
from pagerd.engine.incidents import commands as incident_commands
from pagerd.engine.incidents import declaring
from pagerd.engine.incidents.declaring import Declaration
from pagerd.lab.world import World
from pagerd.stores.records import timers, worked
from tests.builders import NIGHT, a_person, a_plan, a_received_alert, minutes
from tests.engine.nights import a_woken_world, morning, texts_to, the_night

DAY = timedelta(days=1)


def questions(world, person="ana"):
    """Return the questions that somebody was texted."""
    return [text for text in texts_to(world, person) if "How long were you up?" in text]


async def test_somebody_is_asked_once_also_by_a_pagerd_that_crashed():
    """The question is a row with a due time, and goes with the transaction that says that it was asked."""
    world = await a_woken_world()
    world.crash()
    await world.run_until(morning(7))
    world.crash()
    await world.run_until(morning(23, 59))

    assert len(questions(world)) == 1


async def test_nobody_is_asked_where_the_files_say_so():
    """And nothing waits for the morning."""
    world = await a_woken_world(replace(a_plan(), nights=NightRules(asks=False)))
    await world.run_until(morning(23, 59))

    assert questions(world) == []
    assert (await the_night(world)).ask_at is None


async def test_whoever_is_on_a_page_all_morning_is_not_asked_for_ever():
    """After twelve hours nobody remembers minutes, and the night says why it was not asked."""
    world = await a_woken_world()
    await world.receive("alertmanager", a_received_alert(fingerprint="y", cluster="y"))
    await world.settle()
    [page] = await world.open_pages()
    await world.do(lambda work: commands.snooze(work, page.id, "ana", "cli", minutes(23 * 60)))
    await world.run_until(morning(19, 1))
    await world.run_until(morning(20))

    assert questions(world) == []
    night = await the_night(world)
    assert (night.ask_at, night.asked_at) == (None, None)
    assert await world.engine.read(lambda c: timers.find(c, "night", night.id)) is None


async def test_whoever_sleeps_longer_today_is_asked_later():
    """Their night in the files counts when they are asked, too."""
    world = await a_woken_world()
    plan = a_plan()
    late = a_person("ana", night=Night(plan.people["ana"].night.start, morning(9).time()))
    await world.put_in_force(replace(plan, people={**plan.people, "ana": late}))
    await world.run_until(morning(8, 59))
    assert questions(world) == []

    await world.run_until(morning(9))
    assert len(questions(world)) == 1


async def test_whoever_has_left_is_not_asked():
    """Nothing is sent to nobody, and nothing waits."""
    world = await a_woken_world()
    plan = a_plan()
    await world.put_in_force(replace(plan, people={name: one for name, one in plan.people.items() if name != "ana"}))
    await world.run_until(morning(8))

    assert (await the_night(world)).ask_at is None


async def test_whoever_said_it_is_not_asked():
    """And says it for themself."""
    world = await a_woken_world(said=20)
    night = await the_night(world)
    for by, error in (("ben", NotAllowed), ("ana", Conflict)):
        with pytest.raises(error):
            await world.do(
                lambda work, by=by: mornings.say_worked(
                    work, night, by=by, via="cli", minutes=20 if by == "ben" else 999
                )
            )
    await world.run_until(morning(23, 59))

    assert questions(world) == []


async def test_an_act_by_day_is_no_work_of_a_night():
    """Nor is one of somebody whom nothing woke."""
    world = await a_woken_world()
    world.clock.move_to(NIGHT + minutes(10))
    await world.receive("alertmanager", a_received_alert(fingerprint="y", cluster="y"))
    [page] = await world.open_pages()
    await world.do(lambda work: commands.acknowledge(work, page.id, "ben", "cli"))
    world.clock.move_to(morning(10))
    await world.do(lambda work: commands.add_note(work, page.id, "ana", "cli", "done"))

    assert (await the_night(world)).seen_minutes == 0


async def an_incident_by_night(mode=Mode.LIVE, plan=None):
    """Let ana declare an incident at 02:30 without a page, and take the command."""
    world = World(plan or a_plan(), NIGHT)
    await world.begin()
    said = Declaration(title="Nobody can pay", team="payments", severity="sev2", mode=mode)
    await world.do(lambda work: declaring.declare(work, "ana", "cli", said))
    await world.do(lambda work: incident_commands.take_role(work, 1, "ana", "cli", "ic"))
    return world


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.DRILL])
async def test_work_in_an_incident_is_work_of_the_night_though_nothing_rang(mode):
    """Whoever commands is at work until the last act of anybody; a drill keeps people awake as well."""
    world = await an_incident_by_night(mode)
    world.clock.move_to(NIGHT + minutes(90))
    await world.do(lambda work: incident_commands.note(work, 1, "ben", "cli", "still broken", None))
    now = world.clock.now()
    nights = {
        one.person: one
        for one in await world.engine.read(lambda c: worked.between(c, now - DAY, now + DAY))
        if one.stretches
    }

    assert {name: (one.incidents, one.seen_minutes) for name, one in nights.items()} == {
        "ana": ((1,), 90),
        "ben": ((1,), 0),
    }
    assert nights["ana"].grant is not None


async def test_what_was_written_down_afterwards_begins_no_night():
    """Nor does what a machine reads, or what somebody does by day."""
    world = await an_incident_by_night()
    await world.do(lambda work: incident_commands.resolve(work, 1, "ana", "cli", "over", "enough"))
    await world.do(lambda work: incident_commands.note(work, 1, "ben", "cli", "for the postmortem", None))
    said = Declaration(
        title="It was slow",
        team="payments",
        mode=Mode.BACKFILL,
        detected_at=NIGHT - minutes(60),
        resolved_at=NIGHT - minutes(30),
    )
    await world.do(lambda work: declaring.declare(work, "ben", "cli", said))
    await world.do(lambda work: declaring.declare(work, "ana", "cli", Declaration(title="x", team="payments")))
    await world.do(lambda work: incident_commands.read_criterion(work, 3, "prometheus", "api", "errors", "red", ""))

    assert await nights_worked_in(world) == {"ana"}


async def nights_worked_in(world):
    """Return who has a night in which work was seen."""
    now = world.clock.now()
    found = await world.engine.read(lambda c: worked.between(c, now - DAY, now + DAY))
    return {one.person for one in found if one.stretches}


async def test_whoever_has_a_role_is_not_asked_how_long_they_were_up():
    """They are up still; when they lay it down they are asked."""
    world = await an_incident_by_night()
    await world.run_until(morning(9))
    assert questions(world) == []

    await world.do(lambda work: incident_commands.cancel(work, 1, "ana", "cli", "test", ""))
    await world.run_until(morning(10))
    assert len(questions(world)) == 1


async def test_where_nobody_is_asked_an_incident_asks_nobody_either():
    """The night is there all the same."""
    world = await an_incident_by_night(plan=replace(a_plan(), nights=NightRules(asks=False)))
    await world.do(lambda work: incident_commands.cancel(work, 1, "ana", "cli", "test", ""))
    await world.run_until(morning(10))

    assert questions(world) == []
    assert await nights_worked_in(world) == {"ana"}


async def test_hours_of_rest_last_from_the_last_act_also_when_it_came_after_they_were_in_force():
    """And whoever covers does so for as long as that."""
    hours = NightRules(rest=RestKind.HOURS)
    world = await an_incident_by_night(plan=replace(a_plan(), nights=hours))

    async def acts_at(at):
        await world.run_until(at)
        await world.do(lambda work: incident_commands.note(work, 1, "ana", "cli", "still broken", None))
        return (await ana_s_night(world)).grant

    assert (await acts_at(morning(4))).end == morning(15)
    assert (await acts_at(morning(5))).end == morning(16)
    grant = await acts_at(morning(6, 30))

    assert (grant.status, grant.end) == (GrantStatus.PROVISIONAL, morning(17, 30))
    assert [(one.start, one.end) for one in grant.covers] == [
        (morning(6), morning(16)),
        (morning(16), morning(17, 30)),
    ]


async def ana_s_night(world):
    """Return the night of ana."""
    now = world.clock.now()
    found = await world.engine.read(lambda c: worked.between(c, now - DAY, now + DAY))
    return next(one for one in found if one.person == "ana")
