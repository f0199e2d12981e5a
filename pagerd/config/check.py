"""Cross checks: what only shows when all files are seen together. Everything here is a finding, nothing raises.

Names first. What the names lead to is checked in `check_people.py` (who can be reached, which steps can fire, who is
missing from the calendar) and `check_rules.py` (what pages, and what is over).
"""

from collections.abc import Iterable
from datetime import datetime

from pagerd.config.check_ahead import prove
from pagerd.config.check_heartbeats import check_heartbeats
from pagerd.config.check_incidents import check_incidents
from pagerd.config.check_people import check_people
from pagerd.config.check_rules import check_rules
from pagerd.config.findings import Span, errors
from pagerd.config.parts import Parts
from pagerd.config.people import FILE as PEOPLE_FILE
from pagerd.config.reader import Path, Reader
from pagerd.core.oncall.schedule import OverrideKind, Schedule
from pagerd.core.plan import Plan
from pagerd.core.suggestions import listed, nearest


def check(reader: Reader, parts: Parts, plan: Plan, now: datetime, *, proves: bool) -> None:
    """Note everything that does not fit together; with `proves` also what the calendar of the next 400 days has."""
    names = _Names(reader, parts, plan)
    names.have_somebody()
    names.share_one_namespace()
    names.of_settings_and_teams()
    names.of_schedules()
    names.of_exceptions()
    names.of_escalation()
    names.of_rules()
    names.of_calendar()
    names.of_checklists()
    names.of_heartbeats()
    names.of_messages()
    check_people(reader, parts, plan, None if proves else now)
    check_rules(reader, parts, plan, now)
    check_heartbeats(reader, parts, plan, now)
    check_incidents(reader, parts, plan)
    # A schedule with mistakes in it answers for nobody; the mistakes are told, what follows from them would be noise.
    if proves and not errors(reader.findings):
        prove(reader, plan, now)


