"""The page machine: `decide(page, event, plan, now)` says what becomes of a page, what must be done, and why.

`_LEGAL` names what may happen in each status. A pair that is not in it raises IllegalTransition and changes nothing.
Nothing here knows how a message travels or where a page is kept.
"""

from datetime import datetime
from typing import assert_never, get_args

from pagerd.core.errors import IllegalTransition
from pagerd.core.events import (
    Acknowledged,
    AlertEnded,
    AlertJoined,
    AlertMuted,
    AlertRaised,
    AlertRenewed,
    AlertUnmuted,
    AlertWentStale,
    ContactRefused,
    ErrandEnded,
    EscalatedByHand,
    Event,
    FailedOver,
    IncidentMoved,
    NoteAdded,
    ObservingEnded,
    PageOverlooked,
    Reassigned,
    ResolvedByHand,
    ResponderAdded,
    Snoozed,
    TimerFired,
    Undone,
)
from pagerd.core.paging import escalation, on_alerts, on_incident, on_observing, on_people, on_time
from pagerd.core.paging.draft import Decision, Draft
from pagerd.core.paging.moves import close_if_shut
from pagerd.core.paging.page import Page, PageStatus, Position, Stage
from pagerd.core.plan import Plan

_EVERYTHING: frozenset[type[Event]] = frozenset(get_args(Event))

_LEGAL: dict[PageStatus, frozenset[type[Event]]] = {
    PageStatus.TRIGGERED: _EVERYTHING - {Undone},
    PageStatus.ACKNOWLEDGED: _EVERYTHING,
    PageStatus.RESOLVED: frozenset({NoteAdded}),
}


def decide(page: Page, event: Event, plan: Plan, now: datetime) -> Decision:
    """Decide one event on one page. Raises IllegalTransition for a pair that means nothing."""
    if type(event) not in _LEGAL[page.status]:
        raise IllegalTransition(f"page {page.id} is {page.status}: {type(event).__name__} means nothing there")
    draft = Draft(page, plan, now)
    _let_happen(draft, event)
    return draft.decision()


def open_page(page: Page, plan: Plan, now: datetime, *, reasons: tuple[str, ...], before: str | None) -> Decision:
    """Open a page and page its first step. `before` is who acknowledged the page that this one follows, if anybody did.

    `page` comes with its counts set; one whose alerts are all muted opens frozen.
    """
    draft = Draft(page, plan, now)
    subject = page.subject
    draft.record(
        "page.opened",
        alert=subject.title,
        team=subject.team,
        rule=subject.rule or "",
        severity=page.severity,
        reasons="; ".join(reasons),
    )
    if page.follows is not None:
        draft.record("page.follows", page=page.follows)
    if subject.violations:
        draft.record("page.violation", reasons="; ".join(subject.violations))
    if before is not None and escalation.is_on_call_for(plan, page.steps, subject.team, before, now):
        draft.change(position=Position(stage=Stage.BEFORE, person=before))
    if not close_if_shut(draft):
        escalation.page_current(draft)
    return draft.decision()


def _let_happen(draft: Draft, event: Event) -> None:  # noqa: C901, PLR0912  # one line per event is the clearest table
    match event:
        case AlertJoined():
            on_alerts.alert_joined(draft, event)
        case AlertRaised():
            on_alerts.alert_raised(draft, event)
        case AlertEnded():
            on_alerts.alert_ended(draft, event)
        case AlertWentStale():
            on_alerts.alert_went_stale(draft, event)
        case AlertRenewed():
            on_alerts.alert_renewed(draft, event)
        case AlertMuted():
            on_alerts.alert_muted(draft, event)
        case AlertUnmuted():
            on_alerts.alert_unmuted(draft, event)
        case TimerFired():
            on_time.timer_fired(draft)
        case PageOverlooked():
            on_time.overlooked(draft, event)
        case ContactRefused():
            on_time.contact_refused(draft, event)
        case FailedOver():
            on_time.failed_over(draft, event)
        case Acknowledged():
            on_people.acknowledged(draft, event)
        case Snoozed():
            on_people.snoozed(draft, event)
        case Undone():
            on_people.undone(draft, event)
        case ResolvedByHand():
            on_people.resolved_by_hand(draft, event)
        case EscalatedByHand():
            on_people.escalated_by_hand(draft, event)
        case Reassigned():
            on_people.reassigned(draft, event)
        case ResponderAdded():
            on_people.responder_added(draft, event)
        case NoteAdded():
            on_people.note_added(draft, event)
        case ObservingEnded():
            on_observing.observing_ended(draft, event)
        case IncidentMoved():
            on_incident.incident_moved(draft, event)
        case ErrandEnded():
            on_incident.errand_ended(draft, event)
        case _:
            assert_never(event)
