"""`--fail-if`: a sign asks for the change, a plain number for what there is afterwards."""

import pytest

from pagerd.core.conditions import Figure, moved, read_condition, signed
from pagerd.core.errors import Unreadable

METRICS = ("pages", "night_pages", "tickets")
FEWER = (Figure("pages", 2, 1), Figure("night_pages", 2, 1), Figure("tickets", 0, 0))


@pytest.mark.parametrize(
    ("text", "holds", "found"),
    [
        ("night_pages > +0", False, -1),
        ("night_pages < +0", True, -1),
        ("night_pages<=-1", True, -1),
        ("night_pages > 0", True, 1),
        ("pages >= 2", False, 1),
        ("pages == 1", True, 1),
        ("  tickets   >+0 ", False, 0),
        ("pages != -1", False, -1),
    ],
)
def test_a_condition_holds_or_not(text, holds, found):
    """And says by which number."""
    condition = read_condition(text, METRICS)

    assert condition.holds(FEWER) is holds
    assert condition.found(FEWER) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nights > 0", "there is no metric 'nights'; metrics are pages, night_pages, tickets"),
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
        read_condition(text, METRICS)


def test_a_change_has_its_sign():
    """None has none."""
    assert [signed(change) for change in (-1200, 0, 3)] == ["-1,200", "0", "+3"]


def test_a_figure_that_stays_is_written_once():
    """Only what changes has an arrow."""
    assert [moved(Figure("pages", 1200, after)) for after in (1200, 7)] == ["1,200", "1,200 → 7"]
