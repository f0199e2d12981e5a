"""Whose turns an override changes, and what each is told of it."""

from dataclasses import replace

from pagerd.core.shift_changes import changed_turns
from pagerd.core.shift_notices import Line, News
from tests.core.oncall.books import at, book, copy, layer, override, schedule

START, END = at("2026-01-13 08:00"), at("2026-01-14 08:00")
THERE = book(schedule(layer("ana ben cho")), copy(1))


def changes(person, start=START, end=END):
    """Return what changes for whom when dora puts somebody in for ben on a Tuesday of his week."""
    one = override(f"{person} for ben", start="2026-01-13 08:00", end="2026-01-14 08:00")
    after = replace(THERE, overrides=(one,))
    return changed_turns(THERE, after, "primary", start, end, "dora")


def test_whoever_gives_and_whoever_takes_are_told_with_each_other():
    """And with who did it."""
    found = changes("ana")
    line = {"schedule": "primary", "start": START, "end": END, "by": "dora"}

    assert found == {
        "ben": (Line(news=News.TAKEN, people=("ana",), **line),),
        "ana": (Line(news=News.GIVEN, people=("ben",), **line),),
    }


def test_whoever_has_to_give_way_in_a_copy_is_told_too():
    """Cho, who has the copy then, is put into the primary: somebody else comes into the copy."""
    found = changes("cho")

    assert {(line.news, line.schedule, line.people) for line in found["cho"]} == {
        (News.GIVEN, "primary", ("ben",)),
        (News.TAKEN, "secondary", ("ana",)),
    }
    assert [(line.news, line.schedule, line.people) for line in found["ana"]] == [(News.GIVEN, "secondary", ("cho",))]


def test_what_changes_nothing_is_told_to_nobody():
    """Ben in the place of ben, or a day later."""
    assert changes("ben") == {}
    assert changes("ana", start=END, end=END.replace(day=15)) == {}
