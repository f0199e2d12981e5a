"""One on-call shift of Grafana OnCall made layers.

What Grafana OnCall does with a shift, which its documentation says in part and its final shifts show whole:

- A shift is events that come again. `rolling_users` gives the first event to the first group, the next to the next; the
  groups take turns from `start`, and nothing is shown before `rotation_start`.
- Weekly with `by_day`, a turn is a calendar week that begins on `week_start`; of a turn of several weeks only the first
  has events.
- Daily with `by_day`, the groups take turns from one chosen day to the next, so a weekend costs nobody a turn.
- A group of whom nobody is left is taken out of the queue, but the round is as long as before: a hole at its end.
- A shift made on the screen is cut off at `until`; one made by the API finishes the event that has begun.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import Layer, Turn, Unit, Window
from pagerd.core.oncall.wall import clock
from pagerd.importers.cycles import (
    DAY,
    WEEK,
    WEEKDAYS,
    WHOLE,
    InexpressibleError,
    Part,
    changes_clocks,
    is_longer,
    later,
    part_of,
    turns_until,
    weeks_until_again,
    windows,
)
from pagerd.importers.walls import DAY_MINUTES, WEEK_MINUTES

Group = tuple[str, ...]

WEEKS_MAX = 260
"""How long a round of turns over chosen days may be, in weeks: five years, and no person has seen more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShift:
    """A shift as its export says it, its people by their names here; None is a group of whom nobody is left.

    `start`, `shown_from` are wall times in `zone`, as is `until`. `groups` begin with the one whose turn is first.
    `is_rolling` groups take turns; else there is one group. `on_screen` is how it was made.
    """

    id: str
    name: str
    zone: ZoneInfo
    start: datetime
    shown_from: datetime
    until: datetime | None
    length: timedelta
    every: Turn | None
    by_day: tuple[int, ...]
    week_start: int
    groups: tuple[Group | None, ...]
    is_rolling: bool
    on_screen: bool

    @property
    def queue(self) -> tuple[Group, ...]:
        """The groups in which somebody is left."""
        return tuple(group for group in self.groups if group is not None)

    @property
    def round(self) -> tuple[Group, ...]:
        """The turns of one round: the queue, and at its end a hole for each group of whom nobody is left."""
        return (*self.queue, *(() for group in self.groups if group is None))


@dataclass(frozen=True, slots=True)
class _Cycle:
    """Turns from an anchor on, before it is said from when until when they are shown."""

    anchor: datetime
    every: Turn | None
    members: tuple[Group, ...]
    part: Part = WHOLE


def layers_of(shift: SourceShift, now: datetime) -> tuple[Layer, ...]:
    """Return the layers, side by side, that give the same shifts from `now` on; none where it is over.

    Raises InexpressibleError where no layers do.
    """
    if not any(shift.queue):
        raise InexpressibleError("nobody of it is left")
    if shift.length <= timedelta(0):
        raise InexpressibleError("it has no length")
    wall_now = clock(now.astimezone(UTC), shift.zone)
    if shift.every is None:
        return _once(shift, wall_now)
    until = _until(shift)
    if until is not None and until <= wall_now:
        return ()
    found = [layer for cycle in _cycles(shift) for layer in _shown(shift, cycle, until, wall_now)]
    if len(found) > 1:
        found = [replace(one, name=f"{one.name} ({place})") for place, one in enumerate(found, start=1)]
    return tuple(found)


def _once(shift: SourceShift, wall_now: datetime) -> tuple[Layer, ...]:
    end = shift.start + shift.length
    if shift.until is not None:
        end = min(end, shift.until)
    if end <= wall_now or end <= shift.start:
        return ()
    return (Layer(name=shift.name, members=shift.queue[:1], zone=shift.zone, start=shift.start, until=end),)


def _cycles(shift: SourceShift) -> Iterator[_Cycle]:
    every = shift.every
    assert every is not None, f"shift {shift.id} comes again"
    if every.unit is Unit.WEEKS and shift.by_day and set(shift.by_day) != {shift.start.weekday()}:
        yield from _weekly(shift, every)
    elif every.unit is Unit.DAYS and shift.by_day and set(shift.by_day) != WEEKDAYS:
        yield from _on_chosen_days(shift, every) if shift.is_rolling else _days_that_match(shift, every)
    elif every.unit in {Unit.HOURS, Unit.MONTHS} and shift.by_day:
        raise InexpressibleError(
            f"every {every.count} {every.unit.value} on chosen weekdays: turns here never skip a day"
        )
    else:
        members = shift.queue if every.unit is Unit.DAYS and shift.by_day else shift.round
        yield from _plain(shift, every, members)


