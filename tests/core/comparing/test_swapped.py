"""What a swap would change, before anybody is asked for it."""

import pytest

from pagerd.core.comparing.difference import Change
from pagerd.core.comparing.swapped import SwappedIn, swapped
from pagerd.core.errors import Conflict
from pagerd.core.oncall.swap import Piece, requested
from tests.builders import a_person
from tests.core.oncall.books import at, book, copy, layer, schedule

NOW = at("2026-01-05 12:00")
SECOND, THIRD, FOURTH = at("2026-01-12 08:00"), at("2026-01-19 08:00"), at("2026-01-26 08:00")
PEOPLE = {name: a_person(name) for name in ("ana", "ben", "cho")}


def asked(there):
    """Return ben's week for cho's."""
    return requested(
        there,
        PEOPLE,
        id="x-1",
        schedule="primary",
        by="ben",
        mine=Piece(SECOND),
        theirs=Piece(THIRD),
        of=None,
        why="",
        now=NOW,
    )


def test_it_names_each_span_in_each_schedule_with_who_is_there_instead():
    """Both weeks, and the week in which the copy has to give way."""
    there = book(schedule(layer("ana ben cho")), copy(1))
    found = swapped(there, asked(there), NOW)

    assert SwappedIn("primary", Change(SECOND, THIRD, ("ben",), ("cho",))) in found
    assert SwappedIn("primary", Change(THIRD, FOURTH, ("cho",), ("ben",))) in found
    assert {(one.change.start, one.change.before) for one in found if one.schedule != "primary"} == {(SECOND, ("cho",))}


def test_what_cannot_be_is_refused_with_its_reason():
    """The files may have changed since it was asked for."""
    there = book(schedule(layer("ana ben cho")), copy(1))

    with pytest.raises(Conflict, match="ben is not on call in primary at"):
        swapped(book(schedule(layer("ana cho ben"))), asked(there), NOW)
