"""What a tracker is to be told: a row for each thing that happens to a ticket or an action item, in its transaction.

Nothing waits for the tracker. `engine/exporting.py` takes the rows, a few at a time; what fails is tried again later.
"""

from collections.abc import Mapping, Sequence

from pagerd.core.actions.item import ActionItem
from pagerd.core.actions.written import written as written_action
from pagerd.core.audit import CONFIG
from pagerd.core.ticket import Ticket
from pagerd.core.ticket_written import written
from pagerd.core.timeline import Entry
from pagerd.engine import audit
from pagerd.engine.work import LEASE, Work
from pagerd.stores.records import actions, exports, history, tickets, timers
from pagerd.stores.records.columns import to_json
from pagerd.stores.records.exports import ACTION_UPDATED, UPDATED, Export

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

ACTION_EVENTS: Mapping[str, str] = {
    "action.added": "action_opened",
    "action.done": "action_done",
    "action.verified": "action_verified",
    "action.dropped": "action_dropped",
    "action.reopened": "action_reopened",
    "action.came_back": "action_reopened",
}
"""The same for action items."""

BEGAN, ENDED = "TrackerBegan", "TrackerEnded"
"""The entries of the files' chain that say whether there is a tracker."""

ALL_AFTER = "all after "
"""The subject of the timer behind which a new tracker is told of what is open already, with the last one that was."""

BITE = 100
"""Tickets of one transaction while a new tracker is told of them."""

OF_THE_TRACKER = frozenset({"ticket.tracked", "action.tracked"})
"""What the tracker itself told us is no news to it."""

OF_PAGERD = frozenset({"action.reminded", "action.nobody_reminded"})
"""Whom pagerd reminded changes nothing of an action item."""

ACTIONS_AFTER = "a-"
"""How the subject of that timer goes on behind the tickets: with the number of the last action item."""


async def note(work: Work, ticket: Ticket, entries: Sequence[Entry]) -> None:
    """Let the tracker be told what just happened to a ticket, if there is one, and if pagerd does not only observe."""
    told = [entry for entry in entries if entry.kind not in OF_THE_TRACKER]
    if not work.plan.exports_tickets or work.observing or not told:
        return
    event = next((EVENTS[entry.kind] for entry in told if entry.kind in EVENTS), UPDATED)
    await _put(work, ticket, event, told, _of_ticket(ticket))


async def note_action(work: Work, item: ActionItem, entries: Sequence[Entry]) -> None:
    """The same of an action item. Those of drills are nobody's work."""
    told = [entry for entry in entries if entry.kind not in OF_THE_TRACKER | OF_PAGERD]
    if not work.plan.exports_tickets or work.observing or item.is_drill or not told:
        return
    event = next((ACTION_EVENTS[entry.kind] for entry in told if entry.kind in ACTION_EVENTS), ACTION_UPDATED)
    await _put(work, item, event, told, {"action": written_action(item)})


def _of_ticket(ticket: Ticket) -> Mapping[str, object]:
    # Without what the tracker itself said; it may want to know what the alerts have in common.
    return {"ticket": {**written(ticket), "group": ticket.group_key}}


async def _put(
    work: Work, one: Ticket | ActionItem, event: str, told: Sequence[Entry], whole: Mapping[str, object]
) -> None:
    export_id = f"{one.id}/{one.version}"
    body = {
        "version": 1,
        "id": export_id,
        "event": event,
        "at": work.now.isoformat(),
        "by": next((entry.details["by"] for entry in told if entry.details.get("by")), None),
        "entries": told,
        **whole,
    }
    row = Export(
        id=export_id,
        ticket_id=one.id,
        version=one.version,
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
    """Let a new tracker be told of the next tickets that are open, as if each had just been opened; then of actions."""
    await timers.put(work.c, "export", ALL_AFTER + cursor, None)
    if not work.plan.exports_tickets or work.observing:
        return
    if cursor.startswith(ACTIONS_AFTER):
        following = await _tell_actions_after(work, int(cursor.removeprefix(ACTIONS_AFTER)))
    else:
        following = await _tell_tickets_after(work, cursor)
    if following is not None:
        await timers.put(work.c, "export", ALL_AFTER + following, work.now)
        work.wakes_at(work.now)
    await arm(work)


async def _tell_tickets_after(work: Work, cursor: str) -> str:
    found = await tickets.open_after(work.c, cursor, BITE)
    for ticket in found:
        if not await exports.waits_for(work.c, ticket.id):  # else it changed meanwhile, and all of it is told already
            await _put(work, ticket, EVENTS["ticket.opened"], await _story_of(work, ticket.id), _of_ticket(ticket))
    return found[-1].id if len(found) == BITE else f"{ACTIONS_AFTER}0"


async def _tell_actions_after(work: Work, number: int) -> str | None:
    found = await actions.unfinished_after(work.c, number, BITE)
    for item in found:
        if not item.is_drill and not await exports.waits_for(work.c, item.id):
            whole = {"action": written_action(item)}
            await _put(work, item, ACTION_EVENTS["action.added"], await _story_of(work, item.id), whole)
    return f"{ACTIONS_AFTER}{found[-1].number}" if len(found) == BITE else None


async def _story_of(work: Work, object_id: str) -> list[Entry]:
    rows = await history.of_object(work.c, object_id)
    return [entry for row in rows for entry in row.entries if entry.kind not in OF_THE_TRACKER]


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
