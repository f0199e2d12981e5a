"""Which factors a postmortem names: read as the lint reads them, so that what it lets pass is found again."""

import pytest

from pagerd.core.postmortems.factors import factors_in
from pagerd.core.postmortems.lint import errors, lint
from pagerd.core.postmortems.sections import Factor
from tests.core.postmortems.test_lint import COMPLETE, EXAMPLE

ITEM = "- Missing alert: nothing watched how much of the pool was used.\n"


def test_the_playbooks_own_example_names_three():
    """In the order of nothing: it is a set."""
    assert factors_in(EXAMPLE) == {Factor.MISSING_ALERT, Factor.RISKY_DEPLOYMENT, Factor.POOR_RUNBOOK}


@pytest.mark.parametrize(
    "written",
    [
        "- **Missing alert:** nobody looked.\n",
        "* MISSING ALERT : nobody looked.\n",
        "1. Missing alert: nobody looked.\n",
        "2) _missing alert_: nobody looked.\n",
        "- missing_alert: nobody looked.\n",
    ],
)
def test_however_the_lint_lets_it_be_written_it_is_found(written):
    """Two ways to read one line would lose the cause that comes back."""
    text = COMPLETE.replace(ITEM, written)

    assert errors(lint(text)) == ()
    assert Factor.MISSING_ALERT in factors_in(text)


@pytest.mark.parametrize(
    "written",
    [
        "- [to be filled: missing alert: which one]\n",
        "<!-- such as\n- Missing alert: which one\n-->\n",
        "- Missing alerts are no excuse.\n",
        "",
    ],
)
def test_what_is_no_entry_of_a_category_names_none(written):
    """A gap, a comment, a sentence that begins alike."""
    assert Factor.MISSING_ALERT not in factors_in(COMPLETE.replace(ITEM, written))


def test_a_category_elsewhere_is_no_factor():
    """What went well or badly is another section."""
    text = "## What did not go well\n\n- Missing alert: nobody looked.\n"

    assert factors_in(text) == frozenset()
