"""One person's side of a schedule: from when to when they are on call there, or shadow it, after and before whom."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pagerd.core.oncall.lookup import answers_between, shadows_of
from pagerd.core.oncall.schedule import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Stint:
    """One person on call in one schedule, or its shadow, without a break, half-open, in UTC.

    `start` None: since before the span that was looked at; `end` None: beyond it. `before` were on call until the
    start, `after` are from the end on; either may be nobody.
    """

    schedule: str
    start: datetime | None
    end: datetime | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def holds_at(self, at: datetime) -> bool:
        """Is the person on call at an instant of the span that was looked at?"""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)

    def meets(self, start: datetime, end: datetime | None) -> bool:
        """Have this and a span any instant in common?"""
        begins_before_its_end = end is None or self.start is None or self.start < end
        return begins_before_its_end and (self.end is None or start < self.end)


def stints(book: Book, person: str, schedule: str, start: datetime, end: datetime) -> tuple[Stint, ...]:
    """Return when a person is on call in a schedule within a span, the earliest first. Raises NotFound."""
    answers = answers_between(book, schedule, start, end)
    return _joined(schedule, ((at, person in answer.people, answer.people) for at, answer in answers))


def shadowings(book: Book, person: str, schedule: str, start: datetime, end: datetime) -> tuple[Stint, ...]:
    """Return when a person is a shadow in a schedule within a span, the earliest first. Raises NotFound."""
    answers = [(at, answer.people) for at, answer in answers_between(book, schedule, start, end)]
    starts = [at for at, _ in answers]
    # Who is a shadow changes with the people on call, and where a dated shadow or an absence of theirs has its ends.
    dated = [(one.start, one.end) for one in book.schedules[schedule].fixed if person in one.shadows]
    gone = [(one.start, one.end) for one in book.away if one.person == person]
    edges = [at for ends in (*dated, *gone) for at in ends if start < at < end]
    steps = [(at, answers[bisect_right(starts, at) - 1][1]) for at in sorted({*starts, *edges})]
    return _joined(schedule, ((at, person in shadows_of(book, schedule, at, people), people) for at, people in steps))


def _joined(schedule: str, steps: Iterable[tuple[datetime, bool, tuple[str, ...]]]) -> tuple[Stint, ...]:
    """Join what is seen at instant after instant: whether it is one of the person's, and who is on call from there."""
    found: list[Stint] = []
    running: Stint | None = None
    before: tuple[str, ...] | None = None
    for at, is_on, people in steps:
        if is_on and running is None:
            running = Stint(schedule=schedule, start=None if before is None else at, before=before or ())
        elif not is_on and running is not None:
            found.append(replace(running, end=at, after=people))
            running = None
        before = people
    return (*found, running) if running is not None else tuple(found)
