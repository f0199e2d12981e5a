"""How a recording without people is played: the model answers, stays at it, or nobody does."""

from datetime import timedelta

from pagerd.core.alerts.alert import Batch
from pagerd.engine.tick import tick
from pagerd.lab.people import NOBODY, Manners, heeding
from pagerd.lab.replay.plans import only
from pagerd.lab.replay.player import Player
from pagerd.lab.replay.recording import Item, Received, Recording
from pagerd.lab.world import World
from tests.builders import NIGHT, a_plan, a_received_alert, minutes


async def played(*, lasts, answers, span=timedelta(hours=3)):
    """Play one alert that fires for so long; return the pages that it came to."""
    items = [
        Item(at, Received("alertmanager", Batch(alerts=(a_received_alert(firing=firing),))))
        for at, firing in ((NIGHT, True), (NIGHT + lasts, False))
    ]
    recording = Recording(start=NIGHT, end=NIGHT + span, items=items, sources=frozenset({"alertmanager"}))
    account = await Player(recording, only(a_plan()), answers, lambda _done, _of: None).play()
    return account.pages


async def test_whoever_takes_a_page_stays_at_it_until_its_alerts_end():
    """They answer what asks whether they still are, and nobody else is woken."""
    [page] = await played(lasts=minutes(100), answers=Manners(others=heeding(minutes(5))))

    assert {person for _, person in page.paged} == {"ana"}
    assert page.acknowledged_at == NIGHT + minutes(5)
    [woken] = page.woken
    assert woken.span.end - woken.span.start == minutes(100 + 20.5)  # the text that it is over, and to fall asleep


async def test_where_nobody_answers_the_last_resort_is_woken():
    """It goes through every step, as it would."""
    [page] = await played(lasts=minutes(40), answers=NOBODY)

    assert page.acknowledged_by is None
    assert [person for _, person in page.paged][:4] == ["ana", "ben", "dora", "eva"]


async def test_what_fires_beyond_the_end_is_not_counted_beyond_it():
    """The span ends, and so does what is known."""
    [page] = await played(lasts=timedelta(hours=2), answers=Manners(others=heeding(minutes(5))), span=minutes(10))

    assert page.resolved_at is None


async def test_a_heartbeat_that_looks_first_writes_only_where_something_is_due():
    """Most heartbeats of a month find nothing to send; one that finds something sends it as ever."""
    world = World(a_plan(), NIGHT)
    await world.begin()
    await world.receive("alertmanager", a_received_alert())
    await world.settle()
    before = world.store.statistics.units

    due = await tick(world.engine, looks_first=True)
    idle = world.store.statistics.units - before
    claimed = []
    world.engine.hand_out = claimed.append
    while due is not None and due <= NIGHT + minutes(2):
        world.clock.move_to(max(due, world.clock.now()))
        due = await tick(world.engine, looks_first=True)

    assert idle == 0
    assert [(one.notification.person, one.notification.medium.value) for one in claimed] == [("ana", "voice")]
