"""How nights that were worked in are written."""

from collections.abc import Mapping

from pagerd.core.worklog.comp import NightSum
from pagerd.core.worklog.grant import Cover, Grant
from pagerd.core.worklog.worked import Dispute, Stretch, WorkedNight
from pagerd.web.api import night_types
from pagerd.web.api.shapes import iso

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
    "incidents",
    "seen_minutes",
    "said_minutes",
    "minutes",
    "state",
    "rest",
    "rest_status",
    "plan",
)


def worked_json(night: WorkedNight) -> night_types.WorkedNight:
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
        "incidents": list(night.incidents),
        "seen": [_stretch_json(one) for one in night.stretches],
        "seen_minutes": night.seen_minutes,
        "said_minutes": night.said[-1].minutes if night.said else None,
        "minutes": night.minutes,
        "state": night.state.value,
        "asked_at": iso(night.asked_at),
        "disputes": [dispute_json(one) for one in night.disputes],
        "rest": rest_json(night.grant) if night.grant is not None else None,
        "plan": night.plan_revision,
    }


def _stretch_json(one: Stretch) -> night_types.Stretch:
    return {"page": one.page_id or None, "incident": one.incident, "from": iso(one.since), "to": iso(one.until)}


def worked_row(night: WorkedNight) -> Mapping[str, object]:
    """Write it as a row of WORKED_COLUMNS."""
    rest = night.grant
    rest_columns = {"rest": rest.kind.value, "rest_status": rest.status.value} if rest is not None else NO_REST
    return {**worked_json(night), **rest_columns}


NO_REST: Mapping[str, str | None] = {"rest": None, "rest_status": None}


def rest_json(grant: Grant) -> night_types.Rest:
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
        "missed_minutes": grant.missed_minutes,
        "provisional_at": iso(grant.provisional_at),
        "asked": list(grant.asked),
        "decided_at": iso(grant.decided_at),
        "decided_by": grant.decided_by,
        "why": grant.why,
        "covers": [cover_json(one) for one in grant.covers],
    }


def cover_json(one: Cover) -> night_types.Cover:
    """Write who is on call instead; nobody where nobody was left."""
    return {
        "schedule": one.schedule,
        "from": iso(one.start),
        "to": iso(one.end),
        "people": list(one.people),
        "override": one.override,
    }


def dispute_json(one: Dispute) -> night_types.Dispute:
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


NIGHT_SUM_COLUMNS = ("nights", "pages", "minutes", "minutes_median", "minutes_p90")


def person_nights_json(one: NightSum) -> night_types.PersonNights:
    """Write the nights of a person, summed up."""
    return {"person": one.name, **night_sum_json(one)}


def team_nights_json(one: NightSum) -> night_types.TeamNights:
    """Write the nights of a team, summed up."""
    return {"team": one.name, **night_sum_json(one)}


def night_sum_json(one: NightSum) -> night_types.NightSum:
    """Write nights that are summed up; the spread of none is null."""
    return {
        "nights": one.nights,
        "pages": one.pages,
        "minutes": one.minutes,
        "minutes_median": one.spread.median if one.spread is not None else None,
        "minutes_p90": one.spread.p90 if one.spread is not None else None,
    }
