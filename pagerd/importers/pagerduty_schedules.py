"""Schedules of PagerDuty: layers, restrictions, overrides, and what PagerDuty computed of them.

What the format means, and what is made of it:

- `schedule_layers` has the highest layer first; the files have the lowest first.
- The first of `users` has the turn that begins at `rotation_virtual_start`. `start`, mostly later, is when the layer
  begins to count; only where that is still ahead it has to be in the files.
- A turn of whole days changes hands at the same local time all year; one of hours is elapsed time. That is what the
  other side shows; `--verify` finds out.
- Restrictions are local time and leave the turns alone, as `only` does. One may last for days.
- An override is on call alone, above all layers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import Layer, Override, OverrideKind, Window
from pagerd.core.oncall.wall import clock
from pagerd.importers.base import Noted, Rendered, RenderedSpan, ScheduleDraft
from pagerd.importers.comparing import DAYS, covered
from pagerd.importers.contacts import zone_of
from pagerd.importers.exports import Json, plain
from pagerd.importers.ledger import Entry, Ledger
from pagerd.importers.walls import (
    DAY_MINUTES,
    WEEK_MINUTES,
    anchored,
    cycles_later,
    turn_of,
    wall_of,
    windows,
)

ENTRIES_MAX = 200_000
"""Rendered entries of one schedule: a turn of an hour changes 2,160 times in 90 days."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A schedule, its overrides, and its rendered shifts where the export has them."""

    draft: Noted[ScheduleDraft]
    overrides: tuple[Noted[Override], ...]
    rendered: Rendered | None


@dataclass(frozen=True, slots=True)
class Source:
    """What all schedules of an export share: people by their ids, and the instant from which on things matter."""

    people: Mapping[str, str]
    ledger: Ledger
    now: datetime

    def person(self, user: Json) -> str | None:
        """Return the name here of whom a reference means."""
        return self.people.get(user.field("id").text())


def schedule_of(schedule: Json, name: str, listed: Iterable[Json], source: Source) -> Converted | None:
    """Return one schedule under its name here; None where nobody is left in it. `listed` are its overrides."""
    id_ = schedule.field("id").text()
    entry = source.ledger.entry("schedule", id_, schedule.field("name").text())
    zone = zone_of(schedule.text_of("time_zone"), entry)
    levels: list[tuple[Noted[Layer], ...]] = []
    for layer in reversed(schedule.field("schedule_layers").items()):
        levels.extend(_level(layer, zone, entry.name, source))
    if not any(person for level in levels for layer in level for member in layer.value.members for person in member):
        entry.leave_out("nobody is on call in it any more: its layers have ended, or nobody of them is imported")
        return None
    entry.becomes = f"schedule {name}"
    overrides = tuple(_overrides(schedule, list(listed), name, zone, entry, source))
    draft = ScheduleDraft(id=name, zone=zone, levels=tuple(levels))
    return Converted(Noted(draft, entry.notes), overrides, _rendered(schedule, name, source))


def _level(layer: Json, zone: ZoneInfo, schedule: str, source: Source) -> Iterator[tuple[Noted[Layer], ...]]:
    """Give the level of one layer, or nothing where it has ended or cannot be had."""
    name = layer.text_of("name", "layer")
    entry = source.ledger.entry("layer", layer.text_of("id", "?"), name)
    entry.becomes = f"layer of {schedule}"
    end = layer.get("end")
    starts = layer.field("start").instant()
    ends = None if end is None else end.instant()
    if ends is not None and ends <= max(source.now, starts):
        entry.leave_out(f"it ended on {clock(ends, zone):%Y-%m-%d}")
        return
    members = tuple(_members(layer, entry, source))
    if not any(members):
        entry.leave_out("nobody is in it who is imported")
        return
    made = _layer(layer, entry, members, zone, source)
    if made is None:
        return
    if ends is not None:
        until = wall_of(ends, zone)
        if not until.is_exact:
            entry.change(f"it ends {_late(until.off_by)}: times here are whole minutes of local time")
        made = replace(made, until=until.time)
    opens = wall_of(starts, zone)
    if starts > source.now and not opens.is_exact:
        entry.change("it begins in whole minutes of local time, in the first pass of a repeated hour")
    if starts > source.now and opens.time > made.start:
        made = replace(made, since=opens.time)
    if made.until is not None and made.until <= (made.since or made.start):
        entry.leave_out("it lasts for less than a minute of local time")
        return
    yield (Noted(made, entry.notes),)


def _members(layer: Json, entry: Entry, source: Source) -> Iterator[tuple[str, ...]]:
    for one in layer.field("users").items():
        user = one.field("user")
        person = source.person(user)
        if person is None:
            named = plain(user.text_of("summary", user.field("id").text()))
            entry.change(f"the turn of {named} is nobody's: they are not among the users, so deactivated there")
        yield () if person is None else (person,)


