"""Moves that several events share: holding, closing for the night, ending."""

from dataclasses import replace
from datetime import datetime

from pagerd.core import hours
from pagerd.core.effects import CancelPending, TellEverybodyPaged
from pagerd.core.paging.draft import Draft
from pagerd.core.paging.page import Acknowledgement, PageStatus
from pagerd.core.paging.purpose import Purpose


def resolve(draft: Draft, by: str | None, reason: str, *, tells: bool = True) -> None:
    """End the page: nothing more leaves, and those who were paged are told, where there is something to tell."""
    draft.change(
        status=PageStatus.RESOLVED,
        resolved_at=draft.now,
        resolved_by=by,
        acknowledgement=None,
        settle_until=None,
        frozen_why=None,
        opens_at=None,
        closes_at=None,
        position=replace(draft.page.position, due=None),
    )
    draft.record("page.resolved", by=by or "", reason=reason)
    draft.do(CancelPending("the page is resolved"))
    if tells:
        draft.do(TellEverybodyPaged(purpose=Purpose.RESOLVED, but=(by,) if by is not None else (), actor=by or ""))


def hold(draft: Draft, by: str, until: datetime) -> None:
    """Let a person hold the page until an instant."""
    held = Acknowledgement(by=by, at=draft.now, until=until)
    draft.change(status=PageStatus.ACKNOWLEDGED, acknowledgement=held, last_acknowledged_by=by)


def close_if_shut(draft: Draft) -> bool:
    """Stop the timers of a business-hours page outside the team's hours; inside them, note when they end."""
    page = draft.page
    team = draft.plan.teams.get(page.subject.team)
    if not page.business_hours or team is None:
        if page.closes_at is not None:
            draft.change(closes_at=None)
        return False
    if hours.is_open(team.hours, team.zone, draft.now):
        draft.change(closes_at=hours.next_closing(team.hours, team.zone, draft.now))
        return False
    opens_at = hours.next_opening(team.hours, team.zone, draft.now)
    draft.change(opens_at=opens_at, closes_at=draft.now)
    draft.do(CancelPending("the team's business hours are over"))
    draft.record("page.closed_hours", until=opens_at.isoformat())
    return True
