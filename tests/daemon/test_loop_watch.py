"""A real loop that really stands still, watched from a real thread: nothing here waits for a clock but the watch."""

import asyncio
import threading

import structlog

from pagerd.daemon.loop_watch import LoopWatch
from pagerd.engine.clock import SystemClock
from pagerd.engine.metrics import Metrics

WITHIN_SECONDS = 30.0


def stand_still_in_this_function(noticed: threading.Event) -> bool:
    """Block the thread until somebody else notices."""
    return noticed.wait(WITHIN_SECONDS)


def stalls(metrics):
    """Return how many stalls were counted."""
    return metrics.registry.get_sample_value("pagerd_event_loop_stalls_total")


async def watched(*, blocks):
    """Watch this loop while it stands still, or does not; return the watch, what was logged, and the metrics."""
    metrics, noticed, over = Metrics(), threading.Event(), threading.Event()
    watch = LoopWatch(SystemClock(), metrics)
    watch.noticed = noticed.set
    with structlog.testing.capture_logs() as logs:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(watch.run())
            await asyncio.sleep(0)
            if blocks:
                assert stand_still_in_this_function(noticed)
                while not any(one["event"] == "event_loop.goes_on" for one in logs):
                    await asyncio.to_thread(over.wait, 0.05)
            task.cancel()
    return watch, logs, metrics


async def test_a_loop_that_stands_still_is_named_with_its_stack():
    """Whoever reads the log finds the very function that blocks, while it still does."""
    watch, logs, metrics = await watched(blocks=True)

    [stuck] = [one for one in logs if one["event"] == "event_loop.stuck"]
    assert "stand_still_in_this_function" in stuck["stack"]
    assert 1.0 <= stuck["seconds"] < WITHIN_SECONDS
    assert stalls(metrics) == 1
    assert watch.warning().startswith("the event loop stood still once in the last hour, ")
    [over] = [one for one in logs if one["event"] == "event_loop.goes_on"]
    assert over["seconds"] >= stuck["seconds"]


async def test_a_loop_that_turns_is_left_alone():
    """Nothing is logged, nothing is counted."""
    watch, logs, metrics = await watched(blocks=False)

    assert logs == []
    assert stalls(metrics) == 0
    assert watch.warning() is None


class StoppedClock:
    """A clock under which the watching thread was itself held up for an hour, each time that it looks."""

    def __init__(self, looked: threading.Event) -> None:
        self.at, self._looked, self._looks = 0.0, looked, 0

    def monotonic(self):
        self.at += 3600.0
        self._looks += 1
        if self._looks > 3:
            self._looked.set()
        return self.at


async def test_a_process_that_was_stopped_is_not_blamed_on_the_loop():
    """A suspended machine stops the thread too: what it sees after is nobody's stack."""
    looked, metrics = threading.Event(), Metrics()
    watch = LoopWatch(StoppedClock(looked), metrics)
    with structlog.testing.capture_logs() as logs:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(watch.run())
            await asyncio.to_thread(looked.wait, WITHIN_SECONDS)
            task.cancel()

    assert {one["event"] for one in logs} == {"process.stood_still"}
    assert stalls(metrics) == 0
