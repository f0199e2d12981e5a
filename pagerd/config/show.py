"""What `pagerd config show` prints: every value in force, and the line, or `default`, that it came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pagerd.config.reader import Origin, Path
from pagerd.core.errors import NotFound
from pagerd.core.plan import Plan

_SECTIONS = ("settings", "people", "teams", "escalation", "roles", "last_resort", "owners", "fallback", "rules")


@dataclass(frozen=True, slots=True)
class Value:
    """One value in force. `name` is its path with dots, `origin` is `file:line` or `default`."""

    name: str
    text: str
    origin: str

    def as_json(self) -> dict[str, str]:
        """Return it as `config show -o json` writes it."""
        return {"name": self.name, "value": self.text, "origin": self.origin}


def values(origins: Mapping[Path, Origin], plan: Plan | None = None, team: str | None = None) -> tuple[Value, ...]:
    """Return all values in force; with a team, those that decide about its alerts. Raises NotFound for another team.

    `plan` is needed for a team: it says which policy and whose schedules the team uses.
    """
    concerns: Callable[[Path], bool] = bool
    if team is not None:
        if plan is None or team not in plan.teams:
            raise NotFound(f"Showing the config of team {team}: there is no such team")
        concerns = _of_team(plan, team)
    # A mapping is remembered for its place; its value is those of its keys.
    parents = {path[:length] for path in origins for length in range(1, len(path))}
    found = [
        Value(".".join(path), origin.text, str(origin))
        for path, origin in sorted(origins.items(), key=lambda one: _order(one[0]))
        if path not in parents and concerns(path)
    ]
    return tuple(found)


def render(shown: tuple[Value, ...]) -> str:
    """Write the values in columns."""
    if not shown:
        return ""
    names = max(len(one.name) for one in shown)
    texts = min(60, max(len(one.text) for one in shown))
    return "\n".join(f"{one.name:<{names}}  {one.text:<{texts}}  {one.origin}" for one in shown)


def _of_team(plan: Plan, team: str) -> Callable[[Path], bool]:
    one = plan.teams[team]
    names = set(one.roles.values()) | set(plan.roles.values()) | set(plan.last_resort.targets)
    policy = plan.policies.get(one.escalation)
    names |= {target for step in policy.steps for target in step.targets} if policy is not None else set()
    schedules = {(other.team, other.id) for other in plan.book.schedules.values() if other.id in names}
    mine = {("teams", team), ("rules", team), ("escalation", one.escalation)}

    def concerns(path: Path) -> bool:
        if path[:2] in mine or path[0] not in {"settings", "people", "teams", "escalation", "rules"}:
            return True
        if path[0] == "teams" and len(path) > 3 and path[2] == "schedules":
            return (path[1], path[3]) in schedules
        return False

    return concerns


def _order(path: Path) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """Sort by section, then by name, numbers as numbers."""
    section = _SECTIONS.index(path[0]) if path[0] in _SECTIONS else len(_SECTIONS)
    return section, tuple((0, int(one), "") if one.isdecimal() else (1, 0, one) for one in path)
