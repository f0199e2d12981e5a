"""What a simulation asks, and the course that things took: values that the words, the JSON and the picture are made of.

Whatever is in them was written by the engine on its way: timelines, notifications with their trails, the night ledger.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from pagerd.core.alerts.alert import ReceivedAlert
from pagerd.core.explaining.outcome import Outcome
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.paging.page import Page
from pagerd.core.paging.purpose import Purpose
from pagerd.core.paging.standing import Rate
from pagerd.core.people import LOUD, Medium
from pagerd.core.plain import one_line
from pagerd.core.plan import Plan
from pagerd.core.ticket import Ticket
from pagerd.core.timeline import Entry
from pagerd.core.worklog.nights import NightPage
from pagerd.lab.people import NOBODY, Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An alert that fires at an instant."""

    at: datetime
    alert: ReceivedAlert


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is simulated: these alerts under this plan, these people, this trouble.

    `until` None: as long as something new can happen. `resolved_after`: each alert ends so long after it fired.
    `providers` are the names of those of each medium, of which the first two are used; those in `down` take nothing,
    each by its name or its medium's. `hears` says whether providers can reach this pagerd.
    """

    plan: Plan
    arrivals: tuple[Arrival, ...]
    answers: Answers = NOBODY
    until: datetime | None = None
    resolved_after: timedelta | None = None
    providers: Mapping[Medium, tuple[str, ...]] = field(default_factory=dict)
    down: frozenset[str] = frozenset()
    hears: bool = True
    rates: Mapping[tuple[Medium, str], Rate] = field(default_factory=dict)

    @property
    def begins(self) -> datetime:
        """When the first alert fires."""
        return min(arrival.at for arrival in self.arrivals)


LAST_RESORT = frozenset({"last_resort.paged", "last_resort.empty"})
"""The lines of a timeline that say that no step is left."""


class Ending(StrEnum):
    """Why a simulation ends: its time is over, nothing new can happen, or it went on for as long as any may."""

    TIME = "time"
    SETTLED = "settled"
    LIMIT = "limit"


class Cause(StrEnum):
    """Why a message left when it did.

    FIRST is the first of a person's methods, at once; NEXT a further one, after its own delay. HURRIED went before its
    time, because what went before it did not arrive; AGAIN is a second call, because the first was not picked up.
    """

    FIRST = "first"
    NEXT = "next"
    HURRIED = "hurried"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One alert that was received: what became of it then, and the names of its page and ticket."""

    at: datetime
    alert: ReceivedAlert
    outcome: Outcome
    page: str | None
    ticket: str | None


