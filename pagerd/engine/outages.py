"""What fails again and again, in few words: that it began, once a minute that it lasts, and that it is over.

The log of a night without a database is read in the morning, by somebody who looks for what else happened.
"""

import logging
from collections.abc import Callable

import structlog

log = structlog.get_logger()

SAYS_EVERY_SECONDS = 60.0
"""How often an outage that lasts is worth a line."""


class Outage:
    """Thins the lines of one kind of failure. `event` is logged while it lasts, `over` when it is.

    What is another failure than the one before, by the keys that it is logged with, is said at once.
    """

    def __init__(self, event: str, over: str, monotonic: Callable[[], float], *, level: int = logging.WARNING) -> None:
        self._event = event
        self._over = over
        self._monotonic = monotonic
        self._level = level
        self._since: float | None = None
        self._said_at = 0.0
        self._times = 0
        self._keys: dict[str, str] = {}

    def fails(self, error: str, **keys: str) -> None:
        """It failed; say so if that is the first time, another failure, or a minute after it was said last."""
        now = self._monotonic()
        self._times += 1
        if self._since is None:
            self._since = now
        elif keys == self._keys and now - self._said_at < SAYS_EVERY_SECONDS:
            return
        self._said_at, self._keys = now, keys
        log.log(self._level, self._event, **keys, error=error, times=self._times, seconds=round(now - self._since))

    def works(self) -> None:
        """It did not fail; say so if it did before."""
        if self._since is not None:
            log.info(self._over, **self._keys, times=self._times, seconds=round(self._monotonic() - self._since))
            self._since, self._times, self._keys = None, 0, {}
