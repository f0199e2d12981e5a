"""What really became of an alert that was received, in one word and one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from pagerd.core.alerts.alert import AT_SOURCE, Alert
from pagerd.core.paging.notification import Notification, NotificationStatus
from pagerd.core.paging.page import Page, PageStatus
from pagerd.core.paging.purpose import Purpose
from pagerd.core.plain import full_time
from pagerd.core.ticket import Ticket, TicketStatus


class Fate(StrEnum):
    """What became of it."""

    NEVER_RECEIVED = "never_received"
    QUARANTINED = "quarantined"
    PAGED = "paged"
    JOINED = "joined"
    """It came into a page that was open already."""
    UNDELIVERED = "undelivered"
    """It paged, and no message reached anybody."""
    TICKET = "ticket"
    SILENCED = "silenced"
    HELD = "held"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The word and the sentence."""

    fate: Fate
    sentence: str


_LOST = frozenset({NotificationStatus.NOT_REACHED, NotificationStatus.REFUSED, NotificationStatus.FAILED})
_ASKED = frozenset({Purpose.PAGE, Purpose.REASSIGNED})


def is_undelivered(notifications: Iterable[Notification]) -> bool:
    """Did none of the messages that asked for an answer reach anybody, as far as the providers said? None yet is no."""
    ends = [
        one.status
        for one in notifications
        if one.purpose in _ASKED and one.status is not NotificationStatus.CANCELLED and one.attempts
    ]
    return bool(ends) and _LOST.issuperset(ends)


def is_observed(notifications: Iterable[Notification]) -> bool:
    """Was all that asked for an answer only written down, because pagerd sent nothing?"""
    ends = [one.status for one in notifications if one.purpose in _ASKED and one.attempts]
    return bool(ends) and set(ends) == {NotificationStatus.OBSERVED}


def what_happened(
    alert: Alert, page: Page | None, ticket: Ticket | None, notifications: Iterable[Notification], zone: ZoneInfo
) -> Told:
    """Say what became of the latest episode of an alert. `page` and `ticket` are those that it is in, or was in."""
    since = f"Received from {alert.source} at {full_time(alert.first_seen_at, zone)}"
    now = f", resolved at {full_time(alert.resolved_at, zone)}" if alert.resolved_at is not None else ", still firing"
    if page is not None:
        return _in_page(alert, page, notifications, f"{since}{now}", zone)
    if alert.muted_by is not None:
        by = alert.muted_words if alert.muted_by == AT_SOURCE else f"silence {alert.muted_by}"
        return Told(fate=Fate.SILENCED, sentence=f"{since}{now}; {by} mutes it: nobody was told.")
    if alert.held_until is not None:
        why = f", {alert.hold_reason}" if alert.hold_reason else ""
        return Told(
            fate=Fate.HELD,
            sentence=f"{since}{now}; held until {full_time(alert.held_until, zone)}{why}: nobody was told.",
        )
    if ticket is not None:
        return Told(fate=Fate.TICKET, sentence=f"{since}{now}; {_ticket(ticket, zone)}")
    if alert.verdict == "drop":
        return Told(fate=Fate.DROPPED, sentence=f"{since}{now}; dropped, because a rule says so.")
    # A resolved alert keeps neither its silence nor its wait.
    return Told(fate=Fate.HELD, sentence=f"{since}{now}; it was silenced or held all the while: nobody was told.")


def _in_page(alert: Alert, page: Page, notifications: Iterable[Notification], since: str, zone: ZoneInfo) -> Told:
    opened = page.opened_at >= alert.first_seen_at
    fate = Fate.PAGED if opened else Fate.JOINED
    deed = f"it opened page {page.id}" if opened else f"it joined page {page.id}, open by then"
    if is_undelivered(notifications):
        return Told(
            fate=Fate.UNDELIVERED, sentence=f"{since}; {deed}; NOT ONE message reached anybody, so the providers say."
        )
    observed = "; pagerd only observed: nobody was told" if is_observed(notifications) else ""
    return Told(fate=fate, sentence=f"{since}; {deed}, {_state(page, zone)}{observed}.")


def _state(page: Page, zone: ZoneInfo) -> str:
    held = page.acknowledgement
    match page.status:
        case PageStatus.RESOLVED:
            by = f" by {page.resolved_by}" if page.resolved_by else ""
            at: datetime | None = page.resolved_at
            return f"resolved{by}{f' at {full_time(at, zone)}' if at is not None else ''}"
        case PageStatus.ACKNOWLEDGED if held is not None:
            return f"acknowledged by {held.by} until {full_time(held.until, zone)}"
        case _:
            return "which nobody has answered yet"


def _ticket(ticket: Ticket, zone: ZoneInfo) -> str:
    state = f"ticket {ticket.id} of team {ticket.team}"
    match ticket.status:
        case TicketStatus.CLOSED:
            return f"it is in {state}, closed{f' by {ticket.closed_by}' if ticket.closed_by else ''}."
        case TicketStatus.TAKEN:
            return f"it is in {state}, which {ticket.taken_by} took."
        case TicketStatus.OPEN:
            clock = (
                f"; it pages at {full_time(ticket.page_at, zone)} unless somebody takes it" if ticket.page_at else ""
            )
            return f"it is in {state}, which nobody has taken{clock}."
        case _:
            assert_never(ticket.status)
