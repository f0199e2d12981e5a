"""Drills: what each showed, and the reminder of a team's lead that the last one is long ago.

A reminder goes by mail, at the opening of a business day, and again a week later while nobody had one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.errors import Conflict
from pagerd.core.incidents.drill import Score, score
from pagerd.core.incidents.incident import Incident, IncidentStatus
from pagerd.core.incidents.rules import DrillRules
from pagerd.core.plain import counted
from pagerd.core.plan import Plan, Team
from pagerd.core.worklog.leads import leads_of
from pagerd.engine import outbox
from pagerd.engine.incidents import queries
from pagerd.engine.incidents.findings import first_minutes
from pagerd.engine.incidents.measuring import facts_about
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import incidents, timers

AGAIN_AFTER = timedelta(days=6)
"""A week later, at the first opening behind this: that of the seventh day begins as early as the reminder before it."""

LISTED_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """One drill and what it showed."""

    incident: Incident
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The drills of a team, the newest first, and when the next one is due; None: nobody is reminded."""

    team: str
    drills: Sequence[Drilled]
    due_at: datetime | None


async def scored(c: Connection, plan: Plan, number: int, now: datetime) -> Drilled:
    """Say what a drill showed. Raises NotFound, and Conflict for what is no drill."""
    incident = await queries.find(c, number)
    if not incident.is_drill:
        raise Conflict(f"incident {number} is no drill: `pagerd report incidents` measures those that are real")
    return await scored_now(c, plan, incident, now)


async def practices(c: Connection, plan: Plan, team: str | None, now: datetime) -> list[Practice]:
    """Return the drills of one team, or of each, by name."""
    names = sorted(plan.teams) if team is None else [plan.team_named(team).id]
    return [
        Practice(
            team=name,
            drills=[await scored_now(c, plan, one, now) for one in await incidents.drills_of(c, name, LISTED_MAX)],
            due_at=_due_at(plan.incidents.drills, await _last(c, name), now),
        )
        for name in names
    ]


async def scored_now(c: Connection, plan: Plan, incident: Incident, now: datetime) -> Drilled:
    """Say what a drill shows so far."""
    policy = plan.incident_policy(incident.severity, incident.rank)
    known = plan.severities.get(incident.severity)
    target = known.response_target if known is not None else None
    facts = await facts_about(c, incident, now)
    minutes = await first_minutes(c, plan, await queries.story(c, plan, incident.number, now))
    steps = [step for one in minutes.checklists for step in one.steps]
    return Drilled(incident=incident, score=score(facts, policy, target, now, steps=steps))


async def begin(work: Work) -> None:
    """Set each team's timer as the plan says; what was reminded of lately is not again because the files changed."""
    for team in work.plan.teams.values():
        timer = await timers.find(work.c, "drill", team.id)
        due = _due_at(work.plan.incidents.drills, await _last(work.c, team.id), work.now)
        if due is not None:
            is_overdue = due <= work.now
            due = timer.due if timer is not None and is_overdue else _opening(work, team, due)
        await timers.put(work.c, "drill", team.id, due)
        work.wakes_at(due)


async def due(work: Work, team_id: str) -> None:
    """Remind a team's lead, if the last drill is long ago still, and set the next look at it."""
    team = work.plan.teams.get(team_id)
    last = await _last(work.c, team_id)
    due_at = _due_at(work.plan.incidents.drills, last, work.now) if team is not None else None
    if team is not None and due_at is not None:
        if due_at <= work.now:
            await _remind(work, team, last)
            due_at = work.now + AGAIN_AFTER
        due_at = _opening(work, team, due_at)
    await timers.put(work.c, "drill", team_id, due_at)
    work.wakes_at(due_at)


async def _remind(work: Work, team: Team, last: datetime | None) -> None:
    # Whoever only observes has other things to practise with.
    if work.observing:
        return
    ago = f"was {counted((work.now - last).days, 'day')} ago" if last is not None else "is still to come"
    how = f"pagerd drill start --team {team.id} what is supposed to be broken"
    text = f"The last drill of team {team.id} {ago}. To have one: {how}"
    for person in leads_of(work.plan, team.id, "", work.now):
        await outbox.tell_at_work(work, person, text, ())


def _due_at(rules: DrillRules, last: datetime | None, now: datetime) -> datetime | None:
    if rules.every is None:
        return None
    return last + rules.every if last is not None else now


def _opening(work: Work, team: Team, at: datetime) -> datetime:
    """Return the first opening of the team's business days after an instant, and after now."""
    return work.plan.calendar_of(team.id).next_business_day_start(max(at, work.now))


async def _last(c: Connection, team: str) -> datetime | None:
    """Return when a team's last drill began. One that was called off is none."""
    for one in await incidents.drills_of(c, team, LISTED_MAX):
        if one.declared_at is not None and one.status is not IncidentStatus.CANCELLED:
            return one.declared_at
    return None
