"""Finds the turns behind dated shifts, and says what is left beside them.

A calendar says who is on call when, event by event, and most of it is a rotation that somebody typed in, or that
another product has written out. A rotation is taken for one only where two whole rounds of it have been seen, and
nothing is believed: what its layer gives is laid beside the events, and each span in which the two differ is an
exception of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import Layer, Turn, Unit
from pagerd.core.oncall.wall import clock
from pagerd.importers.cycles import DAY, WEEK, InexpressibleError, Part, later, length_of, part_of, turns_until
from pagerd.importers.walls import DAY_MINUTES, windows

_LENGTHS = (
    *(Turn(weeks, Unit.WEEKS) for weeks in (1, 2, 3, 4)),
    *(Turn(days, Unit.DAYS) for days in (1, 2, 3, 4, 5, 6, 10)),
    *(Turn(months, Unit.MONTHS) for months in (1, 2, 3)),
    *(Turn(hours, Unit.HOURS) for hours in (12, 8, 6, 4)),
)
"""The turns that are looked for: what people agree on. Another one stays a list of dated shifts."""

_ODD_PERMIL = 100
"""How many turns of a thousand may be otherwise than the rotation says: swaps and holidays, one turn in ten."""

_ROUNDS_MIN, _ROUND_MAX = 2, 60
"""How many rounds must have been seen, and how many turns one has at most."""

_ANCHORS_MAX = 7


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Somebody on call once, half-open and in UTC. `level` hides lower ones; `series` is the event it comes from."""

    start: datetime
    end: datetime
    people: tuple[str, ...]
    level: int = 0
    series: str = ""


