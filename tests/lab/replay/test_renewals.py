"""A log in which nine of ten messages say nothing new comes to the same as one without them, and is played sooner."""

from datetime import timedelta

import pytest

from pagerd.core.alerts.alert import Batch, Quarantined
from pagerd.lab.people import Manners, heeding
from pagerd.lab.replay.plans import only
from pagerd.lab.replay.player import Player
from pagerd.lab.replay.recording import Item, Received, Recording
from pagerd.lab.replay.renewals import Renewals
from tests.builders import NIGHT, a_plan, a_received_alert, minutes, some_annotations


def said(*alerts, **batch):
    """Return one message of the source of these tests."""
    return Received("alertmanager", Batch(alerts=alerts, **batch))


FIRST = a_received_alert(severity="warning")
"""What every alert of the table said when it began."""


@pytest.mark.parametrize(
    ("message", "is_skipped"),
    [
        (said(FIRST), True),
        (
            said(a_received_alert(severity="warning", annotations=some_annotations(summary="Checkout fails for 9 %"))),
            False,
        ),
        (
            said(
                a_received_alert(
                    severity="warning", annotations=some_annotations(summary="Checkout fails for 9 % of customers")
                )
            ),
            True,
        ),
        (said(a_received_alert(severity="critical")), False),
        (said(a_received_alert(severity="warning", firing=False)), False),
        (said(a_received_alert(severity="warning", lease_until=NIGHT + minutes(4))), False),
        (said(FIRST, a_received_alert(severity="warning", fingerprint="f2")), False),
        (said(FIRST, quarantined=(Quarantined(raw="{", reason="no JSON"),)), False),
        (said(FIRST, truncated=3), False),
        (Received("another", Batch(alerts=(FIRST,))), False),
    ],
)
def test_only_what_says_nothing_new_is_skipped(message, is_skipped):
    """Another number is no news; other words, another severity, a lease and an end are."""
    known = Renewals()
    assert not known.says_nothing(said(FIRST))

    assert known.says_nothing(message) is is_skipped


def test_what_ended_begins_anew():
    """The same words after an end are another episode."""
    known = Renewals()
    for message in (said(FIRST), said(a_received_alert(severity="warning", firing=False))):
        assert not known.says_nothing(message)

    assert not known.says_nothing(said(FIRST))


def test_a_graver_severity_is_said_to_the_engine_each_time():
    """What it was judged by is how it began: the engine looks again as long as it says something else."""
    known = Renewals()
    known.says_nothing(said(FIRST))

    assert [known.says_nothing(said(a_received_alert(severity="critical"))) for _ in range(2)] == [False, False]


async def test_a_log_with_renewals_comes_to_the_same_as_one_without():
    """An alert that fires for a day, said every five minutes, pages at the same instants."""
    begins, ends = a_received_alert(), a_received_alert(firing=False)
    end = NIGHT + timedelta(hours=9)
    few = [Item(NIGHT, said(begins)), Item(NIGHT + timedelta(hours=8), said(ends))]
    many = sorted([*few, *(Item(NIGHT + minutes(5 * n), said(begins)) for n in range(1, 96))], key=lambda item: item.at)

    async def played(items):
        recording = Recording(start=NIGHT, end=end, items=items, sources=frozenset({"alertmanager"}))
        player = Player(recording, only(a_plan()), Manners(others=heeding(minutes(5))), lambda _done, _of: None)
        return await player.play(), player.world.store.statistics.units

    (of_few, units), (of_many, units_with_renewals) = await played(few), await played(many)

    assert len(of_few.pages) == 1
    assert of_many == of_few
    assert units_with_renewals == units
