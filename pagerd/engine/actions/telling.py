"""Tells people of an action item. It wakes nobody: by mail, or by text in the hours in which they work."""

from pagerd.core.actions.chasing import clock_of, people_for
from pagerd.core.actions.item import ActionItem
from pagerd.core.paging.notification import usable_media
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import LOUD, Medium
from pagerd.engine import outbox
from pagerd.engine.work import Work


async def tell(work: Work, item: ActionItem, text: str) -> tuple[str, ...]:
    """Tell whoever is reminded of it, and return whom it could be told."""
    told = []
    for person in people_for(item, work.plan, work.now):
        usable = usable_media(work.plan, person)
        quiet = next((medium for medium in usable if medium not in LOUD), None)
        if quiet is not None:
            await outbox.say(work, person, quiet, Purpose.INCIDENT, text)
            told.append(person)
        elif Medium.SMS in usable:
            at = clock_of(item, work.plan, person).first_hour(work.now)
            if not work.plan.people[person].sleeps_at(at):
                await outbox.say(work, person, Medium.SMS, Purpose.INCIDENT, text, at=at)
                told.append(person)
    return tuple(told)