def _plain(shift: SourceShift, every: Turn, members: tuple[Group, ...]) -> Iterator[_Cycle]:
    """Turn after turn; where an event outlasts its turn, each group has a layer of its own."""
    if every.unit is Unit.MONTHS:
        yield _monthly(shift, every, members)
    elif not is_longer(shift.length, every):
        yield _Cycle(shift.start, every, members, part_of(shift.start, shift.length, every))
    else:
        yield from _one_by_one(shift, every, members, shift.start)


def _one_by_one(shift: SourceShift, every: Turn, members: Sequence[Group], first: datetime) -> Iterator[_Cycle]:
    """Each group on its own: its event comes again after a whole round, and may reach into those of others."""
    full_round = Turn(every.count * len(members), every.unit)
    for place, group in enumerate(members):
        if not group:
            continue
        begins = later(first, every, place, shift.zone)
        if is_longer(shift.length, full_round):
            yield _Cycle(begins, None, (group,))
        else:
            yield _Cycle(begins, full_round, (group,), part_of(begins, shift.length, full_round))


def _monthly(shift: SourceShift, every: Turn, members: tuple[Group, ...]) -> _Cycle:
    if shift.start.day > 28:
        raise InexpressibleError(
            f"monthly on day {shift.start.day}: OnCall skips months that have none, turns here use their last day"
        )
    if shift.length >= every.count * timedelta(days=28):
        return _Cycle(shift.start, every, members)
    return _Cycle(shift.start, every, members, part_of(shift.start, shift.length, every))


def month_note(shift: SourceShift) -> str | None:
    """Say what is changed where an event is meant to fill a month and cannot, months being unequal."""
    every = shift.every
    if every is None or every.unit is not Unit.MONTHS or shift.length < every.count * timedelta(days=28):
        return None
    return f"each event lasted {shift.length.days} days; here a turn lasts until the next one begins"


def _weekly(shift: SourceShift, every: Turn) -> Iterator[_Cycle]:
    """A turn is a calendar week from `week_start` on, at the time of day at which its events begin."""
    first = _first_day(shift)
    begins = first - ((first.weekday() - shift.week_start) % 7) * DAY
    offsets = [(weekday - shift.week_start) % 7 for weekday in shift.by_day]
    spills = shift.length > DAY and any(offset * DAY + shift.length > WEEK for offset in offsets)
    if spills and len(shift.round) * every.count > 1:
        for offset in sorted(offsets):
            yield from _one_by_one(shift, every, shift.round, begins + offset * DAY)
        return
    only = windows(shift.by_day, shift.start.time(), shift.length)
    if len(shift.round) == 1 and every.count == 1:
        yield _Cycle(begins, None, shift.round, Part(only=only))
    else:
        yield _Cycle(begins, every, shift.round, Part(Turn(1, Unit.WEEKS) if every.count > 1 else None, only))


