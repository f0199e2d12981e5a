"""What is wrong, or looks wrong, with the calendar ahead: pure questions about schedules, each with exact instants.

- *Two levels at once*: one person in two schedules, so that the second step of an escalation has nobody new to page.
- *Nobody at all*: no schedule of an escalation has anybody, so that a page goes straight to the last resort.
- *Too many at once*: more people than are expected; where nothing is expected, layers side by side that overlap only
  now and then.
- *Too long*: more time in a row than is allowed, in days and weeks on the clock of the schedule's zone.
- *Too little rest*: somebody who had a night of one rotation is on call in another one before they have rested. A night
  is a stay of a day at most with at least three hours of the person's own night in it: who is on call for a whole
  week has no shift by night, and rests by what work by night earns. Layers and schedules are rotations; a copy is the
  rotation that it copies.
- *Odd handoffs*: those at a wall time that the clocks leave out, or show twice.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from pagerd.core.oncall.ahead import Ahead, Between, Segment, Stay, by_person, joined, stays_of
from pagerd.core.oncall.clocks import ClockChange, clock_changes
from pagerd.core.oncall.expected import SHIFT_MAX
from pagerd.core.oncall.fairness import Times
from pagerd.core.oncall.schedule import Layer, OverrideKind, Schedule, Turn, Unit
from pagerd.core.oncall.wall import clock

NOW_AND_THEN = 0.1
"""Layers side by side that overlap for less than this part of the time were hardly meant to."""

NIGHT_WORK = timedelta(hours=3)
"""Article 2 of directive 2003/88/EC: whoever works three hours of the night is a night worker."""

A_DAY = timedelta(hours=25)
"""A turn of one day, also on the longest day of the year by the clock."""

_DAY = timedelta(days=1)
_A_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Twice:
    """One person in two schedules from `start` until before `end` (UTC)."""

    start: datetime
    end: datetime
    person: str


def twice_on_call(one: Iterable[Segment], other: Sequence[Segment]) -> list[Twice]:
    """Return who is on call in two schedules at the same time; what adjoins is one."""
    found: dict[str, list[Between]] = {}
    for segment, beside in _at_once(one, other):
        for person in segment.people:
            if person in beside.people:
                span = max(segment.start, beside.start), min(segment.end, beside.end)
                found.setdefault(person, []).append(span)
    return sorted(
        (Twice(*span, person) for person, spans in found.items() for span in joined(spans)),
        key=lambda twice: (twice.start, twice.person),
    )


def nobody_at_all(calendars: Iterable[Sequence[Segment]]) -> list[Between]:
    """Return when none of several schedules has anybody, where at least one of them does not say that it is meant."""
    found: list[Segment] | None = None
    for calendar in calendars:
        empty = [one for one in calendar if not one.people]
        if found is None:
            found = empty
            continue
        found = [
            replace(
                one,
                start=max(one.start, other.start),
                end=min(one.end, other.end),
                is_meant=one.is_meant and other.is_meant,
            )
            for one, other in _at_once(found, empty)
        ]
    return joined((one.start, one.end) for one in found or () if not one.is_meant)


def _at_once(one: Iterable[Segment], other: Sequence[Segment]) -> Iterable[tuple[Segment, Segment]]:
    """Give the pairs of segments of two calendars that hold at the same time, in order."""
    ends = [segment.end for segment in other]
    for segment in one:
        for place in range(bisect_right(ends, segment.start), len(other)):
            if other[place].start >= segment.end:
                break
            yield segment, other[place]


def more_than(segments: Iterable[Segment], at_once: int) -> list[Between]:
    """Return when more people are on call than are expected."""
    return joined((one.start, one.end) for one in segments if len(one.people) > at_once)


def stray_overlaps(ahead: Ahead, schedule: Schedule) -> tuple[int, list[Between]]:
    """Return how many people layers side by side usually put on call, and when there are more, now and then.

    Nothing is found where there are no layers side by side, or where more people are on call for a good part of the
    time. What a turn of several, a fixed shift or an adding override says is meant.
    """
    if not any(len(level) > 1 for level in schedule.levels):
        return 0, []
    adding = {one.id for one in ahead.book.overrides if one.kind is OverrideKind.ADD or len(one.people) > 1}
    names = {layer.name for level in schedule.levels for layer in level}
    together = {turn for level in schedule.levels for layer in level for turn in layer.members if len(turn) > 1}
    meant = {frozenset(turn) for turn in together}
    laid = ahead.segments(schedule.id)
    segments = [one for one in laid if one.people and one.layer in names and one.override not in adding]
    lasts: dict[int, timedelta] = {}
    for one in segments:
        count = 1 if frozenset(one.people) in meant else len(one.people)
        lasts[count] = lasts.get(count, timedelta(0)) + (one.end - one.start)
    if not lasts:
        return 0, []
    usual = max(lasts, key=lambda count: lasts[count])
    more = sum((length for count, length in lasts.items() if count > usual), timedelta(0))
    if more >= NOW_AND_THEN * sum(lasts.values(), timedelta(0)):
        return usual, []
    found = (one for one in segments if len(one.people) > usual and frozenset(one.people) not in meant)
    return usual, joined((one.start, one.end) for one in found)


def shift_limits(schedule: Schedule, shift_max: timedelta | None) -> Mapping[str | None, timedelta | None]:
    """Return how long people may be on call in a row by each layer; None is for ever.

    Where nothing is written that is SHIFT_MAX, or the layer's own turn where that is longer: somebody wrote it.
    """
    if shift_max is not None:
        return dict.fromkeys((*(layer.name for level in schedule.levels for layer in level), None), shift_max)
    found: dict[str | None, timedelta | None] = {None: SHIFT_MAX}
    for layer in (layer for level in schedule.levels for layer in level):
        length = length_of(layer.every)
        known = found.get(layer.name, SHIFT_MAX)
        found[layer.name] = None if length is None or known is None else max(length, known)
    return found


def too_long(
    stays: Iterable[Stay], limits: Mapping[str | None, timedelta | None], zone: ZoneInfo
) -> list[tuple[Stay, timedelta]]:
    """Return the stays that are longer than the longest limit of their layers, with that limit.

    A week has seven days on the clock, whatever becomes of its hours.
    """
    found: list[tuple[Stay, timedelta]] = []
    for stay in stays:
        allowed = [limits.get(layer, SHIFT_MAX) for layer in stay.layers]
        lengths = [limit for limit in allowed if limit is not None]
        if len(lengths) < len(allowed):
            continue
        longest = max(lengths)
        # No clock changes by more than a day, and a look at it costs more than all the rest.
        if stay.end - stay.start + 2 * _DAY > longest and clock(stay.end, zone) - clock(stay.start, zone) > longest:
            found.append((stay, longest))
    return found


@dataclass(frozen=True, slots=True)
class ShortRest:
    """A stay by night, and the stay in another rotation that begins, or goes on, before its person has rested."""

    night: Stay
    schedule: str
    then: Stay
    then_schedule: str

    @property
    def rest(self) -> timedelta:
        """How long the person is on call in no other rotation after the night."""
        return max(self.then.start - self.night.end, timedelta(0))


def short_rests(
    ahead: Ahead, schedules: Iterable[str], rests: Mapping[str, timedelta | None], nights: Mapping[str, Times]
) -> list[ShortRest]:
    """Return the nights after which somebody is on call in another rotation too soon, by the end of the night.

    `rests` says for each schedule how long the rest after a night of it must be; None: not looked at.
    """
    duties: dict[str, list[tuple[Stay, str]]] = {}
    for name in schedules:
        for person, stays in by_person(stays_of(ahead.segments(name), by_layer=True)).items():
            duties.setdefault(person, []).extend((stay, name) for stay in stays)
    found: list[ShortRest] = []
    for person, own in duties.items():
        if person not in nights or len({_rotation(ahead, *duty) for duty in own}) < 2:
            continue
        own.sort(key=lambda duty: (duty[0].start, duty[0].end, duty[1]))
        starts = [stay.start for stay, _ in own]
        longest = max(stay.end - stay.start for stay, _ in own)
        for stay, name in own:
            rest = rests.get(name)
            # What began before the span, or goes on after it, is longer than it looks.
            if rest is None or stay.start <= ahead.start or stay.end >= ahead.end or stay.end - stay.start > A_DAY:
                continue
            if nights[person].within(stay.start, stay.end) < NIGHT_WORK:
                continue
            # Nothing that began earlier than the longest stay before the night's end can go on after it.
            near = own[bisect_left(starts, stay.end - longest) : bisect_left(starts, stay.end + rest)]
            then = _next_duty(ahead, near, (stay, name))
            if then is not None:
                found.append(ShortRest(stay, name, *then))
    return sorted(found, key=lambda one: (one.night.end, one.night.person, one.schedule))


def _next_duty(ahead: Ahead, near: Iterable[tuple[Stay, str]], night: tuple[Stay, str]) -> tuple[Stay, str] | None:
    """Return the first stay of another rotation that begins, or goes on, after a night."""
    rotation = _rotation(ahead, *night)
    for stay, name in near:
        if stay.end > night[0].end and _rotation(ahead, stay, name) != rotation:
            return stay, name
    return None


def _rotation(ahead: Ahead, stay: Stay, schedule: str) -> tuple[str, frozenset[str | None]]:
    """Return what makes two stays ones of the same rotation."""
    return ahead.book.schedules[schedule].copy or schedule, stay.layers


@dataclass(frozen=True, slots=True)
class OddHandoff:
    """A handoff at a wall time of `zone` that the clocks leave out (`is_gap`) or show twice. It happens at `at`."""

    at: datetime
    wall: datetime
    zone: ZoneInfo
    is_gap: bool


def odd_handoffs(ahead: Ahead, schedule: Schedule) -> list[OddHandoff]:
    """Return the handoffs of a schedule in a missing or a repeated hour of the zones of its layers."""
    source = ahead.book.schedules.get(schedule.copy or schedule.id, schedule)
    layers = [layer for level in source.levels for layer in level]
    segments = ahead.segments(schedule.id)
    handoffs = [after.start for before, after in pairwise(segments) if before.people != after.people]
    found: dict[datetime, OddHandoff] = {}
    for zone in dict.fromkeys(layer.zone for layer in layers):
        for change in clock_changes(zone, ahead.start, ahead.end):
            if change.is_gap:
                if change.at in handoffs and (wall := _meant(layers, zone, change)) is not None:
                    found.setdefault(change.at, OddHandoff(change.at, wall, zone, is_gap=True))
                continue
            repeated = change.before - change.after
            for at in handoffs[bisect_left(handoffs, change.at - repeated) :]:
                if at >= change.at + repeated:
                    break
                found.setdefault(at, OddHandoff(at, clock(at, zone), zone, is_gap=False))
    return [found[at] for at in sorted(found)]


def _meant(layers: Iterable[Layer], zone: ZoneInfo, change: ClockChange) -> datetime | None:
    """Return the first wall time in a gap at which a layer of that zone would have handed over."""
    return min(
        (wall for layer in layers if layer.zone is zone for wall in _bounds(layer, change) if change.leaves_out(wall)),
        default=None,
    )


def _bounds(layer: Layer, change: ClockChange) -> Iterable[datetime]:
    """Give the wall times around a clock change at which a layer may begin or end something.

    Somebody does hand over at that instant, so a window counts whatever weekdays it has.
    """
    yield from (wall for wall in (layer.start, layer.since, layer.until) if wall is not None)
    for day in (change.before.date(), change.after.date()):
        for window in (*layer.only, *layer.not_on):
            yield datetime.combine(day, window.start)
            yield datetime.combine(day, window.end)
        wall = datetime.combine(day, layer.start.time())
        if layer.every is not None and _begins_turn(layer.every, layer.start, wall):
            yield wall


def _begins_turn(every: Turn, start: datetime, wall: datetime) -> bool:
    """Does a turn by the clock begin on this day? The wall time has the time of day of the first."""
    match every.unit:
        case Unit.HOURS:
            return False
        case Unit.MONTHS:
            last = (wall.date().replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY
            months = (wall.year - start.year) * 12 + wall.month - start.month
            return months % every.count == 0 and wall.day == min(start.day, last.day)
        case _:
            length = length_of(every)
            assert length is not None
            return not (wall - start) % length


def length_of(turn: Turn | None) -> timedelta | None:
    """Return how long a turn is on the clock, None for ever; a month counts 31 days."""
    if turn is None:
        return None
    if turn.unit is Unit.MONTHS:
        return turn.count * _A_MONTH
    return timedelta(**{turn.unit.value: turn.count})
