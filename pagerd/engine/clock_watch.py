"""Watches how far pagerd's time is ahead of the wall clock, which somebody set back; says so, and ends it.

What waits goes on at its own pace meanwhile, as SteadyClock has it. The wall is followed again when it has caught up,
or as soon as nothing waits that people would miss if it came later. Both are noticed within a look; a restart in
between begins where the last look was, which is what the watch of the store has written.
"""

import asyncio
from datetime import timedelta

import structlog

from pagerd.core.errors import PagerdError
from pagerd.core.plain import length
from pagerd.engine import apply, intake, sweep
from pagerd.engine.clock import SteadyClock
from pagerd.engine.engine import Engine
from pagerd.engine.work import Work
from pagerd.stores.base import Store
from pagerd.stores.records import progress, sources

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 15.0

FAR = timedelta(days=1)
"""So far ahead another person may be on call than the calendar says: the operators hear of it by text as well.

It is led all the same. A page that goes to the wrong person is answered or escalates; one that waits for days is lost.
"""

NOTED = "store"
"""What the watch of the store notes with every look: how far an earlier run had come."""


async def go_on(store: Store, clock: SteadyClock) -> None:
    """Begin no earlier than an earlier run has been. Raises StoreUnavailable."""
    at = await store.read(lambda c: progress.noted(c, NOTED))
    if at is not None:
        clock.go_on_from(at)


class ClockWatch:
    """Looks at a steady pace. Where several nodes share a store the database has the clock, and there is nothing to do.

    `run` lives in the daemon's TaskGroup.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._clock = engine.clock if isinstance(engine.clock, SteadyClock) else None
        self._told = timedelta(0)

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except PagerdError as error:
                log.warning("clock.look_void", error=str(error))
            except Exception:
                # Pages go on without it: a lead that lasts is better than a daemon that ends.
                log.exception("clock.look_void")
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def look(self) -> None:
        """Say once that the clock was set back; follow the wall again when nothing waits."""
        if self._clock is None:
            return
        lead = self._clock.lead
        self._engine.metrics.count("clock_lead_seconds", (), lead / timedelta(seconds=1))
        if not lead:
            if self._told:
                log.info("clock.caught_up")
            self._told = timedelta(0)
            return
        if lead - self._told > timedelta(seconds=1):
            log.error("clock.set_back", lead_seconds=round(lead.total_seconds()))
            await self._engine.transact(self._tell)
            self._told = lead
        if await self._engine.transact(self._follow_wall):
            log.warning("clock.follows_the_wall", set_back_seconds=round(lead.total_seconds()))
            self._told = timedelta(0)
            self._engine.metrics.count("clock_lead_seconds", (), 0)

    def warning(self) -> str | None:
        """Say that all times are ahead of the wall clock, or None."""
        lead = self._clock.lead if self._clock is not None else timedelta(0)
        return _words(lead) if lead else None

    async def _tell(self, work: Work) -> None:
        assert self._clock is not None
        lead = self._clock.lead
        await apply.alarm(work, "clock_set_back", "", _words(lead), everywhere=lead > FAR)

    async def _follow_wall(self, work: Work) -> bool:
        """Follow the wall if nothing waits. In the unit itself, so that nothing can begin to wait in between."""
        assert self._clock is not None
        if await progress.is_awaited(work.c):
            return False
        self._clock.follow_wall()
        work.now = now = self._clock.now()
        self._engine.listens_since = min(self._engine.listens_since, now)
        await progress.note(work.c, NOTED, now)
        await sources.not_seen_after(work.c, now)
        await intake.watch_sources(work, self._engine.sources, listens_since=None)
        # A silence that had begun may begin only now: what it muted is heard until then.
        await sweep.watch_silences(work)
        await sweep.begin(work)
        return True


def _words(lead: timedelta) -> str:
    ahead = length(lead + timedelta(seconds=0.5))
    return (
        f"the clock of this host was set back by {ahead}: pagerd goes on ahead of it, so that nobody is paged later."
        f" All times that it says are {ahead} ahead, and handoffs come so much early, until nothing waits any more"
    )
