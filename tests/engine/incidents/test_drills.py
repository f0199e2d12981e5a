"""Whose lead is reminded of a drill, and when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.incidents.incident import Mode
from pagerd.core.incidents.rules import DrillRules, IncidentRules
from pagerd.engine.incidents import commands, declaring
from pagerd.engine.incidents.declaring import Declaration
from pagerd.lab.world import World
from pagerd.stores.records import timers
from tests.builders import NOON, a_plan
from tests.engine.nights import mails_to, texts_to

DAY = timedelta(days=1)


async def a_world(every=timedelta(days=30)):
    """Return a company whose teams should have a drill so often, at the noon of a Tuesday."""
    plan = a_plan()
    world = World(replace(plan, incidents=IncidentRules(drills=DrillRules(every=every))), NOON)
    await world.begin()
    return world


async def drill(world, team="payments"):
    """Have a drill, and end it at once."""
    said = Declaration(title="The database is gone", team=team, severity="sev3", mode=Mode.DRILL)
    one = await world.do(lambda work: declaring.declare(work, "ana", "cli", said))
    await world.do(lambda work: commands.resolve(work, one.number, "ana", "cli", "over", "a drill"))


def reminders(world, person="dora"):
    """Count the mails in which somebody is reminded of a drill of payments."""
    return sum("drill of team payments" in subject for subject in mails_to(world, person))


async def test_a_lead_is_reminded_by_mail_and_by_day_until_there_is_a_drill():
    """At the opening of the next day of work, a week later again, and after a drill when that is long ago."""
    world = await a_world()
    await world.run_until(NOON + timedelta(hours=20))
    assert reminders(world) == 0
    await world.run_until(NOON + timedelta(hours=22))
    assert reminders(world) == 1
    await world.run_until(NOON + 6 * DAY)
    assert reminders(world) == 1
    await world.run_until(NOON + 9 * DAY)
    assert reminders(world) == 2

    await drill(world)
    await world.run_until(NOON + 38 * DAY)
    assert reminders(world) == 2
    await world.run_until(NOON + 43 * DAY)
    assert reminders(world) == 3
    assert texts_to(world, "dora") == []


async def test_the_next_reminder_comes_on_the_same_weekday():
    """Wednesday at nine in Berlin, three weeks in a row: a week is seven days, and not eight."""
    world = await a_world()
    counts = []
    for week in range(3):
        await world.run_until(NOON + timedelta(hours=20) + 7 * week * DAY)
        counts.append(reminders(world))
        await world.run_until(NOON + timedelta(hours=22) + 7 * week * DAY)
        counts.append(reminders(world))

    assert counts == [0, 1, 1, 2, 2, 3]


async def test_a_reload_reminds_nobody_twice():
    """What was reminded of lately waits its week, whatever the files say now."""
    world = await a_world()
    await world.run_until(NOON + DAY)
    await world.put_in_force(world.engine.plan)
    await world.run_until(NOON + 5 * DAY)

    assert reminders(world) == 1


@pytest.mark.parametrize("every", [None, timedelta(days=30)])
async def test_where_nobody_asked_for_drills_nothing_waits(every):
    """And a key that was taken out again leaves no timer behind."""
    world = await a_world(every)
    await world.put_in_force(a_plan())

    assert await world.engine.read(lambda c: timers.subjects(c, "drill")) == []
    await world.run_until(NOON + 3 * DAY)
    assert reminders(world) == 0


async def test_a_drill_that_was_called_off_is_none():
    """The next one is as due as before."""
    world = await a_world()
    said = Declaration(title="x", team="payments", severity="sev3", mode=Mode.DRILL)
    await world.do(lambda work: declaring.declare(work, "ana", "cli", said))
    await world.do(lambda work: commands.cancel(work, 1, "ana", "cli", "other", ""))
    await world.run_until(NOON + DAY)

    assert reminders(world) == 1
