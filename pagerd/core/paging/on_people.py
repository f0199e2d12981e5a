"""What people do to a page."""

from dataclasses import replace
from datetime import datetime

from pagerd.core.effects import CancelPending, HoldAlerts, Notify, TellEverybodyPaged
from pagerd.core.events import (
    Acknowledged,
    EscalatedByHand,
    NoteAdded,
    Reassigned,
    ResolvedByHand,
    ResponderAdded,
    Snoozed,
)
from pagerd.core.paging import escalation
from pagerd.core.paging.draft import Draft
from pagerd.core.paging.moves import hold, resolve
from pagerd.core.paging.page import Holding, PageStatus, Position, Stage
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Urgency


def acknowledged(draft: Draft, event: Acknowledged) -> None:
    """A person takes the page; the first has it, and the second changes nothing while the first is awake."""
    held = draft.page.acknowledgement
    if held is not None and held.by != event.by and held.holding is Holding.FRESH:
        draft.record("page.acknowledged_too", by=event.by, via=event.via, holder=held.by)
        return
    until = draft.now + draft.plan.times.acknowledgement_lasts
    if held is not None and held.by == event.by:
        _renew(draft)
        return
    _take(draft, event.by, until)
    draft.record("page.acknowledged", by=event.by, via=event.via, until=until.isoformat())


def snoozed(draft: Draft, event: Snoozed) -> None:
    """A person takes the page and says when to be asked again."""
    _take(draft, event.by, event.until)
    draft.record("page.snoozed", by=event.by, via=event.via, until=event.until.isoformat())


def _take(draft: Draft, by: str, until: datetime) -> None:
    page = draft.page
    changes_hands = page.acknowledgement is None or page.acknowledgement.by != by
    hold(draft, by, until)
    draft.do(CancelPending(f"acknowledged by {by}"))
    if changes_hands:
        draft.do(TellEverybodyPaged(purpose=Purpose.ACKNOWLEDGED_BY_OTHER, but=by, actor=by))


def _renew(draft: Draft) -> None:
    """Any act renews the acknowledgement; its end never moves earlier."""
    held = draft.page.acknowledgement
    if held is None:
        return
    until = max(held.until, draft.now + draft.plan.times.acknowledgement_lasts)
    if held.holding is not Holding.FRESH:
        draft.do(CancelPending("the holder answered"))
    draft.change(acknowledgement=replace(held, until=until, holding=Holding.FRESH))
    draft.record("page.acknowledgement_renewed", by=held.by, until=until.isoformat())


def resolved_by_hand(draft: Draft, event: ResolvedByHand) -> None:
    """A person says it is over; what still fires is held."""
    firing = draft.page.firing
    resolve(draft, event.by, event.note)
    if firing:
        until = draft.now + draft.plan.times.hold_after_resolve
        draft.do(HoldAlerts(until))
        draft.record("page.alerts_held", count=str(firing), until=until.isoformat())


def escalated_by_hand(draft: Draft, event: EscalatedByHand) -> None:
    """The next step goes now."""
    draft.record("page.escalated", by=event.by, via=event.via)
    _let_go(draft, f"escalated by {event.by}")
    escalation.advance(draft)
    escalation.page_current(draft)


def reassigned(draft: Draft, event: Reassigned) -> None:
    """One person is asked, then step 1."""
    draft.record("page.reassigned", by=event.by, via=event.via, to=event.to)
    _let_go(draft, f"handed to {event.to} by {event.by}")
    draft.change(position=Position(stage=Stage.REASSIGNED, person=event.to))
    escalation.page_current(draft)


def _let_go(draft: Draft, reason: str) -> None:
    """Free the page for the next step. A person's word goes before silences and the calendar."""
    draft.do(CancelPending(reason))
    draft.change(status=PageStatus.TRIGGERED, acknowledgement=None, frozen_why=None, opens_at=None, closes_at=None)


def responder_added(draft: Draft, event: ResponderAdded) -> None:
    """Another person is asked to help; the page stays where it is."""
    draft.record("page.responder_added", by=event.by, person=event.person)
    urgency = Urgency(draft.page.urgency)
    why = f"{event.by} asks for your help"
    draft.do(Notify(person=event.person, purpose=Purpose.HELP, urgency=urgency, why=why, actor=event.by))
    draft.change(reached=tuple(dict.fromkeys((*draft.page.reached, event.person))))
    _renew(draft)


def note_added(draft: Draft, event: NoteAdded) -> None:
    """Somebody wrote something down."""
    draft.record("page.note", by=event.by, text=event.text)
    _renew(draft)
