"""What onlookers read of incidents in a feed: the lines of their timelines that messages are made of, newest first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.incidents.announcing import TOLD
from pagerd.core.incidents.incident import Incident, name_of
from pagerd.core.plan import Plan
from pagerd.core.timeline import sentence
from pagerd.stores.base import Connection
from pagerd.stores.records import history, incidents

NEWS_OF = timedelta(days=30)
INCIDENTS_MAX = 30
NEWS_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One line. `key` names it for ever."""

    key: str
    incident: int
    at: datetime
    heading: str
    text: str


async def recent(c: Connection, plan: Plan, now: datetime) -> list[News]:
    """Return the news of the last incidents. A suspicion is none, and neither is what was written down afterwards."""
    found = [one for one in await incidents.opened_since(c, now - NEWS_OF) if one.declared_at is not None]
    last = sorted((one for one in found if one.is_real), key=lambda one: one.number)[-INCIDENTS_MAX:]
    news = [line for incident in last for line in await _of(c, plan, incident)]
    return sorted(news, key=lambda one: (one.at, one.incident), reverse=True)[:NEWS_MAX]


async def _of(c: Connection, plan: Plan, incident: Incident) -> list[News]:
    team = plan.teams.get(incident.team)
    zone = team.zone if team is not None else ZoneInfo("UTC")
    mark = "DRILL: " if incident.is_drill else ""
    return [
        News(
            key=f"{row.object_id}/{row.version}/{place}",
            incident=incident.number,
            at=entry.at,
            heading=f"{mark}{name_of(incident).capitalize()}, {incident.title}",
            text=sentence(entry, zone),
        )
        for row in await history.of_objects(c, [incident.id])
        for place, entry in enumerate(row.entries)
        if entry.kind in TOLD
    ]
