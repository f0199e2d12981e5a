from dataclasses import replace
from datetime import timedelta

import pytest

from pagerd.core.alerts.alert import AlertStatus, Suppression
from pagerd.engine import intake
from pagerd.engine.asking_sources import BITE, FAILURES_TOLD
from pagerd.engine.work import SourceTraits
from pagerd.lab.members import InventedMembers
from pagerd.lab.world import World
from pagerd.stores.records import alerts, sources, timers
from tests.builders import NOON, a_plan, a_received_alert, minutes

SECOND = timedelta(seconds=1)
ASKED = SourceTraits(name="prod", is_asked=True)


@pytest.fixture
async def world():
    """A pagerd that asks one source with two members, which know nothing."""
    world = World(a_plan(), NOON, sources={"prod": ASKED})
    world.members["prod"] = InventedMembers("am-1", "am-2")
    await watch(world)
    await world.settle()
    return world


async def watch(world):
    """Put the settings in force."""
    await world.do(lambda work: intake.watch_sources(work, world.traits, listens_since=None))


async def statuses(world):
    """Return the status of every alert, by how many have it."""
    return await world.engine.read(alerts.count_by_status)


def questions(world, result):
    """Count the questions that ended so."""
    labels = {"source": "prod", "result": result}
    return world.engine.metrics.registry.get_sample_value("pagerd_source_questions_total", labels)


async def test_a_source_is_asked_each_minute(world):
    """Each member of it, whatever else happens."""
    await world.run_until(NOON + minutes(5) + SECOND)

    assert questions(world, "answered") == 2 * 6


async def test_an_answer_is_a_sign_of_life(world):
    """And a question that no member answers is none."""
    await world.run_until(NOON + minutes(3))
    world.members["prod"].silent = {"am-1", "am-2"}
    await world.run_until(NOON + minutes(9))

    assert await world.engine.read(sources.last_seen) == {"prod": NOON + minutes(3)}


async def test_a_source_that_only_answers_is_not_silent(world):
    """`silent_after` counts from the last answer, too."""
    world.traits["prod"] = replace(ASKED, silent_after=minutes(10))
    await watch(world)
    await world.run_until(NOON + minutes(30))
    calm = await world.open_pages()
    world.members["prod"].silent = {"am-1", "am-2"}
    await world.run_until(NOON + minutes(41))
    [page] = await world.open_pages()

    assert calm == []
    assert page.subject.title == "PagerdSourceSilent"
    assert page.subject.summary == "prod: nothing heard for 10m, its alerts may not reach us"


async def test_a_member_that_does_not_answer_is_told_once(world):
    """At its third failure in a row, and anew only after it had answered."""
    told = []
    members = world.members["prod"]
    members.silent = {"am-2"}
    for minute in range(1, 20):
        await world.run_until(NOON + minutes(minute) + SECOND)
        told.append(len(world.sent))
        if minute == 10:
            members.silent = set()
            await world.run_until(NOON + minutes(11) + SECOND)
            members.silent = {"am-2"}
    [am_1, am_2] = world.source_asker.standing("prod")

    assert told[FAILURES_TOLD - 2] == 0
    assert told[FAILURES_TOLD - 1] == told[-1] == 1
    assert "am-2" in str(world.sent[0].outgoing.body)
    assert (am_1.failing_since, am_1.answered_at) == (None, NOON + minutes(19))
    assert (am_2.failing_since, am_2.answered_at) == (NOON + minutes(12), NOON + minutes(11))
    assert am_2.error == "no answer within 10 s"
    assert questions(world, "failed") == 18


async def test_a_storm_is_walked_in_bites(world):
    """Every open alert is looked at, however many there are, and no other source's."""
    count = 2 * BITE + 1
    storm = [a_received_alert(fingerprint=f"{number:04}") for number in range(count)]
    world.traits["other"] = SourceTraits(name="other")
    await world.receive("other", a_received_alert(fingerprint="elsewhere", alertname="Other"))
    await world.receive("prod", *storm)
    silenced = Suppression("ben in Alertmanager", "deploy", NOON + timedelta(hours=1))
    for knows in world.members["prod"].knows.values():
        knows.update({one.fingerprint: silenced for one in storm})
    await world.run_until(NOON + minutes(1) + SECOND)
    frozen = {page.subject.title: page.muted for page in await world.open_pages()}
    for knows in world.members["prod"].knows.values():
        knows.clear()
    await world.run_until(NOON + minutes(8))

    assert frozen == {"CheckoutErrors": count, "Other": 0}
    assert await statuses(world) == {"firing": 1, "stale": count}


async def test_a_stale_alert_may_be_resolved_by_the_settings(world):
    """As with a lease that ended."""
    world.traits["prod"] = replace(ASKED, stale_resolves_after=minutes(10))
    await world.receive("prod", a_received_alert())
    await world.run_until(NOON + minutes(7))
    stale = await statuses(world)
    await world.run_until(NOON + minutes(17))

    assert stale == {"stale": 1}
    assert await statuses(world) == {}
    assert await world.open_pages() == []


async def test_what_waits_in_a_ticket_is_judged_again_when_it_is_heard_again(world):
    """A suppressed ticket's clock does not page; the end of the suppression looks at it."""
    world.members["prod"].knows = {"am-1": {"f1": None}}
    await world.receive("prod", a_received_alert(annotations={}))
    world.members["prod"].knows["am-1"]["f1"] = Suppression("ben in Alertmanager", "deploy", NOON + minutes(20))
    await world.run_until(NOON + minutes(19))
    quiet = await world.open_pages()
    world.members["prod"].knows["am-1"]["f1"] = None
    await world.run_until(NOON + minutes(20) + SECOND)

    assert quiet == []
    assert [page.subject.title for page in await world.open_pages()] == ["CheckoutErrors"]


async def test_a_source_that_is_asked_no_more_is_forgotten(world):
    """Its row goes when the settings say so, or when it is due."""
    world.traits["prod"] = replace(ASKED, is_asked=False)
    await watch(world)
    after_reload = await world.engine.read(lambda c: timers.subjects(c, "ask"))
    await world.do(lambda work: timers.put(work.c, "ask", "prod", NOON))
    await world.settle()

    assert after_reload == []
    assert await world.engine.read(lambda c: timers.subjects(c, "ask")) == []


async def test_an_alert_that_resolved_meanwhile_stays_resolved(world):
    """The answer is older than the message."""
    await world.receive("prod", a_received_alert())
    await world.receive("prod", a_received_alert(firing=False))
    for knows in world.members["prod"].knows.values():
        knows["f1"] = None
    await world.run_until(NOON + minutes(2))
    found = await world.engine.read(lambda c: alerts.find(c, "prod", "f1"))

    assert found.status is AlertStatus.RESOLVED


async def test_of_several_nodes_only_the_one_that_asks_says_how_that_stands(world):
    """Another node took the asking over: what this one heard before is not shown as if it were so now."""
    await world.run_until(NOON + minutes(2))
    world.engine.node = "node-1"
    before = len(world.source_asker.standing("prod"))
    world.clock.move_to(NOON + minutes(10))

    assert before == 2
    assert world.source_asker.standing("prod") == ()
