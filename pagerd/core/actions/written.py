"""An action item as it is written for others: the same keys in the API and to a tracker."""

from datetime import datetime
from typing import TypedDict

from pagerd.core.actions.item import ActionItem


class WrittenAction(TypedDict):
    """What everybody may know of an action item. Instants and `due`, a day, are as ISO 8601 writes them."""

    number: int
    incident: int
    status: str
    title: str
    owner: str
    due: str | None
    priority: str
    verification: str
    check_kind: str
    impact: str
    bars: list[str]
    team: str
    service: str
    is_drill: bool
    opened_at: str
    opened_by: str
    done_at: str | None
    done_by: str | None
    over_at: str | None
    over_by: str | None
    over_why: str
    checked_at: str | None
    check_state: str | None
    check_what: str
    repeats: list[int]


def written(item: ActionItem) -> WrittenAction:
    """Write an action item."""
    terms, checked = item.terms, item.checked
    return {
        "number": item.number,
        "incident": item.incident,
        "status": item.status.value,
        "title": terms.title,
        "owner": terms.owner,
        "due": terms.due.isoformat() if terms.due is not None else None,
        "priority": terms.priority,
        "verification": terms.verification,
        "check_kind": item.verification.kind.value,
        "impact": terms.impact,
        "bars": list(terms.bars),
        "team": item.team,
        "service": item.service,
        "is_drill": item.is_drill,
        "opened_at": item.opened_at.isoformat(),
        "opened_by": item.opened_by,
        "done_at": _iso(item.done_at),
        "done_by": item.done_by,
        "over_at": _iso(item.over_at),
        "over_by": item.over_by,
        "over_why": item.over_why,
        "checked_at": _iso(checked.at) if checked is not None else None,
        "check_state": checked.state.value if checked is not None else None,
        "check_what": checked.what if checked is not None else "",
        "repeats": list(item.repeats),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
