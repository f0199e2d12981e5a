"""What storms believe of an alert never contradicts what pagerd makes of the same messages."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.alerts.alert import ReceivedAlert
from pagerd.core.alerts.episode import Change, observe
from pagerd.lab.storms.kept import Kept

NINE = datetime(2026, 1, 7, 9, tzinfo=UTC)

ANSWERED, LOST, LOST_AFTER_COMMIT = "answered", "lost", "its answer is lost"

messages = st.builds(
    lambda firing, minute: ReceivedAlert(
        fingerprint="Down-1",
        firing=firing,
        labels={},
        annotations={},
        ended_at=None if firing else NINE + timedelta(minutes=minute),
    ),
    st.booleans(),
    st.integers(0, 5),
)
"""Firing, or ended at one of few instants: most ends were told before, or are older than one that was."""


def play(told: list[tuple[ReceivedAlert, str]]) -> tuple[Kept, bool]:
    """Return what the model holds for sure after these messages, and whether the alert is open."""
    kept, alert = Kept(), None
    for message, fate in told:
        if fate != LOST:
            change, after = observe("alertmanager", alert, message, NINE)
            alert = after if alert is not None or change is not Change.UNCHANGED else None
        kept = kept.told(message) if fate == ANSWERED else kept.perhaps_told(message)
    return kept, alert is not None and alert.is_open


@given(st.lists(st.tuples(messages, st.sampled_from((ANSWERED, LOST, LOST_AFTER_COMMIT))), max_size=12))
def test_what_is_sure_is_so(told):
    """Whatever was lost, before its commit or after it."""
    kept, is_open = play(told)

    assert kept.fires in (None, is_open)


@given(st.lists(st.tuples(messages, st.just(ANSWERED)), max_size=12))
def test_what_was_answered_is_sure(told):
    """Where every message was answered, nothing is left open."""
    kept, is_open = play(told)

    assert kept.fires is is_open


def ended(minute: int) -> ReceivedAlert:
    """Say that it ended so long after nine."""
    at = NINE + timedelta(minutes=minute)
    return ReceivedAlert(fingerprint="Down-1", firing=False, labels={}, annotations={}, ended_at=at)


FIRES = ReceivedAlert(fingerprint="Down-1", firing=True, labels={}, annotations={})


def test_an_end_that_was_perhaps_told_before_says_nothing():
    """A message whose answer was lost comes again after the alert fired anew: it may be old, and may be news."""
    kept, _ = play([(FIRES, ANSWERED), (ended(1), LOST), (FIRES, ANSWERED), (ended(1), ANSWERED)])

    assert kept.fires is None


def test_an_end_newer_than_all_that_may_be_known_is_believed():
    """However unsure the model was before."""
    kept, is_open = play([(FIRES, ANSWERED), (ended(1), LOST_AFTER_COMMIT), (ended(2), ANSWERED)])

    assert kept.fires is False
    assert not is_open
