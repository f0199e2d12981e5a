"""Every story happens as it is written. `--rewrite-stories` writes down what happens instead."""

import asyncio
from pathlib import Path

import pytest

from tests.stories.actions import ACTIONS
from tests.stories.script import play, read

STORIES = sorted(Path(__file__).parent.glob("*.story"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path, request: pytest.FixtureRequest) -> None:
    """What is written is what happens, at the instant at which it is written."""
    happened = asyncio.run(play(read(path), ACTIONS))
    if request.config.getoption("--rewrite-stories"):
        path.write_text(str(happened))

    assert str(happened) == path.read_text()


def test_there_are_stories() -> None:
    """The folder is not empty by mistake."""
    assert len(STORIES) >= 20
