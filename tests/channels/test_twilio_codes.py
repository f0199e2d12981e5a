import pytest

from pagerd.channels.twilio_codes import CODES, Class, class_of, words_of


@pytest.mark.parametrize("code", CODES)
def test_every_code_says_what_it_is(code):
    """The words for a code name its number and whose fault it is."""
    words = words_of(code)

    assert str(code) in words
    assert class_of(code).value in words


def test_an_unknown_code_blames_nobody():
    """A code that is not in the table breaks no contact and raises no alarm."""
    assert class_of(98765) is Class.TRANSIENT
    assert words_of(98765) == "Twilio code 98765"
