"""When somebody is reminded of an action item, and who that is.

Two days before it is due (on Friday, where that is on a weekend), on the day, and every week after, until it is
verified or dropped, however long ago its incident was closed. Never at night, and never in a drill: the reminder waits
for the hours in which its owner works.
What was missed while pagerd was down is one reminder, not many.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.actions.item import ActionItem, ActionStatus
from pagerd.core.actions.rules import ActionRules
from pagerd.core.hours import next_opening
from pagerd.core.incidents.errand import known_team
from pagerd.core.membership import teams_of
from pagerd.core.oncall.wall import instant
from pagerd.core.paging.escalation import find_all
from pagerd.core.people import Person
from pagerd.core.plan import BusinessHours, Plan

WEEK = timedelta(days=7)

LEADS = ("team_lead", "platform_lead")
"""Who answers for what a team does not do: the first of these that is somebody."""

_STEP = timedelta(minutes=30)
_STEPS_MAX = 2 * 24 * 14
"""How far ahead an hour is looked for at which somebody works and is awake: two weeks have one, or nothing has."""


@dataclass(frozen=True, slots=True)
class Clock:
    """By whose clock somebody is reminded: when their team works, in their own zone."""

    hours: BusinessHours
    zone: ZoneInfo
    person: Person | None

    def first_hour(self, at: datetime) -> datetime:
        """Return the first instant from `at` on at which they work and are awake."""
        found = next_opening(self.hours, self.zone, at)
        for _ in range(_STEPS_MAX):
            if self.person is None or not self.person.sleeps_at(found):
                return found
            found = next_opening(self.hours, self.zone, found + _STEP)
        return found  # whoever works by night alone is told then: by mail, which wakes nobody


def clock_of(item: ActionItem, plan: Plan, who: str | None = None) -> Clock:
    """Return the clock of an item's owner, or of somebody else who hears of it.

    A person has their own zone and their team's hours; without a person they are those of the team that owns it.
    """
    name = who if who is not None else item.terms.owner
    person = plan.people.get(name)
    if person is None:
        team = plan.teams.get(name) or known_team(plan, item.team)
        return Clock(team.hours, team.zone, None)
    teams = teams_of(plan, name)
    team = teams[0] if teams else known_team(plan, item.team)
    return Clock(team.hours, person.zone, person)


def next_reminder(item: ActionItem, plan: Plan, now: datetime) -> datetime | None:
    """Return when somebody is reminded next, later than now; None for what is over, or was only played."""
    if not item.is_unfinished or item.is_drill:
        return None
    clock, rules = clock_of(item, plan), plan.incidents.actions
    today = now.astimezone(clock.zone).date()
    for day in _days(item, clock, rules, today):
        at = clock.first_hour(instant(datetime.combine(day, time(0)), clock.zone))
        if at > now:
            return at
    raise AssertionError(f"action {item.number}: there is always another week")


def _days(item: ActionItem, clock: Clock, rules: ActionRules, today: date) -> list[date]:
    """Return the days on which it is spoken of, from about today on, in order."""
    due = item.terms.due
    # Without a day it is asked for one each week.
    first = due if due is not None else item.opened_at.astimezone(clock.zone).date() + WEEK
    weeks = max((today - first) // WEEK, 0)
    later = [first + WEEK * count for count in range(weeks, weeks + 4)]
    return [_last_working_day(first - rules.remind_before, clock.hours), *later] if due is not None else later


def _last_working_day(day: date, hours: BusinessHours) -> date:
    """Return a day, or the last one before it on which there is still time to do something."""
    return next(one for one in (day - timedelta(days=back) for back in range(7)) if one.weekday() in hours.weekdays)


def is_long_overdue(item: ActionItem, plan: Plan, now: datetime) -> bool:
    """Has it been overdue for so long that whoever leads the team must know?"""
    due = item.terms.due
    today = now.astimezone(clock_of(item, plan).zone).date()
    return item.is_unfinished and due is not None and today - due >= plan.incidents.actions.lead_after


def people_for(item: ActionItem, plan: Plan, now: datetime) -> tuple[str, ...]:
    """Return who is reminded: its owner, and the lead as well where it has no owner, or is overdue for long.

    What is done and waits for a person's word is told to the lead too, because its owner cannot give that word.
    """
    owner = item.terms.owner
    owners: tuple[str, ...] = (owner,) if owner in plan.people else ()
    if owner in plan.teams:
        owners = _first(plan, owner, ("team_lead", "primary"), now)
    waits_for_word = item.status is ActionStatus.DONE and not item.verification.is_checked
    if not owners or waits_for_word or is_long_overdue(item, plan, now):
        return tuple(dict.fromkeys((*owners, *_first(plan, item.team, LEADS, now))))
    return owners


def _first(plan: Plan, team: str, targets: tuple[str, ...], now: datetime) -> tuple[str, ...]:
    for target in targets:
        found = find_all(plan, team, (target,), now)
        if found:
            return (found[0].person,)
    return ()


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
    return (now + rule).astimezone(zone).date() if rule is not None else None
