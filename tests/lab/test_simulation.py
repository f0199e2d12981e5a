"""A simulation is the engine's own doing: it agrees with `explain`, with the stored timelines, and with itself."""

import asyncio
import json
import re
from datetime import timedelta
from random import Random  # noqa: TID251  # drawn from the seed that names the test

import pytest

from pagerd.channels.base import DeliveryStatus
from pagerd.core.alerts.alert import Alert, AlertStatus, ReceivedAlert
from pagerd.core.explaining.explanation import explain
from pagerd.core.explaining.outcome import Groups, Situation
from pagerd.core.people import Medium
from pagerd.core.placement import Place
from pagerd.core.timeline import sentence
from pagerd.engine import queries
from pagerd.engine.work import SourceTraits
from pagerd.lab.course import Arrival, Cause, Ending, Scenario
from pagerd.lab.course_shapes import course_json
from pagerd.lab.people import NOBODY, Manners, People, heeding
from pagerd.lab.simulation import SOURCE, simulate
from pagerd.lab.world import World
from tests.builders import BERLIN, NOON, a_plan, a_received_alert, minutes
from tests.engine.test_explaining_agrees import a_random_alert, a_random_plan

NIGHT = NOON + timedelta(hours=14)
SEEDS = range(40)


def simulated(*alerts, plan=None, at=NIGHT, **fields):
    """Let alerts fire at once, and return the course."""
    arrivals = tuple(Arrival(at=at, alert=alert) for alert in alerts or (a_received_alert(),))
    return simulate(Scenario(plan=plan or a_plan(), arrivals=arrivals, **fields))


@pytest.mark.parametrize("seed", SEEDS)
def test_it_agrees_with_explain(seed):
    """Random plans and alerts: the same verdict, reasons and place; the same people paged at the same instants."""
    random = Random(seed)
    plan, asked = a_random_plan(random), a_random_alert(random)
    received = ReceivedAlert(fingerprint="f", firing=True, labels=asked.labels, annotations=asked.annotations)
    course = simulated(received, plan=plan, at=NOON, until=NOON + timedelta(hours=1))
    alert = Alert(
        source="",
        fingerprint="f",
        status=AlertStatus.FIRING,
        episode=1,
        first_seen_at=NOON,
        last_seen_at=NOON,
        labels=dict(asked.labels),
        annotations=dict(asked.annotations),
    )
    explained = explain(Situation(alert=alert, plan=plan), NOON, Groups(), with_changes=False)
    [fired] = course.fired

    assert fired.outcome.place is explained.outcome.place
    assert fired.outcome.verdict == explained.outcome.verdict
    assert fired.outcome.held_until == explained.outcome.held_until
    assert (fired.page is not None) is explained.outcome.pages
    if explained.outcome.place is Place.OPENS_PAGE:
        steps = {"step.paged", "step.skipped", "last_resort.paged", "last_resort.empty", "nobody.on_call"}
        road = [entry for step in explained.road for entry in step.entries if entry.kind in steps]
        until = road[-1].at
        told = [one.entry for one in course.told if one.entry.kind in steps and one.at <= until]
        assert [(one.at, one.kind, one.details) for one in told] == [(one.at, one.kind, one.details) for one in road]
        assert course.told_after(fired) is not None or all(one.kind != "step.paged" for one in road)


async def test_its_timeline_is_the_engines():
    """The same world, run by hand: the page's stored story, line by line and message by message."""
    manners = Manners(of={"ben": heeding(minutes(1))})
    world = World(a_plan(), NIGHT, sources={SOURCE: SourceTraits(name=SOURCE)})
    people = People(world, manners)
    await world.begin()
    people.at(NIGHT, lambda: world.receive(SOURCE, a_received_alert()))
    await people.run_until(NIGHT + minutes(20))
    [page] = await world.open_pages()
    story = await world.engine.read(lambda c: queries.page_story(c, page.id))
    run = Scenario(
        plan=a_plan(),
        arrivals=(Arrival(at=NIGHT, alert=a_received_alert()),),
        answers=manners,
        until=NIGHT + minutes(20),
    )

    course = await asyncio.to_thread(simulate, run)  # it has a loop of its own
    assert tuple(one.entry for one in course.told) == story.entries
    left = [one for one in story.notifications if one.provider_id is not None]
    assert len(course.messages) == len(left)
    assert {(one.person, one.medium, one.why) for one in course.messages} == {
        (one.person, one.medium, one.why) for one in left
    }


def test_its_json_tells_all_that_the_engine_wrote_down():
    """Every line of every timeline, in order, under the short names; ids that look like a real page's are nowhere."""
    course = simulated(answers=Manners(of={"ben": heeding(minutes(1))}))
    written = course_json(course, BERLIN, {})
    happened = [one for one in written["timeline"] if "." in one["event"] and one["event"].split(".")[0] in PAGES]

    assert [one["event"] for one in happened] == [one.entry.kind for one in course.told]
    assert [one["at"] for one in happened] == [one.at.isoformat() for one in course.told]
    assert not re.search(r"\bp-\w{6}\b", json.dumps(written))


