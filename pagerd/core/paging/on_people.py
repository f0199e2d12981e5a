"""What people do to a page."""

from dataclasses import replace
from datetime import datetime, timedelta

from pagerd.core.effects import CancelPending, HoldAlerts, Notify, Tell, TellEverybodyPaged
from pagerd.core.errors import IllegalTransition
from pagerd.core.events import (
    Acknowledged,
    EscalatedByHand,
    NoteAdded,
    Reassigned,
    ResolvedByHand,
    ResponderAdded,
    Snoozed,
    Undone,
)
from pagerd.core.paging import escalation
from pagerd.core.paging.draft import Draft
from pagerd.core.paging.moves import close_if_shut, hold, resolve
from pagerd.core.paging.notification import urgency_of_page
from pagerd.core.paging.on_incident import errand_answered
from pagerd.core.paging.page import Acknowledgement, Holding, PageStatus, Position, Stage
from pagerd.core.paging.purpose import Purpose


def acknowledged(draft: Draft, event: Acknowledged) -> None:
    """A person takes the page; the first has it, and the second changes nothing while the first is awake."""
    held = draft.page.acknowledgement
    if held is not None and held.by != event.by and held.holding is Holding.FRESH:
        _answered_too(draft, event, held.by)
        return
    until = draft.now + draft.plan.times.acknowledgement_lasts
    if held is not None and held.by == event.by:
        _renew(draft, event.by)
        return
    _take(draft, event.by, until)
    if draft.page.errand is not None:
        errand_answered(draft, event.by, event.via)
    elif draft.page.part is not None and draft.page.is_carried:
        number = str(draft.page.part.incident)
        draft.record("page.acknowledged_in_incident", by=event.by, via=event.via, incident=number)
    else:
        draft.record("page.acknowledged", by=event.by, via=event.via, until=until.isoformat())


def snoozed(draft: Draft, event: Snoozed) -> None:
    """A person takes the page and says when to be asked again."""
    _take(draft, event.by, event.until)
    draft.change(acknowledgement=Acknowledgement(by=event.by, at=draft.now, until=event.until, is_snooze=True))
    draft.record("page.snoozed", by=event.by, via=event.via, until=event.until.isoformat())


def _answered_too(draft: Draft, event: Acknowledged, holder: str) -> None:
    """Let whoever answers after the first sleep on, unless they were asked to help: then the holder hears of it."""
    draft.do(CancelPending(f"{event.by} answered", person=event.by))
    helpers = draft.page.helpers
    if event.by not in helpers:
        draft.record("page.acknowledged_too", by=event.by, via=event.via, holder=holder)
        return
    draft.change(helpers=tuple(one for one in helpers if one != event.by))
    draft.do(Tell(person=holder, purpose=Purpose.HELP_COMES, actor=event.by))
    draft.record("page.help_comes", by=event.by, via=event.via, holder=holder)


UNDO_WITHIN = timedelta(minutes=5)
"""How long an acknowledgement can be taken back; later somebody may rely on it, and to escalate is what is meant."""


def undone(draft: Draft, event: Undone) -> None:
    """The interrupted step is taken up again, from its beginning and with whoever is behind it now."""
    page, held = draft.page, draft.page.acknowledgement
    if held is None or held.by != event.by or draft.now - held.at > UNDO_WITHIN:
        raise IllegalTransition(f"page {page.id}: {event.by} has no acknowledgement there that can be taken back")
    draft.record("page.undone", by=event.by, via=event.via, step=escalation.step_name(page))
    draft.do(CancelPending(f"undone by {event.by}", but_help=True))
    position = page.position
    before = tuple(person for person in position.paged if person not in position.asked)
    draft.change(
        status=PageStatus.TRIGGERED,
        acknowledgement=None,
        last_acknowledged_by=None,
        settle_until=None if page.errand is not None else page.settle_until,
        position=replace(position, paged=before, asked=()),
    )
    if page.frozen_why is None and draft.page.settle_until is None and not close_if_shut(draft):
        escalation.page_current(draft)


def _take(draft: Draft, by: str, until: datetime) -> None:
    page = draft.page
    changes_hands = page.acknowledgement is None or page.acknowledgement.by != by
    hold(draft, by, until)
    draft.change(helpers=tuple(one for one in page.helpers if one != by))
    draft.do(CancelPending(f"acknowledged by {by}", but_help=True))
    draft.do(CancelPending(f"acknowledged by {by}", person=by))
    if changes_hands:
        # Whoever was asked for help and did not answer yet must not read that there is nothing to do.
        but = (by, *draft.page.helpers)
        draft.do(TellEverybodyPaged(purpose=Purpose.ACKNOWLEDGED_BY_OTHER, but=but, actor=by))


def _renew(draft: Draft, by: str) -> None:
    """Any act renews the acknowledgement, whoever's it is; its end never moves earlier."""
    held = draft.page.acknowledgement
    if held is None:
        return
    until = max(held.until, draft.now + draft.plan.times.acknowledgement_lasts)
    if held.holding is not Holding.FRESH:
        draft.do(CancelPending("the holder answered", person=held.by))
    draft.change(acknowledgement=replace(held, until=until, holding=Holding.FRESH, is_snooze=False))
    if by == held.by and draft.page.part is not None and draft.page.is_carried:
        draft.record("page.still_carried", by=by, incident=str(draft.page.part.incident))
    elif by == held.by:
        draft.record("page.acknowledgement_renewed", by=by, until=until.isoformat())
    else:
        draft.record("page.acknowledgement_kept", by=by, holder=held.by, until=until.isoformat())


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
    draft.change(position=Position(stage=Stage.REASSIGNED, person=event.to, by=event.by))
    escalation.page_current(draft)


def _let_go(draft: Draft, reason: str) -> None:
    """Free the page for the next step. A person's word goes before silences and the calendar."""
    draft.do(CancelPending(reason))
    draft.change(status=PageStatus.TRIGGERED, acknowledgement=None, frozen_why=None, opens_at=None, closes_at=None)
    if draft.page.errand is not None:
        # Whoever had answered has not done it after all.
        draft.change(settle_until=None)


def responder_added(draft: Draft, event: ResponderAdded) -> None:
    """Another person is asked to help; the page stays where it is."""
    draft.record("page.responder_added", by=event.by, person=event.person)
    urgency = urgency_of_page(draft.plan, draft.page.urgency)
    why = f"{draft.plan.name_of(event.by)} asks for your help"
    draft.do(Notify(person=event.person, purpose=Purpose.HELP, urgency=urgency, why=why, actor=event.by))
    draft.change(
        reached=tuple(dict.fromkeys((*draft.page.reached, event.person))),
        helpers=tuple(dict.fromkeys((*draft.page.helpers, event.person))),
    )
    _renew(draft, event.by)


def note_added(draft: Draft, event: NoteAdded) -> None:
    """Somebody wrote something down."""
    draft.record("page.note", by=event.by, text=event.text)
    _renew(draft, event.by)
