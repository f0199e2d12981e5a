"""What is counted of two things that are compared, and `--fail-if`: when a difference is too much.

A condition is `METRIC OPERATOR NUMBER`, and a sign asks for the change: `night_pages > +0` holds where there are more
night pages than before, `night_pages > 20` where there are more than 20 of them afterwards, whatever there were before.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from pagerd.core.errors import Unreadable

_OPERATORS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
_CONDITION = re.compile(r"\s*(?P<metric>\w+)\s*(?P<operator>[<>]=?|[=!]=)\s*(?P<sign>[+-]?)(?P<number>\d{1,9})\s*")


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is counted, of both."""

    metric: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """How much more of it there is."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; `is_change` asks for the change, else for what there is afterwards."""

    text: str
    metric: str
    operator: str
    number: int
    is_change: bool

    def found(self, figures: Iterable[Figure]) -> int:
        """Return the number that is asked for."""
        figure = next(figure for figure in figures if figure.metric == self.metric)
        return figure.change if self.is_change else figure.after

    def holds(self, figures: Iterable[Figure]) -> bool:
        """Does it hold?"""
        return _OPERATORS[self.operator](self.found(figures), self.number)


def read_condition(text: str, metrics: Collection[str]) -> Condition:
    """Read a condition on one of these metrics. Raises Unreadable that says what is known."""
    found = _CONDITION.fullmatch(text)
    known, one = ", ".join(metrics), next(iter(metrics))
    if found is None:
        raise Unreadable(
            f"reading --fail-if {text!r}: write METRIC OPERATOR NUMBER, such as '{one} > +0' for more than before"
            f" or '{one} > 20' for more than 20; metrics are {known}, operators {', '.join(_OPERATORS)}"
        )
    if found["metric"] not in metrics:
        raise Unreadable(f"reading --fail-if {text!r}: there is no metric {found['metric']!r}; metrics are {known}")
    number = int(found["sign"] + found["number"])
    return Condition(text.strip(), found["metric"], found["operator"], number, bool(found["sign"]))


def signed(change: int) -> str:
    """Write a change with its sign."""
    return f"{change:+,}" if change else "0"


def moved(one: Figure) -> str:
    """Write a figure of both, or once where it stays."""
    return f"{one.before:,} → {one.after:,}" if one.change else f"{one.after:,}"
