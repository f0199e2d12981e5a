"""Thousands of random books: what pagerd computes is what a calendar painted minute by minute shows.

The books hold everything against each other: all units, several people in a turn and nobody, layers stacked and side by
side, windows past midnight and over spans of the week, holidays, `lasts`, `since` and `until`, zones, a copy, fixed
shifts, shadows, overrides of all kinds, absences; around changes of clocks. Every failure names the seed of its book.
"""

from datetime import timedelta
from itertools import groupby, pairwise
from random import Random  # noqa: TID251  # drawn from the seed that every failure names

import pytest

from pagerd.core.oncall.lookup import answers_between, on_call, people_on_call
from pagerd.core.oncall.shifts import Shift, shifts
from tests.core.oncall.books import BERLIN
from tests.core.oncall.drawn import Drawn, a_book
from tests.core.oncall.resolver import Answer, Resolver, Run
from tests.figures import note
from tests.share import in_share

BOOKS = in_share(ci=1_000, proof=40_000)
AT_ONCE = 125
FAR_DAYS = in_share(ci=("2049-03-28", "2049-10-31"), proof=("2049-03-28", "2049-10-31", "2099-03-29"))

HOUR, MICROSECOND = timedelta(hours=1), timedelta(microseconds=1)


@pytest.fixture(scope="module")
def compared():
    """How many minutes were compared, for the table of the proof."""
    found = [0]
    yield found
    note("minutes of random schedules that a second resolver answers otherwise", 0, n=found[0], at_most=0)


@pytest.mark.parametrize("first", range(0, BOOKS, AT_ONCE))
def test_the_answers_are_those_of_the_painted_calendar(compared, first):
    """At each minute: the same people in the same order, by the same layer and the same override."""
    for seed in range(first, first + AT_ONCE):
        drawn = a_book(seed)
        resolver = Resolver(drawn.book, drawn.start, drawn.end)
        for name in ("primary", "secondary"):
            expected = resolver.runs(name)

            assert _computed(drawn, name) == expected, f"seed {seed}, {name}: {drawn.book}"
            compared[0] += (drawn.end - drawn.start) // timedelta(minutes=1)
            _asked_at_instants(drawn, name, resolver, f"seed {seed}, {name}")


def _computed(drawn: Drawn, name: str) -> list[Run]:
    """Return pagerd's answers in the resolver's words."""
    given = list(answers_between(drawn.book, name, drawn.start, drawn.end))
    ends = [*(start for start, _ in given[1:]), drawn.end]
    told = [(start, end, Answer(*answer[:3])) for (start, answer), end in zip(given, ends, strict=True)]
    together = [list(same) for _, same in groupby(told, key=lambda one: one[2])]
    return [Run(same[0][0], same[-1][1], same[0][2]) for same in together]


def _asked_at_instants(drawn: Drawn, name: str, resolver: Resolver, where: str) -> None:
    """One instant, a span, and the outlook of an instant: every way of asking has the same truth."""
    expected = resolver.runs(name)
    by_people = [list(same) for _, same in groupby(expected, key=lambda run: run.answer.people)]
    laid = tuple(Shift(same[0].start, same[-1].end, same[0].answer.people) for same in by_people)

    assert shifts(drawn.book, name, drawn.start, drawn.end) == laid, where
    random = Random(where)
    for shift, later in random.sample(list(pairwise(laid)), min(3, len(laid) - 1)):
        last_moment = shift.end - MICROSECOND
        assert people_on_call(drawn.book, name, shift.start) == shift.people, where
        assert people_on_call(drawn.book, name, last_moment) == shift.people, where
        answer = on_call(drawn.book, name, last_moment)
        assert (answer.people, answer.until, answer.following) == (shift.people, shift.end, later.people), where
        assert answer.shadows == resolver.shadows(name, last_moment, shift.people), where
    # An instant that is no whole minute has the answer of its minute; soon after a handoff an hour may be repeated.
    for run in random.sample(expected, min(5, len(expected))):
        length = run.end - run.start
        when = run.start + random.random() * random.choice((length, min(length, HOUR)))
        _, answered = next(answers_between(drawn.book, name, when, run.end))
        assert Answer(*answered[:3]) == run.answer, f"{where} at {when}"


@pytest.mark.parametrize("day", FAR_DAYS)
def test_far_years_are_as_right_as_this_one(day):
    """Where stepping takes thousands of turns the arithmetic finds the same, beyond the tables of the zones too."""
    for seed in range(in_share(ci=4, proof=300)):
        drawn = a_book(f"{day} {seed}", (BERLIN, day), anchored="2026-02-01")
        resolver = Resolver(drawn.book, drawn.start, drawn.end)
        for name in ("primary", "secondary"):
            expected = resolver.runs(name)

            assert _computed(drawn, name) == expected, f"seed {day} {seed}, {name}: {drawn.book}"
