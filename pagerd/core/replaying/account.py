"""What one replay comes to: pages with whom they woke, tickets, and how alerts were judged.

Sleep is counted by person and night. A page takes it from its first noise in the night, a text that left or a call that
rang, until the last noise of it or the person's own last act on it, and FALL_ASLEEP more. What overlaps counts once,
and nothing counts after the person's night is over. Of whoever was not woken by a noise nothing is known, and so no
sleep of theirs is counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.people import Person
from pagerd.core.worklog.nights import NightPage

FALL_ASLEEP = timedelta(minutes=20)
"""From the last noise or act until asleep again. A convention, and the same for both plans: no study knows yours."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when somebody was kept awake."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Woken:
    """One person who was woken by one page in their night."""

    person: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """A page that was opened. `paged` are the people whom it paged, with when, in order.

    `acknowledged_by` is who took it first, or None.
    """

    group_key: str
    opened_at: datetime
    alert: str
    team: str
    rule: str
    severity: str
    paged: tuple[tuple[datetime, str], ...]
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    woken: tuple[Woken, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSeen:
    """A ticket that was opened."""

    group_key: str
    opened_at: datetime
    alert: str
    team: str
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Ruling:
    """How an alert was judged: by which team's rule (empty: as its severity says), to which verdict."""

    alert: str
    team: str
    rule: str
    verdict: str
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One replay. `episodes` is how many alerts began to fire, `rulings` how many of them were judged in which way."""

    revision: str
    episodes: int
    pages: tuple[PageSeen, ...]
    tickets: tuple[TicketSeen, ...]
    rulings: tuple[tuple[Ruling, int], ...]
    acts_skipped: int = 0
    """What people did then, and what had nothing to be done to here."""

    @property
    def night_pages(self) -> int:
        """How often a person was woken by a page."""
        return sum(len(page.woken) for page in self.pages)

    @property
    def people(self) -> dict[str, int]:
        """How often each person was woken by a page; those who were never are not in it."""
        found: dict[str, int] = {}
        for page in self.pages:
            for one in page.woken:
                found[one.person] = found.get(one.person, 0) + 1
        return found

    @property
    def sleep_minutes(self) -> dict[str, int]:
        """How many minutes of sleep each person lost."""
        spans: dict[str, list[Span]] = {}
        for page in self.pages:
            for one in page.woken:
                spans.setdefault(one.person, []).append(one.span)
        return {person: minutes_of(of) for person, of in spans.items()}


def lost_sleep(night: NightPage, person: Person) -> Span:
    """Return how long a page kept a person awake in their night."""
    last = max([one.at for one in night.evidence] + ([night.last_act_at] if night.last_act_at is not None else []))
    return Span(night.first_at, max(min(last + FALL_ASLEEP, _end_of_night(person, night.first_at)), night.first_at))


def _end_of_night(person: Person, at: datetime) -> datetime:
    """Return when the night is over in which an instant lies."""
    local = at.astimezone(person.zone)
    end = local.replace(hour=person.night.end.hour, minute=person.night.end.minute, second=0, microsecond=0)
    if end <= local:
        end += timedelta(days=1)  # wall time: a night in which the clocks change is as long as it is
    return end.astimezone(at.tzinfo)


def minutes_of(spans: Iterable[Span]) -> int:
    """Return how many minutes these spans cover; what overlaps counts once."""
    total, until = timedelta(0), None
    for span in sorted(spans, key=lambda one: one.start):
        start = span.start if until is None else max(span.start, until)
        if span.end > start:
            total += span.end - start
        until = span.end if until is None else max(until, span.end)
    return round(total / timedelta(minutes=1))


def counted(rulings: Sequence[Ruling]) -> tuple[tuple[Ruling, int], ...]:
    """Count each ruling."""
    found: dict[Ruling, int] = {}
    for one in rulings:
        found[one] = found.get(one, 0) + 1
    return tuple(sorted(found.items()))