PAGES = {"page", "step", "round", "last_resort", "person", "nobody"}


def test_it_ends_when_nothing_new_can_happen():
    """Answered: at once. Never answered: when the last resort was paged a second time."""
    answered = simulated(answers=Manners(others=heeding(minutes(1))))
    unanswered = simulated()

    assert (answered.ending, answered.ended_at - NIGHT) == (Ending.SETTLED, minutes(1))
    assert unanswered.ending is Ending.SETTLED
    assert unanswered.last_resort_after == minutes(90)
    assert unanswered.ended_at - NIGHT < minutes(96)


def test_it_goes_on_for_as_long_as_it_is_told():
    """The reminder that an acknowledgement ends comes half an hour later; whoever answers messages answers it."""
    course = simulated(answers=Manners(others=heeding(minutes(1))), until=NIGHT + minutes(40))

    assert course.ending is Ending.TIME
    assert "page.reminded" in {one.entry.kind for one in course.told}


def test_resolved_alerts_end_their_page():
    """They stop firing, and after half a minute the page is resolved."""
    course = simulated(resolved_after=minutes(3))

    assert course.pages["P1"].resolved_at == NIGHT + minutes(3.5)
    assert [one.at for one in course.resolved] == [NIGHT + minutes(3)]


def test_why_a_message_leaves_when_it_does():
    """At once, after its own delay, once more as the first was not picked up; before its time as another did not go."""
    course = simulated(until=NIGHT + minutes(4))
    hurried = simulated(until=NIGHT + minutes(4), down=frozenset({"sms"}))

    assert [one.cause for one in course.messages] == [Cause.FIRST, Cause.NEXT, Cause.AGAIN]
    assert [one.cause for one in hurried.messages if one.asks and one.left_at] == [Cause.HURRIED, Cause.AGAIN]
    assert [one.medium for one in hurried.messages if one.left_at is None] == [Medium.SMS]


def test_a_backup_carries_what_the_first_provider_does_not():
    """Providers go by their names; one that is down is passed over."""
    providers = {Medium.SMS: ("first", "second")}
    course = simulated(until=NIGHT + minutes(1), providers=providers, down=frozenset({"first"}))

    [message] = course.messages
    assert (message.medium, message.left_at) == (Medium.SMS, NIGHT)
    assert any("through second" in sentence(one.entry, BERLIN) for one in course.told)


def test_answers_that_no_provider_can_be_asked_for_are_said():
    """Without a public URL replies are fetched; from a provider that is down they are not."""
    answers = Manners(others=heeding(timedelta(seconds=5)))
    course = simulated(answers=answers, hears=False, down=frozenset({"sms"}), until=NIGHT + minutes(1))

    assert [who for _at, who in course.unheard] == ["ana"]
    assert course.answers == {}


def test_who_is_woken_is_in_the_ledger():
    """Texts and calls in a person's own night, with what their phones did."""
    course = simulated(until=NIGHT + minutes(4))
    by_day = simulated(at=NOON, until=NOON + minutes(4))

    assert course.woken == ("ana",)
    assert [(row.person, len(row.evidence)) for row in course.nights] == [("ana", 3)]
    assert (by_day.woken, by_day.nights) == ((), ())


def test_alerts_of_one_group_share_a_page():
    """The first opens it, the second joins it; each says so."""
    course = simulated(*(a_received_alert(fingerprint=name, pod=name) for name in ("a", "b")), until=NIGHT + minutes(1))

    assert [one.outcome.place for one in course.fired] == [Place.OPENS_PAGE, Place.JOINS_PAGE]
    assert [one.page for one in course.fired] == ["P1", "P1"]
    assert [course.told_after(one) for one in course.fired] == [timedelta(0), timedelta(0)]


def test_progress_is_told():
    """Whoever waits sees how far it is."""
    instants = []
    arrivals = (Arrival(at=NIGHT, alert=a_received_alert()),)
    simulate(Scenario(plan=a_plan(), arrivals=arrivals, answers=NOBODY, until=NIGHT + minutes(4)), instants.append)

    assert instants == sorted(instants)
    assert instants[0] == NIGHT


def test_nothing_is_logged(capsys):
    """What happens here did not happen."""
    simulated(until=NIGHT + minutes(4))

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_reports_are_in_their_order():
    """A call rings and then nobody picks it up."""
    course = simulated(until=NIGHT + minutes(4))
    call = next(one for one in course.messages if one.medium is Medium.VOICE)

    assert [one.status.value for one in call.reports] == [
        DeliveryStatus.ACCEPTED,
        DeliveryStatus.RINGING,
        DeliveryStatus.NOT_REACHED,
    ]
