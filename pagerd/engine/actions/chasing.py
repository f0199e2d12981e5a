"""What silence does to an action item: a reminder whose hour has come, a look whose day has come."""

from pagerd.core.actions import changes
from pagerd.core.actions.chasing import clock_of, words
from pagerd.core.actions.item import ActionItem
from pagerd.engine.actions import looking
from pagerd.engine.actions.keeping import save
from pagerd.engine.actions.telling import tell
from pagerd.engine.work import Work
from pagerd.stores.records import actions, timers


async def due(work: Work, action_id: str) -> None:
    """Carry out what is due of an action item."""
    item = await actions.find_by_id(work.c, action_id)
    if item is None or item.due is None:
        await timers.put(work.c, "action", action_id, None)
        return
    if item.remind_at is not None and item.remind_at <= work.now:
        item = await _remind(work, item)
    if item.check_at is not None and item.check_at <= work.now:
        await looking.look(work, item)


async def _remind(work: Work, item: ActionItem) -> ActionItem:
    clock = clock_of(item, work.plan)
    at = clock.first_hour(work.now)
    if at > work.now:
        # pagerd was down in their hours, or the files name others by now: it waits for the next ones.
        await timers.put(work.c, "action", item.id, at)
        work.wakes_at(at)
        return item
    people = await tell(work, item, words(item, work.now, clock.zone))
    return await save(work, changes.reminded(item, work.now, people), "ActionReminded")
