"""How late the event loop is: what every sender, timer and caller waits for at the least."""

import asyncio
from collections.abc import Awaitable, Callable

from pagerd.engine.clock import Clock
from pagerd.engine.metrics import Metrics

EVERY_SECONDS = 0.25
"""Four looks a second find most stalls that a sender would notice, and cost nothing that a meter would show."""


class LoopLag:
    """Sleeps, and compares with the clock when it is woken. Lives in the daemon's TaskGroup until it is cancelled."""

    def __init__(
        self, clock: Clock, metrics: Metrics, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._clock = clock
        self._metrics = metrics
        self._sleep = sleep

    async def run(self) -> None:
        """Measure on and on."""
        while True:
            wanted = self._clock.monotonic() + EVERY_SECONDS
            await self._sleep(EVERY_SECONDS)
            late = self._clock.monotonic() - wanted
            self._metrics.count("event_loop_lag_seconds", (), max(late, 0.0))
