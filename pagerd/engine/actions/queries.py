"""What people ask about action items; nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from pagerd.core.actions.item import ActionItem
from pagerd.core.errors import NotFound
from pagerd.core.timeline import Entry
from pagerd.stores.base import Connection
from pagerd.stores.records import actions, history
from pagerd.stores.records.actions import Wanted

__all__ = ["Story", "Wanted", "find", "listed", "of_incident", "story"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One action item with everything that happened to it."""

    item: ActionItem
    entries: Sequence[Entry]


async def find(c: Connection, number: int) -> ActionItem:
    """Return an action item. Raises NotFound."""
    item = await actions.find(c, number)
    if item is None:
        raise NotFound(f"there is no action {number}; `pagerd action list` has those that are not verified yet")
    return item


async def listed(c: Connection, wanted: Wanted, limit: int) -> Sequence[ActionItem]:
    """Return action items, the newest first."""
    return await actions.listed(c, wanted, limit)


async def of_incident(c: Connection, incident: int) -> Sequence[ActionItem]:
    """Return the action items of an incident, in the order in which they were written down."""
    return await actions.of_incident(c, incident)


async def story(c: Connection, number: int) -> Story:
    """Return an action item with its history. Raises NotFound."""
    item = await find(c, number)
    rows = await history.of_object(c, item.id)
    return Story(item=item, entries=[entry for row in rows for entry in row.entries])
