"""Shifts: the answers of `lookup.py` over a span, laid end to end."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pagerd.core.oncall.lookup import answers_between
from pagerd.core.oncall.schedule import Book

SPAN_MAX = timedelta(days=3660)
"""The longest span that is laid out: ten years. The price grows with the span, and people may ask from outside."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The same people from `start` until before `end` (UTC). Nobody means a hole."""

    start: datetime
    end: datetime
    people: tuple[str, ...]


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
