"""What is written down while pagerd only observes, and what is made of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.observing import FOLLOWED_FOR, Part
from pagerd.core.placement import Place
from pagerd.core.plan import Keep
from pagerd.core.pseudonym import Erasure
from pagerd.engine.keeping import EVERY
from pagerd.engine.queries_observed import observed_between
from pagerd.lab.world import World
from pagerd.stores.records import erasing
from tests.builders import NIGHT, NOON, a_plan, a_received_alert, a_silence, minutes

DAY = timedelta(days=1)


async def a_world(plan=None, start=NOON):
    """A world that observes."""
    world = World(plan or a_plan(), start, observing=True)
    await world.begin()
    return world


async def fires(world, name="a", **labels):
    """Let one alert fire."""
    await world.receive("alertmanager", a_received_alert(fingerprint=name, cluster=name, **labels))
    await world.settle()


async def reported(world):
    """Return the report of everything."""
    start, end, people = NOON - DAY, world.clock.now() + minutes(1), world.engine.plan.people
    return (await world.engine.read(lambda c: observed_between(c, people, start, end))).report


async def test_a_graver_alert_is_a_first_word_again():
    """It would have gone out though somebody had the page: it is no consequence of silence."""
    world = await a_world()
    await fires(world, "a")
    world.clock.move_to(NOON + minutes(3))
    await world.settle()
    graver = a_received_alert(fingerprint="b", cluster="a", severity="page")
    await world.receive("alertmanager", replace(graver, labels={**graver.labels, "severity": "sev1"}))
    await world.settle()

    parts = [(one.at - NOON, one.medium.value, one.part) for one in (await reported(world)).messages]
    assert parts[0] == (timedelta(0), "sms", Part.FIRST)
    assert (minutes(3), "sms", Part.FIRST) in parts


async def test_where_each_alert_went():
    """Silenced, dropped, ticket and page: what leaves no page has no other row that tells of it."""
    silence = a_silence('cluster="quiet"', start=NOON - DAY, lasts=3 * DAY)
    world = await a_world(a_plan(silences=(silence,)))
    await fires(world, "a")
    await fires(world, "quiet")
    await fires(world, "low", severity="warning")

    report = await reported(world)
    assert [(one.alert, one.place) for one in report.alerts] == [
        ("CheckoutErrors", Place.OPENS_PAGE),
        ("CheckoutErrors", Place.MUTED),
        ("CheckoutErrors", Place.TICKET),
    ]
    assert report.alerts[1].muted_by == silence.id
    [team] = report.teams
    assert (team.pages, team.tickets, team.silenced, team.dropped) == (1, 1, 1, 0)


async def test_night_pages_that_would_have_been():
    """By each reader's own night, at once or only because nobody answered; the ledger has none of them."""
    world = await a_world(start=NIGHT)
    await fires(world, "a")
    await world.run_until(NIGHT + minutes(12))
    nights = {one.name: (one.nights, one.nights_unanswered) for one in (await reported(world)).people}
    [[rows]] = await world.engine.read(lambda c: c.execute("SELECT COUNT(*) FROM night_pages"))

    assert nights["ana"] == (1, 0)
    assert nights["ben"] == (0, 1)
    assert rows == 0


async def test_an_alert_that_fires_for_days_does_not_fill_the_report():
    """The last resort is asked every five minutes all the while; what compares are the first hours."""
    world = await a_world()
    await fires(world, "a")
    await world.run_until(NOON + timedelta(hours=4))
    report = await reported(world)
    [[stored]] = await world.engine.read(lambda c: c.execute("SELECT COUNT(*) FROM observed_messages"))

    latest = max(one.at for one in report.messages if one.part is Part.FOLLOW_UP)
    assert NOON + timedelta(minutes=110) < latest < NOON + FOLLOWED_FOR
    assert stored > len(report.messages)


async def test_a_message_for_several_is_one():
    """Counted once, and each of its pages knows when its people would first have heard of it."""
    world = await a_world()
    await world.receive("alertmanager", *(a_received_alert(fingerprint=name, cluster=name) for name in "abc"))
    await world.settle()

    report = await reported(world)
    [message] = report.messages
    assert len(message.pages) == 3
    assert [(told.people, told.first, told.first_at) for told in report.pages] == [(("ana",), 1, NOON)] * 3
    [ana] = report.people
    assert (ana.first, ana.pages) == (1, 3)


@pytest.mark.parametrize("table", ["observed_messages", "observed_alerts"])
async def test_what_is_old_goes(table):
    """With its page, or by its age."""
    plan = replace(a_plan(), keep=Keep(pages=30 * DAY, nights=60 * DAY))
    world = await a_world(plan)
    await fires(world, "a")
    await world.receive("alertmanager", a_received_alert(fingerprint="a", cluster="a", firing=False))
    await world.run_until(NOON + minutes(5))
    counted = f"SELECT COUNT(*) FROM {table}"  # noqa: S608  # a fixed name
    before = await world.engine.read(lambda c: c.execute(counted))
    world.clock.move_to(NOON + 40 * DAY)
    await world.run_until(NOON + 40 * DAY + 2 * EVERY)

    assert before[0][0] > 0
    assert await world.engine.read(lambda c: c.execute(counted)) == [(0,)]


async def test_erasure_reaches_the_words():
    """Texts name people, too."""
    world = await a_world()
    await fires(world, "a")
    [place] = [one for one in erasing.PLACES if one.table == "observed_messages"]
    await world.do(lambda work: work.c.execute("UPDATE observed_messages SET words = 'Ana Ribeiro has it'"))
    erasure = Erasure(person="ana", pseudonym="erased-1", names=("Ana Ribeiro",))
    await world.do(lambda work: erasing.rewrite(work.c, place, erasure, "", 10))

    [[words]] = await world.engine.read(lambda c: c.execute("SELECT words FROM observed_messages"))
    assert "Ana" not in words


async def test_a_ticket_that_was_opened_again_counts_and_one_that_was_only_there_does_not():
    """Both are older than the time in which pagerd observed; what it would have filed then is the first."""
    world = World(a_plan(), NOON)
    await world.begin()
    for name in ("back", "open"):
        await fires(world, name, severity="warning")
    await world.receive(
        "alertmanager", a_received_alert(fingerprint="back", cluster="back", severity="warning", firing=False)
    )
    await world.run_until(NOON + minutes(30))
    world.observing = True
    world.crash()
    await world.begin()
    since = world.clock.now()
    await world.run_until(since + minutes(5))
    await fires(world, "back", severity="warning")
    await world.receive("alertmanager", a_received_alert(fingerprint="more", cluster="open", severity="warning"))
    await world.settle()

    [again] = (await reported(world)).tickets
    assert [(end - since) for _, end in again.gaps] == [minutes(5)]
