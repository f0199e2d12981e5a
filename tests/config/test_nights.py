"""`nights` in pagerd.yaml."""

from datetime import time, timedelta

import pytest

from pagerd.core.worklog.rules import MissedHours, NightRules, RestKind, RestMode, WorkingDay
from tests.config.files import COMPANY, SETTINGS, loaded


def rules_with(lines):
    """Return the rules about nights with more lines in pagerd.yaml, as they reach the plan."""
    found = loaded({**COMPANY, SETTINGS: COMPANY[SETTINGS] + lines})
    assert found.plan is not None, found.findings
    return found.plan.nights


def test_what_is_not_written_has_its_default():
    """The defaults of the file are those of the value, whole or in part."""
    assert rules_with("") == NightRules()
    assert rules_with("nights: {rest: pay}\n") == NightRules(rest=RestKind.PAY)


def test_everything_can_be_written():
    """Each key reaches its field."""
    lines = (
        "nights: {ask: false, rest: hours, rest_after: 90m, morning_ends: 13:00, rest_lasts: 12h,"
        " provisional_from: never, rest_mode: resume, working_day: mon-thu 08:00-16:30, missed_hours: made_up,"
        " weekly_rest: 35h, weekly_rest_day: sat}\n"
    )

    assert rules_with(lines) == NightRules(
        asks=False,
        rest=RestKind.HOURS,
        rest_after=timedelta(minutes=90),
        morning_ends=time(13),
        rest_lasts=timedelta(hours=12),
        provisional_from=None,
        rest_mode=RestMode.RESUME,
        working_day=WorkingDay(weekdays=frozenset(range(4)), start=time(8), end=time(16, 30)),
        missed_hours=MissedHours.MADE_UP,
        weekly_rest=timedelta(hours=35),
        weekly_rest_day=5,
    )


def test_where_no_work_is_allowed_any_act_earns_a_rest():
    """A duration is never nothing, so that is a word."""
    assert rules_with("nights: {rest_after: none}\n") == NightRules(rest_after=timedelta(0))


def test_to_resume_a_rest_needs_to_know_when_it_began():
    """Without a working day nobody knows."""
    lines = "nights: {rest: hours, rest_mode: resume}\n"
    [finding] = loaded({**COMPANY, SETTINGS: COMPANY[SETTINGS] + lines}).findings

    assert finding.message == "nobody knows from when on a rest was had"


@pytest.mark.parametrize(
    ("nights", "finding"),
    [
        ("{rest: sleep}", "E010"),
        ("{provisional_from: 6}", "E013"),
        ("{morning_ends: never}", "E013"),
        ("{morning_ends: 05:30}", "E010"),
        ("{rests: pay}", "E006"),
    ],
)
def test_what_cannot_be_is_a_finding(nights, finding):
    """With its place, as everywhere."""
    found = loaded({**COMPANY, SETTINGS: f"{COMPANY[SETTINGS]}nights: {nights}\n"})

    assert [one.id for one in found.findings if one.span.file == SETTINGS] == [finding]
    assert found.plan is None
