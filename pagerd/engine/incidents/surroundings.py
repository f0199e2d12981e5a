"""What lies around an incident: what was changed of its services, and which other incidents these have or had."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pagerd.core.changes import Change
from pagerd.core.incidents.incident import Incident
from pagerd.core.paging.page import Page
from pagerd.core.plan import Plan
from pagerd.core.timeline import Entry
from pagerd.stores.base import Connection
from pagerd.stores.records import changes, incidents

CHANGES_MAX = 100
"""Changes that are shown with an incident, the newest; `pagerd change list` has the rest."""

SERVICES_MAX = 50
"""Services of one incident that are looked at: each is a question to the store."""

RECENT = timedelta(days=7)
"""How long ago another incident may have been opened to be worth a look; an open one always is."""

LOOKED_AT = 100
"""Newest incidents among which others of the same services are looked for."""


def services_of(plan: Plan, incident: Incident, pages: Sequence[Page]) -> tuple[str, ...]:
    """Return what the incident is about: its service and those of its pages, else all that its team has."""
    named = (incident.service, *(page.subject.service for page in pages if page.errand is None))
    known = tuple(dict.fromkeys(one for one in named if one))
    team = plan.teams.get(incident.team)
    return (known or tuple(one.id for one in (team.services if team is not None else ())))[:SERVICES_MAX]


async def changes_around(
    c: Connection, plan: Plan, incident: Incident, services: Sequence[str], now: datetime
) -> list[Change]:
    """Return what was changed of these services from a while before the impact began, the newest first."""
    began = min(at for at in (incident.impact_started_at, incident.detected_at, incident.opened_at) if at is not None)
    since = began - plan.incidents.changes_before
    until = incident.resolved_at or incident.closed_at or now
    found = [one for service in services for one in await changes.of_service(c, service, since, until, CHANGES_MAX)]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:CHANGES_MAX]


async def related(c: Connection, incident: Incident, services: Sequence[str], now: datetime) -> list[Incident]:
    """Return the other open and recent incidents of these services, the newest first."""
    newest = await incidents.list_incidents(c, status=None, is_open=False, team="", before=None, limit=LOOKED_AT)
    return [
        one
        for one in newest
        if one.number != incident.number and one.service in services and (one.is_open or now - one.opened_at <= RECENT)
    ]


def entry_of(change: Change) -> Entry:
    """Return the line of the timeline for a change."""
    said = {
        "service": change.service,
        "change": change.kind.value,
        "text": change.what.removesuffix("."),
        "by": change.by,
        "source": change.source,
        "link": change.link,
    }
    return Entry(change.at, "change.seen", {name: words for name, words in said.items() if words})
