"""When a person's night begins and ends, also where clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.people import Night
from pagerd.core.worklog.nightfall import span_of
from tests.builders import BERLIN, NIGHT, a_person, minutes

ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")]
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.integers(0, 365 * 24 * 60).map(lambda count: YEAR + minutes(count))
clocks = st.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
nights = st.builds(Night, clocks, clocks)


def test_a_night_belongs_to_the_day_on_which_it_begins():
    """On the clock of the person: half past two belongs to the evening before."""
    day, start, end = span_of(Night(), BERLIN, NIGHT)

    assert day == date(2026, 1, 6)
    assert (start, end) == (
        datetime(2026, 1, 6, 22, tzinfo=BERLIN).astimezone(UTC),
        datetime(2026, 1, 7, 7, tzinfo=BERLIN).astimezone(UTC),
    )
    assert span_of(Night(time(0), time(6)), BERLIN, NIGHT)[0] == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        (datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), 8),
        (datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN), 10),
        (datetime(2026, 6, 1, 1, 30, tzinfo=BERLIN), 9),
    ],
)
def test_the_night_in_which_clocks_change_is_as_long_as_it_is(at, hours):
    """Shorter by an hour in spring, longer by one in autumn."""
    _, start, end = span_of(Night(), BERLIN, at)

    assert end - start == timedelta(hours=hours)


@given(nights, st.sampled_from(ZONES), instants)
def test_whoever_sleeps_is_inside_the_night_that_is_named(night, zone, at):
    """Also in the hour that comes twice and around the one that never comes."""
    person = a_person(zone=zone, night=night)
    day, start, end = span_of(night, zone, at)

    if person.sleeps_at(at):
        assert start <= at < end
        assert start.astimezone(zone).date() - day in (timedelta(0), timedelta(days=1))
    assert end - start <= timedelta(hours=25)


@given(nights, st.sampled_from(ZONES), instants)
def test_all_instants_of_one_night_name_the_same_night(night, zone, at):
    """So that there is one row, and one question, whatever rings when."""
    person = a_person(zone=zone, night=night)
    found = span_of(night, zone, at)
    later = at + minutes(7)

    if person.sleeps_at(at) and person.sleeps_at(later) and later < found[2]:
        assert span_of(night, zone, later) == found
