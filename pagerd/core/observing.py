"""What pagerd would have done while it only observed, counted so that it can be laid beside another pager's list.

Nobody answers a pager that sends nothing. So its pages climb to the last resort and go round there until their alerts
resolve, while in truth a human had answered the other pager long before. What would have gone out whatever anybody did
is therefore kept apart from what would have followed had nobody answered: see `Part`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import LOUD, Medium, Person
from pagerd.core.placement import Place
from pagerd.core.ticket import Ticket

AT_ONCE = timedelta(minutes=1)
"""What a person's own rules send later than this goes only when they have not answered by then."""

FOLLOWED_FOR = timedelta(hours=2)
"""What would have followed is counted for so long after a page's opening: an alert that fires for a week would fill
every report with calls to the last resort, which no human would have let happen."""

TIMER = "TimerFired"
"""The event that is nobody's doing: a step ran out of time, or an acknowledgement did."""


class Part(StrEnum):
    """What a message would have been.

    FIRST: it goes whatever anybody does, when a page opens, is taken up again or becomes graver. FOLLOW_UP: only
    because nobody answered by then: a person's later contact methods, further steps, the last resort. TOLD: quiet news
    of a page. TICKET can wait. OPERATORS is about pagerd itself.
    """

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    TOLD = "told"
    TICKET = "ticket"
    OPERATORS = "operators"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedMessage:
    """One notification that was written down instead of being sent. `merged_into` is whose message stood for it."""

    id: str
    at: datetime
    event: str
    words: str
    person: str
    medium: Medium
    purpose: Purpose
    page_id: str | None
    ticket_id: str | None
    created_at: datetime
    due_first: datetime
    merged_into: str | None = None

    @property
    def part(self) -> Part:
        """Say what it would have been."""
        if self.purpose is Purpose.TICKET:
            return Part.TICKET
        if self.page_id is None:
            return Part.OPERATORS
        if self.purpose not in ASKING:
            return Part.TOLD
        at_once = self.due_first - self.created_at < AT_ONCE
        return Part.FIRST if at_once and self.event != TIMER else Part.FOLLOW_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedPage:
    """One page, as far as a comparison needs it."""

    id: str
    opened_at: datetime
    resolved_at: datetime | None
    team: str
    service: str
    severity: str
    title: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAlert:
    """Where one alert went when it was judged, and why. All fields are plain values that a JSON codec can write."""

    at: datetime
    source: str
    alert: str
    summary: str
    team: str
    service: str
    severity: str
    place: Place
    page_id: str | None
    ticket_id: str | None
    muted_by: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as its reader would have had it. `pages` are all that it stood for; `at_night` is the reader's."""

    at: datetime
    person: str
    medium: Medium
    purpose: Purpose
    part: Part
    pages: tuple[str, ...]
    ticket_id: str | None
    team: str
    at_night: bool
    words: str

    @property
    def is_loud(self) -> bool:
        """Would it have made a noise about a page?"""
        return self.medium in LOUD and bool(self.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTold:
    """One page: whom it would have told at once and when, and how many messages would have followed unanswered."""

    page: ObservedPage
    first_at: datetime | None
    people: tuple[str, ...]
    media: tuple[Medium, ...]
    first: int
    follow_ups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a person or a team would have got. `nights` are pages that would have made a noise in a reader's night.

    `nights_unanswered` are those that would have done so only because nobody had answered before.
    """

    name: str
    pages: int = 0
    first: int = 0
    follow_ups: int = 0
    others: int = 0
    nights: int = 0
    nights_unanswered: int = 0
    tickets: int = 0
    silenced: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedReport:
    """Everything that would have happened in a span of time. `is_cut` says that there was more than it holds."""

    messages: tuple[Message, ...]
    pages: tuple[PageTold, ...]
    tickets: tuple[Ticket, ...]
    alerts: tuple[JudgedAlert, ...]
    people: tuple[Share, ...]
    teams: tuple[Share, ...]
    is_cut: bool = False


def observed_report(
    rows: Sequence[ObservedMessage],
    pages: Sequence[ObservedPage],
    tickets: Sequence[Ticket],
    alerts: Sequence[JudgedAlert],
    people: Mapping[str, Person],
    *,
    counts: Callable[[datetime], bool],
) -> ObservedReport:
    """Put together what would have happened. `counts` says whether pagerd only observed at an instant.

    `pages` may hold more than was opened in the span: those of which a message speaks are needed for their teams.
    So may `tickets`: what was opened before counts where it was opened again.
    """
    teams_of = {page.id: page.team for page in pages} | {ticket.id: ticket.team for ticket in tickets}
    messages = tuple(_messages(rows, teams_of, people))
    seen = [page for page in pages if counts(page.opened_at)]
    about: dict[str, list[Message]] = {}
    for one in messages:
        for page_id in one.pages:
            about.setdefault(page_id, []).append(one)
    filed = tuple(one for one in tickets if any(counts(at) for at in one.openings))
    return ObservedReport(
        messages=messages,
        pages=tuple(_told(page, about.get(page.id, ())) for page in seen),
        tickets=filed,
        alerts=tuple(alerts),
        people=_shares_of_people(messages),
        teams=_shares_of_teams(messages, seen, filed, alerts),
    )


def _messages(
    rows: Sequence[ObservedMessage], teams_of: Mapping[str, str], people: Mapping[str, Person]
) -> Iterable[Message]:
    """Make one message of the notifications that went out together: it is the first word if one of them is."""
    together: dict[str, list[ObservedMessage]] = {}
    for row in rows:
        together.setdefault(row.merged_into or row.id, []).append(row)
    for carrier, group in together.items():
        lead = next((row for row in group if row.id == carrier), group[0])
        pages = tuple(dict.fromkeys(row.page_id for row in group if row.page_id is not None))
        person = people.get(lead.person)
        yield Message(
            at=lead.at,
            person=lead.person,
            medium=lead.medium,
            purpose=lead.purpose,
            part=Part.FIRST if any(row.part is Part.FIRST for row in group) else lead.part,
            pages=pages,
            ticket_id=lead.ticket_id,
            team=teams_of.get(lead.page_id or lead.ticket_id or "", ""),
            at_night=person is not None and person.sleeps_at(lead.at),
            words=lead.words,
        )


def _told(page: ObservedPage, about: Sequence[Message]) -> PageTold:
    first = [one for one in about if one.part is Part.FIRST]
    return PageTold(
        page=page,
        first_at=first[0].at if first else None,
        people=tuple(dict.fromkeys(one.person for one in first)),
        media=tuple(dict.fromkeys(one.medium for one in first)),
        first=len(first),
        follow_ups=sum(one.part is Part.FOLLOW_UP for one in about),
    )


def _shares_of_people(messages: Iterable[Message]) -> tuple[Share, ...]:
    by_person: dict[str, list[Message]] = {}
    for one in messages:
        by_person.setdefault(one.person, []).append(one)
    return tuple(_share(name, by_person[name]) for name in sorted(by_person))


def _shares_of_teams(
    messages: Iterable[Message],
    pages: Sequence[ObservedPage],
    tickets: Sequence[Ticket],
    alerts: Sequence[JudgedAlert],
) -> tuple[Share, ...]:
    by_team: dict[str, list[Message]] = {}
    for one in messages:
        by_team.setdefault(one.team, []).append(one)
    opened, filed = Counter(page.team for page in pages), Counter(ticket.team for ticket in tickets)
    silenced = Counter(one.team for one in alerts if one.place is Place.MUTED)
    dropped = Counter(one.team for one in alerts if one.place is Place.DROPPED)
    return tuple(
        replace(
            _share(team, by_team.get(team, ())),
            pages=opened[team],
            tickets=filed[team],
            silenced=silenced[team],
            dropped=dropped[team],
        )
        for team in sorted({*by_team, *opened, *filed, *silenced, *dropped} - {""})
    )


def _share(name: str, messages: Sequence[Message]) -> Share:
    loud = [one for one in messages if one.is_loud and one.at_night]
    woken = _nights(one for one in loud if one.part is Part.FIRST)
    asked = (Part.FIRST, Part.FOLLOW_UP)
    return Share(
        name=name,
        pages=len({page for one in messages if one.part in asked for page in one.pages}),
        first=sum(one.part is Part.FIRST for one in messages),
        follow_ups=sum(one.part is Part.FOLLOW_UP for one in messages),
        others=sum(one.part not in asked for one in messages),
        nights=len(woken),
        nights_unanswered=len(_nights(loud) - woken),
    )


def _nights(messages: Iterable[Message]) -> set[tuple[str, str]]:
    """Return who would have been disturbed by which page: what is one row of the night ledger."""
    return {(one.person, page) for one in messages for page in one.pages}