class _Names:
    """Looks up every name that is used."""

    def __init__(self, reader: Reader, parts: Parts, plan: Plan) -> None:
        self.reader = reader
        self.parts = parts
        self.plan = plan
        # What is there but broken has its own finding; that others name it is not a second mistake.
        written = reader.names_under("people")
        self.people = written | {name.lower() for name in written} | set(plan.people)
        self.schedules = {name for team in parts.teams for name in reader.names_under("teams", team, "schedules")}
        self.policies = reader.names_under("escalation") | set(plan.policies)
        self.severities = reader.names_under("severities") | set(plan.severities)
        self.roles = set(plan.roles).union(*(team.roles for team in plan.teams.values()))

    def have_somebody(self) -> None:
        """Somebody must be there, and whoever wrote it wrongly is told that alone."""
        if not self.people and not any(one.span.file == PEOPLE_FILE for one in self.reader.findings):
            span = self.reader.span_of(("people",), Span(PEOPLE_FILE))
            self.reader.report("E009", span, "there is nobody in it", "people: mapping of names to people")

    def share_one_namespace(self) -> None:
        """People, teams, schedules and roles are named by the same words in steps and commands."""
        taken: dict[str, tuple[str, Span]] = {}
        for what, name, path in self._given():
            span = self.reader.span_of(path, Span("rotations"))
            first = taken.setdefault(name, (what, span))
            if first != (what, span) and not (what == first[0] == "role"):
                message = f"{what} {name} has the name of {first[0]} {name}"
                expected = "one name for one thing: people, teams, schedules and roles share them"
                self.reader.report("E020", span, message, expected, f"the first is {first[1]}")
        services: dict[str, str] = {}
        for name, team in self.plan.teams.items():
            for service in team.services:
                owner = services.setdefault(service.id, name)
                if owner != name:
                    span = self.reader.span_of(("teams", name, "services", service.id), Span("rotations"))
                    message = f"service {service.id} is listed by team {owner} too"
                    self.reader.report("E020", span, message, "one team for a service")

    def _given(self) -> Iterable[tuple[str, str, Path]]:
        for name in self.parts.people:
            yield "person", name, ("people", name)
        for name, file in self.parts.teams.items():
            yield "team", name, ("teams", name, "team")
            for schedule in file.schedules:
                yield "schedule", schedule, ("teams", name, "schedules", schedule)
        for role in self.plan.roles:
            yield "role", role, ("roles", role)
        for name, team in self.plan.teams.items():
            for role in team.roles:
                yield "role", role, _role_path(self.reader, name, role)

    def known(self, what: str, name: str, known: Iterable[str], path: Path) -> bool:
        """Note a name that nothing has."""
        candidates = set(known)
        if not name or name in candidates or ("person" in what and not self.people):
            # Without anybody in people.yaml that is the mistake, not each place where somebody is named.
            return True
        span = self.reader.span_of(path, Span("pagerd.yaml"))
        expected = listed(candidates) or f"a {what} that is there: none is yet"
        self.reader.report("E021", span, f"there is no {what} {name}", expected, nearest(name, candidates))
        return False

    def of_settings_and_teams(self) -> None:
        """Operators, approvers, roles, policies, runbooks of services."""
        for place, name in enumerate(self.parts.settings.operators, 1):
            self.known("person", name, self.people, ("settings", "operators", str(place)))
        for place, name in enumerate(self.parts.settings.approvers, 1):
            self.known("schedule or person", name, self.schedules | self.people, ("settings", "approvers", str(place)))
        if not self.parts.teams:
            self.reader.report(
                "E105", Span("rotations"), "there is no team: nobody would be paged", "rotations/TEAM.yaml"
            )
        for name, file in self.parts.teams.items():
            for role, target in file.team.roles.items():
                path = _role_path(self.reader, name, role)
                self.known("schedule or person", target, self.schedules | self.people, path)
            if file.escalation is not None:
                self.known("escalation policy", file.escalation, self.policies, ("teams", name, "escalation"))
            for service in file.team.services:
                path = ("teams", name, "services", service.id, "runbook")
                self.known("runbook", service.runbook or "", self.plan.runbooks, path)

    def of_schedules(self) -> None:
        """People in layers, and what is copied."""
        for team, file in self.parts.teams.items():
            for name, schedule in file.schedules.items():
                path: Path = ("teams", team, "schedules", name)
                self._layers(schedule, path)
                self._besides(schedule, path)
                if schedule.copy is None or not self.known("schedule", schedule.copy, self.schedules, (*path, "copy")):
                    continue
                copied = self.plan.book.schedules.get(schedule.copy)
                if copied is not None and copied.copy is not None:
                    span = self.reader.span_of((*path, "copy"), Span("rotations"))
                    what = "itself" if copied.id == name else f"{copied.id}, which is a copy"
                    self.reader.report("E203", span, f"{name} copies {what}", "a schedule with layers")

    def _layers(self, schedule: Schedule, path: Path) -> None:
        for place, level in enumerate(schedule.levels, 1):
            for beside, layer in enumerate(level, 1):
                here: Path = (*path, "layers", str(place), str(beside))
                if not self.reader.is_written((*here, "people")):
                    here = (*path, "layers", str(place))
                for turn, members in enumerate(layer.members, 1):
                    for one, person in enumerate(members, 1):
                        self.known("person", person, self.people, (*here, "people", str(turn), str(one)))

    def _besides(self, schedule: Schedule, path: Path) -> None:
        """Who has fixed shifts, and who is a shadow."""
        for place, person in enumerate(schedule.shadows, 1):
            self.known("person", person, self.people, (*path, "shadow", str(place)))
        for number, shift in enumerate(schedule.fixed, 1):
            for key, people in (("person", shift.people), ("shadow", shift.shadows)):
                for place, person in enumerate(people, 1):
                    self.known("person", person, self.people, (*path, "shifts", str(number), key, str(place)))

    def of_exceptions(self) -> None:
        """Overrides and absences."""
        for team, file in self.parts.teams.items():
            for override in file.overrides:
                path = override.path
                if self.known("schedule", override.schedule, self.schedules, (*path, "schedule")):
                    schedule = self.plan.book.schedules.get(override.schedule)
                    if schedule is not None and schedule.team != team:
                        span = self.reader.span_of((*path, "schedule"), Span("rotations"))
                        message = f"{schedule.id} is team {schedule.team}'s"
                        self.reader.report("E207", span, message, f"the override in team {schedule.team}'s file")
                key = "add" if override.kind is OverrideKind.ADD else "person"
                for place, person in enumerate(override.people, 1):
                    self.known("person", person, self.people, (*path, key, str(place)))
                key = "remove" if override.kind is OverrideKind.REMOVE else "instead_of"
                self.known("person", override.instead_of or "", self.people, (*path, key))
            for absence in file.away:
                self.known("person", absence.person, self.people, (*absence.path, "person"))

    def of_escalation(self) -> None:
        """Shared roles, steps, the last resort."""
        found = self.schedules | self.people
        for role, target in self.parts.escalation.roles.items():
            self.known("schedule or person", target, found, ("roles", role))
        for name, policy in self.parts.escalation.policies.items():
            for place, step in enumerate(policy.steps, 1):
                for one, target in enumerate(step.targets, 1):
                    path = ("escalation", name, "steps", str(place), "page", str(one))
                    self.known("role, schedule or person", target, found | self.roles, path)
        if self.parts.escalation.last_resort is not None:
            for one, target in enumerate(self.parts.escalation.last_resort.targets, 1):
                # It stands behind all teams alike, so a role that each team fills otherwise means nobody in particular.
                known = found | set(self.plan.roles)
                self.known("schedule, person or shared role", target, known, ("last_resort", "page", str(one)))

    def of_rules(self) -> None:
        """Owners, rules, severities, runbooks."""
        teams = self.parts.teams
        for place, owner in enumerate(self.parts.owners.owners, 1):
            self.known("team", owner.team or "", teams, ("owners", str(place), "team"))
        self.known("team", self.parts.owners.fallback or "", teams, ("fallback",))
        for label, severity in self.parts.severity.labels.items():
            self.known("severity", severity, self.severities, ("labels", label))
        everybody = self.schedules | self.people | self.roles
        for name, one in self.parts.severity.severities.items():
            for key, targets in (("joins", one.incident.joins), ("leadership", one.incident.leadership)):
                for place, target in enumerate(targets, 1):
                    path: Path = ("severities", name, key, str(place))
                    self.known("role, schedule or person", target, everybody, path)
        for team, file in self.parts.rules.items():
            self.known("team", team, teams, ("rules", team, "team"))
            for place, rule in enumerate(file.rules, 1):
                path = ("rules", team, "rules", str(place))
                self.known("severity", rule.severity or "", self.severities, (*path, "severity"))
                self.known("runbook", rule.runbook or "", self.plan.runbooks, (*path, "runbook"))

    def of_calendar(self) -> None:
        """Teams with holidays of their own."""
        for team in self.parts.incidents.calendar.own_holidays:
            self.known("team", team, self.parts.teams, ("calendar", "team_holidays", team))

    def of_messages(self) -> None:
        """Receivers, teams and severities of the routes of messages."""
        settings = self.parts.settings
        known: dict[str, tuple[str, Iterable[str]]] = {
            "to": ("receiver", settings.receivers),
            "teams": ("team", self.parts.teams),
            "severities": ("severity", self.severities),
        }
        for place, route in enumerate(self.parts.incidents.messages.routes or (), 1):
            for key, (what, candidates) in known.items():
                for one, name in enumerate(getattr(route, key), 1):
                    path: Path = ("messages", "routes", str(place), key, str(one))
                    self.known(what, name, candidates, path)

    def of_checklists(self) -> None:
        """The severities whose incidents have one, and who is called when all are."""
        everybody = self.schedules | self.people | self.roles
        for place, target in enumerate(self.parts.incidents.all_hands, 1):
            self.known("role, schedule or person", target, everybody, ("all_hands", str(place)))
        for one in self.parts.incidents.checklists:
            for place, severity in enumerate(one.severities, 1):
                path: Path = ("checklists", one.id, "severities", str(place))
                self.known("severity", severity, self.severities, path)

    def of_heartbeats(self) -> None:
        """What is named by the alert of a heartbeat that is late, and who feeds it."""
        settings = self.parts.settings
        severities = self.severities | set(self.plan.severity_labels)
        services = {service.id for team in self.plan.teams.values() for service in team.services}
        for name, source in settings.sources.items():
            if source.heartbeat is None:
                continue
            path: Path = ("settings", "sources", name)
            labels = source.heartbeat.labels
            self.known("team", labels.get("team", ""), self.parts.teams, (*path, "team"))
            self.known("service", labels.get("service", ""), services, (*path, "service"))
            self.known("severity", labels.get("severity", ""), severities, (*path, "severity"))
            runbook = source.heartbeat.annotations.get("runbook", "")
            self.known("runbook", runbook, self.plan.runbooks, (*path, "runbook"))
            senders = {one for one in settings.sources if settings.sources[one].heartbeat is None}
            self.known("source that sends alerts", source.heartbeat.fed_by or "", senders, (*path, "from"))


def _role_path(reader: Reader, team: str, role: str) -> Path:
    """Return where a team says who fills a role: three have keys of their own."""
    own: Path = ("teams", team, role)
    return own if reader.is_written(own) else ("teams", team, "roles", role)
