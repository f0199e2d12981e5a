"""Time and chance of a storm: a loop that never waits, a wall clock that can be set, and dice with a seed.

The loop is asyncio's own; only its selector is ours. Where it would wait for the next timer, virtual time moves on by
that much. Everything that happens is in the order of the loop's queues, so the same seed makes the same storm.
"""

import asyncio
import math
import random  # noqa: TID251  # a storm is drawn from its seed, and never decides anything for a daemon
import selectors
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

T = TypeVar("T")

MICROS = 1_000_000


class Still(AssertionError):
    """Nothing is scheduled any more, and something still waits: a deadlock."""


class _Selector(selectors.SelectSelector):
    """Waits for nothing: it lets virtual time pass instead. In whole microseconds, as the store keeps instants."""

    def __init__(self) -> None:
        super().__init__()
        self.micros = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise Still("nothing is scheduled, and the storm is not over")
        if timeout > 0:
            self.micros += math.ceil(timeout * MICROS)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time passes when nothing is left to do at this instant."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        """Return virtual seconds since the loop was made."""
        return self._virtual.micros / MICROS

    @property
    def micros(self) -> int:
        """Virtual microseconds since the loop was made."""
        return self._virtual.micros

    def stand_still(self, seconds: float) -> None:
        """Let time pass in which nothing of the loop runs, as when the whole machine is stopped."""
        self._virtual.micros += round(seconds * MICROS)


class WallClock:
    """The clock on the wall of a storm: it goes with the loop, and somebody may set it."""

    def __init__(self, loop: VirtualLoop, start: datetime) -> None:
        self._loop = loop
        self._start = start
        self._set_by = timedelta(0)

    def now(self) -> datetime:
        """Return what the wall shows."""
        return self._start + self._set_by + timedelta(microseconds=self._loop.micros)

    def wall(self) -> datetime:
        """Return the same: it is the wall's own clock."""
        return self.now()

    def monotonic(self) -> float:
        """Return virtual seconds; nobody can set these."""
        return self._loop.time()

    def set_by(self, step: timedelta) -> None:
        """Set the clock forward, or back."""
        self._set_by += step


class Dice:
    """All chance of a storm that is not the engine's own."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311  # see the import

    def hits(self, chance: float) -> bool:
        """Say yes with this chance."""
        return self._random.random() < chance

    def pick(self, some: Sequence[T]) -> T:
        """Draw one of several."""
        return some[int(self._random.random() * len(some))]

    def sample(self, some: Sequence[T], count: int) -> list[T]:
        """Draw so many different ones."""
        return self._random.sample(some, min(count, len(some)))

    def between(self, least: float, most: float) -> float:
        """Draw a number between two."""
        return self._random.uniform(least, most)

    def count(self, least: int, most: int) -> int:
        """Draw a whole number, both ends included."""
        return self._random.randint(least, most)

    def pause(self, mean: float) -> float:
        """Draw how long until the next of things that come by chance, `mean` seconds apart."""
        return min(self._random.expovariate(1 / mean), mean * 5)