def _on_chosen_days(shift: SourceShift, every: Turn) -> Iterator[_Cycle]:
    """A group has so many chosen days in a row, then the next: one weekly layer for each chosen day."""
    first, queue, days = _first_day(shift), shift.queue, sorted(set(shift.by_day))
    weeks = weeks_until_again(len(queue) * every.count, len(days))
    if weeks > WEEKS_MAX:
        raise InexpressibleError(f"its round takes {weeks} weeks")
    weekly = Turn(1, Unit.WEEKS)
    chosen = [first + day * DAY for day in range(7) if (first + day * DAY).weekday() in days]
    for place, begins in enumerate(chosen):
        turns = [(place + week * len(days)) // every.count % len(queue) for week in range(weeks)]
        members = tuple(queue[turn] for turn in turns)
        if len(set(members)) == 1 and shift.length <= WEEK:
            yield _Cycle(begins, None, members[:1], Part(only=windows({begins.weekday()}, begins.time(), shift.length)))
        elif is_longer(shift.length, weekly):
            raise InexpressibleError("its events last longer than a week, and come again before they end")
        else:
            yield _Cycle(begins, weekly, members, part_of(begins, shift.length, weekly))


def _days_that_match(shift: SourceShift, every: Turn) -> Iterator[_Cycle]:
    """Every so many days from `start`, where that day is a chosen one."""
    only = windows(shift.by_day, shift.start.time(), shift.length)
    if every.count == 1:
        yield _Cycle(shift.start, None, shift.round, Part(only=only))
    elif shift.length <= DAY:
        yield _Cycle(shift.start, every, shift.round, Part(Turn(1, Unit.DAYS), only))
    else:
        raise InexpressibleError(f"every {every.count} days, only on chosen weekdays, each for more than a day")


def _first_day(shift: SourceShift) -> datetime:
    """Return when the first event begins: a rotation waits for the first chosen day of its week."""
    if shift.start.weekday() in shift.by_day or not shift.is_rolling:
        return shift.start
    wanted = min(shift.by_day, key=lambda weekday: (weekday - shift.week_start) % 7)
    return shift.start + ((wanted - shift.start.weekday()) % 7) * DAY


def _until(shift: SourceShift) -> datetime | None:
    if shift.until is None or shift.on_screen:
        return shift.until
    # The event that has begun goes on to its end: the latest that may have is looked for, day by day.
    ends = [shift.until]
    for days_before in range(shift.length // DAY + 2):
        begins = datetime.combine(shift.until.date() - days_before * DAY, shift.start.time())
        if begins <= shift.until and begins >= shift.start and _has_event(shift, begins):
            ends.append(begins + shift.length)
    return max(ends)


def _has_event(shift: SourceShift, begins: datetime) -> bool:
    every = shift.every
    assert every is not None, f"shift {shift.id} comes again"
    if every.unit is Unit.HOURS:
        return False
    if shift.by_day:
        return begins.weekday() in shift.by_day
    return later(shift.start, every, turns_until(shift.start, every, begins, shift.zone), shift.zone) == begins


def _shown(shift: SourceShift, cycle: _Cycle, until: datetime | None, wall_now: datetime) -> Iterator[Layer]:
    """Return the layers of a cycle from the time on at which the shift is shown.

    What is past is left as it was written: nobody asks again who was on call before the import.
    """
    shown_from = max(shift.shown_from, shift.start)
    if shown_from > cycle.anchor and shown_from > wall_now:
        if cycle.every is None:
            cycle = replace(cycle, anchor=shown_from)
        else:
            turn = turns_until(cycle.anchor, cycle.every, shown_from, shift.zone)
            begins = later(cycle.anchor, cycle.every, turn, shift.zone)
            if begins < shown_from:
                if shift.on_screen or cycle.part.only:
                    yield from _rest_of_turn(shift, cycle, shown_from, turn, until)
                turn, begins = turn + 1, later(cycle.anchor, cycle.every, turn + 1, shift.zone)
            members = cycle.members
            cycle = replace(
                cycle, anchor=begins, members=(*members[turn % len(members) :], *members[: turn % len(members)])
            )
    if until is None or cycle.anchor < until:
        yield _layer(shift, cycle, until)


def _rest_of_turn(
    shift: SourceShift, cycle: _Cycle, shown_from: datetime, turn: int, until: datetime | None
) -> Iterator[Layer]:
    """Return what is left of the turn in which the shift begins to be shown, if anything is."""
    assert cycle.every is not None, "what has no turns has no rest of one"
    group, lasts = cycle.members[turn % len(cycle.members)], cycle.part.lasts
    begins = later(cycle.anchor, cycle.every, turn, shift.zone)
    ends = later(begins, cycle.every if lasts is None else lasts, 1, shift.zone)
    ends = ends if until is None else min(ends, until)
    if group and shown_from < ends:
        yield _layer(shift, _Cycle(shown_from, None, (group,), Part(only=cycle.part.only)), ends)


def _layer(shift: SourceShift, cycle: _Cycle, until: datetime | None) -> Layer:
    every, members = cycle.every, cycle.members
    if len(set(members)) == 1 and cycle.part.lasts is None:
        every, members = None, members[:1]
    return Layer(
        name=shift.name,
        members=members,
        zone=shift.zone,
        start=cycle.anchor,
        every=every,
        lasts=cycle.part.lasts,
        until=until,
        only=cycle.part.only,
    )


def hours_may_differ(shift: SourceShift, now: datetime) -> bool:
    """Are its hours counted where clocks change, so that its handoffs may be read in two ways?"""
    return shift.every is not None and shift.every.unit is Unit.HOURS and changes_clocks(shift.zone, now)


def ends_by_the_clock(layers: Iterable[Layer], now: datetime) -> bool:
    """Does something hold while clocks change, so that it ends at its time of day and not after so many hours?"""
    change = {6 * DAY_MINUTES + minute for minute in range(0, 4 * 60, 30)}
    for layer in layers:
        held = {minute for minute in change if any(_is_open(window, minute) for window in layer.only)}
        turns = not layer.only and layer.every is not None and layer.every.unit is not Unit.HOURS
        kept = layer.lasts is None or layer.lasts.unit is not Unit.HOURS
        if (held or (turns and kept)) and changes_clocks(layer.zone, now):
            return True
    return False


def _is_open(window: Window, minute: int) -> bool:
    """Is a window open at a minute of the week?"""
    begins = window.start.hour * 60 + window.start.minute
    length = (window.end.hour * 60 + window.end.minute - begins) % DAY_MINUTES or DAY_MINUTES
    return any((minute - day * DAY_MINUTES - begins) % WEEK_MINUTES < length for day in window.weekdays)
