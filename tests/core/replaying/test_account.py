"""Sleep that is lost: from the first noise to the last word, twenty minutes more, never twice, never past the night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core.people import Medium
from pagerd.core.replaying.account import Ruling, Span, counted, lost_sleep, minutes_of
from pagerd.core.worklog.nights import Evidence, EvidenceKind, NightPage
from tests.builders import BERLIN, a_person, minutes

TWO = datetime(2026, 1, 7, 2, 0, tzinfo=BERLIN)


def a_night(*noises, acted_at=None):
    """A page that made these noises in ana's night."""
    return NightPage(
        person="ana",
        page_id="p-1",
        first_at=noises[0],
        evidence=tuple(Evidence(at, Medium.SMS, EvidenceKind.SENT) for at in noises),
        zone="Europe/Berlin",
        window="22:00-07:00",
        plan_revision="r",
        severity="sev1",
        team="payments",
        last_act_at=acted_at,
    )


@pytest.mark.parametrize(
    ("night", "lost"),
    [
        (a_night(TWO), 20),
        (a_night(TWO, TWO + minutes(2)), 22),
        (a_night(TWO, TWO + minutes(2), acted_at=TWO + minutes(30)), 50),
        (a_night(TWO + minutes(290)), 10),  # 06:50: the night is over at 07:00
        (a_night(TWO - timedelta(hours=4)), 20),  # 22:00: the night ends tomorrow
        (a_night(TWO, acted_at=TWO + timedelta(hours=9)), 300),
    ],
)
def test_sleep_is_lost_until_the_last_word_and_twenty_minutes_more(night, lost):
    """And never past the end of the person's own night."""
    assert minutes_of([lost_sleep(night, a_person())]) == lost


def test_a_night_in_which_the_clocks_change_ends_when_it_ends():
    """At 07:00 on the wall, five hours after 01:00 in the night of the spring."""
    spring = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)

    assert minutes_of([lost_sleep(a_night(spring, acted_at=spring + timedelta(hours=9)), a_person())]) == 300


def test_what_overlaps_counts_once():
    """Two pages at once cost one night."""
    spans = [
        Span(TWO, TWO + minutes(30)),
        Span(TWO + minutes(10), TWO + minutes(20)),
        Span(TWO + minutes(25), TWO + minutes(40)),
    ]

    assert minutes_of([*spans, Span(TWO + minutes(100), TWO + minutes(105))]) == 45
    assert minutes_of(reversed(spans)) == 40
    assert minutes_of([]) == 0


def test_a_person_of_another_zone_has_another_night():
    """It is over at 07:00 where they are."""
    far = replace(a_person(), zone=BERLIN, night=replace(a_person().night, end=TWO.time().replace(minute=5)))

    assert minutes_of([lost_sleep(a_night(TWO), far)]) == 5


def test_each_ruling_is_counted_once_with_how_often_it_fell():
    """In an order of their own, whatever the alerts' was."""
    one, other = (Ruling("A", "payments", rule, "page", "sev1") for rule in ("", "Customers cannot pay"))

    assert counted([other, one, other]) == ((one, 1), (other, 2))
    assert counted([]) == ()
