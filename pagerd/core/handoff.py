"""What goes over with a shift: the notes of those who had it, and what of the team is open at that instant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.incidents.incident import Incident
from pagerd.core.oncall.lookup import on_call
from pagerd.core.oncall.stints import stints
from pagerd.core.paging.page import Page
from pagerd.core.plan import Plan
from pagerd.core.rights import rights_of

TEXT_MAX = 2000
"""Signs of a note: a screen. What needs more is a page of the team's own, and the note has its address."""

NOTES_MAX = 3
"""Notes that go over: the newest. Whoever writes every hour is read in `pagerd handoff show`."""

PAGES_MAX, INCIDENTS_MAX = 10, 5

BACK_MAX = timedelta(days=8)
"""Notes reach back to the reader's last shift, and no further than this: a week and a day."""

LATE_MAX = timedelta(hours=12)
"""How long after a shift its note can be written. It is told at once then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffNote:
    """What somebody wrote for whoever has the schedule next. `until` is when the shift ended in which it was written.

    `late`: that was before it was written.
    """

    id: str
    schedule: str
    by: str
    at: datetime
    text: str
    until: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage:
    """A page that is open. `code` is what the reader may answer with, None where none was drawn."""

    id: str
    severity: str
    title: str
    since: datetime
    holder: str | None = None
    until: datetime | None = None
    is_snoozed: bool = False
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident:
    """An incident that is open, with who holds which role."""

    number: int
    severity: str
    title: str
    status: str
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What of one team goes over. `nights_count` are the pages that disturbed a night since `since`."""

    team: str
    notes: tuple[HandoffNote, ...] = ()
    pages: tuple[OpenPage, ...] = ()
    pages_count: int = 0
    incidents: tuple[OpenIncident, ...] = ()
    nights_count: int = 0
    since: datetime

    @property
    def is_empty(self) -> bool:
        """Is there nothing that somebody must know?"""
        return not (self.notes or self.pages_count or self.incidents or self.nights_count)


def open_page(page: Page, code: str | None = None) -> OpenPage:
    """Say what somebody who takes over must know of a page."""
    held = page.acknowledgement
    return OpenPage(
        id=page.id,
        severity=page.severity,
        title=page.subject.title,
        since=page.since,
        holder=held.by if held is not None else None,
        until=held.until if held is not None and not page.is_carried else None,
        is_snoozed=held is not None and held.is_snooze,
        code=code,
    )


def open_incidents(found: Iterable[Incident], team: str) -> tuple[OpenIncident, ...]:
    """Say what somebody who takes over must know of a team's incidents."""
    own = [
        OpenIncident(
            number=one.number,
            severity=one.severity,
            title=one.title,
            status=one.status.value,
            roles={role: standing.holder for role, standing in one.roles.items() if standing.holder is not None},
        )
        for one in found
        if one.team == team
    ]
    return tuple(own[:INCIDENTS_MAX])


def notes_since(plan: Plan, schedule: str, person: str, now: datetime) -> datetime:
    """Return since when notes are news to somebody who has a schedule now: since they had it last."""
    earliest = now - BACK_MAX
    theirs = stints(plan.book, person, schedule, earliest, now)
    ends = [one.end for one in theirs if one.end is not None]
    return max(ends, default=earliest)


@dataclass(frozen=True, slots=True)
class Turn:
    """The shift that a note is written in: until when it goes or went, and whether that is over."""

    until: datetime | None
    is_over: bool


def turn_of(plan: Plan, schedule: str, person: str, now: datetime) -> Turn | None:
    """Return the shift for which a person may write a note now: their own, or one that ended a short while ago.

    A lead of the team may write for whoever is on call. None: neither.
    """
    answer = on_call(plan.book, schedule, now)
    if person in answer.people:
        return Turn(answer.until, is_over=False)
    ended = [one.end for one in stints(plan.book, person, schedule, now - LATE_MAX, now) if one.end is not None]
    if ended:
        return Turn(max(ended), is_over=True)
    rights = rights_of(plan, person, now)
    leads = rights.leads(plan.book.schedules[schedule].team) or rights.is_admin
    return Turn(answer.until, is_over=False) if leads else None
