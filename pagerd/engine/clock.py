"""The one place that asks the system what time it is."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is, aware, UTC. `now` is what everything goes by; `monotonic` counts seconds and never steps."""

    def now(self) -> datetime:
        """Return the time that everything goes by."""
        ...

    def wall(self) -> datetime:
        """Return what the wall shows: for what is compared with the times that others write down."""
        ...

    def monotonic(self) -> float:
        """Return seconds since some instant."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the wall time."""
        return datetime.now(UTC)  # noqa: TID251  # this is the one place

    def wall(self) -> datetime:
        """Return the wall time."""
        return self.now()

    def monotonic(self) -> float:
        """Return seconds since some instant."""
        return time.monotonic()


BEHIND_SECONDS_MAX = 1.0
"""So far the wall may fall behind, and time stands still until it has caught up: nothing is later by more than that.

A clock that is slewed does not fall behind so far within one sleep of the heart; one that was set does.
"""


class SteadyClock:
    """Wall time that never goes backwards, and never slower than the monotonic clock.

    A wall that was set forward is believed at once: whoever was asleep has slept. One that was set back is not, for
    whatever waits would wait for so much longer: time goes on at the pace of the monotonic clock, ahead of the wall by
    `lead`, until the wall has caught up or `follow_wall` says that nothing waits any more.
    """

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._shown = own.now()
        self._anchor = self._shown, own.monotonic()
        """When the wall was last believed, by both clocks."""

    def now(self) -> datetime:
        """Return the time that everything goes by."""
        wall, paced = self._own.now(), self._paced()
        if (paced - wall) / timedelta(seconds=1) > BEHIND_SECONDS_MAX:
            self._shown = max(self._shown, paced)
        elif wall >= self._shown:
            self._shown = wall
            self._anchor = wall, self._own.monotonic()
        return self._shown

    def wall(self) -> datetime:
        """Return what the wall shows, whatever this clock makes of it."""
        return self._own.wall()

    def monotonic(self) -> float:
        """Return seconds since some instant."""
        return self._own.monotonic()

    @property
    def lead(self) -> timedelta:
        """How far it is ahead of the wall; nothing where it only waits a moment for it."""
        now, wall = self.now(), self._own.now()
        ahead = now - wall
        return ahead if ahead / timedelta(seconds=1) > BEHIND_SECONDS_MAX else timedelta(0)

    def go_on_from(self, at: datetime) -> None:
        """An earlier run has seen this instant: begin no earlier."""
        if at > self.now():
            self._shown = at
            self._anchor = at, self._own.monotonic()

    def follow_wall(self) -> None:
        """Believe the wall from now on, wherever it stands."""
        self._shown = self._own.now()
        self._anchor = self._shown, self._own.monotonic()

    def _paced(self) -> datetime:
        believed, at = self._anchor
        return believed + timedelta(seconds=self._own.monotonic() - at)


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

    def wall(self) -> datetime:
        """Return the database's time: this machine's own matters to nothing."""
        return self.now()

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

    def wall(self) -> datetime:
        """Return the virtual time."""
        return self._now

    def monotonic(self) -> float:
        """Return virtual seconds since the start."""
        return (self._now - self._start) / timedelta(seconds=1)

    def move_to(self, at: datetime) -> None:
        """Let time pass until an instant; never back."""
        self._now = max(self._now, at)
