"""`calendar` in rules/incidents.yaml."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.business_days import CalendarRules
from tests.config.files import COMPANY, loaded

FILE = "rules/incidents.yaml"


def calendar_with(lines):
    """Return the calendar that a file with these lines comes to."""
    found = loaded({**COMPANY, FILE: lines})
    assert found.plan is not None, found.findings
    return found.plan.incidents.calendar


def test_without_it_each_team_works_as_it_does():
    """No file, an empty file and an empty calendar mean the same."""
    assert loaded(COMPANY).plan.incidents.calendar == CalendarRules()
    assert calendar_with("") == CalendarRules()
    assert calendar_with("calendar: {}\n") == CalendarRules()


def test_everything_can_be_written():
    """Each key reaches its field."""
    lines = """\
calendar:
  hours: mon-thu 08:00-18:00
  zone: Europe/Lisbon
  holidays:
    2026-12-25: Christmas Day
    2027-01-01: New Year
  team_holidays:
    payments: {2026-06-04: Corpus Christi}
"""

    assert calendar_with(lines) == CalendarRules(
        weekdays=frozenset({0, 1, 2, 3}),
        start=time(8),
        end=time(18),
        zone=ZoneInfo("Europe/Lisbon"),
        holidays={date(2026, 12, 25): "Christmas Day", date(2027, 1, 1): "New Year"},
        own_holidays={"payments": {date(2026, 6, 4): "Corpus Christi"}},
    )


@pytest.mark.parametrize(
    ("lines", "finding", "line"),
    [
        ("calendar:\n  hours: mon-fri\n", "E014", 2),
        ("calendar:\n  holidays:\n    2026-02-30: a day that is not\n", "E013", 3),
        ("calendar:\n  holidays:\n    2026-12-25:\n", "E009", 3),
        ("calendar:\n  holidays: [2026-12-25]\n", "E008", 2),
        ("calendar:\n  team_holidays:\n    paymnts: {2026-12-25: Christmas}\n", "E021", 3),
        ("calendar:\n  weekend: sat\n", "E006", 2),
    ],
)
def test_what_cannot_be_is_a_finding(lines, finding, line):
    """With its place, as everywhere."""
    found = loaded({**COMPANY, FILE: lines})

    assert [(one.id, one.span.line) for one in found.findings if one.span.file == FILE] == [(finding, line)]
    assert found.plan is None
