"""The one place that asks the system what time it is."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is. `now` is wall time, aware, UTC; `monotonic` counts seconds and never steps."""

    def now(self) -> datetime:
        """Return the wall time."""
        ...

    def monotonic(self) -> float:
        """Return seconds since some instant."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the wall time."""
        return datetime.now(UTC)  # noqa: TID251  # this is the one place

    def monotonic(self) -> float:
        """Return seconds since some instant."""
        return time.monotonic()


class SharedClock:
    """The clock of a database that several nodes share, as this node saw it last.

    What is decided in a transaction goes by what the database said at its beginning. Everything beside a transaction
    (how long to sleep, what a screen shows) goes by this: what was seen, and how much time has passed here since. So
    the wall clock of this machine matters to nothing.
    """

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._seen: tuple[datetime, float] | None = None

    def saw(self, now: datetime) -> None:
        """The database has just said what time it is."""
        self._seen = now, self._own.monotonic()

    def now(self) -> datetime:
        """Return the database's time; before the database was seen, this machine's."""
        if self._seen is None:
            return self._own.now()
        seen, at = self._seen
        return seen + timedelta(seconds=self._own.monotonic() - at)

    def monotonic(self) -> float:
        """Return seconds since some instant."""
        return self._own.monotonic()


class VirtualClock:
    """A clock that stands still until it is moved: the lab's."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._now = start

    def now(self) -> datetime:
        """Return the virtual time."""
        return self._now

    def monotonic(self) -> float:
        """Return virtual seconds since the start."""
        return (self._now - self._start) / timedelta(seconds=1)

    def move_to(self, at: datetime) -> None:
        """Let time pass until an instant; never back."""
        self._now = max(self._now, at)
