"""`--fail-if`: a sign asks for the change, a plain number for what there is afterwards."""

import pytest

from pagerd.core.errors import Unreadable
from pagerd.core.replaying.conditions import read_condition
from pagerd.core.replaying.difference import difference
from tests.core.replaying.accounts import a_page, an_account

FEWER = difference(an_account(a_page(0), a_page(1)), an_account(a_page(0)))


@pytest.mark.parametrize(
    ("text", "holds", "found"),
    [
        ("night_pages > +0", False, -1),
        ("night_pages < +0", True, -1),
        ("night_pages<=-1", True, -1),
        ("night_pages > 0", True, 1),
        ("pages >= 2", False, 1),
        ("pages == 1", True, 1),
        ("sleep_minutes != -25", False, -25),
        ("  tickets   >+0 ", False, 0),
        ("people_woken > 0", True, 1),
    ],
)
def test_a_condition_holds_or_not(text, holds, found):
    """And says by which number."""
    condition = read_condition(text)

    assert condition.holds(FEWER) is holds
    assert condition.found(FEWER) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nights > 0", "there is no metric 'nights'; metrics are pages, night_pages, people_woken"),
        ("pages", "write METRIC OPERATOR NUMBER"),
        ("pages > many", "write METRIC OPERATOR NUMBER"),
        ("pages => 1", "operators >=, <=, ==, !=, >, <"),
        ("pages > 1.5", "write METRIC OPERATOR NUMBER"),
        ("", "write METRIC OPERATOR NUMBER"),
    ],
)
def test_what_is_no_condition_says_what_is_one(text, words):
    """It is written in a CI file, far from the manual."""
    with pytest.raises(Unreadable, match=words):
        read_condition(text)
