"""Schedules of Opsgenie: rotations, time restrictions, overrides, forwarding rules, and the timeline.

What the format means, and what is made of it:

- All rotations of a schedule are on call at once: they are layers side by side.
- A rotation changes hands every `length` hours, days or weeks from `startDate` on; days and weeks are local time.
- A time restriction is local time and leaves the turns alone, as `only` does.
- An override is on call in place of all rotations, or of those that it names. For the latter whoever would have had a
  turn of these meanwhile is removed, and its person is added.
- A forwarding rule sends to another person what is for one: in each schedule that can have that person, an override.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.config.times import WEEKDAYS
from pagerd.core.oncall.schedule import Book, Layer, Override, OverrideKind, Schedule, Turn, Unit, Window
from pagerd.core.oncall.shifts import shifts
from pagerd.core.oncall.wall import clock
from pagerd.importers.base import Noted, Rendered, RenderedSpan, ScheduleDraft
from pagerd.importers.comparing import covered
from pagerd.importers.contacts import zone_of
from pagerd.importers.exports import Json, plain
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.opsgenie_export import instant_of, word_of
from pagerd.importers.walls import DAY_MINUTES, WEEK_MINUTES, anchored, wall_of, windows

PERIODS_MAX = 200_000
"""Periods of one timeline, as of a rendered schedule of PagerDuty."""

PARTIAL_MAX = timedelta(days=366)
"""The longest override of some rotations, or forwarding rule: it is one override for each shift of that time."""

_UNITS = {"hourly": Unit.HOURS, "daily": Unit.DAYS, "weekly": Unit.WEEKS}


@dataclass(frozen=True, slots=True)
class Source:
    """What all schedules share. `members` are the people of a team by its id, `firsts` those of an escalation."""

    people: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    firsts: Mapping[str, tuple[str, ...]]
    ledger: Ledger
    now: datetime


@dataclass(slots=True)
class Converted:
    """A schedule with its overrides, the layer of each rotation by its id, and the ids of all that are switched on."""

    draft: Noted[ScheduleDraft]
    rotations: Mapping[str, Layer]
    enabled: frozenset[str]
    overrides: list[Noted[Override]] = field(default_factory=list)
    rendered: Rendered | None = None


def schedule_of(schedule: Json, name: str, source: Source) -> Converted | None:
    """Return one schedule under its name here, without its overrides; None where nobody is left in it."""
    entry = source.ledger.entry("schedule", schedule.field("id").text(), schedule.field("name").text())
    if not schedule.is_on("enabled", otherwise=True):
        entry.leave_out("switched off there")
        return None
    zone = zone_of(schedule.text_of("timezone"), entry)
    layers: dict[str, Noted[Layer]] = {}
    for place, rotation in enumerate(schedule.field("rotations").items()):
        layer = _rotation(rotation, zone, entry.name, source)
        if layer is not None:
            layers[rotation.text_of("id", str(place))] = layer
    if not layers:
        entry.leave_out("nobody is on call in it any more: its rotations have ended, or nobody of them is imported")
        return None
    entry.becomes = f"schedule {name}"
    draft = ScheduleDraft(id=name, zone=zone, levels=(tuple(layers.values()),))
    enabled = (one for one in schedule.field("rotations").items() if one.is_on("enabled", otherwise=True))
    return Converted(
        Noted(draft, entry.notes),
        {id_: layer.value for id_, layer in layers.items()},
        frozenset(one.text_of("id") for one in enabled),
    )


def _rotation(rotation: Json, zone: ZoneInfo, schedule: str, source: Source) -> Noted[Layer] | None:
    name = rotation.text_of("name", "rotation")
    entry = source.ledger.entry("rotation", rotation.text_of("id", "?"), name)
    if not rotation.is_on("enabled", otherwise=True):
        entry.leave_out("switched off there")
        return None
    starts = instant_of(rotation.field("startDate"))
    end = rotation.get("endDate")
    ends = None if end is None else instant_of(end)
    if ends is not None and ends <= max(source.now, starts):
        entry.leave_out(f"it ended on {clock(ends, zone):%Y-%m-%d}")
        return None
    members = tuple(_participant(one, entry, source) for one in rotation.field("participants").items())
    if not any(members):
        entry.leave_out("nobody is in it who is imported")
        return None
    kind = word_of(rotation.field("type"))
    length = rotation.get("length")
    count = 1 if length is None else length.integer()
    if kind not in _UNITS or not 1 <= count <= 1000:
        rotation.field("type").wrong("hourly, daily or weekly, with a length from 1 to 1,000")
    layer = Layer(
        name=entry.name,
        members=members,
        zone=zone,
        start=clock(starts, zone),
        every=Turn(count, _UNITS[kind]) if len(set(members)) > 1 else None,
        only=tuple(_windows(rotation)),
    )
    layer, anchor = anchored(layer if layer.every else replace(layer, members=members[:1]), starts, source.now)
    if not anchor.is_exact:
        entry.change("its handoffs are rounded to whole minutes of local time")
    if ends is not None:
        _say_rounding((ends,), zone, entry)
        layer = replace(layer, until=wall_of(ends, zone).time)
    entry.becomes = f"layer of {schedule}"
    return Noted(layer, entry.notes)


def _participant(one: Json, entry: Entry, source: Source) -> tuple[str, ...]:
    """Return the people of one participant; nobody for `none`, and for who is not imported."""
    kind = word_of(one.field("type"))
    if kind == "none":
        return ()
    id_ = one.field("id").text()
    named = plain(one.text_of("username") or one.text_of("name", id_))
    if kind == "user":
        if id_ not in source.people:
            entry.change(f"the turn of {named} is nobody's: they are deactivated there, or not in the export")
            return ()
        return (source.people[id_],)
    if kind == "team":
        if not (found := source.members.get(id_, ())):
            entry.change(f"the turn of team {named} is nobody's: its members are not in the export")
        return found
    if kind != "escalation":
        one.field("type").wrong("user, team, escalation or none")
    found = source.firsts.get(id_, ())
    entry.change(f"the turn of escalation {named} is that of whom it notifies first: {', '.join(found) or 'nobody'}")
    return found


def _windows(rotation: Json) -> Iterator[Window]:
    restriction = rotation.get("timeRestriction")
    if restriction is None:
        return
    kind = word_of(restriction.field("type"))
    if kind == "time-of-day":
        opens, closes = _minutes(restriction.field("restriction"))
        length = (closes - opens) % DAY_MINUTES or DAY_MINUTES
        yield from windows((day * DAY_MINUTES + opens, length) for day in range(7))
    elif kind == "weekday-and-time-of-day":
        spans: list[tuple[int, int]] = []
        for one in restriction.field("restrictions").items():
            opens, closes = _minutes(one)
            start = _weekday(one.field("startDay")) * DAY_MINUTES + opens
            end = _weekday(one.field("endDay")) * DAY_MINUTES + closes
            spans.append((start, (end - start) % WEEK_MINUTES or WEEK_MINUTES))
        yield from windows(spans)
    else:
        restriction.field("type").wrong("time-of-day or weekday-and-time-of-day")


def _minutes(one: Json) -> tuple[int, int]:
    found = []
    for edge in ("start", "end"):
        minute = one.get(f"{edge}Min")
        total = one.field(f"{edge}Hour").integer() * 60 + (0 if minute is None else minute.integer())
        if not 0 <= total <= DAY_MINUTES:
            one.field(f"{edge}Hour").wrong("a time of day")
        found.append(total)
    return found[0], found[1]


def _weekday(day: Json) -> int:
    short = day.text().lower()[:3]
    return WEEKDAYS.index(short) if short in WEEKDAYS else day.wrong("a day of the week")


def overrides_of(listed: Iterable[Json], converted: Converted, source: Source) -> Iterator[Noted[Override]]:
    """Give the overrides of one schedule that are not over."""
    draft = converted.draft.value
    for place, one in enumerate(listed, 1):
        start, end = instant_of(one.field("startDate")), instant_of(one.field("endDate"))
        if end <= max(source.now, start):
            continue
        entry = source.ledger.entry("override", one.text_of("alias", "?"), f"{start:%Y-%m-%d}, {draft.id}")
        user = one.field("user")
        is_nobody = word_of(user.field("type")) == "none"
        people = () if is_nobody else _participant(user, entry, source)
        if not people and not is_nobody:
            entry.leave_out("nobody whom it names is imported")
            continue
        named = {rotation.text_of("id") for rotation in one.list_of("rotations")}
        chosen = {id_: layer for id_, layer in converted.rotations.items() if not named or id_ in named}
        if named and not named & converted.enabled:
            entry.leave_out("the rotations that it names are switched off there, or gone")
            continue
        entry.becomes = f"override of {draft.id}"
        _say_rounding((start, end), draft.zone, entry)
        if people and len(chosen) == len(converted.rotations):
            made = _override(entry.id, draft.id, OverrideKind.EVERYBODY, start, end, people, None, place)
            yield Noted(made, entry.notes)
            continue
        if end - start > PARTIAL_MAX:
            entry.refuse(
                f"it lasts for more than {PARTIAL_MAX.days} days, and speaks of some rotations, or puts nobody in"
            )
            continue
        if len(chosen) != len(converted.rotations):
            entry.change(
                "it speaks of some rotations: here whoever has a turn of them then is taken off, shift by shift"
            )
        parts = tuple(_for_some(entry.id, draft, chosen, start, end, people, place))
        _say_rounding((at for one in parts for at in (one.start, one.end)), draft.zone, entry)
        yield from (Noted(made, entry.notes if made is parts[0] else ()) for made in parts)


def _say_rounding(times: Iterable[datetime], zone: ZoneInfo, entry: Entry) -> None:
    if not all(wall_of(at, zone).is_exact for at in times):
        entry.change("its times are rounded to whole minutes of local time, in the first pass of a repeated hour")


def _for_some(
    id_: str,
    draft: ScheduleDraft,
    chosen: Mapping[str, Layer],
    start: datetime,
    end: datetime,
    people: tuple[str, ...],
    order: int,
) -> Iterator[Override]:
    """Give what takes everybody off some layers for a span, shift by shift, and puts others on all the while."""
    if people:
        yield _override(id_, draft.id, OverrideKind.ADD, start, end, people, None, order)
    lone = Schedule(id=draft.id, team="", zone=draft.zone, levels=(tuple(chosen.values()),))
    for shift in shifts(Book(schedules={draft.id: lone}), draft.id, start, end):
        for person in shift.people:
            if person not in people:
                yield _override(id_, draft.id, OverrideKind.REMOVE, shift.start, shift.end, (), person, order)


def forwarded(
    rule: Json, schedules: Iterable[Converted], source: Source
) -> Iterator[tuple[Converted, Noted[Override]]]:
    """Give the overrides that a forwarding rule is, with the schedule of each."""
    start, end = instant_of(rule.field("startDate")), instant_of(rule.field("endDate"))
    origin, target = rule.field("fromUser"), rule.field("toUser")
    name = f"{origin.text_of('username')} to {target.text_of('username')}"
    entry = source.ledger.entry("forwarding rule", rule.text_of("id") or rule.text_of("alias", "?"), name)
    if end <= max(source.now, start):
        entry.leave_out("it has ended")
        return
    leaver, stand_in = (source.people.get(one.field("id").text()) for one in (origin, target))
    if leaver is None or stand_in is None or leaver == stand_in:
        entry.leave_out("one of the two is not imported")
        return
    having = [one for one in schedules if leaver in _everybody(one)]
    if not having:
        entry.leave_out(f"no schedule has {leaver}")
        return
    entry.becomes = f"override of {', '.join(one.draft.value.id for one in having)}"
    entry.change(f"it holds in schedules; where a policy or an override names {leaver}, {leaver} is paged")
    for one in having:
        _say_rounding((start, end), one.draft.value.zone, entry)
        made = _override(entry.id, one.draft.value.id, OverrideKind.REPLACE, start, end, (stand_in,), leaver, 0)
        yield one, Noted(made, entry.notes)


def _everybody(converted: Converted) -> set[str]:
    return {person for layer in converted.rotations.values() for turn in layer.members for person in turn}


def _override(
    id_: str,
    schedule: str,
    kind: OverrideKind,
    start: datetime,
    end: datetime,
    people: tuple[str, ...],
    instead_of: str | None,
    order: int,
) -> Override:
    return Override(
        id=id_,
        schedule=schedule,
        kind=kind,
        start=start,
        end=end,
        people=people,
        instead_of=instead_of,
        order=order,
    )


def rendered_of(timelines: Iterable[Json], name: str, source: Source) -> Rendered | None:
    """Return what Opsgenie computed of a schedule; None where the export has no timeline of it."""
    spans: list[RenderedSpan] = []
    edges: list[datetime] = []
    for timeline in timelines:
        edges += [instant_of(timeline.field("startDate")), instant_of(timeline.field("endDate"))]
        for rotation in timeline.field("finalTimeline").list_of("rotations"):
            periods = rotation.list_of("periods")
            if len(periods) > PERIODS_MAX:
                rotation.field("periods").wrong(f"at most {PERIODS_MAX:,} periods")
            for period in periods:
                spans.extend(_period(period, source))
    # Without an edge there is no timeline; a timeline without periods says that nobody is on call.
    if not edges:
        return None
    reach = covered(spans) or (min(edges), max(edges))
    return Rendered(name, min(edges[0], reach[0]), max(edges[-1], reach[1]), tuple(spans))


def _period(period: Json, source: Source) -> Iterator[RenderedSpan]:
    start, end = instant_of(period.field("startDate")), instant_of(period.field("endDate"))
    recipient = period.get("recipient")
    flat = period.list_of("flattenedRecipients") or ([] if recipient is None else [recipient])
    for one in flat:
        kind = word_of(one.field("type"))
        if kind == "none":
            continue
        id_ = one.field("id").text()
        if kind == "team":
            for person in source.members.get(id_, ()):
                yield RenderedSpan(start, end, person)
            continue
        person = source.people.get(id_) or f"({plain(one.text_of('name', id_))})"
        yield RenderedSpan(start, end, person)
