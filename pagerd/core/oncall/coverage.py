"""Coverage: when a schedule has nobody."""

from datetime import datetime

from pagerd.core.oncall.schedule import Book
from pagerd.core.oncall.shifts import shifts


def holes(book: Book, schedule: str, start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """Return the spans from `start` until before `end` (UTC, half-open) in which nobody is on call.

    A hole that reaches beyond the span is cut at its ends. The limits and errors are those of `shifts`.
    """
    return tuple((shift.start, shift.end) for shift in shifts(book, schedule, start, end) if not shift.people)
