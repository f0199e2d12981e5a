"""What an action item says: what is to change, who answers for it, by when, and how anybody will know that it helped.

A verification is written as one line. `query: PROMQL` and `rule: NAME` are asked of a Prometheus (of one of several as
`query@NAME: PROMQL`), `runbook: NAME` is looked up, and every other sentence is for a person to find true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Priority(StrEnum):
    """How soon it is taken up, beside others."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Bar(StrEnum):
    """What a good action item does: at least one of these."""

    RECURRENCE = "recurrence"
    DETECTION = "detection"
    BLAST_RADIUS = "blast_radius"
    ROLLBACK = "rollback"
    RUNBOOK = "runbook"


BARS: Mapping[str, str] = {
    Bar.RECURRENCE: "it happens again less often, or not at all",
    Bar.DETECTION: "it is noticed faster",
    Bar.BLAST_RADIUS: "it reaches less when it happens",
    Bar.ROLLBACK: "rolling back or failing over gets better",
    Bar.RUNBOOK: "a runbook or an alert gets better",
}
"""Each quality bar in words."""


class CheckKind(StrEnum):
    """By what it is found out whether an action item helped."""

    WORD = "word"
    QUERY = "query"
    RULE = "rule"
    RUNBOOK = "runbook"


@dataclass(frozen=True, slots=True)
class Verification:
    """How it is verified: by a person's word, or by what pagerd can look at itself."""

    kind: CheckKind
    what: str
    server: str = ""
    """Which Prometheus is asked; empty: the only one there is."""

    @property
    def is_checked(self) -> bool:
        """Can pagerd look at it by itself?"""
        return self.kind is not CheckKind.WORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an action item says; what is empty is not known yet. `owner` is a person or a team."""

    title: str
    owner: str = ""
    due: date | None = None
    priority: str = ""
    verification: str = ""
    impact: str = ""
    bars: tuple[str, ...] = ()


def verification_in(text: str) -> Verification:
    """Read how something is verified."""
    word, colon, what = text.partition(":")
    kind, at, server = word.strip().lower().partition("@")
    asked, plain = {CheckKind.QUERY, CheckKind.RULE}, {CheckKind.RUNBOOK} if not at else set()
    if colon and what.strip() and kind in asked | plain:
        return Verification(CheckKind(kind), what.strip(), server)
    return Verification(CheckKind.WORD, text.strip())
