"""Which teams somebody works for, and which schedules are meant by a name.

The files name no members: it follows from rotations and roles.
"""

from pagerd.core.errors import NotFound
from pagerd.core.plan import Plan, Team
from pagerd.core.suggestions import unknown


def teams_of(plan: Plan, person: str) -> tuple[Team, ...]:
    """Return the teams in whose schedules a person has turns or is a shadow, or a role by name, in the files' order."""
    return tuple(team for team in plan.teams.values() if _works_for(plan, team, person))


def schedules_of(plan: Plan, person: str) -> tuple[str, ...]:
    """Return the schedules in which a person has turns, by layers, shifts, what they copy, or an override."""
    return tuple(name for name in plan.book.schedules if _has_turns(plan, name, person))


def roles_by_name(plan: Plan, person: str) -> tuple[str, ...]:
    """Return what a person is paged as without any turns, because the files name them: in words, with whose."""
    of_teams = ((role, team.name, name) for team in plan.teams.values() for role, name in team.roles.items())
    of_all = ((role, "all teams", name) for role, name in plan.roles.items())
    return tuple(f"{role.replace('_', ' ')} of {whose}" for role, whose, name in (*of_teams, *of_all) if name == person)


def schedules_behind(plan: Plan, name: str | None) -> tuple[str, ...]:
    """Return the schedules behind a name: a schedule, those of a team, its roles' first, or all. Raises NotFound."""
    if name is None:
        return tuple(plan.book.schedules)
    if name in plan.book.schedules:
        return (name,)
    if name in plan.teams:
        own = tuple(schedule.id for schedule in plan.book.schedules.values() if schedule.team == name)
        used = tuple(target for target in plan.teams[name].roles.values() if target in plan.book.schedules)
        return tuple(dict.fromkeys((*used, *own)))
    raise NotFound(unknown("schedule or team", name, (*plan.book.schedules, *plan.teams)))


def _works_for(plan: Plan, team: Team, person: str) -> bool:
    if person in team.roles.values():
        return True
    own = {schedule.id for schedule in plan.book.schedules.values() if schedule.team == team.id}
    used = {target for target in team.roles.values() if target in plan.book.schedules}
    return any(_has_turns(plan, name, person) or person in plan.book.schedules[name].all_shadows for name in own | used)


def _has_turns(plan: Plan, name: str, person: str) -> bool:
    if any(one.schedule == name and person in one.people for one in plan.book.overrides):
        return True
    following: str | None = name
    while following is not None and following in plan.book.schedules:
        schedule = plan.book.schedules[following]
        if person in (schedule.people if following == name else schedule.people_of_layers):
            return True
        following = schedule.copy
    return False
