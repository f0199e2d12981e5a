"""Tells the tracker, and stores what became of it. A tracker that hangs, fails or lies holds up nothing else.

An event that was perhaps taken is told again under the same key. One that fails is tried again for a week, each ticket
for itself; the operators hear of it after some minutes, status and metrics show it from the first.
"""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
import structlog

from pagerd.channels.base import TicketEvent, Tracked
from pagerd.core import ticket as tickets_core
from pagerd.core.actions import changes
from pagerd.core.errors import PagerdError, Refused
from pagerd.core.timeline import Entry, sentence
from pagerd.engine import apply, exports, ticketing
from pagerd.engine.actions import keeping
from pagerd.engine.engine import Engine
from pagerd.engine.exports import IN_FLIGHT_MAX
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import actions, tickets
from pagerd.stores.records import exports as rows
from pagerd.stores.records.exports import Export

log = structlog.get_logger()

UTC = ZoneInfo("UTC")

DEADLINE_SECONDS = 10.0
"""One attempt. The claim lasts six times as long, so that nothing is told twice because it was slow to be told."""

FIRST_AGAIN_AFTER = timedelta(seconds=30)
AGAIN_AFTER_MAX = timedelta(hours=1)
GIVES_UP_AFTER = timedelta(days=7)
"""By then a tracker is not down but gone, and what it missed is history; the next event has all of the ticket."""

ALARM_AT = 5
"""Failed attempts at one event, about seven minutes, until the operators are told; then once an hour."""


class Exporter:
    """Tells one event at a time with each of its workers, until it is stopped."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # No more are claimed than this; one more is never in memory, whatever happens.
        self._queue: asyncio.Queue[Export] = asyncio.Queue(IN_FLIGHT_MAX)
        engine.export = self._take

    def _take(self, one: Export) -> None:
        if not self._queue.full():  # else its claim ends and it comes again
            self._queue.put_nowait(one)

    async def run(self) -> None:
        """Tell until cancelled: what is in the air then is told again by whoever starts next."""
        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT_MAX):
                group.create_task(self._tell_on())

    async def _tell_on(self) -> None:
        while True:
            one = await self._queue.get()
            try:
                await self.tell(one)
            except PagerdError as error:
                # The outcome could not be stored: the claim ends, and the event is told once more.
                log.warning("export.outcome_lost", export=one.id, error=str(error))
            except Exception:
                log.exception("export.failed", export=one.id)

    async def tell(self, one: Export) -> None:
        """Tell one event, and store what became of it."""
        event = TicketEvent(one.id, await self._body_of(one))
        problem: Exception
        try:
            tracked = await self._engine.delivery.tell_tracker(event, DEADLINE_SECONDS)
        except PagerdError as error:
            problem = error
        except Exception as error:
            log.exception("export.tracker_broken", export=one.id)
            problem = error
        else:
            await self._engine.transact(lambda work: told(work, one, tracked))
            return
        log.warning("export.not_taken", export=one.id, attempt=one.attempts + 1, error=str(problem))
        await self._engine.transact(lambda work: failed(work, one, problem))

    async def _body_of(self, one: Export) -> bytes:
        """Return the event as the tracker reads it: in sentences, and with what it has called the ticket by now."""
        known = await self._engine.read(lambda c: _tracked_as(c, one.ticket_id))
        said = msgspec.json.decode(one.body)
        # Sentences are made only now: what is stored names people where an erasure finds them.
        entries = msgspec.convert(said.pop("entries"), list[Entry])
        said["sentences"] = [sentence(entry, UTC) for entry in entries]
        said["ref"] = known.ref or None
        return msgspec.json.encode(said)


async def told(work: Work, one: Export, tracked: Tracked) -> None:
    """The tracker took it, and may have said what it calls the ticket."""
    if not await rows.done(work.c, one, work.now):
        return
    work.count("ticket_exports", "taken")
    if tracked.ref and await _tracked_as(work.c, one.ticket_id) != tracked:
        await _keep(work, one.ticket_id, tracked)
    await exports.arm(work)


async def _tracked_as(c: Connection, object_id: str) -> Tracked:
    """Return what a tracker has called a ticket or an action item so far."""
    found = await tickets.find(c, object_id) or await actions.find_by_id(c, object_id)
    return Tracked(found.ref, found.ref_url) if found is not None else Tracked()


async def _keep(work: Work, object_id: str, tracked: Tracked) -> None:
    ticket, item = await tickets.find(work.c, object_id), await actions.find_by_id(work.c, object_id)
    if ticket is not None:
        outcome = tickets_core.tracked(ticket, work.now, tracked.ref, tracked.url)
        await ticketing.save(work, outcome, "TicketTracked")
    if item is not None:
        await keeping.save(work, changes.tracked(item, work.now, tracked.ref, tracked.url), "ActionTracked")


def _named(one: Export) -> str:
    """Name what an event is about as people do."""
    is_action = one.ticket_id.startswith(exports.ACTIONS_AFTER)
    return f"action {one.ticket_id.removeprefix(exports.ACTIONS_AFTER)}" if is_action else f"ticket {one.ticket_id}"


async def failed(work: Work, one: Export, problem: Exception) -> None:
    """The tracker did not take it: it is told again later, unless it never will be, or has failed for too long."""
    fault = str(problem)[:300] if isinstance(problem, PagerdError) else f"pagerd failed: {type(problem).__name__}"
    is_refused = isinstance(problem, Refused)
    if is_refused or work.now - one.at >= GIVES_UP_AFTER:
        if await rows.done(work.c, one, work.now):
            result = "refused" if is_refused else "given_up"
            work.count("ticket_exports", result)
            words = "will not take" if is_refused else "did not take for a week"
            text = f"the tracker {words} what happened to {_named(one)} ({one.event}): {fault}"
            await apply.alarm(work, "tracker_failing", result, text)
        await exports.arm(work)
        return
    wait = min(FIRST_AGAIN_AFTER * 2 ** min(one.attempts, 10), AGAIN_AFTER_MAX)
    asked = timedelta(seconds=getattr(problem, "retry_after_seconds", None) or 0)
    if await rows.failed(work.c, one, work.now + max(wait, min(asked, AGAIN_AFTER_MAX)), fault):
        work.count("ticket_exports", "failed")
        if one.attempts + 1 >= ALARM_AT:
            await apply.alarm(work, "tracker_failing", "", f"the tracker takes no tickets, they wait: {fault}")
    await exports.arm(work)
