"""Writes what an import comes to as files of pagerd: the same text for the same export, each value with its origin.

Everything that the source says of people goes through `quoted` or into a comment of one line, so that no name there can
become a key here.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.config import starter
from pagerd.config.times import duration_text, turn_text
from pagerd.config.words import notification_rule_text
from pagerd.core.oncall.schedule import FixedShift, Layer, Override, OverrideKind
from pagerd.core.oncall.wall import clock, instant
from pagerd.core.people import Person
from pagerd.core.plan import EscalationPolicy
from pagerd.importers.base import Imported, Noted, ScheduleDraft, TeamDraft
from pagerd.importers.exports import plain
from pagerd.importers.walls import window_texts

LAST_RESORT_MAX = 20

_WIDTH = 118


@dataclass(frozen=True, slots=True)
class Texts:
    """The files of an import by name; those of `unless_there` are for a directory that has none of that name yet."""

    files: Mapping[str, str]
    unless_there: Mapping[str, str]


def texts_of(imported: Imported, kind: str) -> Texts:
    """Return the files. Those that an import may write over at another time begin with `MARK`."""
    files = {"rotations/people.yaml": _people(imported), "rotations/escalation.yaml": _escalation(imported)}
    files |= {f"rotations/{team.id}.yaml": _team(team) for team in imported.teams}
    return Texts(
        files={name: marked(kind, text) for name, text in sorted(files.items())},
        unless_there={"pagerd.yaml": _installation(imported), "rules/owners.yaml": _owners(imported)},
    )


MARK = re.compile(r"# Written by `pagerd import ([a-z-]+)`, digest ([0-9a-f]{16})\.")


def marked(kind: str, text: str) -> str:
    """Return a text with the line above it by which a later import knows that it is its own, and unedited."""
    return f"# Written by `pagerd import {kind}`, digest {_digest(text)}.\n{text}"


def is_unedited(text: str) -> bool:
    """Was a file written by an import, and is it still as it was written?"""
    first, _, rest = text.partition("\n")
    found = MARK.fullmatch(first)
    return found is not None and found[2] == _digest(rest)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def quoted(text: str) -> str:
    """Write a text of the source so that every reader of YAML reads the same, on one line."""
    return starter.quoted(plain(text))


def _comment(notes: Iterable[str], indent: str) -> Iterator[str]:
    for note in notes:
        begin = f"{indent}# "
        for word in plain(note).split(" "):
            if len(begin) + len(word) > _WIDTH and begin.strip() != "#":
                yield begin.rstrip()
                begin = f"{indent}#   "
            begin += f"{word} "
        yield begin.rstrip()


def _listed(names: Sequence[str]) -> str:
    return f"[{', '.join(names)}]"


def _people(imported: Imported) -> str:
    lines = ["# Everybody who can be paged, as they were there.", "people:"]
    for one in imported.people:
        lines += ["", *_comment(one.notes, "  "), *_person(one.value)]
    return _file(lines)


def _person(person: Person) -> Iterator[str]:
    yield f"  {person.id}:"
    yield f"    name: {quoted(person.name)}"
    yield f"    zone: {person.zone.key}"
    if person.sms is not None and person.sms == person.voice:
        yield f'    phone: "{person.sms}"'
    else:
        if person.sms is not None:
            yield f'    sms: "{person.sms}"'
        if person.voice is not None:
            yield f'    voice: "{person.voice}"'
    if person.email is not None:
        yield f"    email: {quoted(person.email)}"
    if person.notify:
        yield "    notify:"
        for urgency, rules in person.notify.items():
            yield f"      {urgency.value}: {_listed([notification_rule_text(rule) for rule in rules])}"


def _team(team: TeamDraft) -> str:
    lines = [*_comment(team.notes, ""), f"team: {team.id}", f"name: {quoted(team.name)}", f"zone: {team.zone.key}"]
    if team.escalation is not None:
        lines.append(f"escalation: {team.escalation}")
    lines += [f"{role}: {name}" for role, name in team.roles.items()]
    if team.services:
        lines += ["", "services: # alerts whose label service has this name are the team's"]
        for service in team.services:
            lines += [*_comment(service.notes, "  "), f"  {service.value}: {{}}"]
    if team.schedules:
        lines += ["", "schedules:"]
        for schedule in team.schedules:
            lines += [*_comment(schedule.notes, "  "), *_schedule(schedule.value)]
    if team.overrides:
        lines += ["", "overrides:"]
        zones = {one.value.id: one.value.zone for one in team.schedules}
        for override in team.overrides:
            lines += [*_comment(override.notes, "  "), *_override(override.value, zones[override.value.schedule])]
    return _file(lines)


def _schedule(schedule: ScheduleDraft) -> Iterator[str]:
    if schedule.copy is not None:
        yield f"  {schedule.id}: {{copy: {schedule.copy}, offset: {schedule.offset}}}"
        return
    yield f"  {schedule.id}:"
    yield f"    zone: {schedule.zone.key}"
    if schedule.levels:
        yield "    layers: # from the bottom up"
    for level in schedule.levels:
        if len(level) == 1:
            yield from _layer(level[0], schedule.zone, "      ")
        else:
            yield "      - # side by side: all of them are on call"
            for layer in level:
                yield from _layer(layer, schedule.zone, "        ")
    if schedule.fixed:
        yield "    shifts: # once, on top of the layers"
    for shift in schedule.fixed:
        yield from _comment(shift.notes, "      ")
        yield from _shift(shift.value, schedule.zone)


def _shift(shift: FixedShift, zone: ZoneInfo) -> Iterator[str]:
    start, end = _wall(_rounded(shift.start, zone)), _wall(_rounded(shift.end, zone, is_end=True))
    yield f"      - {{from: {start}, to: {end}, person: {_member(shift.people)}}}"


def _layer(noted: Noted[Layer], zone: ZoneInfo, indent: str) -> Iterator[str]:
    layer = noted.value
    yield from _comment(noted.notes, indent)
    pairs = {"name": quoted(layer.name)} if layer.name else {}
    if layer.every is not None:
        pairs["every"] = turn_text(layer.every)
    pairs["start"] = _wall(layer.start)
    pairs["people"] = _listed([_member(member) for member in layer.members])
    if layer.lasts is not None:
        pairs["for"] = turn_text(layer.lasts)
    if layer.only:
        pairs["only"] = _listed([text for window in layer.only for text in window_texts(window)])
    if layer.since is not None:
        pairs["from"] = _wall(layer.since)
    if layer.until is not None:
        pairs["until"] = _wall(layer.until)
    if layer.zone.key != zone.key:
        pairs["zone"] = layer.zone.key
    for place, (key, text) in enumerate(pairs.items()):
        yield f"{indent}{'  ' if place else '- '}{key}: {text}"


def _member(people: tuple[str, ...]) -> str:
    return people[0] if len(people) == 1 else _listed(people) if people else "none"


def _override(override: Override, zone: ZoneInfo) -> Iterator[str]:
    pairs = {
        "schedule": override.schedule,
        "from": _wall(_rounded(override.start, zone)),
        "to": _wall(_rounded(override.end, zone, is_end=True)),
    }
    people = override.people[0] if len(override.people) == 1 else _listed(override.people)
    match override.kind:
        case OverrideKind.REPLACE:
            pairs |= {"person": people, "instead_of": override.instead_of or ""}
        case OverrideKind.EVERYBODY:
            pairs["person"] = people
        case OverrideKind.ADD:
            pairs["add"] = people
        case OverrideKind.REMOVE:
            pairs["remove"] = override.instead_of or ""
    if override.why:
        pairs["why"] = quoted(override.why)
    yield "  - {" + ", ".join(f"{key}: {text}" for key, text in pairs.items()) + "}"


def _rounded(at: datetime, zone: ZoneInfo, *, is_end: bool = False) -> datetime:
    """Return the wall time of an instant in whole minutes: an end that would fall onto its start is a minute later."""
    wall = clock(at, zone)
    whole = wall.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=1) if is_end and (whole != wall or instant(whole, zone) < at) else whole


def _wall(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _escalation(imported: Imported) -> str:
    lines = ["escalation:"] if imported.policies else []
    for noted in imported.policies:
        lines += [*_comment(noted.notes, "  "), *_policy(noted.value)]
    if imported.leaders:
        why = (
            f"When a policy has ended and nobody has answered: whoever runs the {imported.product} account. "
            "Nothing there stands behind all policies, so say who it is to be."
        )
        last = f"last_resort: {{page: {_listed(imported.leaders[:LAST_RESORT_MAX])}, every: 5m}}"
        lines += ["", *_comment((why,), ""), last]
    return _file(lines)


def _policy(policy: EscalationPolicy) -> Iterator[str]:
    yield f"  {policy.id}:"
    yield "    steps:"
    for step in policy.steps:
        targets = step.targets[0] if len(step.targets) == 1 else _listed(step.targets)
        yield f"      - {{page: {targets}, answer_within: {duration_text(step.answer_within)}}}"
    if policy.repeat:
        yield f"    repeat: {policy.repeat}"


def _installation(imported: Imported) -> str:
    return f"""\
# How pagerd runs here. All keys and their defaults: docs/config.md; what is in force: pagerd config show.
version: 1
operators: {_listed(imported.leaders[:10])} # told when pagerd itself is in trouble

sources:
  prod: # point Alertmanager's webhook at /api/v1/alertmanager/prod
    kind: alertmanager
    token_files: [.pagerd/prod.token]

channels: # console prints what would be sent: docs/channels.md has the providers
  sms: [{{kind: console}}]
  voice: [{{kind: console}}]
  email: [{{kind: console}}]
"""


def _owners(imported: Imported) -> str:
    return f"""\
# Whose is it? The first line that holds decides.
owners:
  - {{label: team}} # the alert's own label, where it names a team
  - {{label: service}} # or a service that a team lists
fallback: {imported.teams[0].id} # answers for what nobody owns
"""


def _file(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
