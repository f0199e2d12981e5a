"""What being on call asks of a person, on their own clock."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.comparing.burden import Burden, burden, joined
from pagerd.core.people import Night
from tests.builders import a_person
from tests.core.oncall.books import at

HOUR = timedelta(hours=1)
ANA = a_person()  # in Berlin, asleep from 22 to 7


def days(*numbers):
    """Return days of January 2026."""
    return frozenset(date(2026, 1, number) for number in numbers)


def test_a_week_has_seven_nights_and_one_weekend():
    """From nine on Monday until nine on Monday: the night to Monday belongs to Sunday."""
    assert burden(ANA, [(at("2026-01-05 08:00"), at("2026-01-12 08:00"))]) == Burden(
        7 * 24 * HOUR, days(*range(5, 12)), days(10)
    )


@pytest.mark.parametrize(
    ("start", "end", "nights"),
    [
        ("2026-01-05 06:00", "2026-01-05 21:00", []),  # as the night ends, until the next begins
        ("2026-01-05 05:59", "2026-01-05 21:00", [4]),
        ("2026-01-05 06:00", "2026-01-05 21:01", [5]),
        ("2026-01-05 23:00", "2026-01-06 01:00", [5]),
        ("2026-01-06 02:00", "2026-01-06 03:00", [5]),
        ("2026-01-06 02:00", "2026-01-06 22:00", [5, 6]),
    ],
)
def test_a_night_is_theirs_in_whatever_part_of_it(start, end, nights):
    """And belongs to the day on which it begins, as everywhere in pagerd."""
    assert burden(ANA, [(at(start), at(end))]).nights == days(*nights)


def test_a_night_that_begins_after_midnight_belongs_to_its_day():
    """Whoever sleeps from one to nine."""
    late = a_person(night=Night(time(1), time(9)))

    assert burden(late, [(at("2026-01-05 21:00"), at("2026-01-06 00:30"))]).nights == days(6)


def test_the_same_hours_are_night_here_and_day_there():
    """Nobody's clock but their own counts."""
    span = (at("2026-01-05 21:00"), at("2026-01-06 06:00"))
    far = a_person(zone=ZoneInfo("Pacific/Auckland"))

    assert burden(ANA, [span]).nights == days(5)
    assert burden(far, [span]).nights == frozenset()


@pytest.mark.parametrize(
    ("start", "end", "saturdays"),
    [
        ("2026-01-09 08:00", "2026-01-09 23:00", []),  # until Saturday begins
        ("2026-01-09 08:00", "2026-01-09 23:01", [10]),
        ("2026-01-11 22:59", "2026-01-12 08:00", [10]),
        ("2026-01-11 23:00", "2026-01-12 08:00", []),
        ("2026-01-10 08:00", "2026-01-17 08:00", [10, 17]),
    ],
)
def test_a_weekend_is_theirs_in_whatever_part_of_it(start, end, saturdays):
    """From midnight to midnight where they live, and named by its Saturday."""
    assert burden(ANA, [(at(start), at(end))]).weekends == days(*saturdays)


def test_time_in_two_schedules_counts_once():
    """Two pagers cost one night."""
    one, other = (at("2026-01-05 20:00"), at("2026-01-05 23:00")), (at("2026-01-05 22:00"), at("2026-01-06 02:00"))

    assert joined([other, one]) == ((one[0], other[1]),)
    assert burden(ANA, [one, other]) == Burden(6 * HOUR, days(5), frozenset())


def test_spans_that_touch_are_one_and_others_stay():
    """In order of time."""
    first, second, third = ((at(f"2026-01-05 0{hour}:00"), at(f"2026-01-05 0{hour + 1}:00")) for hour in (1, 2, 5))

    assert joined([third, second, first]) == ((first[0], second[1]), third)
    assert joined([]) == ()
