"""Which values of the files decide about the alerts of one team, and about the people who are woken by them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pagerd.config.reader import Origin, Path
from pagerd.core.oncall.schedule import Schedule
from pagerd.core.plan import Plan


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind a team: the schedules that its pages may look up, and everybody those pages may reach."""

    schedules: frozenset[str]
    people: frozenset[str]


def behind(plan: Plan, team: str) -> Behind:
    """Follow a team's roles, its policy, the last resort and the operators to schedules, and those to people."""
    one = plan.teams[team]
    names = {*one.roles.values(), *plan.roles.values(), *plan.last_resort.targets, *plan.operators}
    policy = plan.policies.get(one.escalation)
    names |= {target for step in policy.steps for target in step.targets} if policy is not None else set()
    own = {schedule.id for schedule in plan.book.schedules.values() if schedule.team == team}
    schedules = frozenset(_with_copied(plan.book.schedules, (names & plan.book.schedules.keys()) | own))
    members = {
        person
        for schedule in schedules
        for person in (*plan.book.schedules[schedule].people, *plan.book.schedules[schedule].all_shadows)
    }
    overriding = {
        person
        for one in plan.book.overrides
        if one.schedule in schedules
        for person in (*one.people, one.instead_of or "")
    }
    return Behind(schedules, frozenset((names | members | overriding) & plan.people.keys()))


def of_team(plan: Plan, team: str, origins: Mapping[Path, Origin]) -> Callable[[Path], bool]:
    """Return what tells whether a value concerns a team; `origins` say which schedule or person an exception is for."""
    found = behind(plan, team)
    mine = {("teams", team), ("rules", team), ("escalation", plan.teams[team].escalation)}

    def said(path: Path, key: str) -> str | None:
        origin = origins.get((*path[:4], key))
        return origin.text if origin is not None else None

    def concerns(path: Path) -> bool:
        if path[:2] in mine or path[0] not in {"people", "teams", "escalation", "rules"}:
            return True
        if path[0] == "people":
            return path[1] in found.people
        if path[0] != "teams" or len(path) < 5:
            return False
        match path[2]:
            case "schedules":
                return path[3] in found.schedules
            case "overrides":
                return said(path, "schedule") in found.schedules
            case "away":
                return said(path, "person") in found.people
            case _:
                return False

    return concerns


def _with_copied(schedules: Mapping[str, Schedule], names: set[str]) -> Iterator[str]:
    """Yield schedules and what they copy; files without an error copy in no circle."""
    for name in names:
        following: str | None = name
        while following is not None and following in schedules:
            yield following
            following = schedules[following].copy
