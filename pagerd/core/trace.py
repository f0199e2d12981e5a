"""What the judge looked at on its way to a verdict, in its order.

Filled by `Judge.judge` itself, at the lines that decide, and only when somebody asks for it: there is no second
implementation that could say something else.
"""

from dataclasses import dataclass, field

from pagerd.core.alerts.matching import Matcher
from pagerd.core.plan import Owner, Rule


@dataclass(frozen=True, slots=True)
class OwnerTried:
    """One line of the owners. `failed` is the first matcher that does not hold; `met` is the label's value."""

    number: int
    owner: Owner
    met: str
    team: str | None
    """The team that it gives the alert to, or None: then the next line is tried."""
    failed: Matcher | None = None


@dataclass(frozen=True, slots=True)
class RuleTried:
    """One rule of the team; `failed` is its first matcher that does not hold, None in the one that decides."""

    number: int
    rule: Rule
    failed: Matcher | None


@dataclass(frozen=True, slots=True)
class TestDone:
    """One of the four tests, by its name, with its reason."""

    __test__ = False  # the word is the domain's; pytest must not collect it

    test: str
    passed: bool
    reason: str


@dataclass(slots=True)
class Trace:
    """Everything up to the verdict. `said` are the reasons that stand in no table: severity, verdict, what follows."""

    owners: list[OwnerTried] = field(default_factory=list)
    rules: list[RuleTried] = field(default_factory=list)
    tests: tuple[TestDone, ...] = ()
    wanted: str = ""
    """What the rule or the severity asks for, before failed tests were dealt with."""
