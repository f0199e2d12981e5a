"""What became known of alerts is kept: what is news, in its order, and nothing that says the same again."""

from datetime import timedelta

import pytest

from pagerd.core.alerts.alert import Suppression
from pagerd.engine import own
from pagerd.engine.signals import says_more
from pagerd.engine.work import SourceTraits
from pagerd.lab.members import InventedMembers
from pagerd.lab.world import World
from pagerd.stores.records import signals
from tests.builders import NOON, a_plan, a_received_alert, minutes, some_annotations

LEASED = {"leased": SourceTraits(name="leased", stale_resolves_after=timedelta(hours=1))}


async def kept(world):
    """Return what is kept, message by message, as (kind, fingerprint)."""
    found = await world.engine.read(lambda c: signals.after(c, 0, 1000))
    return [[(one.kind.value, one.fingerprint) for one in message.signals] for message in found]


async def test_one_message_is_one_row_and_a_renewal_is_none():
    """Two alerts that came together stay together: which message says what depends on it."""
    world = World(a_plan(), NOON)
    both = (a_received_alert(fingerprint="a", cluster="a"), a_received_alert(fingerprint="b", cluster="b"))
    await world.receive("alertmanager", *both)
    await world.receive("alertmanager", *both)
    await world.receive("alertmanager", a_received_alert(fingerprint="a", cluster="a", firing=False))

    assert await kept(world) == [[("fired", "a"), ("fired", "b")], [("resolved", "a")]]


async def test_the_page_that_an_alert_was_put_into_is_kept():
    """Under another plan the alert finds its page of then by it."""
    world = World(a_plan(), NOON)
    await world.receive("alertmanager", a_received_alert(fingerprint="a"))

    [page] = await world.open_pages()
    [message] = await world.engine.read(lambda c: signals.after(c, 0, 1000))
    assert message.at == NOON
    assert message.signals[0].page == page.id
    assert message.signals[0].labels["alertname"] == "CheckoutErrors"


async def test_a_renewal_with_other_words_or_another_severity_is_kept():
    """A new value of the same sentence is no news; another sentence is, and so is a severity."""
    world = World(a_plan(), NOON)
    for summary, severity in (
        ("7 % fail", "error"),
        ("9 % fail", "error"),
        ("All fail", "error"),
        ("All fail", "page"),
    ):
        told = a_received_alert(annotations=some_annotations(summary=summary), severity=severity, fingerprint="a")
        await world.receive("alertmanager", told)

    found = await world.engine.read(lambda c: signals.after(c, 0, 1000))
    news = [(one.kind.value, one.annotations["summary"], one.labels["severity"]) for m in found for one in m.signals]
    assert news == [("fired", "7 % fail", "error"), ("renewed", "All fail", "error"), ("renewed", "All fail", "page")]


async def test_an_alert_that_goes_stale_and_ends_by_itself_leaves_both():
    """What leads to them, a lease, is not kept: so what followed from it is."""
    world = World(a_plan(), NOON, sources=LEASED)
    await world.receive("leased", a_received_alert(fingerprint="a", lease_until=NOON + minutes(4)))
    await world.run_until(NOON + timedelta(hours=2))

    assert await kept(world) == [[("fired", "a")], [("stale", "a")], [("resolved", "a")]]


async def test_an_alert_that_is_believed_again_is_news():
    """It was stale, and its source stands by it again."""
    world = World(a_plan(), NOON, sources=LEASED)
    await world.receive("leased", a_received_alert(fingerprint="a", lease_until=NOON + minutes(4)))
    await world.run_until(NOON + minutes(5))
    await world.receive("leased", a_received_alert(fingerprint="a", lease_until=NOON + minutes(9)))

    assert await kept(world) == [[("fired", "a")], [("stale", "a")], [("renewed", "a")]]


async def test_what_the_source_suppresses_is_kept_with_its_end():
    """Once when it begins, once when it is over, and not each minute in between."""
    world = World(a_plan(), NOON, sources={"alertmanager": SourceTraits(name="alertmanager", is_asked=True)})
    world.members["alertmanager"] = members = InventedMembers("am-1")
    await world.begin()
    await world.receive("alertmanager", a_received_alert(fingerprint="a"))
    members.knows["am-1"]["a"] = Suppression("ben in Alertmanager", "deploy", NOON + timedelta(hours=1))
    await world.run_until(NOON + minutes(5))
    members.knows["am-1"]["a"] = None
    await world.run_until(NOON + minutes(10))

    assert await kept(world) == [[("fired", "a")], [("suppressed", "a")], [("suppressed", "a")]]


async def test_what_pagerd_raises_about_itself_is_kept_too():
    """A replay has none of the troubles that led to it."""
    world = World(a_plan(), NOON)
    await world.do(lambda work: own.raise_own(work, own.TRUNCATED, "alertmanager", "3 alerts left out"))

    assert await kept(world) == [[("fired", "PagerdTruncatedAlerts:alertmanager")]]


@pytest.mark.parametrize(
    ("before", "now", "more"),
    [
        ({"summary": "7 % fail"}, {"summary": "7 % fail"}, False),
        ({"summary": "7 % fail"}, {"summary": "12.5 % fail"}, False),
        ({"summary": "1,204 wait"}, {"summary": "7 wait"}, False),
        ({"summary": "7 % fail"}, {"summary": "all fail"}, True),
        ({"summary": "x"}, {"summary": "x", "action": "Restart it."}, True),
        ({"summary": "x", "action": "Restart it."}, {"summary": "x"}, True),
    ],
)
def test_of_words_a_new_number_is_no_news(before, now, more):
    """Senders tell the value again each time."""
    assert says_more(before, now) is more
