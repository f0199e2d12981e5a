"""What of an incident waits for one person, apart from pages: an approval, a signature, a review, a postmortem.

Whoever may is asked by mail, and a mail is overlooked; here the same people find it by asking. The rules are those of
the acts themselves: what stands here is not refused to whoever does it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pagerd.core.incidents.incident import Incident, IncidentStatus
from pagerd.core.incidents.on_countersign import may_countersign
from pagerd.core.plan import Plan
from pagerd.core.postmortems.review import ReviewState
from pagerd.core.rights import rights_of


class Wait(StrEnum):
    """What somebody waits for."""

    APPROVAL = "approval"
    SIGNATURE = "signature"
    REVIEW = "review"
    POSTMORTEM = "postmortem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits, and until when; `due` is None where nothing was promised."""

    incident: Incident
    what: Wait
    due: datetime | None


def waiting_for(incidents: Iterable[Incident], plan: Plan, person: str, now: datetime) -> tuple[Waiting, ...]:
    """Return what waits for a person, what is due first at the top."""
    found = [one for incident in incidents for one in _of(incident, plan, person, now)]
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or now, one.incident.number)))


def _of(incident: Incident, plan: Plan, person: str, now: datetime) -> Iterator[Waiting]:
    rights, review, override = rights_of(plan, person, now), incident.review, incident.override
    if _may_approve(incident, plan, person) and rights.is_approver:
        clock = incident.public.clock
        yield Waiting(incident=incident, what=Wait.APPROVAL, due=clock.next_at if clock is not None else None)
    if override is not None and override.due_at is not None and may_countersign(plan, incident, person, now):
        yield Waiting(incident=incident, what=Wait.SIGNATURE, due=override.due_at)
    if review is None or incident.status is not IncidentStatus.RESOLVED:
        return
    if review.state is ReviewState.IN_REVIEW and review.submitted_by != person and rights.leads(incident.team):
        yield Waiting(incident=incident, what=Wait.REVIEW, due=review.due)
    if review.state is ReviewState.DRAFT and review.owner == person:
        yield Waiting(incident=incident, what=Wait.POSTMORTEM, due=review.due)


def _may_approve(incident: Incident, plan: Plan, person: str) -> bool:
    """Is there a text for customers that this person may approve, if they may approve any?"""
    pending = incident.public.pending
    return pending is not None and not (plan.incidents.public.two_people and pending.by == person)
