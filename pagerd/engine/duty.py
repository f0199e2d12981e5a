"""Who is on call for what, seen from an instant: what a scrape shows, and what the status says is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pagerd.core.oncall.coverage import Outlook, outlook
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.paging.notification import is_reachable
from pagerd.core.people import Urgency
from pagerd.core.plan import Plan, Team

Level = tuple[str, str]
"""A team and one of its roles, such as `("payments", "primary")`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The on-call side of a plan at one instant. What is not listed is in order: no gap, nobody unreachable.

    `on_call` has the levels that a schedule fills or that are paged first: a lead who is only ever escalated to takes
    no turns. `handoffs` has the instant at which the people of a level change, where that is soon.
    """

    on_call: Mapping[Level, tuple[str, ...]] = field(default_factory=dict)
    handoffs: Mapping[Level, datetime] = field(default_factory=dict)
    gaps: Mapping[Level, timedelta] = field(default_factory=dict)
    holes: tuple[Level, ...] = ()
    unreachable: Mapping[str, int] = field(default_factory=dict)


def duty(plan: Plan, now: datetime) -> Duty:
    """Look at every level of every team."""
    on_call: dict[Level, tuple[str, ...]] = {}
    handoffs: dict[Level, datetime] = {}
    gaps: dict[Level, timedelta] = {}
    unreachable: dict[str, int] = {}
    seen: dict[str, Outlook] = {}
    for team in plan.teams.values():
        first = _paged_first(plan, team)
        for role, target in team.roles.items():
            level = (team.id, role)
            if target in plan.book.schedules:
                ahead = seen.get(target) or seen.setdefault(target, outlook(plan.book, target, now))
                on_call[level] = people = ahead.people
                if ahead.until is not None:
                    handoffs[level] = ahead.until
                if ahead.uncovered:
                    gaps[level] = ahead.uncovered
            else:
                people = (target,) if target in plan.people else ()
                if role in first:
                    on_call[level] = people
            lost = sum(not is_reachable(plan, person, Urgency.HIGH) for person in people)
            if lost:
                unreachable[team.id] = unreachable.get(team.id, 0) + lost
    return Duty(on_call=on_call, handoffs=handoffs, gaps=gaps, holes=nobody_on_call(plan, now), unreachable=unreachable)


def nobody_on_call(plan: Plan, now: datetime) -> tuple[Level, ...]:
    """Return the levels without anybody now."""
    return tuple(
        (team.id, role)
        for team in plan.teams.values()
        for role, target in team.roles.items()
        if target not in plan.people and not (target in plan.book.schedules and people_on_call(plan.book, target, now))
    )


def _paged_first(plan: Plan, team: Team) -> tuple[str, ...]:
    policy = plan.policies.get(team.escalation)
    return policy.steps[0].targets if policy is not None and policy.steps else ()
