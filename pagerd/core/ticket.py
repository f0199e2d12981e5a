"""A ticket: work that can wait. Plain functions, each returns the ticket and its timeline entries.

An alert that should have paged and failed a test is a ticket with a clock: `page_at`. The clock starts with the
first firing of such an alert and survives flaps, so an alert that comes and goes cannot put it off. Taking the ticket
stops it, until a graver alert of the group fires: nobody has taken that. A closed ticket is opened again by hand, or
when its group fires again soon: what was tried and noted the last time is then in front of whoever looks at it next.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pagerd.core.errors import IllegalTransition
from pagerd.core.timeline import Entry

RANK_UNKNOWN = 9
"""Of tickets that an earlier version stored without a rank: any alert that joins one is graver."""

CLOSES_AFTER = timedelta(minutes=15)
"""How long its alerts must stay resolved before a ticket closes by itself: shorter gaps are flaps."""


REOPENS_WITHIN = timedelta(days=3)
"""A group that fires again so soon reopens its last ticket: what was closed on Friday evening and is back on Monday."""

GAPS_MAX = 50
"""Times between closing and reopening that a ticket remembers; its history has all of them."""


class TicketStatus(StrEnum):
    """Open is in the queue, taken has a name on it, closed is over."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One per team, rule and group. `firing` counts its alerts that fire; `violations` are failed tests.

    `severity` and `rank` are those of its gravest alert; rank 1 is the worst. `gaps` are the spans in which it was
    closed before it was opened again. `ref` and `ref_url` are what a tracker calls it, and where it shows it. `head` is
    the hash of the newest entry of its history.
    """

    id: str
    team: str
    group_key: str
    rule: str | None
    severity: str
    rank: int = RANK_UNKNOWN
    title: str
    summary: str
    service: str
    reasons: tuple[str, ...]
    violations: tuple[str, ...]
    opened_at: datetime
    status: TicketStatus = TicketStatus.OPEN
    firing: int = 0
    page_at: datetime | None = None
    paged_as: str | None = None
    closes_at: datetime | None = None
    taken_by: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    ref: str = ""
    ref_url: str = ""
    version: int = 0
    head: str = ""

    @property
    def is_open(self) -> bool:
        """Is it in the queue, or somebody's?"""
        return self.status is not TicketStatus.CLOSED

    @property
    def due(self) -> datetime | None:
        """When it must be looked at again."""
        if not self.is_open:
            return None
        return self.page_at if self.firing else self.closes_at

    @property
    def pages_at(self) -> datetime | None:
        """When it pages unless somebody takes it. While nothing of it fires its clock is kept, and pages nobody."""
        return self.page_at if self.firing else None

    @property
    def openings(self) -> tuple[datetime, ...]:
        """When it was opened, and opened again."""
        return (self.opened_at, *(end for _, end in self.gaps))

    def was_open_at(self, at: datetime) -> bool:
        """Was it in the queue at an instant?"""
        is_before_its_end = self.opened_at <= at and (self.closed_at is None or at < self.closed_at)
        return is_before_its_end and not any(start <= at < end for start, end in self.gaps)


Outcome = tuple[Ticket, tuple[Entry, ...]]


def opened(ticket: Ticket, now: datetime, alert: str) -> Outcome:
    """Open a ticket with its first alert."""
    first = replace(ticket, firing=1, version=1)
    details = {"alert": alert, "team": ticket.team, "severity": ticket.severity, "reasons": "; ".join(ticket.reasons)}
    return first, (Entry(now, "ticket.opened", details | _clock_of(first)),)


