"""What becomes of a page in an incident: one that it raised, to ask for something, and one that it is about."""

from dataclasses import replace
from datetime import timedelta

from pagerd.core.effects import CancelPending
from pagerd.core.events import ErrandEnded, IncidentMoved
from pagerd.core.paging.draft import Draft
from pagerd.core.paging.moves import resolve
from pagerd.core.paging.page import Acknowledgement, Holding, PageStatus, Part

ERRAND_SETTLES = timedelta(minutes=5)
"""How long an answer to an errand can be taken back before its page is over."""

LATER_LASTS = timedelta(minutes=10)
"""How long whoever answers for something overdue has to do it, before it pages again from step 1."""

NOBODY_CAME_EVERY = timedelta(minutes=30)
"""How often an incident hears that everybody was asked for a role that it can do without, and nobody took it."""

COMERS = frozenset({"join", "help"})
STILL_NOBODY_EVERY = timedelta(hours=12)
"""The errands without which it goes on as it is, and how often an incident hears of these that nobody came."""

LATER = frozenset({"update", "triage"})
"""The errands that an answer does not settle: the incident ends them when what it wanted is done."""


def incident_moved(draft: Draft, event: IncidentMoved) -> None:
    """Note whose part the page is. An acknowledgement starts afresh where the incident that carried it is over."""
    page, before = draft.page, draft.page.part
    draft.change(part=Part(incident=event.incident, is_open=event.is_open))
    held = page.acknowledgement
    if event.is_open:
        if before is None or before.incident != event.incident or not before.is_open:
            draft.record("page.incident", incident=str(event.incident))
        if held is not None and held.holding is not Holding.FRESH:
            draft.do(CancelPending("its holder is at work in an incident", person=held.by))
            draft.change(acknowledgement=replace(held, holding=Holding.FRESH))
        return
    if held is None:
        draft.record("page.incident_over", incident=str(event.incident))
        return
    until = max(held.until, draft.now + draft.plan.times.acknowledgement_lasts)
    draft.change(acknowledgement=replace(held, until=until, holding=Holding.FRESH))
    draft.record("page.incident_over", incident=str(event.incident), by=held.by, until=until.isoformat())


def nobody_came(draft: Draft) -> None:
    """Say that everybody was asked. It can be answered still, and wakes nobody any more."""
    wait = STILL_NOBODY_EVERY if draft.page.errand in COMERS else NOBODY_CAME_EVERY
    draft.change(position=replace(draft.page.position, due=draft.now + wait))
    draft.record("page.nobody_came")


def errand_ended(draft: Draft, event: ErrandEnded) -> None:
    """End a page that the incident needs no answer to any more, and say so to those whom it woke."""
    resolve(draft, event.by or None, event.why)


def errand_answered(draft: Draft, by: str, via: str) -> None:
    """Note the answer. A role, or help, is settled by it; what is overdue pages again unless it is done."""
    if draft.page.errand not in LATER:
        draft.change(settle_until=draft.now + ERRAND_SETTLES)
        draft.record("page.errand_taken", by=by, via=via)
        return
    until = draft.now + LATER_LASTS
    held = Acknowledgement(by=by, at=draft.now, until=until, holding=Holding.PAGED)
    draft.change(status=PageStatus.ACKNOWLEDGED, acknowledgement=held)
    draft.record("page.errand_later", by=by, via=via, until=until.isoformat())