@dataclass(frozen=True, slots=True)
class Ended:
    """One alert that resolved."""

    at: datetime
    alert: ReceivedAlert


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the timeline of a page, a ticket or a night."""

    at: datetime
    object: str
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a message, or of an attempt at it: when, how far, and what the provider said."""

    at: datetime
    status: NotificationStatus
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message that left, or was tried. `left_at` None: no provider took it.

    `asked_at` is when it was decided: all that one step sends to one person has the same. `delay` is how long after
    that it was due. `asleep`: it was the person's own night, and the medium makes a noise. `words` are what it says, as
    lines; empty where it never left.
    """

    name: str
    person: str
    address: str
    medium: Medium
    purpose: Purpose
    why: str
    actor: str
    cause: Cause
    asked_at: datetime
    delay: timedelta
    pages: tuple[str, ...]
    ticket: str | None
    left_at: datetime | None
    asleep: bool
    words: str
    reports: tuple[Report, ...]

    @property
    def asks(self) -> bool:
        """Does it ask a person for an answer about a page?"""
        return self.purpose in ASKING and bool(self.pages)

    @property
    def was_in_vain(self) -> bool:
        """Did it never reach its person, as far as the providers know?"""
        in_vain = {NotificationStatus.NOT_REACHED, NotificationStatus.REFUSED}
        return self.left_at is None or any(one.status in in_vain for one in self.reports)

    @property
    def first_at(self) -> datetime:
        """When it left, or was first tried."""
        return self.left_at if self.left_at is not None else self.reports[0].at


_ID = re.compile(r"\b[pt]-\w+")

_ANSWERS = ("page.acknowledged", "page.resolved", "page.snoozed")


@dataclass(frozen=True, kw_only=True)
class Course:
    """What happened. Pages and tickets go by short names (`P1`, `T1`), in the order in which they were opened."""

    scenario: Scenario
    ended_at: datetime
    ending: Ending
    fired: tuple[Fired, ...]
    resolved: tuple[Ended, ...]
    told: tuple[Told, ...]
    messages: tuple[Message, ...]
    pages: Mapping[str, Page]
    tickets: Mapping[str, Ticket]
    nights: tuple[NightPage, ...]
    unheard: tuple[tuple[datetime, str], ...] = ()
    """Who texted an answer when no provider could be asked for it."""

    @property
    def began_at(self) -> datetime:
        """When the first alert fired."""
        return self.scenario.begins

    def asked_about(self, page: str) -> tuple[Message, ...]:
        """Return the messages that left and ask for an answer about a page, the first first."""
        return self._asked.get(page, ())

    @cached_property
    def _asked(self) -> Mapping[str, tuple[Message, ...]]:
        found: dict[str, list[Message]] = {}
        for one in self.messages:
            if one.asks and one.left_at is not None:
                for page in one.pages:
                    found.setdefault(page, []).append(one)
        return {page: tuple(some) for page, some in found.items()}

    @cached_property
    def answers(self) -> Mapping[str, tuple[str, datetime]]:
        """Who answered each page first, and when."""
        found: dict[str, tuple[str, datetime]] = {}
        for one in self.told:
            if one.entry.kind in _ANSWERS and one.entry.details.get("by"):
                found.setdefault(one.object, (one.entry.details["by"], one.at))
        return found

    def page_of(self, fired: Fired) -> str | None:
        """Return the page of an alert: its own, the one that its ticket became, or that it opened after a wait."""
        if fired.page is not None:
            return fired.page
        group = fired.outcome.verdict.group_key
        later = (name for name, page in self.pages.items() if page.group_key == group and page.opened_at >= fired.at)
        return next(later, None)

    def told_after(self, fired: Fired) -> timedelta | None:
        """Return how long after it fired a human was told of an alert, None: nobody was.

        An alert that joins a page somebody was told of waits for nobody.
        """
        page = self.page_of(fired)
        asked = self.asked_about(page) if page is not None else ()
        return max(asked[0].first_at - fired.at, timedelta(0)) if asked else None

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody to whom a message was sent or tried, in that order."""
        return tuple(dict.fromkeys(one.person for one in self.messages if one.person))

    @property
    def woken(self) -> tuple[str, ...]:
        """Whoever's phone made a noise in their own night, in that order."""
        return tuple(dict.fromkeys(one.person for one in self.messages if one.asleep and one.medium in LOUD))

    @property
    def last_resort_after(self) -> timedelta | None:
        """Return how long after the first alert the last resort was paged first, None: never."""
        times = [one.at for one in self.told if one.entry.kind in LAST_RESORT]
        return min(times) - self.began_at if times else None

    @cached_property
    def _names(self) -> Mapping[str, str]:
        objects: list[tuple[str, Page | Ticket]] = [*self.pages.items(), *self.tickets.items()]
        return {one.id: name for name, one in objects}

    def renamed(self, text: str) -> str:
        """Return a text with the short names in the place of ids: nobody takes them for those of a real page."""
        return _ID.sub(lambda found: self._names.get(found[0], found[0]), text)


def alert_name(alert: ReceivedAlert) -> str:
    """Name an alert, and what it is about."""
    name = one_line(alert.labels.get("alertname", "")) or "an alert without a name"
    service = one_line(alert.labels.get("service", ""))
    return f"{name} on {service}" if service else name
