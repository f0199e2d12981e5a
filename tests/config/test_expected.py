from datetime import timedelta

import pytest

from pagerd.core.oncall.expected import Expected
from tests.config.files import COMPANY, PAYMENTS, found_after, plan_of

COPY = "{copy: payments-primary, offset: 1}"


def expected(of_team, of_copy):
    """Return what is expected of both schedules."""
    text = COMPANY[PAYMENTS].replace(COPY, COPY.replace("}", f"{of_copy}}}")) + of_team
    schedules = plan_of({**COMPANY, PAYMENTS: text}).book.schedules
    return schedules["payments-primary"].expected, schedules["payments-secondary"].expected


def test_nothing_written_is_the_default():
    """As many as are written, two weeks or a turn, eleven hours, a quarter above an equal share."""
    assert expected("", "") == (Expected(), Expected())
    assert Expected() == Expected(at_once=None, shift_max=None, rest=timedelta(hours=11), unfair_over=25)


def test_a_schedule_says_what_its_team_does_not():
    """Each key by itself; none is a value too."""
    primary, secondary = expected(
        "checks: {at_once: 1, shift_max: 8 days, rest: 12h, unfair_over: 10%}\n",
        ", checks: {at_once: 2, rest: none, unfair_over: none}",
    )

    assert primary == Expected(at_once=1, shift_max=timedelta(days=8), rest=timedelta(hours=12), unfair_over=10)
    assert secondary == Expected(at_once=2, shift_max=timedelta(days=8), rest=None, unfair_over=None)
    assert expected("checks: {}\n", ", checks: {shift_max: 2 months}")[1].shift_max == timedelta(days=62)


@pytest.mark.parametrize(
    ("checks", "finding"),
    [
        ("{at_once: 0}", "E010"),
        ("{at_once: 101}", "E010"),
        ("{unfair_over: 25}", "E010"),
        ("{unfair_over: 0%}", "E010"),
        ("{unfair_over: 1001%}", "E010"),
        ("{shift_max: 1w}", "E012"),
        ("{rest: 11}", "E011"),
        ("{shift: 1 week}", "E006"),
        ("strict", "E008"),
    ],
)
def test_what_is_wrong_in_checks(checks, finding):
    """Said in the line in which it stands."""
    (found,) = found_after(PAYMENTS, COPY, COPY.replace("}", f", checks: {checks}}}"))

    assert found.startswith(f"{finding} 15:")
