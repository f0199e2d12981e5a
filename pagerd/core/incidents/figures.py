"""How long an incident took, from which instant to which: the two stand beside every length.

What nobody knows is None, and never filled in with something near it. Where instants that must follow each other do
not, each length that one of them bounds is invalid: it is shown as such, and counted nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pagerd.core.incidents.incident import Incident


@dataclass(frozen=True, slots=True)
class Bound:
    """One of the two instants of a length: what happened then, and when; None while nobody knows."""

    what: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One length of an incident. `is_valid` False: its instants, or others that bound them, contradict each other."""

    name: str
    start: Bound
    end: Bound
    is_valid: bool

    @property
    def length(self) -> timedelta | None:
        """How long it took; None where a bound is unknown, or where it is invalid."""
        if self.start.at is None or self.end.at is None or not self.is_valid:
            return None
        return self.end.at - self.start.at


ORDERS = (
    ("impact_started_at", "detected_at", "declared_at"),
    ("declared_at", "mitigated_at", "resolved_at"),
    ("impact_started_at", "impact_ended_at", "resolved_at"),
)
"""What follows what."""

WORDS = {
    "impact_started_at": "the impact began",
    "detected_at": "it was detected",
    "declared_at": "it was declared",
    "mitigated_at": "it was mitigated",
    "impact_ended_at": "the impact ended",
    "resolved_at": "it was resolved",
}
"""What happened at each."""

_FIGURES = (
    ("Time to detect (MTTD)", "impact_started_at", "detected_at"),
    ("Time to mitigate (MTTM)", "impact_started_at", "mitigated_at"),
    ("Time to restore (MTTR)", "impact_started_at", "impact_ended_at"),
    ("Time to resolve, with the watch", "impact_started_at", "resolved_at"),
)


def figures(incident: Incident, first_sign: datetime) -> tuple[Figure, ...]:
    """Return the lengths of an incident; `first_sign` is its first page, or the first report of it."""
    wrong, declared_at = doubtful(incident), incident.declared_at
    to_declare = Figure(
        name="Time to declare",
        start=Bound("the first page or report", first_sign),
        end=Bound(WORDS["declared_at"], declared_at),
        is_valid=(declared_at is None or first_sign <= declared_at) and "declared_at" not in wrong,
    )
    found = [
        Figure(
            name=name,
            start=Bound(WORDS[start], getattr(incident, start)),
            end=Bound(WORDS[end], getattr(incident, end)),
            is_valid=not {start, end} & wrong,
        )
        for name, start, end in _FIGURES
    ]
    return (found[0], to_declare, *found[1:])


def contradictions(incident: Incident) -> Iterator[tuple[str, str]]:
    """Yield each two instants of which the later one comes first."""
    for order in ORDERS:
        known = [name for name in order if getattr(incident, name) is not None]
        yield from ((a, b) for a, b in pairwise(known) if getattr(incident, a) > getattr(incident, b))


def doubtful(incident: Incident) -> frozenset[str]:
    """Return the instants of an incident that contradict each other: nobody knows which one is wrong."""
    return frozenset(name for pair in contradictions(incident) for name in pair)
