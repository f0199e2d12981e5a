"""How nights that were worked in are written."""

from pagerd.core.worklog.worked import Dispute, WorkedNight
from pagerd.web.api.shapes import Json, iso

WORKED_COLUMNS = (
    "id",
    "person",
    "team",
    "date",
    "zone",
    "night",
    "from",
    "to",
    "pages",
    "seen_minutes",
    "said_minutes",
    "minutes",
    "state",
    "plan",
)


def worked_json(night: WorkedNight) -> Json:
    """Write one person's night."""
    return {
        "id": night.id,
        "person": night.person,
        "team": night.team,
        "date": night.date.isoformat(),
        "zone": night.zone,
        "night": night.window,
        "from": iso(night.start),
        "to": iso(night.end),
        "pages": list(night.pages),
        "seen_minutes": night.seen_minutes,
        "said_minutes": night.said[-1].minutes if night.said else None,
        "minutes": night.minutes,
        "state": night.state.value,
        "asked_at": iso(night.asked_at),
        "disputes": [dispute_json(one) for one in night.disputes],
        "plan": night.plan_revision,
    }


def worked_row(night: WorkedNight) -> Json:
    """Write it as a row of WORKED_COLUMNS."""
    return {**worked_json(night), "pages": " ".join(night.pages)}


def dispute_json(one: Dispute) -> Json:
    """Write an objection, and how it ended."""
    return {
        "at": iso(one.at),
        "by": one.by,
        "why": one.why,
        "page": one.page_id,
        "minutes": one.minutes,
        "settled_at": iso(one.settled_at),
        "settled_by": one.settled_by,
        "upheld": one.is_upheld if one.settled_at is not None else None,
        "settled_why": one.settled_why,
        "settled_minutes": one.settled_minutes,
    }
