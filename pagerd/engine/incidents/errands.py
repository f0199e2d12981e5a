"""Answers to the pages that an incident raised: whoever acknowledges one, by whatever way, takes what it asks for."""

from pagerd.core.errors import Conflict, IllegalTransition
from pagerd.core.incidents.decide import decide
from pagerd.core.incidents.draft import TransitionRefused, Unmet
from pagerd.core.incidents.errand import Errand
from pagerd.core.incidents.events import ErrandAnswered, Event, RoleGivenBack, RoleTaken
from pagerd.core.incidents.incident import Incident, name_of
from pagerd.core.incidents.on_public import what_to_do
from pagerd.core.incidents.roles import DUTIES, ROLE_NAMES, Role
from pagerd.core.incidents.room_events import NobodyCame
from pagerd.core.paging.page import Page
from pagerd.engine.incidents import apply
from pagerd.engine.work import Work
from pagerd.stores.records import incidents

MAY_BE_RESOLVED = frozenset({Errand.HELP.value, Errand.JOIN.value})
"""Errands that somebody may call off; the others end when what they ask for is done."""


async def may_answer(work: Work, page: Page, by: str, via: str) -> None:
    """Raise TransitionRefused where this person cannot take what the page asks for: before anything is stored."""
    if page.errand is None:
        return
    incident = await _incident_of(work, page)
    try:
        decide(incident, _event(page, by, via), work.plan, work.now)
    except IllegalTransition as error:
        message = f"{name_of(incident)} is {incident.status}: nothing to do"
        raise TransitionRefused(message, (Unmet("status", str(incident.status)),)) from error


async def answered(work: Work, page: Page, by: str, via: str) -> str:
    """Take what the page asks for, and say what that is."""
    incident = await apply.happened(work, await _incident_of(work, page), _event(page, by, via))
    # A voice that spells a command out loud helps nobody.
    show = f" pagerd incident show {incident.number}." if via != "voice" else ""
    # A number to dial is not dialled while one is on the phone.
    meet = f" {incident.room.place}" if incident.room is not None and via != "voice" else ""
    if page.errand in set(Role):
        role = page.errand or ""
        return f"You are {ROLE_NAMES[role]} of {name_of(incident)}.{meet}{show} {DUTIES[role]}"
    if page.errand == Errand.UPDATE.value:
        return f"Post it within 10 min, or this pages again: pagerd update post {incident.number}."
    if page.errand == Errand.TRIAGE.value:
        return f"Confirm or cancel it within 10 min, or this pages again: pagerd incident confirm {incident.number}."
    if page.errand == Errand.PUBLIC.value:
        return f"Tell customers within 10 min, or this pages again. {what_to_do(incident)}."
    if page.errand == Errand.WATCH.value:
        return f"{name_of(incident).capitalize()} is yours to look at.{show}"
    return f"It is known that you come.{meet}{show}"


async def nobody_came(work: Work, page: Page) -> None:
    """Tell the incident that everybody was asked for a role, or to come, and nobody answered."""
    first = page.steps[0].targets if page.steps else ()
    event = NobodyCame(errand=page.errand or "", page=page.id, first=first, is_reached=bool(page.reached))
    await apply.happened(work, await _incident_of(work, page), event)


async def given_back(work: Work, page: Page, by: str, via: str) -> None:
    """Take an answer back that was a mistake."""
    if page.errand in set(Role):
        event = RoleGivenBack(by=by, via=via, role=page.errand or "", is_pressing=not page.ends_quietly)
        await apply.happened(work, await _incident_of(work, page), event)


async def let_go(work: Work, before: Page, via: str) -> None:
    """Leave a role open again when its page, which somebody had answered, goes on to somebody else."""
    held = before.acknowledgement
    if held is not None:
        await given_back(work, before, held.by, via)


def refuse_for_errand(page: Page, what: str) -> None:
    """Raise Conflict where a page asks for something that an incident needs: it can be taken or handed on."""
    if page.errand is not None and page.errand not in MAY_BE_RESOLVED and page.part is not None:
        number = page.part.incident
        raise Conflict(f"{page.id} is what incident {number} asks for, and cannot be {what}: take it, or escalate it")


def _event(page: Page, by: str, via: str) -> Event:
    errand = page.errand or ""
    if errand in set(Role):
        return RoleTaken(by=by, via=via, role=errand, page=page.id)
    return ErrandAnswered(by=by, via=via, errand=errand, page=page.id)


async def _incident_of(work: Work, page: Page) -> Incident:
    number = page.part.incident if page.part is not None else 0
    incident = await incidents.find(work.c, number)
    assert incident is not None, f"page {page.id} is of incident {number}, which is not stored"
    return incident
