"""Texts about nights: whose they are, and that nobody guesses their way in."""

from dataclasses import replace
from datetime import timedelta

from pagerd.core.worklog.worked import Dispute
from pagerd.engine import ledger, replies
from pagerd.stores.records import worked
from tests.builders import minutes
from tests.engine.nights import a_woken_world, morning, the_night


async def an_asked_world():
    """Ana was woken, and was asked; return the world and the code."""
    world = await a_woken_world()
    await world.run_until(morning(7))
    return world, await code_of(world)


async def code_of(world, person="ana"):
    """Return the newest code that somebody may answer with."""
    codes = await world.engine.read(lambda c: worked.codes_of(c, person, world.clock.now()))
    return codes[0].code


async def text(world, body, person="ana"):
    """Let somebody text; return what comes back."""
    number = world.engine.plan.people[person].sms
    return await world.text(f"SM{body}{world.clock.now()}", number, body)


async def test_a_code_is_of_the_one_who_was_asked():
    """Another's is none, whoever's phone it is."""
    world, code = await an_asked_world()
    said = await text(world, f"{code} 40m", "ben")

    assert said.startswith(f"NOTHING NOTED: {code} is no question to you.")
    assert (await the_night(world)).said == ()


async def test_who_guesses_codes_is_locked_out():
    """As with the codes of pages: a forged number must not try all hundred."""
    world, code = await an_asked_world()
    wrong = f"N{(int(code[1:]) + 1) % 100:02}"
    for _ in range(5):
        await text(world, f"{wrong} 40m")
        world.clock.move_to(world.clock.now() + timedelta(seconds=1))

    assert "too many wrong codes" in await text(world, f"{code} 40m")
    assert (await the_night(world)).said == ()


async def test_a_code_is_good_for_a_week():
    """After that the command line takes the answer."""
    world, code = await an_asked_world()
    world.clock.move_to(morning(7) + timedelta(days=7) - minutes(1))
    assert (await text(world, f"{code} 40m")).startswith("Noted")

    world.clock.move_to(morning(7) + timedelta(days=7))
    assert (await text(world, f"{code} 50m")).startswith("NOTHING NOTED")


async def test_without_its_code_a_text_is_an_answer_for_a_day():
    """Later a bare length may be about anything."""
    world, _ = await an_asked_world()
    world.clock.move_to(morning(7) + timedelta(days=1, minutes=1))

    assert (await text(world, "40m")).startswith("Not understood")


async def test_what_was_written_before_the_question_is_no_answer_to_it():
    """A text that an outage held back was about something else."""
    world, _ = await an_asked_world()
    number, early = world.engine.plan.people["ana"].sms, morning(6, 59)
    said = await world.do(lambda work: replies.read_text(work, "SM1", number, "40m", None, sent_at=early))

    assert said.startswith("Not understood")
    assert (await the_night(world)).said == ()


async def test_what_was_settled_is_not_changed_by_text():
    """The answer says how it could be."""
    world, code = await an_asked_world()
    night = await the_night(world)
    now = world.clock.now()
    line = Dispute(at=now, by="dora", why="x", settled_at=now, settled_by="eva", settled_minutes=10)
    settled = replace(night, disputes=(line,))
    await world.do(lambda work: ledger.keep(work, night, settled))

    assert "dispute it" in await text(world, f"{code} 40m")
