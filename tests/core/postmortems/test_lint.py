"""What a lint finds in a postmortem: the playbook's own example fails for the right reasons and for no other."""

from pathlib import Path

import pytest

from pagerd.core.postmortems.lint import errors, lint
from tests.postmortems import an_item

EXAMPLE = (Path(__file__).parent / "playbook.md").read_text()

COMPLETE = EXAMPLE.replace(
    "  - Due: ", "  - Priority: high\n  - Verification: rule: Pool\n  - Impact: less\n  - Serves: detection\n  - Due: "
)
"""The example with what its action items lack."""


def codes(text, *given):
    """Return the codes of the errors of a text."""
    return [one.code for one in errors(lint(text, *given))]


def test_the_playbooks_own_example_fails_for_its_action_items_alone():
    """Each has an owner and a day, and says neither how soon, nor how to verify it, nor what it serves."""
    found = errors(lint(EXAMPLE))
    lines = EXAMPLE.splitlines()

    lacking = ["action_bar_missing", "action_impact_missing", "action_priority_missing", "action_verification_missing"]
    assert [one.code for one in found] == lacking * 4
    assert [lines[one.line - 1] for one in found[::4]] == [
        "- Alert when more than 80 % of the pool is used for 5 minutes",
        "- Canary check that blocks a deployment over the threshold",
        "- Runbook with the rollback command and how to verify it",
        "- Monthly load test under spikes",
    ]
    assert codes(COMPLETE) == []


def test_a_timeline_by_hand_is_warned_of():
    """It can be right, and nothing says where it comes from."""
    assert [one.code for one in lint(COMPLETE) if not one.is_error] == ["timeline_uncited"] * 5
    cited = COMPLETE.replace("confirmed.", "confirmed. [i-7#12]")
    assert [one.code for one in lint(cited) if not one.is_error] == ["timeline_uncited"] * 4


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("## 6 What went well\n", "## 6 Well\n", "section_missing"),
        ("- The rollback began ten minutes after the alert.\n", "", "section_empty"),
        ("## 8 Action items", "## Summary\n\nagain\n\n## 8 Action items", "section_twice"),
        ("- Severity: Sev-1.\n", "", "summary_incomplete"),
        ("22 % of payment attempts failed; at the peak 12 % of answers", "Many answers", "impact_without_number"),
        ("- 10:05 A commander", "- Somewhat later a commander", "timeline_no_fact"),
        ("A config change lowered", "[to be filled: the cause]\n\nA config change lowered", "gap"),
        ("restored the service.\n", "restored the service.\n\nAnd nobody looked.\n", "root_cause_several"),
        ("restored the service.\n", "restored the service.\n- And nobody looked.\n", "root_cause_several"),
        ("- Poor runbook: it", "- It", "factor_without_category"),
    ],
)
def test_what_else_can_be_wrong(before, after, code):
    """Each is an error of its own, at its line."""
    assert before in COMPLETE

    assert code in codes(COMPLETE.replace(before, after))


def test_sections_may_be_empty_of_words_only_where_something_is_said():
    """A comment says nothing; a line of a code block is no heading."""
    hidden = COMPLETE.replace("- Nobody saw the pool fill up.", "<!-- nobody\nsaw it -->")
    fenced = COMPLETE.replace("- Nobody saw the pool fill up.", "```\n## Summary\n```")

    assert codes(hidden) == ["section_empty"]
    assert codes(fenced) == []


@pytest.mark.parametrize("words", ["It was the fault of the intern.", "Human error.", "He should have known."])
def test_blame_is_a_warning(words):
    """It is about the system: whoever writes is asked to think again, and not kept from it."""
    found = lint(COMPLETE.replace("- Nobody saw the pool fill up.", f"- {words}"))

    assert [one.code for one in found if one.code == "blame"] == ["blame"]
    assert errors(found) == ()


