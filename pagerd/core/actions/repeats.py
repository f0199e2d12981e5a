"""What a new incident has in common with an action item of an earlier one that was said to be done."""

from collections.abc import Collection
from dataclasses import dataclass

from pagerd.core.actions.item import ActionItem, ActionStatus
from pagerd.core.actions.terms import Bar
from pagerd.core.incidents.incident import Incident


@dataclass(frozen=True, slots=True)
class Repeat:
    """What is the same, and whether that says that the action item did not do what it was to."""

    what: str
    opens: bool


def repeat_of_cause(
    item: ActionItem, incident: Incident, mine: Collection[str], before: Collection[str]
) -> Repeat | None:
    """Say that an incident has a contributing factor in common with the one that an item of its team is of, or None.

    A category says too little to open anything again: two deployments may be risky for two reasons. What was done only
    afterwards could not have helped.
    """
    is_done = item.status in (ActionStatus.DONE, ActionStatus.VERIFIED)
    was_done_before = item.done_at is not None and item.done_at < incident.detected_at
    if not is_done or not was_done_before or incident.number in (item.incident, *item.repeats):
        return None
    shared = sorted(set(mine) & set(before))
    return Repeat(f"the same cause ({', '.join(shared)})", opens=False) if shared else None


def repeat_of(item: ActionItem, incident: int, *, service: str, fires_again: bool) -> Repeat | None:
    """Say what a new incident has in common with the one that an item is of, or None.

    The very same alerts open an item again that was to prevent just that. A service alone has many ways to fail, and
    the other bars do not promise that nothing happens: then somebody is asked to look.
    """
    is_done = item.status in (ActionStatus.DONE, ActionStatus.VERIFIED)
    if not is_done or incident in (item.incident, *item.repeats):
        return None
    if fires_again:
        return Repeat("the same alerts", opens=Bar.RECURRENCE in item.terms.bars)
    if item.service and item.service == service:
        return Repeat(f"the same service ({service})", opens=False)
    return None
