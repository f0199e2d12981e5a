from datetime import timedelta

import pytest

from pagerd.core.alerts.alert import AT_SOURCE, AlertStatus, Suppression
from pagerd.core.alerts.muting import Mute, affected, is_in_force, mute_of, next_boundary, silence_for
from tests.builders import NOON, a_silence, an_alert, minutes, some_labels

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("after", "mutes"),
    [(-minutes(1), False), (minutes(0), True), (minutes(59), True), (HOUR, False), (2 * HOUR, False)],
)
def test_when_a_silence_mutes(after: timedelta, mutes: bool) -> None:
    """A silence is in force from its start up to, not at, its end."""
    silence = a_silence('service="payments-api"')

    assert is_in_force(silence, NOON + after) is mutes
    assert (silence_for([silence], some_labels(), NOON + after) is silence) is mutes


def test_what_a_silence_mutes() -> None:
    """Only alerts that all of its matchers hold for are muted."""
    silence = a_silence('service="payments-api"', 'cluster=~"eu-.*"')

    assert silence_for([silence], some_labels(), NOON) is silence
    assert silence_for([silence], some_labels(cluster="us-1"), NOON) is None
    assert silence_for([silence], some_labels(service=None), NOON) is None
    assert silence_for([], some_labels(), NOON) is None


def test_the_longest_lasting_is_named() -> None:
    """Of several silences the one that ends last says until when, of equals the first."""
    short = a_silence('team="payments"', id="short")
    long = a_silence('team="payments"', id="long", lasts=2 * HOUR)
    other = a_silence('team="platform"', id="other", lasts=3 * HOUR)
    twin = a_silence('team="payments"', id="twin", lasts=2 * HOUR)

    assert silence_for([short, long, other, twin], some_labels(), NOON) is long
    assert silence_for([twin, long], some_labels(), NOON) is twin


def test_the_next_boundary() -> None:
    """Starts and ends that are still to come are boundaries, the nearest first; none is None."""
    now = a_silence('a="b"')
    later = a_silence('a="b"', start=NOON + minutes(30), lasts=2 * HOUR)

    assert next_boundary([now, later], NOON - minutes(1)) == NOON
    assert next_boundary([later, now], NOON) == NOON + minutes(30)
    assert next_boundary([now, later], NOON + minutes(30)) == NOON + HOUR
    assert next_boundary([now, later], NOON + HOUR) == NOON + minutes(150)
    assert next_boundary([now, later], NOON + minutes(150)) is None


def test_a_silence_without_length_is_no_boundary() -> None:
    """A silence that was ended as it began changes nothing, so nobody needs to wake for it."""
    assert next_boundary([a_silence('a="b"', start=NOON + HOUR, lasts=timedelta(0))], NOON) is None


def test_the_preview() -> None:
    """A preview says what the silence covers of what is open, also before it begins."""
    silence = a_silence('service="payments-api"', start=NOON + 9 * HOUR)
    covered = an_alert()
    stale = an_alert(fingerprint="f2", status=AlertStatus.STALE)
    over = an_alert(fingerprint="f3", status=AlertStatus.RESOLVED)
    other = an_alert(fingerprint="f4", service="settlement")

    assert affected(silence, [covered, stale, over, other]) == [covered, stale]


def test_a_team_s_silence_never_mutes_another_team():
    """A silence that stands in a team's file mutes that team's alerts alone."""
    silence = a_silence('service="payments-api"', team="platform")

    assert silence_for([silence], some_labels(), NOON, "payments") is None
    assert silence_for([silence], some_labels(), NOON, "platform") is silence
    assert affected(silence, [an_alert(team="payments")]) == []


def test_what_mutes_an_alert() -> None:
    """A silence of ours comes first, for it says more; else what the source says, with its end where it has one."""
    suppressed = an_alert(suppression=Suppression("ben in Alertmanager", "deploy", NOON + HOUR))
    silence = a_silence('service="payments-api"')
    by_source = mute_of([], suppressed, NOON, "payments")
    by_silence = mute_of([silence], suppressed, NOON, "payments")

    assert by_source == Mute(AT_SOURCE, "ben in Alertmanager", "deploy", NOON + HOUR)
    assert by_silence == Mute(silence.id, silence.by, silence.why, silence.end)
    assert mute_of([silence], suppressed, NOON + 2 * HOUR, "payments") == by_source
    assert mute_of([], an_alert(), NOON, "payments") is None
