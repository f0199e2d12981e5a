import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.config.reader import Reader
from pagerd.config.runbooks import FIRST_ACTION_MAX, read_runbook
from pagerd.core.plan import RUNBOOK_SECTIONS


def runbook(text):
    """Read a runbook."""
    return read_runbook(Reader(), "runbooks/payments-5xx.md", text)


WHOLE = "# Payments\n" + "".join(f"## {section.title()}\nx\n" for section in RUNBOOK_SECTIONS)


def test_a_whole_runbook_answers_all_six():
    """Each under a heading with its words."""
    found = runbook(WHOLE)

    assert found.is_whole
    assert (found.id, found.title, found.text) == ("payments-5xx", "Payments", WHOLE)


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("## Where are the dashboards?", "dashboards"),
        ("### Logs and traces", "logs"),
        ("## Checking dependencies", "dependencies"),
        ("## How to roll back", "roll back"),
        ("## Rollback ##", "roll back"),
        ("## Failover", "fail over"),
        ("##   Contacts", "who to call"),
        ("###### ESCALATION", "who to call"),
    ],
)
def test_a_heading_counts_by_its_words(heading, section):
    """Whatever its level and whatever stands around them."""
    assert runbook(f"# T\n{heading}\ntext\n").sections == {section}


@pytest.mark.parametrize(
    "text",
    [
        "## Logs\n\n",
        "## Logs\n## Other\ntext\n",
        "# Logs\ntext\n",
        "##Logs\ntext\n",
        "```\n## Logs\ntext\n```\n",
        "## Catalogues\ntext\n",
        "## Blogs\ntext\n",
        "Logs\n----\ntext\n",
    ],
)
def test_a_heading_that_answers_nothing(text):
    """An empty section, a title, code, or another word."""
    assert runbook(text).sections == frozenset()


def test_a_section_may_be_answered_below_it():
    """Under a heading inside it."""
    assert runbook("## Roll back\n### By hand\n- x\n").sections == {"roll back"}


@pytest.mark.parametrize(
    ("text", "action"),
    [
        (
            "# T\n## First action\n- **Restart** the [canary](http://x), then `check`.\n",
            "Restart the canary, then check.",
        ),
        ("# T\n## First action\n\nRestart the canary.\n\n- later\n", "later"),
        ("# T\n## First action\nRestart the canary.\n", "Restart the canary."),
        ("# T\n- other\n## Roll back\n1. Stop the deploy.\n2. x\n", "Stop the deploy."),
        ("# T\n## Dashboards\n* [ ] Look there.\n", "Look there."),
        ("# T\nRestart it. Then wait.\n", "Restart it."),
        ("# T\n", ""),
        ("", ""),
        ("## First action\n- " + "x" * 500, "x" * (FIRST_ACTION_MAX - 3) + "..."),
        ("## First action\n- a\x00\x1bb\n", "a b"),
    ],
)
def test_the_first_action(text, action):
    """One plain line that can stand in a text message."""
    assert runbook(text).first_action == action


def test_a_runbook_that_says_nothing_is_noted():
    """A page whose text ends without an action helps nobody."""
    reader = Reader()
    read_runbook(reader, "runbooks/x.md", "# Title only\n")

    assert [f"{one.id} {one.span}" for one in reader.findings] == ["W107 runbooks/x.md:1:1"]


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "text", ["#" + " " * 500_000, "[" * 500_000, "# " + "#" * 500_000, "- [a](" * 100_000, "`" * 500_000]
)
def test_a_hostile_runbook_is_read_soon(text):
    """Long lines are no headings and are not looked at whole."""
    assert len(runbook(text).first_action) <= FIRST_ACTION_MAX


@given(st.text(alphabet="#- \n`*[]()abc.1", max_size=200))
def test_no_text_makes_it_fail(text):
    """Whatever Markdown it is."""
    assert "\n" not in runbook(text).first_action