def _layer(
    layer: Json, entry: Entry, members: tuple[tuple[str, ...], ...], zone: ZoneInfo, source: Source
) -> Layer | None:
    """Return the layer as if it had no end and had always been; None where the files cannot say its turns."""
    seconds = layer.field("rotation_turn_length_seconds").integer()
    begins = layer.field("rotation_virtual_start").instant()
    only = tuple(_windows(layer, entry))
    base = Layer(name=entry.name, members=members, zone=zone, start=clock(begins, zone), only=only)
    if len(set(members)) == 1:
        opens = wall_of(layer.field("start").instant(), zone)
        return replace(base, members=members[:1], start=opens.time)
    every = turn_of(timedelta(seconds=seconds)) if seconds > 0 else None
    if every is None:
        entry.refuse(f"a turn of {seconds} seconds: here turns are whole hours, days or weeks, 1,000 at most")
        return None
    turning = replace(base, every=every)
    starts = layer.field("start").instant()
    if begins > starts:
        # The turns are counted backwards from it as well.
        cycles = (begins - starts) // (timedelta(seconds=seconds) * len(members)) + 2
        begins = cycles_later(turning, begins, -cycles) or begins
    made, anchor = anchored(turning, begins, source.now)
    if not anchor.is_exact:
        entry.change(f"its handoffs are {_late(anchor.off_by)}: times here are whole minutes of local time")
    return made


def _windows(layer: Json, entry: Entry) -> Iterator[Window]:
    """Give the windows of all restrictions; none where they leave nothing out."""
    spans: list[tuple[int, int]] = []
    for restriction in layer.list_of("restrictions"):
        start = restriction.field("start_time_of_day").text()
        opens, odd = _minute(restriction.field("start_time_of_day"), start)
        minutes, rest = divmod(restriction.field("duration_seconds").integer(), 60)
        if odd or rest:
            entry.change(f"the restriction from {plain(start)} is rounded to whole minutes")
        if minutes <= 0:
            restriction.field("duration_seconds").wrong("a length")
        kind = restriction.field("type").text()
        if kind == "daily_restriction":
            spans.extend((day * DAY_MINUTES + opens, min(minutes, DAY_MINUTES)) for day in range(7))
        elif kind == "weekly_restriction":
            weekday = restriction.field("start_day_of_week").integer()
            if not 1 <= weekday <= 7:
                restriction.field("start_day_of_week").wrong("a day from 1 for Monday to 7")
            spans.append(((weekday - 1) * DAY_MINUTES + opens, min(minutes, WEEK_MINUTES)))
        else:
            restriction.field("type").wrong("daily_restriction or weekly_restriction")
    yield from windows(spans) if spans else ()


def _minute(field: Json, text: str) -> tuple[int, bool]:
    """Return the minute of the day, and whether there were seconds beside it."""
    try:
        found = time.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        field.wrong("a time of day such as 09:00:00")
    return found.hour * 60 + found.minute, bool(found.second)


def _overrides(
    schedule: Json, listed: list[Json], name: str, zone: ZoneInfo, entry: Entry, source: Source
) -> Iterator[Noted[Override]]:
    """Give the overrides that are not over, of their own list or else as the schedule was rendered with them."""
    rendered = schedule.get("overrides_subschedule")
    entries = listed or ([] if rendered is None else rendered.list_of("rendered_schedule_entries"))
    ended = 0
    for place, one in enumerate(entries):
        start, end, user = one.field("start").instant(), one.field("end").instant(), one.field("user")
        if end <= max(source.now, start):
            ended += 1
            continue
        own = source.ledger.entry("override", one.text_of("id", "?"), f"{start:%Y-%m-%d}, {entry.name}")
        person = source.person(user)
        if person is None:
            own.leave_out(f"{user.text_of('summary', user.field('id').text())} is deactivated there")
            continue
        if not wall_of(start, zone).is_exact or not wall_of(end, zone).is_exact:
            own.change("its times are rounded to whole minutes of local time, in the first pass of a repeated hour")
        own.becomes = f"override of {name}"
        made = Override(
            id=own.id,
            schedule=name,
            kind=OverrideKind.EVERYBODY,
            start=start,
            end=end,
            people=(person,),
            order=place,
        )
        yield Noted(made, own.notes)
    if ended:
        are = "has ended and is" if ended == 1 else "have ended and are"
        entry.remark(f"{ended} of its overrides {are} left out")


def _rendered(schedule: Json, name: str, source: Source) -> Rendered | None:
    """Return what PagerDuty computed; None where it was not asked for a span of time, and so computed nothing."""
    final = schedule.get("final_schedule")
    if final is None:
        return None
    entries = final.list_of("rendered_schedule_entries")
    if len(entries) > ENTRIES_MAX:
        final.field("rendered_schedule_entries").wrong(f"at most {ENTRIES_MAX:,} entries")
    spans = tuple(_span(one, source) for one in entries)
    # An answer does not say of which span it is: whatever was rendered in it lies there, and what shows nobody as well.
    others = (layer.list_of("rendered_schedule_entries") for layer in schedule.field("schedule_layers").items())
    reach = covered([*spans, *(_span(one, source) for entries in others for one in entries[:ENTRIES_MAX])])
    if reach is None:
        # Without since and until there is no percentage; with them, no entry means that nobody is on call at all.
        if final.get("rendered_coverage_percentage") is None:
            return None
        reach = (source.now, source.now + timedelta(days=DAYS))
    return Rendered(name, *reach, spans)


def _span(one: Json, source: Source) -> RenderedSpan:
    user = one.field("user")
    person = source.person(user) or f"({plain(user.text_of('summary', user.field('id').text()))})"
    return RenderedSpan(one.field("start").instant(), one.field("end").instant(), person)


def _late(by: timedelta) -> str:
    seconds = int(by.total_seconds())
    return f"{abs(seconds)} s {'later' if seconds > 0 else 'earlier'}"
