"""What `pagerd config show` prints: every value in force, and the line, or `default`, that it came from; and rights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pagerd.config.concerns import behind, of_team
from pagerd.config.reader import DEFAULT, Origin, Path
from pagerd.core.errors import NotFound
from pagerd.core.oncall.schedule import Override, OverrideKind
from pagerd.core.plan import Plan, Silence
from pagerd.core.rights import Right, rights_of

_SECTIONS = (
    "settings",
    "people",
    "holidays",
    "teams",
    "escalation",
    "roles",
    "last_resort",
    "owners",
    "fallback",
    "rules",
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value in force. `name` is its path with dots; `origin` is `file:line`, `default`, or whose command it was."""

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
        concerns = of_team(plan, team, origins)
    # A mapping is remembered for its place; its value is those of its keys.
    parents = {path[:length] for path in origins for length in range(1, len(path))}
    found = [
        Value(".".join(path), origin.text, str(origin))
        for path, origin in sorted(origins.items(), key=lambda one: _order(one[0]))
        if path not in parents and concerns(path)
    ]
    return tuple(found)


def stored_values(plan: Plan, team: str | None = None) -> tuple[Value, ...]:
    """Return what lies over the files: overrides and silences by command, and contacts that were refused."""
    concerned = behind(plan, team) if team is not None else None
    found = [
        Value(f"stored.overrides.{one.id}", _override(one), f"command of {one.by}")
        for one in plan.book.overrides
        if one.stored and (concerned is None or one.schedule in concerned.schedules)
    ]
    found += [
        Value(f"stored.silences.{one.id}", _silence(one), f"command of {one.by}") for one in plan.silences if one.stored
    ]
    found += [
        Value(f"stored.unusable.{person}.{medium}", "not used until it changes", "refused by its provider")
        for person, medium in sorted(plan.unusable)
        if concerned is None or person in concerned.people
    ]
    return tuple(found)


def rights_values(
    origins: Mapping[Path, Origin], plan: Plan, at: datetime, team: str | None = None
) -> tuple[Value, ...]:
    """Return who may do what at an instant, and the line that gives it; with a team, of the people behind it."""
    concerned = behind(plan, team).people if team is not None else plan.people
    found = []
    for person in plan.people:
        for grant in rights_of(plan, person, at).grants():
            if person in concerned and (team is None or grant.team in (None, team)):
                role = grant.key[-1] if grant.right is Right.LEAD else None
                parts = ("rights", person, grant.right.value, grant.team, role, grant.schedule)
                now = ", on call there now" if grant.schedule is not None else ""
                name = ".".join(part for part in parts if part is not None)
                found.append(Value(name, f"yes{now}", _line_of(origins, grant.key)))
    return tuple(found)


def _line_of(origins: Mapping[Path, Origin], key: Path) -> str:
    """Return where a value stands; of a mapping, where the first of its values does."""
    if key in origins:
        return str(origins[key])
    inside = [one for path, one in origins.items() if path[: len(key)] == key]
    written = sorted((one.span.line, str(one)) for one in inside if one.span is not None)
    return written[0][1] if written else DEFAULT


def _override(one: Override) -> str:
    people = ", ".join(one.people)
    what = {
        OverrideKind.REPLACE: f"{people} instead of {one.instead_of}",
        OverrideKind.EVERYBODY: f"{people} alone",
        OverrideKind.ADD: f"{people} besides",
        OverrideKind.REMOVE: f"without {one.instead_of}",
    }
    return f"{one.schedule} {_span(one.start, one.end)}: {what[one.kind]}{f' ({one.why})' if one.why else ''}"


def _silence(one: Silence) -> str:
    return f"{_span(one.start, one.end)}: {', '.join(map(str, one.matchers))} ({one.why})"


def _span(start: datetime, end: datetime) -> str:
    return f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC"


def render(shown: tuple[Value, ...]) -> str:
    """Write the values in columns."""
    if not shown:
        return ""
    names = max(len(one.name) for one in shown)
    texts = min(60, max(len(one.text) for one in shown))
    return "\n".join(f"{one.name:<{names}}  {one.text:<{texts}}  {one.origin}" for one in shown)


def _order(path: Path) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """Sort by section, then by name, numbers as numbers."""
    section = _SECTIONS.index(path[0]) if path[0] in _SECTIONS else len(_SECTIONS)
    return section, tuple((0, int(one), "") if one.isdecimal() else (1, 0, one) for one in path)
