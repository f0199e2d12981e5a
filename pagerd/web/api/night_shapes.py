"""How nights that were worked in are written."""

from pagerd.core.worklog.grant import Cover, Grant
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
    "rest",
    "rest_status",
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
        "rest": rest_json(night.grant) if night.grant is not None else None,
        "plan": night.plan_revision,
    }


def worked_row(night: WorkedNight) -> Json:
    """Write it as a row of WORKED_COLUMNS."""
    rest = night.grant
    rest_columns = {"rest": rest.kind.value, "rest_status": rest.status.value} if rest is not None else NO_REST
    return {**worked_json(night), "pages": " ".join(night.pages), **rest_columns}


NO_REST: Json = {"rest": None, "rest_status": None}


def rest_json(grant: Grant) -> Json:
    """Write what is owed for a night, and how far that is decided."""
    return {
        "kind": grant.kind.value,
        "status": grant.status.value,
        "minutes": grant.minutes,
        "rule": grant.rule,
        "plan": grant.plan_revision,
        "proposed_at": iso(grant.proposed_at),
        "from": iso(grant.start),
        "to": iso(grant.end),
        "provisional_at": iso(grant.provisional_at),
        "asked": list(grant.asked),
        "decided_at": iso(grant.decided_at),
        "decided_by": grant.decided_by,
        "why": grant.why,
        "covers": [cover_json(one) for one in grant.covers],
    }


def cover_json(one: Cover) -> Json:
    """Write who is on call instead; nobody where nobody was left."""
    return {
        "schedule": one.schedule,
        "from": iso(one.start),
        "to": iso(one.end),
        "people": list(one.people),
        "override": one.override,
    }


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
