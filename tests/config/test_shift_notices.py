"""What is told around a shift, as the files say it."""

from datetime import timedelta

import pytest

from pagerd.core.people import Medium, ShiftNotices
from pagerd.core.shift_notices import notices_of
from tests.config.files import COMPANY, PAYMENTS, PEOPLE, changed, found_after, plan_of

ANA = 'ana: {zone: Europe/Lisbon, phone: "+351912000001", email: ana@example.com}'
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DEFAULT = ShiftNotices(before=(DAY,), at_start=True, at_end=True)


def of_ana(files):
    """Return what ana is told around shifts of payments."""
    plan = plan_of(files)
    return notices_of(plan, plan.people["ana"], "payments-primary")


def test_without_a_word_everybody_is_told_quietly():
    """A day before, at the start and at the end, by no medium that wakes."""
    assert of_ana(COMPANY) == DEFAULT


def test_a_team_says_it_for_its_schedules_and_a_person_for_themself():
    """The person's own takes the place of the team's as a whole: what they leave out is the default again."""
    team = {**COMPANY, PAYMENTS: COMPANY[PAYMENTS] + "shift_notices: {before: [], at_end: false}\n"}
    own = ANA.replace("}", ", shift_notices: {before: [1h, 2d, 1h], by: [sms, email], at_night: true}}")
    both = {**team, PEOPLE: changed(PEOPLE, ANA, own)[PEOPLE]}

    assert of_ana(team) == ShiftNotices(at_start=True)
    assert of_ana(both) == ShiftNotices(
        before=(2 * DAY, HOUR), at_start=True, at_end=True, by=(Medium.SMS, Medium.EMAIL), at_night=True
    )


def test_it_can_be_off():
    """Whoever wants to hear nothing hears nothing."""
    off = ANA.replace("}", ", shift_notices: {before: [], at_start: false, at_end: false}}")

    assert of_ana(changed(PEOPLE, ANA, off)).is_off


@pytest.mark.parametrize(
    ("notices", "expected"),
    [
        ("{before: 1d}", "E008"),
        ("{before: [1 day]}", "E011"),
        ("{before: [15d]}", "E011"),
        ("{by: [voice]}", "E010"),
        ("{by: email}", "E008"),
        ("{at_start: maybe}", "E010"),
        ("{at_begin: true}", "E006"),
        ("none", "E008"),
    ],
)
def test_what_is_wrong(notices, expected):
    """Nobody is called for a notice, and nobody is told two weeks ahead."""
    found = found_after(PEOPLE, ANA, ANA.replace("}", f", shift_notices: {notices}}}"))

    assert [one.split()[0] for one in found] == [expected]
