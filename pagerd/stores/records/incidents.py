"""Incidents, their pages, and what grows with them: updates, mitigations, readings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.errors import StaleState
from pagerd.core.incidents.incident import OPEN, Incident, IncidentStatus
from pagerd.stores.base import Connection
from pagerd.stores.records.columns import micros, number, places, reader, text, text_or_none, to_json

_incident = reader(Incident)

_OPEN = ", ".join(f"'{status.value}'" for status in OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRow:
    """One numbered update. `slot_at` is when it was promised; None where nothing was."""

    number: int
    at: datetime
    by: str
    status: str
    know: str
    doing: str = ""
    trend: str = ""
    eta: str = ""
    next_at: datetime | None = None
    slot_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MitigationRow:
    """One mitigation; without an `outcome` it is under way."""

    number: int
    at: datetime
    by: str
    kind: str
    text: str = ""
    outcome: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """What was found of a criterion at an instant."""

    at: datetime
    by: str
    criterion: str
    state: str
    why: str = ""


_update = reader(UpdateRow)
_mitigation = reader(MitigationRow)
_reading = reader(ReadingRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOf:
    """A page of an incident; with an `errand` the incident raised it."""

    page_id: str
    incident: int
    errand: str | None


async def next_number(c: Connection) -> int:
    """Return the number of the next incident; whoever stores it second meets StaleState, and asks again."""
    return 1 + number((await c.execute("SELECT COALESCE(MAX(number), 0) FROM incidents"))[0][0])


async def find(c: Connection, wanted: int) -> Incident | None:
    """Return an incident by its number, or None."""
    rows = await c.execute("SELECT body FROM incidents WHERE number = $1", wanted)
    return _incident.decode(text(rows[0][0])) if rows else None


async def find_by_id(c: Connection, incident_id: str) -> Incident | None:
    """Return an incident by its id, or None."""
    rows = await c.execute("SELECT body FROM incidents WHERE id = $1", incident_id)
    return _incident.decode(text(rows[0][0])) if rows else None


async def insert(c: Connection, incident: Incident) -> None:
    """Store a new incident; raise StaleState when somebody else took its number."""
    await c.execute(
        "INSERT INTO incidents (id, number, team, status, version, opened_at, body, review)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        incident.id,
        incident.number,
        incident.team,
        incident.status.value,
        incident.version,
        micros(incident.opened_at),
        to_json(incident),
        _review_of(incident),
    )


async def update(c: Connection, incident: Incident) -> None:
    """Store the next version of an incident; raise StaleState when somebody else stored one in between."""
    rows = await c.execute(
        "UPDATE incidents SET status = $1, version = $2, body = $3, review = $4 WHERE id = $5 AND version = $6"
        " RETURNING id",
        incident.status.value,
        incident.version,
        to_json(incident),
        _review_of(incident),
        incident.id,
        incident.version - 1,
    )
    if not rows:
        version = incident.version - 1
        raise StaleState(f"saving incident {incident.number}: version {version} is not the stored one any more")


async def list_incidents(
    c: Connection, *, status: IncidentStatus | None, is_open: bool, team: str, before: int | None, limit: int
) -> list[Incident]:
    """Return incidents, the newest first; of one status, or open ones alone, or all."""
    conditions = ["number < $1", "($2 = '' OR team = $2)", "($3 = '' OR status = $3)"]
    if status is None and is_open:
        conditions.append(f"status IN ({_OPEN})")
    rows = await c.execute(
        f"SELECT body FROM incidents WHERE {' AND '.join(conditions)} ORDER BY number DESC LIMIT $4",  # noqa: S608  # fixed texts
        before if before is not None else 1 << 62,
        team,
        status.value if status is not None else "",
        limit,
    )
    return [_incident.decode(text(row[0])) for row in rows]


async def open_incidents(c: Connection) -> list[Incident]:
    """Return all incidents that people work on, the oldest first: there are never many."""
    rows = await c.execute(f"SELECT body FROM incidents WHERE status IN ({_OPEN}) ORDER BY number")  # noqa: S608  # fixed texts
    return [_incident.decode(text(row[0])) for row in rows]


async def unfinished(c: Connection, limit: int) -> list[Incident]:
    """Return incidents of which something is still to be done, the newest first: a closed one may want a signature."""
    rows = await c.execute(
        f"SELECT body FROM incidents WHERE status IN ({_OPEN}, '{IncidentStatus.RESOLVED.value}')"  # noqa: S608  # fixed texts
        " OR id IN (SELECT subject FROM timers WHERE kind = $1) ORDER BY number DESC LIMIT $2",
        "incident",
        limit,
    )
    return [_incident.decode(text(row[0])) for row in rows]


async def opened_since(c: Connection, start: datetime) -> list[Incident]:
    """Return the incidents that were opened at an instant or later, the oldest first."""
    rows = await c.execute("SELECT body FROM incidents WHERE opened_at >= $1 ORDER BY number", micros(start))
    return [_incident.decode(text(row[0])) for row in rows]


async def drills_of(c: Connection, team: str, limit: int) -> list[Incident]:
    """Return the drills of a team, the newest first."""
    rows = await c.execute("SELECT body FROM incidents WHERE team = $1 ORDER BY number DESC", team)
    found = (_incident.decode(text(row[0])) for row in rows)
    return [one for one in found if one.is_drill][:limit]


async def with_review(
    c: Connection, states: Sequence[str], *, team: str, before: int | None, limit: int
) -> list[Incident]:
    """Return incidents whose postmortem is in one of these states, the newest first."""
    rows = await c.execute(
        f"SELECT body FROM incidents WHERE review IN ({places(len(states), after=3)})"  # noqa: S608  # numbers of places
        " AND number < $1 AND ($2 = '' OR team = $2) ORDER BY number DESC LIMIT $3",
        before if before is not None else 1 << 62,
        team,
        limit,
        *states,
    )
    return [_incident.decode(text(row[0])) for row in rows]


def _review_of(incident: Incident) -> str | None:
    return incident.review.state.value if incident.review is not None else None


async def put_page(c: Connection, page: PageOf) -> None:
    """Make a page part of an incident, and of no other."""
    await c.execute(
        "INSERT INTO incident_pages (page_id, incident, errand) VALUES ($1, $2, $3)"
        " ON CONFLICT (page_id) DO UPDATE SET incident = excluded.incident, errand = excluded.errand",
        page.page_id,
        page.incident,
        page.errand,
    )


async def pages_of(c: Connection, incident: int) -> list[PageOf]:
    """Return the pages of an incident."""
    rows = await c.execute("SELECT page_id, errand FROM incident_pages WHERE incident = $1 ORDER BY page_id", incident)
    return [PageOf(page_id=text(row[0]), incident=incident, errand=text_or_none(row[1])) for row in rows]


async def open_pages_of(c: Connection, incident: int) -> list[PageOf]:
    """Return the pages of an incident that still want somebody, the oldest first."""
    rows = await c.execute(
        "SELECT i.page_id, i.errand FROM incident_pages i JOIN pages p ON p.id = i.page_id"
        " WHERE i.incident = $1 AND p.status <> 'resolved' ORDER BY p.opened_at, p.id",
        incident,
    )
    return [PageOf(page_id=text(row[0]), incident=incident, errand=text_or_none(row[1])) for row in rows]


async def put_update(c: Connection, incident: int, row: UpdateRow) -> None:
    """Store a numbered update; raise StaleState when its number is taken."""
    await c.execute(
        "INSERT INTO incident_updates (id, incident, number, at, body) VALUES ($1, $2, $3, $4, $5)",
        f"i-{incident}-u{row.number}",
        incident,
        row.number,
        micros(row.at),
        to_json(row),
    )


async def updates_of(c: Connection, incident: int) -> list[UpdateRow]:
    """Return the updates of an incident in order."""
    rows = await c.execute("SELECT body FROM incident_updates WHERE incident = $1 ORDER BY number", incident)
    return [_update.decode(text(row[0])) for row in rows]


async def put_mitigation(c: Connection, incident: int, row: MitigationRow) -> None:
    """Store a mitigation, or what became of it."""
    await c.execute(
        "INSERT INTO incident_mitigations (id, incident, number, at, body) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        f"i-{incident}-m{row.number}",
        incident,
        row.number,
        micros(row.at),
        to_json(row),
    )


async def mitigations_of(c: Connection, incident: int) -> list[MitigationRow]:
    """Return the mitigations of an incident in order."""
    rows = await c.execute("SELECT body FROM incident_mitigations WHERE incident = $1 ORDER BY number", incident)
    return [_mitigation.decode(text(row[0])) for row in rows]


async def put_reading(c: Connection, row_id: str, incident: int, row: ReadingRow) -> None:
    """Store what was found of a criterion."""
    await c.execute(
        "INSERT INTO incident_readings (id, incident, at, body) VALUES ($1, $2, $3, $4)",
        row_id,
        incident,
        micros(row.at),
        to_json(row),
    )


async def readings_of(c: Connection, incident: int) -> Sequence[ReadingRow]:
    """Return what was found of the criteria of an incident, in order."""
    rows = await c.execute("SELECT body FROM incident_readings WHERE incident = $1 ORDER BY at, id", incident)
    return [_reading.decode(text(row[0])) for row in rows]
