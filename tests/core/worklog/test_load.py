"""What on-call costs people, counted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.oncall.shifts import Shift
from pagerd.core.people import Medium
from pagerd.core.worklog.load import (
    Opened,
    Part,
    Spread,
    Told,
    blocks,
    interruptions,
    part_of_day,
    person_loads,
    spread,
    team_loads,
)
from tests.builders import a_person

BERLIN = ZoneInfo("Europe/Berlin")
ANA = a_person("ana", zone=BERLIN)
MONDAY = datetime(2026, 1, 5, tzinfo=BERLIN)


def at(hours, minutes=0, seconds=0, days=0):
    """Return a wall time of a January Monday in Berlin, as an instant."""
    return (MONDAY + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)).astimezone(UTC)


def told(when, page="p-1", medium=Medium.SMS, person="ana", team="payments"):
    """A message to Ana."""
    return Told(person, medium, when, page, team)


@pytest.mark.parametrize(
    ("when", "part"),
    [
        (at(8), Part.WORK),
        (at(17, 59), Part.WORK),
        (at(18), Part.OFF),
        (at(7, 30), Part.OFF),
        (at(12, days=5), Part.OFF),
        (at(22), Part.NIGHT),
        (at(6, 59), Part.NIGHT),
        (at(23, days=5), Part.NIGHT),
    ],
)
def test_the_part_of_a_day_is_that_of_the_persons_own_clock(when, part):
    """Night by their window, work by the week, the rest is off; a weekend's night is a night."""
    assert part_of_day(ANA, when) is part


def test_what_comes_within_a_minute_is_one_interruption():
    """A text and a call ten seconds later wake once; each prolongs the same one; mail wakes nobody."""
    loud = [told(at(3)), told(at(3, 0, 50)), told(at(3, 1, 45), medium=Medium.VOICE), told(at(3, 2, 46))]

    kept = interruptions([told(at(2), medium=Medium.EMAIL), *reversed(loud)])

    assert [one.at for one in kept] == [at(3), at(3, 2, 46)]


def test_a_persons_load_counts_hours_and_nights_once():
    """Five texts of one night: two hours of it were disrupted, and the night began on Monday."""
    messages = [
        told(at(23), "p-1"),
        told(at(23, 20), "p-1"),
        told(at(23, 40), "p-2"),
        told(at(1, 5, days=1), "p-3"),
        told(at(10, days=1), "p-3"),
        told(at(19, days=1), "p-4"),
        told(at(19, days=1), "p-5", medium=Medium.EMAIL),
    ]

    [load] = person_loads(messages, {"ana": ANA})

    assert (load.pages, load.interruptions, load.work, load.off, load.night) == (4, 6, 1, 1, 4)
    assert (load.disrupted_hours, load.nights) == (4, 1)


def test_the_hour_that_comes_twice_is_two_hours():
    """When clocks go back, both hours between two and three were sleep."""
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert first.astimezone(BERLIN).time() == second.astimezone(BERLIN).time()

    [load] = person_loads([told(first), told(second)], {"ana": ANA})

    assert (load.disrupted_hours, load.nights) == (2, 1)


def test_nobody_is_ranked_and_nobody_unknown_is_counted():
    """People come in the order of their names, whatever they carried."""
    people = {"zoe": a_person("zoe"), "ana": ANA}
    messages = [told(at(9), person="zoe"), told(at(9)), told(at(10)), told(at(9), person="gone")]

    assert [load.person for load in person_loads(messages, people)] == ["ana", "zoe"]


def test_a_teams_load_is_per_half_day_of_its_shifts():
    """Three pages in one half day are one over two; a hole is nobody's shift."""
    shifts = [Shift(at(9), at(9, days=1), ("ana",)), Shift(at(9, days=1), at(12, days=1), ())]
    opened = [Opened(f"p-{n}", "payments", at(10, n), timedelta(minutes=n)) for n in range(3)]
    opened.append(Opened("p-9", "payments", at(23), None))

    [load] = team_loads(opened, [told(at(23))], {"ana": ANA}, {"payments": shifts})

    assert (load.pages, load.unanswered, load.interruptions, load.night, load.blocks_over) == (4, 1, 1, 1, 1)
    assert load.pages_per_block == Spread(2, 1, 3)
    assert load.answer_seconds == Spread(3, 60, 120)


def test_a_quiet_team_with_shifts_has_a_row():
    """That nothing happened is worth knowing; without shifts and pages there is nothing to say."""
    [load] = team_loads([], [], {}, {"payments": [Shift(at(9), at(21), ("ana",))]})

    assert (load.team, load.pages, load.answer_seconds, load.pages_per_block) == ("payments", 0, None, Spread(1, 0, 0))


def test_a_rest_of_a_shift_is_a_block_of_its_own():
    """Blocks follow the shift, not the clock."""
    assert blocks([Shift(at(9), at(23), ("ana",))]) == [(at(9), at(21)), (at(21), at(23))]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_both_figures_of_a_spread_occur(values):
    """A median that nobody waited would be a figure of speech; nine of ten are at or below the other."""
    found = spread(values)

    assert found is not None
    assert found.n == len(values)
    assert {found.median, found.p90} <= set(values)
    assert sum(value <= found.p90 for value in values) >= 0.9 * len(values)
    assert sum(value <= found.median for value in values) >= 0.5 * len(values)


def test_a_spread_of_nothing_is_none():
    """No figure is invented."""
    assert spread([]) is None


def test_a_persons_shifts_are_held_against_two_pages_in_half_a_day():
    """Pages of the team count for whoever was its first responder when they came, also for one who was told nothing."""
    ben = a_person("ben", zone=BERLIN)
    turns = {"payments": [Shift(at(0), at(24), ("ana",)), Shift(at(24), at(36), ("ben",))]}
    opened = [Opened(f"p-{hour}", "payments", at(hour), None) for hour in (1, 2, 3, 13)]
    opened.append(Opened("p-x", "platform", at(1), None))
    found = person_loads([told(at(1))], {"ana": ANA, "ben": ben}, opened, turns)

    assert [one.person for one in found] == ["ana", "ben"]
    assert (found[0].pages_per_block, found[0].blocks_over) == (Spread(2, 1, 3), 1)
    assert (found[1].pages_per_block, found[1].pages, found[1].nights) == (Spread(1, 0, 0), 0, 0)


def test_a_teams_hours_are_disrupted_once_whoever_was_interrupted():
    """Two people in one hour are one hour of the team; each part of their days is counted."""
    people = {"ana": ANA, "ben": a_person("ben", zone=BERLIN)}
    messages = [told(at(9)), told(at(9, 5), person="ben"), told(at(19)), told(at(23))]
    [team] = team_loads([], messages, people, {"payments": []})

    assert (team.interruptions, team.work, team.off, team.night, team.disrupted_hours) == (4, 2, 1, 1, 3)


def test_what_somebody_was_told_who_has_left_is_in_no_part_of_a_day():
    """Nobody knows their night any more; the page that it was of still counts."""
    [team] = team_loads(
        [Opened("p-1", "payments", at(9), timedelta(minutes=5))],
        [told(at(9), person="gone")],
        {"ana": ANA},
        {"payments": []},
    )

    assert (team.pages, team.interruptions, team.disrupted_hours) == (1, 0, 0)
