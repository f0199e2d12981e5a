"""What being on call asks of one person: time, their own nights, and weekends.

- *Time* counts once, in however many schedules they are on call then.
- A *night* is theirs when they are on call in any part of their own night window; it belongs to the day it begins on.
- A *weekend* is theirs when they are on call in any part of a Saturday or Sunday of their own zone; it is named by its
  Saturday.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pagerd.core.oncall.wall import instant
from pagerd.core.people import Person
from pagerd.core.worklog.nightfall import night_of

Span = tuple[datetime, datetime]
"""From an instant until before another (UTC)."""

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Burden:
    """How long somebody is on call, and in which nights and weekends."""

    lasts: timedelta = timedelta(0)
    nights: frozenset[date] = frozenset()
    weekends: frozenset[date] = frozenset()


def burden(person: Person, spans: Iterable[Span]) -> Burden:
    """Return what these spans ask of somebody; they may overlap."""
    own = joined(spans)
    return Burden(
        lasts=sum((end - start for start, end in own), timedelta(0)),
        nights=frozenset(day for span in own for day in _nights(person, *span)),
        weekends=frozenset(day for span in own for day in _weekends(person, *span)),
    )


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that overlap or touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _nights(person: Person, start: datetime, end: datetime) -> Iterator[date]:
    """Give the nights that a span reaches into."""
    # The first may have begun on the day before.
    for day in _days(person, start - _DAY, end):
        begins, ends = night_of(person.night, person.zone, day)
        if begins < end and start < ends:
            yield day


def _weekends(person: Person, start: datetime, end: datetime) -> Iterator[date]:
    for day in _days(person, start, end):
        if day.weekday() >= _SATURDAY and instant(datetime.combine(day, time(0)), person.zone) < end:
            yield day - (day.weekday() - _SATURDAY) * _DAY


def _days(person: Person, start: datetime, end: datetime) -> Iterator[date]:
    """Give each day of the person's calendar from one instant to another, both included."""
    day, last = start.astimezone(person.zone).date(), end.astimezone(person.zone).date()
    while day <= last:
        yield day
        day += _DAY
