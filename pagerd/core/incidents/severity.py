"""What a severity asks of an incident: a policy, not a label.

How bad is how bad is said in `rules/severity.yaml`; what nobody wrote there is filled in by rank, from DEFAULTS.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from pagerd.core.incidents.roles import Role


class Criterion(StrEnum):
    """What must be true before an incident is resolved; the watch period comes on top of all of them."""

    CUSTOMER_ACTIONS = "customer_actions"
    ERRORS = "errors"
    LATENCY = "latency"
    QUEUES = "queues"
    DEPENDENCIES = "dependencies"
    HIDDEN_FAILURES = "hidden_failures"


CRITERIA: Mapping[str, str] = {
    Criterion.CUSTOMER_ACTIONS: "core customer actions succeed in sample checks",
    Criterion.ERRORS: "errors are at their baseline",
    Criterion.LATENCY: "latency is at its baseline",
    Criterion.QUEUES: "queues have drained, or drain",
    Criterion.DEPENDENCIES: "no dependency is degraded any more",
    Criterion.HIDDEN_FAILURES: "somebody looked for failures that no alert shows",
}
"""Each criterion in words."""


@dataclass(frozen=True, slots=True)
class Interval:
    """How soon the next update may be promised, at the earliest and at the latest."""

    least: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPolicy:
    """What one severity asks. Nothing here is a label: each field is carried out, or shown to whoever must act.

    `update_every` None: such a thing is a ticket, and no incident. `joins` are paged when it is declared, besides the
    roles; `leadership` is told, quietly. `postmortem_days` are business days.
    """

    definition: str = ""
    examples: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    update_every: Interval | None = None
    customer_notice: timedelta | None = None
    watch: timedelta = timedelta(0)
    criteria: tuple[str, ...] = ()
    postmortem_days: int | None = None
    actions_due: timedelta | None = None
    leadership: tuple[str, ...] = ()

    @property
    def is_incident(self) -> bool:
        """Is it an incident at all, or a ticket?"""
        return self.update_every is not None


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


DEFAULTS: tuple[IncidentPolicy, ...] = (
    IncidentPolicy(
        definition="widespread outage, or major impact on revenue, data, security or safety",
        examples=("nobody can pay", "production data is being corrupted", "a break-in is under way"),
        roles=tuple(Role),
        update_every=Interval(_minutes(15), _minutes(30)),
        customer_notice=_minutes(5),
        watch=_minutes(60),
        criteria=tuple(Criterion),
        postmortem_days=3,
        actions_due=timedelta(days=15),
    ),
    IncidentPolicy(
        definition="significant degradation, or a partial outage with clear customer impact",
        examples=("a third of all logins fail", "the API takes twice as long and times out", "one region is down"),
        roles=(Role.IC,),
        update_every=Interval(_minutes(30), _minutes(60)),
        customer_notice=_minutes(15),
        watch=_minutes(30),
        criteria=tuple(Criterion),
        postmortem_days=5,
        actions_due=timedelta(days=30),
    ),
    IncidentPolicy(
        definition="limited impact, a workaround exists, or a part that is not core is degraded",
        examples=("the reports are down and the core works", "background jobs are late, and no data is lost"),
        update_every=Interval(_minutes(120), _minutes(240)),
        watch=_minutes(30),
        criteria=(Criterion.CUSTOMER_ACTIONS,),
    ),
    IncidentPolicy(
        definition="no immediate customer impact",
        examples=("one node restarted", "a minor alert that went away by itself"),
    ),
)
"""By rank, the worst first. The last is what a ticket asks; what pages asks no less than the third."""


def default_policy(rank: int, *, is_ticket: bool = False) -> IncidentPolicy:
    """Return what a severity of this rank asks when nobody said anything; rank 1 is the worst."""
    *incidents, ticket = DEFAULTS
    return ticket if is_ticket else incidents[min(rank, len(incidents)) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheatSheet:
    """The three questions, as they were answered; None where nobody knew."""

    core_blocked: bool | None = None
    at_risk: bool | None = None
    growing: bool | None = None

    @property
    def is_answered(self) -> bool:
        """Was any of the three answered?"""
        return any(answer is not None for answer in (self.core_blocked, self.at_risk, self.growing))


QUESTIONS: Mapping[str, str] = {
    "core_blocked": "Are customers blocked from core actions?",
    "at_risk": "Is money, data or security at risk?",
    "growing": "Is the impact growing?",
}


def proposed_rank(sheet: CheatSheet) -> int | None:
    """Return the rank that the answers propose; None when no question was answered.

    Two yes, or any risk to money, data or security, is the worst; one yes is the second; three times no is the third.
    Whoever is unsure takes the higher: two no and a question without an answer propose the second.
    """
    if not sheet.is_answered:
        return None
    answers = (sheet.core_blocked, sheet.at_risk, sheet.growing)
    if sheet.at_risk or answers.count(True) > 1:
        return 1
    return 2 if any(answer is not False for answer in answers) else 3
