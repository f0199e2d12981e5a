"""Forgets what nobody can use any more: free codes, expired links and sessions, answers long carried out."""

from datetime import timedelta

from pagerd.engine import sessions, signin
from pagerd.engine.work import Work
from pagerd.stores.records import answers, swaps, timers, worked

EVERY = timedelta(hours=1)

INBOUND_KEPT = timedelta(days=7)
"""How long an answer is known to have been carried out. Providers deliver again within hours, not days."""


async def begin(work: Work) -> None:
    """Set the clock of the next round, unless it runs."""
    if await timers.find(work.c, "tidy", "") is None:
        await timers.put(work.c, "tidy", "", work.now + EVERY)
        work.wakes_at(work.now + EVERY)


async def forget(work: Work) -> None:
    """Make one round, and set the clock of the next."""
    await answers.drop_free_codes(work.c, work.now)
    await worked.drop_free_codes(work.c, work.now)
    await answers.drop_expired_links(work.c, work.now)
    await swaps.drop_expired_links(work.c, work.now)
    await answers.drop_inbound(work.c, work.now - INBOUND_KEPT)
    await signin.forget(work)
    await sessions.sweep(work)
    await timers.put(work.c, "tidy", "", work.now + EVERY)
    work.wakes_at(work.now + EVERY)
