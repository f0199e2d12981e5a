"""What silence does to an action item: a reminder whose hour has come, a look whose day has come."""

from datetime import timedelta

from pagerd.core.actions import changes, looks
from pagerd.core.actions.chasing import clock_of, words
from pagerd.core.actions.item import ActionItem
from pagerd.core.values import changed
from pagerd.engine.actions.keeping import LOOKED_AT, save
from pagerd.engine.actions.telling import tell
from pagerd.engine.work import Work
from pagerd.stores.records import actions, timers

LOOK_AGAIN_AFTER = timedelta(hours=1)


async def due(work: Work, action_id: str) -> None:
    """Carry out what is due of an action item."""
    item = await actions.find_by_id(work.c, action_id)
    if item is None or item.due is None:
        await timers.put(work.c, "action", action_id, None)
        return
    if item.remind_at is not None and item.remind_at <= work.now:
        item = await _remind(work, item)
    if item.check_at is not None and item.check_at <= work.now:
        await _look(work, item)


async def _remind(work: Work, item: ActionItem) -> ActionItem:
    clock = clock_of(item, work.plan)
    at = clock.first_hour(work.now)
    if at > work.now:
        # pagerd was down in their hours, or the files name others by now: it waits for the next ones.
        waiting = changed(item, remind_at=at)
        await timers.put(work.c, "action", item.id, waiting.due)
        work.wakes_at(waiting.due)
        return waiting
    people = await tell(work, item, words(item, work.now, clock.zone))
    return await save(work, changes.reminded(item, work.now, people), "ActionReminded")


async def _look(work: Work, item: ActionItem) -> None:
    seen = looks.in_plan(item.verification, work.plan)
    if seen is not None:
        await save(work, changes.looked_at(item, work.now, seen.state, seen.what), LOOKED_AT)
        return
    work.actions_to_look_at.append(item.number)
    # Should the answer get lost, it is asked for again.
    again_at = min(at for at in (item.remind_at, work.now + LOOK_AGAIN_AFTER) if at is not None)
    await timers.put(work.c, "action", item.id, again_at)
    work.wakes_at(again_at)
