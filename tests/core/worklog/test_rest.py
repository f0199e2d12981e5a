"""What a night earns, and what may become of it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from pagerd.core.errors import IllegalTransition
from pagerd.core.worklog.grant import GrantStatus, must_follow
from pagerd.core.worklog.rest import decided, is_earned, must_be_proposed, must_be_withdrawn, proposed
from pagerd.core.worklog.rules import NightRules, RestKind
from pagerd.core.worklog.worked import begun, worked
from tests.builders import BERLIN, LISBON, NIGHT, a_person, minutes

RULES = NightRules()


def a_night(worked_minutes=90, **person):
    """The night of NIGHT, in which somebody says that they worked so long."""
    night = begun("n-1", a_person(**person), NIGHT, "payments", "r1")
    return worked(night, NIGHT, by="ana", via="sms", minutes=worked_minutes)[0]


def propose(now=NIGHT, rules=RULES, **fields):
    """Propose what it earns."""
    return proposed(a_night(**fields), now, rules, ("dora",), "r2")[0]


def at(hour, minute=0, zone=BERLIN):
    """A time of the morning after."""
    return datetime(2026, 1, 7, hour, minute, tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(("count", "earned"), [(0, False), (60, False), (61, True), (600, True)])
def test_more_than_an_hour_earns_a_rest(count, earned):
    """An hour sharp does not."""
    assert is_earned(a_night(count), RULES) is earned
    assert not is_earned(a_night(count), replace(RULES, rest=RestKind.NONE))


def test_the_next_morning_is_off_on_the_clock_of_whoever_rests():
    """From six, when nobody has answered, until noon."""
    grant = propose().grant
    assert (grant.provisional_at, grant.start, grant.end) == (at(6), at(6), at(12))
    assert grant.rule == "more than 1h of work in one night: the morning off until 12:00"
    assert grant.plan_revision == "r2"

    there = propose(zone=LISBON).grant
    assert (there.provisional_at, there.end) == (at(6, zone=LISBON), at(12, zone=LISBON))


def test_what_is_proposed_later_begins_then():
    """And where the morning is over already, half a day is owed at another time."""
    late = propose(now=at(8)).grant
    assert (late.kind, late.provisional_at, late.start, late.end) == (RestKind.MORNING, at(8), at(8), at(12))

    too_late = propose(now=at(13)).grant
    assert (too_late.kind, too_late.start, too_late.end) == (RestKind.HALF_DAY, None, None)


def test_where_nothing_is_provisional_the_night_is_slept_out():
    """An approval at four puts nobody on call before the night is over."""
    grant = propose(rules=replace(RULES, provisional_from=None)).grant

    assert (grant.provisional_at, grant.start, grant.end) == (None, at(7), at(12))


def test_hours_of_rest_count_from_the_last_thing_that_is_known():
    """Eleven hours after the phone rang at half past two, where no act was seen."""
    grant = propose(rules=replace(RULES, rest=RestKind.HOURS)).grant

    assert grant.end == NIGHT + timedelta(hours=11)
    assert grant.rule.endswith("hours of rest: 11h from the last act")


@pytest.mark.parametrize("kind", [RestKind.HALF_DAY, RestKind.PAY])
def test_half_a_day_and_pay_have_no_time(kind):
    """They are for the payroll."""
    grant = propose(rules=replace(RULES, rest=kind)).grant

    assert (grant.kind, grant.start, grant.end) == (kind, None, None)


def test_a_morning_on_the_day_clocks_change_ends_at_noon_there():
    """Six and twelve are wall times; between them are five hours, six or seven."""
    spring = datetime(2026, 3, 29, 1, tzinfo=BERLIN)
    night = begun("n-1", a_person(night=replace(a_person().night, start=time(22), end=time(7))), spring, "t", "r")
    night = worked(night, spring, by="ana", via="sms", minutes=90)[0]
    grant = proposed(night, spring, replace(RULES, provisional_from=time(1, 30)), (), "r2")[0].grant

    assert grant.end - grant.start == timedelta(hours=9, minutes=30)


def test_what_nobody_decided_goes_by_itself():
    """When the work turns out to be less; a person's word stays."""
    night = propose()
    less = worked(night, NIGHT, by="ana", via="sms", minutes=20)[0]
    approved = decided(less, NIGHT, GrantStatus.APPROVED, by="dora", via="sms")[0]

    assert must_be_withdrawn(less, RULES)
    assert not must_be_withdrawn(approved, RULES)
    gone = decided(less, NIGHT, GrantStatus.WITHDRAWN, by="", via="")[0]
    assert not must_be_proposed(gone, RULES)
    assert must_be_proposed(worked(gone, NIGHT, by="ana", via="sms", minutes=90)[0], RULES)


def test_what_a_person_withdrew_or_declined_is_not_proposed_anew():
    """Else the ledger would argue."""
    for status in (GrantStatus.WITHDRAWN, GrantStatus.DECLINED):
        night = decided(propose(), NIGHT, status, by="dora", via="cli", why="x")[0]
        assert not must_be_proposed(night, RULES)


ALLOWED = {
    ("proposed", "provisional"),
    ("proposed", "approved"),
    ("proposed", "declined"),
    ("proposed", "withdrawn"),
    ("provisional", "approved"),
    ("provisional", "declined"),
    ("provisional", "withdrawn"),
    ("approved", "withdrawn"),
    ("declined", "approved"),
}


@pytest.mark.parametrize("before", GrantStatus)
@pytest.mark.parametrize("after", GrantStatus)
def test_what_may_become_of_a_rest(before, after):
    """Nothing else: the rest raises and changes nothing."""
    grant = replace(propose().grant, status=before)

    if (before.value, after.value) in ALLOWED:
        must_follow(grant, after)
    else:
        with pytest.raises(IllegalTransition, match=f"is {before.value} already"):
            must_follow(grant, after)


def test_a_rest_that_is_approved_late_begins_then():
    """And says who approved it."""
    night, [entry] = decided(propose(), at(9), GrantStatus.APPROVED, by="dora", via="sms")

    assert (night.grant.start, night.grant.decided_by, night.grant.is_in_force) == (at(9), "dora", True)
    assert (entry.kind, entry.details["by"]) == ("rest.approved", "dora")


def test_the_clock_of_a_rest():
    """While it is proposed for its hour, until a lead who slept is texted, and then no more."""
    night = propose()
    asked = replace(night.grant, remind_at=NIGHT + minutes(30))

    assert night.grant.due == at(6)
    assert asked.due == NIGHT + minutes(30)
    assert replace(asked, status=GrantStatus.PROVISIONAL).due == NIGHT + minutes(30)
    assert replace(asked, status=GrantStatus.APPROVED).due is None
