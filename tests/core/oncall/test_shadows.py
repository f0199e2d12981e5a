"""Shadows: told of what the people on call are told, and never counted on."""

import pytest

from pagerd.core.oncall.lookup import on_call, people_on_call, shadows_of
from pagerd.core.oncall.shifts import shifts
from tests.core.oncall.books import at, away, book, copy, fixed, layer, override, schedule

TUESDAY = at("2026-01-06 12:00")
WEEK = ("2026-01-05", "2026-01-12")
WEEKLY = layer("ana ben")


CASES = {
    "for good": (schedule(WEEKLY, shadows=("gil",)), [], "gil"),
    "for some time": (schedule(WEEKLY, fixed=(fixed("", *WEEK, shadows="gil"),)), [], "gil"),
    "for a time that is over": (
        schedule(WEEKLY, fixed=(fixed("", "2026-01-05", "2026-01-06 12:00", shadows="gil"),)),
        [],
        "",
    ),
    "both, each once": (
        schedule(WEEKLY, shadows=("gil", "hal"), fixed=(fixed("", *WEEK, shadows="ida+gil"),)),
        [],
        "gil hal ida",
    ),
    "beside a shift by name": (schedule(WEEKLY, fixed=(fixed("dan", *WEEK, shadows="gil"),)), [], "gil"),
    "whoever is on call is none": (schedule(WEEKLY, shadows=("ana", "gil")), [], "gil"),
    "whoever has no turn now is one": (schedule(WEEKLY, shadows=("ben",)), [], "ben"),
    "whoever is put on call is none": (schedule(WEEKLY, shadows=("gil",)), [override("gil for ana")], ""),
    "whoever is away is none": (schedule(WEEKLY, shadows=("gil",)), [away("gil")], ""),
    "an absence that is over": (schedule(WEEKLY, shadows=("gil",)), [away("gil", end="2026-01-06 12:00")], "gil"),
    "an override takes no shadow away": (schedule(WEEKLY, shadows=("gil",)), [override("- gil")], "gil"),
    "in a hole": (schedule(layer("-"), shadows=("gil",)), [], "gil"),
}


@pytest.mark.parametrize("name", CASES)
def test_who_is_a_shadow(name):
    """Whoever is named, less those on call and those away."""
    what, besides, expected = CASES[name]

    assert " ".join(on_call(book(what, *besides), "primary", TUESDAY).shadows) == expected


def test_nobody_counts_on_a_shadow():
    """A shadow fills no hole, covers nobody, and is in no shift."""
    hole = book(schedule(layer("-"), shadows=("gil",)))
    gone = book(schedule(layer("ana"), shadows=("gil",)), away("ana"))

    assert people_on_call(hole, "primary", TUESDAY) == people_on_call(gone, "primary", TUESDAY) == ()
    assert [one.people for one in shifts(gone, "primary", TUESDAY, at("2026-01-07"))] == [()]


def test_a_copy_has_its_own_shadows():
    """Whoever learns from the primary does not learn from the secondary."""
    company = book(schedule(WEEKLY, shadows=("gil",)), copy(1), copy(1, name="third", shadows=("hal",)))

    assert shadows_of(company, "secondary", TUESDAY, ("ben",)) == ()
    assert shadows_of(company, "third", TUESDAY, ("ben",)) == ("hal",)
