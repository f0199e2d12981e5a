"""The shares of a plan's schedules: whose holidays count, and one row for each person, as every face shows them."""

from collections.abc import Iterable
from typing import TypedDict

from pagerd.core.oncall.ahead import Ahead
from pagerd.core.oncall.fairness import Burden, PersonShares, Sharing, by_person, holidays, sharings
from pagerd.core.oncall.schedule import Schedule
from pagerd.core.plan import Plan


class PersonShare(TypedDict):
    """What one person has of one layer of a schedule, and what an equal share of it would be."""

    schedule: str
    layer: str
    person: str
    nights: float
    nights_equal: float
    weekend_days: float
    weekend_days_equal: float
    holidays: float
    holidays_equal: float


def sharings_of(plan: Plan, ahead: Ahead, schedule: Schedule) -> tuple[Sharing, ...]:
    """Return how a schedule's nights, weekends and its team's holidays are shared."""
    calendar = plan.calendar_of(schedule.team)
    days_off = holidays(calendar.holidays, calendar.zone, *ahead.span)
    return sharings(ahead, schedule, plan.people, days_off)


def planned_shares(plan: Plan, ahead: Ahead, schedules: Iterable[str]) -> list[PersonShare]:
    """Return one row for each person of each layer, in the order of turns."""
    found = (sharings_of(plan, ahead, plan.book.schedules[name]) for name in schedules)
    return [_row(one) for each in found for one in by_person(each)]


def _row(one: PersonShares) -> PersonShare:
    has = {burden: round(one.has.get(burden, 0.0), 2) for burden in Burden}
    equal = {burden: round(one.equal.get(burden, 0.0), 2) for burden in Burden}
    return {
        "schedule": one.schedule,
        "layer": one.layer,
        "person": one.person,
        "nights": has[Burden.NIGHTS],
        "nights_equal": equal[Burden.NIGHTS],
        "weekend_days": has[Burden.WEEKENDS],
        "weekend_days_equal": equal[Burden.WEEKENDS],
        "holidays": has[Burden.HOLIDAYS],
        "holidays_equal": equal[Burden.HOLIDAYS],
    }
