"""The one heartbeat: everything that is due happens here. The daemon gives it real time, the lab virtual time."""

import asyncio
from collections.abc import Awaitable, Sequence
from datetime import datetime

import structlog

from pagerd.core.people import Medium
from pagerd.engine import merging, timers
from pagerd.engine.boundaries import Boundary
from pagerd.engine.engine import Engine
from pagerd.engine.share import HESITATES
from pagerd.engine.work import Work
from pagerd.stores.base import Connection, StoreUnavailable
from pagerd.stores.records import notifications
from pagerd.stores.records import timers as timer_rows
from pagerd.stores.records.timers import Timer

log = structlog.get_logger()

BATCH = 500
"""Due rows taken in one round; a storm is worked off in rounds, so that new alerts are served in between."""

FIRED_AT_ONCE_SHARED = 60
"""Of these, where nodes write in turn: as many as one turn holds. What is behind them, such as what a node that stops
hands back, then waits for one turn, and not for a whole round."""

OF_A_SOURCE = frozenset({"source", "ask"})
"""Timers whose subject is a source; a source that no node's files have any more has them dropped."""


async def tick(engine: Engine, *, looks_first: bool = False) -> datetime | None:
    """Carry out what is due now, up to a batch; return when the next thing is due (now, when there is more).

    One that `looks_first` begins no claim before it has seen that something is due. That pays where most heartbeats
    find nothing to send, as in a month that is played again; a daemon under load would look in vain.
    """
    # Nodes write in turn: one that has nothing to claim lets the others have theirs.
    looks = looks_first or engine.node is not None

    async def due_now(c: Connection) -> tuple[datetime, list[Timer], datetime | None]:
        now = engine.now(c)
        due = await timer_rows.due(c, now, BATCH)
        return now, due, await notifications.next_due(c) if looks else None

    engine.boundaries.before(Boundary.TIMER_FOUND)
    now, due, first = await engine.read(due_now)
    if due:
        engine.boundaries.after(Boundary.TIMER_FOUND)
    begins = [_begins_at(engine, timer, now) for timer in due]
    await _fire_all(engine, [timer for timer, at in zip(due, begins, strict=True) if at <= now])
    await engine.unhanded.give_back(engine.hand_back)
    if looks_first and due:
        first = await engine.read(notifications.next_due)
    claims_anyway = not looks_first and due
    if not looks or claims_anyway or (first is not None and first <= now):
        await engine.transact(_claim)

    # What another node is to take up is looked at again when it should have been.
    others = [at for at in begins if at > now]
    seen = now if others and (len(due) < BATCH or len(others) == BATCH) else None

    async def next_due(c: Connection) -> datetime | None:
        found = [*others, await timer_rows.next_due(c, seen), await _outbox_due(engine, c)]
        return min((at for at in found if at is not None), default=None)

    return await engine.read(next_due)


async def _outbox_due(engine: Engine, c: Connection) -> datetime | None:
    """Return when something of the outbox is due, where there is room for it."""
    first = await notifications.next_due(c)
    room = engine.room() if first is not None else None
    if room is None or len(room.open) == len(Medium):
        return first
    # A medium without room is left out: the end of a message that is in the air wakes us for it.
    found = [await notifications.next_due(c, room.open)]
    for medium, more_at in room.limited.items():
        waiting = await notifications.next_due(c, (medium,))
        found.append(max(waiting, more_at) if waiting is not None else None)
    for medium in room.left_to_others:
        waiting = await notifications.next_due(c, (medium,))
        found.append(waiting + HESITATES if waiting is not None else None)
    return min((at for at in found if at is not None), default=None)


def _begins_at(engine: Engine, timer: Timer, now: datetime) -> datetime:
    """Return when this node takes up a timer; what only the files of another one know is left there."""
    if timer.kind in OF_A_SOURCE and timer.subject not in engine.sources and not engine.agrees:
        return now + HESITATES
    return engine.share.begins_at(timer)


async def _fire_all(engine: Engine, due: Sequence[Timer]) -> None:
    """Fire timers, those that wait longest first; a node that is told to stop leaves the rest to the others."""
    if len(due) <= 1:
        # One alone, which is most of them, needs no task of its own.
        for timer in due if engine.takes_up else ():
            await _fire(engine, timer)
        return
    room = asyncio.Semaphore(BATCH if engine.node is None else FIRED_AT_ONCE_SHARED)

    async def fire(timer: Timer) -> None:
        async with room:
            if engine.takes_up:
                await _fire(engine, timer)

    await asyncio.gather(*(fire(timer) for timer in due))


async def _fire(engine: Engine, timer: Timer) -> None:
    """Fire one timer in a transaction of its own. What raises is kept, and told after a second try."""

    async def act(work: Work) -> None:
        await timers.fire(work, timer, engine.sources)

    try:
        await engine.transact(act, sends_at_once=False)
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001  # a decision that raises must not stop those of others: it is counted and told
        await _note_failure(engine, timer, error)


def _note_failure(engine: Engine, timer: Timer, error: Exception) -> Awaitable[None]:
    log.error("timer.raised", kind=timer.kind, subject=timer.subject, exc_info=error)

    async def act(work: Work) -> None:
        await timers.failed(work, timer, f"{type(error).__name__}: {error}")

    return engine.transact(act)


async def _claim(work: Work) -> None:
    """Take due notifications under a lease, with what their messages need; they are handed out after the commit."""
    await merging.claim_due(work, BATCH)
