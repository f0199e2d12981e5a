"""Every story happens as it is written. `--rewrite-stories` writes down what happens instead."""

import asyncio
from pathlib import Path

import pytest

from pagerd.engine.metrics import Metrics
from pagerd.lab.world import World
from tests.postgres.in_any_order import OF_EQUALS, in_any_order
from tests.stories.actions import ACTIONS
from tests.stories.script import play, read

STORIES = sorted(Path(__file__).parent.glob("*.story"))


def assert_every_series_was_there_before(world: World) -> None:
    """A series that appears with its first event is one whose first event no `increase()` ever sees."""
    fresh = Metrics()
    providers = world.engine.delivery.provider_names
    senders = [name for name, one in world.engine.sources.items() if one.heartbeat is None]
    asked = [name for name, one in world.engine.sources.items() if one.is_asked]
    fresh.expect(world.engine.plan, sources=senders, providers=providers, asked=asked)
    for channel, provider in providers:
        fresh.count("provider_up", (channel, provider), 1)

    assert series(world.engine.metrics) <= series(fresh)


def series(metrics: Metrics) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return the name and labels of everything that is counted."""
    return {
        (sample.name, tuple(sorted(sample.labels.items())))
        for family in metrics.registry.collect()
        for sample in family.samples
    }


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path, request: pytest.FixtureRequest) -> None:
    """What is written is what happens, at the instant at which it is written."""
    happened = asyncio.run(play(read(path), ACTIONS, assert_every_series_was_there_before))
    if request.config.getoption("--rewrite-stories"):
        path.write_text(str(happened))

    if request.config.getoption("--postgres"):
        if path.stem in OF_EQUALS:
            return
        assert in_any_order(str(happened)) == in_any_order(path.read_text())
    else:
        assert str(happened) == path.read_text()


def test_there_are_stories() -> None:
    """The folder is not empty by mistake."""
    assert len(STORIES) >= 20
