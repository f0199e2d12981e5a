from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.errors import NotFound
from pagerd.core.oncall.coverage import GAPS_WITHIN, Outlook, holes, outlook, unmeant_holes
from pagerd.core.oncall.lookup import on_call
from pagerd.core.oncall.schedule import FixedShift
from tests.core.oncall.books import DAY, MONTH, WEEKDAYS, WEEKEND, at, away, book, layer, override, schedule, window


def test_a_rotation_without_windows_has_no_holes():
    """Where somebody always is, there is nothing to tell."""
    assert holes(book(schedule(layer("ana ben"))), "primary", at("2026-01-06"), at("2027-01-06")) == ()


def test_a_span_before_the_anchor_is_a_hole():
    """Before the first turn nobody is on call, and that ends when it begins."""
    assert holes(book(schedule(layer("ana ben"))), "primary", at("2026-01-01"), at("2027-01-01")) == (
        (at("2026-01-01"), at("2026-01-05 08:00")),
    )


def test_each_hole_is_named_with_its_ends():
    """The nights between the office hours are holes, cut where the span ends."""
    office = schedule(layer("ana", only=(window(WEEKDAYS, "09:00", "17:00"),)))

    assert holes(book(office), "primary", at("2026-01-08 12:00"), at("2026-01-12 07:30")) == (
        (at("2026-01-08 16:00"), at("2026-01-09 08:00")),
        (at("2026-01-09 16:00"), at("2026-01-12 07:30")),
    )


def test_what_people_do_to_a_schedule_makes_holes_too():
    """A removal and an absence of everybody leave a hole, and the same span with a cover has none."""
    what = schedule(layer("ana ben", every=None, members=(("ana",), ("ben",))))
    removal = override("- ana", start="2026-01-06", end="2026-01-07")
    both = (away("ana", "2026-02-01", "2026-02-03"), away("ben", "2026-02-02", "2026-02-04"))
    start, end = at("2026-01-05 08:00"), at("2026-03-01")

    assert holes(book(what, removal), "primary", start, end) == ((at("2026-01-06"), at("2026-01-07")),)
    assert holes(book(what, *both), "primary", start, end) == ((at("2026-02-02"), at("2026-02-03")),)
    assert holes(book(what, both[0]), "primary", start, end) == ()


def test_an_unknown_schedule_is_not_found():
    """A name that the book does not have is an error for whoever asked."""
    with pytest.raises(NotFound):
        holes(book(), "nowhere", at("2026-01-01"), at("2026-01-02"))


def test_an_outlook_has_the_people_and_their_end():
    """A weekly turn ends on Monday at nine in Berlin, and nobody is missing."""
    weekly = book(schedule(layer("ana ben")))

    assert outlook(weekly, "primary", at("2026-01-07")) == Outlook(("ana",), at("2026-01-12 08:00"), timedelta(0))


def test_an_outlook_finds_the_end_of_a_month_and_gives_up_on_for_ever():
    """A turn that is longer than the gaps are counted still has its end; one without an end has none."""
    monthly = book(schedule(layer("ana ben", every=MONTH)))
    for_ever = book(schedule(layer("ana", every=None)))

    assert outlook(monthly, "primary", at("2026-01-07")).until == at("2026-02-05 08:00")
    assert outlook(for_ever, "primary", at("2026-01-07")).until is None


def test_an_outlook_counts_what_nobody_covers_within_a_week():
    """Office hours leave 16 hours of each working day and the weekend; a hole now is a part of it."""
    office = book(schedule(layer("ana", only=(window(WEEKDAYS, "09:00", "17:00"),))))

    assert outlook(office, "primary", at("2026-01-07 12:00")).uncovered == timedelta(hours=7 * 24 - 5 * 8)
    seen_at_night = outlook(office, "primary", at("2026-01-07 23:00"))
    assert (seen_at_night.people, seen_at_night.until) == ((), at("2026-01-08 08:00"))
    assert outlook(book(schedule()), "primary", at("2026-01-07")).uncovered == timedelta(days=7)


