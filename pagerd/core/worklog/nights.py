"""Night pages: what on-call cost a person's sleep, with the evidence there is.

One row per person and page. A text that was sent or a call that rang in the person's own night counts; mail and chat
never do. A row is the sum of its evidence: whatever order the reports come in, and however often, the same row results.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pagerd.core.people import Medium, Night, Person


class EvidenceKind(StrEnum):
    """How much is known of one notification: a text was sent or delivered, a call rang or was answered."""

    SENT = "sent"
    DELIVERED = "delivered"
    RANG = "rang"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One thing that a provider said of one notification. `notification` is its id, empty where it is not known."""

    at: datetime
    medium: Medium
    kind: EvidenceKind
    notification: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightPage:
    """One person, one page, one night row.

    `zone` and `window` (`22:00-07:00`) are those by which it was night, `plan_revision` the plan that said so. The work
    goes from `acknowledged_at` to `last_act_at`.
    """

    person: str
    page_id: str
    first_at: datetime
    evidence: tuple[Evidence, ...]
    zone: str
    window: str
    plan_revision: str
    severity: str
    team: str
    acknowledged_at: datetime | None = None
    last_act_at: datetime | None = None


_PROVES = {
    (Medium.SMS, "sent"): EvidenceKind.SENT,
    (Medium.SMS, "delivered"): EvidenceKind.DELIVERED,
    (Medium.VOICE, "ringing"): EvidenceKind.RANG,
    (Medium.VOICE, "answered"): EvidenceKind.ANSWERED,
}
"""What a status proves of a phone that made a noise. Accepted is not sent, and mail wakes nobody."""


def evidence_of(medium: Medium, status: str, at: datetime, notification: str = "") -> Evidence | None:
    """Return what this status of a notification or a delivery proves, by day or by night, or None."""
    kind = _PROVES.get((medium, status))
    return None if kind is None else Evidence(at, medium, kind, notification)


def is_night_evidence(person: Person, medium: Medium, status: str, at: datetime) -> bool:
    """Did this text leave, or this call ring, in the person's own night?"""
    return (medium, status) in _PROVES and person.sleeps_at(at)


def merge(
    row: NightPage | None,
    evidence: Evidence,
    *,
    person: Person,
    page_id: str,
    team: str,
    severity: str,
    plan_revision: str,
) -> NightPage:
    """Return the row with one more piece of evidence, the same in whatever order and however often they come.

    Zone, window, plan, severity and team are those of the earliest evidence; acts of the person stay as they are.
    """
    alone = NightPage(
        person=person.id,
        page_id=page_id,
        first_at=evidence.at,
        evidence=(evidence,),
        zone=str(person.zone),
        window=window_text(person.night),
        plan_revision=plan_revision,
        severity=severity,
        team=team,
    )
    if row is None:
        return alone
    assert (row.person, row.page_id) == (alone.person, alone.page_id)
    return replace(
        min(row, alone, key=_order),
        evidence=_together((*row.evidence, evidence)),
        acknowledged_at=row.acknowledged_at,
        last_act_at=row.last_act_at,
    )


def window_text(night: Night) -> str:
    """Write a night as the files do: `22:00-07:00`."""
    return f"{night.start:%H:%M}-{night.end:%H:%M}"


def _order(row: NightPage) -> tuple[datetime, str, str, str, str, str]:
    return row.first_at, row.plan_revision, row.zone, row.window, row.severity, row.team


def _together(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Keep the earliest word on each fact: a callback that comes again proves nothing new."""
    first: dict[tuple[Medium, EvidenceKind, str, datetime | None], Evidence] = {}
    for one in sorted(evidence):
        # Without the notification's id only the instant tells one text from the next.
        first.setdefault((one.medium, one.kind, one.notification, None if one.notification else one.at), one)
    return tuple(first.values())
