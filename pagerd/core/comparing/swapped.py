"""What a swap would change: in its own schedule, and in those that copy it."""

from dataclasses import dataclass
from datetime import datetime

from pagerd.core.comparing.difference import Change, changes_between
from pagerd.core.oncall.schedule import Book
from pagerd.core.oncall.swap import Swap, laid_over, overrides_of


@dataclass(frozen=True, slots=True)
class SwappedIn:
    """One span of one schedule that would have other people."""

    schedule: str
    change: Change


def swapped(book: Book, swap: Swap, now: datetime) -> tuple[SwappedIn, ...]:
    """Return what an acceptance would change now. Raises Conflict that says why it cannot be."""
    after = laid_over(book, overrides_of(book, swap, now))
    ends = [at for part in swap.parts for at in (part.start, part.end)]
    found = changes_between(book, after, swap.schedule, min(ends), max(ends))
    return tuple(SwappedIn(name, change) for name, change in found)
