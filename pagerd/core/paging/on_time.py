"""What silence does to a page: steps that nobody answered, acknowledgements that run out, hours that begin and end."""

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from pagerd.core.effects import CancelPending, Notify
from pagerd.core.events import ContactRefused, FailedOver, PageOverlooked
from pagerd.core.paging import escalation, on_incident
from pagerd.core.paging.draft import Draft
from pagerd.core.paging.moves import close_if_shut, resolve
from pagerd.core.paging.notification import is_reachable, urgency_of_page
from pagerd.core.paging.page import Acknowledgement, Holding, PageStatus, Stage
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Urgency

LATE_AFTER = timedelta(seconds=30)
"""A timer that fires later than this after its due time is worth a line: pagerd was down or stalled."""


def timer_fired(draft: Draft) -> None:
    """The page's due time has come: do the one thing that it was for."""
    page = draft.page
    if page.due is None or page.due > draft.now:
        return
    if draft.now - page.due > LATE_AFTER:
        draft.record("late", seconds=str(int((draft.now - page.due).total_seconds())))
    if page.settle_until is not None:
        _settled(draft)
    elif page.opens_at is not None:
        _open_for_business(draft)
    elif page.closes_at is not None and page.closes_at <= draft.now:
        close_if_shut(draft)
    elif page.acknowledgement is not None:
        _acknowledgement_due(draft, page.acknowledgement)
    else:
        _step_due(draft)


def _settled(draft: Draft) -> None:
    if draft.page.errand is not None:
        # Everybody heard of the answer when it came.
        resolve(draft, draft.page.last_acknowledged_by, "it was answered", tells=False)
    else:
        resolve(draft, None, "all its alerts resolved")


def _step_due(draft: Draft) -> None:
    if draft.page.position.stage is Stage.EVERYBODY_ASKED:
        on_incident.nobody_came(draft)
        return
    draft.record("step.timed_out", step=escalation.step_name(draft.page))
    escalation.advance(draft)
    escalation.page_current(draft)


def overlooked(draft: Draft, event: PageOverlooked) -> None:
    """Page the step where the page stands once more, from its beginning: a message twice is better than none."""
    position = draft.page.position
    draft.record("page.overlooked", reason=event.why, step=escalation.step_name(draft.page))
    draft.do(CancelPending("the auditor found the page overlooked", but_help=True))
    before = tuple(person for person in position.paged if person not in position.asked)
    draft.change(
        status=PageStatus.TRIGGERED,
        acknowledgement=None,
        position=replace(position, paged=before, asked=(), due=None),
    )
    if not close_if_shut(draft):
        escalation.page_current(draft)


def failed_over(draft: Draft, event: FailedOver) -> None:
    """Say who carried the message in the end; a provider in trouble changes nothing of the page."""
    draft.record(
        "notification.failed_over",
        person=event.person,
        medium=event.medium,
        provider=event.provider,
        reason=event.why,
    )


def contact_refused(draft: Draft, event: ContactRefused) -> None:
    """Go on at once when nobody of this step is left who can be reached; the plan already leaves the contact out."""
    page = draft.page
    draft.record("contact.refused", person=event.person, medium=event.medium, reason=event.detail)
    asked = page.position.asked
    if page.status is not PageStatus.TRIGGERED or page.position.stage in escalation.ENDS or page.due is None:
        return
    if event.person not in asked:
        return
    if any(is_reachable(draft.plan, person, urgency_of_page(draft.plan, page.urgency)) for person in asked):
        return
    draft.record("person.unreachable", person=", ".join(asked), reason="no usable contact method is left")
    if page.settle_until is not None:
        # Steps wait while a page settles. Should it go on, the next one is due when it would have resolved.
        draft.change(position=replace(page.position, due=page.settle_until))
        return
    escalation.advance(draft)
    escalation.page_current(draft)


def _acknowledgement_due(draft: Draft, held: Acknowledgement) -> None:
    until = draft.now + draft.plan.times.reminder_lasts
    why = "you acknowledged this page"
    match held.holding:
        case Holding.FRESH:
            draft.change(acknowledgement=replace(held, holding=Holding.REMINDED, until=until))
            draft.do(Notify(person=held.by, purpose=Purpose.REMINDER, urgency=Urgency.LOW, why=why))
            kind = "page.reminded" if is_reachable(draft.plan, held.by, Urgency.LOW) else "page.not_reminded"
            draft.record(kind, by=held.by, until=until.isoformat())
        case Holding.REMINDED:
            draft.change(acknowledgement=replace(held, holding=Holding.PAGED, until=until))
            urgency = urgency_of_page(draft.plan, draft.page.urgency)
            draft.do(Notify(person=held.by, purpose=Purpose.STILL_YOURS, urgency=urgency, why=why))
            draft.record("page.holder_paged", by=held.by, until=until.isoformat())
        case Holding.PAGED:
            draft.record("page.acknowledgement_ended", by=held.by)
            draft.do(CancelPending("the acknowledgement ended"))
            draft.change(status=PageStatus.TRIGGERED, acknowledgement=None)
            escalation.restart(draft)
        case _:
            assert_never(held.holding)


def _open_for_business(draft: Draft) -> None:
    """Go on where closing time stopped the page: what was left of each wait is left still."""
    page = draft.page
    closed_for = draft.now - page.closes_at if page.closes_at is not None else timedelta(0)
    draft.change(opens_at=None, closes_at=None)
    draft.record("page.opened_hours")
    if close_if_shut(draft):
        return
    held = page.acknowledgement
    if held is not None:
        draft.change(acknowledgement=replace(held, until=held.until + closed_for))
    elif page.position.due is None:
        escalation.page_current(draft)
    else:
        # Whoever was being paged at closing time has slept on it: the step is taken from its beginning.
        draft.change(position=replace(page.position, paged=(), due=None))
        escalation.page_current(draft)
