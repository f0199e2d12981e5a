"""Action items as lines of a postmortem, and back: what pagerd writes it reads, and what people write as well."""

from datetime import date

import pytest

from pagerd.core.actions.terms import Terms
from pagerd.core.postmortems.action_lines import action_lines, actions_in
from pagerd.core.postmortems.sections import Line
from tests.postmortems import an_item


def read(text):
    """Return what is read of the lines of a text."""
    return actions_in(Line(number, line) for number, line in enumerate(text.split("\n"), 1))


def terms(text):
    """Return the terms of the only action item of a text."""
    [found] = read(text)
    return found.terms


def test_what_is_written_is_read_back():
    """Every term, by its own name, also with signs that mean something in Markdown."""
    bars = ("detection", "blast_radius")
    item = an_item(3, title="Alert on `pool*` > 80 %", impact="a [full] pool_is seen_", bars=bars)
    lines = action_lines([item, an_item(4)])
    first, second = read("\n".join(lines))

    assert lines[0] == "- **a-3 Alert on \\`pool\\*\\` \\> 80 %** [a-3#1, open]"
    assert (first.name, first.line, first.terms) == ("a-3", 1, item.terms)
    assert (second.name, second.line, second.terms) == ("a-4", 8, an_item(4).terms)


def test_what_it_lacks_is_not_written():
    """A label with nothing behind it says nothing; a day that nobody named is none."""
    bare = an_item(owner="", due=None, priority="", verification="", impact="", bars=())

    assert action_lines([bare]) == ("- **a-1 Alert when 80 % of the pool is used for 5 minutes** [a-1#1, open]",)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("  - Owner: platform", "owner", "platform"),
        ("  * **Owner:** platform", "owner", "platform"),
        ("  - **Owner**: platform", "owner", "platform"),
        ("  - Due date: 2026-02-10", "due", date(2026, 2, 10)),
        ("  - Due: soon", "due", None),
        ("  - Priority: HIGH", "priority", "high"),
        ("  - How we verify: rule: Pool", "verification", "rule: Pool"),
        ("  - Impact: less", "impact", "less"),
        ("  - Quality bar: Blast radius, detection,", "bars", ("blast_radius", "detection")),
        ("  - Mood: good", "owner", ""),
        ("  - Owner: [to be filled: who]", "owner", ""),
        ("  some words", "owner", ""),
    ],
)
def test_what_people_write_below_a_title_is_understood(line, field, value):
    """By other names, in other type; a gap and a label of one's own are no term."""
    assert getattr(terms(f"- A canary\n{line}"), field) == value


def test_the_first_word_of_a_term_counts():
    """What stands there twice was not meant twice."""
    assert terms("- A canary\n  - Owner: ben\n  - Owner: cho").owner == "ben"


@pytest.mark.parametrize(
    ("line", "name", "title"),
    [
        ("- A canary", "", "A canary"),
        ("1. A canary", "", "A canary"),
        ("- [ ] A canary", "", "A canary"),
        ("- **a-12 A canary** [a-12#4, done]", "a-12", "A canary"),
        ("- a-12", "a-12", ""),
        ("- [to be filled: what]", "", ""),
        ("- alert-12 is loud", "", "alert-12 is loud"),
    ],
)
def test_a_title_may_begin_with_the_name_of_what_is_tracked(line, name, title):
    """What pagerd adds behind it is no part of it."""
    [found] = read(line)

    assert (found.name, found.terms.title) == (name, title)


def test_what_is_no_entry_of_a_list_is_passed_over():
    """Words before the first, and a term that belongs to nothing."""
    assert read("Some words.\n  - Owner: ben\n\nMore words.") == ()
    assert terms("  - Owner: cho\n- A canary") == Terms(title="A canary")
