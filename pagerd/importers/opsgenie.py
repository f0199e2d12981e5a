"""Opsgenie: the answers of its REST API as files, or the directory that its backup tool writes (docs/importing.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from pagerd.core.plan import EscalationPolicy
from pagerd.importers.base import ExportFile, Imported, Noted, Rendered, ScheduleDraft
from pagerd.importers.drafts import leaders_of, policy_of
from pagerd.importers.exports import Json
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.naming import Names
from pagerd.importers.opsgenie_export import Export, gather, word_of
from pagerd.importers.opsgenie_people import is_gone, leads, length_of, people_of
from pagerd.importers.opsgenie_schedules import (
    Converted,
    Source,
    forwarded,
    overrides_of,
    rendered_of,
    schedule_of,
)
from pagerd.importers.teams import SourceService, SourceTeam, nobodys, team_drafts

PRODUCT = "Opsgenie"

LAST_WAIT = timedelta(minutes=10)
"""How long the last step waits before the last resort, where the source has nothing to wait for there."""


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
    people: dict[str, str] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    schedules: dict[str, Converted] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)
    rendered: list[Rendered] = field(default_factory=list)

    def run(self) -> Imported:
        """Convert everything, in the order in which things name each other."""
        export, ledger = self.export, self.ledger
        for id_, team in sorted(export.teams.items()):
            name = team.field("name").text()
            self.teams[id_] = SourceTeam(
                ledger.entry("team", id_, name), self.names.give(name, otherwise=f"team-{id_}")
            )
        wishes = {id_: one.field("name").text() for id_, one in sorted(export.schedules.items())}
        named = {
            id_: self.names.give(name, f"{name} schedule", otherwise=f"schedule-{id_}") for id_, name in wishes.items()
        }
        for id_, user in sorted(export.users.items()):
            if not is_gone(user):
                mail = user.field("username").text().partition("@")[0]
                self.people[id_] = self.names.give(user.text_of("fullName"), mail, otherwise=f"user-{id_}")
        for id_, team in sorted(export.teams.items()):
            ids = [one.field("user").field("id").text() for one in team.list_of("members")]
            self.members[id_] = tuple(dict.fromkeys(self.people[one] for one in ids if one in self.people))
        self._schedules(named)
        policies = self._policies()
        self._routings(policies)
        owners = {id_: owner for id_ in policies if (owner := self._owner(export.escalations[id_])) is not None}
        drafts, kept = team_drafts(self.teams, self._services(), policies, owners, self.names, ledger)
        persons = people_of((user for _, user in sorted(export.users.items())), self.people, export, ledger)
        for file in export.others:
            ledger.entry("file", file).leave_out("nothing in it has a place in pagerd's files")
        return Imported(
            product=PRODUCT,
            people=persons,
            teams=drafts,
            policies=kept,
            leaders=leaders_of(
                (one.value for one in persons),
                {self.people[id_] for id_ in self.people if leads(export.users[id_])},
            ),
            rows=ledger.rows,
            rendered=tuple(self.rendered),
        )

    def _owner(self, thing: Json) -> str | None:
        """Return the id of the team that something belongs to, if that team is imported."""
        owner = thing.get("ownerTeam")
        id_ = owner.text_of("id") if owner is not None else ""
        return id_ if id_ in self.teams else None

    def _source(self) -> Source:
        firsts: dict[str, tuple[str, ...]] = {}
        for id_, escalation in self.export.escalations.items():
            rules = sorted(escalation.list_of("rules"), key=_delay_of)
            recipient = rules[0].get("recipient") if rules else None
            person = self.people.get(recipient.text_of("id")) if recipient is not None else None
            firsts[id_] = () if person is None else (person,)
        return Source(self.people, self.members, firsts, self.ledger, self.now)

    def _schedules(self, named: Mapping[str, str]) -> None:
        source = self._source()
        for id_, schedule in sorted(self.export.schedules.items()):
            found = schedule_of(schedule, named[id_], source)
            if found is not None:
                self.schedules[id_] = found
        for rule in sorted(self.export.forwardings, key=lambda one: one.text_of("id") or one.text_of("alias")):
            for converted, override in forwarded(rule, self.schedules.values(), source):
                converted.overrides.append(override)
        for id_, converted in self.schedules.items():
            converted.overrides += overrides_of(self.export.overrides.get(id_, ()), converted, source)
            owner = self._owner(self.export.schedules[id_])
            team = self.teams[owner if owner is not None else nobodys(self.teams, self.names, PRODUCT)]
            team.schedules.append(converted.draft)
            team.overrides.extend(converted.overrides)
            rendered = rendered_of(self.export.timelines.get(id_, ()), named[id_], source)
            if rendered is not None:
                self.rendered.append(rendered)

    def _policies(self) -> dict[str, tuple[Entry, EscalationPolicy]]:
        names = Names({"standard"})
        found: dict[str, tuple[Entry, EscalationPolicy]] = {}
        for id_, escalation in sorted(self.export.escalations.items()):
            name = escalation.field("name").text()
            entry = self.ledger.entry("escalation", id_, name)
            if not escalation.list_of("rules"):
                entry.leave_out("it has no rules")
                continue
            given = names.give(name, otherwise=f"policy-{id_}")
            repeat = escalation.get("repeat")
            count = repeat.get("count") if repeat is not None else None
            if repeat is not None and repeat.is_on("closeAlertAfterAll", otherwise=False):
                entry.change("at its end the alert is not closed: the last resort is paged until somebody answers")
            steps = self._steps(escalation, repeat, entry)
            made = policy_of(entry, given, steps, 0 if count is None else count.integer())
            if made is not None:
                entry.becomes = f"policy {given}"
                found[id_] = (entry, made)
        return found

    def _steps(self, escalation: Json, repeat: Json | None, entry: Entry) -> list[tuple[tuple[str, ...], timedelta]]:
        """Return the steps: the rules of one delay together, each until the next delay."""
        by_delay: dict[timedelta, list[str]] = {}
        for rule in sorted(escalation.list_of("rules"), key=_delay_of):
            by_delay.setdefault(_delay_of(rule), []).extend(self._targets(rule, entry))
        delays = list(by_delay)
        if delays[0]:
            entry.change("its first step goes at once, not after a delay")
        waits = [later - earlier for earlier, later in pairwise(delays)]
        again = repeat.get("waitInterval") if repeat is not None else None
        waits.append(timedelta(minutes=again.integer()) if again is not None and again.value else LAST_WAIT)
        return [(tuple(targets), wait) for targets, wait in zip(by_delay.values(), waits, strict=True)]

    def _targets(self, rule: Json, entry: Entry) -> list[str]:
        """Return the names of whom a rule notifies."""
        recipient = rule.field("recipient")
        kind, id_ = word_of(recipient.field("type")), recipient.text_of("id")
        notify = word_of(rule.field("notifyType")) if rule.get("notifyType") is not None else "default"
        named = recipient.text_of("name") or recipient.text_of("username", id_)
        if rule.get("condition") is not None and word_of(rule.field("condition")) == "if-not-closed":
            entry.change(f"{named} is paged while nobody answers; there it was until the alert was closed")
        if kind == "user" and id_ in self.people:
            return [self.people[id_]]
        if kind == "team" and self.members.get(id_):
            entry.change(f"of team {named} every member is paged")
            return list(self.members[id_])
        if kind == "schedule" and id_ in self.schedules:
            schedule = self.schedules[id_].draft.value.id
            if notify == "next":
                return [self._successor(id_)]
            if notify not in {"default", "users"}:
                entry.change(f"of schedule {named} whoever is on call is paged, not {notify}")
            return [schedule]
        entry.change(f"{kind} {named} is not imported, and not paged")
        return []

    def _successor(self, id_: str) -> str:
        """Return the schedule of whoever is next in another one; it is made where it is asked for."""
        if id_ not in self.successors:
            converted = self.schedules[id_]
            copied = converted.draft.value
            name = self.names.give(f"{copied.id}-next", otherwise="next")
            draft = ScheduleDraft(id=name, zone=copied.zone, copy=copied.id)
            owner = self._owner(self.export.schedules[id_])
            team = self.teams[owner if owner is not None else nobodys(self.teams, self.names, PRODUCT)]
            team.schedules.append(Noted(draft, (f"Whoever is next in {copied.id}, whom an escalation notifies",)))
            self.successors[id_] = name
        return self.successors[id_]

    def _routings(self, policies: Iterable[str]) -> None:
        """Find out by what each team escalates what matches none of its rules, and say which rules are left out."""
        owned = {self._owner(self.export.escalations[one]) for one in policies}
        for id_, team in self.teams.items():
            for rule in self.export.routings.get(id_, ()):
                notify = rule.field("notify")
                kind, target = word_of(notify.field("type")), notify.text_of("id")
                if not rule.is_on("isDefault", otherwise=False):
                    name = rule.text_of("name", rule.text_of("id", "?"))
                    team.entry.change(f"routing rule {name} is left out: say in rules/{team.name}.yaml what pages")
                elif kind == "escalation":
                    team.policy = target
                elif kind == "schedule" and target in self.schedules:
                    team.first = self.schedules[target].draft.value.id
                    if id_ in owned:
                        team.entry.change(
                            "its default routing rule notifies a schedule alone: here its escalation is in force"
                        )
                elif kind == "none":
                    team.entry.change("its default routing rule notifies nobody: in pagerd its roles are paged")

    def _services(self) -> Iterable[SourceService]:
        for id_, service in sorted(self.export.services.items()):
            yield SourceService(id_, service.field("name").text(), service.text_of("teamId") or None, None)


def _delay_of(rule: Json) -> timedelta:
    delay = rule.get("delay")
    return timedelta(0) if delay is None else length_of(delay)
