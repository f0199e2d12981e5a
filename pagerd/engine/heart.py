"""The heartbeat and the senders in real time. Both live in the daemon's TaskGroup and end when they are told to."""

import asyncio
import itertools
from datetime import datetime, timedelta

import structlog

from pagerd.core.errors import PagerdError
from pagerd.core.people import Medium, Urgency
from pagerd.engine.engine import Engine
from pagerd.engine.outages import Outage
from pagerd.engine.tick import tick
from pagerd.engine.work import Claimed
from pagerd.stores.base import StoreUnavailable

log = structlog.get_logger()

SLEEP_MAX_SECONDS = 5.0
"""The longest sleep of the heartbeat: a clock that was set forward is noticed this soon."""

SLEEP_SHARED_SECONDS = 0.5
"""The same where other nodes may store what is due, or hand it back: nobody tells this one of it.

A node that is told to stop hands back behind what it is writing and one batch that waits, each behind a turn of the
other node: with turns of 0.25 s that is stored within 1 s, seen after this, claimed by the turn after that, and so on
its way in less than 2 s.
"""

STORE_TROUBLE_SECONDS = 1.0
"""How long the heartbeat waits when the store does not answer, before it asks again."""

SENDERS = 32
"""Messages of one medium being sent at once. Each medium has its own: a mail server that hangs holds up no call."""


_Place = tuple[bool, int, int, Claimed | None]
"""In a queue: high urgency first, then the worst severity, then who came first; None ends a sender."""


class Heart:
    """Sleeps until something is due, and sees to it. `wake` may be called from the loop's thread at any time."""

    def __init__(self, engine: Engine, *, sleep_max_seconds: float | None = None) -> None:
        self._engine = engine
        self._woken = asyncio.Event()
        self._next: datetime | None = None
        self._stopping = False
        self._sleep_max = sleep_max_seconds or (SLEEP_MAX_SECONDS if engine.node is None else SLEEP_SHARED_SECONDS)
        self.beats = 0
        self.rounds = 0
        """Rounds that came to an end; unlike a beat, one that the store refused counts too."""
        self.last_beat: float | None = None
        self._outage = Outage("heartbeat.store_unavailable", "heartbeat.goes_on", engine.clock.monotonic)
        engine.wake = self.wake

    def wake(self, at: datetime) -> None:
        """Something waits until then: do not sleep past it."""
        if self._next is None or at < self._next:
            self._next = at
            self._woken.set()

    def stop(self) -> None:
        """End after the round in progress."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Beat until stopped. Trouble of the store is waited out: rows do not go away."""
        while not self._stopping:
            self._woken.clear()
            self._next = None
            try:
                due = await tick(self._engine)
            except StoreUnavailable as error:
                self.rounds += 1
                self._outage.fails(str(error))
                await self._sleep(STORE_TROUBLE_SECONDS)
                continue
            self._outage.works()
            self.rounds += 1
            self.beats += 1
            self.last_beat = self._engine.clock.monotonic()
            if due is not None:
                self.wake(due)
            await self._sleep(self._seconds_to_next())

    def _seconds_to_next(self) -> float:
        if self._next is None:
            return self._sleep_max
        left = (self._next - self._engine.clock.now()) / timedelta(seconds=1)
        return min(max(left, 0.0), self._sleep_max)

    async def _sleep(self, seconds: float) -> None:
        """Sleep, but get up when something earlier comes in."""
        wanted = self._engine.clock.monotonic() + seconds
        while not self._stopping:
            self._woken.clear()
            left = min(wanted - self._engine.clock.monotonic(), self._seconds_to_next())
            if left <= 0:
                return
            try:
                async with asyncio.timeout(left):
                    await self._woken.wait()
            except TimeoutError:
                return


class Senders:
    """A fixed number of senders for each medium, over a queue of its own, the most urgent first.

    The queues are bounded by the engine's own limit on what is in flight.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queues: dict[Medium, asyncio.PriorityQueue[_Place]] = {
            medium: asyncio.PriorityQueue() for medium in Medium
        }
        self._count = itertools.count()
        self._left: list[Claimed] = []
        engine.hand_out = self._put

    def _put(self, claimed: Claimed) -> None:
        one = claimed.notification
        place = (one.urgency is not Urgency.HIGH, one.rank, next(self._count), claimed)
        self._queues[one.medium].put_nowait(place)

    async def run(self) -> None:
        """Send until stopped; what is claimed by then is sent or left to its lease."""
        try:
            async with asyncio.TaskGroup() as group:
                for queue in self._queues.values():
                    for _ in range(SENDERS):
                        group.create_task(self._send_on(queue))
        finally:
            self._set_aside()

    def stop(self) -> None:
        """Let each sender finish what it has in hand; what waits behind it is for `hand_back`."""
        self._set_aside()
        for queue in self._queues.values():
            for _ in range(SENDERS):
                queue.put_nowait((False, 0, next(self._count), None))

    async def hand_back(self) -> None:
        """Make what was set aside due at once, for whoever starts next; nobody began to send it."""
        left, self._left = self._left, []
        if left:
            await self._engine.hand_back(left)
            log.info("notifications.handed_back", count=len(left))

    def _set_aside(self) -> None:
        for queue in self._queues.values():
            while not queue.empty():
                claimed = queue.get_nowait()[-1]
                if claimed is not None:
                    self._left.append(claimed)

    async def _send_on(self, queue: "asyncio.PriorityQueue[_Place]") -> None:
        while True:
            claimed = (await queue.get())[-1]
            if claimed is None:
                return
            try:
                await self._engine.deliver(claimed)
            except PagerdError as error:
                # The outcome could not be stored: the claim ends by itself and the message goes out once more.
                log.warning("notification.outcome_lost", notification=claimed.notification.id, error=str(error))
            except Exception:
                log.exception("notification.sender_failed", notification=claimed.notification.id)
