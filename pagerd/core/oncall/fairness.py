"""How the nights, weekends and holidays of a schedule fall to its people, against an equal share.

Time is measured, not counted: who has half of a night has half a night. A night is the person's own, in their own zone,
and so is a weekend; a holiday is a day of the team's calendar. People are compared who take turns in one layer, each
for the time that they are there: who is away for half of the span has half of a share to bear.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

from pagerd.core.oncall.ahead import Ahead, Between, Segment, stays_of
from pagerd.core.oncall.ahead import by_person as stays_by_person
from pagerd.core.oncall.schedule import SHIFT, Schedule
from pagerd.core.oncall.wall import instant
from pagerd.core.people import Night, Person

_DAY = timedelta(days=1)

# People of a company live in few zones and sleep at few hours; an entry is two lists of some hundred instants.
_CALENDARS_KEPT = 64


class Burden(StrEnum):
    """What is shared out."""

    NIGHTS = "nights"
    WEEKENDS = "weekends"
    HOLIDAYS = "holidays"


class Times:
    """Spans of time that do not overlap, in order, such as all nights of a year."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Between]) -> None:
        kept = [(start, end) for start, end in spans if start < end]
        self._starts = [start for start, _ in kept]
        self._ends = [end for _, end in kept]

    def within(self, start: datetime, end: datetime) -> timedelta:
        """Return how much of them lies between two instants."""
        found = timedelta(0)
        for index in range(bisect_right(self._ends, start), len(self._starts)):
            if self._starts[index] >= end:
                break
            found += min(self._ends[index], end) - max(self._starts[index], start)
        return found


@lru_cache(maxsize=_CALENDARS_KEPT)
def nights(night: Night, zone: ZoneInfo, start: datetime, end: datetime) -> Times:
    """Return the nights of whoever sleeps at these hours in this zone, a day beyond each end of the span."""
    ends_later = _DAY if night.end <= night.start else timedelta(0)
    return Times(
        (
            instant(datetime.combine(day, night.start), zone),
            instant(datetime.combine(day, night.end) + ends_later, zone),
        )
        for day in _days(zone, start, end)
    )


@lru_cache(maxsize=_CALENDARS_KEPT)
def weekends(zone: ZoneInfo, start: datetime, end: datetime) -> Times:
    """Return the Saturdays and Sundays of a zone."""
    return _whole(zone, (day for day in _days(zone, start, end) if day.weekday() >= 5))  # Saturday


def holidays(days: Iterable[date], zone: ZoneInfo, start: datetime, end: datetime) -> Times:
    """Return the holidays of a calendar, whole days in its zone."""
    near = set(_days(zone, start, end))
    return _whole(zone, sorted(day for day in days if day in near))


