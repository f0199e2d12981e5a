"""Collects what the ladder goes by, and says on which level each team is. Nothing here changes anything."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from pagerd.core.actions.item import ActionItem
from pagerd.core.changes import Change, ChangeKind
from pagerd.core.incidents.facts import Facts
from pagerd.core.incidents.incident import Incident, IncidentStatus, Mode, name_of
from pagerd.core.incidents.ladder import Found, TeamLadder, judge
from pagerd.core.incidents.ladder_rules import Rung
from pagerd.core.incidents.measures import Left, left_out
from pagerd.core.incidents.on_time import GRAVE
from pagerd.core.incidents.rates import is_due, is_postmortem_due, was_accepted_in_time, was_in_time
from pagerd.core.incidents.roles import Role
from pagerd.core.paging.page import Page
from pagerd.core.plan import Plan, Team
from pagerd.engine.incidents.drills import scored_now
from pagerd.engine.incidents.measuring import facts_about
from pagerd.stores.base import Connection
from pagerd.stores.records import actions, changes, incidents, pages

CHANGES_MAX = 1000
"""Changes of one service that are looked at, the newest first."""

ACTIONS_MAX = 2000
"""Action items of one team that are looked at."""


def teams_of(plan: Plan, team: str | None) -> list[Team]:
    """Return the team that is named, or all, by name."""
    return [plan.team_named(team)] if team is not None else [plan.teams[name] for name in sorted(plan.teams)]


async def ladders(
    c: Connection, plan: Plan, team: str | None, now: datetime, slos: Mapping[str, Found]
) -> list[TeamLadder]:
    """Return the ladder of one team, or of each, by name; `slos` is what was read of the objectives of each."""
    teams = teams_of(plan, team)
    since = now - plan.incidents.ladder.window
    opened: dict[str, list[Page]] = {}
    for page in await pages.opened_between(c, since, now):
        opened.setdefault(page.subject.team, []).append(page)
    run: dict[str, list[Incident]] = {}
    for one in await incidents.opened_since(c, since):
        run.setdefault(one.team, []).append(one)
    return [
        judge(
            one.id,
            plan.incidents.ladder,
            await _found(
                c, plan, one, run.get(one.id, []), opened.get(one.id, []), slos.get(one.id, Found(met=0)), since, now
            ),
        )
        for one in teams
    ]


async def _found(
    c: Connection,
    plan: Plan,
    team: Team,
    run: Sequence[Incident],
    opened: Sequence[Page],
    slos: Found,
    since: datetime,
    now: datetime,
) -> Mapping[Rung, Found]:
    happened = [one for one in run if left_out(one) in (None, Left.DRILL) and one.mode is not Mode.BACKFILL]
    facts = [await facts_about(c, one, now) for one in happened if one.status is not IncidentStatus.CANCELLED]
    # East of UTC a day is over sooner; whose day it still is is sorted out by the clock of each owner.
    tomorrow = now.date() + timedelta(days=1)
    items = await actions.listed(c, actions.Wanted(team=team.id, due_before=tomorrow), ACTIONS_MAX)
    return {
        Rung.SEVERITIES: _severities(plan),
        Rung.ROLES: _roles(facts),
        Rung.UPDATES: _updates(facts),
        Rung.RUNBOOKS: _runbooks(plan, team),
        Rung.SIGNALS: _signals(opened),
        Rung.POSTMORTEMS: _postmortems(facts, now),
        Rung.ACTIONS: _actions(plan, items, since, now),
        Rung.SLOS: _slos(plan, team, slos),
        Rung.GAME_DAYS: await _game_days(c, plan, facts, now),
        **await _changes(c, team, since, now),
    }


def _severities(plan: Plan) -> Found:
    asked = [one for one in plan.severities.values() if one.incident.is_incident]
    return _share((one.id, bool(one.incident.definition)) for one in asked)


def _roles(facts: Iterable[Facts]) -> Found:
    grave = [one for one in facts if one.incident.rank <= GRAVE]
    return _share((name_of(one.incident), Role.IC in one.taken) for one in grave)


def _updates(facts: Iterable[Facts]) -> Found:
    return _share(
        (f"{name_of(one.incident)}, update {slot.number}", slot.is_met) for one in facts for slot in one.slots
    )


def _runbooks(plan: Plan, team: Team) -> Found:
    critical = [one for one in team.services if one.critical]
    return _share(
        (one.id, one.runbook is not None and one.runbook in plan.runbooks and plan.runbooks[one.runbook].is_whole)
        for one in critical
    )


def _signals(opened: Iterable[Page]) -> Found:
    """Look at what alerts paged; what a person or an incident raised passed no test and needed none."""
    of_alerts = [one for one in opened if one.errand is None and one.raised_by is None]
    return _share((one.id, not one.subject.violations) for one in of_alerts)


def _postmortems(facts: Iterable[Facts], now: datetime) -> Found:
    due = [one.incident for one in facts if is_postmortem_due(one.incident, now)]
    return _share((name_of(one), was_accepted_in_time(one)) for one in due)


def _actions(plan: Plan, items: Iterable[ActionItem], since: datetime, now: datetime) -> Found:
    due = [
        one
        for one in items
        if not one.is_drill and is_due(one, plan, now) and one.terms.due is not None and one.terms.due >= since.date()
    ]
    return _share((f"action {one.number}", was_in_time(one, plan)) for one in due)


def _slos(plan: Plan, team: Team, read: Found) -> Found:
    """Look at what the rules page for, and at what a Prometheus said of the team's objectives."""
    parts = plan.incidents.ladder.slo_alerts
    rules = [
        rule.name
        for rule in plan.rules.get(team.id, ())
        if any(one.label == "alertname" and any(part in one.value for part in parts) for one in rule.matchers)
    ]
    evidence = (*(f"rule {name}" for name in rules), *read.evidence)
    return Found(met=len(rules) + read.met, evidence=evidence, against=read.against)


async def _changes(c: Connection, team: Team, since: datetime, now: datetime) -> Mapping[Rung, Found]:
    """Look at what was changed of the team's services; where nobody reports any, that says nothing of how they are."""
    found = [
        change
        for service in team.services
        for change in await changes.of_service(c, service.id, since, now, CHANGES_MAX)
    ]
    if not found:
        return {}
    safe = [one for one in found if one.kind in (ChangeKind.CANARY, ChangeKind.FLAG)]
    # Whom a person names rolled back by hand; a machine is known by the source that told of it.
    rolled_back = [one for one in found if one.kind is ChangeKind.ROLLBACK and one.source]
    return {Rung.SAFE_DEPLOYS: _named(safe), Rung.ROLLBACKS: _named(rolled_back)}


def _named(found: Sequence[Change]) -> Found:
    return Found(met=len(found), evidence=tuple(f"{one.service} {one.kind.value}: {one.what}" for one in found))


async def _game_days(c: Connection, plan: Plan, facts: Iterable[Facts], now: datetime) -> Found:
    over = [one for one in facts if one.incident.is_drill and not one.incident.is_open]
    told = []
    for one in over:
        shown = (await scored_now(c, plan, one.incident, now)).score
        told.append(f"{name_of(one.incident)}: {shown.passed} of {len(shown.points)}")
    return Found(met=len(over), evidence=tuple(told))


def _share(things: Iterable[tuple[str, bool]]) -> Found:
    known = list(things)
    return Found(
        met=sum(was_so for _, was_so in known),
        of=len(known),
        evidence=tuple(name for name, was_so in known if was_so),
        against=tuple(name for name, was_so in known if not was_so),
    )
