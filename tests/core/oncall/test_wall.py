from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pagerd.core.oncall.wall import clock, instant, reading
from tests.core.oncall.books import APIA, BERLIN, CHANGES, HAVANA, KATHMANDU, LORD_HOWE, NEW_YORK, SAO_PAULO, at, wall
from tests.core.oncall.stepping import first_instant
from tests.share import in_share

INSTANTS = {
    "an ordinary winter morning": (BERLIN, "2026-01-05 09:00", "2026-01-05 08:00"),
    "an ordinary summer morning": (BERLIN, "2026-07-05 09:00", "2026-07-05 07:00"),
    "Berlin, just before the gap": (BERLIN, "2026-03-29 01:59:59", "2026-03-29 00:59:59"),
    "Berlin, where the gap begins": (BERLIN, "2026-03-29 02:00", "2026-03-29 01:00"),
    "Berlin, inside the gap": (BERLIN, "2026-03-29 02:30", "2026-03-29 01:00"),
    "Berlin, the last moment of the gap": (BERLIN, "2026-03-29 02:59:59.999999", "2026-03-29 01:00"),
    "Berlin, where the gap ends": (BERLIN, "2026-03-29 03:00", "2026-03-29 01:00"),
    "Berlin, the repeated hour": (BERLIN, "2026-10-25 02:30", "2026-10-25 00:30"),
    "Berlin, where the repeated hour begins": (BERLIN, "2026-10-25 02:00", "2026-10-25 00:00"),
    "Berlin, after the repeated hour": (BERLIN, "2026-10-25 03:00", "2026-10-25 02:00"),
    "New York, inside the gap": (NEW_YORK, "2026-03-08 02:15", "2026-03-08 07:00"),
    "New York, the repeated hour": (NEW_YORK, "2026-11-01 01:15", "2026-11-01 05:15"),
    "Lord Howe, inside a gap of half an hour": (LORD_HOWE, "2026-10-04 02:10", "2026-10-03 15:30"),
    "Lord Howe, just after that gap": (LORD_HOWE, "2026-10-04 02:30", "2026-10-03 15:30"),
    "Lord Howe, the repeated half hour": (LORD_HOWE, "2026-04-05 01:45", "2026-04-04 14:45"),
    "Kathmandu, today": (KATHMANDU, "2026-01-05 09:00", "2026-01-05 03:15"),
    "Kathmandu, inside the gap of a quarter": (KATHMANDU, "1986-01-01 00:05", "1985-12-31 18:30"),
    "Apia, on the day that was skipped": (APIA, "2011-12-30 09:00", "2011-12-30 10:00"),
    "Apia, the first moment after it": (APIA, "2011-12-31 00:00", "2011-12-30 10:00"),
    "Sao Paulo, a midnight that does not exist": (SAO_PAULO, "2018-11-04 00:00", "2018-11-04 03:00"),
    "Sao Paulo, the repeated hour before midnight": (SAO_PAULO, "2018-02-17 23:30", "2018-02-18 01:30"),
    "Havana, a midnight that comes twice": (HAVANA, "2026-11-01 00:00", "2026-11-01 04:00"),
    "Berlin, a gap beyond the zone's table": (BERLIN, "2049-03-28 02:30", "2049-03-28 01:00"),
    "Berlin, a repeated hour beyond the table": (BERLIN, "2049-10-31 02:30", "2049-10-31 00:30"),
}


@pytest.mark.parametrize("name", INSTANTS)
def test_a_wall_time_is_one_instant(name):
    """A wall time means the first instant after a gap, the first of two occurrences, and else itself."""
    zone, text, expected = INSTANTS[name]

    assert instant(wall(text), zone) == at(expected)
    assert instant(wall(text), zone).tzinfo is UTC


def test_the_fold_of_a_wall_time_says_nothing():
    """A wall time that carries the mark of a second occurrence still means the first."""
    assert instant(wall("2026-10-25 02:30").replace(fold=1), BERLIN) == at("2026-10-25 00:30")


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, KATHMANDU], ids=str)
def test_the_ends_of_the_calendar_are_instants_too(zone):
    """A wall time whose instant no datetime can hold means the first or the last that there is."""
    assert instant(wall("9999-12-31 23:59"), zone) >= at("9999-12-31 00:00")
    assert instant(wall("0001-01-01 00:00"), zone) <= at("0001-01-02 00:00")


READINGS = {
    "an ordinary morning": (BERLIN, "2026-01-05 08:00", "2026-01-05 09:00"),
    "just before the gap": (BERLIN, "2026-03-29 00:59:59", "2026-03-29 01:59:59"),
    "just after the gap": (BERLIN, "2026-03-29 01:00", "2026-03-29 03:00"),
    "the repeated hour, first time": (BERLIN, "2026-10-25 00:30", "2026-10-25 02:30"),
    "the repeated hour, again": (BERLIN, "2026-10-25 01:30", "2026-10-25 02:59:59.999999"),
    "after the repeated hour": (BERLIN, "2026-10-25 02:00", "2026-10-25 03:00"),
    "half an hour repeated": (LORD_HOWE, "2026-04-04 15:00", "2026-04-05 01:59:59.999999"),
    "an hour repeated over midnight": (SAO_PAULO, "2018-02-18 02:15", "2018-02-17 23:59:59.999999"),
}


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_never_goes_back(name):
    """The reading is what the clocks show, and stands still while they show an hour again."""
    zone, text, expected = READINGS[name]

    assert reading(at(text), zone) == wall(expected)


def test_the_clock_shows_a_repeated_hour_twice():
    """What the clocks show is not what has come: in autumn they show half past two at two instants."""
    shown = [clock(at(text), BERLIN) for text in ("2026-10-25 00:30", "2026-10-25 01:30")]

    assert shown == [wall("2026-10-25 02:30")] * 2
    assert [one.fold for one in shown] == [0, 0]


def test_a_reading_may_be_taken_of_an_instant_in_any_zone():
    """An instant is an instant, whichever zone it is written in."""
    assert reading(at("2026-10-25 01:30").astimezone(NEW_YORK), BERLIN) == wall("2026-10-25 02:59:59.999999")


moments = st.builds(
    lambda change, seconds: (change[0], wall(change[1]) + timedelta(seconds=seconds)),
    st.sampled_from(CHANGES),
    st.integers(-30 * 3600, 30 * 3600) | st.integers(-60, 60).map(lambda minutes: minutes * 60 * 15),
)


@settings(max_examples=in_share(ci=200, proof=2_000), deadline=None)
@given(moments, st.integers(-30 * 3600, 30 * 3600))
@example((BERLIN, wall("2026-10-25 02:30")), 0)
def test_instant_and_reading_are_two_sides_of_one_order(moment, seconds):
    """A wall time has come by an instant exactly when it is not after the reading of that instant."""
    zone, shown = moment
    when = shown.replace(tzinfo=UTC) + timedelta(seconds=seconds)

    assert (instant(shown, zone) <= when) == (shown <= reading(when, zone))


@settings(max_examples=in_share(ci=100, proof=2_000), deadline=None)
@given(moments)
def test_the_instant_is_what_trying_every_minute_finds(moment):
    """The arithmetic agrees with the slow model on every kind of clock change."""
    zone, shown = moment

    assert instant(shown, zone) == first_instant(shown, zone)


def test_a_zone_may_come_from_elsewhere():
    """Zones are values: one that was read anew gives the same instants."""
    assert instant(wall("2026-03-29 02:30"), ZoneInfo.no_cache("Europe/Berlin")) == at("2026-03-29 01:00")
