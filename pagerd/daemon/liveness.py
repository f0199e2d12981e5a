"""Tells the service manager that pagerd goes on, and only when it was seen to.

What counts is what a page needs: this very coroutine ran (the loop turns), the heartbeat finished a round since the
last look, and no write has been on its way to the disk for long. A store that refuses is told as it is and does not
count as stuck: a daemon that answers 503 and says why is worth more than one that is started anew every half minute.
A file that was given up again and again is another matter: there the store itself says that only a restart may help.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from pagerd.daemon.service_manager import ServiceManager
from pagerd.engine.clock import Clock
from pagerd.engine.heart import Heart
from pagerd.stores.base import StoreDamaged
from pagerd.web.services import Status

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 10.0
"""Without a watchdog this is how old the manager's status line may be; with one, a third of its patience at most."""

WRITE_SECONDS_MAX = 10.0
"""A commit takes milliseconds. A disk that needs so long for one does not come back by being waited for."""


class Writing(Protocol):
    """What is asked of the store."""

    @property
    def failed(self) -> bool:
        """Was the file given up so often that a restart is due?"""
        ...

    @property
    def is_damaged(self) -> bool:
        """Was it found damaged?"""
        ...

    @property
    def writing_since(self) -> float | None:
        """When the batch in progress began, on the monotonic clock; None between batches."""
        ...


class Liveness:
    """Looks at the heartbeat and the store at a steady pace, and tells the service manager what it saw."""

    def __init__(
        self, manager: ServiceManager, heart: Heart, store: Writing, clock: Clock, status: Callable[[], Status]
    ) -> None:
        self._manager = manager
        self._heart = heart
        self._store = store
        self._clock = clock
        self._status = status

    @property
    def pace_seconds(self) -> float:
        """How long it waits between two looks."""
        return min(LOOK_EVERY_SECONDS, (self._manager.watchdog_seconds or LOOK_EVERY_SECONDS * 3) / 3)

    async def run(self) -> None:
        """Look until cancelled. Raises what `look` raises."""
        while True:
            rounds = self._heart.rounds
            # An idle heart would sleep past the next look: it must show that it can get up.
            self._heart.wake(self._clock.now())
            await asyncio.sleep(self.pace_seconds)
            self.look(rounds)

    def look(self, rounds: int) -> None:
        """Tell the manager whether there was progress since the heart had made so many rounds.

        Raises StoreDamaged where the store is: what is due may not be found any more, and only a start mends that.
        """
        if self._store.is_damaged:
            raise StoreDamaged("the database is damaged: the next start goes on with what can be read of it")
        stuck = self._why_stuck(rounds)
        if stuck is None:
            self._manager.goes_on(line(self._status()))
        else:
            log.error("watchdog.not_fed", reason=stuck)
            self._manager.is_stuck(f"STUCK: {stuck}")

    def _why_stuck(self, rounds: int) -> str | None:
        since = self._store.writing_since
        if since is not None and self._clock.monotonic() - since >= self._write_seconds_max:
            return f"a write has been on its way to the disk for {self._clock.monotonic() - since:.0f} s"
        if self._store.failed:
            return "the store gave up its file again and again"
        if self._heart.rounds == rounds:
            return f"the heartbeat finished no round within {self.pace_seconds:.0f} s"
        return None

    @property
    def _write_seconds_max(self) -> float:
        return min(WRITE_SECONDS_MAX, self.pace_seconds)


def line(status: Status) -> str:
    """Return how the daemon is, as one line of `systemctl status`."""
    if not status.store_ok:
        return "THE STORE DOES NOT ANSWER: alerts are refused with 503"
    if status.troubles:
        return "; ".join(status.troubles)
    if not status.plan_ok:
        return f"THE CONFIG FILES ARE BROKEN: the last good plan {status.plan_revision} is in force"
    if status.observing_since is not None:
        return f"ONLY OBSERVES: sends nothing, plan {status.plan_revision} is in force"
    return f"takes alerts, plan {status.plan_revision} is in force"
