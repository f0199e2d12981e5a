"""Business days: counted on a calendar's own clock, never in the night, right when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.business_days import Calendar, CalendarRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.plan import BusinessHours
from tests.builders import BERLIN, LISBON, a_plan, a_team

CHRISTMAS = {date(2026, 12, 24): "Christmas Eve", date(2026, 12, 25): "Christmas Day"}


def a_calendar(**fields):
    """Return Monday to Friday, nine to five in Berlin, without the days of Christmas 2026."""
    known = {
        "zone": BERLIN,
        "weekdays": frozenset(range(5)),
        "start": time(9),
        "end": time(17),
        "holidays": CHRISTMAS,
    }
    return Calendar(**(known | fields))


def utc(text):
    """Return the instant that is written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        # Berlin is an hour ahead in winter. 2026-01-05 is a Monday.
        ("2026-01-05T11:00", 1, "2026-01-06T16:00"),
        ("2026-01-05T11:00", 3, "2026-01-08T16:00"),
        ("2026-01-05T11:00", 0, "2026-01-05T16:00"),
        # What ends in the night is counted from the day that it is there: Tuesday 00:30 in Berlin.
        ("2026-01-05T23:30", 1, "2026-01-07T16:00"),
        # Over a weekend, and from one.
        ("2026-01-09T11:00", 1, "2026-01-12T16:00"),
        ("2026-01-10T11:00", 1, "2026-01-12T16:00"),
        ("2026-01-10T11:00", 0, "2026-01-12T16:00"),
        # Over Christmas, which is Thursday and Friday: Monday is the first day of work after Wednesday.
        ("2026-12-23T11:00", 1, "2026-12-28T16:00"),
        # Five in the afternoon stays five when clocks go forward on Sunday 2026-03-29, and back on 2026-10-25.
        ("2026-03-27T11:00", 1, "2026-03-30T15:00"),
        ("2026-10-23T10:00", 1, "2026-10-26T16:00"),
    ],
)
def test_what_is_due_in_business_days(start, count, due):
    """It is due when the last of these days ends."""
    assert a_calendar().add_business_days(utc(start), count) == utc(due)


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2026-01-05T07:59", "2026-01-05T08:00"),
        ("2026-01-05T08:00", "2026-01-06T08:00"),
        ("2026-01-09T08:01", "2026-01-12T08:00"),
        ("2026-12-23T12:00", "2026-12-28T08:00"),
        ("2026-03-27T12:00", "2026-03-30T07:00"),
        ("2026-10-23T12:00", "2026-10-26T08:00"),
    ],
)
def test_the_next_day_of_work_begins(at, opening):
    """The next opening lies after the instant, and on a business day."""
    assert a_calendar().next_business_day_start(utc(at)) == utc(opening)


def test_an_opening_that_clocks_skip_is_the_first_instant_after():
    """Half past two does not exist in Berlin on 2026-03-29."""
    calendar = a_calendar(weekdays=frozenset({6}), start=time(2, 30))

    assert calendar.next_business_day_start(utc("2026-03-28T12:00")) == utc("2026-03-29T01:00")


CALENDARS = st.builds(
    a_calendar,
    zone=st.sampled_from([BERLIN, LISBON, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Apia"), ZoneInfo("UTC")]),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    holidays=st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.just("a day off"), max_size=80),
)
INSTANTS = st.datetimes(datetime(2025, 12, 1), datetime(2027, 1, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(CALENDARS, INSTANTS, st.integers(0, 20), st.integers(0, 20))
def test_counting_on_goes_on(calendar, start, first, second):
    """So many days and so many more are as many as both together, and more days are never sooner."""
    once = calendar.add_business_days(start, first + second)
    halfway = calendar.add_business_days(start, first)

    if first:  # with 0 the count may begin on a day that is none of work
        assert calendar.add_business_days(halfway, second) == once
    assert halfway <= once
    assert once > start - timedelta(days=1)


@given(CALENDARS, INSTANTS, st.integers(1, 20))
def test_so_many_business_days_lie_between(calendar, start, count):
    """Day by day, without the clever loop: there are exactly so many days of work up to the due day."""
    due_day = calendar.day_of(calendar.add_business_days(start, count))
    day, passed = calendar.day_of(start), 0
    while day < due_day:
        day += timedelta(days=1)
        passed += day.weekday() in calendar.weekdays and day not in calendar.holidays

    assert passed == count
    assert calendar.is_business_day(due_day)


@given(CALENDARS, INSTANTS)
def test_no_opening_is_passed_over(calendar, at):
    """The next opening is the first that there is after the instant, and the day before it is one of work or none."""
    opening = calendar.next_business_day_start(at)
    day = calendar.day_of(opening)
    between = [day - timedelta(days=back) for back in range(1, (opening - at).days + 2)]

    assert opening > at
    assert calendar.is_business_day(day)
    assert not any(calendar.is_business_day(one) and calendar.opening(one) > at for one in between)
    assert calendar.is_business_day(calendar.business_day_before(day))
    assert calendar.business_day_before(day) < day


def test_a_team_works_as_its_own_hours_say():
    """Where the calendar says nothing, a team's hours and zone are its business days."""
    late = BusinessHours(frozenset({0, 1, 2, 3}), time(12), time(20))
    plan = a_plan(teams={"payments": a_team("payments", hours=late, zone=LISBON)}, fallback="payments")

    calendar = plan.calendar_of("payments")

    assert (calendar.zone, calendar.weekdays, calendar.start, calendar.end) == (
        LISBON, frozenset({0, 1, 2, 3}), time(12), time(20)
    )  # fmt: skip
    assert plan.calendar_of("a team that was dissolved") == calendar


def test_the_calendar_of_the_files_wins():
    """Hours and zone are everybody's where they are written; holidays of one team come on top of everybody's."""
    rules = CalendarRules(
        weekdays=frozenset(range(5)),
        start=time(8),
        end=time(18),
        zone=LISBON,
        holidays=CHRISTMAS,
        own_holidays={"payments": {date(2026, 6, 4): "Corpus Christi"}},
    )
    plan = a_plan(incidents=IncidentRules(calendar=rules))

    payments, platform = plan.calendar_of("payments"), plan.calendar_of("platform")

    assert (payments.zone, payments.start, payments.end) == (LISBON, time(8), time(18))
    assert payments.holidays == {**CHRISTMAS, date(2026, 6, 4): "Corpus Christi"}
    assert platform.holidays == CHRISTMAS
