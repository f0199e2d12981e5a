import pytest

from pagerd.core.errors import NotFound
from pagerd.core.oncall.coverage import holes
from tests.core.oncall.books import WEEKDAYS, at, away, book, layer, override, schedule, window


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
