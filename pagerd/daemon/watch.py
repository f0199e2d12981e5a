"""All that watches pagerd from inside, as the daemon starts, asks and stops it."""

import asyncio
from collections.abc import Callable

from pagerd.daemon.doctor.check import Check, Verdict
from pagerd.daemon.heartbeat import Heartbeat, Watcher
from pagerd.daemon.loop_watch import LoopWatch
from pagerd.daemon.store_watch import StoreWatch
from pagerd.engine.auditor import Auditor
from pagerd.engine.clock_watch import ClockWatch
from pagerd.engine.engine import Engine
from pagerd.engine.heart import Heart


class Watch:
    """Starts its members in a TaskGroup, and says what they found."""

    def __init__(self, engine: Engine, heart: Heart, watcher: Callable[[], Watcher | None]) -> None:
        self.store = StoreWatch(engine)
        self.auditor = Auditor(engine)
        self.heartbeat = Heartbeat(engine, heart, self.auditor, self.store.why_not_fresh, watcher)
        self.loop = LoopWatch(engine.clock, engine.metrics)
        self.clock = ClockWatch(engine)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, group: asyncio.TaskGroup) -> None:
        """Watch until stopped."""
        members = (self.loop, self.store, self.auditor, self.heartbeat, self.clock)
        self._tasks = [group.create_task(one.run()) for one in members]

    def stop(self) -> None:
        """End at once: nothing of it is worth being waited for."""
        for task in self._tasks:
            task.cancel()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an operator should know."""
        said = (self.clock.warning(), self.loop.warning(), self.auditor.warning(), self.heartbeat.warning())
        return tuple(one for one in said if one is not None)


def clock_checks(watch: ClockWatch) -> list[Check]:
    """Return what the doctor says of the clock; nothing while pagerd's time is that of the wall."""
    said = watch.warning()
    hint = "see `timedatectl`: is the clock right now? The lead ends by itself when nothing waits any more"
    return [Check("clock set back", Verdict.WARN, said, hint)] if said is not None else []
