"""Alerts that fire again: what was part of an incident that is being watched, or was resolved just now, takes it up."""

from collections.abc import Iterable
from datetime import timedelta

from pagerd.core.incidents.events import PageLinked, Refired
from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.on_refire import is_again
from pagerd.core.paging.page import Page
from pagerd.engine.incidents import apply, rooms
from pagerd.engine.work import Work
from pagerd.stores.records import incidents

LOOK_BACK = timedelta(days=1)
"""A page of an incident that was resolved longer ago does not make a new one of its group part of it: a watch is over
by then, or has an alert of its own."""


async def joined(work: Work, page: Page, alert: str) -> None:
    """Let an incident know that an alert fires anew in an open page of its own."""
    if page.part is None or page.errand is not None or not page.part.is_open:
        return
    incident = await incidents.find(work.c, page.part.incident)
    if incident is not None and is_again(incident, work.now):
        await _again(work, incident, Refired(page=page.id, alert=alert))


async def opened(work: Work, page: Page, of_group: Iterable[int]) -> None:
    """Make a new page part of the incident that its group was part of a while ago, if that is not long over."""
    for number in of_group:
        incident = await incidents.find(work.c, number)
        if incident is None:
            continue
        again = is_again(incident, work.now)
        if again:
            incident = await _again(work, incident, Refired(page=page.id, alert=page.subject.title))
        if again or incident.is_open:
            await apply.happened(work, incident, PageLinked(by="", via="", page=page.id))
            return


async def _again(work: Work, incident: Incident, event: Refired) -> Incident:
    """Take it up again; the bridge of one that was resolved may have other people in it by now."""
    after = await apply.happened(work, incident, event)
    return await rooms.reopened(work, after) if not incident.is_open else after
