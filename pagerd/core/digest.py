"""The daily digest of a team: what waits in its queue, what is to be mended, what the last day was like.

Numbers and work, never a ranking: no person is counted, and a name stands only beside what that person took.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.alerts.alert import Alert
from pagerd.core.oncall.wall import instant
from pagerd.core.paging.opening import title_of
from pagerd.core.paging.page import Page
from pagerd.core.people import Medium
from pagerd.core.plan import Plan, Team, VerdictKind
from pagerd.core.ticket import Ticket

SHOWN_MAX = 30
"""Lines of one section: about two screens of a phone. What is beyond is counted, and the command lists it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLine:
    """One open ticket. `team` is set where it is not the reader's own: that team has left the files."""

    id: str
    severity: str
    title: str
    service: str
    opened_at: datetime
    is_new: bool
    is_firing: bool
    taken_by: str | None = None
    page_at: datetime | None = None
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """One alert that fails tests: each failed test with what was found, as its ticket has it."""

    ticket: str
    title: str
    rule: str | None
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """One alert that waits for the team's business hours."""

    title: str
    service: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """One page that is open. `holder` is who acknowledged it."""

    id: str
    severity: str
    title: str
    opened_at: datetime
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorLine:
    """The newest anchor of the audit chain."""

    number: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All that one digest says: of `since` to `at`, for the hour `due` of `day` in the team's zone.

    Lists are cut to SHOWN_MAX, the counts are of all. `has_mail` False: it goes to somebody else, because the team has
    no address. `id` is the same for a team and a day, so that a day can have but one.
    """

    id: str
    team: str
    name: str
    zone: str
    day: str
    at: datetime
    since: datetime
    due: datetime
    has_mail: bool
    tickets: tuple[TicketLine, ...] = ()
    tickets_count: int = 0
    new_count: int = 0
    to_mend: tuple[Mending, ...] = ()
    to_mend_count: int = 0
    held: tuple[HeldLine, ...] = ()
    held_count: int = 0
    pages: tuple[PageLine, ...] = ()
    pages_count: int = 0
    opened_count: int = 0
    nights_count: int = 0
    night_people_count: int = 0
    """Pages that disturbed somebody's night, and how often that was: a page that woke two people counts as two."""
    anchor: AnchorLine | None = None

    @property
    def is_empty(self) -> bool:
        """Is there nothing that waits for anybody?"""
        return not (self.tickets_count or self.held_count or self.pages_count)


def id_of(team: str, day: date) -> str:
    """Name the digest of a team and a day."""
    return f"digest-{team}-{day.isoformat()}"


def hour_of(team: Team, day: date) -> datetime | None:
    """Return the instant of a team's digest on a day of its zone; None for a team that wants none."""
    return hour_in(team.zone, team.digest_at, day)


def hour_in(zone: ZoneInfo, digest_at: time | None, day: date) -> datetime | None:
    """Return the instant of an hour on a day; one that the clocks leave out comes after the gap, none comes twice."""
    return instant(datetime.combine(day, digest_at), zone) if digest_at is not None else None


def next_hour(team: Team, now: datetime, *, done: date | None) -> datetime | None:
    """Return when the next digest is due: the first hour not before `now`, of a day after the one that is `done`."""
    day = now.astimezone(team.zone).date()
    if done is not None and done >= day:
        day = done + timedelta(days=1)
    at = hour_of(team, day)
    return at if at is None or at >= now else hour_of(team, day + timedelta(days=1))


def recipients(plan: Plan, team: Team) -> tuple[tuple[str, str], ...]:
    """Return whom a team's digest is mailed to, as (person, address); the person is empty for an address of a team.

    The team's own address; else that of the fallback team; else every operator's. Nobody is possible.
    """
    fallback = plan.teams.get(plan.fallback)
    address = team.mail or (fallback.mail if fallback is not None else None)
    if address is not None:
        return (("", address),)
    known = (plan.people.get(person) for person in plan.operators)
    return tuple(
        (person.id, person.email)
        for person in known
        if person is not None and person.email and (person.id, Medium.EMAIL) not in plan.unusable
    )


def ticket_lines(plan: Plan, team: str, tickets: Iterable[Ticket], since: datetime) -> tuple[TicketLine, ...]:
    """Return open tickets as lines, the gravest first, and of those the oldest."""
    ordered = sorted(tickets, key=lambda one: (one.rank, one.opened_at, one.id))
    return tuple(
        TicketLine(
            id=one.id,
            severity=one.severity,
            title=one.title,
            service=one.service,
            opened_at=one.opened_at,
            is_new=since <= (one.gaps[-1][1] if one.gaps else one.opened_at),
            is_firing=one.firing > 0,
            taken_by=plan.name_of(one.taken_by) if one.taken_by is not None else None,
            page_at=one.pages_at,
            team=one.team if one.team != team else "",
        )
        for one in ordered
    )


def mendings(tickets: Iterable[Ticket]) -> tuple[Mending, ...]:
    """Return what is to be mended: an alert that fails tests pages late, or not at all."""
    return tuple(
        Mending(ticket=one.id, title=one.title, rule=one.rule, fails=one.violations)
        for one in sorted(tickets, key=lambda one: (one.rank, one.opened_at, one.id))
        if one.violations
    )


def held_lines(alerts: Iterable[Alert]) -> tuple[HeldLine, ...]:
    """Return what waits for business hours, what comes first first; what a person's resolve holds is not among it."""
    lines = [
        HeldLine(title=title_of(one), service=one.labels.get("service", ""), until=one.held_until)
        for one in alerts
        if one.held_until is not None
        and one.verdict == VerdictKind.BUSINESS_HOURS.value
        and not (one.hold_reason or "").startswith("page ")
    ]
    return tuple(sorted(lines, key=lambda line: (line.until, line.title)))


def page_lines(plan: Plan, pages: Iterable[Page]) -> tuple[PageLine, ...]:
    """Return open pages as lines, the gravest first, and of those the oldest."""
    return tuple(
        PageLine(
            id=page.id,
            severity=page.severity,
            title=page.subject.title,
            opened_at=page.opened_at,
            holder=plan.name_of(page.acknowledgement.by) if page.acknowledgement is not None else None,
        )
        for page in sorted(pages, key=lambda one: (one.rank, one.opened_at, one.id))
    )
