"""Fixed shifts: people by name, on top of the layers and below the overrides."""

import pytest

from pagerd.core.oncall.lookup import on_call, people_on_call
from pagerd.core.oncall.override import preview
from pagerd.core.oncall.shifts import shifts
from tests.core.oncall.books import at, away, book, copy, fixed, layer, override, schedule

TUESDAY = at("2026-01-06 12:00")
ALL_DAY = ("2026-01-06", "2026-01-07")
WEEKLY = layer("ana ben cho")


def weekly(*by_name):
    """Return weekly turns, ana's at TUESDAY, and fixed shifts on top of them."""
    return schedule(WEEKLY, fixed=tuple(by_name))


CASES = {
    "on top of the layers": (weekly(fixed("dan", *ALL_DAY)), [], [], "dan", "shift"),
    "two in one": (weekly(fixed("dan+eva", *ALL_DAY)), [], [], "dan eva", "shift"),
    "two at once lie side by side": (
        weekly(fixed("dan", *ALL_DAY), fixed("eva", *ALL_DAY)),
        [],
        [],
        "dan eva",
        "shift",
    ),
    "the same person twice is once": (weekly(fixed("dan", *ALL_DAY), fixed("dan", *ALL_DAY)), [], [], "dan", "shift"),
    "of shadows alone hides nothing": (weekly(fixed("", *ALL_DAY, shadows="gil")), [], [], "ana", "ana ben cho"),
    "without any layer": (schedule(fixed=(fixed("dan", *ALL_DAY),)), [], [], "dan", "shift"),
    "whoever is away is not covered": (weekly(fixed("dan", *ALL_DAY)), ["dan"], [], "ana", "ana ben cho"),
    "one of two is away": (weekly(fixed("dan+eva", *ALL_DAY)), ["dan"], [], "eva", "shift"),
    "somebody of the rotation, away": (weekly(fixed("cho", *ALL_DAY)), ["cho", "ana"], [], "ben", "ana ben cho"),
    "an override takes its place": (weekly(fixed("dan", *ALL_DAY)), [], ["eva for dan"], "eva", "override"),
    "an override of the hidden layer does not": (weekly(fixed("dan", *ALL_DAY)), [], ["eva for ana"], "dan", "shift"),
    "one for everybody": (weekly(fixed("dan+eva", *ALL_DAY)), [], ["cho for all"], "cho", "override"),
    "one fewer shows no layer": (weekly(fixed("dan", *ALL_DAY)), [], ["- dan"], "", "override"),
    "one more": (weekly(fixed("dan", *ALL_DAY)), [], ["+ eva"], "dan eva", "override"),
    "a stand-in who is away": (weekly(fixed("dan", *ALL_DAY)), ["eva"], ["eva for dan"], "ana", "ana ben cho"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fixed_shift(name):
    """It is one level more, on top; nobody comes next in it."""
    what, absent, texts, people, layer_said = CASES[name]
    overrides = [override(text, order=order) for order, text in enumerate(texts)]
    answer = on_call(book(what, *overrides, *(away(person) for person in absent)), "primary", TUESDAY)

    assert (" ".join(answer.people), answer.decided_by) == (people, layer_said)


def test_a_fixed_shift_is_half_open_and_shifts_the_rotation_nowhere():
    """Before it and from its end on the layers show, with the turns that they have anyway."""
    company = book(weekly(fixed("dan", "2026-01-11 20:00", "2026-01-12 20:00")))

    assert [
        (f"{one.start:%d %H:%M}", *one.people) for one in shifts(company, "primary", TUESDAY, at("2026-01-20"))
    ] == [
        ("06 12:00", "ana"),
        ("11 20:00", "dan"),
        ("12 20:00", "ben"),
        ("19 08:00", "cho"),
    ]


def test_an_answer_says_when_the_shift_begins_and_ends():
    """Both are changes of people."""
    company = book(weekly(fixed("dan", "2026-01-07", "2026-01-08")))
    before, within = (on_call(company, "primary", at(text)) for text in ("2026-01-06 12:00", "2026-01-07 12:00"))

    assert (before.until, before.following) == (at("2026-01-07"), ("dan",))
    assert (within.until, within.following) == (at("2026-01-08"), ("ana",))


def test_a_copy_does_not_follow_fixed_shifts_but_gives_way_to_them():
    """It has whoever comes later in the layers, and never the person who is on call above."""
    company = book(weekly(fixed("ben", *ALL_DAY)), copy(1))

    assert people_on_call(company, "primary", TUESDAY) == ("ben",)
    assert people_on_call(company, "secondary", TUESDAY) == ("cho",)


def test_a_copy_may_have_fixed_shifts_of_its_own():
    """On top of what it copies; whoever is on call above is passed over in them as well."""
    own = copy(1, fixed=(fixed("dan", *ALL_DAY),))
    both = copy(1, fixed=(fixed("ana", *ALL_DAY),))

    assert people_on_call(book(weekly(), own), "secondary", TUESDAY) == ("dan",)
    assert people_on_call(book(weekly(), both), "secondary", TUESDAY) == ("ben",)


def test_an_override_of_a_fixed_shift_can_be_previewed():
    """It changes the span in which both hold."""
    company = book(weekly(fixed("dan", *ALL_DAY)))
    seen = preview(
        company, override("eva for dan", start="2026-01-06 06:00", end="2026-01-06 18:00"), at("2026-01-06"), 1
    )

    assert [one.people for one in seen.before] == [("dan",)]
    assert [one.people for one in seen.after] == [("dan",), ("eva",), ("dan",)]
