"""Makes one plan of the parts, and fills in what the shortest files that work leave out.

The defaults are safe: somebody is always told. Without a last resort and without operators it is everybody, as long as
that is a team and not a company.
"""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from pagerd.config.escalation import default_policy
from pagerd.config.exceptions import placed_overrides
from pagerd.config.findings import Span
from pagerd.config.incident_checks import with_prometheus
from pagerd.config.incident_ladder import slos_with_prometheus
from pagerd.config.parts import Parts
from pagerd.config.reader import Reader
from pagerd.config.receivers import MailReceiver
from pagerd.config.rotations import STANDARD
from pagerd.config.rules import placed_silences
from pagerd.config.settings import ReplyCodes, Settings
from pagerd.config.times import duration_text
from pagerd.config.values import DailyHour
from pagerd.core.incidents.rules import IncidentRules
from pagerd.core.oncall.schedule import FOR_GOOD, Away, Book, Override, Schedule
from pagerd.core.plan import EscalationPolicy, LastResort, Plan, Silence, Team

EVERYBODY_MAX = 10
"""People who are told of everything when the files name nobody for it."""

_UTC = ZoneInfo("UTC")


def assemble(reader: Reader, parts: Parts, revision: str) -> Plan:
    """Return the plan. It is only good when the reader has no errors."""
    policies, teams = _policies(reader, parts)
    severity = parts.severity
    operators = _operators(reader, parts)
    return Plan(
        revision=revision,
        people=parts.people,
        teams=teams,
        policies=policies,
        book=_book(parts),
        roles=parts.escalation.roles,
        last_resort=_last_resort(reader, parts),
        owners=parts.owners.owners,
        fallback=_fallback(reader, parts),
        rules={team: file.rules for team, file in parts.rules.items()},
        severities=severity.severities,
        severity_labels=severity.labels,
        unknown=severity.unknown,
        incidents=_incidents(parts),
        runbooks=parts.runbooks,
        silences=_silences(parts),
        operators=operators,
        approvers=_approvers(reader, parts, operators),
        times=parts.settings.times,
        keep=parts.settings.keep,
        nights=parts.settings.nights,
        contacts=parts.settings.contacts,
        long_reply_codes=parts.settings.reply_codes is ReplyCodes.LONG,
        media=parts.settings.media,
        exports_tickets=parts.settings.tracker is not None,
        prometheus=tuple(parts.settings.prometheus),
        receivers=_receivers(parts.settings),
    )


def _incidents(parts: Parts) -> IncidentRules:
    """Return how incidents are run, by each team's holidays; what names no Prometheus asks the only one there is."""
    servers = [*parts.settings.prometheus]
    only = servers[0] if len(servers) == 1 else ""
    own = dict(parts.incidents.calendar.own_holidays)
    own.update({name: {**file.holidays, **own.get(name, {})} for name, file in parts.teams.items() if file.holidays})
    return replace(
        parts.incidents,
        calendar=replace(parts.incidents.calendar, own_holidays=own),
        checks=with_prometheus(parts.incidents.checks, only),
        ladder=slos_with_prometheus(parts.incidents.ladder, only),
    )


