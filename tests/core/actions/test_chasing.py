"""When somebody is reminded of an action item, and who: by their own clock, never at night."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.actions.chasing import default_due, due_again, next_reminder, people_for, words
from pagerd.core.actions.item import ActionItem, ActionStatus
from pagerd.core.actions.terms import Terms
from pagerd.core.business_days import CalendarRules
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.people import Night
from tests.builders import BERLIN, a_plan

MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=BERLIN)


def at(day, clock="09:00", zone=BERLIN):
    """Return an instant by its day and clock."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), zone).astimezone(UTC)


def an_item(due="2026-01-22", owner="ben", **fields):
    """Return an item with a day."""
    terms = Terms(title="a pool", owner=owner, due=date.fromisoformat(due) if due else None, verification="a drill")
    item = ActionItem(id="a-1", number=1, incident=1, team="payments", terms=terms, opened_at=MONDAY, opened_by="ana")
    return replace(item, **fields)


def reminders(item, count, plan=None, start=MONDAY):
    """Return the next instants at which it is spoken of."""
    found, now = [], start
    for _ in range(count):
        now = next_reminder(item, plan or a_plan(), now)
        found.append(now)
    return found


def test_two_days_before_on_the_day_and_every_week_after():
    """At the hour at which the owner's team begins to work."""
    expected = [at("2026-01-20"), at("2026-01-22"), at("2026-01-29"), at("2026-02-05"), at("2026-02-12")]

    assert reminders(an_item(), 5) == expected


def test_a_weekend_is_no_time_to_be_reminded():
    """What is due on Sunday is spoken of on Friday, while there is time, and on Monday, when it is late."""
    assert reminders(an_item("2026-01-25"), 3) == [at("2026-01-23"), at("2026-01-26"), at("2026-02-02")]


def test_a_holiday_is_no_time_either():
    """Two days before is a holiday, so it is the working day before that; the day itself is one, so it is the next."""
    holidays = {date(2026, 1, 20): "a day off", date(2026, 1, 22): "another one"}
    for calendar in (CalendarRules(holidays=holidays), CalendarRules(own_holidays={"payments": holidays})):
        plan = a_plan(incidents=IncidentRules(calendar=calendar))

        assert reminders(an_item(), 3, plan) == [at("2026-01-19"), at("2026-01-23"), at("2026-01-29")]


def test_days_off_without_end_keep_nobody_from_being_reminded():
    """Where a calendar has no day of work before it, the day is the one that it is, and the hour the last one tried."""
    holidays = {date(2026, 1, 1) + timedelta(days=ahead): "closed" for ahead in range(200)}
    plan = a_plan(incidents=IncidentRules(calendar=CalendarRules(holidays=holidays)))

    assert next_reminder(an_item(), plan, MONDAY) is not None


def test_one_without_a_day_is_asked_for_one_each_week():
    """It is no way out to leave the day open."""
    assert reminders(an_item(due=None), 2) == [at("2026-01-12"), at("2026-01-19")]


def test_what_was_missed_is_one_reminder():
    """After a long silence the next one comes, not all of them."""
    assert reminders(an_item(), 2, start=at("2026-03-02")) == [at("2026-03-05"), at("2026-03-12")]


@pytest.mark.parametrize("item", [an_item(status=ActionStatus.VERIFIED), an_item(status=ActionStatus.DROPPED)])
def test_what_is_over_is_not_spoken_of(item):
    """Neither verified nor dropped."""
    assert next_reminder(item, a_plan(), MONDAY) is None


def test_a_drill_reminds_nobody():
    """Nobody mends what was only played."""
    assert next_reminder(an_item(is_drill=True), a_plan(), MONDAY) is None


def test_a_person_is_reminded_by_their_own_clock():
    """The hours are their team's, the zone is theirs."""
    plan = a_plan()
    tokyo = ZoneInfo("Asia/Tokyo")
    plan = replace(plan, people={**plan.people, "ben": replace(plan.people["ben"], zone=tokyo)})

    assert reminders(an_item(), 1, plan) == [at("2026-01-20", "09:00", tokyo)]


def test_whoever_sleeps_in_the_morning_is_not_woken():
    """Their night ends, and then they hear of it."""
    plan = a_plan()
    late = replace(plan.people["ben"], night=Night(time(3), time(11)))

    assert reminders(an_item(), 1, replace(plan, people={**plan.people, "ben": late})) == [at("2026-01-20", "11:00")]


def test_whoever_is_awake_by_night_alone_still_hears_of_it():
    """By mail, which wakes nobody: a search that finds no hour ends."""
    plan = a_plan()
    owl = replace(plan.people["ben"], night=Night(time(6), time(22)))
    found = next_reminder(an_item(), replace(plan, people={**plan.people, "ben": owl}), MONDAY)

    assert found is not None


