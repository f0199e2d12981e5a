"""What people text about a night is understood, and never taken for an answer to a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.paging.reply import CODE_ALPHABET, Verb, normalize_code, read_reply
from pagerd.core.worklog.answers import Said, code_of_digits, read_night_reply

digits = st.integers(0, 99).map(lambda number: f"{number:02}")


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        ("40m", 40),
        ("40 min", 40),
        ("40 minutes", 40),
        ("~40m", 40),
        ("About 40 minutes, thanks", 40),
        ("1h30", 90),
        ("1h 30m", 90),
        ("1 hour and 30 minutes", 90),
        ("1:30", 90),
        ("1.5h", 90),
        ("1,5 h", 90),
        ("an hour", 60),
        ("an hour and a half", 90),
        ("half an hour", 30),
        ("I was up for 2 hours.", 120),
        ("45", 45),
        ("90", 90),
        ("none", 0),
        ("None!", 0),
        ("not at all", 0),
        ("0", 0),
        ("12h", 720),
    ],
)
def test_lengths(body, minutes):
    """With the code and without it, and with a phone's signature under it."""
    assert read_night_reply(body).minutes == minutes
    assert read_night_reply(f"N47 {body}").minutes == minutes
    assert read_night_reply(f"n47: {body}\n-- \nSent from my iPhone").code == "N47"


@pytest.mark.parametrize(
    "body", ["", "ok", "ack", "47 ack", "47 40m", "20m 30m", "13h", "-40m", "40m or 1h", "👍", "STOP"]
)
def test_what_is_no_length_is_about_no_night(body):
    """Unless the code says so: then it is about the night, and says nothing that could be noted."""
    assert read_night_reply(body) is None
    assert read_night_reply(f"N47 {body}").minutes is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("N47 ok", Said.YES),
        ("n47 Approved.", Said.YES),
        ("N47 yes", Said.YES),
        ("N47 no", Said.NO),
        ("N47 decline", Said.NO),
        ("N47", Said.UNCLEAR),
        ("N47 what is this?", Said.UNCLEAR),
        ("N47 ok no", Said.UNCLEAR),
        ("N47 N48 40m", Said.UNCLEAR),
        ("N47 2", Said.HOURS_OR_MINUTES),
    ],
)
def test_words(body, said):
    """Of whoever is asked to grant a rest; and what is not clear stays unclear."""
    assert read_night_reply(body).said is said


def test_a_quoted_question_is_not_an_answer():
    """Phones quote what they answer to; the code in it is ours, not theirs."""
    assert read_night_reply('Liked "Night of Tue 6 Jan. Reply N47 40m"') is None


@given(digits)
def test_the_code_of_a_night_is_never_that_of_a_page(pair):
    """Neither as it is printed nor as a phone may write it."""
    code = code_of_digits(pair)

    for typed in (code, code.lower(), f"#{code}", f" {code} "):
        assert normalize_code(typed) is None
        assert read_night_reply(f"{typed} 40m").code == code


@given(digits, st.sampled_from(["", "ack", "40m", "1h30", "none", "ok", "no", "res", "esc", "20"]))
def test_a_text_with_the_code_of_a_night_never_acts_on_a_page(pair, words):
    """Read as an answer about pages, as it would be if nobody looked for nights, it does nothing either."""
    reply = read_reply(f"{code_of_digits(pair)} {words}")

    assert reply.verb in (Verb.UNKNOWN, Verb.DECLINED)


@given(
    st.text(CODE_ALPHABET, min_size=4, max_size=4) | digits, st.sampled_from(["ack", "a", "res", "esc", "20m", "undo"])
)
def test_an_answer_to_a_page_is_about_no_night(code, verb):
    """Whatever the code of the page."""
    assert read_night_reply(f"{code} {verb}") is None
    assert read_night_reply(f"{code}{verb}") is None or not verb.startswith(("a", "e", "r", "u"))


@given(st.text(max_size=200))
def test_nothing_raises(body):
    """Whatever a phone sends."""
    read_night_reply(body)


@pytest.mark.parametrize(
    ("body", "said", "minutes"),
    [
        ("N47 40m, the database was slow", Said.LENGTH, 40),
        ("N47 40m, 2 databases were slow", Said.UNCLEAR, None),
        ("N47 slow, it was", Said.UNCLEAR, None),
        ("N47 ok, it was slow", Said.UNCLEAR, None),
    ],
)
def test_behind_a_code_and_a_length_people_may_go_on_in_words(body, said, minutes):
    """As long as there is no other number, which could be meant; only a length may have words behind it."""
    found = read_night_reply(body)

    assert (found.said, found.code, found.minutes) == (said, "N47", minutes)


@pytest.mark.parametrize(("body", "is_about_a_night"), [("nope", True), ("reject", False), ("rejected.", False)])
def test_without_a_code_a_refusal_is_about_something_else(body, is_about_a_night):
    """That nothing was worked may be said without one; that a rest is refused may not."""
    assert (read_night_reply(body) is not None) is is_about_a_night
    assert read_night_reply(f"N47 {body}").said is Said.NO
