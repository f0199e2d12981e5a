"""Notices from another thread that the event loop stands still, and logs what it stands in.

The loop counts on, four times a second. The thread watches the count: when it stays the same for a second, the stack of
the loop's thread goes to the log, once for each stall, and its length when it is over. What holds the interpreter's
lock, in a library written in C, holds this thread up as well: then it says afterwards that the whole process stood.
"""

import asyncio
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable

import structlog

from pagerd.engine.clock import Clock
from pagerd.engine.metrics import Metrics

log = structlog.get_logger()

COUNT_SECONDS = 0.25
STALL_SECONDS = 1.0
"""No page is late by less; and nothing that runs on the loop by design takes a tenth of it."""

FRAMES_MAX = 40
"""Of the innermost frames: what stands still is at the end of them."""

REMEMBERED_SECONDS = 3600.0


class LoopWatch:
    """A thread beside one event loop. `run` is the loop's half, and lives in the daemon's TaskGroup."""

    def __init__(self, clock: Clock, metrics: Metrics, stall_seconds: float = STALL_SECONDS) -> None:
        self._clock = clock
        self._metrics = metrics
        self._stall_seconds = stall_seconds
        self._count = 0
        self._ended = threading.Event()
        self._stalls: deque[tuple[float, float]] = deque(maxlen=1_000)
        self.noticed: Callable[[], None] = _nobody_cares

    async def run(self) -> None:
        """Count on until cancelled, watched from a thread."""
        loop_thread = threading.get_ident()
        # A daemon thread: whatever it hangs in must not keep the process from ending.
        watcher = threading.Thread(target=self._watch, args=(loop_thread,), name="loop-watch", daemon=True)
        watcher.start()
        try:
            while True:
                self._count += 1
                await asyncio.sleep(COUNT_SECONDS)
        finally:
            self._ended.set()

    def warning(self) -> str | None:
        """Say how often the loop stood still within the last hour, or None."""
        since = self._clock.monotonic() - REMEMBERED_SECONDS
        recent = [seconds for at, seconds in self._stalls if at >= since]
        if not recent:
            return None
        times = "once" if len(recent) == 1 else f"{len(recent)} times"
        return (
            f"the event loop stood still {times} in the last hour, {max(recent):.1f} s at worst: "
            "its log line is event_loop.stuck"
        )

    def _watch(self, loop_thread: int) -> None:
        seen, moved_at, is_stuck = self._count, self._clock.monotonic(), False
        woken_at = moved_at
        while not self._ended.wait(COUNT_SECONDS):
            now = self._clock.monotonic()
            slept, woken_at = now - woken_at, now
            if slept >= self._stall_seconds:
                # This thread did not run either: the process was stopped, or something held the interpreter's lock.
                log.warning("process.stood_still", seconds=round(slept, 1))
                moved_at = now
            if self._count != seen:
                if is_stuck:
                    self._over(now - moved_at)
                seen, moved_at, is_stuck = self._count, now, False
            elif not is_stuck and now - moved_at >= self._stall_seconds:
                is_stuck = True
                self._stuck(loop_thread, now - moved_at)

    def _stuck(self, loop_thread: int, seconds: float) -> None:
        frame = sys._current_frames().get(loop_thread)  # noqa: SLF001  # the documented way to another thread's stack
        stack = traceback.format_stack(frame, limit=None)[-FRAMES_MAX:] if frame is not None else []
        log.error("event_loop.stuck", seconds=round(seconds, 1), stack="".join(stack))
        self._metrics.count("event_loop_stalls", (), 1)
        self._stalls.append((self._clock.monotonic(), seconds))
        self.noticed()

    def _over(self, seconds: float) -> None:
        self._stalls.append((self._stalls.pop()[0], seconds))
        log.warning("event_loop.goes_on", seconds=round(seconds, 1))


def _nobody_cares() -> None:
    """Leave it at the log."""
