"""What people ask about incidents; nothing here changes anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.actions.item import ActionItem
from pagerd.core.changes import Change
from pagerd.core.errors import NotFound
from pagerd.core.incidents import gate
from pagerd.core.incidents.checks import Check
from pagerd.core.incidents.draft import Unmet
from pagerd.core.incidents.incident import Incident, IncidentStatus
from pagerd.core.incidents.severity import IncidentPolicy
from pagerd.core.paging.page import Page
from pagerd.core.plan import Plan
from pagerd.core.timeline import Entry
from pagerd.engine.incidents import surroundings
from pagerd.stores.base import Connection
from pagerd.stores.records import actions, history, incidents, messages, pages, triage
from pagerd.stores.records.incidents import MitigationRow, ReadingRow, UpdateRow
from pagerd.stores.records.messages import Message
from pagerd.stores.records.triage import HypothesisRow, QuestionRow

__all__ = ["Line", "MitigationRow", "ReadingRow", "Story", "UpdateRow", "find", "list_incidents", "story"]

PAGES_TOLD_MAX = 50
"""Pages whose own story is told with that of their incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the timeline of an incident: an entry, when it was written down, and whose it is.

    `page` is the page whose own story it comes from; empty for what happened to the incident itself.
    """

    entry: Entry
    recorded_at: datetime
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One incident with everything that is known of it. `unmet` is what stands against resolving it now.

    `checks` are those of the files that read its criteria, `changes` those of its services, `related` the other open
    and recent incidents of these.
    """

    incident: Incident
    policy: IncidentPolicy
    checks: Mapping[str, Sequence[Check]]
    updates: Sequence[UpdateRow]
    mitigations: Sequence[MitigationRow]
    readings: Sequence[ReadingRow]
    hypotheses: Sequence[HypothesisRow]
    actions: Sequence[ActionItem]
    questions: Sequence[QuestionRow]
    pages: Sequence[Page]
    changes: Sequence[Change]
    related: Sequence[Incident]
    lines: Sequence[Line]
    unmet: Sequence[Unmet]
    messages: Sequence[Message] = ()


async def list_incidents(
    c: Connection, *, status: IncidentStatus | None, is_open: bool, team: str, before: int | None, limit: int
) -> list[Incident]:
    """Return incidents, the newest first; of one status, or open ones alone, or all."""
    return await incidents.list_incidents(c, status=status, is_open=is_open, team=team, before=before, limit=limit)


async def find(c: Connection, number: int) -> Incident:
    """Return an incident. Raises NotFound."""
    incident = await incidents.find(c, number)
    if incident is None:
        raise NotFound(f"there is no incident {number}; `pagerd incident list` has those that are open")
    return incident


async def story(c: Connection, plan: Plan, number: int, now: datetime) -> Story:
    """Return an incident with all that belongs to it. Raises NotFound."""
    incident = await find(c, number)
    policy = plan.incident_policy(incident.severity, incident.rank)
    linked = [one.page_id for one in await incidents.pages_of(c, number)]
    found = [await pages.find(c, page_id) for page_id in linked[:PAGES_TOLD_MAX]]
    known = sorted((page for page in found if page is not None), key=lambda page: (page.opened_at, page.id))
    services = surroundings.services_of(plan, incident, known)
    changed = await surroundings.changes_around(c, plan, incident, services, now)
    return Story(
        incident=incident,
        policy=policy,
        checks=gate.checks_of(incident, plan),
        updates=await incidents.updates_of(c, number),
        mitigations=await incidents.mitigations_of(c, number),
        readings=await incidents.readings_of(c, number),
        hypotheses=await triage.hypotheses_of(c, number),
        actions=await actions.of_incident(c, number),
        questions=await triage.questions_of(c, number),
        pages=known,
        changes=changed,
        related=await surroundings.related(c, incident, services, now),
        lines=await _lines(c, incident, known, changed),
        unmet=gate.unmet(incident, policy, now) if incident.is_open else (),
        messages=await messages.of_incident(c, number),
    )


async def _lines(c: Connection, incident: Incident, known: Sequence[Page], changed: Sequence[Change]) -> list[Line]:
    """Return what happened to the incident and its pages, and what was changed, in the order in which it happened."""
    rows = await history.of_objects(c, [incident.id, *(page.id for page in known)])
    lines = [
        Line(entry=entry, recorded_at=row.at, page="" if row.object_id == incident.id else row.object_id)
        for row in rows
        for entry in row.entries
    ]
    lines += [Line(entry=surroundings.entry_of(one), recorded_at=one.received_at) for one in changed]
    return sorted(lines, key=lambda line: line.entry.at)
