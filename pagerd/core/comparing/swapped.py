"""What a swap would change, in all schedules: copies and levels beside its own included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.comparing.difference import Change, difference
from pagerd.core.oncall.schedule import Book
from pagerd.core.oncall.swap import Swap, laid_over, overrides_of
from pagerd.core.people import Person


@dataclass(frozen=True, slots=True)
class SwappedIn:
    """One span of one schedule that would have other people."""

    schedule: str
    change: Change


def swapped(book: Book, people: Mapping[str, Person], swap: Swap, now: datetime) -> tuple[SwappedIn, ...]:
    """Return what an acceptance would change now. Raises Conflict that says why it cannot be."""
    after = laid_over(book, overrides_of(book, swap, now))
    ends = [at for part in swap.parts for at in (part.start, part.end)]
    found = difference(book, after, people, min(ends), max(ends))
    return tuple(SwappedIn(one.schedule, change) for one in found.schedules for change in one.changes)