def length_of_night(night: Night) -> timedelta:
    """Return how long a night is by the clock."""
    some_day = date(2001, 1, 1)
    length = datetime.combine(some_day, night.end) - datetime.combine(some_day, night.start)
    return length if length > timedelta(0) else length + _DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one person has of one burden, in nights or days, what an equal share would be, and the most in one stay."""

    person: str
    has: float
    equal: float
    most_at_once: float


@dataclass(frozen=True, slots=True)
class Sharing:
    """How one burden falls to those who take turns in one layer of a schedule. Shares are in the order of turns."""

    schedule: str
    layer: str
    burden: Burden
    shares: tuple[Share, ...]

    @property
    def total(self) -> float:
        """All there is of it."""
        return sum(share.has for share in self.shares)

    def unfair(self, over_percent: int) -> tuple[Share, ...]:
        """Return who has more than so many percent above an equal share, and a turn more than it; the most first."""
        found = [
            one
            for one in self.shares
            if one.has - one.equal > max(one.equal * over_percent / 100, one.most_at_once) + _ROUNDING
        ]
        return tuple(sorted(found, key=lambda one: one.equal - one.has))


_ROUNDING = 1e-6
"""Nights are added up as fractions; a sum that is even must not look uneven for its last digit."""


def sharings(ahead: Ahead, schedule: Schedule, people: Mapping[str, Person], days_off: Times) -> tuple[Sharing, ...]:
    """Return how each burden is shared by those who take turns in each layer; a copy has those of the copied layers.

    A layer of one person shares nothing. Whom an override or a fixed shift puts in from elsewhere is compared with
    nobody; a fixed shift of somebody who takes turns counts with these, and once only.
    """
    source = ahead.book.schedules.get(schedule.copy or schedule.id, schedule)
    found: list[Sharing] = []
    levels = {layer.name: level for level in reversed(source.levels) for layer in level}
    segments = ahead.segments(schedule.id)
    counted: set[str] = set()
    for level in source.levels:
        new = {p for layer in level for turn in layer.members for p in turn} - counted
        counted |= new
        own = [
            replace(one, people=tuple(p for p in one.people if p in new)) if one.layer == SHIFT else one
            for one in segments
            if one.layer == SHIFT or (one.layer is not None and levels.get(one.layer) is level)
        ]
        taken: set[str] = set()
        for layer in level:
            members = [one for one in dict.fromkeys(p for turn in layer.members for p in turn) if one in people]
            mine = [one for one in members if one not in taken]
            taken.update(mine)
            if len(mine) > 1:
                found.extend(_shared(ahead, (schedule.id, layer.name), own, [people[one] for one in mine], days_off))
    return tuple(found)


def _shared(
    ahead: Ahead, whose: tuple[str, str], segments: Iterable[Segment], people: Sequence[Person], days_off: Times
) -> Iterable[Sharing]:
    stays = stays_by_person(stays_of(segments))
    here = {one.id: _presence(ahead, one.id) for one in people}
    together = sum(here.values())
    for burden in Burden:
        had = {
            one.id: [_measured(burden, ahead, one, s.start, s.end, days_off) for s in stays.get(one.id, ())]
            for one in people
        }
        total = sum(sum(each) for each in had.values())
        if not total or not together:
            continue
        yield Sharing(
            *whose,
            burden,
            tuple(
                Share(
                    person=person,
                    has=sum(each),
                    equal=total * here[person] / together,
                    most_at_once=max(each, default=0.0),
                )
                for person, each in had.items()
            ),
        )


def _measured(burden: Burden, ahead: Ahead, person: Person, start: datetime, end: datetime, days_off: Times) -> float:
    """Return how many nights or days of a burden lie in a stay."""
    match burden:
        case Burden.NIGHTS:
            return nights(person.night, person.zone, *ahead.span).within(start, end) / length_of_night(person.night)
        case Burden.WEEKENDS:
            return weekends(person.zone, *ahead.span).within(start, end) / _DAY
        case Burden.HOLIDAYS:
            return days_off.within(start, end) / _DAY
        case _:
            assert_never(burden)


def _presence(ahead: Ahead, person: str) -> float:
    """Return which part of the span a person is not away."""
    gone = timedelta(0)
    until = ahead.start
    for absence in sorted((a for a in ahead.book.away if a.person == person), key=lambda a: a.start):
        start, end = max(absence.start, until), min(absence.end, ahead.end)
        if start < end:
            gone += end - start
            until = end
    return 1 - gone / (ahead.end - ahead.start)


def _whole(zone: ZoneInfo, days: Iterable[date]) -> Times:
    midnights = ((datetime.combine(day, datetime.min.time()), day) for day in days)
    return Times((instant(midnight, zone), instant(midnight + _DAY, zone)) for midnight, _ in midnights)


def _days(zone: ZoneInfo, start: datetime, end: datetime) -> Iterable[date]:
    """Give the days of a zone from the one before a span to the one after it."""
    day, last = start.astimezone(zone).date() - _DAY, end.astimezone(zone).date() + _DAY
    while day <= last:
        yield day
        day += _DAY


@dataclass(frozen=True, slots=True)
class PersonShares:
    """All that one person has of a layer of a schedule, and what would be equal; what nobody has is missing."""

    schedule: str
    layer: str
    person: str
    has: Mapping[Burden, float]
    equal: Mapping[Burden, float]


def by_person(found: Iterable[Sharing]) -> list[PersonShares]:
    """Return one row for each person of each layer, in the order of their turns."""
    rows: dict[tuple[str, str, str], PersonShares] = {}
    for sharing in found:
        for share in sharing.shares:
            key = (sharing.schedule, sharing.layer, share.person)
            known = rows.get(key) or PersonShares(*key, {}, {})
            rows[key] = PersonShares(
                *key, {**known.has, sharing.burden: share.has}, {**known.equal, sharing.burden: share.equal}
            )
    return list(rows.values())
