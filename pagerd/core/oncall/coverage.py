"""Coverage: when a schedule has nobody, whether that is meant, and what is ahead of it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pagerd.core.oncall.lookup import answers_between, is_left_to_nobody
from pagerd.core.oncall.schedule import Book
from pagerd.core.oncall.shifts import shifts

Hole = tuple[datetime, datetime]
"""From an instant until before another (UTC)."""

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


def holes(book: Book, schedule: str, start: datetime, end: datetime) -> tuple[Hole, ...]:
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


def unmeant_holes(book: Book, schedule: str, start: datetime, end: datetime) -> tuple[Hole, ...]:
    """Return the holes that nobody wrote down as one: in none of them is a turn of `none` on.

    Only a page that comes then finds nobody in either; this is for those who read the calendar beforehand.
    """
    found: list[Hole] = []
    end = end.astimezone(UTC)
    for at, answer in answers_between(book, schedule, start, end):
        if answer.people or is_left_to_nobody(book, schedule, at):
            continue
        until = end if answer.until is None else min(answer.until, end)
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], until)
        else:
            found.append((at, until))
    return tuple(found)
