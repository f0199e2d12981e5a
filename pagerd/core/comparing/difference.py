"""What differs between two books over a span: shift by shift, gap by gap, person by person.

Two answers with the same people are the same, in whatever order they come and whoever put them there. A person is taken
with the zone and the night of the book after the change: what differs is then who is on call, and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pagerd.core.comparing.burden import Burden, Span, burden, joined
from pagerd.core.conditions import Figure
from pagerd.core.oncall.coverage import Hole, unmeant_holes
from pagerd.core.oncall.schedule import Book, Override, Schedule
from pagerd.core.oncall.shifts import Shift, shifts
from pagerd.core.people import Person

METRICS = ("new_gaps", "gaps", "gap_minutes", "changes", "people")
"""What is counted, in the order in which it is shown."""


class Fate(StrEnum):
    """What becomes of a schedule."""

    CHANGED = "changed"
    APPEARS = "appears"
    VANISHES = "vanishes"
    REWRITTEN = "rewritten"
    """It is written in another way, and the same people are on call at every instant of the span."""
    RENAMED = "renamed"
    """A schedule of the same team had the same people at every instant of the span, and its name is gone."""


SAME_PEOPLE = frozenset({Fate.REWRITTEN, Fate.RENAMED})
"""What becomes of schedules in which nobody notices."""


@dataclass(frozen=True, slots=True)
class Change:
    """A span in which a schedule has other people than before; None where it has no schedule there."""

    start: datetime
    end: datetime
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A span in which nobody is on call any more, though no turn of `none` says so, and who was on call in it."""

    start: datetime
    end: datetime
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange:
    """One schedule that differs, its new gaps and its changes in the order of time. `was` is its name before."""

    schedule: str
    was: str | None
    team: str
    zone: ZoneInfo
    fate: Fate
    gaps: tuple[Gap, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What changes for one person, over all schedules together; `gained` and `lost` are time."""

    person: str
    before: Burden
    after: Burden
    gained: timedelta
    lost: timedelta

    @property
    def nights_gained(self) -> tuple[date, ...]:
        """Nights in which they were not on call before."""
        return tuple(sorted(self.after.nights - self.before.nights))

    @property
    def nights_lost(self) -> tuple[date, ...]:
        """Nights in which they are not on call any more."""
        return tuple(sorted(self.before.nights - self.after.nights))

    @property
    def weekends_gained(self) -> tuple[date, ...]:
        """Weekends in which they were not on call before, by their Saturdays."""
        return tuple(sorted(self.after.weekends - self.before.weekends))

    @property
    def weekends_lost(self) -> tuple[date, ...]:
        """Weekends in which they are not on call any more, by their Saturdays."""
        return tuple(sorted(self.before.weekends - self.after.weekends))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All of it. Schedules with new gaps come first, people with the largest change of nights."""

    figures: tuple[Figure, ...]
    schedules: tuple[ScheduleChange, ...]
    people: tuple[PersonChange, ...]

    @property
    def is_none(self) -> bool:
        """Are the same people on call everywhere, at every instant?"""
        return all(one.fate in SAME_PEOPLE for one in self.schedules)


def difference(before: Book, after: Book, people: Mapping[str, Person], start: datetime, end: datetime) -> Difference:
    """Compare two books from `start` until before `end`; `people` are those of both. Limits are those of `shifts`."""
    pairs = _with_renames(_pairs(before, after, start, end))
    schedules = [found for one, other in pairs if (found := _schedule_change(one, other)) is not None]
    persons = tuple(_people(pairs, people))
    holes = [[hole for laid in side if laid is not None for hole in laid.holes] for side in _sides(pairs)]
    return Difference(
        figures=(
            Figure("new_gaps", 0, sum(len(one.gaps) for one in schedules)),
            Figure("gaps", *map(len, holes)),
            Figure("gap_minutes", *map(_minutes, holes)),
            Figure("changes", 0, sum(len(one.changes) for one in schedules)),
            Figure("people", 0, len(persons)),
        ),
        schedules=tuple(sorted(schedules, key=lambda one: (not one.gaps, _FATES.index(one.fate), one.schedule))),
        people=persons,
    )


def changes_between(
    before: Book, after: Book, schedule: str, start: datetime, end: datetime
) -> tuple[tuple[str, Change], ...]:
    """Return the spans in which a schedule, or one that copies it, has other people, by name and time.

    It knows no people: whoever is named by an override and has left the files is one like any other.
    """
    names = sorted(name for name, one in after.schedules.items() if schedule in (name, one.copy))
    laid = ((name, _laid(before, name, start, end), _laid(after, name, start, end)) for name in names)
    return tuple((name, change) for name, one, other in laid for change in _changes(one, other))


_FATES = tuple(Fate)


@dataclass(frozen=True, slots=True)
class _Laid:
    """One schedule of one book, laid out over the span, and the holes in it that nobody wrote down as one."""

    schedule: Schedule
    shifts: tuple[Shift, ...]
    holes: tuple[Hole, ...]


_Pair = tuple[_Laid | None, _Laid | None]


def _pairs(before: Book, after: Book, start: datetime, end: datetime) -> list[_Pair]:
    """Lay out every schedule of both books, once where nothing that decides about it differs."""
    is_alike_beside = replace(before, schedules={}, overrides=()) == replace(after, schedules={}, overrides=())
    pairs: list[_Pair] = []
    for name in sorted({*before.schedules, *after.schedules}):
        one = _laid(before, name, start, end)
        is_alike = is_alike_beside and _deciding(before, name) == _deciding(after, name)
        pairs.append((one, one if is_alike else _laid(after, name, start, end)))
    return pairs


def _with_renames(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Lay a schedule that is gone beside one of another name that its team has instead, with the same people."""
    gone = [one for one, other in pairs if one is not None and other is None]
    found: list[_Pair] = []
    for one, other in pairs:
        was = one
        if one is None and other is not None:
            was = next((each for each in gone if _is_same(each, other)), None)
            if was is not None:
                gone.remove(was)
        found.append((was, other))
    return [(one, other) for one, other in found if other is not None or one in gone]


def _is_same(before: _Laid, after: _Laid) -> bool:
    return before.schedule.team == after.schedule.team and not any(_changes(before, after))


def _laid(book: Book, name: str, start: datetime, end: datetime) -> _Laid | None:
    schedule = book.schedules.get(name)
    if schedule is None:
        return None
    laid = shifts(book, name, start, end)
    is_whole = all(shift.people for shift in laid)
    return _Laid(schedule, laid, () if is_whole else unmeant_holes(book, name, start, end))


def _deciding(book: Book, name: str) -> tuple[Schedule | None, Schedule | None, tuple[Override, ...]]:
    """Return what a book says of one schedule alone: itself, the one that it copies, the overrides of both."""
    schedule = book.schedules.get(name)
    copied = None if schedule is None or schedule.copy is None else book.schedules.get(schedule.copy)
    names = {one.id for one in (schedule, copied) if one is not None}
    return schedule, copied, tuple([one for one in book.overrides if one.schedule in names])


def _sides(pairs: Sequence[_Pair]) -> tuple[list[_Laid | None], list[_Laid | None]]:
    return [one for one, _ in pairs], [other for _, other in pairs]


def _schedule_change(before: _Laid | None, after: _Laid | None) -> ScheduleChange | None:
    """Return what becomes of one schedule, None where nothing does."""
    changes = tuple(_changes(before, after))
    if before is None or after is None:
        fate = Fate.VANISHES if after is None else Fate.APPEARS
    elif before.schedule.id != after.schedule.id:
        fate = Fate.RENAMED
    elif changes:
        fate = Fate.CHANGED
    elif before.schedule != after.schedule:
        fate = Fate.REWRITTEN
    else:
        return None
    schedule = _there(before, after).schedule
    return ScheduleChange(
        schedule=schedule.id,
        was=before.schedule.id if before is not None else None,
        team=schedule.team,
        zone=schedule.zone,
        fate=fate,
        gaps=tuple(_new_gaps(before, after)) if after is not None else (),
        changes=changes,
    )


def _there(before: _Laid | None, after: _Laid | None) -> _Laid:
    laid = after if after is not None else before
    assert laid is not None, "a name stands in one of the books at least"
    return laid


def _changes(before: _Laid | None, after: _Laid | None) -> Iterator[Change]:
    """Give the spans in which other people are on call; of a schedule that is in one book only, those with anybody."""
    if before is None or after is None:
        for shift in _there(before, after).shifts:
            if shift.people:
                was, comes = (shift.people, None) if after is None else (None, shift.people)
                yield Change(shift.start, shift.end, was, comes)
        return
    for start, end, one, other in _side_by_side(before.shifts, after.shifts):
        if set(one.people) != set(other.people):
            yield Change(start, end, one.people, other.people)


def _side_by_side(before: Sequence[Shift], after: Sequence[Shift]) -> Iterator[tuple[datetime, datetime, Shift, Shift]]:
    """Give the spans in which neither answer changes, with both; the two tile the same span."""
    ones, others = iter(before), iter(after)
    one, other = next(ones, None), next(others, None)
    while one is not None and other is not None:
        end = min(one.end, other.end)
        yield max(one.start, other.start), end, one, other
        goes_on, other_goes_on = one.end > end, other.end > end
        one = one if goes_on else next(ones, None)
        other = other if other_goes_on else next(others, None)


def _new_gaps(before: _Laid | None, after: _Laid) -> Iterator[Gap]:
    """Give what of the holes somebody covered before; of a schedule that was not there, all of them."""
    for start, end in after.holes:
        if before is None:
            yield Gap(start, end, ())
            continue
        gap: Gap | None = None
        for shift in before.shifts:
            since, until = max(start, shift.start), min(end, shift.end)
            if since >= until or not shift.people:
                continue
            if gap is not None and gap.end == since:
                gap = Gap(gap.start, until, tuple(dict.fromkeys((*gap.before, *shift.people))))
                continue
            if gap is not None:
                yield gap
            gap = Gap(since, until, shift.people)
        if gap is not None:
            yield gap


def _people(pairs: Sequence[_Pair], people: Mapping[str, Person]) -> list[PersonChange]:
    """Return those who gain or lose time; whoever only has it in another schedule is not among them."""
    before, after = (_spans(side) for side in _sides(pairs))
    found = []
    for name in {*before, *after}:
        had, has = joined(before.get(name, ())), joined(after.get(name, ()))
        if had == has:
            continue
        was, comes = burden(people[name], had), burden(people[name], has)
        either = burden(people[name], (*had, *has)).lasts
        found.append(
            PersonChange(person=name, before=was, after=comes, gained=either - was.lasts, lost=either - comes.lasts)
        )
    return sorted(found, key=_largest_first)


def _largest_first(one: PersonChange) -> tuple[int, timedelta, str]:
    return -abs(len(one.after.nights) - len(one.before.nights)), -(one.gained + one.lost), one.person


def _spans(side: Iterable[_Laid | None]) -> dict[str, list[Span]]:
    """Return when each person is on call, in whichever schedule."""
    found: dict[str, list[Span]] = {}
    for laid in side:
        for shift in laid.shifts if laid is not None else ():
            for person in shift.people:
                found.setdefault(person, []).append((shift.start, shift.end))
    return found


def _minutes(holes: Iterable[Hole]) -> int:
    return round(sum((end - start for start, end in holes), timedelta(0)) / timedelta(minutes=1))
