"""What people write is kept whole, or refused: they hear what was too long, and by how much."""

import pytest

from pagerd.core.errors import Conflict
from pagerd.engine.written import TEXT_MAX, as_sentence, lines_of, needed, whole

LONG = "x" * (TEXT_MAX + 1)


def test_a_sentence_is_on_one_line_without_its_point():
    """Signs that nobody sees are left out, and the end of a sentence is the reader's."""
    assert as_sentence(" Rolled\n back\u202e release 41. ") == "Rolled back release 41"
    assert as_sentence(LONG[:-1]) == LONG[:-1]


def test_blanks_around_it_do_not_make_it_too_long():
    """Nothing is lost with them."""
    assert as_sentence(f"{'  ' * TEXT_MAX}it is over") == "it is over"


@pytest.mark.parametrize("kept", [as_sentence, whole, lambda text: needed(text, "say it")])
def test_what_is_too_long_is_refused(kept):
    """Whoever wrote it shortens it: nobody else knows which part may go."""
    with pytest.raises(Conflict, match="this text has 1,001 signs, and at most 1,000 can be kept: shorten it"):
        kept(LONG)


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_nothing_is_no_sentence(text):
    """Nor are signs that nobody sees."""
    with pytest.raises(Conflict, match="say it"):
        needed(text, "say it")


def test_a_browser_sends_two_signs_for_a_line_end():
    """They count as the one that whoever typed it saw."""
    assert lines_of("one\r\ntwo\r\n") == "one\ntwo"
