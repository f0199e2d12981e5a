from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.oncall.counts import nights, weekend_days
from tests.core.oncall.books import APIA, BERLIN, CHANGES, at


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-01-05 08:00", "2026-01-12 08:00", 7),
        ("2026-01-05 08:00", "2026-01-05 20:00", 0),
        ("2026-01-05 17:00", "2026-01-06 08:00", 1),
        ("2026-01-05 23:00", "2026-01-06 23:00", 1),
        ("2026-01-06 02:00", "2026-01-06 02:01", 1),
        ("2026-01-06 02:01", "2026-01-07 02:00", 0),
        ("2026-03-29 00:00", "2026-03-29 01:30", 1),
    ],
)
def test_whoever_has_three_in_the_morning_has_the_night(start, end, count):
    """On the clock of the zone; 03:00 comes also in the night in which the hour before it is missing."""
    assert nights(at(start), at(end), BERLIN) == count


def test_whoever_has_noon_has_the_day_of_the_weekend():
    """A Friday evening is none, and a handoff at midnight gives a whole day."""
    assert weekend_days(at("2026-01-09 17:00"), at("2026-01-12 08:00"), BERLIN) == (
        date(2026, 1, 10),
        date(2026, 1, 11),
    )
    assert weekend_days(at("2026-01-10 11:01"), at("2026-01-11 10:59"), BERLIN) == ()


def test_a_day_that_a_zone_skipped_had_no_night():
    """Apia had no 30 December 2011; the nights around it are as many as people slept."""
    before, cut, after = at("2011-12-29 00:00"), at("2011-12-30 10:00"), at("2012-01-02 00:00")

    assert (nights(before, cut, APIA), nights(cut, after, APIA), nights(before, after, APIA)) == (1, 3, 4)


@given(
    st.sampled_from(CHANGES),
    st.lists(st.integers(0, 20 * 24 * 4), min_size=2, max_size=12, unique=True).map(sorted),
)
def test_shifts_have_together_what_their_span_has(change, quarters):
    """However a span is cut, no night and no day of a weekend is lost or counted twice."""
    zone, day = change
    cuts = [at(f"{day} 00:00") - timedelta(days=10) + timedelta(minutes=15) * quarter for quarter in quarters]
    pieces = list(pairwise(cuts))

    assert sum(nights(*piece, zone) for piece in pieces) == nights(cuts[0], cuts[-1], zone)
    assert [one for piece in pieces for one in weekend_days(*piece, zone)] == list(
        weekend_days(cuts[0], cuts[-1], zone)
    )
