"""The calendar of a book over a span: each schedule walked once, from change to change, and what people have of it.

All that `check` proves about the time ahead is arithmetic on these values, so its price is that of one walk.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pagerd.core.oncall.lookup import answers_between, asked_at, is_left_to_nobody
from pagerd.core.oncall.schedule import Book

Between = tuple[datetime, datetime]
"""From an instant until before another (UTC)."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer from `start` until before `end` (UTC).

    `layer` has the people's places, `override` had a part in it. `is_meant` says of a segment without people that a
    turn of `none` is on: somebody wrote down that nobody is on call then.
    """

    start: datetime
    end: datetime
    people: tuple[str, ...]
    layer: str | None
    override: str | None
    is_meant: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """One person on call without a break from `start` until before `end` (UTC).

    `layers` put them there one after the other; None among them is an override without a layer.
    """

    start: datetime
    end: datetime
    person: str
    layers: frozenset[str | None]


class Ahead:
    """The schedules of a book from `start` until before `end` (UTC); what was asked for once is kept.

    Raises ValueError for a span far beyond any schedule, as any question of who is on call does.
    """

    def __init__(self, book: Book, start: datetime, end: datetime) -> None:
        self.book = book
        self.start = asked_at(start)
        self.end = asked_at(end)
        self._segments: dict[str, tuple[Segment, ...]] = {}

    def segments(self, schedule: str) -> tuple[Segment, ...]:
        """Return the answers of a schedule end to end, neighbours always different. Raises NotFound."""
        found = self._segments.get(schedule)
        if found is None:
            found = self._segments[schedule] = tuple(self._walked(schedule))
        return found

    def stays(self, schedule: str) -> list[Stay]:
        """Return the time that each person of a schedule has in a row, by its start."""
        return stays_of(self.segments(schedule))

    def holes(self, schedule: str) -> list[Between]:
        """Return the time in which nobody is on call and nobody wrote that down."""
        return joined((one.start, one.end) for one in self.segments(schedule) if not one.people and not one.is_meant)

    def without_absence(self, person: str) -> "Ahead":
        """Return the same span of a book in which one person is never away."""
        return Ahead(replace(self.book, away=tuple(a for a in self.book.away if a.person != person)), *self.span)

    @property
    def span(self) -> Between:
        """From when to when."""
        return self.start, self.end

    def _walked(self, schedule: str) -> Iterable[Segment]:
        since, last = self.start, None
        for at, answer in answers_between(self.book, schedule, self.start, self.end):
            is_meant = not answer.people and is_left_to_nobody(self.book, schedule, at)
            key = (answer.people, answer.layer, answer.override, is_meant)
            if last is not None and key != last:
                yield Segment(since, at, *last)
            if key != last:
                since, last = at, key
        if last is not None:
            yield Segment(since, self.end, *last)


def stays_of(segments: Iterable[Segment], *, by_layer: bool = False) -> list[Stay]:
    """Return the time that each person has in a row, by its start; `by_layer` a change of layer ends it."""
    found: list[Stay] = []
    # Since when each person has been on call, and by which layers; all of them until `known_until`.
    running: dict[str, tuple[datetime, frozenset[str | None]]] = {}
    known_until: datetime | None = None
    for segment in segments:
        layers = frozenset((segment.layer,))
        on: dict[str, tuple[datetime, frozenset[str | None]]] = {}
        for person in segment.people:
            since, before = running.get(person, (segment.start, layers))
            goes_on = known_until == segment.start and not (by_layer and before != layers)
            on[person] = (since, before | layers) if goes_on else (segment.start, layers)
        for person, (since, before) in running.items():
            if person not in on or on[person][0] != since:
                assert known_until is not None
                found.append(Stay(since, known_until, person, before))
        running, known_until = on, segment.end
    if known_until is not None:
        found.extend(Stay(since, known_until, person, layers) for person, (since, layers) in running.items())
    return sorted(found, key=lambda stay: (stay.start, stay.end, stay.person))


def joined(spans: Iterable[Between]) -> list[Between]:
    """Return spans that come one after the other, with those that adjoin made one."""
    found: list[Between] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def by_person(stays: Iterable[Stay]) -> Mapping[str, list[Stay]]:
    """Return the stays of each person, in the order in which they come."""
    found: dict[str, list[Stay]] = {}
    for stay in stays:
        found.setdefault(stay.person, []).append(stay)
    return found
