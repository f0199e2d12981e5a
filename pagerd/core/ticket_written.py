"""A ticket as it is written for others: the same keys in the API and to a tracker."""

from datetime import datetime
from typing import TypedDict

from pagerd.core.ticket import Ticket


class WrittenTicket(TypedDict):
    """What everybody may know of a ticket. Instants are as ISO 8601 writes them."""

    id: str
    status: str
    team: str
    severity: str
    title: str
    summary: str
    service: str | None
    rule: str | None
    reasons: list[str]
    violations: list[str]
    firing: int
    opened_at: str
    page_at: str | None
    paged_as: str | None
    taken_by: str | None
    closed_at: str | None
    closed_by: str | None


def written(ticket: Ticket) -> WrittenTicket:
    """Write a ticket."""
    return {
        "id": ticket.id,
        "status": ticket.status.value,
        "team": ticket.team,
        "severity": ticket.severity,
        "title": ticket.title,
        "summary": ticket.summary,
        "service": ticket.service,
        "rule": ticket.rule,
        "reasons": list(ticket.reasons),
        "violations": list(ticket.violations),
        "firing": ticket.firing,
        "opened_at": ticket.opened_at.isoformat(),
        "page_at": _iso(ticket.pages_at),
        "paged_as": ticket.paged_as,
        "taken_by": ticket.taken_by,
        "closed_at": _iso(ticket.closed_at),
        "closed_by": ticket.closed_by,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
