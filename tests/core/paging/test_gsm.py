import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.paging.gsm import BASIC, EXTENSION, fit, plain, segments, septets


def test_the_table_is_whole():
    """The default alphabet has 127 characters beside the escape, the extension ten of its own."""
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10
    assert not BASIC & EXTENSION


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("sev1", 4),
        ("é\n@", 3),
        ("[sev1]", 8),
        ("^{}\\[~]|€", 18),
        ("x" * 160, 160),
    ],
)
def test_extension_characters_count_twice(text, count):
    """Each of the ten is sent with an escape before it."""
    assert septets(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("🔥" * 35, 1),
        ("🔥" * 67, 2),
        ("🔥" * 68, 3),
    ],
)
def test_a_text_is_billed_in_segments(text, count):
    """160 septets alone, 153 in each of several; one strange character makes them 70 and 67 UTF-16 units."""
    assert segments(text) == count


@pytest.mark.parametrize("text", ["ç", "“", "👍", "\x00", "ё"])
def test_what_is_not_in_the_table_cannot_be_counted(text):
    """Counting it wrongly would split a text unnoticed."""
    with pytest.raises(ValueError, match="not in GSM-7"):
        septets(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("it’s “down” — now", 'it\'s "down" - now'),
        ("‹a› «b» „c‟ `d´", "'a' \"b\" \"c\" 'd'"),
        ("São José, Čapek, Łódź, Ağrı", "Sao José, Capek, Lodz, Agri"),
        ("façade naïve Zoë", "facade naive Zoe"),
        ("é è ù ì ò à ä ö ñ ü Ç Ø å ß É", "é è ù ì ò à ä ö ñ ü Ç Ø å ß É"),
        ("e\u0301", "é"),
        ("5xx ≥ 5 % → page…", "5xx >= 5 % -> page..."),
        ("40\u00a0°C, 3\u00d7, 5µs", "40 deg C, 3x, 5us"),
        ("fire 🔥 down 👩\u200d🚒 ✔️", "fire down"),
        ("👍🏽", ""),
        ("Привет 世界", "?????? ??"),
        ("ﬁle Ⅳ ４７", "file IV 47"),
        ("a\x00\x1b[0m\u202eb\nReply 99 ack", "a[0mb Reply 99 ack"),
        ("\ud800", ""),
        ("{a}[b]|~€\\^", "{a}[b]|~€\\^"),
    ],
)
def test_other_letters_become_what_is_nearest(text, said):
    """Quotes, dashes and accents are said plainly, unseen signs and pictures go, other letters become `?`."""
    assert plain(text) == said


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("short", 160, "short"),
        ("abcdefghij", 10, "abcdefghij"),
        ("abcdefghijk", 10, "abcdefgh.."),
        ("abcdefg hijk", 10, "abcdefg.."),
        ("[[[[[[[[", 10, "[[[[.."),
        ("abcdefg", 5, "abcde"),
        ("[[[", 1, ""),
        ("abc", 0, ""),
        ("abc", -3, ""),
    ],
)
def test_a_cut_keeps_to_the_septets(text, limit, cut):
    """The dots that say there was more stand within the limit, and a sign of two septets is never halved."""
    assert fit(text, limit) == cut


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.integers(0, 200))
def test_whatever_is_given_fits(text, limit):
    """Any text of the world is in the table after `plain`, on one line, and within the limit after `fit`."""
    said = fit(plain(text), limit)

    assert septets(said) <= limit
    assert "\n" not in said
    assert "\r" not in said
