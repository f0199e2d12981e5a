"""GoAlert: the answers of its GraphQL API as files. docs/importing.md has the query, and how it is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.people import Medium, Person, Urgency
from pagerd.core.plan import EscalationPolicy
from pagerd.importers.base import ExportFile, Imported, Noted, Rendered, ScheduleDraft
from pagerd.importers.contacts import Phones, a_person, mail_of, zone_of
from pagerd.importers.drafts import leaders_of, policy_of
from pagerd.importers.exports import Json
from pagerd.importers.goalert_export import Export, gather
from pagerd.importers.goalert_rotations import Rotation, layers_of, rotation_of
from pagerd.importers.goalert_schedules import Source, schedule_of
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.naming import Names
from pagerd.importers.teams import SourceService, SourceTeam, nobodys, team_drafts

PRODUCT = "GoAlert"

_FOREVER = 10
"""What stands for a policy that is gone through for ever; then comes the last resort, which never ends."""

_MEDIA = {
    "SMS": Medium.SMS,
    "VOICE": Medium.VOICE,
    "EMAIL": Medium.EMAIL,
    "builtin-twilio-sms": Medium.SMS,
    "builtin-twilio-voice": Medium.VOICE,
    "builtin-smtp-email": Medium.EMAIL,
}
_ADDRESS_KEYS = ("phone_number", "email_address")
_TARGET_KEYS = {
    "builtin-user": ("user", "user_id"),
    "builtin-schedule": ("schedule", "schedule_id"),
    "builtin-rotation": ("rotation", "rotation_id"),
}


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
    schedules: dict[str, str] = field(default_factory=dict)
    rotations: dict[str, tuple[Entry, Rotation]] = field(default_factory=dict)
    rotation_schedules: dict[str, str] = field(default_factory=dict)
    rendered: list[Rendered] = field(default_factory=list)

    def run(self) -> Imported:
        """Convert everything, in the order in which things name each other."""
        export, ledger = self.export, self.ledger
        teams: dict[str, SourceTeam] = {}
        # It has no teams: one answers for everything here, until somebody says who answers for what.
        team = teams[nobodys(teams, self.names, PRODUCT)]
        named = {
            id_: self.names.give(one.text_of("name"), f"{one.text_of('name')} schedule", otherwise=f"schedule-{id_}")
            for id_, one in sorted(export.schedules.items())
        }
        people = {
            id_: self.names.give(user.text_of("name"), user.text_of("email").partition("@")[0], otherwise=f"user-{id_}")
            for id_, user in sorted(export.users.items())
        }
        persons = tuple(self._people(people))
        self._rotations(people)
        source = Source(export, ledger, people, {id_: one for id_, (_, one) in self.rotations.items()}, self.now)
        for id_, schedule in sorted(export.schedules.items()):
            found = schedule_of(schedule, named[id_], source)
            if found is None:
                continue
            self.schedules[id_] = named[id_]
            team.schedules.append(found.draft)
            team.overrides.extend(found.overrides)
            if found.rendered is not None:
                self.rendered.append(found.rendered)
        policies = self._policies(people, team)
        self._say_unused()
        drafts, kept = team_drafts(teams, self._services(), policies, {}, self.names, ledger)
        for key, file in export.others.items():
            ledger.entry("key", key, file).leave_out("nothing of it has a place in pagerd's files")
        admins = {people[id_] for id_, user in export.users.items() if user.text_of("role") == "admin"}
        return Imported(
            product=PRODUCT,
            people=persons,
            teams=drafts,
            policies=kept,
            leaders=leaders_of((one.value for one in persons), admins),
            rows=ledger.rows,
            rendered=tuple(self.rendered),
        )

    def _people(self, people: Mapping[str, str]) -> Iterable[Noted[Person]]:
        phones, zone = Phones(), self._usual_zone()
        for id_, user in sorted(self.export.users.items()):
            entry = self.ledger.entry("user", id_, user.text_of("name"))
            entry.becomes = f"person {people[id_]}"
            yield Noted(_person(user, people[id_], zone, phones, entry), entry.notes)

    def _usual_zone(self) -> ZoneInfo:
        """Return the zone that most schedules are in: a user has none there."""
        keys = [one.text_of("timeZone") for one in self.export.schedules.values()]
        usual = min(keys, key=lambda key: (-keys.count(key), key), default="")
        return zone_of(usual, Entry(PRODUCT, "installation", "", ""))

    def _rotations(self, people: Mapping[str, str]) -> None:
        for id_, one in sorted(self.export.rotations.items()):
            entry = self.ledger.entry("rotation", id_, one.text_of("name"))
            found = rotation_of(one, entry, people, self.now)
            if found is not None:
                self.rotations[id_] = (entry, found)

    def _policies(self, people: Mapping[str, str], team: SourceTeam) -> dict[str, tuple[Entry, EscalationPolicy]]:
        names = Names({"standard"})
        found: dict[str, tuple[Entry, EscalationPolicy]] = {}
        for id_, policy in sorted(self.export.policies.items()):
            entry = self.ledger.entry("escalation policy", id_, policy.text_of("name"))
            if not policy.list_of("steps"):
                entry.leave_out("it has no steps")
                continue
            given = names.give(entry.name, otherwise=f"policy-{id_}")
            steps = [
                (tuple(self._targets(step, place, people, team, entry)), _wait(step))
                for place, step in enumerate(policy.list_of("steps"), start=1)
            ]
            repeat = policy.get("repeat")
            times = 0 if repeat is None else repeat.integer() if repeat.value != -1 else _FOREVER
            if repeat is not None and repeat.value == -1:
                entry.change(f"it is gone through {_FOREVER} more times, not for ever: then the last resort is paged")
            made = policy_of(entry, given, steps, times)
            if made is not None:
                entry.becomes = f"policy {given}"
                found[id_] = (entry, made)
        return found

    def _targets(
        self, step: Json, place: int, people: Mapping[str, str], team: SourceTeam, entry: Entry
    ) -> Iterable[str]:
        """Give whom a step pages; a rotation there stands on its own, and is a schedule here."""
        for target in step.list_of("targets") or step.list_of("actions"):
            kind, id_ = _target(target)
            found = {"user": people.get(id_), "schedule": self.schedules.get(id_)}.get(kind)
            if kind == "rotation" and id_ in self.rotations:
                found = self._schedule_of_rotation(id_, team)
            if found is not None:
                yield found
            elif kind in {"user", "schedule", "rotation"}:
                entry.change(f"step {place} does not page {kind} {id_}: not imported")
            else:
                entry.change(f"step {place} does not go to {kind}: steps here page people and schedules")

    def _schedule_of_rotation(self, id_: str, team: SourceTeam) -> str:
        if id_ not in self.rotation_schedules:
            entry, rotation = self.rotations[id_]
            name = self.names.give(entry.name, f"{entry.name} rotation", otherwise=f"rotation-{id_}")
            layers = layers_of(rotation, entry.name, rotation.zone, (), entry, self.now)
            level = tuple(Noted(layer) for layer in layers)
            team.schedules.append(Noted(ScheduleDraft(id=name, zone=rotation.zone, levels=(level,)), entry.notes))
            entry.becomes = f"schedule {name}"
            self.rotation_schedules[id_] = name
        return self.rotation_schedules[id_]

    def _say_unused(self) -> None:
        """Say of rotations whether anything uses them."""
        targets = [one for schedule in self.export.schedules.values() for one in schedule.list_of("targets")]
        used = {one.field("target").field("id").text() for one in targets} | self.rotation_schedules.keys()
        for id_, (entry, _) in self.rotations.items():
            if id_ not in used:
                entry.leave_out("no schedule and no policy uses it")
            elif entry.becomes is None:
                entry.becomes = "the turns of a layer"

    def _services(self) -> list[SourceService]:
        return [
            SourceService(id_, service.text_of("name", id_), "", service.text_of("escalationPolicyID") or None)
            for id_, service in sorted(self.export.services.items())
        ]


def _wait(step: Json) -> timedelta:
    return timedelta(minutes=step.field("delayMinutes").integer())


def _target(target: Json) -> tuple[str, str]:
    """Return kind and id of a target of either form: of an older GoAlert, or of one that has destinations."""
    kind, arguments = target.text_of("type"), target.get("args")
    if arguments is None:
        return kind, target.text_of("id")
    known, key = _TARGET_KEYS.get(kind, (kind.removeprefix("builtin-"), ""))
    return known, arguments.text_of(key) if key else ""


def _person(user: Json, id_: str, zone: ZoneInfo, phones: Phones, entry: Entry) -> Person:
    media: dict[str, Medium] = {}
    addresses: dict[Medium, str] = {}
    order = sorted(user.list_of("notificationRules"), key=_delay)
    first = {rule.text_of("contactMethodID"): place for place, rule in reversed(list(enumerate(order)))}
    methods = user.list_of("contactMethods")
    # Of two numbers for texts the one that is tried first is kept.
    for method in sorted(methods, key=lambda one: first.get(one.text_of("id"), len(order))):
        kind, value = _method(method)
        medium = _MEDIA.get(kind)
        if medium is None:
            entry.change(f"contact method {method.text_of('name', kind)} is left out: {kind} is none of pagerd's")
        elif method.is_on("disabled", otherwise=False):
            entry.change(f"contact method {method.text_of('name', kind)} is left out: it is switched off there")
        elif medium in addresses:
            entry.change(f"a second address for {medium.value}, {method.text_of('name', kind)}, is left out")
        else:
            address = mail_of(value, entry) if medium is Medium.EMAIL else phones.take(value, id_, entry)
            if address is not None:
                addresses[medium] = address
                media[method.text_of("id")] = medium
    if Medium.EMAIL not in addresses and (mail := mail_of(user.text_of("email"), entry)) is not None:
        addresses[Medium.EMAIL] = mail
    rules = [
        (media[one.text_of("contactMethodID")], _delay(one)) for one in order if one.text_of("contactMethodID") in media
    ]
    return a_person(
        entry,
        id=id_,
        name=user.text_of("name"),
        zone=zone_of("", entry, zone),
        addresses=addresses,
        orders={Urgency.HIGH: rules},
    )


def _delay(rule: Json) -> timedelta:
    found = rule.get("delayMinutes")
    return timedelta(minutes=0 if found is None else found.integer())


def _method(method: Json) -> tuple[str, str]:
    """Return kind and address of a contact method of either form."""
    destination = method.get("dest")
    if destination is None:
        return method.text_of("type"), method.text_of("value")
    arguments = destination.field("args")
    return destination.text_of("type"), next(
        (arguments.text_of(key) for key in _ADDRESS_KEYS if arguments.get(key)), ""
    )
