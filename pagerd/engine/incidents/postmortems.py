"""The postmortem of an incident: its facts from what is stored, its text in the store, and what a lint says of both."""

from dataclasses import dataclass

from pagerd.core.actions.item import ActionItem, ActionStatus
from pagerd.core.actions.lint import lint as lint_action
from pagerd.core.errors import NotFound
from pagerd.core.incidents.incident import Incident
from pagerd.core.plan import Plan
from pagerd.core.postmortems import document
from pagerd.core.postmortems.document import Facts
from pagerd.core.postmortems.draft import first_text
from pagerd.core.postmortems.facts import facts_of
from pagerd.core.postmortems.known import Event, Known
from pagerd.core.postmortems.lint import Finding, lint
from pagerd.core.postmortems.review import UNDECIDED, ReviewState
from pagerd.engine.incidents import queries
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import actions, history, incidents, postmortems
from pagerd.stores.records.postmortems import PostmortemText

BY_PAGERD = "pagerd"
"""Who wrote what nobody wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A postmortem as it is now: its text, and what is missing from it."""

    incident: Incident
    text: str
    findings: tuple[Finding, ...]


async def known_of(c: Connection, plan: Plan, incident: Incident) -> Known:
    """Return what is known of an incident, from its own history and that of its pages."""
    # The pages that it raised itself are how it asked for people; that it did, and who came, is its own story.
    linked = [one.page_id for one in await incidents.pages_of(c, incident.number) if one.errand is None]
    rows = await history.of_objects(c, [incident.id, *linked[: queries.PAGES_TOLD_MAX]])
    events = [
        Event(entry=entry, recorded_at=row.at, cite=f"{row.object_id}#{row.version}")
        for row in rows
        for entry in row.entries
    ]
    return Known(
        incident=incident,
        events=tuple(sorted(events, key=lambda one: one.entry.at)),
        actions=tuple(await actions.of_incident(c, incident.number)),
        zone=plan.calendar_of(incident.team).zone,
    )


async def facts(c: Connection, plan: Plan, incident: Incident) -> Facts:
    """Return the facts of an incident as lines."""
    return facts_of(await known_of(c, plan, incident))


async def draft(work: Work, incident: Incident) -> None:
    """Write the first text, or the facts anew into the one that is there."""
    found = await facts(work.c, work.plan, incident)
    last = await postmortems.last(work.c, incident.number)
    try:
        text = document.with_facts(last.text, found, incident.number) if last else first_text(incident, found)
    except document.BrokenDocument as error:
        # No text is a reason why an incident cannot be resolved: it stays as it is, and is refused where it is read.
        work.say("postmortem.broken", incident=incident.number, error=str(error))
        return
    await keep(work, incident.number, text, BY_PAGERD, filed=False)


async def keep(work: Work, number: int, text: str, by: str, *, filed: bool) -> None:
    """Store a text as the one in force, unless it is that already."""
    last = await postmortems.last(work.c, number)
    if last is not None and last.text == text:
        return
    version = 1 if last is None else last.number + 1
    row = PostmortemText(incident=number, number=version, at=work.now, by=by, filed=filed, text=text)
    await postmortems.insert(work.c, row)


async def stored(c: Connection, number: int) -> PostmortemText:
    """Return the text in force. Raises NotFound."""
    incident = await queries.find(c, number)
    last = await postmortems.last(c, number)
    if last is None:
        how = "it is drafted when the incident is resolved" if incident.is_open else f"pagerd postmortem draft {number}"
        raise NotFound(f"incident {number} has no postmortem: {how}")
    return last


async def shown(c: Connection, plan: Plan, number: int, text: str) -> Shown:
    """Return a text of a postmortem with what is missing from it. Raises BrokenDocument."""
    incident = await queries.find(c, number)
    return Shown(incident=incident, text=text, findings=await found_in(c, plan, incident, text))


async def found_in(c: Connection, plan: Plan, incident: Incident, text: str) -> tuple[Finding, ...]:
    """Return what a lint says of a text, with the action items of the incident."""
    document.own_words(text, incident.number)
    return lint(text, await _wanted_items(c, incident.number), {*plan.people, *plan.teams})


async def listed(
    c: Connection, *, state: ReviewState | None, is_open: bool, team: str, before: int | None, limit: int
) -> list[Incident]:
    """Return incidents with a postmortem, the newest first: in one state, or those that are not decided, or all."""
    states = (state,) if state is not None else UNDECIDED if is_open else tuple(ReviewState)
    return await incidents.with_review(c, [one.value for one in states], team=team, before=before, limit=limit)


async def incomplete(c: Connection, plan: Plan, number: int) -> tuple[str, ...]:
    """Return what its action items lack, in a sentence each."""
    owners = {*plan.people, *plan.teams}
    items = await _wanted_items(c, number)
    return tuple(f"{item.id}: {one.what}" for item in items for one in lint_action(item.terms, owners))


async def _wanted_items(c: Connection, number: int) -> list[ActionItem]:
    """Return the action items of an incident, without those that somebody dropped."""
    return [one for one in await actions.of_incident(c, number) if one.status is not ActionStatus.DROPPED]
