import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pagerd.config.ahead_words import days_text, listed, moment_text
from pagerd.config.directory import read_directory
from pagerd.config.findings import render
from pagerd.config.load import load
from tests.config.files import NOW, REPOSITORY

BERLIN = ZoneInfo("Europe/Berlin")
PAGE = REPOSITORY / "docs" / "schedules.md"


def blocks_below(heading):
    """Return the fenced blocks of a section of the page."""
    section = re.split(r"^#{2,3} ", PAGE.read_text().partition(f"{heading}\n")[2], flags=re.MULTILINE)[0]
    return re.findall(r"^```[a-z]+\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def test_the_page_shows_what_check_says():
    """Of the team of three with the rotations of the example, on the day that the page names."""
    rotations, said = blocks_below("### An example")
    files = {**read_directory(REPOSITORY / "tests/config/team_of_three"), "rotations/shop.yaml": rotations}

    assert f"{render(load(files, now=NOW, proves=True).findings, files)}\n" == said
    assert "On 23 November 2026 it says" in PAGE.read_text()


def test_an_instant_that_a_clock_shows_twice_says_which():
    """Elsewhere the clock alone is enough."""
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    assert moment_text(first, BERLIN) == "2026-10-25 02:30+0200"
    assert moment_text(first + timedelta(hours=1), BERLIN) == "2026-10-25 02:30+0100"
    assert moment_text(first + timedelta(hours=2), BERLIN) == "2026-10-25 03:30"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(days=7), "7 days"),
        (timedelta(days=1, hours=2), "1 day and 2h"),
        (timedelta(hours=12), "12h"),
        (timedelta(days=3, seconds=5), "3 days"),
    ],
)
def test_days_are_counted_as_people_do(length, text):
    """With what is left over, where that is worth a word."""
    assert days_text(length) == text


def test_what_is_not_named_is_counted():
    """Never a list without an end."""
    assert listed(["a", "b"], 2) == "a; b"
    assert listed(["a", "b"], 9) == "a; b; and 7 more"
