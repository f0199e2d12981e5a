from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core.errors import NotFound
from pagerd.core.oncall.ahead import Ahead, Segment, Stay, by_person, joined, stays_of
from tests.core.oncall.books import DAY, WEEKDAYS, at, away, book, layer, override, schedule, window

START, END = at("2026-01-05 08:00"), at("2026-01-26 08:00")
WEEKLY = schedule(layer("ana ben cho", name="week"))


def test_a_walk_is_cut_where_the_answer_changes():
    """People, layer or override; handing over to oneself is no change."""
    company = book(
        schedule(layer("ana ana ben", name="week")), override("cho for ana", start="2026-01-07", end="2026-01-08")
    )

    assert Ahead(company, START, END).segments("primary") == (
        Segment(START, at("2026-01-07"), ("ana",), "week", None),
        Segment(at("2026-01-07"), at("2026-01-08"), ("cho",), "week", "cho for ana"),
        Segment(at("2026-01-08"), at("2026-01-19 08:00"), ("ana",), "week", None),
        Segment(at("2026-01-19 08:00"), END, ("ben",), "week", None),
    )


def test_a_hole_that_somebody_wrote_down_is_told_apart():
    """A turn of none is meant, the time outside of a window is not."""
    turns = schedule(layer("ana -", every=DAY, only=(window(WEEKDAYS, "09:00", "17:00"),)))
    ahead = Ahead(book(turns), at("2026-01-05 08:00"), at("2026-01-07 08:00"))

    assert [(one.is_meant, f"{one.start:%d %H}") for one in ahead.segments("primary") if not one.people] == [
        (False, "05 16"),
        (True, "06 08"),
        (False, "06 16"),
    ]
    assert ahead.holes("primary") == [
        (at("2026-01-05 16:00"), at("2026-01-06 08:00")),
        (at("2026-01-06 16:00"), at("2026-01-07 08:00")),
    ]


def test_an_unknown_schedule_is_not_found():
    """As everywhere."""
    with pytest.raises(NotFound):
        Ahead(book(), START, END).segments("primary")


@pytest.mark.parametrize("year", [1, 9998])
def test_a_span_beyond_all_schedules_cannot_be_asked_for(year):
    """It is refused before anything is counted in it: the day before the first one is none."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="it must lie between 1900 and 9000"):
        Ahead(book(WEEKLY), start, start + timedelta(days=1))


def test_an_empty_span_has_nothing():
    """Neither answers nor people."""
    assert Ahead(book(WEEKLY), START, START).segments("primary") == ()
    assert Ahead(book(WEEKLY), START, START).stays("primary") == []


def test_a_person_stays_while_others_come_and_go():
    """The stay has the layers that put them there, and may be cut where these change."""
    pairs = schedule(
        layer("ana+ben ana+cho", name="week"),
        layer("ana", every=None, name="office", only=(window(WEEKDAYS, "09:00", "17:00"),)),
    )
    segments = Ahead(book(pairs), at("2026-01-11"), at("2026-01-12 12:00")).segments("primary")

    assert stays_of(segments) == [
        Stay(at("2026-01-11"), at("2026-01-12 08:00"), "ben", frozenset({"week"})),
        Stay(at("2026-01-11"), at("2026-01-12 12:00"), "ana", frozenset({"week", "office"})),
    ]
    assert [(one.person, *one.layers) for one in stays_of(segments, by_layer=True)] == [
        ("ana", "week"),
        ("ben", "week"),
        ("ana", "office"),
    ]


def test_somebody_who_comes_back_stays_twice():
    """A break ends a stay."""
    found = by_person(Ahead(book(schedule(layer("ana ben"))), START, END).stays("primary"))

    assert [(f"{one.start:%d}", f"{one.end:%d}") for one in found["ana"]] == [("05", "12"), ("19", "26")]
    assert len(found["ben"]) == 1


def test_the_calendar_without_an_absence():
    """What would be somebody's, if they were there; others stay away."""
    ahead = Ahead(book(WEEKLY, away("ana"), away("ben")), START, END)

    assert {one.person for one in ahead.stays("primary")} == {"cho"}
    assert {one.person for one in ahead.without_absence("ana").stays("primary")} == {"ana", "cho"}


def test_spans_that_adjoin_are_one():
    """And others are not."""
    a, b, c, d = (at(f"2026-01-0{day}") for day in (1, 2, 3, 4))

    assert joined([(a, b), (b, c)]) == [(a, c)]
    assert joined([(a, b), (c, d)]) == [(a, b), (c, d)]
