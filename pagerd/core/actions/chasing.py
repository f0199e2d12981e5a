"""When somebody is reminded of an action item, and who that is.

Two days before it is due (on Friday, where that is on a weekend), on the day, and every week after, until it is
verified or dropped, however long ago its incident was closed. Never at night or on a holiday, and never in a drill: the
reminder waits for the hours in which its owner works.
What was missed while pagerd was down is one reminder, not many.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.actions.item import ActionItem, ActionStatus
from pagerd.core.actions.rules import ActionRules
from pagerd.core.hours import next_opening
from pagerd.core.incidents.errand import known_team
from pagerd.core.membership import teams_of
from pagerd.core.oncall.wall import clock, instant
from pagerd.core.paging.escalation import find_all
from pagerd.core.people import Person
from pagerd.core.plan import BusinessHours, Plan, Team

WEEK = timedelta(days=7)

LEADS = ("team_lead", "platform_lead")
"""Who answers for what a team does not do: the first of these that is somebody."""

_LOOKED_BACK = 14
"""Days in which there is one of work before a day that is none: nobody has longer holidays in a calendar."""

_STEP = timedelta(minutes=30)
_STEPS_MAX = 2 * 24 * 14
"""How far ahead an hour is looked for at which somebody works and is awake: two weeks have one, or nothing has."""


@dataclass(frozen=True, slots=True)
class Clock:
    """By whose clock somebody is reminded: when their team works, in their own zone."""

    hours: BusinessHours
    zone: ZoneInfo
    holidays: Collection[date]
    person: Person | None

    def is_working_day(self, day: date) -> bool:
        """Does their team work on a day?"""
        return day.weekday() in self.hours.weekdays and day not in self.holidays

    def first_hour(self, at: datetime) -> datetime:
        """Return the first instant from `at` on at which they work and are awake."""
        found = next_opening(self.hours, self.zone, at)
        for _ in range(_STEPS_MAX):
            if not self._is_left_alone(found):
                return found
            found = next_opening(self.hours, self.zone, found + _STEP)
        return found  # whoever works by night alone is told then: by mail, which wakes nobody

    def _is_left_alone(self, at: datetime) -> bool:
        is_holiday = at.astimezone(self.zone).date() in self.holidays
        return is_holiday or (self.person is not None and self.person.sleeps_at(at))


def clock_of(item: ActionItem, plan: Plan, who: str | None = None) -> Clock:
    """Return the clock of an item's owner, or of somebody else who hears of it.

    A person has their own zone and their team's hours; without a person they are those of the team that owns it.
    """
    name = who if who is not None else item.terms.owner
    person = plan.people.get(name)
    if person is None:
        team = plan.teams.get(name) or known_team(plan, item.team)
        return _clock(plan, team, team.zone, None)
    teams = teams_of(plan, name)
    return _clock(plan, teams[0] if teams else known_team(plan, item.team), person.zone, person)


def _clock(plan: Plan, team: Team, zone: ZoneInfo, person: Person | None) -> Clock:
    return Clock(team.hours, zone, plan.calendar_of(team.id).holidays.keys(), person)


def next_reminder(item: ActionItem, plan: Plan, now: datetime) -> datetime | None:
    """Return when somebody is reminded next, later than now; None for what is over, or was only played."""
    if not item.is_unfinished or item.is_drill:
        return None
    theirs, rules = clock_of(item, plan), plan.incidents.actions
    today = now.astimezone(theirs.zone).date()
    hours = (
        theirs.first_hour(instant(datetime.combine(day, time(0)), theirs.zone))
        for day in _days(item, theirs, rules, today)
    )
    return next(at for at in hours if at > now)  # there is always another week


def _days(item: ActionItem, theirs: Clock, rules: ActionRules, today: date) -> list[date]:
    """Return the days on which it is spoken of, from about today on, in order."""
    due = item.terms.due
    # Without a day it is asked for one each week.
    first = due if due is not None else item.opened_at.astimezone(theirs.zone).date() + WEEK
    weeks = max((today - first) // WEEK, 0)
    later = [first + WEEK * count for count in range(weeks, weeks + 4)]
    return [_last_working_day(first - rules.remind_before, theirs), *later] if due is not None else later


def _last_working_day(day: date, theirs: Clock) -> date:
    """Return a day, or the last one before it on which there is still time to do something."""
    days = (day - timedelta(days=back) for back in range(_LOOKED_BACK))
    return next(filter(theirs.is_working_day, days), day)


def is_long_overdue(item: ActionItem, plan: Plan, now: datetime) -> bool:
    """Has it been overdue for so long that whoever leads the team must know?"""
    due, today = item.terms.due, today_of(item, plan, now)
    return item.is_unfinished and due is not None and today - due >= plan.incidents.actions.lead_after


def today_of(item: ActionItem, plan: Plan, at: datetime) -> date:
    """Return the day that it is for its owner: what is due on a day may be verified until that day ends there."""
    return at.astimezone(clock_of(item, plan).zone).date()


def people_for(item: ActionItem, plan: Plan, now: datetime) -> tuple[str, ...]:
    """Return who is reminded: its owner, and the lead as well where it has no owner, or is overdue for long.

    What is done and waits for a person's word is told to the lead too, because its owner cannot give that word. A lead
    who owns it, or did it, is no second person: then it is the next one.
    """
    owner = item.terms.owner
    owners: tuple[str, ...] = (owner,) if owner in plan.people else ()
    if owner in plan.teams:
        owners = _first(plan, owner, ("team_lead", "primary"), now)
    waits_for_word = item.status is ActionStatus.DONE and not item.verification.is_checked
    if not owners or waits_for_word or is_long_overdue(item, plan, now):
        return (*owners, *_first(plan, item.team, LEADS, now, but=(*owners, item.done_by)))
    return owners


def _first(
    plan: Plan, team: str, targets: tuple[str, ...], now: datetime, *, but: Collection[str | None] = ()
) -> tuple[str, ...]:
    """Return the first person behind these targets who is none of `but`."""
    return next(((one.person,) for one in find_all(plan, team, targets, now) if one.person not in but), ())


def words(item: ActionItem, now: datetime, zone: ZoneInfo) -> str:
    """Say of an item what somebody is reminded of, in one sentence for a text or a mail."""
    due, name = item.terms.due, f"Action {item.number} of incident {item.incident}"
    if item.status is ActionStatus.DONE:
        waits = "pagerd looks each day" if item.verification.is_checked else "somebody else must look"
        how = item.terms.verification
        return f"{name} is done and not verified, {waits} ({how}): {item.terms.title}. pagerd action show {item.number}"
    if due is None:
        day = "has no day by which it is due"
    else:
        left = (due - now.astimezone(zone).date()).days
        day = f"is due {_in_days(left)}" if left >= 0 else f"is overdue since {due.isoformat()}"
    begun = "" if item.status is ActionStatus.STARTED else ", not begun"
    return f"{name} {day}{begun}: {item.terms.title}. pagerd action show {item.number}"


def _in_days(count: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(count, f"in {count} days")


def due_again(item: ActionItem, rule: timedelta | None, now: datetime, zone: ZoneInfo) -> date | None:
    """Return by when an item that is open again is to be verified: by its day, or, where that is over, by a new one."""
    today, due = now.astimezone(zone).date(), item.terms.due
    return due if due is not None and due >= today else default_due(rule, now, zone)


def default_due(rule: timedelta | None, now: datetime, zone: ZoneInfo) -> date | None:
    """Return the day by which the severity wants it verified; None where it wants nothing."""
    return (clock(now, zone) + rule).date() if rule is not None else None
