from datetime import datetime

import msgspec
import pytest

from pagerd.core.alerts.alert import AT_SOURCE, Alert, AlertStatus, Suppression
from tests.builders import NIGHT, NOON, an_alert


@pytest.mark.parametrize(
    ("status", "is_open"), [(AlertStatus.FIRING, True), (AlertStatus.STALE, True), (AlertStatus.RESOLVED, False)]
)
def test_what_is_open(status: AlertStatus, is_open: bool) -> None:
    """A stale alert is open: nobody said that it ended."""
    assert an_alert(status=status).is_open is is_open


def test_an_alert_survives_storage() -> None:
    """All fields come back from JSON as they were."""
    alert = an_alert(
        status=AlertStatus.STALE,
        resolved_at=NIGHT,
        lease_until=NIGHT,
        rule="Customers cannot pay",
        reasons=("one", "two"),
        page_id="p1",
        ticket_id="t1",
        muted_by="s1",
        held_until=NOON,
        hold_reason="by hand",
        generator_url="https://prometheus.example.com/",
        unknown_since=NOON,
        suppression=Suppression("ben in Alertmanager", "deploy", NIGHT),
        suppressed_until=NIGHT,
    )

    assert msgspec.json.decode(msgspec.json.encode(alert), type=Alert) == alert


@pytest.mark.parametrize(
    ("muted_by", "words"),
    [(None, None), ("s-1", "s-1"), (AT_SOURCE, "ben in Alertmanager: deploy")],
)
def test_what_mutes_it_in_words(muted_by: str | None, words: str | None) -> None:
    """A silence of ours by its id, and what its source says in its words."""
    alert = an_alert(muted_by=muted_by, suppression=Suppression("ben in Alertmanager", "deploy"))

    assert alert.muted_words == words


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        ({}, None),
        ({"held_until": NIGHT}, NIGHT),
        ({"lease_until": NIGHT, "suppressed_until": NOON}, NOON),
        ({"held_until": NOON, "lease_until": NIGHT, "suppressed_until": NIGHT}, NOON),
    ],
)
def test_when_it_is_looked_at_again(ends: dict[str, datetime], due: datetime | None) -> None:
    """At whichever end comes first; one without any is looked at when its source says something."""
    assert an_alert(**ends).due == due
