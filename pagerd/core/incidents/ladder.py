"""The ladder: how far a team is from fixing what breaks to preventing it, by what the data shows and nothing else.

A level holds when everything that it and those below it ask has passed, or was skipped by a person who said why. What
nothing feeds is not in use: it is no failure, and no success either. Progress, not perfection; teams are not ranked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pagerd.core.incidents.ladder_rules import COUNTED, LEVELS, LadderRules, Rung, RungRule


class Standing(StrEnum):
    """How a criterion stands."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    NOT_IN_USE = "not_in_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found for a criterion: `met` of `of` things, or just how many; `evidence` names them.

    `against` names those that were not so.
    """

    met: int
    of: int = 0
    evidence: Sequence[str] = ()
    against: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One criterion of one team: how it stands, what was found, and what would pass it where it has not passed."""

    rung: Rung
    level: int
    means: str
    standing: Standing
    found: str
    would_pass: str
    evidence: Sequence[str] = ()
    against: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLadder:
    """A team's level, by name, and everything that it follows from."""

    team: str
    level: int
    judged: Sequence[Judged]

    @property
    def name(self) -> str:
        """What the level is called."""
        return LEVELS[self.level]


MEANS: Mapping[Rung, str] = {
    Rung.SEVERITIES: "severities are defined by impact",
    Rung.ROLES: "grave incidents and drills had a commander",
    Rung.UPDATES: "promised updates came in time",
    Rung.RUNBOOKS: "each critical service has a runbook with the first 15 minutes",
    Rung.SIGNALS: "what paged was actionable, urgent, owned and clear",
    Rung.POSTMORTEMS: "postmortems were accepted in time",
    Rung.ACTIONS: "action items were verified in time",
    Rung.SLOS: "there are objectives, and their error budgets are read or watched over",
    Rung.SAFE_DEPLOYS: "changes go out by canary or behind flags",
    Rung.ROLLBACKS: "changes are rolled back by a machine",
    Rung.GAME_DAYS: "there are drills",
}
"""Each criterion in words."""

_PASSES: Mapping[Rung, str] = {
    Rung.SEVERITIES: "write a definition for each severity of rules/severity.yaml",
    Rung.ROLES: "take the role of commander in incidents and drills of the two worst severities",
    Rung.UPDATES: "post updates by when they were promised",
    Rung.RUNBOOKS: "mark critical services, and give each a runbook with all six sections",
    Rung.SIGNALS: "mend the alerts that page though they fail a test: `pagerd tickets` has one for each",
    Rung.POSTMORTEMS: "get postmortems accepted by when they are due",
    Rung.ACTIONS: "verify action items by when they are due",
    Rung.SLOS: "name an error budget or its alert rule in `ladder.slos`, or page for its burn rate",
    Rung.SAFE_DEPLOYS: "let your deployments report canaries and flags as change events",
    Rung.ROLLBACKS: "let your deployments report what they roll back by themselves as change events",
    Rung.GAME_DAYS: "carry a drill to its end: `pagerd drill start`",
}


def judge(team: str, rules: LadderRules, found: Mapping[Rung, Found]) -> TeamLadder:
    """Say on which level a team is. A criterion that is not in `found` has nothing that feeds it."""
    skipped = rules.skipped.get(team, {})
    judged = tuple(
        _judged(rung, rule, skipped.get(rung) or rule.skip, found.get(rung)) for rung, rule in rules.rungs.items()
    )
    return TeamLadder(team=team, level=_level(judged), judged=judged)


def _level(judged: Sequence[Judged]) -> int:
    """Return the highest level up to which nothing is missing; whoever pages at all is on the first."""
    holding = frozenset({Standing.PASSED, Standing.SKIPPED})
    missing = [one.level for one in judged if one.standing not in holding]
    return max(min(missing, default=max(LEVELS) + 1) - 1, min(LEVELS))


def _judged(rung: Rung, rule: RungRule, skip: str, found: Found | None) -> Judged:
    is_counted = rung in COUNTED
    asked = f"at least {rule.at_least}" if is_counted else f"{rule.at_least} %"
    if skip:
        standing, said = Standing.SKIPPED, skip
    elif found is None or not (is_counted or found.of):
        standing, said = Standing.NOT_IN_USE, "nothing to go by"
    elif is_counted:
        standing = Standing.PASSED if found.met >= rule.at_least else Standing.FAILED
        said = f"{found.met}, {asked} is asked"
    else:
        standing = Standing.PASSED if found.met * 100 >= rule.at_least * found.of else Standing.FAILED
        said = f"{found.met} of {found.of}, {asked} is asked"
    is_missing = standing in (Standing.FAILED, Standing.NOT_IN_USE)
    return Judged(
        rung=rung,
        level=rule.level,
        means=MEANS[rung],
        standing=standing,
        found=said,
        would_pass=f"{_PASSES[rung]} ({asked})" if is_missing else "",
        evidence=tuple(found.evidence) if found is not None else (),
        against=tuple(found.against) if found is not None else (),
    )
