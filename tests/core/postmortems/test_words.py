"""How foreign words stand in a postmortem: Markdown shows them as they are."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pagerd.core.postmortems.words import plain, wall


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5xx > 3 % on api_v2", "5xx \\> 3 % on api_v2"),
        ("_all_ of `it`", "\\_all\\_ of \\`it\\`"),
        ("a|b <!-- c -->", "a\\|b \\<!-- c --\\>"),
        ("one\ntwo\u202e", "one two"),
        ("AT&T ~~gone~~ \\", "AT\\&T \\~\\~gone\\~\\~ \\\\"),
    ],
)
def test_what_means_something_in_markdown_is_escaped(text, shown):
    """On one line; an underscore within a name is no emphasis, and stays readable."""
    assert plain(text) == shown


def test_a_wall_time_is_written_in_full():
    """In the zone of the team, whatever that of the instant is."""
    assert wall(datetime(2026, 7, 1, 22, 5, 9, tzinfo=UTC), ZoneInfo("Europe/Berlin")) == "2026-07-02 00:05:09"