@given(st.integers(0, 60 * 24 * 60), st.sampled_from(["ana ben", "ana - ben", "ana+cho ben -", "-"]), st.booleans())
def test_an_outlook_says_what_a_longer_look_says(minute, people, is_restricted):
    """Whatever the schedule, it agrees with `holes` and with `on_call`, which walk the calendar each for itself."""
    only = (window(WEEKDAYS, "09:00", "17:00"),) if is_restricted else ()
    what = book(schedule(layer(people, only=only)), away("ana", "2026-01-20", "2026-02-03"))
    now = at("2026-01-01") + timedelta(minutes=minute)
    seen, known = outlook(what, "primary", now), on_call(what, "primary", now)

    gaps = sum((end - start for start, end in holes(what, "primary", now, now + GAPS_WITHIN)), timedelta(0))
    assert (seen.people, seen.uncovered) == (known.people, gaps)
    assert seen.until == known.until


def test_what_is_left_to_nobody_is_a_hole_that_is_meant():
    """The weekend says none; the nights of the week say nothing, and are told."""
    office = schedule(
        layer("ana", only=(window(WEEKDAYS, "09:00", "17:00"),)), layer("-", every=None, only=(window(WEEKEND),))
    )
    start, end = at("2026-01-08 12:00"), at("2026-01-12 07:30")

    assert len(holes(book(office), "primary", start, end)) == 2
    assert unmeant_holes(book(office), "primary", start, end) == (
        (at("2026-01-08 16:00"), at("2026-01-09 08:00")),
        (at("2026-01-09 16:00"), at("2026-01-09 23:00")),
        (at("2026-01-11 23:00"), at("2026-01-12 07:30")),
    )


def test_a_turn_of_none_is_meant_and_a_removal_in_another_is_not():
    """Who wrote none into the rotation knew; who was removed left a hole behind."""
    turns = schedule(layer("ana - ben"))
    removal = override("- ben", start="2026-01-20", end="2026-01-21")
    start, end = at("2026-01-05 08:00"), at("2026-01-26 08:00")

    assert holes(book(turns), "primary", start, end) == ((at("2026-01-12 08:00"), at("2026-01-19 08:00")),)
    assert unmeant_holes(book(turns), "primary", start, end) == ()
    assert unmeant_holes(book(turns, removal), "primary", start, end) == ((at("2026-01-20"), at("2026-01-21")),)


def test_a_turn_of_none_that_has_no_say_means_nothing():
    """Below whoever was taken off nothing shows, so that the whole hole is theirs; above them a none has a say."""
    removal = override("- ben", start="2026-01-06", end="2026-01-09")
    below = schedule(layer("ana -", every=DAY), layer("ben", every=None))
    above = schedule(layer("ben", every=None), layer("-", every=None, only=(window({2}),)))
    shift = schedule(layer("-", every=None), fixed=(FixedShift(start=removal.start, end=removal.end, people=("ben",)),))
    start, end = at("2026-01-05 08:00"), at("2026-01-12 08:00")
    whole = ((removal.start, removal.end),)

    assert unmeant_holes(book(below, removal), "primary", start, end) == whole
    assert unmeant_holes(book(shift, removal), "primary", start, end) == whole
    assert unmeant_holes(book(above, removal), "primary", start, end) == (
        (removal.start, at("2026-01-06 23:00")),
        (at("2026-01-07 23:00"), removal.end),
    )


def test_a_layer_is_itself_and_not_its_name():
    """Nobody forbids two layers of one name: the higher one, which is closed then, hides no none below it."""
    low = replace(layer("ana", every=None, only=(window({6}),)), name="weekend")
    top = replace(layer("ben", every=None, only=(window({0}),)), name="weekend")
    stacked = schedule(low, layer("-", every=None), top)
    removal = override("- ana", start="2026-01-06", end="2026-01-20")

    assert holes(book(stacked, removal), "primary", at("2026-01-10 12:00"), at("2026-01-11 12:00")) != ()
    assert unmeant_holes(book(stacked, removal), "primary", at("2026-01-10 12:00"), at("2026-01-11 12:00")) == ()


def test_a_hole_that_goes_on_is_one():
    """Whatever begins and ends within it, such as an absence, changes nothing for whoever looks for somebody."""
    office = schedule(layer("ben", only=(window(WEEKDAYS, "09:00", "10:00"),)))
    absence = away("ben", "2026-01-06 15:00", "2026-01-06 16:00")

    assert unmeant_holes(book(office, absence), "primary", at("2026-01-06 08:00"), at("2026-01-07 12:00")) == (
        (at("2026-01-06 09:00"), at("2026-01-07 08:00")),
        (at("2026-01-07 09:00"), at("2026-01-07 12:00")),
    )
