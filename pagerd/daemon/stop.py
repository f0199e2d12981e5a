"""Being told to stop: once means in order and within a limit, twice means now.

What is cut short is safe: a message in the air is still claimed, its claim ends by itself, and whoever starts next
sends it once more.
"""

import asyncio
from collections.abc import Awaitable

import structlog

log = structlog.get_logger()

STOP_WITHIN_SECONDS = 20.0
"""From the signal to the end: a provider has 10 s to take a message, and so has a request that is being answered.
The unit's TimeoutStopSec and a container's grace must be longer, by what closing the store may take."""


class Stop:
    """Whether we were told to stop, how often, and how much time is left."""

    def __init__(self, within_seconds: float = STOP_WITHIN_SECONDS) -> None:
        self.wanted = asyncio.Event()
        self._within_seconds = within_seconds
        self._deadline: float | None = None
        self._limit: asyncio.Timeout | None = None

    def ask(self) -> None:
        """Take one SIGTERM or SIGINT."""
        now = asyncio.get_running_loop().time()
        self._deadline = now if self.wanted.is_set() else now + self._within_seconds
        if self._limit is not None:
            self._limit.reschedule(self._deadline)
        self.wanted.set()

    async def finish(self, what: str, work: Awaitable[None]) -> None:
        """Wait for the work until the time is over or somebody asks again; then cancel it."""
        try:
            async with asyncio.timeout_at(self._deadline) as self._limit:
                await work
        except TimeoutError:
            log.warning("stop.cut_short", what=what)
        finally:
            self._limit = None
