"""Who is asked for a rest, and what follows from the answer."""

from dataclasses import replace
from datetime import time

import pytest

from pagerd.core.errors import Conflict, NotAllowed
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.worklog.grant import GrantStatus
from pagerd.core.worklog.rules import NightRules
from pagerd.engine import mornings, rest, stored
from tests.builders import a_plan
from tests.engine.nights import a_woken_world, mails_to, morning, texts_to, the_night


async def decide(world, status, by="dora", **said):
    """Let somebody decide."""
    night = await the_night(world)
    return await world.do(lambda work: rest.decide(work, night, status, by=by, via="cli", **said))


def primary(world, at=None):
    """Return who is primary of payments."""
    return people_on_call(world.engine.plan.book, "payments-primary", at or world.clock.now())


async def test_the_lead_is_mailed_at_once_and_texted_when_they_wake_up():
    """Nobody is woken to grant a sleep."""
    world = await a_woken_world(said=90)
    await world.settle()
    assert len(mails_to(world, "dora")) == 1
    assert texts_to(world, "dora") == []

    await world.run_until(morning(7))

    [text] = texts_to(world, "dora")
    assert text.startswith("Ana worked 1h 30m in the night of Tue 6 Jan. Morning off until 12:00?")


async def test_a_lead_who_has_answered_is_not_texted():
    """Whatever the hour was at which they were to be."""
    world = await a_woken_world(said=90)
    await decide(world, GrantStatus.APPROVED)
    await world.run_until(morning(9))

    assert texts_to(world, "dora") == []
    assert (await the_night(world)).grant.decided_by == "dora"


async def test_an_approval_by_night_puts_nobody_on_call_before_the_morning():
    """Else whoever covers would be woken instead."""
    world = await a_woken_world(said=90)
    await decide(world, GrantStatus.APPROVED)

    assert primary(world) == ("ana",)
    assert primary(world, morning(6)) == ("cho",)
    assert primary(world, morning(12)) == ("ana",)


async def test_without_a_provisional_hour_it_waits_for_an_answer():
    """For as long as that takes; a morning that is over has nobody to cover."""
    rules = NightRules(provisional_from=None)
    world = await a_woken_world(replace(a_plan(), nights=rules), said=90)
    await world.run_until(morning(13))
    assert (await the_night(world)).grant.status is GrantStatus.PROPOSED

    await decide(world, GrantStatus.APPROVED)

    grant = (await the_night(world)).grant
    assert (grant.status, grant.covers) == (GrantStatus.APPROVED, ())


async def test_an_override_that_somebody_took_back_is_no_trouble():
    """What is gone need not be taken back once more."""
    world = await a_woken_world(said=90)
    await world.run_until(morning(6))
    [cover] = (await the_night(world)).grant.covers
    await world.do(lambda work: stored.end_override(work, cover.override, "eva"))
    await decide(world, GrantStatus.DECLINED, why="no")

    assert primary(world) == ("ana",)


async def test_a_lead_may_change_their_mind():
    """What was declined is approved, and covered from then on."""
    world = await a_woken_world(said=90)
    await world.run_until(morning(8))
    await decide(world, GrantStatus.DECLINED, why="no")
    assert primary(world) == ("ana",)
    await decide(world, GrantStatus.APPROVED)

    assert primary(world) == ("cho",)
    with pytest.raises(Conflict, match="approved already by dora"):
        await decide(world, GrantStatus.DECLINED, why="no")


async def test_nobody_decides_about_their_own_rest_but_to_give_it_back():
    """Nor does a colleague; an admin may."""
    world = await a_woken_world(said=90)
    for by in ("ana", "ben"):
        with pytest.raises(NotAllowed):
            await decide(world, GrantStatus.APPROVED, by=by)
    with pytest.raises(NotAllowed):
        await decide(world, GrantStatus.APPROVED, by="ana", is_admin=True)
    await decide(world, GrantStatus.APPROVED, by="ben", is_admin=True)
    await decide(world, GrantStatus.WITHDRAWN, by="ana", why="I am up")

    assert primary(world, morning(9)) == ("ana",)


async def test_where_there_is_nobody_to_ask_it_is_in_force_from_its_hour():
    """A team of one has nobody who could say no."""
    plan = a_plan()
    team = replace(plan.teams["payments"], roles={**plan.teams["payments"].roles, "team_lead": "ana"})
    alone = replace(plan, teams={**plan.teams, "payments": team}, roles={}, operators=("ana",))
    world = await a_woken_world(alone, said=90)
    await world.run_until(morning(6))

    grant = (await the_night(world)).grant
    assert (grant.asked, grant.status) == ((), GrantStatus.PROVISIONAL)


async def test_a_rest_that_is_earned_again_is_proposed_again():
    """A slip of the thumb costs nobody their morning."""
    world = await a_woken_world(said=90)
    for minutes in (20, 95):
        night = await the_night(world)
        await world.do(
            lambda work, night=night, minutes=minutes: mornings.say_worked(
                work, night, by="ana", via="cli", minutes=minutes
            )
        )

    grant = (await the_night(world)).grant
    assert (grant.status, grant.minutes) == (GrantStatus.PROPOSED, 95)


async def test_the_question_waits_for_the_end_of_the_rest():
    """On another clock than the lead's it would be the same."""
    plan = replace(a_plan(), nights=NightRules(morning_ends=time(10)))
    world = await a_woken_world(plan)
    night = await the_night(world)
    await world.do(lambda work: mornings.say_worked(work, night, by="eva", via="cli", minutes=90, is_admin=True))
    await world.run_until(morning(9, 59))

    assert texts_to(world, "ana")[-1].find("How long were you up?") == -1
