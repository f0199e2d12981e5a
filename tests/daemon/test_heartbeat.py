from contextlib import asynccontextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
import structlog

from pagerd.core.errors import InvalidPlan
from pagerd.core.secret import Secret
from pagerd.daemon.heartbeat import Heartbeat, Watcher
from pagerd.lab.world import World
from tests.builders import NOON, a_plan, a_received_alert
from tests.daemon.fake_watcher import SECRET, FakeWatcher

EVERY = timedelta(minutes=1)


class Told:
    """A heartbeat in a small company, and all that its progress is read from."""

    def __init__(self, world, url):
        self.world = world
        self.heart = SimpleNamespace(beats=1)
        self.store = None
        self.watcher = Watcher(Secret(url), EVERY) if url else None
        self.heartbeat = Heartbeat(world.engine, self.heart, world.auditor, lambda: self.store, lambda: self.watcher)

    async def round(self, *, beats=1):
        """Let a minute pass in which the heart beats, and tell."""
        self.world.clock.move_to(self.world.clock.now() + EVERY)
        await self.world.audit()
        self.heart.beats += beats
        await self.heartbeat.round()

    def count(self, result):
        """Return how often something came of it."""
        metrics = self.world.engine.metrics.registry
        return metrics.get_sample_value("pagerd_outbound_heartbeats_total", {"result": result})


@asynccontextmanager
async def telling(url):
    """Make one, and close its connections."""
    told = Told(World(a_plan(), NOON), url)
    try:
        yield told
    finally:
        await told.heartbeat.close()


async def test_progress_is_told_in_numbers():
    """How much there is of everything, and no word of what it says."""
    async with FakeWatcher() as watcher, telling(watcher.url) as told:
        await told.world.receive("alertmanager", a_received_alert())
        await told.world.settle()
        await told.world.audit()
        told.heart.beats += 1
        await told.heartbeat.round()

    [heard] = watcher.heard
    assert (heard["alerts"], heard["pages_open"], heard["tickets_open"]) == (1, 1, 0)
    assert heard["heart_beats"] == 2
    assert "ana" not in str(heard)
    assert (told.count("sent"), told.count("held_back"), told.count("failed")) == (1, 0, 0)
    metrics = told.world.engine.metrics.registry
    assert (
        metrics.get_sample_value("pagerd_outbound_heartbeat_last_success_timestamp_seconds")
        == told.world.clock.now().timestamp()
    )


async def test_a_heart_that_does_not_beat_is_not_vouched_for():
    """Nothing is sent, the status says why, and it goes on with the next beat."""
    async with FakeWatcher() as watcher, telling(watcher.url) as told:
        await told.round()
        await told.round(beats=0)
        held = told.heartbeat.warning()
        await told.round()

    assert len(watcher.heard) == 2
    assert held == "the heartbeat to 127.0.0.1 is held back: the heart did not beat since the last time"
    assert told.heartbeat.warning() is None
    assert (told.count("sent"), told.count("held_back")) == (2, 1)


async def test_a_store_that_takes_no_writes_is_not_vouched_for():
    """The heart may beat on reads alone; what is not written is not kept."""
    async with FakeWatcher() as watcher, telling(watcher.url) as told:
        told.store = "the last write is 50 s old"
        await told.round()

    assert watcher.heard == []
    assert told.heartbeat.warning().endswith("the last write is 50 s old")


async def test_an_auditor_that_found_something_is_not_vouched_for():
    """What was found may be mended, but somebody outside should know that it was there."""
    async with FakeWatcher() as watcher, telling(watcher.url) as told:
        await told.world.receive("alertmanager", a_received_alert())
        await told.world.do(lambda work: work.c.execute("DELETE FROM timers WHERE kind = 'page'"))
        await told.round()
        held = told.heartbeat.warning()
        await told.world.settle()
        await told.round()

    assert held == "the heartbeat to 127.0.0.1 is held back: the auditor found timer_missing 1"
    assert len(watcher.heard) == 1


@pytest.mark.parametrize("status", [404, 500, None])
async def test_a_watcher_that_fails_is_counted_and_its_url_is_not_said(status):
    """Refused, in trouble, or gone: the log names the host, and never the secret in the path."""
    async with FakeWatcher(status or 200) as watcher:
        url = watcher.url
    with structlog.testing.capture_logs() as logs:
        if status is None:
            async with telling(url) as told:
                for _ in range(4):
                    await told.round()
        else:
            async with FakeWatcher(status) as watcher, telling(watcher.url) as told:
                for _ in range(4):
                    await told.round()

    assert told.count("failed") == 4
    assert told.count("sent") == 0
    assert [one["watcher"] for one in logs if one["event"] == "heartbeat.failed"] == ["127.0.0.1"] * 4
    assert told.heartbeat.warning().startswith("the heartbeat did not reach 127.0.0.1 for 240 s")
    assert SECRET not in str(logs) + told.heartbeat.warning()


async def test_without_a_watcher_nothing_is_told():
    """A reload may have taken it away."""
    async with telling(None) as told:
        await told.round()

    assert (told.count("sent"), told.count("held_back"), told.count("failed")) == (0, 0, 0)
    assert told.heartbeat.warning() is None


@pytest.mark.parametrize("url", ["ftp://watcher.example/x", "nonsense", "https://me:secret@watcher.example/"])
def test_what_cannot_be_asked_is_refused_without_saying_it(url):
    """A reload keeps what was, and its message may be read by anybody."""
    with pytest.raises(InvalidPlan) as refused:
        Watcher(Secret(url), EVERY)

    assert url not in str(refused.value)
