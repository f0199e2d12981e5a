"""One person's side of a schedule: from when to when they are on call there, after whom and before whom."""

from dataclasses import dataclass, replace
from datetime import datetime

from pagerd.core.oncall.lookup import answers_between
from pagerd.core.oncall.schedule import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Stint:
    """One person on call in one schedule without a break, half-open, in UTC.

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
    found: list[Stint] = []
    running: Stint | None = None
    before: tuple[str, ...] | None = None
    for at, answer in answers_between(book, schedule, start, end):
        is_on = person in answer.people
        if is_on and running is None:
            running = Stint(schedule=schedule, start=None if before is None else at, before=before or ())
        elif not is_on and running is not None:
            found.append(replace(running, end=at, after=answer.people))
            running = None
        before = answer.people
    return (*found, running) if running is not None else tuple(found)