@dataclass(slots=True)
class _Seen:
    """What the turns of one length looked like: who had each, and when in it they were on call."""

    people: defaultdict[int, Counter[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(Counter))
    shapes: defaultdict[int, set[tuple[timedelta, timedelta]]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class _Found:
    odd: int
    round: int
    layer: Layer


def layers_of(occurrences: Sequence[Occurrence], zone: ZoneInfo, name: str) -> tuple[Layer, ...]:
    """Return the layers, side by side, that give most of some dated shifts of one level; none where no turns are found.

    All of them are tried as one rotation, then those that begin at the same time of day and last as long, then those of
    one event.
    """
    for key in (lambda _: "", _kind_of(zone), lambda one: one.series):
        parts: dict[str, list[Occurrence]] = {}
        for one in occurrences:
            parts.setdefault(key(one), []).append(one)
        found = [layer for part in parts.values() if (layer := _rotation(part, zone, name)) is not None]
        if found:
            return tuple(found)
    return ()


def _kind_of(zone: ZoneInfo) -> Callable[[Occurrence], str]:
    def kind(one: Occurrence) -> str:
        begins, ends = clock(one.start, zone), clock(one.end, zone)
        return f"{begins:%H:%M} {ends - begins}"

    return kind


def _rotation(occurrences: Iterable[Occurrence], zone: ZoneInfo, name: str) -> Layer | None:
    """Return the one rotation that these are, or None."""
    walls = _merged(occurrences, zone)
    if len(walls) < _ROUNDS_MIN or any(later_one[0] < one[1] for one, later_one in pairwise(walls)):
        return None
    best: _Found | None = None
    for every in _LENGTHS:
        for anchor in _anchors(walls, every):
            found = _try(walls, every, anchor, zone, name)
            if found is not None and (best is None or (found.odd, found.round) < (best.odd, best.round)):
                best = found
    return None if best is None else best.layer


_Wall = tuple[datetime, datetime, tuple[str, ...]]


def _merged(occurrences: Iterable[Occurrence], zone: ZoneInfo) -> list[_Wall]:
    """Return spans of wall time in order; people of the same span share it."""
    people: dict[tuple[datetime, datetime], set[str]] = {}
    for one in occurrences:
        people.setdefault((clock(one.start, zone), clock(one.end, zone)), set()).update(one.people)
    return sorted((begins, ends, tuple(sorted(who))) for (begins, ends), who in people.items() if begins < ends)


def _anchors(walls: Sequence[_Wall], every: Turn) -> list[datetime]:
    """Return where turns may begin: with the first shift, or of weeks with any shift of the first week."""
    first = walls[0][0]
    if every.unit is not Unit.WEEKS:
        return [first]
    return [begins for begins, _, _ in walls if begins < first + every.count * WEEK][: _ANCHORS_MAX * every.count]


def _try(walls: Sequence[_Wall], every: Turn, anchor: datetime, zone: ZoneInfo, name: str) -> _Found | None:
    seen, odd_max = _Seen(), len(walls) * _ODD_PERMIL // 1000
    outside = 0
    turn, opens, closes = 0, anchor, anchor
    for begins, ends, people in walls:
        # Many shifts of one turn follow each other. Of hours the clock may have changed between two.
        if every.unit is Unit.HOURS or not opens <= begins < closes:
            turn = turns_until(anchor, every, begins, zone)
            opens, closes = later(anchor, every, turn, zone), later(anchor, every, turn + 1, zone)
        if ends > closes:
            outside += 1
            if outside > odd_max:
                return None
            continue
        seen.people[turn][people] += 1
        length = length_of(every) if ends == closes and begins == opens else ends - begins
        seen.shapes[turn].add((begins - opens, length if length is not None else timedelta.max))
    return None if not seen.people else _judged(seen, every, anchor, zone, name, outside, odd_max)


def _judged(
    seen: _Seen, every: Turn, anchor: datetime, zone: ZoneInfo, name: str, outside: int, odd_max: int
) -> _Found | None:
    """Return the rotation with the shortest round that has as few odd turns as can be."""
    first, last = min(seen.people), max(seen.people)
    inside = sum(sum(counted.values()) - max(counted.values()) for counted in seen.people.values())
    if outside + inside > odd_max:
        return None
    turns = [_most(seen.people.get(turn)) for turn in range(first, last + 1)]
    shape = Counter(frozenset(spans) for spans in seen.shapes.values()).most_common(1)[0][0]
    # The first and the last turn that are seen may have been cut.
    odd_shapes = sum(seen.shapes[turn] != shape for turn in seen.shapes if first < turn < last)
    chosen: tuple[int, int] | None = None
    for size in range(1, min(len(turns) // _ROUNDS_MIN, _ROUND_MAX) + 1):
        members = _of_round(turns, size)
        wrong = sum(who != members[place % size] for place, who in enumerate(turns))
        if (chosen is None or wrong < chosen[0]) and wrong + odd_shapes <= max(
            odd_max, len(turns) * _ODD_PERMIL // 1000
        ):
            chosen = (wrong, size)
            if not wrong:
                break
    if chosen is None:
        return None
    try:
        part = _part(shape, every, later(anchor, every, first, zone))
    except InexpressibleError:
        return None
    if part is None:
        return None
    wrong, size = chosen
    members = _of_round(turns, size)
    forever = size == 1 and part.lasts is None
    layer = Layer(
        name=name,
        members=members,
        zone=zone,
        start=later(anchor, every, first, zone),
        every=None if forever else every,
        lasts=part.lasts,
        only=part.only,
    )
    return _Found(wrong + outside + inside + odd_shapes, size, layer)


def _most(counted: Counter[tuple[str, ...]] | None) -> tuple[str, ...]:
    return () if counted is None else max(counted, key=lambda who: (counted[who], who))


def _of_round(turns: Sequence[tuple[str, ...]], size: int) -> tuple[tuple[str, ...], ...]:
    """Return who has each turn of a round of that many turns most often."""
    return tuple(_most(Counter(turns[place::size])) for place in range(size))


def _part(shape: frozenset[tuple[timedelta, timedelta]], every: Turn, begins: datetime) -> Part | None:
    """Return what of a turn people are on call, or None where a layer cannot say it."""
    if len(shape) == 1:
        ((offset, length),) = shape
        if not offset and length in {timedelta.max, length_of(every)}:
            return Part()
        if not offset:
            return part_of(begins, length, every)
    spans = [(offset, length) for offset, length in shape if length % timedelta(minutes=1) == timedelta(0)]
    if len(spans) < len(shape) or any(offset % timedelta(minutes=1) for offset, _ in spans):
        return None
    minute = begins.weekday() * DAY_MINUTES + begins.hour * 60 + begins.minute
    if every.unit is Unit.WEEKS and all(offset + length <= WEEK for offset, length in spans):
        only = windows(
            (minute + offset // timedelta(minutes=1), length // timedelta(minutes=1)) for offset, length in spans
        )
        return Part(Turn(1, Unit.WEEKS) if every.count > 1 else None, only)
    if every == Turn(1, Unit.DAYS):
        only = windows(
            (minute + (day * DAY + offset) // timedelta(minutes=1), length // timedelta(minutes=1))
            for offset, length in spans
            for day in range(7)
        )
        return Part(only=only)
    return None


@dataclass(frozen=True, slots=True)
class Held:
    """These people from `start` until before `end` (UTC), nobody where there are none."""

    start: datetime
    end: datetime
    people: tuple[str, ...]


def laid_out(occurrences: Iterable[Occurrence], start: datetime, end: datetime) -> Iterator[Held]:
    """Give who is on call over a span, without gap or overlap: whoever is on the highest level that has somebody."""
    changes: dict[datetime, list[tuple[Occurrence, int]]] = {}
    for one in occurrences:
        begins, ends = max(one.start, start), min(one.end, end)
        if begins < ends:
            changes.setdefault(begins, []).append((one, 1))
            changes.setdefault(ends, []).append((one, -1))
    held: dict[int, Counter[str]] = {}
    at, people = start, tuple[str, ...]()
    for instant in sorted(changes):
        for one, step in changes[instant]:
            level = held.setdefault(one.level, Counter())
            for person in one.people:
                level[person] += step
        top = next((level for level in sorted(held, reverse=True) if any(held[level].values())), None)
        now = () if top is None else tuple(sorted(person for person, count in held[top].items() if count > 0))
        if now != people:
            if at < instant:
                yield Held(at, instant, people)
            at, people = instant, now
    if at < end:
        yield Held(at, end, people)


def differences(wanted: Sequence[Held], given: Sequence[Held]) -> Iterator[tuple[Held, tuple[str, ...]]]:
    """Give each span in which others are given than wanted, as it is wanted, and who is given; both cover one span."""
    cuts = sorted({one.start for one in wanted} | {one.start for one in given})
    ends = [*cuts[1:], wanted[-1].end]
    first = second = 0
    last: tuple[Held, tuple[str, ...]] | None = None
    for begins, stops in zip(cuts, ends, strict=True):
        while first + 1 < len(wanted) and wanted[first + 1].start <= begins:
            first += 1
        while second + 1 < len(given) and given[second + 1].start <= begins:
            second += 1
        meant, made = wanted[first].people, given[second].people
        if set(meant) == set(made):
            continue
        if last is not None and last[0].end == begins and (last[0].people, last[1]) == (meant, made):
            last = (Held(last[0].start, stops, meant), made)
            continue
        if last is not None:
            yield last
        last = (Held(begins, stops, meant), made)
    if last is not None:
        yield last
