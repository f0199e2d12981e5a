"""The one place that stores what became of an action item: its row, history, clocks, and the line of its incident."""

from collections.abc import Mapping

from pagerd.core.actions.changes import Outcome
from pagerd.core.actions.chasing import next_reminder
from pagerd.core.actions.item import ActionItem
from pagerd.core.incidents.events import ActionMoved
from pagerd.core.values import changed
from pagerd.engine import audit, exports
from pagerd.engine.incidents import apply
from pagerd.engine.work import Work
from pagerd.stores.records import actions, incidents, timers

LOOKED_AT = "ActionLookedAt"
"""The event of a look, by pagerd itself."""

_TOLD_TO_INCIDENT: Mapping[str, str] = {
    "action.added": "added",
    "action.verified": "over",
    "action.dropped": "over",
    "action.reopened": "reopened",
    "action.came_back": "reopened",
}
"""What the timeline of the incident says as well; the rest is told by the action item alone."""


async def save(work: Work, outcome: Outcome, event: str, *, via: str = "", is_new: bool = False) -> ActionItem:
    """Store what became of an action item, and set its clocks anew. Without entries nothing is worth a line."""
    item, entries = outcome
    # What pagerd sees of it tells nobody: a reminder that waits for its owner's hours goes on waiting.
    if event != LOOKED_AT or item.remind_at is None:
        item = changed(item, remind_at=next_reminder(item, work.plan, work.now))
    head = await audit.append(work, item.head, item.id, item.version, event, {"via": via} if via else {}, entries)
    item = changed(item, head=head)
    await (actions.insert(work.c, item) if is_new else actions.update(work.c, item))
    await exports.note_action(work, item, entries)
    await timers.put(work.c, "action", item.id, item.due)
    work.wakes_at(item.due)
    for entry in entries:
        kind = _TOLD_TO_INCIDENT.get(entry.kind)
        if kind is not None:
            await _tell_incident(work, item, kind, entry.details, via)
    return item


async def _tell_incident(work: Work, item: ActionItem, kind: str, said: Mapping[str, str], via: str) -> None:
    incident = await incidents.find(work.c, item.incident)
    assert incident is not None, f"action {item.number} is of incident {item.incident}, which is not stored"
    event = ActionMoved(
        by=said.get("by", ""),
        via=via,
        what=kind,
        action=item.number,
        title=item.terms.title if kind == "added" else "",
        owner=item.terms.owner if kind == "added" else "",
        due=said.get("day", ""),
        outcome=item.status.value if kind == "over" else "",
        why=said.get("reason", ""),
    )
    await apply.happened(work, incident, event)
