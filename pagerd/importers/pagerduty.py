"""PagerDuty: the answers of its REST API, version 2, as files. docs/importing.md says which, and how they are got."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pagerd.core.plan import EscalationPolicy
from pagerd.importers.base import ExportFile, Imported, Rendered
from pagerd.importers.drafts import leaders_of, policy_of
from pagerd.importers.exports import Json
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.naming import Names
from pagerd.importers.pagerduty_export import Export, gather
from pagerd.importers.pagerduty_people import is_gone, leads, people_of
from pagerd.importers.pagerduty_schedules import Source, schedule_of
from pagerd.importers.teams import SourceService, SourceTeam, nobodys, team_drafts

PRODUCT = "PagerDuty"


def convert(files: tuple[ExportFile, ...], now: datetime) -> Imported:
    """Make pagerd's values of an export; what ended before `now` is left out. Raises Unreadable."""
    return _Conversion(gather(files), now).run()


@dataclass(slots=True)
class _Conversion:
    """One import on its way. Names are given in the order of ids, so that they are the same the next time."""

    export: Export
    now: datetime
    ledger: Ledger = field(default_factory=lambda: Ledger(PRODUCT))
    names: Names = field(default_factory=Names)
    teams: dict[str, SourceTeam] = field(default_factory=dict)
    schedules: dict[str, str] = field(default_factory=dict)
    rendered: list[Rendered] = field(default_factory=list)

    def run(self) -> Imported:
        """Convert everything, in the order in which things name each other."""
        export, ledger = self.export, self.ledger
        for id_, team in sorted(export.teams.items()):
            name = team.field("name").text()
            entry = ledger.entry("team", id_, name)
            self.teams[id_] = SourceTeam(entry, self.names.give(name, otherwise=f"team-{id_}"))
        wishes = {id_: one.field("name").text() for id_, one in sorted(export.schedules.items())}
        named = {
            id_: self.names.give(name, f"{name} schedule", otherwise=f"schedule-{id_}") for id_, name in wishes.items()
        }
        people = {
            id_: self.names.give(user.field("name").text(), user.text_of("email").partition("@")[0], otherwise=id_)
            for id_, user in sorted(export.users.items())
            if not is_gone(user)
        }
        self._schedules(named, Source(people, ledger, self.now))
        policies = self._policies(people)
        drafts, kept = team_drafts(self.teams, self._services(), policies, self._owners(policies), self.names, ledger)
        persons = people_of((user for _, user in sorted(export.users.items())), people, _mentioned(export), ledger)
        for key, file in export.others.items():
            ledger.entry("key", key, file).leave_out("nothing of it has a place in pagerd's files")
        return Imported(
            product=PRODUCT,
            people=persons,
            teams=drafts,
            policies=kept,
            leaders=leaders_of(
                (one.value for one in persons), {people[id_] for id_ in people if leads(export.users[id_])}
            ),
            rows=ledger.rows,
            rendered=tuple(self.rendered),
        )

    def _team_for(self, *owners: Iterable[Json]) -> str:
        """Return the first team that one of several things names, else that of whatever has none."""
        for references in owners:
            for one in references:
                if (id_ := one.field("id").text()) in self.teams:
                    return id_
        return nobodys(self.teams, self.names, PRODUCT)

    def _schedules(self, named: Mapping[str, str], source: Source) -> None:
        by_policy: dict[str, list[Json]] = {}
        for _, policy in sorted(self.export.escalation_policies.items()):
            for target in _targets(policy):
                by_policy.setdefault(target.field("id").text(), []).extend(policy.list_of("teams"))
        for id_, schedule in sorted(self.export.schedules.items()):
            found = schedule_of(schedule, named[id_], self.export.overrides.get(id_, ()), source)
            if found is None:
                continue
            self.schedules[id_] = named[id_]
            team = self.teams[self._team_for(schedule.list_of("teams"), by_policy.get(id_, ()))]
            team.schedules.append(found.draft)
            team.overrides.extend(found.overrides)
            if found.rendered is not None:
                self.rendered.append(found.rendered)

    def _policies(self, people: Mapping[str, str]) -> dict[str, tuple[Entry, EscalationPolicy]]:
        names = Names({"standard"})
        found: dict[str, tuple[Entry, EscalationPolicy]] = {}
        for id_, policy in sorted(self.export.escalation_policies.items()):
            name = policy.field("name").text()
            entry = self.ledger.entry("escalation policy", id_, name)
            given = names.give(name, otherwise=f"policy-{id_}")
            repeat = policy.get("num_loops")
            steps = [
                self._step(rule, place, people, entry)
                for place, rule in enumerate(policy.list_of("escalation_rules"), 1)
            ]
            made = policy_of(entry, given, steps, 0 if repeat is None else repeat.integer())
            if made is not None:
                entry.becomes = f"policy {given}"
                found[id_] = (entry, made)
        return found

    def _step(
        self, rule: Json, place: int, people: Mapping[str, str], entry: Entry
    ) -> tuple[tuple[str, ...], timedelta]:
        targets: list[str] = []
        for target in rule.list_of("targets"):
            id_ = target.field("id").text()
            found = self.schedules.get(id_) or people.get(id_)
            if found is None:
                entry.change(f"step {place} does not page {target.text_of('summary', id_)}: not imported")
            else:
                targets.append(found)
        strategy = rule.get("escalation_rule_assignment_strategy")
        if strategy is not None and strategy.text_of("type") == "round_robin":
            entry.change(f"step {place} pages all of its targets: in pagerd none is paged in turns")
        return tuple(targets), timedelta(minutes=rule.field("escalation_delay_in_minutes").integer())

    def _services(self) -> list[SourceService]:
        found: list[SourceService] = []
        for id_, service in sorted(self.export.services.items()):
            name = service.field("name").text()
            if service.text_of("status") == "disabled":
                self.ledger.entry("service", id_, name).leave_out("switched off there")
                continue
            reference = service.get("escalation_policy")
            policy = None if reference is None else reference.field("id").text()
            known = self.export.escalation_policies.get(policy or "")
            team = self._team_for(service.list_of("teams"), known.list_of("teams") if known is not None else ())
            found.append(SourceService(id_, name, team, policy))
        return found

    def _owners(self, policies: Iterable[str]) -> Mapping[str, str]:
        """Return the team of each policy; one without a team and without a service is nobody's."""
        found: dict[str, str] = {}
        for id_ in policies:
            policy = self.export.escalation_policies[id_]
            references = [one for one in policy.list_of("teams") if one.field("id").text() in self.teams]
            if references:
                found[id_] = references[0].field("id").text()
            elif not self.export.teams:
                found[id_] = self._team_for()
        return found


def _targets(policy: Json) -> list[Json]:
    return [target for rule in policy.list_of("escalation_rules") for target in rule.list_of("targets")]


def _mentioned(export: Export) -> set[str]:
    """Return the ids of users whom a layer, an override or a policy names."""
    found = {target.field("id").text() for policy in export.escalation_policies.values() for target in _targets(policy)}
    for schedule in export.schedules.values():
        for layer in schedule.field("schedule_layers").items():
            found.update(one.field("user").field("id").text() for one in layer.field("users").items())
        rendered = schedule.get("overrides_subschedule")
        listed = [] if rendered is None else rendered.list_of("rendered_schedule_entries")
        found.update(one.field("user").field("id").text() for one in listed)
    for overrides in export.overrides.values():
        found.update(one.field("user").field("id").text() for one in overrides)
    return found