def _receivers(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    return {name: one.to if isinstance(one, MailReceiver) else () for name, one in settings.receivers.items()}


def _book(parts: Parts) -> Book:
    schedules: dict[str, Schedule] = {}
    for file in parts.teams.values():
        schedules.update({name: one for name, one in file.schedules.items() if one.id})
    zones = {name: one.zone for name, one in schedules.items()}
    overrides: list[Override] = []
    away: list[Away] = []
    for file in parts.teams.values():
        overrides += placed_overrides(file.overrides, zones, file.team.zone, len(overrides))
        for absence in file.away:
            person = parts.people.get(absence.person)
            away.append(absence.placed(person.zone if person is not None else file.team.zone))
    # Those of the files first, in their order: whoever looks for where one is written counts them.
    gone = (
        Away(person=one.id, start=one.until, end=FOR_GOOD) for one in parts.people.values() if one.until is not None
    )
    return Book(schedules=schedules, overrides=tuple(overrides), away=(*away, *gone))


def _silences(parts: Parts) -> tuple[Silence, ...]:
    silences = list(placed_silences(parts.owners.silences, _UTC, None))
    for team, file in parts.rules.items():
        zone = parts.teams[team].team.zone if team in parts.teams else _UTC
        silences += placed_silences(file.silences, zone, team)
    return tuple(silences)


def _policies(reader: Reader, parts: Parts) -> tuple[Mapping[str, EscalationPolicy], Mapping[str, Team]]:
    """Return all policies, and the teams with the one that each has in force."""
    policies = dict(parts.escalation.policies)
    teams: dict[str, Team] = {}
    has_standard = STANDARD in policies
    for name, file in parts.teams.items():
        team = file.team
        if file.escalation is None and not has_standard:
            # Teams fill different roles, so each has a default policy of its own.
            team = replace(team, escalation=f"{STANDARD}-{name}")
            policy = default_policy(team.escalation, {**parts.escalation.roles, **team.roles})
            policies[policy.id] = policy
            reader.settle(("teams", name, "escalation"), policy.id)
            _remember_policy(reader, policy)
            if not policy.steps:
                hint = "name a schedule or a person: primary: ..."
                reader.report("E301", file.span, f"team {name} has nobody to page: it fills no role", "primary", hint)
        teams[name] = _with_digest(reader, team, file.digest_at, parts.settings)
    return policies, teams


def _with_digest(reader: Reader, team: Team, written: DailyHour | None, settings: Settings) -> Team:
    hour = written or DailyHour(settings.digest_at)
    reader.settle(("teams", team.id, "digest_at"), str(hour))
    return replace(team, digest_at=hour.at)


def _remember_policy(reader: Reader, policy: EscalationPolicy) -> None:
    path = ("escalation", policy.id)
    for place, step in enumerate(policy.steps, 1):
        reader.remember((*path, "steps", str(place), "page"), ", ".join(step.targets))
        reader.remember((*path, "steps", str(place), "answer_within"), duration_text(step.answer_within))
    reader.remember((*path, "repeat"), str(policy.repeat))


def _operators(reader: Reader, parts: Parts) -> tuple[str, ...]:
    settings = parts.settings
    if settings.operators:
        return settings.operators
    people = tuple(parts.people)
    if len(people) > EVERYBODY_MAX:
        message = f"with {len(people)} people, somebody must be named who is told of pagerd's own troubles"
        reader.report("E609", Span("pagerd.yaml"), message, "operators: [a person]")
    reader.settle(("settings", "operators"), "[" + ", ".join(people[:EVERYBODY_MAX]) + "]")
    return people[:EVERYBODY_MAX]


def _approvers(reader: Reader, parts: Parts, operators: tuple[str, ...]) -> tuple[str, ...]:
    reader.settle(("settings", "approvers"), "[" + ", ".join(operators) + "]")
    return parts.settings.approvers or operators


def _last_resort(reader: Reader, parts: Parts) -> LastResort:
    written = parts.escalation.last_resort
    if written is not None:
        return written
    targets = parts.settings.operators or tuple(parts.people)
    if len(targets) > EVERYBODY_MAX:
        message = f"with {len(targets)} people, the last resort must be named"
        reader.report("E304", Span("rotations/escalation.yaml"), message, "last_resort: {page: [...]}")
    default = LastResort(targets=targets[:EVERYBODY_MAX])
    reader.origins.pop(("last_resort",), None)
    reader.remember(("last_resort", "page"), ", ".join(default.targets))
    reader.remember(("last_resort", "every"), duration_text(default.every))
    return default


def _fallback(reader: Reader, parts: Parts) -> str:
    written = parts.owners.fallback
    if written is not None:
        return written
    teams = sorted(parts.teams)
    if len(teams) == 1:
        reader.origins.pop(("fallback",), None)
        reader.remember(("fallback",), teams[0])
        return teams[0]
    if teams:
        message = "no team answers for what nobody owns"
        reader.report("E105", parts.owners.span, message, f"fallback: {' | '.join(teams[:12])}")
    return teams[0] if teams else ""
