"""Reads `checks`: what a team expects of its schedules, or of one of them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pagerd.config import kinds, times
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, optional, scalar, shaped
from pagerd.config.values import Mismatch, shown
from pagerd.core.oncall.expected import Expected
from pagerd.core.oncall.proving import length_of

AT_ONCE_MAX = 100
"""As many people as one turn can have."""

UNFAIR_OVER_MAX = 1000


def _percent(raw: str) -> int | None:
    if raw == "none":
        return None
    found = re.fullmatch(r"([0-9]{1,4})%", raw)
    if found is None or not 1 <= int(found[1]) <= UNFAIR_OVER_MAX:
        hint = f"write {raw}%" if re.fullmatch(r"[1-9][0-9]{0,2}", raw) else ""
        raise Mismatch(f"{shown(raw)} is not a part of a share", f"1% to {UNFAIR_OVER_MAX}%, or none", hint=hint)
    return int(found[1])


_LENGTH_OR_NONE: Kind[timedelta | None] = scalar(
    "duration or none", None, lambda raw: None if raw == "none" else times.duration(raw)
)
_PERCENT: Kind[int | None] = scalar("percent or none", None, _percent)

AT_ONCE = optional(
    "at_once",
    kinds.INTEGER,
    "the most people who are on call at once",
    "as many as turns, layers side by side and overrides say",
)
SHIFT_MAX = optional(
    "shift_max",
    kinds.TURN,
    "the longest time that somebody is on call in a row",
    "2 weeks, or the layer's every where that is longer",
)
REST = optional(
    "rest", _LENGTH_OR_NONE, "how long nobody is on call in another rotation after a night of this one", "11h"
)
UNFAIR_OVER = optional(
    "unfair_over", _PERCENT, "how far above an equal share of nights, weekends or holidays is told", "25%"
)
EXPECTED = Shape(
    "checks",
    "`checks` of a team or of a schedule",
    "What `pagerd check` expects of the next 400 days; what a schedule does not say is as its team says.",
    (AT_ONCE, SHIFT_MAX, REST, UNFAIR_OVER),
)

Expecting = Callable[[Expected], Expected]
"""Lays what is written over what holds without it."""


def as_before(expected: Expected) -> Expected:
    """Expect nothing else."""
    return expected


def _make(reader: Reader, found: Fields, path: Path) -> Expecting:
    del path
    at_once, shift_max = found[AT_ONCE], found[SHIFT_MAX]
    if at_once is not None and not 1 <= at_once <= AT_ONCE_MAX:
        reader.report("E010", found.span_of(AT_ONCE), f"{at_once} at once means nothing", f"1 to {AT_ONCE_MAX}")

    def over(expected: Expected) -> Expected:
        laid = expected
        if at_once is not None:
            laid = replace(laid, at_once=at_once)
        if shift_max is not None:
            laid = replace(laid, shift_max=length_of(shift_max))
        # None is a value of these two: not looked at.
        if REST in found:
            laid = replace(laid, rest=found[REST])
        if UNFAIR_OVER in found:
            laid = replace(laid, unfair_over=found[UNFAIR_OVER])
        return laid

    return over


KIND: Kind[Expecting] = shaped(EXPECTED, as_before, _make)
SHAPES = (EXPECTED,)
