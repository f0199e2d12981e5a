"""Shifts: the answers of `lookup.py` over a span, laid end to end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pagerd.core.oncall.lookup import answers_between
from pagerd.core.oncall.schedule import Book

SPAN_MAX = timedelta(days=3660)
"""The longest span that is laid out: ten years. The price grows with the span, and people may ask from outside."""

LOOK_AHEAD = timedelta(days=14)
"""How far whoever asks for shifts without an end sees: this week and the next, with the handoff between them."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The same people from `start` until before `end` (UTC). Nobody means a hole."""

    start: datetime
    end: datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnShift:
    """One person is on call in a schedule from `start` until before `end` (UTC), whoever else is."""

    schedule: str
    start: datetime
    end: datetime


def shifts(book: Book, schedule: str, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """Return who is on call from `start` until before `end`, without gap or overlap, neighbours always different.

    The first and the last shift are cut at the span's ends. An empty span has no shifts. Raises NotFound for a schedule
    that is not there, ValueError for a span longer than SPAN_MAX.
    """
    answers = answers_between(book, schedule, start, end)
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if end - start > SPAN_MAX:
        raise ValueError(f"laying out shifts from {start} to {end}: the span is longer than {SPAN_MAX.days} days")
    changes: list[tuple[datetime, tuple[str, ...]]] = []
    for at, answer in answers:
        if not changes or changes[-1][1] != answer.people:
            changes.append((at, answer.people))
    ends = [*(at for at, _ in changes[1:]), end]
    return tuple(Shift(at, until, people) for (at, people), until in zip(changes, ends, strict=False))


def shifts_of(
    book: Book, person: str, schedules: Iterable[str], start: datetime, end: datetime
) -> tuple[OwnShift, ...]:
    """Return when one person is on call in any of these schedules from `start` until before `end`, by the beginning.

    Who is on call beside them cuts nothing: each stretch is as long as theirs. The limits and errors are those of
    `shifts`; a person who is named nowhere has none.
    """
    found: list[OwnShift] = []
    for schedule in schedules:
        of_schedule: list[OwnShift] = []
        for shift in shifts(book, schedule, start, end):
            if person not in shift.people:
                continue
            begins = shift.start
            if of_schedule and of_schedule[-1].end == begins:
                begins = of_schedule.pop().start
            of_schedule.append(OwnShift(schedule, begins, shift.end))
        found.extend(of_schedule)
    return tuple(sorted(found, key=lambda one: (one.start, one.schedule)))
