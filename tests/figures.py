"""What a test measured, for the table of `make proof`.

note("acknowledged alerts lost", 0, n=20, at_most=0)
note("writes resume after promotion", 1.84, n=20, at_most=3, unit="s")

Each figure is one line of JSON: printed beside its test, or appended to the file that PAGERD_FIGURES names. One that
misses its goal fails nothing here: whether it does is the test's own business. One without a unit is a count: what is
noted several times under one name is added up. Of what is measured in a unit, the worst stands for all.
"""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

FILE = "PAGERD_FIGURES"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of the table. A goal of None is a figure that is only shown."""

    what: str
    result: float
    n: int
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the result is within its goal; None without one."""
        if self.at_most is None and self.at_least is None:
            return None
        not_more = self.at_most is None or self.result <= self.at_most
        return not_more and (self.at_least is None or self.result >= self.at_least)

    @property
    def goal(self) -> str:
        """The goal in words."""
        bounds = [("at most", self.at_most), ("at least", self.at_least)]
        return " and ".join(f"{words} {self._said(bound)}" for words, bound in bounds if bound is not None)

    @property
    def said(self) -> str:
        """The result in words."""
        return self._said(self.result)

    def _said(self, value: float) -> str:
        number = f"{value:,.0f}" if value == int(value) else f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}"
        return f"{number} {self.unit}".rstrip()


def note(
    what: str, result: float, *, n: int, unit: str = "", at_most: float | None = None, at_least: float | None = None
) -> Figure:
    """Write a figure down; `n` is over how many trials it is."""
    figure = Figure(what=what, result=result, n=n, unit=unit, at_most=at_most, at_least=at_least)
    line = json.dumps(asdict(figure))
    if path := os.environ.get(FILE):
        with Path(path).open("a") as file:
            file.write(line + "\n")
    else:
        print(line)
    return figure


def are_collected() -> bool:
    """Whether somebody asked for them: what has a table of its own need not print them."""
    return FILE in os.environ


def read(path: Path) -> list[Figure]:
    """Return the figures of a file, one for each name, in the order in which these came first."""
    found: dict[str, Figure] = {}
    for line in path.read_text().splitlines():
        figure = Figure(**json.loads(line))
        known = found.get(figure.what)
        found[figure.what] = _both(known, figure) if known is not None else figure
    return list(found.values())


def _both(one: Figure, other: Figure) -> Figure:
    """Return what two trials of one thing come to: how often in both, or the worse of two measurements."""
    n = one.n + other.n
    if not one.unit:
        at_most, at_least = _sum(one.at_most, other.at_most), _sum(one.at_least, other.at_least)
        return replace(one, n=n, result=one.result + other.result, at_most=at_most, at_least=at_least)
    worse = min if one.at_least is not None else max
    return replace(one, n=n, result=worse(one.result, other.result))


def _sum(one: float | None, other: float | None) -> float | None:
    return one + other if one is not None and other is not None else None
