from datetime import timedelta

import pytest

from pagerd.core.alerts.alert import Alert, AlertStatus, Suppression
from pagerd.core.alerts.known import (
    FORGOTTEN_AFTER,
    SUPPRESSED_FOR,
    Known,
    MemberAnswer,
    compared,
    is_forgotten,
    together,
)
from tests.builders import NOON, an_alert, minutes

BEN = Suppression("ben in Alertmanager", "rolling back", NOON + minutes(30))
INHIBITED = Suppression("Alertmanager", "inhibited by ClusterDown")
HEARD = {"last_seen_at": NOON - minutes(10)}


def answers(*known: Known | None) -> list[MemberAnswer]:
    """Return what each member answered."""
    return [MemberAnswer(f"am-{place}", one) for place, one in enumerate(known)]


@pytest.mark.parametrize(
    ("known", "together_known"),
    [
        ([], None),
        ([None, None], None),
        ([{}, None], {}),
        ([{"a": None}, {"b": None}], {"a": None, "b": None}),
        ([{"a": BEN}, {"a": BEN}], {"a": BEN}),
        ([{"a": BEN}, {"a": None}], {"a": None}),
        ([{"a": None}, {"a": BEN}], {"a": None}),
        ([{"a": BEN}, {}], {"a": BEN}),
        ([{"a": BEN}, None], {"a": BEN}),
    ],
)
def test_what_members_say_together(known: list[Known | None], together_known: Known | None) -> None:
    """Any may know an alert, all that know it must suppress it, and who does not answer says nothing."""
    assert together(answers(*known)) == together_known


@pytest.mark.parametrize(
    ("alert", "unbroken_since", "unknown_since"),
    [
        (an_alert(**HEARD), NOON, NOON),
        (an_alert(unknown_since=NOON - minutes(3), **HEARD), NOON - minutes(9), NOON - minutes(3)),
        (an_alert(unknown_since=NOON - minutes(3), **HEARD), NOON - minutes(1), NOON),
        (an_alert(last_seen_at=NOON), NOON, None),
    ],
)
def test_since_when_an_alert_is_unknown(alert: Alert, unbroken_since: object, unknown_since: object) -> None:
    """Counted over answers without a hole; what was heard of after the question is known, whatever the answer says."""
    assert compared(alert, {}, NOON, unbroken_since).unknown_since == unknown_since  # type: ignore[arg-type]  # a table


@pytest.mark.parametrize(
    ("status", "unknown_for", "forgotten"),
    [
        (AlertStatus.FIRING, FORGOTTEN_AFTER, True),
        (AlertStatus.FIRING, FORGOTTEN_AFTER - timedelta(seconds=1), False),
        (AlertStatus.FIRING, None, False),
        (AlertStatus.STALE, FORGOTTEN_AFTER, False),
    ],
)
def test_what_is_forgotten(status: AlertStatus, unknown_for: timedelta | None, forgotten: bool) -> None:
    """Five minutes, and once."""
    since = NOON - unknown_for if unknown_for is not None else None

    assert is_forgotten(an_alert(status=status, unknown_since=since), NOON) is forgotten


def test_known_again_is_believed_again() -> None:
    """What went stale because it was forgotten fires once more, and is not resolved by a rest of staleness."""
    stale = an_alert(status=AlertStatus.STALE, unknown_since=NOON - minutes(9), lease_until=NOON + minutes(50), **HEARD)
    again = compared(stale, {"f1": None}, NOON, NOON)

    assert (again.status, again.unknown_since, again.lease_until) == (AlertStatus.FIRING, None, None)


@pytest.mark.parametrize(
    ("before", "until_before", "said", "until"),
    [
        (None, None, BEN, BEN.ends_at),
        (BEN, BEN.ends_at, None, None),
        (None, None, INHIBITED, NOON + SUPPRESSED_FOR),
        (INHIBITED, NOON + minutes(4), INHIBITED, NOON + minutes(4)),
        (INHIBITED, NOON + minutes(2), INHIBITED, NOON + SUPPRESSED_FOR),
        (None, None, Suppression("ben", "late clock", NOON), NOON + SUPPRESSED_FOR),
    ],
)
def test_how_long_what_is_said_of_a_suppression_counts(
    before: Suppression | None, until_before: object, said: Suppression | None, until: object
) -> None:
    """Until the end of the silence; without one, or with one that is past by our clock, for five minutes."""
    alert = compared(an_alert(suppression=before, suppressed_until=until_before, **HEARD), {"f1": said}, NOON, NOON)

    assert (alert.suppression, alert.suppressed_until) == (said, until)


def test_what_did_not_change_is_the_same_alert() -> None:
    """Nothing is written for it."""
    alert = an_alert(suppression=BEN, suppressed_until=BEN.ends_at, **HEARD)

    assert compared(alert, {"f1": BEN}, NOON, NOON) is alert


def test_known_again_before_it_was_forgotten() -> None:
    """It went on firing all the while: only the count of how long nobody knew it ends, and its lease stays."""
    alert = an_alert(unknown_since=NOON - minutes(2), lease_until=NOON + minutes(3), **HEARD)
    again = compared(alert, {"f1": None}, NOON, NOON)

    assert (again.status, again.unknown_since, again.lease_until) == (AlertStatus.FIRING, None, NOON + minutes(3))
