"""Schedules of GoAlert: targets with their hours, user overrides, temporary schedules.

What the format means, and what is made of it:

- A target is a user or a rotation, on call in the hours of its rules. All targets are on call at once: layers side by
  side. `weekdayFilter` begins with Sunday; a rule that starts and ends at the same time is a whole day.
- A user override adds, removes or replaces one person.
- A temporary schedule is on call alone, with its own shifts and its own holes, and no user override touches it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from pagerd.config.schedules import FOR_EVER
from pagerd.core.oncall.schedule import Layer, Override, OverrideKind, Window
from pagerd.core.oncall.wall import clock
from pagerd.importers.base import Noted, Rendered, RenderedSpan, ScheduleDraft
from pagerd.importers.comparing import covered
from pagerd.importers.contacts import zone_of
from pagerd.importers.exports import Json
from pagerd.importers.goalert_export import Export
from pagerd.importers.goalert_rotations import Rotation, layers_of
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.walls import DAY_MINUTES, windows


@dataclass(frozen=True, slots=True)
class Source:
    """What all schedules of an export share."""

    export: Export
    ledger: Ledger
    people: Mapping[str, str]
    rotations: Mapping[str, Rotation]
    now: datetime

    def person(self, id_: str) -> str:
        """Return the name here of a user, or words in brackets for one who is not imported."""
        return self.people.get(id_, "(somebody who is not among the users)")


@dataclass(frozen=True, slots=True)
class Converted:
    """A schedule, its overrides, and its rendered shifts where the export has them."""

    draft: Noted[ScheduleDraft]
    overrides: tuple[Noted[Override], ...]
    rendered: Rendered | None


def schedule_of(schedule: Json, name: str, source: Source) -> Converted | None:
    """Return one schedule under its name here; None where nobody is in it."""
    id_ = schedule.field("id").text()
    entry = source.ledger.entry("schedule", id_, schedule.text_of("name"))
    zone = zone_of(schedule.text_of("timeZone"), entry)
    layers = [layer for target in schedule.list_of("targets") for layer in _layers(target, zone, entry, source)]
    if not layers:
        entry.leave_out("nobody is in it")
        return None
    entry.becomes = f"schedule {name}"
    own = [one for one in source.export.overrides.values() if one.field("target").text_of("id") == id_]
    asked = [override for one in own for override in _override(one, name, source)]
    everybody = {person for layer in layers for turn in layer.value.members for person in turn}
    everybody |= {person for one in asked for person in one.value.people}
    temporary = [
        override
        for one in schedule.list_of("temporarySchedules")
        for override in _temporary(one, name, zone, sorted(everybody), source)
    ]
    # Later ones beat earlier ones, and a temporary schedule beats every user override.
    overrides = tuple(
        Noted(replace(one.value, order=place), one.notes) for place, one in enumerate((*asked, *temporary))
    )
    draft = ScheduleDraft(id=name, zone=zone, levels=(tuple(layers),))
    return Converted(Noted(draft, entry.notes), overrides, _rendered(schedule, name, source))


def _layers(target: Json, zone: ZoneInfo, entry: Entry, source: Source) -> Iterator[Noted[Layer]]:
    """Give the layers of one target."""
    what, where = target.field("target"), target.path
    id_, kind = what.field("id").text(), what.field("type").text()
    own = source.ledger.entry("target", f"{entry.id}/{id_}", f"{kind} {what.text_of('name', id_)}")
    only = _windows(target)
    if only is None:
        own.leave_out("its rules have no days")
        return
    if kind == "user":
        if id_ not in source.people:
            own.leave_out("they are not among the users")
            return
        name = source.people[id_]
        layers: tuple[Layer, ...] = (Layer(name=name, members=((name,),), zone=zone, start=FOR_EVER, only=only),)
    elif kind == "rotation":
        rotation = source.rotations.get(id_)
        if rotation is None:
            own.leave_out("nobody is in it, or it is not among the rotations")
            return
        layers = layers_of(rotation, what.text_of("name", id_), zone, only, own, source.now)
    else:
        own.refuse(f"{where} is neither a user nor a rotation")
        return
    own.becomes = f"layer of {entry.name}" if len(layers) == 1 else f"{len(layers)} layers of {entry.name}"
    yield from (Noted(layer, () if place else own.notes) for place, layer in enumerate(layers))


def _windows(target: Json) -> tuple[Window, ...] | None:
    """Return the windows of all rules of a target, none of them for always; None where it never is on call."""
    spans: list[tuple[int, int]] = []
    for rule in target.list_of("rules"):
        start, end = _minute(rule.field("start")), _minute(rule.field("end"))
        days = [one.boolean() for one in rule.field("weekdayFilter").items()]
        if len(days) != 7:
            rule.field("weekdayFilter").wrong("seven days from Sunday on")
        length = (end - start) % DAY_MINUTES or DAY_MINUTES
        spans += [((day - 1) % 7 * DAY_MINUTES + start, length) for day, is_on in enumerate(days) if is_on]
    return windows(spans) if spans else None


def _minute(field: Json) -> int:
    try:
        found = time.fromisoformat(field.text())
    except ValueError:
        field.wrong("a time of day such as 09:00")
    return found.hour * 60 + found.minute


def _override(one: Json, schedule: str, source: Source) -> Iterator[Noted[Override]]:
    id_, start, end = one.field("id").text(), one.field("start").instant(), one.field("end").instant()
    entry = source.ledger.entry("user override", id_, schedule)
    added, removed = one.text_of("addUserID"), one.text_of("removeUserID")
    if end <= max(source.now, start):
        entry.leave_out("it has ended")
        return
    if not added and not removed:
        entry.leave_out("it neither adds nor removes anybody")
        return
    if removed and removed not in source.people:
        entry.leave_out("whom it removes is not among the users, and so never on call")
        return
    if added and added not in source.people:
        entry.refuse("whom it adds is not among the users")
        return
    kind = OverrideKind.REPLACE if added and removed else OverrideKind.ADD if added else OverrideKind.REMOVE
    entry.becomes = f"override of {schedule}"
    override = Override(
        id=id_,
        schedule=schedule,
        kind=kind,
        start=start,
        end=end,
        people=(source.people[added],) if added else (),
        instead_of=source.people[removed] if removed else None,
    )
    yield Noted(override, entry.notes)


def _temporary(
    one: Json, schedule: str, zone: ZoneInfo, everybody: Iterable[str], source: Source
) -> Iterator[Noted[Override]]:
    """Give a temporary schedule as overrides: in its shifts these people alone, in its holes none of the others."""
    start, end = one.field("start").instant(), one.field("end").instant()
    id_ = f"{clock(start, zone):%Y-%m-%d %H:%M}"
    entry = source.ledger.entry("temporary schedule", id_, schedule)
    if end <= max(source.now, start):
        entry.leave_out("it has ended")
        return
    shifts: list[tuple[datetime, datetime, str]] = []
    for shift in one.list_of("shifts"):
        user = shift.field("userID").text()
        if user in source.people:
            shifts.append((shift.field("start").instant(), shift.field("end").instant(), source.people[user]))
        else:
            entry.change(f"user {user} is not among the users: their shift is a hole")
    entry.becomes = f"overrides of {schedule}"
    cuts = sorted({start, end, *(at for begins, ends, _ in shifts for at in (begins, ends) if start < at < end)})
    notes = entry.notes
    for begins, ends in _joined(cuts, shifts):
        people = tuple(dict.fromkeys(who for opens, closes, who in shifts if opens <= begins and ends <= closes))
        frame = Override(id=id_, schedule=schedule, kind=OverrideKind.EVERYBODY, start=begins, end=ends, people=people)
        if people:
            yield Noted(frame, notes)
        else:
            for place, person in enumerate(everybody):
                nobody = replace(frame, kind=OverrideKind.REMOVE, instead_of=person)
                yield Noted(nobody, () if place else (*notes, "a hole of the temporary schedule"))
        notes = ()


def _joined(cuts: list[datetime], shifts: list[tuple[datetime, datetime, str]]) -> Iterator[tuple[datetime, datetime]]:
    """Give the spans between cuts, those joined in which the same people are on call."""
    spans: list[tuple[datetime, datetime, frozenset[str]]] = []
    for begins, ends in pairwise(cuts):
        people = frozenset(who for opens, closes, who in shifts if opens <= begins and ends <= closes)
        if spans and spans[-1][2] == people and not _begins_one(shifts, begins):
            spans[-1] = (spans[-1][0], ends, people)
        else:
            spans.append((begins, ends, people))
    yield from ((begins, ends) for begins, ends, _ in spans)


def _begins_one(shifts: list[tuple[datetime, datetime, str]], at: datetime) -> bool:
    """Does a shift begin here? It stays one line of its own, as it was there."""
    return any(opens == at for opens, _, _ in shifts)


def _rendered(schedule: Json, name: str, source: Source) -> Rendered | None:
    """Return what GoAlert computed; None where the query did not ask for it."""
    if schedule.get("shifts") is None:
        return None
    spans = tuple(
        RenderedSpan(
            one.field("start").instant(), one.field("end").instant(), source.person(one.field("userID").text())
        )
        for one in schedule.list_of("shifts")
    )
    reach = covered(spans)
    return None if reach is None else Rendered(name, *reach, spans)
