"""The month's account."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pagerd.core.worklog.comp import CompState, comp_of, night_sums, of_month, state_of
from pagerd.core.worklog.grant import GrantStatus
from pagerd.core.worklog.rest import decided, proposed
from pagerd.core.worklog.rules import NightRules, RestKind
from pagerd.core.worklog.worked import begun, disputed, rung, worked
from tests.builders import NIGHT, a_person


def a_night(id="n-1", minutes=90, kind=RestKind.MORNING, status=GrantStatus.APPROVED, **fields):  # noqa: A002
    """A night of ana's with a page, its minutes, and a rest in some status; None: no rest."""
    night = rung(begun(id, a_person(), NIGHT, "payments", "r1"), NIGHT, "p-1")
    night, _ = worked(night, NIGHT, by="ana", via="sms", minutes=minutes)
    if status is not None:
        night, _ = proposed(night, NIGHT, NightRules(rest=kind), ("dora",), "r1")
        night = replace(night, grant=replace(night.grant, status=status))
    return replace(night, **fields)


def test_what_is_in_force_is_owed():
    """Of each kind so many; pay by the minute; what was declined or is not decided is said apart."""
    nights = [
        a_night("n-1"),
        a_night("n-2", kind=RestKind.HALF_DAY, status=GrantStatus.PROVISIONAL),
        a_night("n-3", 70, kind=RestKind.PAY),
        a_night("n-4", kind=RestKind.PAY, status=GrantStatus.DECLINED),
        a_night("n-5", 20, status=None),
        a_night("n-6", kind=RestKind.HOURS, status=GrantStatus.PROPOSED),
    ]
    [ana] = comp_of(nights)

    assert (ana.nights, ana.pages, ana.minutes, ana.seen_minutes) == (6, 6, 90 + 90 + 70 + 90 + 20 + 90, 0)
    assert (ana.mornings, ana.hours, ana.half_days, ana.pay_minutes) == (1, 0, 1, 70)
    assert (ana.declined, ana.undecided, ana.disputed, ana.state) == (1, 2, 0, CompState.PROVISIONAL)
    assert ana.night_ids == ("n-1", "n-2", "n-3", "n-4", "n-5", "n-6")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (None, CompState.APPROVED),
        (GrantStatus.PROPOSED, CompState.PROVISIONAL),
        (GrantStatus.PROVISIONAL, CompState.PROVISIONAL),
        (GrantStatus.APPROVED, CompState.APPROVED),
        (GrantStatus.DECLINED, CompState.APPROVED),
    ],
)
def test_how_sure_a_night_is(status, state):
    """An objection makes it unsure whatever was decided."""
    night = a_night(status=status)
    objected, _ = disputed(night, NIGHT, by="ana", via="cli", why="more", page_id=None, minutes=None)

    assert state_of(night) is state
    assert state_of(objected) is CompState.DISPUTED
    assert comp_of([objected])[0].state is CompState.DISPUTED


def test_people_stand_in_the_order_of_their_names():
    """However much they worked."""
    nights = [a_night(person=name, minutes=count) for name, count in (("cho", 900 // 2), ("ana", 10), ("ben", 300))]

    assert [one.person for one in comp_of(nights)] == ["ana", "ben", "cho"]
    assert [one.name for one in night_sums(nights, lambda one: one.person)] == ["ana", "ben", "cho"]


def test_nights_are_summed_with_their_spread():
    """How many, the middle one, and what nine of ten do not exceed."""
    nights = [a_night(f"n-{count}", count, status=None) for count in (10, 20, 300)]
    [team] = night_sums(nights, lambda one: one.team)

    assert (team.name, team.nights, team.pages, team.minutes) == ("payments", 3, 3, 330)
    assert (team.spread.n, team.spread.median, team.spread.p90) == (3, 20, 300)


def test_a_night_counts_in_the_month_in_which_it_begins():
    """The one from the 31st to the 1st is the old month's, on the clock of whoever slept."""
    last = begun("n-1", a_person(), datetime(2026, 1, 31, 23, 30, tzinfo=UTC), "payments", "r1")
    next_one = begun("n-2", a_person(), datetime(2026, 1, 31, 23, 30, tzinfo=UTC) + timedelta(days=1), "payments", "r1")

    assert of_month([last, next_one], date(2026, 1, 5)) == [last]
    assert of_month([last, next_one], date(2026, 2, 1)) == [next_one]
    assert not of_month([last], date(2025, 1, 1))


def test_a_rest_that_was_decided_is_sure():
    """By a lead's word."""
    night, _ = proposed(a_night(status=None), NIGHT, NightRules(), ("dora",), "r1")
    night, _ = decided(night, NIGHT, GrantStatus.APPROVED, by="dora", via="sms")

    assert state_of(night) is CompState.APPROVED
