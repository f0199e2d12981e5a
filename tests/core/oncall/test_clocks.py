from datetime import timedelta

import pytest

from pagerd.core.oncall.clocks import ClockChange, clock_changes, is_repeated
from tests.core.oncall.books import APIA, BERLIN, CHANGES, LORD_HOWE, UTC_ZONE, at, wall

DAY = timedelta(days=1)


def test_a_year_has_two_changes():
    """Each with the instant, and what the clocks go from and to."""
    spring, autumn = clock_changes(BERLIN, at("2026-01-01"), at("2027-01-01"))

    assert spring == ClockChange(at("2026-03-29 01:00"), wall("2026-03-29 02:00"), wall("2026-03-29 03:00"))
    assert autumn == ClockChange(at("2026-10-25 01:00"), wall("2026-10-25 03:00"), wall("2026-10-25 02:00"))
    assert (spring.is_gap, autumn.is_gap) == (True, False)
    assert spring.leaves_out(wall("2026-03-29 02:30"))
    assert not spring.leaves_out(wall("2026-03-29 03:00"))


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_every_kind_of_change_is_found_on_its_day(zone, day):
    """By half an hour, at midnight, by a whole day; and none on a quiet day."""
    start = at(day) - DAY
    found = clock_changes(zone, start, start + 3 * DAY)

    assert len(found) == (0 if zone is UTC_ZONE else 1)
    for change in found:
        before, after = (change.at + step for step in (-timedelta(seconds=1), timedelta(0)))
        assert before.astimezone(zone).replace(tzinfo=None) == change.before - timedelta(seconds=1)
        assert after.astimezone(zone).replace(tzinfo=None) == change.after


def test_the_ends_of_the_span_are_after_start_and_not_after_end():
    """So that spans that adjoin find each change once."""
    change = at("2026-03-29 01:00")

    assert clock_changes(BERLIN, change, change + DAY) == ()
    assert [one.at for one in clock_changes(BERLIN, change - DAY, change)] == [change]


@pytest.mark.parametrize(
    ("zone", "text", "twice"),
    [
        (BERLIN, "2026-10-25 02:30", True),
        (BERLIN, "2026-10-25 03:00", False),
        (BERLIN, "2026-03-29 02:30", False),
        (LORD_HOWE, "2026-04-05 01:45", True),
        (APIA, "2011-12-30 12:00", False),
    ],
)
def test_a_wall_time_may_come_twice(zone, text, twice):
    """One that never comes does not."""
    assert is_repeated(wall(text), zone) is twice
