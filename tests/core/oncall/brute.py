"""A slow judge of calendars: it asks at every half hour who is on call, and adds up what it was told.

It knows nothing of walks, segments and spans. All that it is given begins and ends at whole or half hours.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import strategies as st

from pagerd.core.oncall.lookup import answers_between, is_left_to_nobody
from pagerd.core.oncall.schedule import Away, Book, Turn, Unit
from tests.core.oncall.books import (
    BERLIN,
    DAY,
    WEEK,
    WEEKDAYS,
    WEEKEND,
    at,
    book,
    copy,
    layer,
    override,
    schedule,
    window,
)

STEP = timedelta(minutes=30)
PEOPLE = ("ana", "ben", "cho", "dan")

Run = tuple[datetime, datetime]


class BruteForce:
    """What each schedule answers at every step of a span."""

    def __init__(self, asked: Book, start: datetime, end: datetime) -> None:
        self.book, self.start, self.end = asked, start, end
        self.steps = [start + n * STEP for n in range(int((end - start) / STEP))]
        self.answers = {
            name: [next(iter(answers_between(asked, name, step, step + STEP)))[1] for step in self.steps]
            for name in asked.schedules
        }

    def holes(self, name: str) -> list[Run]:
        """When nobody is on call and no turn of none is on."""
        answers = zip(self.steps, self.answers[name], strict=True)
        return self._runs([not one.people and not is_left_to_nobody(self.book, name, step) for step, one in answers])

    def more_than(self, name: str, at_once: int) -> list[Run]:
        """When more people are on call."""
        return self._runs([len(one.people) > at_once for one in self.answers[name]])

    def stays(self, name: str) -> list[tuple[datetime, datetime, str]]:
        """Who is on call in a row, from when to when."""
        return sorted(
            (*run, person)
            for person in PEOPLE
            for run in self._runs([person in one.people for one in self.answers[name]])
        )

    def twice(self, one: str, other: str) -> list[tuple[datetime, datetime, str]]:
        """Who is on call in both."""
        both = list(zip(self.answers[one], self.answers[other], strict=True))
        found = [
            (*run, who) for who in PEOPLE for run in self._runs([who in a.people and who in b.people for a, b in both])
        ]
        return sorted(found, key=lambda twice: (twice[0], twice[2]))

    def within(self, name: str, person: str, counts: Sequence[bool]) -> timedelta:
        """How long a person is on call at the steps that count."""
        return STEP * sum(on and person in one.people for on, one in zip(counts, self.answers[name], strict=True))

    def short_rests(self, names: Sequence[str], rest: timedelta) -> list[tuple[datetime, str, str, timedelta]]:
        """After which nights somebody is on call in another rotation within so long, and how long after."""
        found = []
        for person in PEOPLE:
            duty = {
                name: [one.layer or "" if person in one.people else None for one in self.answers[name]]
                for name in names
            }
            for name in names:
                for layer_name in {one for one in duty[name] if one is not None}:
                    for run in self._runs([one == layer_name for one in duty[name]]):
                        after = self._next(duty, (self._root(name), layer_name), run[1])
                        if self._is_night(run) and after is not None and after < rest:
                            found.append((run[1], person, name, after))
        return sorted(found)

    def _next(self, duty: dict[str, list[str | None]], rotation: tuple[str, str], since: datetime) -> timedelta | None:
        for place in range(int((since - self.start) / STEP), len(self.steps)):
            others = {(self._root(name), said[place]) for name, said in duty.items() if said[place] is not None}
            if others - {rotation}:
                return self.steps[place] - since
        return None

    def _root(self, name: str) -> str:
        return self.book.schedules[name].copy or name

    def _is_night(self, run: Run) -> bool:
        by_night = [
            step for step in self.steps if run[0] <= step < run[1] and not 7 <= step.astimezone(BERLIN).hour < 22
        ]
        is_whole = self.start < run[0] and run[1] < self.end
        return is_whole and run[1] - run[0] <= timedelta(hours=25) and len(by_night) * STEP >= timedelta(hours=3)

    def _runs(self, holds: Sequence[bool]) -> list[Run]:
        runs: list[Run] = []
        for step, is_so in zip(self.steps, holds, strict=True):
            if is_so and runs and runs[-1][1] == step:
                runs[-1] = (runs[-1][0], step + STEP)
            elif is_so:
                runs.append((step, step + STEP))
        return runs


_WINDOWS = (
    (),
    (window(WEEKDAYS),),
    (window(start="18:00", end="09:00"),),
    (window(WEEKDAYS, "09:00", "17:30"), window(WEEKEND)),
    (window(start="22:00", end="02:30"),),
)
_TURNS = (DAY, WEEK, Turn(2, Unit.DAYS), Turn(12, Unit.HOURS), None)
_NAMES = st.sampled_from(PEOPLE)
_MEMBERS = st.lists(st.sampled_from((*PEOPLE, "-", "ana+ben")), min_size=1, max_size=4)


@st.composite
def _layers(draw, name):
    every = draw(st.sampled_from(_TURNS))
    people = draw(_MEMBERS)
    start = f"2026-01-0{draw(st.integers(1, 9))} {draw(st.sampled_from(('00:00', '02:30', '09:00', '18:00')))}"
    shown = " ".join(people if every is not None else people[:1])
    return layer(shown, every=every, start=start, only=draw(st.sampled_from(_WINDOWS)), name=name)


@st.composite
def _schedules(draw, name):
    levels = [draw(_layers(f"{name} {n}")) for n in range(draw(st.integers(1, 3)))]
    if len(levels) > 1 and draw(st.booleans()):
        levels = [(levels[0], levels[1]), *levels[2:]]
    return schedule(*levels, name=name)


@st.composite
def books_of_two(draw):
    """Two schedules, the second perhaps a copy, with overrides and absences around the change of clocks in March."""
    other = draw(st.one_of(st.just(copy(1)), _schedules("secondary")))
    parts = [draw(_schedules("primary")), other]
    for n in range(draw(st.integers(0, 2))):
        text = draw(st.sampled_from(("cho for all", "dan for ana", "+ cho", "- ben")))
        begins = draw(st.integers(16, 30))
        name = draw(st.sampled_from(("primary", "secondary")))
        parts.append(
            override(text, start=f"2026-03-{begins} 10:30", end=f"2026-04-0{n + 1}", id=f"o{n}", order=n, schedule=name)
        )
    gone = draw(st.lists(st.tuples(_NAMES, st.integers(16, 30)), max_size=2, unique_by=lambda one: one[0]))
    absences = [Away(person=who, start=at(f"2026-03-{day}"), end=at("2026-04-03 12:00")) for who, day in gone]
    return book(*parts, *absences)
