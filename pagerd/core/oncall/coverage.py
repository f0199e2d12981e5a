"""Coverage: when a schedule has nobody, and what is ahead of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.oncall.lookup import answers_between
from pagerd.core.oncall.schedule import Book
from pagerd.core.oncall.shifts import shifts

GAPS_WITHIN = timedelta(days=7)
"""How far ahead `outlook` counts the time without anybody."""

HANDOFF_WITHIN = timedelta(days=35)
"""How far ahead `outlook` looks for the next change of people: a monthly turn ends within it."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A schedule seen from an instant.

    `until` is when the people change, None where they do not within HANDOFF_WITHIN; `uncovered` is the time without
    anybody within GAPS_WITHIN.
    """

    people: tuple[str, ...]
    until: datetime | None
    uncovered: timedelta


def holes(book: Book, schedule: str, start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """Return the spans from `start` until before `end` (UTC, half-open) in which nobody is on call.

    A hole that reaches beyond the span is cut at its ends. The limits and errors are those of `shifts`.
    """
    return tuple((shift.start, shift.end) for shift in shifts(book, schedule, start, end) if not shift.people)


def outlook(book: Book, schedule: str, at: datetime) -> Outlook:
    """Look ahead from an instant, in one walk that ends as soon as both is known. Raises NotFound."""
    gaps_end = at + GAPS_WITHIN
    answers = answers_between(book, schedule, at, at + HANDOFF_WITHIN)
    since, first = next(answers)
    people, until, uncovered = first.people, None, timedelta(0)
    for start, answer in answers:
        if not people:
            uncovered += max(min(start, gaps_end) - since, timedelta(0))
        if until is None and answer.people != first.people:
            until = start
        since, people = start, answer.people
        if until is not None and since >= gaps_end:
            break
    if not people:
        uncovered += max(gaps_end - since, timedelta(0))
    return Outlook(first.people, until, uncovered)
