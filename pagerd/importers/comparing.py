"""Lays the shifts of a plan beside those that the source computed itself: the proof of an import.

Nothing of the conversion is used here but the names of people: what is compared is what the written files come to when
they are read as any config is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pagerd.core.oncall.schedule import Book
from pagerd.core.oncall.shifts import shifts
from pagerd.importers.base import Rendered, RenderedSpan

DAYS = 90
"""How far ahead the two are compared: what products render at once, and a change of the clocks is mostly in it."""

SHORT = timedelta(minutes=1)
"""pagerd's times are whole minutes; what differs for less is counted and not listed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A span in which other people are on call there than here; nobody is an answer too."""

    start: datetime
    end: datetime
    there: tuple[str, ...]
    here: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One schedule compared over a span. `short` spans differ for less than a minute, and are not in `differences`."""

    schedule: str
    start: datetime
    end: datetime
    differences: tuple[Difference, ...]
    short: int

    @property
    def differs_for(self) -> timedelta:
        """How long other people are on call in all."""
        return sum((one.end - one.start for one in self.differences), timedelta(0))


def compare(rendered: Rendered, book: Book, since: datetime) -> Comparison | None:
    """Compare from an instant on, for DAYS at most. None: the source rendered nothing of it, or has no schedule."""
    start = max(rendered.start, since)
    end = min(rendered.end, start + timedelta(days=DAYS))
    if end <= start or rendered.schedule not in book.schedules:
        return None
    here = shifts(book, rendered.schedule, start, end)
    there = list(_laid_out(rendered.spans, start, end))
    found: list[Difference] = []
    cuts = sorted({*(one.start for one in here), *(at for at, _ in there), end})
    places = {"here": 0, "there": 0}
    for begins, ends in pairwise(cuts):
        while places["here"] + 1 < len(here) and here[places["here"] + 1].start <= begins:
            places["here"] += 1
        while places["there"] + 1 < len(there) and there[places["there"] + 1][0] <= begins:
            places["there"] += 1
        was, now = there[places["there"]][1], tuple(sorted(here[places["here"]].people))
        if was == now:
            continue
        if found and found[-1].end == begins and (found[-1].there, found[-1].here) == (was, now):
            found[-1] = Difference(found[-1].start, ends, was, now)
        else:
            found.append(Difference(begins, ends, was, now))
    long = tuple(one for one in found if one.end - one.start >= SHORT)
    return Comparison(rendered.schedule, start, end, long, len(found) - len(long))


def _laid_out(
    spans: Iterable[RenderedSpan], start: datetime, end: datetime
) -> Iterator[tuple[datetime, tuple[str, ...]]]:
    """Give who is on call from which instant on, without overlaps; the first at `start`."""
    changes: dict[datetime, list[tuple[str, int]]] = {start: []}
    for one in spans:
        begins, ends = max(one.start, start), min(one.end, end)
        if begins < ends:
            changes.setdefault(begins, []).append((one.person, 1))
            changes.setdefault(ends, []).append((one.person, -1))
    on: dict[str, int] = {}
    for at in sorted(changes):
        for person, step in changes[at]:
            on[person] = on.get(person, 0) + step
        if at < end:
            yield at, tuple(sorted(person for person, count in on.items() if count))


def covered(spans: Sequence[RenderedSpan]) -> tuple[datetime, datetime] | None:
    """Return from when to when spans reach; None for none."""
    return (min(one.start for one in spans), max(one.end for one in spans)) if spans else None
