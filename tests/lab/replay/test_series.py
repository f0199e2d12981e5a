"""ALERTS becomes alerts: samples are firing, a gap is an end, and what the series does not say is assumed aloud."""

from datetime import UTC, datetime, timedelta

import pytest

from pagerd.config.prometheus_rules import AlertRule
from pagerd.core.errors import NotFound
from pagerd.lab.replay.recording import Received
from pagerd.lab.replay.series import read

START = datetime(2026, 1, 7, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ALERT = {"__name__": "ALERTS", "alertstate": "firing", "alertname": "X", "service": "a"}


def made(*series, rules=(), extra=None):
    """Make a recording of an hour at a step of a minute."""
    return read(series, rules, extra or {}, start=START, end=START + 60 * MINUTE, step=MINUTE)


def samples(*minutes):
    """Return the seconds of these minutes of the hour."""
    return [int(START.timestamp()) + 60 * minute for minute in minutes]


def told(recording):
    """Return what is played: (minute, alerts as name and whether it fires)."""
    return [
        ((item.at - START) // MINUTE, [(one.labels["service"], one.firing) for one in item.what.batch.alerts])
        for item in recording.items
        if isinstance(item.what, Received)
    ]


def test_an_alert_fires_from_its_first_sample_and_ends_after_its_last():
    """It may fire again; one missing sample is a gap, and so an end."""
    found = made((ALERT, samples(3, 4, 5, 7, 8)))

    assert told(found) == [(3, [("a", True)]), (6, [("a", False)]), (7, [("a", True)]), (9, [("a", False)])]


def test_what_fires_at_the_end_of_the_span_does_not_end():
    """Nothing is known of what came later."""
    assert told(made((ALERT, samples(58, 59)))) == [(58, [("a", True)])]


def test_what_changes_in_one_instant_is_one_message():
    """So Prometheus would have sent it."""
    found = made((ALERT, samples(3)), (ALERT | {"service": "b"}, samples(3, 4)))

    assert told(found) == [(3, [("a", True), ("b", True)]), (4, [("a", False)]), (5, [("b", False)])]


def test_labels_of_the_series_itself_go_and_what_it_lacks_is_added():
    """External labels are on what Prometheus sends, and not in its own series."""
    [first, _] = made((ALERT, samples(3)), extra={"cluster": "eu"}).items

    assert first.what.batch.alerts[0].labels == {"alertname": "X", "service": "a", "cluster": "eu"}


def test_annotations_come_from_the_rule_that_can_have_made_it():
    """Two rules may have one name, and differ in a label."""
    rules = [
        AlertRule("X", {"service": "b"}, {"summary": "of b"}),
        AlertRule("X", {"service": "{{ $labels.job }}"}, {"summary": "{{ $labels.service }} has {{ $value }}"}),
    ]

    [first, _] = made((ALERT, samples(3)), rules=rules).items

    assert first.what.batch.alerts[0].annotations == {"summary": "a has …"}


def test_every_assumption_is_said():
    """What ALERTS does not know decides who is paged."""
    without = " ".join(made((ALERT, samples(3))).assumptions)
    other = AlertRule("Y", {}, {})
    unknown = " ".join(made((ALERT, samples(3)), rules=[other]).assumptions)

    for words in ("every 60 s", "A gap in ALERTS is an end", "no routing, silence or inhibition", "External labels"):
        assert words in without
    assert "No --rules are given" in without
    assert "No rule makes X" in unknown


def test_nothing_that_fired_is_said():
    """An empty answer is more often a wrong URL than a quiet month."""
    with pytest.raises(NotFound, match="no alert fired"):
        made()
