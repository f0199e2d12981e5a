"""What a tracker is to be told: a row for each thing that happens to a ticket, in its own transaction.

Nothing waits for the tracker. `engine/exporting.py` takes the rows, a few at a time; what fails is tried again later.
"""

from collections.abc import Mapping, Sequence

from pagerd.core.audit import CONFIG
from pagerd.core.ticket import Ticket
from pagerd.core.ticket_written import written
from pagerd.core.timeline import Entry
from pagerd.engine import audit
from pagerd.engine.work import LEASE, Work
from pagerd.stores.records import exports, history, tickets, timers
from pagerd.stores.records.columns import to_json
from pagerd.stores.records.exports import UPDATED, Export

IN_FLIGHT_MAX = 8
"""Events in the air at once. A tracker is a form in a browser to most people: it need not take more."""

EVENTS: Mapping[str, str] = {
    "ticket.opened": "opened",
    "ticket.taken": "taken",
    "ticket.note": "noted",
    "ticket.closed": "closed",
    "ticket.reopened": "reopened",
}
"""The event of each kind of entry; every other kind updates the ticket."""

BEGAN, ENDED = "TrackerBegan", "TrackerEnded"
"""The entries of the files' chain that say whether there is a tracker."""

ALL_AFTER = "all after "
"""The subject of the timer behind which a new tracker is told of what is open already, with the last one that was."""

BITE = 100
"""Tickets of one transaction while a new tracker is told of them."""

OF_THE_TRACKER = "ticket.tracked"
"""What the tracker itself told us is no news to it."""


async def note(work: Work, ticket: Ticket, entries: Sequence[Entry]) -> None:
    """Let the tracker be told what just happened to a ticket, if there is one, and if pagerd does not only observe."""
    told = [entry for entry in entries if entry.kind != OF_THE_TRACKER]
    if not work.plan.exports_tickets or work.observing or not told:
        return
    event = next((EVENTS[entry.kind] for entry in told if entry.kind in EVENTS), UPDATED)
    await _put(work, ticket, event, told)


async def _put(work: Work, ticket: Ticket, event: str, told: Sequence[Entry]) -> None:
    export_id = f"{ticket.id}/{ticket.version}"
    body = {
        "version": 1,
        "id": export_id,
        "event": event,
        "at": work.now.isoformat(),
        "by": next((entry.details["by"] for entry in told if entry.details.get("by")), None),
        "entries": told,
        # Without what the tracker itself said; it may want to know what the alerts have in common.
        "ticket": {**written(ticket), "group": ticket.group_key},
    }
    row = Export(
        id=export_id,
        ticket_id=ticket.id,
        version=ticket.version,
        event=event,
        at=work.now,
        body=to_json(body),
    )
    if await exports.insert(work.c, row):
        await arm(work)


async def begin(work: Work) -> None:
    """Take up what waits; without a tracker nobody will ever ask for it. A new one hears of what is open.

    Where pagerd only observes it hears of nothing, now and later: what is open there is in another pager's tracker.
    """
    had_one = await history.last_of(work.c, CONFIG, (BEGAN, ENDED)) == BEGAN
    if work.plan.exports_tickets and not had_one:
        await audit.note(work, CONFIG, BEGAN, {"observing": work.observing})
        if not work.observing:
            await timers.put(work.c, "export", ALL_AFTER, work.now)
            work.wakes_at(work.now)
    if not work.plan.exports_tickets and work.agreed:
        dropped = await exports.drop_all(work.c)
        if dropped:
            work.say("exports.dropped", count=dropped, why="pagerd.yaml names no tracker any more")
        if had_one:
            await audit.note(work, CONFIG, ENDED, {"dropped": dropped})
    await arm(work)


async def tell_all_after(work: Work, cursor: str) -> None:
    """Let a new tracker be told of the next tickets that are open, as if each had just been opened."""
    await timers.put(work.c, "export", ALL_AFTER + cursor, None)
    if not work.plan.exports_tickets or work.observing:
        return
    found = await tickets.open_after(work.c, cursor, BITE)
    for ticket in found:
        if not await exports.waits_for(work.c, ticket.id):  # else it changed meanwhile, and all of it is told already
            rows = await history.of_object(work.c, ticket.id)
            told = [entry for row in rows for entry in row.entries if entry.kind != OF_THE_TRACKER]
            await _put(work, ticket, EVENTS["ticket.opened"], told)
    if len(found) == BITE:
        await timers.put(work.c, "export", ALL_AFTER + found[-1].id, work.now)
        work.wakes_at(work.now)
    await arm(work)


async def take_over(work: Work) -> None:
    """Tell at once what a pagerd that was killed had claimed. Only for who is alone with the database."""
    left = await exports.end_leases(work.c, work.now)
    if left:
        work.say("exports.taken_over", count=left)
        await arm(work)


async def due(work: Work) -> None:
    """Claim what is due, as far as there is room; it is handed out after the commit."""
    claim = work.chance.row_id(work.now)
    if not work.observing:
        work.exports += await exports.claim_due(work.c, work.now, work.now + LEASE, claim, IN_FLIGHT_MAX)
    await arm(work)


async def arm(work: Work) -> None:
    """Set the one timer of all exports. What waited when pagerd began to observe waits until it sends again."""
    at = await exports.next_due(work.c, work.now, IN_FLIGHT_MAX) if not work.observing else None
    await timers.put(work.c, "export", "", at)
    work.wakes_at(at)
