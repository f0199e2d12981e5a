"""What a team expects of a schedule. A schedule that is otherwise works all the same; `check` tells it beforehand."""

from dataclasses import dataclass
from datetime import timedelta

SHIFT_MAX = timedelta(weeks=2)
"""The longest time in a row that nobody has to defend: who wants more writes the length of the turn, and so says it."""

REST = timedelta(hours=11)
"""Article 3 of directive 2003/88/EC: eleven hours in a row between two days of work."""

UNFAIR_OVER = 25
"""Percent above an equal share. A calendar of a year is never quite even, and a quarter more is felt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What `check` holds a schedule against.

    `at_once` None: as many people as turns, layers side by side and overrides say. `shift_max` None: SHIFT_MAX, or the
    turn of the layer where that is longer; it is a length on the clock of the schedule's zone. `rest` and `unfair_over`
    (percent) None: not looked at.
    """

    at_once: int | None = None
    shift_max: timedelta | None = None
    rest: timedelta | None = REST
    unfair_over: int | None = UNFAIR_OVER
