import pytest

from pagerd.core.incidents.promises import PROMISE_WORDS, promises_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will be fixed by noon.", ("will be fixed by",)),
        ("We expect it back SOON, very soon", ("soon",)),
        ("it will  be\n fixed by ten, shortly", ("will be fixed by", "shortly")),
        ("We guaranteed nothing, and give no guarantees", ("guaranteed", "guarantees")),
        ("This will never happen again", ("never happen again",)),
        ("s\u200boon", ("soon",)),
        ("The sooner the better; sooner or later", ()),
        ("monsoon season", ()),
        ("No ETA yet, next update at 02:45", ()),
        ("", ()),
    ],
)
def test_promises_are_found_as_words(text, expected):
    """In any case, over line ends and unseen signs, and never inside another word."""
    assert tuple(" ".join(one.split()) for one in promises_in(text, PROMISE_WORDS)) == expected


def test_the_words_are_the_files_to_choose():
    """A company that wants none of it writes an empty list."""
    assert promises_in("in a jiffy, soon", ("in a jiffy",)) == ("in a jiffy",)
    assert promises_in("soon", ()) == ()
    assert promises_in("anything", ("*", " ")) == ()


def test_of_two_that_begin_alike_the_longer_is_named():
    """Whoever reads it sees all of what they promised."""
    assert promises_in("will be fixed by ten", ("will be fixed", "will be fixed by")) == ("will be fixed by",)


def test_a_word_is_no_pattern():
    """What stands in the files means itself."""
    assert promises_in("a.b (c", ("a.b (c", "x|y")) == ("a.b (c",)
    assert promises_in("axb x", ("a.b", "x|y")) == ()
