"""The text of a postmortem: facts are written anew, people's words stay, and what cannot be told apart is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.postmortems.document import (
    END,
    REGIONS,
    BrokenDocument,
    digest_of,
    fact_lines,
    mark_of,
    own_words,
    region,
    rewritten,
    with_facts,
)
from pagerd.core.postmortems.sections import HEADINGS

FACTS = {"summary": ("- one [i-7#1]",), "timeline": ("- 10:02:00 two [i-7#2]", "- 10:03:00 three [i-7#3]")}
TEXT = f"""\
# A postmortem

{mark_of(7)}

## Summary

my words

{region("summary", FACTS["summary"])}

## Timeline

{region("timeline", FACTS["timeline"])}

more of my words
"""


def test_facts_are_written_anew_and_nothing_else():
    """Between its comments pagerd writes; every other character stays."""
    fresh = with_facts(TEXT, {"summary": ("- other [i-7#9]", "- more [i-7#9]"), "timeline": FACTS["timeline"]}, 7)

    assert "- other [i-7#9]\n- more [i-7#9]\n" in fresh
    assert "- one [i-7#1]" not in fresh
    assert own_words(fresh, 7) == own_words(TEXT, 7)
    assert with_facts(fresh, FACTS, 7) == TEXT


def test_a_region_that_was_taken_out_comes_back_under_its_heading():
    """And one whose heading is gone stays away: the lint says that the section is missing."""
    without = TEXT.replace(region("timeline", FACTS["timeline"]), "")
    back = with_facts(without, FACTS, 7)
    no_heading = with_facts(without.replace("## Timeline", "## Otherwise"), FACTS, 7)

    assert back.index("## Timeline") < back.index("- 10:02:00 two") < back.index("more of my words")
    assert "- 10:02:00 two" not in no_heading


def test_the_ends_of_lines_of_another_system_stay():
    """A file that was edited elsewhere has them everywhere, before and after."""
    fresh = with_facts(TEXT.replace("\n", "\r\n"), {"summary": ("- other [i-7#9]",)}, 7)

    assert fresh.count("\n") == fresh.count("\r\n")
    assert "- other [i-7#9]\r\n" in fresh


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        (mark_of(7), "", 1, "whose postmortem"),
        (mark_of(7), mark_of(8), 3, "incident 8, not 7"),
        (mark_of(7), mark_of(7) * 1 + "\n" + mark_of(7), 4, "moved or changed"),
        ("- one [i-7#1]", "- won [i-7#1]", 9, "changed by hand"),
        ("- one [i-7#1]", "- one [i-7#1]\nmy own line", 9, "changed by hand"),
        (f"three [i-7#3]\n{END}", "three [i-7#3]", 15, "do not end"),
        ("## Timeline\n", f"## Timeline\n{END}\n", 14, "moved or changed"),
        ("pagerd facts summary", "pagerd facts sumary", 9, "do not belong"),
        ("pagerd facts timeline", "pagerd facts summary", 15, "twice"),
        ("pagerd facts summary", "pagerd  facts summary", 9, "moved or changed"),
        ("my words", "my \0 words", 7, "UTF-8"),
        ("my words", "my \ud800 words", 7, "UTF-8"),
        ("my words", "x" * 200_001, 1, "characters"),
    ],
)
def test_a_broken_text_is_refused_with_the_line(before, after, line, says):
    """Nothing of it is guessed: writing the facts anew could lose somebody's words."""
    assert before in TEXT
    with pytest.raises(BrokenDocument, match=says) as refused:
        with_facts(TEXT.replace(before, after, 1), FACTS, 7)

    assert refused.value.line == line


def test_an_older_text_of_facts_is_no_change_by_hand():
    """A branch that was made before the facts were refreshed can be read all the same."""
    older = TEXT
    newer = with_facts(TEXT, {"summary": ("- two [i-7#4]",), "timeline": ()}, 7)

    assert with_facts(older, {"summary": ("- two [i-7#4]",), "timeline": ()}, 7) == newer


def test_an_erasure_leaves_a_text_whole():
    """Somebody's name is gone from the facts as well, and they can be written anew."""
    named = with_facts(TEXT, {"summary": ("- ben resolved it [i-7#1]",), "timeline": FACTS["timeline"]}, 7)
    erased = rewritten(named, lambda line, is_fact: line.replace("ben", "gone-1") if is_fact else line)

    assert "- gone-1 resolved it [i-7#1]" in erased
    assert with_facts(erased, FACTS, 7) == TEXT
    other_ends = TEXT.replace("\n", "\r\n")
    assert rewritten(other_ends, lambda line, _is_fact: line) == other_ends


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
WORDS = st.lists(LINES.filter(lambda line: "pagerd" not in line), max_size=8).map("\n".join)
FACT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40).map(lambda text: f"- {text}")
SOME_FACTS = st.dictionaries(st.sampled_from(sorted(REGIONS)), st.lists(FACT, max_size=4).map(tuple))


@given(st.tuples(*[WORDS] * 9), SOME_FACTS, SOME_FACTS)
def test_whatever_people_write_stays_word_for_word(words, first, second):
    """Between regions, before the first and behind the last one, also where it looks like Markdown."""
    blocks = [mark_of(7), words[0]]
    for heading, said in zip(HEADINGS.values(), words[1:], strict=True):
        blocks += [f"## {heading}", said]
    once = with_facts("\n".join(blocks), first, 7)
    twice = with_facts(once, second, 7)

    for block in words:
        assert block in own_words(twice, 7)
    assert with_facts(with_facts(twice, first, 7), second, 7) == twice
    lines = twice.split("\n")
    ours = {lines[number - 1] for number in fact_lines(twice)}
    assert all(line in ours for name, facts in second.items() if f"facts {name} " in twice for line in facts)


def test_a_text_of_any_characters_has_a_name_of_its_own():
    """Also one with half of a pair, which a file or a form may hold: saying over what somebody wrote must not fail."""
    texts = ["", "a", "a ", "a\n", "\ud83d", "\u1f6a8"]

    assert len({digest_of(text) for text in texts}) == len(texts)
    assert digest_of(TEXT) == digest_of(str(TEXT))
