import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.channels.plain import one_line, printable


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("tab\tstays", "tab\tstays"),
        ("\x1b[31mred", " [31mred"),
        ("right\u202eto left", "right to left"),
        ("half\ud83d", "half "),
        ("👍 é –", "👍 é –"),
    ],
)
def test_printable(given_, shown):
    """Only line feeds and tabs control anything."""
    assert printable(given_) == shown


def test_one_line():
    """A header or a label is one line without space at its ends."""
    assert one_line("  a\r\nBcc: evil\x00@example.com\u2028 ") == "a Bcc: evil @example.com"


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_is_one_line(text):
    """Whatever an alert says, it is one line, can be written in UTF-8, and stays as it is when done again."""
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    line.encode("utf-8")
    assert one_line(line) == line
