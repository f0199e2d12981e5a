"""What the ladder asks at each level, as data: the defaults, and what the files may say otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from pagerd.core.incidents.checks import PromqlCheck


class Rung(StrEnum):
    """The criteria of the ladder, in the order of their levels."""

    SEVERITIES = "severities"
    ROLES = "roles"
    UPDATES = "updates"
    RUNBOOKS = "runbooks"
    SIGNALS = "signals"
    POSTMORTEMS = "postmortems"
    ACTIONS = "actions"
    SLOS = "slos"
    SAFE_DEPLOYS = "safe_deploys"
    ROLLBACKS = "rollbacks"
    GAME_DAYS = "game_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRule:
    """At which level a criterion is asked, and how much of it: percent of what there is, or so many in the window.

    `skip` is a person's reason to leave it out, for every team.
    """

    level: int
    at_least: int
    skip: str = ""


DEFAULTS: Mapping[Rung, RungRule] = {
    Rung.SEVERITIES: RungRule(level=2, at_least=100),
    Rung.ROLES: RungRule(level=2, at_least=90),
    Rung.UPDATES: RungRule(level=2, at_least=90),
    Rung.RUNBOOKS: RungRule(level=3, at_least=100),
    Rung.SIGNALS: RungRule(level=3, at_least=90),
    Rung.POSTMORTEMS: RungRule(level=3, at_least=90),
    Rung.ACTIONS: RungRule(level=3, at_least=90),
    Rung.SLOS: RungRule(level=4, at_least=1),
    Rung.SAFE_DEPLOYS: RungRule(level=4, at_least=1),
    Rung.ROLLBACKS: RungRule(level=4, at_least=1),
    Rung.GAME_DAYS: RungRule(level=4, at_least=1),
}

COUNTED = frozenset({Rung.SLOS, Rung.SAFE_DEPLOYS, Rung.ROLLBACKS, Rung.GAME_DAYS})
"""Of these so many are asked; of the others so many percent of what there is."""

LEVELS: Mapping[int, str] = {1: "reactive", 2: "structured", 3: "repeatable", 4: "prevention"}
"""What each level is called. Whoever pages and fixes is on the first."""

SLO_ALERTS = ("SLO", "ErrorBudget", "BurnRate")


@dataclass(frozen=True, slots=True, kw_only=True)
class SloRule:
    """An alert rule over an error budget, that a Prometheus has."""

    rule: str
    prometheus: str
    name: str = ""


Slo = PromqlCheck | SloRule
"""What shows that a team has an objective: an error budget that is read, or a rule that watches over one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRules:
    """How far back is looked, what each criterion asks, and what single teams skip, each with a reason.

    `slo_alerts` are parts of the names of alerts that watch over an error budget, `slos` what a Prometheus is asked,
    by team.
    """

    window: timedelta = timedelta(days=90)
    rungs: Mapping[Rung, RungRule] = field(default_factory=lambda: dict(DEFAULTS))
    skipped: Mapping[str, Mapping[Rung, str]] = field(default_factory=dict)
    slo_alerts: tuple[str, ...] = SLO_ALERTS
    slos: Mapping[str, tuple[Slo, ...]] = field(default_factory=dict)
