"""What the alerts of a page do to it."""

from datetime import datetime

from pagerd.core.effects import CancelPending, Notify, PostponePending
from pagerd.core.events import (
    AlertEnded,
    AlertJoined,
    AlertMuted,
    AlertRaised,
    AlertRenewed,
    AlertUnmuted,
    AlertWentStale,
)
from pagerd.core.paging import escalation
from pagerd.core.paging.draft import Draft
from pagerd.core.paging.moves import close_if_shut, hold
from pagerd.core.paging.page import PageStatus
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Urgency


def alert_joined(draft: Draft, event: AlertJoined) -> None:
    """An alert of the group fires: take it in, wake up what slept, raise what is worse."""
    page = draft.page
    draft.change(
        alerts=page.alerts + (0 if event.fired_before else 1),
        firing=page.firing + 1,
        muted=page.muted + event.muted,
        stale=page.stale + event.stale,
        settle_until=None,
    )
    muted = "muted by a silence" if event.muted else ""
    draft.record("alert.joined", alert=event.alert, severity=event.severity, count=str(page.firing + 1), muted=muted)
    if page.settle_until is not None:
        draft.record("page.unsettled", alert=event.alert)
    if event.muted:
        _freeze_if_all_muted(draft, "a silence", None)
        return
    _hear(draft, event)


def alert_raised(draft: Draft, event: AlertRaised) -> None:
    """An alert of the page became graver while it fires: that is news as much as another alert."""
    if event.rank >= draft.page.rank:
        severity = draft.page.severity
        draft.record("alert.graver", alert=event.alert, to=event.severity, severity=severity, **{"from": event.before})
    _hear(draft, event)


def _hear(draft: Draft, event: AlertJoined | AlertRaised | AlertUnmuted) -> None:
    """Page again for what is graver than all before; wake up what slept; tell the holder quietly of the rest."""
    if event.rank < draft.page.rank:
        _raise_severity(draft, event)
    elif not _thaw(draft) and draft.page.status is PageStatus.ACKNOWLEDGED:
        _tell_holder_of_more(draft)


def _raise_severity(draft: Draft, event: AlertJoined | AlertRaised | AlertUnmuted) -> None:
    page = draft.page
    if page.frozen_why is not None:
        draft.record("page.unmuted")
    draft.record("alert.raised", alert=event.alert, **{"from": page.severity, "to": event.severity})
    draft.do(CancelPending("the severity was raised"))
    draft.change(
        severity=event.severity,
        rank=event.rank,
        urgency=event.urgency,
        business_hours=page.business_hours and event.business_hours,
        status=PageStatus.TRIGGERED,
        acknowledgement=None,
        frozen_why=None,
    )
    if not draft.page.business_hours:
        draft.change(closes_at=None, opens_at=None)
    if draft.page.opens_at is None:
        escalation.restart(draft)


def _tell_holder_of_more(draft: Draft) -> None:
    page = draft.page
    held = page.acknowledgement
    if held is None or (page.told_at is not None and draft.now - page.told_at < draft.plan.times.tell_again_after):
        return
    draft.change(told_at=draft.now)
    draft.do(Notify(person=held.by, purpose=Purpose.MORE_ALERTS, urgency=Urgency.LOW, why="you hold this page"))


def alert_ended(draft: Draft, event: AlertEnded) -> None:
    """An alert resolved; the last one starts the settle time."""
    page = draft.page
    firing = max(page.firing - 1, 0)
    draft.change(firing=firing, muted=max(page.muted - event.muted, 0), stale=max(page.stale - event.stale, 0))
    draft.record("alert.resolved", alert=event.alert, left=str(firing))
    if firing == 0:
        until = draft.now + draft.plan.times.settle
        draft.change(settle_until=until)
        draft.do(PostponePending(until))
        draft.record("page.settling", until=until.isoformat())
    else:
        _freeze_if_all_muted(draft, "a silence", None)


def alert_went_stale(draft: Draft, event: AlertWentStale) -> None:
    """An alert is not renewed any more: it goes on counting as firing."""
    draft.change(stale=draft.page.stale + 1)
    draft.record("alert.forgotten" if event.forgotten else "alert.stale", alert=event.alert)


def alert_renewed(draft: Draft, event: AlertRenewed) -> None:
    """A stale alert is believed again."""
    draft.change(stale=max(draft.page.stale - 1, 0))
    draft.record("alert.renewed", alert=event.alert)


def alert_muted(draft: Draft, event: AlertMuted) -> None:
    """A silence covers an alert; the page freezes when all are covered."""
    draft.change(muted=min(draft.page.muted + 1, draft.page.firing))
    if not _freeze_if_all_muted(draft, f"{event.by}: {event.why}", event.until):
        until = event.until.isoformat() if event.until is not None else ""
        draft.record("alert.muted", alert=event.alert, by=event.by, why=event.why, until=until)


def alert_unmuted(draft: Draft, event: AlertUnmuted) -> None:
    """A silence ended; the page goes on. What the alert has to say was not heard by anybody yet."""
    draft.change(muted=max(draft.page.muted - 1, 0))
    if draft.page.frozen_why is None:
        draft.record("alert.unmuted", alert=event.alert)
    _hear(draft, event)


def _freeze_if_all_muted(draft: Draft, why: str, until: datetime | None) -> bool:
    page = draft.page
    if page.frozen_why is not None or page.firing == 0 or page.muted < page.firing:
        return False
    draft.change(frozen_why=f"all its alerts are muted by {why}")
    draft.do(CancelPending("all its alerts are muted"))
    draft.record("page.muted", why=why, until=until.isoformat() if until is not None else "")
    return True


def _thaw(draft: Draft) -> bool:
    """Take a frozen page up again: at step 1, or with a fresh acknowledgement period where somebody holds it."""
    page = draft.page
    if page.frozen_why is None or page.muted >= page.firing:
        return False
    draft.change(frozen_why=None)
    draft.record("page.unmuted")
    if page.acknowledgement is not None:
        hold(draft, page.acknowledgement.by, draft.now + draft.plan.times.acknowledgement_lasts)
    elif not close_if_shut(draft):
        escalation.restart(draft)
    return True
