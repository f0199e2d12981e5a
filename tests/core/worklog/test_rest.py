"""What a night earns, and what may become of it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from pagerd.core.errors import IllegalTransition
from pagerd.core.worklog.grant import Cover, GrantStatus, must_follow
from pagerd.core.worklog.rest import decided, is_earned, lengthened, must_be_proposed, must_be_withdrawn, proposed
from pagerd.core.worklog.rules import MissedHours, NightRules, RestKind, RestMode, WorkingDay
from pagerd.core.worklog.worked import at_work, begun, worked
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


def rested(rules, day, *work):
    """Propose what a night earns that begins on a day of January, of a person at work from one wall time to another."""
    zone = BERLIN
    night = begun("n-1", a_person(), datetime(2026, 1, day, 23, tzinfo=zone), "payments", "r1")
    for since, until in work:
        night = at_work(night, datetime(2026, 1, *since, tzinfo=zone), datetime(2026, 1, *until, tzinfo=zone), 7)
    assert is_earned(night, rules)
    return proposed(night, night.end - minutes(60), rules, (), "r1")[0].grant


def in_january(day, hour, minute=0):
    """A wall time in Berlin."""
    return datetime(2026, 1, day, hour, minute, tzinfo=BERLIN)


OFFICE_DAY = WorkingDay(weekdays=frozenset(range(5)), start=time(9), end=time(18))
HOURS = NightRules(rest=RestKind.HOURS, rest_after=timedelta(0), working_day=OFFICE_DAY)


def test_in_france_eleven_hours_begin_anew_after_each_intervention():
    """The day ends at 18:00, an intervention goes from 03:00 to 04:00: nobody works before 15:00."""
    grant = rested(HOURS, 6, ((7, 3), (7, 4)))

    assert grant.end == in_january(7, 15)
    assert grant.missed_minutes == 6 * 60


def test_in_france_work_on_a_sunday_earns_the_weekly_rest_anew():
    """Work until Sunday 02:00 is followed by 35 hours: nobody works before Monday 13:00."""
    rules = replace(HOURS, weekly_rest=timedelta(hours=35))
    grant = rested(rules, 10, ((11, 1), (11, 2)))

    assert grant.end == in_january(12, 13)
    assert grant.missed_minutes == 4 * 60
    assert rested(rules, 6, ((7, 3), (7, 4))).end == in_january(7, 15)


GERMAN_DAY = WorkingDay(weekdays=frozenset(range(5)), start=time(8), end=time(16, 30))


@pytest.mark.parametrize(
    ("mode", "missed", "end", "minutes_missed", "words"),
    [
        (
            RestMode.RESTART,
            MissedHours.PAID,
            (7, 13),
            300,
            "11h from the last act; what is missed",
        ),
        (RestMode.RESTART, MissedHours.MADE_UP, (7, 13), 300, "made up"),
        (RestMode.RESUME, MissedHours.PAID, (7, 6, 30), 0, "11h from 16:30 on, without the work"),
    ],
)
def test_the_dispute_in_germany_comes_out_as_each_side_has_it(mode, missed, end, minutes_missed, words):
    """The day ends at 16:30, a call at 23:00 takes three hours.

    Who restarts the rest begins at 13:00, and misses five hours that are paid or made up; who resumes it has had six
    hours and a half, and begins at eight as ever.
    """
    rules = replace(HOURS, working_day=GERMAN_DAY, rest_mode=mode, missed_hours=missed)
    grant = rested(rules, 6, ((6, 23), (7, 2)))

    assert (grant.end, grant.missed_minutes) == (in_january(*end), minutes_missed)
    assert words in grant.rule


def test_any_use_restarts_the_rest_where_no_work_is_allowed():
    """One act has no length, and is one all the same; where a person said that there was none, there was none."""
    assert rested(HOURS, 6, ((7, 3), (7, 3))).end == in_january(7, 14)

    night = begun("n-1", a_person(), NIGHT, "payments", "r1")
    acted_once = at_work(night, NIGHT, NIGHT, 7)
    assert not is_earned(night, HOURS)
    assert not is_earned(worked(acted_once, NIGHT, by="ana", via="sms", minutes=0)[0], HOURS)
    assert not is_earned(acted_once, replace(HOURS, rest_after=minutes(5)))


def test_eleven_hours_are_eleven_also_in_the_night_of_25_hours():
    """Clocks go back at three: the rest is counted as it passes, and what is missed by the wall."""
    night = begun("n-1", a_person(), datetime(2026, 10, 24, 23, tzinfo=BERLIN), "payments", "r1")
    night = at_work(night, night.start, night.end - minutes(1), 7)
    grant = proposed(night, night.end, HOURS, (), "r1")[0].grant

    assert night.seen_minutes == 10 * 60 - 1
    assert grant.end - (night.end - minutes(1)) == timedelta(hours=11)


def test_a_rest_of_hours_moves_with_work_that_goes_on():
    """Quietly while it is proposed, with a line once it is in force; back it never moves, and mornings do not move."""
    night = at_work(at_work(a_night(0), NIGHT, NIGHT, 7), NIGHT, NIGHT + minutes(70), 7)
    night = replace(night, said=())
    night = proposed(night, NIGHT + minutes(70), HOURS, (), "r1")[0]
    assert lengthened(night, NIGHT, HOURS) is None

    later = at_work(night, NIGHT, NIGHT + minutes(100), 7)
    moved, entries = lengthened(later, NIGHT, HOURS)
    assert (moved.grant.end, entries) == (NIGHT + minutes(100) + timedelta(hours=11), ())
    in_force = replace(later, grant=replace(later.grant, status=GrantStatus.APPROVED))
    [entry] = lengthened(in_force, NIGHT, HOURS)[1]
    assert entry.kind == "rest.longer"
    declined = replace(later, grant=replace(later.grant, status=GrantStatus.DECLINED))
    assert lengthened(declined, NIGHT, HOURS) is None
    assert lengthened(replace(later, grant=replace(later.grant, end=NIGHT + timedelta(days=2))), NIGHT, HOURS) is None
    assert lengthened(replace(later, grant=None), NIGHT, HOURS) is None
    assert lengthened(propose(), NIGHT, RULES) is None


def test_a_night_comes_up_for_its_question_or_its_rest():
    """Whichever is first; one without either waits for people alone."""
    night = replace(a_night(), ask_at=at(7))
    waiting = replace(night, grant=propose().grant)

    assert (night.due, replace(night, ask_at=None).due) == (at(7), None)
    assert waiting.due == at(6)
    assert replace(waiting, ask_at=NIGHT + minutes(5)).due == NIGHT + minutes(5)


def test_whoever_covers_twice_is_named_once():
    """By name, whatever the order of the shifts."""
    by_cho, by_ben = (Cover(schedule="primary", start=NIGHT, end=at(9), people=(one,)) for one in ("cho", "ben"))

    assert replace(propose().grant, covers=(by_cho, by_ben, by_cho)).covering == ("ben", "cho")
