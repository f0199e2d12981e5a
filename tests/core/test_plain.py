import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.plain import (
    away,
    clean_lines,
    clock_time,
    counted,
    full_time,
    in_zone,
    length,
    masked,
    one_line,
    zoned_time,
)

LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)
"""Two in the morning in Lisbon, a Wednesday."""


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("disk full", "disk full"),
        ("  disk \t full \n", "disk full"),
        ("disk\r\nReply 99 ack", "disk Reply 99 ack"),
        ("disk\u2028full\u2029now", "disk full now"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("user \u202etxt.exe\u202c", "user txt.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("São Paulo ✓", "São Paulo ✓"),
        ("", ""),
    ],
)
def test_a_foreign_text_becomes_one_line(given, line):
    """Line ends become blanks; what cannot be seen goes."""
    assert one_line(given) == line


def test_a_long_line_says_that_it_was_cut():
    """The limit holds with the sign of the cut in it."""
    assert one_line("abcdefgh", 5) == "abcd…"
    assert one_line("abcde", 5) == "abcde"
    assert one_line("abc", 0) == ""


def test_lines_share_one_limit():
    """Several lines together keep to the limit, and empty ones are left out."""
    assert clean_lines("one\n\n two \x07\r\nthree") == ("one", "two", "three")
    assert sum(len(line) for line in clean_lines("x" * 50 + "\n" + "y" * 50, 60)) <= 60


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.integers(1, 50))
def test_one_line_is_one_bounded_line_of_seen_characters(text, limit):
    """Whatever is given: no line end, no control, no more than the limit."""
    line = one_line(text, limit)

    assert len(line) <= limit
    assert all(unicodedata.category(sign)[0] != "C" or unicodedata.category(sign) == "Cn" for sign in line)
    assert line.splitlines() in ([], [line])


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW, "02:00"),
        (NOW - timedelta(hours=2), "00:00"),
        (NOW - timedelta(hours=2, minutes=1), "Tue 23:59"),
        (NOW + timedelta(days=6), "Tue 02:00"),
        (NOW - timedelta(days=7), "8 Jul 02:00"),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "31 Dec 2025 23:30"),
        (datetime(2026, 7, 15, 0, 30), "01:30"),  # noqa: DTZ001  # a naive instant is what this row is about
    ],
)
def test_a_clock_time_has_its_day_where_it_is_another(at, said):
    """The day stands in front only when the reader would otherwise take it for today."""
    assert clock_time(at, LISBON, NOW) == said


def test_a_full_time_names_its_zone():
    """A mail is read in another place and on another day."""
    assert full_time(NOW, LISBON) == "Wed 15 Jul 2026 02:00 (Europe/Lisbon)"


@pytest.mark.parametrize("edge", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
@pytest.mark.parametrize("zone", [ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")])
def test_the_edges_of_time_raise_nothing(edge, zone):
    """A senseless instant of a sender is still said somehow."""
    assert in_zone(edge, zone).tzinfo is not None
    assert clock_time(edge, zone, NOW)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "0s"),
        (0, "0s"),
        (14.9, "14s"),
        (60, "1m"),
        (3599, "59m"),
        (3600, "1h"),
        (7500, "2h 5m"),
        (86400, "1d"),
        (273600, "3d 4h"),
    ],
)
def test_a_length_is_said_in_at_most_two_units(seconds, said):
    """Nobody at three in the morning divides seconds by sixty."""
    assert length(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(("number", "said"), [(0, "0 pages"), (1, "1 page"), (12, "12 pages")])
def test_one_is_no_plural(number, said):
    """A line at three in the morning reads as a sentence."""
    assert counted(number, "page") == said


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("ana.ribeiro@example.com", "a…@example.com"),
        ("@example.com", "…@example.com"),
        ("+491511234567", "+49…567"),
        ("123456789", "123…789"),
        ("12345678", "…"),
        ("", "…"),
    ],
)
def test_an_address_shows_no_more_than_its_owner_needs(address, shown):
    """A short number is hidden whole: its two ends would be nearly all of it."""
    assert masked(address) == shown


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("UTC", "12:00 UTC"),
        ("Europe/Berlin", "13:00 UTC+1"),
        ("America/St_Johns", "08:30 UTC-3:30"),
        ("Asia/Kolkata", "17:30 UTC+5:30"),
        ("Pacific/Auckland", "01:00 UTC+13"),
    ],
)
def test_a_clock_says_how_far_it_is_from_utc(zone, shown):
    """No two readers take it differently."""
    noon = datetime(2026, 1, 6, 12, tzinfo=UTC)

    assert zoned_time(noon, ZoneInfo(zone), noon) == shown


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "now"), (0.5, "now"), (-0.5, "now"), (240, "in 4m"), (-240, "4m ago"), (-1, "1s ago"), (86_400, "in 1d")],
)
def test_how_far_away_an_instant_is(seconds, words):
    """Before and after."""
    noon = datetime(2026, 1, 6, 12, tzinfo=UTC)

    assert away(noon + timedelta(seconds=seconds), noon) == words
