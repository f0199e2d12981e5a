"""A rotation of GoAlert made layers.

What a rotation means there:

- `start` is an instant; the turns are counted from it in the rotation's own zone, by the clock on the wall, hours too.
  It has turns before `start` as well.
- Whose turn it is stands in `activeUserIndex` and is moved by hand at times, so nothing follows from `start` about it.
  With `nextHandoffTimes` it is known whose turn ends when, and so everybody's.
- A month without the day of `start` runs on into the next month.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import gcd
from zoneinfo import ZoneInfo

from pagerd.config.schedules import FOR_EVER
from pagerd.core.oncall.schedule import Layer, Turn, Unit, Window
from pagerd.core.oncall.wall import clock
from pagerd.importers.contacts import zone_of
from pagerd.importers.cycles import HOUR, changes_clocks, later, turns_until, windows
from pagerd.importers.exports import Json
from pagerd.importers.ledger import Entry

_UNITS = {"hourly": Unit.HOURS, "daily": Unit.DAYS, "weekly": Unit.WEEKS, "monthly": Unit.MONTHS}

_DAYS_COMPARED = 400
"""For how long two zones must keep their distance to count as alike: a year with all its changes of the clocks."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """A rotation: `members[0]` has the turn that begins at `start`, a wall time in `zone`; one turn is for ever.

    `turn_begins` is when the turn began that was on at the time of the export, and `turn` which of the members has it.
    """

    zone: ZoneInfo
    start: datetime
    every: Turn | None
    members: tuple[tuple[str, ...], ...]
    turn_begins: datetime
    turn: int = 0


def rotation_of(source: Json, entry: Entry, people: Mapping[str, str], now: datetime) -> Rotation | None:
    """Return a rotation; None where nobody is in it."""
    zone = zone_of(source.text_of("timeZone"), entry)
    members: list[tuple[str, ...]] = []
    for user in source.list_of("userIDs"):
        person = people.get(user.text())
        if person is None:
            entry.change(f"the turn of user {user.text()} is nobody's: they are not among the users")
        members.append(() if person is None else (person,))
    if not any(members):
        entry.leave_out("nobody is in it")
        return None
    start = clock(source.field("start").instant(), zone).replace(second=0, microsecond=0)
    if len(set(members)) == 1:
        # It had this turn before its start too.
        always = start if start <= clock(now, zone) else FOR_EVER
        return Rotation(zone, always, None, (members[0],), always)
    kind = source.field("type")
    unit = _UNITS.get(kind.text())
    if unit is None:
        kind.wrong("hourly, daily, weekly or monthly")
    length = source.get("shiftLength")
    every = Turn(1 if length is None else max(length.integer(), 1), unit)
    if unit is Unit.MONTHS and start.day > 28:
        entry.change(f"a month without day {start.day} ends on its last day here; there it ran on into the next month")
    return _in_phase(source, entry, Rotation(zone, start, every, tuple(members), start), now)


def _in_phase(source: Json, entry: Entry, rotation: Rotation, now: datetime) -> Rotation:
    """Return the rotation so that everybody has the turn that is theirs: counted from whose turn is known."""
    start, every, zone, members = rotation.start, rotation.every, rotation.zone, rotation.members
    assert every is not None, "a rotation of several has turns"
    active = source.get("activeUserIndex")
    place = 0 if active is None else active.integer() % len(members)
    handoffs = source.list_of("nextHandoffTimes")
    if handoffs:
        ends = clock(handoffs[0].instant(), zone)
        number = _turns_until(start, every, ends, zone) - 1
        meant = _later(start, every, number + 1, zone)
        if meant != ends:
            entry.change(f"the turn that is on ends at {meant:%Y-%m-%d %H:%M} here, not at {ends:%Y-%m-%d %H:%M}")
    else:
        entry.change("nextHandoffTimes is not in the export: whose turn it was then is taken for whose turn it is now")
        number = _turns_until(start, every, clock(now, zone), zone)
    # It has turns before its start, so the one that is on may be such a turn.
    anchor = min(number, 0)
    first = (place - number + anchor) % len(members)
    return Rotation(
        zone,
        _later(start, every, anchor, zone),
        every,
        (*members[first:], *members[:first]),
        turn_begins=_later(start, every, number, zone),
        turn=(number - anchor) % len(members),
    )


def _later(wall: datetime, every: Turn, turns: int, zone: ZoneInfo) -> datetime:
    """Return the wall time so many turns later as GoAlert counts them: hours by the clock on the wall too."""
    return wall + turns * every.count * HOUR if every.unit is Unit.HOURS else later(wall, every, turns, zone)


def _turns_until(wall: datetime, every: Turn, until: datetime, zone: ZoneInfo) -> int:
    if every.unit is Unit.HOURS:
        return (until - wall) // (every.count * HOUR)
    return turns_until(wall, every, until, zone)


def layers_of(
    rotation: Rotation, name: str, zone: ZoneInfo, only: tuple[Window, ...], entry: Entry, now: datetime
) -> tuple[Layer, ...]:
    """Return the layers of a rotation, side by side, in windows that are wall times of another zone."""
    if only and rotation.zone.key != zone.key:
        rotation = _moved(rotation, zone, entry, now)
    every = rotation.every
    if every is not None and every.unit is Unit.HOURS and changes_clocks(rotation.zone, now):
        if not only and 24 % every.count == 0:
            return _slots(rotation, every.count, name)
        entry.change("its hours are elapsed hours here; there the handoffs keep the time of day when clocks change")
        # Counted from a turn of now, nothing of it is off before the next change.
        members = (*rotation.members[rotation.turn :], *rotation.members[: rotation.turn])
        rotation = replace(rotation, start=rotation.turn_begins, members=members)
    return (
        Layer(name=name, members=rotation.members, zone=rotation.zone, start=rotation.start, every=every, only=only),
    )


def _slots(rotation: Rotation, hours: int, name: str) -> tuple[Layer, ...]:
    """Turns of hours that keep the time of day: a layer for each time of day at which a turn begins."""
    slots, count = 24 // hours, len(rotation.members)
    found: list[Layer] = []
    for slot in range(slots):
        begins = rotation.start + slot * hours * HOUR
        days = count // gcd(count, slots)
        members = tuple(rotation.members[(slot + day * slots) % count] for day in range(days))
        if not any(members):
            continue
        found.append(
            Layer(
                name=name if slots == 1 else f"{name} from {begins:%H:%M}",
                members=members if len(set(members)) > 1 else members[:1],
                zone=rotation.zone,
                start=begins,
                every=Turn(1, Unit.DAYS) if len(set(members)) > 1 else None,
                only=windows(range(7), begins.time(), hours * HOUR) if slots > 1 else (),
            )
        )
    return tuple(found)


def _moved(rotation: Rotation, zone: ZoneInfo, entry: Entry, now: datetime) -> Rotation:
    """Return the rotation with its turns in another zone, and say so where clocks there change at other times."""
    hours = range(0, _DAYS_COMPARED * 24, 6)
    distances = {_distance(now + timedelta(hours=hour), rotation.zone, zone) for hour in hours}
    if len(distances) > 1:
        entry.change(
            f"its turns are counted in {zone.key}, the zone of its schedule's hours, not in {rotation.zone.key}: "
            "where their clocks change on other days its handoffs are moved by as much"
        )
    moved = _distance(now, rotation.zone, zone)
    return replace(rotation, zone=zone, start=rotation.start + moved, turn_begins=rotation.turn_begins + moved)


def _distance(at: datetime, one: ZoneInfo, other: ZoneInfo) -> timedelta:
    """Return by how much the clocks of the other zone are ahead."""
    return clock(at, other) - clock(at, one)
