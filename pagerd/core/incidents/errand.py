"""Errands: what an incident wants of somebody, as a page that it raises. A page is asked and answered as ever.

An errand is named by one word: a role (`ic`, `tl`, `comms`), `update`, `triage`, `watch`, `help`,
`join`, `public`.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final

from pagerd.core.incidents.incident import Incident
from pagerd.core.incidents.roles import Role
from pagerd.core.paging.escalation import behind
from pagerd.core.paging.page import PageStep
from pagerd.core.plan import Plan, Team


class Errand(StrEnum):
    """What an incident can want besides a role."""

    UPDATE = "update"
    TRIAGE = "triage"
    WATCH = "watch"
    HELP = "help"
    JOIN = "join"
    PUBLIC = "public"


NAG_EVERY: Final = timedelta(minutes=5)
"""How long each of those asked for an overdue update, or a verdict on a suspicion, has before the next one is."""

UNFILLED_AFTER: Final = {1: timedelta(minutes=2)}
UNFILLED_AFTER_ELSE: Final = timedelta(minutes=5)
"""How long a role may be without an answer, by rank."""

ROLE_TARGETS: Final[dict[str, tuple[str, ...]]] = {
    Role.IC: ("ic", "team_lead", "platform_lead", "secondary"),
    Role.TL: ("tl", "secondary", "primary", "team_lead"),
    Role.COMMS: ("comms", "platform_lead", "team_lead", "secondary"),
}
"""Who is asked for a role, one after the other, as far as somebody fills these: the role's own schedule first.

No two begin with the same target: whoever is asked for two at once would have both by one answer.
"""


def role_steps(plan: Plan, incident: Incident, role: str, *, first: str | None = None) -> tuple[PageStep, ...]:
    """Return the steps of a request: whoever was named, then the policy of the role's name, or the targets above."""
    wait = UNFILLED_AFTER.get(incident.rank, UNFILLED_AFTER_ELSE)
    own = plan.policies.get(role)
    steps = (
        [PageStep(step.targets, step.answer_within) for step in own.steps]
        if own is not None
        else one_by_one(plan, incident.team, ROLE_TARGETS[role], wait)
    )
    if first is not None:
        steps = [PageStep((first,), wait), *steps]
    return tuple(steps) or team_steps(plan, incident.team)


def nag_steps(plan: Plan, incident: Incident, people: Iterable[str | None]) -> tuple[PageStep, ...]:
    """Return the steps of a reminder: these people one after the other, then the leads of the team and of all teams."""
    named = [person for person in people if person is not None and person in plan.people]
    return tuple(
        one_by_one(plan, incident.team, (*dict.fromkeys(named), "team_lead", "platform_lead"), NAG_EVERY)
    ) or team_steps(plan, incident.team)


def one_by_one(plan: Plan, team: str, targets: Sequence[str], wait: timedelta) -> list[PageStep]:
    """Return a step for each target that stands for somebody: a step with nobody would only be skipped, and alarm."""
    known = (target for target in targets if is_somebody(plan, team, target))
    return [PageStep((target,), wait) for target in known]


def is_somebody(plan: Plan, team: str, target: str) -> bool:
    """Does a target stand for a person or a schedule?"""
    name = behind(plan, team, target)
    return name in plan.people or name in plan.book.schedules


def known_team(plan: Plan, team: str) -> Team:
    """Return a team, or, where the files do not have it any more, the one that answers for what nobody owns."""
    return plan.teams.get(team) or plan.teams[plan.fallback]


def team_steps(plan: Plan, team: str) -> tuple[PageStep, ...]:
    """Return the steps of the team's own escalation policy."""
    policy = plan.policies[known_team(plan, team).escalation]
    return tuple(PageStep(step.targets, step.answer_within) for step in policy.steps)