def test_of_an_incident_the_action_items_are_those_that_are_tracked():
    """What somebody only wrote down is nobody's; what is tracked is judged as it stands in the store."""
    lines = COMPLETE.splitlines()
    found = errors(lint(COMPLETE, [an_item()], {"platform"}))

    assert [one.code for one in found] == ["action_untracked"] * 4
    assert lines[found[0].line - 1].startswith("- Alert when")
    without = COMPLETE[: COMPLETE.index("- Alert when")] + "None by hand.\n"
    assert codes(without, [an_item()], {"platform"}) == []
    assert codes(without, [an_item(owner="gone", priority="")], {"platform"}) == [
        "action_owner_unknown",
        "action_priority_missing",
    ]
    assert codes(without, []) == ["action_missing"]


@pytest.mark.parametrize(
    "text", ["", "\n", "## \n", "## Summary", "```\n", "<!--", "- [ ] \n", "## Action items\n  - Owner: x\n"]
)
def test_no_text_is_too_odd(text):
    """All eight sections are missing then, or nearly."""
    assert "section_missing" in codes(text)


def section(text, heading, words):
    """Return a text with other words in a section."""
    before, after = text.split(f"{heading}\n", 1)
    rest = after[after.index("\n## ") :]
    return f"{before}{heading}\n{words}{rest}"


@pytest.mark.parametrize(
    ("heading", "words", "found"),
    [
        ("## 5 Contributing factors", "\nNobody knows.\n", ["factor_missing"]),
        ("## 5 Contributing factors", "", ["factor_missing", "section_empty"]),
        ("## 4 Root cause", "\n<!-- nobody knows -->\n", ["root_cause_missing", "section_empty"]),
        ("## 3 Timeline", "\n- At first it failed.\n", ["timeline_empty", "timeline_no_fact"]),
        ("## 3 Timeline", "\n", ["section_empty", "timeline_empty"]),
        ("## 2 Customer impact", "\nIt is not known how many were hit.\n", []),
        ("## 2 Customer impact", "\n5xx for many.\n", ["impact_without_number"]),
    ],
)
def test_a_section_that_does_not_say_what_it_is_for(heading, words, found):
    """A number of a class of answers is no number; what nobody knows may be said to be so."""
    assert sorted(codes(section(COMPLETE, heading, words))) == found


def test_a_guess_in_the_timeline_is_a_warning():
    """Facts alone stand there; whoever writes is asked to think again."""
    guessed = COMPLETE.replace("- 10:12 The rollback began.", "- 10:12 The rollback probably began.")
    found = [one for one in lint(guessed) if one.code == "timeline_guess"]

    assert [guessed.splitlines()[one.line - 1] for one in found] == ["- 10:12 The rollback probably began."]
    assert errors(found) == ()


def test_what_is_tracked_and_written_down_by_its_name_is_at_its_line():
    """Nobody has to look for which of them lacks something; and what is tracked is not untracked."""
    named = COMPLETE.replace("- Alert when more than 80 %", "- a-1 Alert when more than 80 %")
    text = named[: named.index("- Canary check")]
    found = errors(lint(text, [an_item(priority="")], {"platform"}))

    assert [one.code for one in found] == ["action_priority_missing"]
    assert text.splitlines()[found[0].line - 1].startswith("- a-1 Alert when")


@pytest.mark.parametrize("fill", ["[", " ", "1", "<!--", "*", "- ", "[a-1#1", "<!-- x --> ", "_", "|"])
def test_a_long_line_is_read_once_and_not_from_each_of_its_places(fill):
    """Where it were, these would take hours, and hold up every page meanwhile."""
    long = fill * (50_000 // len(fill))
    for before in ("- 10:05 A commander", "Alert when more than 80 %", "restored the service."):
        assert lint(COMPLETE.replace(before, f"{before}{long}x"))
        assert lint(COMPLETE.replace(before, f"{long}{before}"))
