from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pagerd.core.business_days import CalendarRules
from pagerd.core.oncall.ahead import Ahead
from pagerd.core.oncall.planned import planned_shares, sharings_of
from tests.builders import a_plan

START = datetime(2026, 1, 12, 8, tzinfo=UTC)
WEEKS_3 = timedelta(weeks=3)


def test_one_row_for_each_person_with_all_there_is():
    """Rounded for people; a burden that nobody has is nought."""
    plan = a_plan()
    rows = planned_shares(plan, Ahead(plan.book, START, START + WEEKS_3), ["payments-primary", "platform-primary"])

    assert [(one["schedule"], one["person"]) for one in rows] == [
        ("payments-primary", "ana"),
        ("payments-primary", "ben"),
        ("payments-primary", "cho"),
    ]
    assert rows[0] == {
        "schedule": "payments-primary",
        "layer": "layer 1",
        "person": "ana",
        "nights": 7.0,
        "nights_equal": 7.0,
        "weekend_days": 2.0,
        "weekend_days_equal": 2.0,
        "holidays": 0.0,
        "holidays_equal": 0.0,
    }


def test_the_holidays_are_those_of_the_schedules_team():
    """Everybody's, and its own."""
    plan = a_plan()
    rules = CalendarRules(
        holidays={date(2026, 1, 14): "everybody's"},
        own_holidays={"payments": {date(2026, 1, 28): "theirs"}, "platform": {date(2026, 1, 20): "others'"}},
    )
    plan = replace(plan, incidents=replace(plan.incidents, calendar=rules))
    found = sharings_of(plan, Ahead(plan.book, START, START + WEEKS_3), plan.book.schedules["payments-primary"])

    (of_holidays,) = (one for one in found if one.burden == "holidays")
    assert sorted(share.has for share in of_holidays.shares) == [0.0, 1.0, 1.0]
