"""Where a judged alert goes: into a page, a ticket, a wait, nowhere yet (muted), or nowhere (drop).

The engine asks here what to do, and whoever explains asks here what would be done.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from pagerd.core import hours
from pagerd.core.plan import Plan, VerdictKind
from pagerd.core.policy import PAGING, Verdict
from pagerd.core.ticket import Ticket


class Place(StrEnum):
    """What becomes of it."""

    JOINS_PAGE = "joins_page"
    """Its group has an open page."""
    OPENS_PAGE = "opens_page"
    HELD = "held"
    """It waits for the business hours of its team."""
    MUTED = "muted"
    """It is known; when the silence ends it is judged as if it had just fired."""
    TICKET = "ticket"
    DROPPED = "dropped"


PAGES = frozenset({Place.JOINS_PAGE, Place.OPENS_PAGE})


@dataclass(frozen=True, slots=True)
class Placement:
    """The place, and until when it is held there."""

    place: Place
    held_until: datetime | None = None


def waits_until(verdict: Verdict, plan: Plan, at: datetime) -> datetime | None:
    """Return when the business hours begin for which an alert of this verdict waits; None where it waits for none."""
    team = plan.teams[verdict.team]
    if verdict.kind is not VerdictKind.BUSINESS_HOURS or hours.is_open(team.hours, team.zone, at):
        return None
    return hours.next_opening(team.hours, team.zone, at)


def placement(verdict: Verdict, plan: Plan, at: datetime, *, page_is_open: bool, is_muted: bool) -> Placement:
    """Say where an alert goes. `page_is_open`: its group has an open page; it counts where the verdict is to page.

    Such a page is joined also outside the hours, and under a silence.
    """
    if verdict.kind in PAGING and page_is_open:
        return Placement(Place.JOINS_PAGE)
    if is_muted:
        return Placement(Place.MUTED)
    match verdict.kind:
        case VerdictKind.PAGE:
            return Placement(Place.OPENS_PAGE)
        case VerdictKind.BUSINESS_HOURS:
            opening = waits_until(verdict, plan, at)
            return Placement(Place.OPENS_PAGE if opening is None else Place.HELD, opening)
        case VerdictKind.TICKET:
            return Placement(Place.TICKET)
        case VerdictKind.DROP:
            return Placement(Place.DROPPED)
        case _:
            assert_never(verdict.kind)


def pages_again(ticket: Ticket, verdict: Verdict) -> bool:
    """Did this ticket's clock run out before, and page? What fires again then goes the same way, at once."""
    return ticket.paged_as is not None and verdict.page_after is not None
