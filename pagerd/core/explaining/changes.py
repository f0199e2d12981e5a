"""The counterfactual: the smallest changes with which the outcome would have been another one.

Never a guess: each is decided again. All single changes are tried before any two together, and those before three, so
nothing smaller among them was passed over; how many decisions were made is said too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from pagerd.core.explaining.edits import Edit, edits
from pagerd.core.explaining.outcome import Groups, Outcome, Situation, decided
from pagerd.core.placement import Place
from pagerd.core.policy import Judge

SIZE_MAX = 3
"""Things changed at once. What needs more is another alert."""

DECISIONS_MAX = 2000
"""About 0.1 s of one core; every single change and every pair of an ordinary plan are among them."""

SHOWN_MAX = 3
"""Changes of the alert, and as many of the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of the least size, and what would become of the alert with it."""

    edits: tuple[Edit, ...]
    situation: Situation
    outcome: Outcome

    @property
    def words(self) -> str:
        """Say it as the end of a sentence."""
        return " and ".join(edit.words for edit in self.edits)

    @property
    def is_of_files(self) -> bool:
        """Does it change the files?"""
        return any(edit.is_of_files for edit in self.edits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What was found after so many decisions. `is_complete`: all up to SIZE_MAX were tried, or the least were found."""

    found: tuple[Change, ...]
    tried: int
    is_complete: bool


def is_reached(was: Outcome, would: Outcome) -> bool:
    """Is this the other outcome? What pages would not; what does not page would; what joined a page would open one."""
    if was.place is Place.JOINS_PAGE:
        return would.place is Place.OPENS_PAGE
    return would.pages is not was.pages


def smallest_changes(situation: Situation, was: Outcome, at: datetime, groups: Groups) -> Changes:
    """Return the smallest changes that lead to another outcome, the most ordinary first."""
    proposed, judge = tuple(edits(situation, was)), Judge(situation.plan)
    tried = 0
    for size in range(1, SIZE_MAX + 1):
        found: list[Change] = []
        for some in _of_size(proposed, size):
            if tried == DECISIONS_MAX:
                return Changes(found=_shown(found), tried=tried, is_complete=False)
            tried += 1
            other = situation
            for edit in some:
                other = edit.apply(other)
            would = decided(other, at, groups, judge=judge if other.plan is situation.plan else None)
            if is_reached(was, would):
                found.append(Change(edits=some, situation=other, outcome=would))
        if found:
            return Changes(found=_shown(found), tried=tried, is_complete=True)
    return Changes(found=(), tried=tried, is_complete=True)


def _of_size(proposed: Sequence[Edit], size: int) -> Iterator[tuple[Edit, ...]]:
    """Give all that change so many things in all, never one thing twice."""
    for count in range(1, size + 1):
        for some in combinations(proposed, count):
            if sum(edit.size for edit in some) == size == len(frozenset().union(*(edit.touches for edit in some))):
                yield some


def _shown(found: Sequence[Change]) -> tuple[Change, ...]:
    """Keep a few of the alert's own and a few of the files'; two that say the same are one."""
    own = {change.words: change for change in found if not change.is_of_files}
    files = {change.words: change for change in found if change.is_of_files}
    return (*list(own.values())[:SHOWN_MAX], *list(files.values())[:SHOWN_MAX])
