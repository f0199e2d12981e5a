"""What a reviewer reads: one headline, tables, and nothing of an alert's text that Markdown would obey."""

import pytest

from pagerd.core.conditions import read_condition
from pagerd.core.replaying.difference import METRICS, difference
from pagerd.core.replaying.shapes import ROWS_MAX, Report, headline, markdown, report_json
from tests.builders import NIGHT, NOON
from tests.core.replaying.accounts import a_page, an_account, ruled


def a_report(before, after, *failed):
    """A report of two accounts."""
    return Report(
        played="the webhooks in a|b.jsonl",
        start=NOON,
        end=NIGHT,
        before_name="the current files",
        after_name="changed",
        before=before,
        after=after,
        difference=difference(before, after),
        assumptions=["Nothing was <assumed>."],
        failed=[read_condition(one, METRICS) for one in failed],
    )


def test_the_headline_says_what_changes():
    """In one line, for a phone."""
    assert headline(difference(an_account(a_page()), an_account())) == (
        "1 fewer pages, 1 fewer night pages, 1 fewer people woken, 25 fewer minutes of sleep lost."
    )
    assert headline(difference(an_account(a_page()), an_account(a_page(person="ben")))).startswith("As many")
    assert headline(difference(an_account(), an_account())).startswith("Nothing changes")


def test_words_of_alerts_are_words_in_a_comment():
    """A comment is read by people who trust it: no link, no table, no mention and no HTML of a stranger's."""
    evil = "x|y](http://evil) <img src=x> @everyone `a` \n# big"
    before = an_account(a_page(alert=evil), rulings=((ruled(alert=evil), 1),))

    text = markdown(a_report(before, an_account(rulings=()), "pages < +0"))

    assert "<img" not in text
    assert "y\\](http" in text
    assert "@everyone" not in text
    assert "\n# big" not in text
    assert "**Failed: pages &lt; +0.**" in text
    assert "a\\|b.jsonl" in text
    for line in text.splitlines():
        if line.startswith("| x"):
            assert line.replace("\\|", "").count("|") == 6


def test_a_comment_is_short_and_says_what_it_leaves_out():
    """All of it is in the JSON."""
    pages = [a_page(number, alert=f"A{number}", person=f"person{number}") for number in range(ROWS_MAX + 3)]

    report = a_report(an_account(*pages), an_account())

    assert "And 3 more alerts." in markdown(report)
    assert "And 3 more people." in markdown(report)
    assert len(report_json(report)["people"]) == ROWS_MAX + 3


@pytest.mark.parametrize("failed", [(), ("night_pages < +0",)])
def test_the_json_has_all_of_it(failed):
    """Every figure of both, whoever changes, whatever made it, and what failed."""
    found = report_json(a_report(an_account(a_page()), an_account(rulings=((ruled("ticket"), 3),)), *failed))

    assert found["figures"]["night_pages"] == {"before": 1, "after": 0, "change": -1}
    assert found["people"][0]["sleep_minutes"] == {"before": 25, "after": 0, "change": -25}
    assert found["causes"][0]["judged_after"] == [
        {"team": "payments", "rule": "Backlog", "verdict": "ticket", "severity": "sev2", "count": 3}
    ]
    assert found["failed"] == [{"condition": one, "found": -1} for one in failed]
    assert found["assumptions"] == ["Nothing was <assumed>."]


def test_a_comment_without_a_difference_has_the_figures_alone():
    """No alert, and nobody who is paged otherwise, needs a table."""
    text = markdown(a_report(an_account(a_page()), an_account(a_page())))

    assert "| | Before | After | Change |" in text
    assert "| Alert |" not in text
    assert "| Person |" not in text
