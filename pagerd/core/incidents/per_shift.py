"""How many incidents there were in each half day of a shift: more than two cannot be followed up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pagerd.core.incidents.facts import Facts
from pagerd.core.incidents.incident import Mode
from pagerd.core.worklog.load import Spread, spread

SHIFT_INCIDENTS_MAX = 2
"""More distinct incidents in twelve hours of a shift cannot be followed up: one takes six hours, all work included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """Incidents per half day of a team's first responder. `over` has what was more than two."""

    spread: Spread | None
    over: Sequence[tuple[str, datetime, Sequence[int]]]


def per_shift(found: Iterable[Facts], blocks: Mapping[str, Sequence[tuple[datetime, datetime]]]) -> Shifts:
    """Count the incidents that were declared in each half day of a shift of their team."""
    declared = [
        (facts.incident.team, facts.incident.declared_at, facts.incident.number)
        for facts in found
        if facts.incident.mode is Mode.LIVE
    ]
    counts: list[int] = []
    over: list[tuple[str, datetime, Sequence[int]]] = []
    for team, own in sorted(blocks.items()):
        for start, end in own:
            numbers = [number for whose, at, number in declared if whose == team and at and start <= at < end]
            counts.append(len(numbers))
            if len(numbers) > SHIFT_INCIDENTS_MAX:
                over.append((team, start, numbers))
    return Shifts(spread=spread(counts), over=tuple(over))