def test_the_owner_is_told():
    """And nobody else, while there is time."""
    assert people_for(an_item(), a_plan(), MONDAY) == ("ben",)


def test_a_team_is_told_by_its_lead():
    """A team has no mailbox of its own that anybody must read."""
    assert people_for(an_item(owner="payments"), a_plan(), MONDAY) == ("dora",)


@pytest.mark.parametrize(
    ("now", "people"), [("2026-02-04", ("ben",)), ("2026-02-05", ("ben", "dora")), ("2026-03-05", ("ben", "dora"))]
)
def test_the_lead_hears_of_what_is_overdue_for_long(now, people):
    """Two weeks after the day, and not before."""
    assert people_for(an_item(), a_plan(), at(now)) == people


@pytest.mark.parametrize("owner", ["", "somebody-who-left"])
def test_what_nobody_owns_is_the_leads(owner):
    """Somebody must give it to somebody."""
    assert people_for(an_item(owner=owner), a_plan(), MONDAY) == ("dora",)


@pytest.mark.parametrize(
    ("item", "now", "people"),
    [
        (an_item(owner="dora", status=ActionStatus.DONE), MONDAY, ("dora", "eva")),
        (an_item(status=ActionStatus.DONE, done_by="dora"), MONDAY, ("ben", "eva")),
        (an_item(owner="dora"), at("2026-02-05"), ("dora", "eva")),
        (an_item(owner="dora"), MONDAY, ("dora",)),
    ],
    ids=["done, and the lead's", "done by the lead", "overdue, and the lead's", "in time"],
)
def test_a_lead_who_owns_or_did_it_is_no_second_person(item, now, people):
    """Then the lead of the platform hears of it: somebody else must."""
    assert people_for(item, a_plan(), now) == people


def test_where_there_is_nobody_else_nobody_else_hears():
    """A lead who owns it in a plan without another lead is told alone."""
    assert people_for(an_item(owner="dora", status=ActionStatus.DONE), a_plan(roles={}), MONDAY) == ("dora",)


def test_the_lead_hears_of_what_waits_for_somebody_elses_word():
    """The owner cannot give it; where pagerd looks by itself nobody need."""
    done = an_item(status=ActionStatus.DONE)
    looked = replace(done, terms=replace(done.terms, verification="rule: PoolFull"))

    assert people_for(done, a_plan(), MONDAY) == ("ben", "dora")
    assert people_for(looked, a_plan(), MONDAY) == ("ben",)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (
            an_item("2026-01-07"),
            "Action 1 of incident 1 is due in 2 days, not begun: a pool. pagerd action show 1",
        ),
        (
            an_item("2026-01-06"),
            "Action 1 of incident 1 is due tomorrow, not begun: a pool. pagerd action show 1",
        ),
        (
            an_item("2026-01-05", status=ActionStatus.STARTED),
            "Action 1 of incident 1 is due today: a pool. pagerd action show 1",
        ),
        (
            an_item("2026-01-01", status=ActionStatus.STARTED),
            "Action 1 of incident 1 is overdue since 2026-01-01: a pool. pagerd action show 1",
        ),
        (
            an_item(due=None),
            "Action 1 of incident 1 has no day by which it is due, not begun: a pool. pagerd action show 1",
        ),
        (
            an_item(status=ActionStatus.DONE),
            (
                "Action 1 of incident 1 is done and not verified, somebody else must look (a drill): a pool."
                " pagerd action show 1"
            ),
        ),
    ],
)
def test_what_is_said(item, said):
    """One sentence: which, how late, what, and where to look."""
    assert words(item, MONDAY, BERLIN) == said


@pytest.mark.parametrize(
    ("due", "expected"), [("2026-01-05", "2026-01-05"), ("2026-01-04", "2026-01-20"), (None, "2026-01-20")]
)
def test_what_is_open_again_has_a_day_that_is_not_over(due, expected):
    """Its own, while that lies ahead; else as many days as its severity gives."""
    found = due_again(an_item(due), timedelta(days=15), MONDAY, BERLIN)

    assert found == date.fromisoformat(expected)


def test_a_fortnight_is_fourteen_days_also_when_the_clocks_change():
    """On 2026-03-29 Berlin has 23 hours: half past eleven at night two weeks before is the 15th all the same."""
    late = at("2026-03-15", "23:30")

    assert default_due(timedelta(days=14), late, BERLIN) == date(2026, 3, 29)
    assert default_due(None, late, BERLIN) is None


def test_an_item_comes_up_for_its_reminder_or_its_check():
    """Whichever is first; one without either waits for people alone."""
    item = an_item(remind_at=at("2026-01-20"), check_at=at("2026-01-21"))

    assert item.due == at("2026-01-20")
    assert replace(item, remind_at=None).due == at("2026-01-21")
    assert replace(item, remind_at=None, check_at=None).due is None
