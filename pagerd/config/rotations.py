"""Reads a team's file `rotations/TEAM.yaml`: who answers, for what, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from pagerd.config import expected, holidays, kinds, shift_notices
from pagerd.config.document import Node, Scalar, Table
from pagerd.config.exceptions import ABSENCES, OVERRIDES, WrittenAway, WrittenOverride
from pagerd.config.findings import Span
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    defaulted,
    fields,
    mapping_of,
    optional,
    required,
    shaped,
)
from pagerd.config.schedules import SCHEDULES
from pagerd.config.values import DailyHour, Mismatch
from pagerd.config.values import name as read_name
from pagerd.core.oncall.expected import Expected
from pagerd.core.oncall.schedule import Schedule
from pagerd.core.plan import Service, Team

STANDARD = "standard"
"""The escalation policy of a team that names none."""

CRITICAL = defaulted("critical", kinds.BOOLEAN, False, "false", "its runbook must be whole")
RUNBOOK = optional("runbook", kinds.NAME, "a file of runbooks/, without .md")
SERVICE = Shape(
    "a service",
    "`services` of a team, by name",
    "What can be broken. Alerts whose label service has its name are the team's.",
    (CRITICAL, RUNBOOK),
)


def _make_service(reader: Reader, found: Fields, path: Path) -> Service:
    del reader
    return Service(id=path[-1], team=path[1], critical=found[CRITICAL], runbook=found[RUNBOOK])


_SERVICES: Kind[Mapping[str, Service]] = mapping_of(
    kinds.SERVICE, shaped(SERVICE, Service("", ""), _make_service), name="mapping of names to services"
)

TEAM = required("team", kinds.NAME, "the team's name in all other files and in the label team")
NAME = optional("name", kinds.TEXT, "what screens call it", "its key")
ZONE = required("zone", kinds.ZONE, "the zone of its hours and its schedules")
HOURS = defaulted(
    "business_hours",
    kinds.BUSINESS_HOURS,
    kinds.BUSINESS_HOURS.blank,
    "mon-fri 09:00-17:00",
    "when what can wait is told",
)
ESCALATION = optional("escalation", kinds.NAME, "an escalation policy", STANDARD)
PRIMARY = optional("primary", kinds.NAME, "the role: a schedule or a person")
SECONDARY = optional("secondary", kinds.NAME, "the role: a schedule or a person")
TEAM_LEAD = optional("team_lead", kinds.NAME, "the role: a schedule or a person")
_ROLES: Kind[Mapping[str, str]] = mapping_of(kinds.NAME, kinds.NAME, name="mapping of roles to schedules or people")
ROLES = defaulted("roles", _ROLES, {}, "none", "further roles that an escalation policy names", structure=True)
MAIL = optional(
    "mail",
    kinds.EMAIL,
    "the team's own address, for its daily digest",
    "the fallback team's, else the operators'",
)
DIGEST_AT = optional(
    "digest_at", kinds.DAILY_HOUR, "when the daily digest is mailed, in the team's zone", "as in pagerd.yaml"
)
ON_VIOLATION = optional(
    "on_violation", kinds.ON_VIOLATION, "pages what fails a test sooner than the severity says", "as the severity says"
)
SHIFT_NOTICES = defaulted(
    "shift_notices",
    shift_notices.KIND,
    shift_notices.DEFAULT,
    shift_notices.SHOWN,
    "what people in its schedules are told around their shifts, unless they say it themselves",
    structure=True,
)
SERVICES = defaulted("services", _SERVICES, {}, "none", "what the team answers for", structure=True)
SCHEDULES_KEY = defaulted("schedules", SCHEDULES, {}, "none", "who is on call, by name", structure=True)
OVERRIDES_KEY = defaulted("overrides", OVERRIDES, (), "none", "dated exceptions", structure=True)
AWAY = defaulted("away", ABSENCES, (), "none", "who is away", structure=True)
CHECKS = defaulted(
    "checks", expected.KIND, expected.as_before, "none", "what `check` expects of the team's schedules", structure=True
)
TEAM_SHAPE = Shape(
    "a team's file",
    "`rotations/TEAM.yaml`",
    "A team: who answers, for what, and when.",
    (
        TEAM,
        NAME,
        ZONE,
        HOURS,
        ESCALATION,
        PRIMARY,
        SECONDARY,
        TEAM_LEAD,
        ROLES,
        MAIL,
        DIGEST_AT,
        ON_VIOLATION,
        SHIFT_NOTICES,
        SERVICES,
        holidays.NAMES,
        SCHEDULES_KEY,
        OVERRIDES_KEY,
        AWAY,
        CHECKS,
    ),
)
SHAPES = (TEAM_SHAPE, SERVICE)


@dataclass(frozen=True, slots=True)
class TeamFile:
    """All of one team's file. `escalation` and `digest_at` are None where it says nothing of them.

    `holidays` are those of the calendars that it names.
    """

    team: Team
    escalation: str | None
    digest_at: DailyHour | None
    schedules: Mapping[str, Schedule]
    overrides: tuple[WrittenOverride, ...]
    away: tuple[WrittenAway, ...]
    holidays: holidays.Days
    span: Span


def team_of(file: str, node: Node | None) -> str:
    """Return the team that a file says it is about, before all of it is read; the file's name where it says none."""
    if isinstance(node, Table):
        for key, value in node.entries:
            if key.text == TEAM.name and isinstance(value, Scalar):
                try:
                    return read_name(value.text)
                except Mismatch:
                    break
    return PurePosixPath(file).stem


def read_team(reader: Reader, file: str, node: Node | None, calendars: holidays.Holidays) -> TeamFile:
    """Read one team; its windows on holidays mean days of these calendars."""
    team = team_of(file, node)
    found = fields(reader, node, TEAM_SHAPE, ("teams", team), Span(file))
    zone, expects = found[ZONE], found[CHECKS](Expected())
    reader.settle(("teams", team, NAME.name), team)
    roles = {key.name: found[key] for key in (PRIMARY, SECONDARY, TEAM_LEAD)}
    for role in found[ROLES]:
        if role in roles:
            span = reader.span_of(("teams", team, "roles", role), found.span)
            reader.report("E020", span, f"{role} has a key of its own", f"{role}: beside team:")
    named = calendars.of(reader, found[holidays.NAMES], ("teams", team, holidays.NAMES.name))
    own = frozenset(calendars.of_team(team, named))

    def holidays_of(names: tuple[str, ...], path: Path) -> frozenset[date]:
        return frozenset(calendars.of(reader, names, path)) if names else own

    return TeamFile(
        team=Team(
            id=team,
            name=found[NAME] or team,
            zone=zone,
            hours=found[HOURS],
            escalation=found[ESCALATION] or STANDARD,
            roles={role: name for role, name in {**found[ROLES], **roles}.items() if name},
            mail=found[MAIL],
            on_violation=found[ON_VIOLATION],
            services=tuple(service for service in found[SERVICES].values() if service.id),
            shift_notices=found[SHIFT_NOTICES],
        ),
        escalation=found[ESCALATION],
        digest_at=found[DIGEST_AT],
        schedules={
            name: placed(reader, zone, team, expects, holidays_of) for name, placed in found[SCHEDULES_KEY].items()
        },
        overrides=found[OVERRIDES_KEY],
        away=found[AWAY],
        holidays=named,
        span=found.span_of(TEAM),
    )
