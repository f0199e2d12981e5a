"""`nights` in pagerd.yaml."""

from datetime import time, timedelta

import pytest

from pagerd.core.worklog.rules import NightRules, RestKind
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
        " provisional_from: never}\n"
    )

    assert rules_with(lines) == NightRules(
        asks=False,
        rest=RestKind.HOURS,
        rest_after=timedelta(minutes=90),
        morning_ends=time(13),
        rest_lasts=timedelta(hours=12),
        provisional_from=None,
    )


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
