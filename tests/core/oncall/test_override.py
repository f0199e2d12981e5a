from datetime import timedelta

import pytest

from pagerd.core.errors import NotFound, Unreadable
from pagerd.core.oncall.override import new_override, preview
from pagerd.core.oncall.schedule import Override, OverrideKind
from pagerd.core.oncall.shifts import Shift
from tests.core.oncall.books import BERLIN, NEW_YORK, at, book, copy, layer, override, schedule

WEEKLY = schedule(layer("ana ben cho"))
COMPANY = book(WEEKLY, copy(1))
KNOWN = {"ana", "ben", "cho", "dan"}
START, END = at("2026-01-06 12:00"), at("2026-01-06 18:00")


def make(**changes) -> Override:
    """Make an override of the company, in force for an afternoon unless told."""
    known = {"id": "o1", "schedule": "primary", "start": START, "end": END}
    return new_override(COMPANY, KNOWN, **known | changes)


def test_an_override_is_made_whole():
    """Everything that was said stands in the override, its times in UTC."""
    made = make(
        start=START.astimezone(BERLIN),
        people=("cho",),
        instead_of="ana",
        why="dentist",
        by="dora",
        stored=True,
        order=7,
    )

    assert made == Override(
        id="o1",
        schedule="primary",
        kind=OverrideKind.REPLACE,
        start=START,
        end=END,
        people=("cho",),
        instead_of="ana",
        why="dentist",
        by="dora",
        stored=True,
        order=7,
    )
    assert made.start.tzinfo is START.tzinfo


KINDS = {
    "people for somebody": ({"people": ("cho",), "instead_of": "ana"}, OverrideKind.REPLACE),
    "people for nobody in particular": ({"people": ("cho", "dan")}, OverrideKind.EVERYBODY),
    "nobody for somebody": ({"instead_of": "ana"}, OverrideKind.REMOVE),
    "said": ({"people": ("cho",), "kind": OverrideKind.ADD}, OverrideKind.ADD),
    "the person and a helper": ({"people": ("ana", "cho"), "instead_of": "ana"}, OverrideKind.REPLACE),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_names_say_what_kind_it_is(name):
    """Unless it is said, who comes and who goes says what the override does."""
    names, kind = KINDS[name]

    assert make(**names).kind is kind


REFUSED = {
    "an unknown schedule": (
        {"schedule": "nowhere", "people": ("cho",)},
        NotFound,
        "there is no schedule 'nowhere'; there are primary",
    ),
    "an unknown person": ({"people": ("cho", "zoe")}, NotFound, "no person 'zoe'"),
    "an unknown person who goes": ({"people": ("cho",), "instead_of": "zoe"}, NotFound, "no person 'zoe'"),
    "an end at the start": ({"people": ("cho",), "end": START}, Unreadable, "the end must come after the start"),
    "an end before the start": ({"people": ("cho",), "end": START - timedelta(1)}, Unreadable, "after the start"),
    "a time without a zone": ({"people": ("cho",), "start": START.replace(tzinfo=None)}, Unreadable, "needs a zone"),
    "nobody at all": ({}, Unreadable, "names who is on call then"),
    "somebody twice": ({"people": ("cho", "cho")}, Unreadable, "twice"),
    "oneself": ({"people": ("ana",), "instead_of": "ana"}, Unreadable, "'ana' cannot stand in"),
    "one more for somebody": (
        {"people": ("cho",), "instead_of": "ana", "kind": OverrideKind.ADD},
        Unreadable,
        "to add names nobody in whose place",
    ),
    "everybody for somebody": (
        {"people": ("cho",), "instead_of": "ana", "kind": OverrideKind.EVERYBODY},
        Unreadable,
        "to replace everybody names nobody",
    ),
    "one more of nobody": ({"kind": OverrideKind.ADD}, Unreadable, "to add names who"),
    "instead of nobody": ({"people": ("cho",), "kind": OverrideKind.REPLACE}, Unreadable, "in whose place"),
    "one fewer who comes": ({"people": ("cho",), "kind": OverrideKind.REMOVE}, Unreadable, "to remove names one"),
    "one fewer of nobody": ({"kind": OverrideKind.REMOVE}, Unreadable, "to remove names one"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_override_that_makes_no_sense_is_refused(name):
    """What cannot be right is refused when it is made, and the message says what was wrong."""
    changes, error, message = REFUSED[name]

    with pytest.raises(error, match=message) as refused:
        make(**changes)
    assert str(refused.value).startswith("making an override of ")


def test_a_span_of_one_clock_time_over_the_repeated_hour_is_an_hour():
    """From the first to the second 01:30 of New York an hour passes, so that is no empty override."""
    first, second = at("2026-11-01 05:30"), at("2026-11-01 06:30")
    made = make(people=("cho",), start=first.astimezone(NEW_YORK), end=second.astimezone(NEW_YORK))

    assert (made.start, made.end) == (first, second)


def test_a_preview_shows_the_week_without_and_with_it():
    """The shifts before and after stand side by side, over the same seven days."""
    start, end = at("2026-01-06"), at("2026-01-13")
    seen = preview(COMPANY, override("cho for ana", start="2026-01-06 12:00", end="2026-01-06 18:00"), start)

    assert not seen.changes_nothing
    assert seen.before == (
        Shift(start, at("2026-01-12 08:00"), ("ana",)),
        Shift(at("2026-01-12 08:00"), end, ("ben",)),
    )
    assert seen.after == (
        Shift(start, START, ("ana",)),
        Shift(START, END, ("cho",)),
        Shift(END, at("2026-01-12 08:00"), ("ana",)),
        Shift(at("2026-01-12 08:00"), end, ("ben",)),
    )


def test_a_preview_says_that_an_override_changes_nothing():
    """Whoever names a person who is not on call then sees that before, not at night."""
    seen = preview(COMPANY, override("dan for cho", start="2026-01-06", end="2026-01-07"), START, days=2)

    assert seen.changes_nothing
    assert seen.before[-1].end == START + timedelta(days=2)


def test_a_preview_may_look_at_a_copy():
    """An override of the primary that takes the secondary's person moves the secondary too."""
    seen = preview(COMPANY, override("ben for ana"), START, days=1, schedule="secondary")

    assert [shift.people for shift in seen.before] == [("ben",)]
    assert [shift.people for shift in seen.after] == [("cho",)]


def test_a_preview_of_a_change_replaces_what_is_changed():
    """An override that is written anew is not weighed against its own former self."""
    former, latter = override("cho for ana", id="o1", order=5), override("dan for ana", id="o1", order=1)
    seen = preview(book(WEEKLY, former), latter, START, days=1)

    assert [shift.people for shift in seen.before] == [("cho",)]
    assert [shift.people for shift in seen.after] == [("dan",)]


def test_a_preview_of_an_unknown_schedule_is_not_found():
    """A name that the book does not have is an error for whoever asked."""
    with pytest.raises(NotFound, match="no schedule 'nowhere'"):
        preview(COMPANY, override("cho for ana", schedule="nowhere"), START)
    with pytest.raises(NotFound, match="no schedule 'nowhere'"):
        preview(COMPANY, override("cho for ana"), START, schedule="nowhere")
