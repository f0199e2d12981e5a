"""A share of the stories happens on PostgreSQL as it is written; all of them, with `--postgres` for tests/stories."""

import asyncio
from pathlib import Path

import pytest

from tests.postgres.in_any_order import in_any_order
from tests.stories.actions import ACTIONS
from tests.stories.script import play, read
from tests.stories.test_stories import assert_every_series_was_there_before

STORIES = Path(__file__).parents[1] / "stories"

SHARE = (
    "asked_forgotten",  # a source that no longer knows an alert
    "digest_late",  # tickets, held rows, a mail a day
    "escalation",
    "heartbeat_late",
    "message_down",  # what waits for a place, in order
    "observe_tickets",
    "rest_half_day",  # nights, evidence, what is owed
    "silence_ticket",
    "text_several_open",  # codes and answers
    "tracker_down",
)


@pytest.mark.usefixtures("worlds_on_postgres")
@pytest.mark.parametrize("name", SHARE)
def test_a_story_happens_on_postgresql(name: str) -> None:
    """What is written is what happens, at the instant at which it is written."""
    path = STORIES / f"{name}.story"
    happened = asyncio.run(play(read(path), ACTIONS, assert_every_series_was_there_before))

    assert in_any_order(str(happened)) == in_any_order(path.read_text())