def opened_by_hand(ticket: Ticket, now: datetime) -> Outcome:
    """Open a ticket that no alert stands behind; it ends by hand."""
    details = {"alert": ticket.title, "team": ticket.team, "severity": ticket.severity}
    details["reasons"] = "; ".join(ticket.reasons)
    return replace(ticket, version=1), (Entry(now, "ticket.opened", details),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grievance:
    """How bad an alert of the ticket is, and when it would page by itself: None for one that never does."""

    alert: str
    severity: str
    rank: int
    page_at: datetime | None


def fired(ticket: Ticket, now: datetime, one: Grievance) -> Outcome:
    """Another alert of the group fires, or one of its own again."""
    _must_be_open(ticket)
    grown = replace(ticket, firing=ticket.firing + 1, closes_at=None, version=ticket.version + 1)
    joined = Entry(now, "ticket.alert_joined", {"alert": one.alert, "count": str(grown.firing)})
    wound, entries = _wound(grown, now, one)
    return wound, (joined, *entries)


def judged_again(ticket: Ticket, now: datetime, one: Grievance) -> Outcome:
    """One of its alerts was judged again, and stays: only the clock may start. Without entries nothing changed."""
    _must_be_open(ticket)
    wound, entries = _wound(ticket, now, one)
    return (replace(wound, version=ticket.version + 1), entries) if entries else (ticket, ())


def _wound(ticket: Ticket, now: datetime, one: Grievance) -> Outcome:
    """Start the clock for an alert that pages unless somebody takes it; a clock that runs goes on as it is.

    A ticket that was taken, or has paged, has none to start but for a graver alert.
    """
    is_graver = one.rank < ticket.rank
    if is_graver:
        ticket = replace(ticket, severity=one.severity, rank=one.rank)
    is_settled = ticket.taken_by is not None or ticket.paged_as is not None
    if one.page_at is None or ticket.page_at is not None or (is_settled and not is_graver):
        return ticket, ()
    details = {"alert": one.alert, "severity": one.severity, "page_at": one.page_at.isoformat()}
    started = replace(ticket, status=TicketStatus.OPEN, taken_by=None, paged_as=None, page_at=one.page_at)
    return started, (Entry(now, "ticket.clock_started", details),)


def left(ticket: Ticket, now: datetime, alert: str, page_id: str | None) -> Outcome:
    """One of its alerts was judged again and is elsewhere now; with the last one goes what the ticket was about."""
    _must_be_open(ticket)
    firing = max(ticket.firing - 1, 0)
    closes_at = now + CLOSES_AFTER if firing == 0 else None
    page_at = ticket.page_at if firing else None
    rest = replace(ticket, firing=firing, closes_at=closes_at, page_at=page_at, version=ticket.version + 1)
    return rest, (Entry(now, "ticket.alert_left", {"alert": alert, "page": page_id or "", "left": str(firing)}),)


def stopped(ticket: Ticket, now: datetime) -> Outcome:
    """Its clock ran out, and the plan of now does not want it to page any more."""
    _must_be_open(ticket)
    return replace(ticket, page_at=None, version=ticket.version + 1), (Entry(now, "ticket.clock_stopped", {}),)


def ended(ticket: Ticket, now: datetime, alert: str) -> Outcome:
    """One of its alerts resolved; the last one starts the quiet time after which it closes.

    A ticket about an alert that failed tests is closed by hand only: the alert is still to be mended.
    """
    _must_be_open(ticket)
    firing = max(ticket.firing - 1, 0)
    closes_at = now + CLOSES_AFTER if firing == 0 and not ticket.violations else None
    left = replace(ticket, firing=firing, closes_at=closes_at, version=ticket.version + 1)
    return left, (Entry(now, "ticket.alert_resolved", {"alert": alert, "left": str(firing)}),)


def taken(ticket: Ticket, now: datetime, by: str) -> Outcome:
    """A person takes it: its clock stops."""
    _must_be_open(ticket)
    if ticket.taken_by is not None:
        raise IllegalTransition(f"ticket {ticket.id} was already taken by {ticket.taken_by}")
    mine = replace(ticket, status=TicketStatus.TAKEN, taken_by=by, page_at=None, version=ticket.version + 1)
    return mine, (Entry(now, "ticket.taken", {"by": by}),)


def closed(ticket: Ticket, now: datetime, by: str | None, reason: str) -> Outcome:
    """It is over, by a person's word or because its alerts stayed resolved."""
    _must_be_open(ticket)
    over = replace(
        ticket,
        status=TicketStatus.CLOSED,
        closed_at=now,
        closed_by=by,
        page_at=None,
        closes_at=None,
        version=ticket.version + 1,
    )
    return over, (Entry(now, "ticket.closed", {"by": by or "", "reason": reason}),)


def fired_again(ticket: Ticket, now: datetime, fresh: Ticket, alert: str) -> Outcome:
    """Open a closed ticket again because its group fires again: it says what `fresh`, a new one, would say.

    Nobody has taken it this time, so its clock starts anew.
    """
    details = {"alert": alert, "severity": fresh.severity, "reasons": "; ".join(fresh.reasons)}
    again = replace(
        _open_again(ticket, now),
        severity=fresh.severity,
        rank=fresh.rank,
        title=fresh.title,
        summary=fresh.summary,
        service=fresh.service,
        reasons=fresh.reasons,
        violations=fresh.violations,
        firing=fresh.firing,
        page_at=fresh.page_at,
    )
    return again, (Entry(now, "ticket.reopened", details | _clock_of(again)),)


def reopened(ticket: Ticket, now: datetime, by: str, reason: str, *, firing: int, page_at: datetime | None) -> Outcome:
    """Open a closed ticket again by hand. Without an alert that fires it stays until somebody closes it."""
    again = replace(_open_again(ticket, now), firing=firing, page_at=page_at)
    return again, (Entry(now, "ticket.reopened", {"by": by, "reason": reason} | _clock_of(again)),)


def _open_again(ticket: Ticket, now: datetime) -> Ticket:
    if ticket.is_open:
        raise IllegalTransition(f"ticket {ticket.id} is {ticket.status.value}, not closed")
    gap = (ticket.closed_at or now, now)
    return replace(
        ticket,
        status=TicketStatus.OPEN,
        closes_at=None,
        paged_as=None,
        taken_by=None,
        closed_at=None,
        closed_by=None,
        gaps=(*ticket.gaps, gap)[-GAPS_MAX:],
        version=ticket.version + 1,
    )


def _clock_of(ticket: Ticket) -> dict[str, str]:
    return {"page_at": ticket.page_at.isoformat()} if ticket.page_at is not None else {}


def noted(ticket: Ticket, now: datetime, by: str, text: str) -> Outcome:
    """Somebody wrote something down; also when it is over, because that is when people know what it was."""
    return replace(ticket, version=ticket.version + 1), (Entry(now, "ticket.note", {"by": by, "text": text}),)


def tracked(ticket: Ticket, now: datetime, ref: str, url: str) -> Outcome:
    """A tracker said what it calls the ticket."""
    known = replace(ticket, ref=ref, ref_url=url, version=ticket.version + 1)
    return known, (Entry(now, "ticket.tracked", {"ref": ref, "url": url}),)


def paged(ticket: Ticket, now: datetime, page_id: str) -> Outcome:
    """Nobody took it in time: it pages. The ticket stays, to mend the alert."""
    _must_be_open(ticket)
    gone = replace(ticket, page_at=None, paged_as=page_id, version=ticket.version + 1)
    return gone, (Entry(now, "ticket.paged", {"page": page_id}),)


def _must_be_open(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise IllegalTransition(f"ticket {ticket.id} is closed")
