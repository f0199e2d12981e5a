"""What pagerd would have sent while it only observed, as JSON and as rows of a CSV.

The order of an entry's keys is that of the columns.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict, cast

from pagerd.core.observing import JudgedAlert, Message, PageTold, Share
from pagerd.core.people import Person
from pagerd.core.plain import in_zone
from pagerd.core.ticket import Ticket
from pagerd.engine.queries_observed import Observed
from pagerd.web.api.shapes import iso
from pagerd.web.api.types import Instant

_Span = TypedDict("_Span", {"from": Instant, "to": Instant | None})


class _Share(TypedDict):
    pages: int
    first: int
    follow_ups: int
    others: int
    nights: int
    nights_unanswered: int


class ObservedPerson(_Share):
    """What a person would have got: at once, and only because nobody answered."""

    person: str


class ObservedTeam(_Share):
    """What a team's alerts would have sent, and what became of the others."""

    team: str
    tickets: int
    silenced: int
    dropped: int


class ObservedPage(TypedDict):
    """A page: when and how its people would first have heard of it."""

    opened_at: Instant
    page: str
    team: str
    service: str
    severity: str
    title: str
    rule: str
    first_at: Instant | None
    people: list[str]
    media: list[str]
    first: int
    follow_ups: int
    resolved_at: Instant | None


class ObservedMessage(TypedDict):
    """One message as its reader would have had it; `part` says whether it goes whatever anybody does."""

    at: Instant
    local: str | None
    zone: str | None
    person: str
    medium: str
    purpose: str
    part: str
    at_night: bool
    pages: list[str]
    ticket: str | None
    team: str
    text: str


class ObservedAlert(TypedDict):
    """Where an alert went, and why."""

    at: Instant
    source: str
    alert: str
    summary: str
    team: str
    service: str
    severity: str
    place: str
    page: str | None
    ticket: str | None
    silence: str | None
    reasons: list[str]


class ObservedTicket(TypedDict):
    """What was not worth waking anybody, and why."""

    opened_at: Instant
    ticket: str
    team: str
    service: str
    severity: str
    title: str
    reasons: list[str]
    violations: list[str]


ObservedTime = TypedDict(
    "ObservedTime",
    {
        "from": Instant,
        "to": Instant,
        "observed": list[_Span],
        "cut": bool,
        "teams": list[ObservedTeam],
        "people": list[ObservedPerson],
        "pages": list[ObservedPage],
        "tickets": list[ObservedTicket],
        "alerts": list[ObservedAlert],
        "messages": list[ObservedMessage],
    },
)
"""What would have happened from an instant until before another, while pagerd only observed."""

_OF_ALL = tuple(_Share.__annotations__)

COLUMNS: Mapping[str, Sequence[str]] = {
    "pages": tuple(ObservedPage.__annotations__),
    "messages": tuple(ObservedMessage.__annotations__),
    "alerts": tuple(ObservedAlert.__annotations__),
    "tickets": tuple(ObservedTicket.__annotations__),
    "people": ("person", *_OF_ALL),
    "teams": ("team", *_OF_ALL, "tickets", "silenced", "dropped"),
}
"""The parts of the report, and the columns of each in their order."""


def report_json(found: Observed, people: Mapping[str, Person], start: datetime, end: datetime) -> ObservedTime:
    """Write the whole report."""
    report = found.report
    return {
        "from": iso(start),
        "to": iso(end),
        "observed": [{"from": iso(span.start), "to": iso(span.end)} for span in found.spans],
        "cut": report.is_cut,
        "teams": [_team(one) for one in report.teams],
        "people": [_person(one) for one in report.people],
        "pages": [_page(one) for one in report.pages],
        "tickets": [_ticket(one) for one in report.tickets],
        "alerts": [_alert(one) for one in report.alerts],
        "messages": [_message(one, people) for one in report.messages],
    }


def rows_of(said: ObservedTime, part: str) -> list[Mapping[str, object]]:
    """Return one part of a written report."""
    return cast("Mapping[str, list[Mapping[str, object]]]", said)[part]


def _of_all(share: Share) -> _Share:
    return {
        "pages": share.pages,
        "first": share.first,
        "follow_ups": share.follow_ups,
        "others": share.others,
        "nights": share.nights,
        "nights_unanswered": share.nights_unanswered,
    }


def _person(share: Share) -> ObservedPerson:
    return {"person": share.name, **_of_all(share)}


def _team(share: Share) -> ObservedTeam:
    return {
        "team": share.name,
        **_of_all(share),
        "tickets": share.tickets,
        "silenced": share.silenced,
        "dropped": share.dropped,
    }


def _page(told: PageTold) -> ObservedPage:
    page = told.page
    return {
        "opened_at": iso(page.opened_at),
        "page": page.id,
        "team": page.team,
        "service": page.service,
        "severity": page.severity,
        "title": page.title,
        "rule": page.rule,
        "first_at": iso(told.first_at),
        "people": list(told.people),
        "media": [medium.value for medium in told.media],
        "first": told.first,
        "follow_ups": told.follow_ups,
        "resolved_at": iso(page.resolved_at),
    }


def _message(one: Message, people: Mapping[str, Person]) -> ObservedMessage:
    reader = people.get(one.person)
    return {
        "at": iso(one.at),
        "local": f"{in_zone(one.at, reader.zone):%Y-%m-%d %H:%M:%S}" if reader is not None else None,
        "zone": str(reader.zone) if reader is not None else None,
        "person": one.person,
        "medium": one.medium.value,
        "purpose": one.purpose.value,
        "part": one.part.value,
        "at_night": one.at_night,
        "pages": list(one.pages),
        "ticket": one.ticket_id,
        "team": one.team,
        "text": one.words,
    }


def _alert(one: JudgedAlert) -> ObservedAlert:
    return {
        "at": iso(one.at),
        "source": one.source,
        "alert": one.alert,
        "summary": one.summary,
        "team": one.team,
        "service": one.service,
        "severity": one.severity,
        "place": one.place.value,
        "page": one.page_id,
        "ticket": one.ticket_id,
        "silence": one.muted_by,
        "reasons": list(one.reasons),
    }


def _ticket(ticket: Ticket) -> ObservedTicket:
    return {
        "opened_at": iso(ticket.opened_at),
        "ticket": ticket.id,
        "team": ticket.team,
        "service": ticket.service,
        "severity": ticket.severity,
        "title": ticket.title,
        "reasons": list(ticket.reasons),
        "violations": list(ticket.violations),
    }
