from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.hours import is_open, next_closing, next_opening
from pagerd.core.plan import BusinessHours
from tests.builders import BERLIN, OFFICE

ALWAYS = BusinessHours(frozenset(range(7)), time(0), time(0))
NIGHT_SHIFT = BusinessHours(frozenset({4}), time(22), time(6))
"""Friday 22:00 to Saturday 06:00."""


def utc(text: str) -> datetime:
    """Return the instant that is written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "at", "opening", "closing"),
    [
        # Berlin is one hour ahead in winter: 09:00-17:00 there is 08:00-16:00 UTC. 2026-01-05 is a Monday.
        (OFFICE, "2026-01-05T07:59:59", "2026-01-05T08:00", None),
        (OFFICE, "2026-01-05T08:00", None, "2026-01-05T16:00"),
        (OFFICE, "2026-01-05T15:59:59", None, "2026-01-05T16:00"),
        (OFFICE, "2026-01-05T16:00", "2026-01-06T08:00", None),
        (OFFICE, "2026-01-09T16:00", "2026-01-12T08:00", None),
        (OFFICE, "2026-01-11T23:30", "2026-01-12T08:00", None),
        # The clocks go forward on Sunday 2026-03-29 and back on 2026-10-25: nine o'clock stays nine o'clock there.
        (OFFICE, "2026-03-27T16:00", "2026-03-30T07:00", None),
        (OFFICE, "2026-10-23T15:00", "2026-10-26T08:00", None),
        (NIGHT_SHIFT, "2026-01-09T20:59", "2026-01-09T21:00", None),
        (NIGHT_SHIFT, "2026-01-10T04:59", None, "2026-01-10T05:00"),
        (NIGHT_SHIFT, "2026-01-10T05:00", "2026-01-16T21:00", None),
        # 02:30 does not exist on 2026-03-29: the window begins with the first instant after the gap.
        (BusinessHours(frozenset({6}), time(2, 30), time(9)), "2026-03-28T20:00", "2026-03-29T01:00", None),
        (BusinessHours(frozenset({6}), time(1), time(2, 30)), "2026-03-29T00:30", None, "2026-03-29T01:00"),
        # A window that lies in the gap is not there that week.
        (BusinessHours(frozenset({6}), time(2, 10), time(2, 50)), "2026-03-28T20:00", "2026-04-05T00:10", None),
        # 02:30 exists twice on 2026-10-25: the first occurrence counts.
        (BusinessHours(frozenset({6}), time(2, 30), time(9)), "2026-10-24T20:00", "2026-10-25T00:30", None),
        (BusinessHours(frozenset({6}), time(1), time(2, 30)), "2026-10-24T23:30", None, "2026-10-25T00:30"),
    ],
)
def test_opening_and_closing(hours: BusinessHours, at: str, opening: str | None, closing: str | None) -> None:
    """Hours are wall time in the team's zone, also across changes of its clocks."""
    is_at_work = opening is None

    assert is_open(hours, BERLIN, utc(at)) is is_at_work
    assert next_opening(hours, BERLIN, utc(at)) == utc(opening or at)
    assert next_closing(hours, BERLIN, utc(at)) == utc(closing or at)


def test_always_at_work() -> None:
    """Hours without an end between them never close; whole days from midnight to midnight are such hours."""
    at = utc("2026-03-29T00:59")

    assert is_open(ALWAYS, BERLIN, at)
    assert next_closing(ALWAYS, BERLIN, at) is None


def test_days_that_touch_close_once() -> None:
    """From midnight on Monday to midnight after Tuesday is one stretch, not two."""
    hours = BusinessHours(frozenset({0, 1}), time(0), time(0))

    assert next_closing(hours, BERLIN, utc("2026-01-05T12:00")) == utc("2026-01-06T23:00")


def test_a_day_that_never_was() -> None:
    """Samoa skipped Friday 2011-12-30 whole; whoever works on Fridays there opens a week later."""
    hours = BusinessHours(frozenset({4}), time(9), time(17))
    apia = ZoneInfo("Pacific/Apia")

    assert next_opening(hours, apia, utc("2011-12-29T12:00")) == datetime(2012, 1, 6, 9, tzinfo=apia)


def test_answers_are_utc() -> None:
    """Whatever zone the question is in, the answer is in UTC."""
    at = datetime(2026, 1, 5, 6, tzinfo=BERLIN)

    assert next_opening(OFFICE, BERLIN, at).tzinfo is UTC
    assert next_opening(OFFICE, BERLIN, at + timedelta(hours=5)).tzinfo is UTC


@given(
    st.builds(
        BusinessHours,
        st.frozensets(st.integers(0, 6), min_size=1),
        st.times().map(lambda wall: wall.replace(second=0, microsecond=0)),
        st.times().map(lambda wall: wall.replace(second=0, microsecond=0)),
    ),
    st.sampled_from([ZoneInfo(name) for name in ("Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns")]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # made UTC
)
def test_the_three_questions_agree(hours: BusinessHours, zone: ZoneInfo, at: datetime) -> None:
    """Opening is the first instant that is open, closing the first that is not."""
    opening, closing = next_opening(hours, zone, at), next_closing(hours, zone, at)

    assert (opening == at) is is_open(hours, zone, at)
    assert is_open(hours, zone, opening)
    if closing is not None:
        assert not is_open(hours, zone, closing)
        assert (closing == at) is not is_open(hours, zone, at)
        just_before = max(opening, closing) - timedelta(microseconds=1)
        assert is_open(hours, zone, just_before) is (closing > opening)


def test_hours_without_a_weekday_open_never() -> None:
    """The files cannot say them; whoever makes some hears of it, and nobody waits for a morning that never comes."""
    never = BusinessHours(frozenset(), time(9), time(17))

    assert not is_open(never, BERLIN, utc("2026-01-05T09:00"))
    with pytest.raises(AssertionError, match="without a weekday"):
        next_opening(never, BERLIN, utc("2026-01-05T09:00"))
