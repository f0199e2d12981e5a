"""The disk of a storm, as each process sees it: it may refuse, lose an answer, or be where the process dies."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from pagerd.lab.storms.faults import Fault, Weather
from pagerd.lab.storms.perils import Killed
from pagerd.lab.storms.virtual import Dice
from pagerd.stores.base import Connection, StoreFigures, StoreUnavailable, Unit
from pagerd.stores.sqlite import SqliteStore

T = TypeVar("T")


class Trouble:
    """What the disk does now: it works, refuses everything, or loses the answers of commits."""

    def __init__(self) -> None:
        self.refuses = False
        self.loses_answers = False


class Mortal(Protocol):
    """Whose store it is."""

    may_crash: bool

    def check_alive(self) -> None:
        """Let whoever is of a dead process go no further."""
        ...

    def kill(self, how: str) -> None:
        """End it at once."""
        ...


class ProcessStore:
    """The disk as one process sees it: it may fail, and it ends with the process."""

    def __init__(
        self,
        disk: SqliteStore,
        trouble: Trouble,
        process: Mortal,
        *,
        dice: Dice,
        weather: Weather,
        look: Callable[[Connection], Awaitable[None]],
    ) -> None:
        self._disk = disk
        self._trouble = trouble
        self._process = process
        self._dice = dice
        self._weather = weather
        self._look = look

    async def write(self, unit: Unit[T]) -> T:
        """Run a unit; the process may die before its commit or after it, and the answer may be lost."""
        process, weather = self._process, self._weather
        process.check_alive()
        if self._trouble.refuses:
            weather.hits[Fault.STORE_REFUSES] += 1
            raise StoreUnavailable("the disk of the storm refuses")
        if self._dice.hits(0.2):
            await asyncio.sleep(0)  # on a real store others go on meanwhile
            process.check_alive()
        if process.may_crash and weather.strikes(Fault.CRASH_BEFORE_COMMIT, 0.002):
            await self._die_before_commit(unit)

        async def looked_at(c: Connection) -> T:
            result = await unit(c)
            await self._look(c)
            return result

        result = await self._disk.write(looked_at)
        if process.may_crash and weather.strikes(Fault.CRASH_AFTER_COMMIT, 0.002):
            process.kill("after a commit")
        process.check_alive()
        if self._trouble.loses_answers and weather.strikes(Fault.STORE_UNKNOWN, 0.3):
            raise StoreUnavailable("the storm took the answer of the commit")
        return result

    async def _die_before_commit(self, unit: Unit[T]) -> None:
        async def doomed(c: Connection) -> None:
            await unit(c)
            raise Killed

        self._process.kill("before a commit")
        await self._disk.write(doomed)

    async def read(self, unit: Unit[T]) -> T:
        """Run a unit that reads."""
        self._process.check_alive()
        if self._trouble.refuses:
            raise StoreUnavailable("the disk of the storm refuses")
        return await self._disk.read(unit)

    @property
    def is_short(self) -> bool:
        """A disk in memory has room."""
        return False

    def figures(self) -> StoreFigures:
        """Return the disk's own."""
        return self._disk.figures()

    async def close(self) -> None:
        """Leave the disk as it is: the next process is on it."""
