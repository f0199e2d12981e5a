from datetime import datetime, timedelta

import pytest

from pagerd.core.alerts.heartbeat import FINGERPRINT, Heartbeat, beats_again, due_at, late
from tests.builders import NOON, a_received_alert, matchers, minutes

HOUR = timedelta(hours=1)
BACKUP = Heartbeat(name="backup", every=24 * HOUR, grace=HOUR, labels={"team": "payments"})
WATCHDOG = Heartbeat(
    name="eu", every=minutes(1), grace=minutes(4), fed_by="prod", matchers=matchers('alertname="Watchdog"')
)


@pytest.mark.parametrize(
    ("heartbeat", "listens_since", "due"),
    [
        (BACKUP, None, NOON + 25 * HOUR),
        (BACKUP, NOON + HOUR, NOON + 25 * HOUR),
        (BACKUP, NOON + 24 * HOUR, NOON + 26 * HOUR),
        (BACKUP, NOON + 48 * HOUR, NOON + 50 * HOUR),
        (WATCHDOG, NOON + HOUR, NOON + HOUR + minutes(5)),
    ],
)
def test_when_the_next_beat_is_late(heartbeat: Heartbeat, listens_since: datetime | None, due: datetime) -> None:
    """After its interval and its grace; after a start of pagerd an hour of the interval at most is granted again."""
    assert due_at(heartbeat, NOON, listens_since) == due


def test_the_alert_says_whose_it_is_and_for_how_long_nothing_was_heard() -> None:
    """Its labels are for rules, its words for whoever is woken."""
    alert = late(BACKUP, NOON, NOON + 25 * HOUR)

    assert (alert.fingerprint, alert.firing) == (FINGERPRINT, True)
    assert alert.labels == {"alertname": "backup-late", "heartbeat": "backup", "team": "payments"}
    assert alert.annotations["summary"] == "backup is late: nothing heard for 1d 1h, expected every 1d"
    assert alert.starts_at == NOON + 25 * HOUR


def test_one_that_was_never_heard_of_says_so() -> None:
    """Since when it should have been is not known."""
    alert = late(BACKUP, None, NOON)

    assert alert.annotations["summary"] == "backup is late: never heard of, expected every 1d"
    assert alert.starts_at is None


def test_a_beat_ends_the_same_alert() -> None:
    """By the identity that it has within its source."""
    assert (beats_again(BACKUP).fingerprint, beats_again(BACKUP).firing) == (FINGERPRINT, False)


@pytest.mark.parametrize(
    ("name", "firing", "is_fed"), [("Watchdog", True, True), ("Watchdog", False, False), ("Other", True, False)]
)
def test_which_alert_of_another_source_is_a_beat(name: str, firing: bool, is_fed: bool) -> None:
    """One that matches and fires; that it resolved is no sign of life."""
    assert WATCHDOG.is_fed(a_received_alert(alertname=name, firing=firing)) is is_fed
