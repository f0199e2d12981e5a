"""What somebody is told around their shifts: decided by comparing what the plan says with what they were told.

Nothing here looks at what happened since the last look. So what came and went while pagerd stood still is never told,
what is true now is told once, and a change of plan needs no event of its own: it is a difference like any other.

- A shift that comes is told once for each lead time that is reached; of several that were missed, once.
- A lead time that would fall into the person's night counts from the minute before that night: nobody is told at three
  of a shift at four.
- A lead time that reaches back into the person's last shift of the same schedule is left out: whoever is off in the
  morning and on again in the evening was told so in the morning.
- What was told and is not true any more is corrected, whatever the notices are that a person wants.
- Shadowing is told as a shift is, and as what it is: beside whom, and that nobody counts on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pagerd.core.handoff import Handover, OpenPage
from pagerd.core.membership import schedules_of
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.stints import Stint, shadowings, stints
from pagerd.core.people import Person, ShiftNotices
from pagerd.core.plan import Plan
from pagerd.core.worklog.nightfall import span_of

LOOKS_BACK = timedelta(days=8)
"""A shift that began longer ago is told without its start, which nobody asks for any more."""

LOOKS_AHEAD = timedelta(days=32)
"""How far shifts are looked at: a month of turns, which is longer than any lead time."""

LOOKS_AGAIN = timedelta(days=14)
"""When a person is looked at again of whom nothing is due."""


_MINUTE = timedelta(minutes=1)


class News(StrEnum):
    """What is new: a shift COMES, BEGAN or ENDED; it was told, and has MOVED or is not theirs any more (GONE).

    NOTE: who had the schedule before wrote a handoff note when it had changed hands already. GIVEN, TAKEN: somebody put
    the person on call in a turn that is still to come, or took them off one, before anybody told them of it.
    """

    COMES = "comes"
    BEGAN = "began"
    ENDED = "ended"
    MOVED = "moved"
    GONE = "gone"
    NOTE = "note"
    GIVEN = "given"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to tell about one schedule.

    `people` had it before (COMES, BEGAN), have it now (ENDED), have it then (GONE, TAKEN), would have had it (GIVEN),
    or wrote (NOTE); `beside` are on call with the reader; `by` did what is GIVEN or TAKEN. `was_start` and `was_end`
    are what the reader was told of a shift that has MOVED. `next_start` is when the reader is on again after a shift
    that ENDED. `as_shadow`: the reader shadows those `beside` them, then.
    """

    news: News
    schedule: str
    start: datetime | None = None
    end: datetime | None = None
    people: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    was_start: datetime | None = None
    was_end: datetime | None = None
    next_start: datetime | None = None
    as_shadow: bool = False
    by: str = ""

    @property
    def takes_over(self) -> bool:
        """Is the reader counted on from now on?"""
        return self.news is News.BEGAN and not self.as_shadow


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A schedule in which the person knows that they are on call, or its shadow, and until when.

    `end` None: nobody looked so far.
    """

    schedule: str
    end: datetime | None
    as_shadow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A shift to come of which the person was told; `lead` is the shortest lead time at which they were."""

    schedule: str
    start: datetime
    end: datetime | None
    lead: timedelta
    as_shadow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person knows of their shifts."""

    held: tuple[Held, ...] = ()
    announced: tuple[Announced, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one person was told at one instant, of all their schedules at once.

    `handovers` is what goes over with the shifts that began, `keeps` the pages that a person still holds who goes off.
    """

    id: str
    person: str
    at: datetime
    lines: tuple[Line, ...]
    handovers: tuple[Handover, ...] = ()
    keeps: tuple[OpenPage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What there is to tell, what the person knows then, and when to look again."""

    lines: tuple[Line, ...]
    told: Told
    due: datetime


def notices_of(plan: Plan, person: Person, schedule: str) -> ShiftNotices:
    """Return what a person is told around shifts of a schedule: what they say themselves, else what its team says.

    Of a schedule that left the files everybody is told that it is over, who knew of a shift in it.
    """
    if person.shift_notices is not None:
        return person.shift_notices
    known = plan.book.schedules.get(schedule)
    if known is None:
        return ShiftNotices(at_end=True)
    team = plan.teams.get(known.team)
    return team.shift_notices if team is not None else ShiftNotices()


def tells_anybody(plan: Plan) -> bool:
    """Is anybody to be told anything around shifts?"""
    of_people = (one.shift_notices for one in plan.people.values())
    of_teams = (one.shift_notices for one in plan.teams.values())
    return any(one is not None and not one.is_off for one in (*of_people, *of_teams))


def look(plan: Plan, person: Person, told: Told, now: datetime) -> Look | None:
    """Compare what a person was told with what the plan says; None for somebody who is told nothing of their shifts."""
    names = sorted(
        {
            *schedules_of(plan, person.id),
            *_shadowed(plan, person.id),
            *(one.schedule for one in told.held),
            *(one.schedule for one in told.announced),
        }
    )
    if all(notices_of(plan, person, name).is_off for name in names):
        return None
    lines: list[Line] = []
    held: list[Held] = []
    announced: list[Announced] = []
    dues = [now + LOOKS_AGAIN]
    for name, as_shadow in ((name, as_shadow) for name in names for as_shadow in (False, True)):
        one = _Schedule(plan, person, name, now, as_shadow=as_shadow)
        lines += one.now_and_then([was for was in told.held if (was.schedule, was.as_shadow) == (name, as_shadow)])
        lines += one.to_come(
            [was for was in told.announced if (was.schedule, was.as_shadow) == (name, as_shadow) and was.start > now]
        )
        held += one.held
        announced += one.announced
        dues += one.dues
    due = min(at for at in dues if at > now)
    return Look(lines=tuple(lines), told=Told(held=tuple(held), announced=tuple(announced)), due=due)


def _shadowed(plan: Plan, person: str) -> Iterator[str]:
    return (name for name, one in plan.book.schedules.items() if person in one.all_shadows)


class _Schedule:
    """One schedule of one person, as the plan says it now, and what becomes of what they were told of it.

    On call and shadow are two sides of it, each with what was told of it.
    """

    def __init__(self, plan: Plan, person: Person, name: str, now: datetime, *, as_shadow: bool) -> None:
        self._plan = plan
        self._as_shadow = as_shadow
        self._person = person
        self._name = name
        self._now = now
        self._notices = notices_of(plan, person, name)
        self._stints = self._found(now - LOOKS_BACK, now + LOOKS_AHEAD)
        self._current = next((one for one in self._stints if one.holds_at(now)), None)
        self._later = [one for one in self._stints if one.start is not None and one.start > now]
        self.held: list[Held] = []
        self.announced: list[Announced] = []
        self.dues: list[datetime] = []

    def _found(self, start: datetime, end: datetime) -> Sequence[Stint]:
        known = self._plan.book.schedules.get(self._name)
        if known is None:
            return ()
        if not self._as_shadow:
            return stints(self._plan.book, self._person.id, self._name, start, end)
        is_one = self._person.id in known.all_shadows
        return shadowings(self._plan.book, self._person.id, self._name, start, end) if is_one else ()

    def now_and_then(self, held: Sequence[Held]) -> Iterator[Line]:
        """Tell what is another than it was known to be now."""
        current, was = self._current, held[0] if held else None
        if current is not None:
            self.held.append(Held(schedule=self._name, end=current.end, as_shadow=self._as_shadow))
            if current.end is not None:
                self.dues.append(current.end)
            if was is None and self._notices.at_start:
                yield self._line(News.BEGAN, current, people=current.before)
            elif was is not None and was.end is not None and was.end != current.end and not self._notices.is_off:
                yield self._line(News.MOVED, current, was_end=was.end)
        elif was is not None and self._notices.at_end and not self._is_on_call_by_now():
            # Where it ended as it was known to, that is the end, however late this is looked at.
            as_known = was.end is not None and was.end <= self._now
            yield Line(
                news=News.ENDED,
                schedule=self._name,
                end=was.end if as_known else self._now,
                people=self._people(self._now),
                next_start=self._later[0].start if self._later else None,
                as_shadow=self._as_shadow,
            )

    def _is_on_call_by_now(self) -> bool:
        """Does a shadow stop being one because they are on call themselves? Then that is what they are told."""
        return self._as_shadow and self._person.id in self._people(self._now)

    def to_come(self, announced: Iterable[Announced]) -> Iterator[Line]:
        """Tell what comes, and what of it is another than was told."""
        left = {one.start: one for one in announced}
        known: dict[datetime, Announced] = {}
        for start in [one.start for one in self._later if one.start in left]:
            known[start] = left.pop(start)
        for place, stint in enumerate(self._later):
            assert stint.start is not None, "what comes has a start"
            self.dues.append(stint.start)
            was = known.get(stint.start) or self._moved(stint, left)
            if was is not None and not self._is_as_told(stint, was):
                yield self._line(News.MOVED, stint, was_start=was.start, was_end=was.end)
            lead = self._lead(stint, self._end_before(stint, place))
            if lead is not None and (was is None or lead < was.lead):
                if was is None or self._is_as_told(stint, was):
                    yield self._line(News.COMES, stint, people=stint.before)
                was = Announced(
                    schedule=self._name, start=stint.start, end=stint.end, lead=lead, as_shadow=self._as_shadow
                )
            if was is not None:
                self.announced.append(replace(was, start=stint.start, end=stint.end))
        for gone in left.values():
            # One that has begun by now, sooner than was told, is told as what began.
            if self._current is None or not self._current.meets(gone.start, gone.end):
                at = gone.start
                yield Line(
                    news=News.GONE,
                    schedule=self._name,
                    start=at,
                    end=gone.end,
                    people=self._people(at),
                    as_shadow=self._as_shadow,
                )

    def _moved(self, stint: Stint, left: dict[datetime, Announced]) -> Announced | None:
        """Take from what is left the first that this shift may have been."""
        found = next((start for start in sorted(left) if stint.meets(start, left[start].end)), None)
        return left.pop(found) if found is not None else None

    @staticmethod
    def _is_as_told(stint: Stint, was: Announced) -> bool:
        # An end that nobody looked so far for is none that was told.
        return stint.start == was.start and was.end in (None, stint.end)

    def _end_before(self, stint: Stint, place: int) -> datetime | None:
        """Return the end of the shift before one of those to come."""
        if place:
            return self._later[place - 1].end
        ended = [one.end for one in self._stints if one.end is not None and one.start != stint.start]
        return max((end for end in ended if stint.start is not None and end <= stint.start), default=None)

    def _lead(self, stint: Stint, end_before: datetime | None) -> timedelta | None:
        """Return the shortest lead time that is reached, and note when the others are."""
        assert stint.start is not None, "what comes has a start"
        reached: timedelta | None = None
        for lead in self._notices.before:
            if end_before is not None and end_before > stint.start - lead:
                continue
            at = _awake(self._person, stint.start - lead)
            if at > self._now:
                self.dues.append(at)
            else:
                reached = lead if reached is None else min(reached, lead)
        return reached

    def _line(
        self,
        news: News,
        stint: Stint,
        *,
        people: tuple[str, ...] = (),
        was_start: datetime | None = None,
        was_end: datetime | None = None,
    ) -> Line:
        at = max(stint.start or self._now, self._now)
        return Line(
            news=news,
            schedule=self._name,
            start=stint.start,
            end=stint.end,
            people=people,
            beside=tuple(one for one in self._people(at) if one != self._person.id),
            was_start=was_start,
            was_end=was_end,
            as_shadow=self._as_shadow,
        )

    def _people(self, at: datetime) -> tuple[str, ...]:
        if self._name not in self._plan.book.schedules:
            return ()
        return people_on_call(self._plan.book, self._name, at)


def _awake(person: Person, at: datetime) -> datetime:
    """Return an instant, or the last minute before the person's night that it lies in."""
    return span_of(person.night, person.zone, at)[1] - _MINUTE if person.sleeps_at(at) else at
