from datetime import datetime, timedelta

import pytest

from pagerd.core.errors import NotFound
from pagerd.core.oncall.lookup import HORIZON, answers_between, on_call, people_on_call
from pagerd.core.oncall.schedule import OnCall, Turn, Unit
from tests.core.oncall.books import (
    BERLIN,
    DAY,
    NEW_YORK,
    WEEKDAYS,
    at,
    away,
    book,
    copy,
    layer,
    override,
    schedule,
    window,
)

WEEKLY = schedule(layer("ana ben cho"))
TUESDAY = at("2026-01-06 12:00")
"""In the week of ana, noon in UTC."""
NIGHT = at("2026-01-07 02:00")
"""The night after."""


def test_the_whole_answer():
    """The answer names the people, the layer, the next handoff and who comes then."""
    answer = on_call(book(WEEKLY), "primary", TUESDAY)

    assert answer == OnCall(
        schedule="primary",
        at=TUESDAY,
        people=("ana",),
        layer="ana ben cho",
        override=None,
        until=at("2026-01-12 08:00"),
        following=("ben",),
    )


def test_an_unknown_schedule_is_not_found():
    """A name that the book does not have is an error for whoever asked, on both roads."""
    with pytest.raises(NotFound, match="no schedule 'nowhere'"):
        on_call(book(WEEKLY), "nowhere", TUESDAY)
    with pytest.raises(NotFound, match="no schedule 'nowhere'"):
        people_on_call(book(WEEKLY), "nowhere", TUESDAY)


@pytest.mark.parametrize("when", [datetime(2026, 1, 6), at("1776-07-04"), at("9999-12-31")])  # noqa: DTZ001 - the case
def test_an_instant_that_cannot_be_answered_is_refused(when):
    """An instant without a zone or at the ends of the calendar is refused with its reason, not answered wrongly."""
    with pytest.raises(ValueError, match="asking who is on call at"):
        people_on_call(book(WEEKLY), "primary", when)


def test_the_instant_may_be_asked_in_any_zone():
    """An instant is an instant: noon in New York is asked as what it is in UTC."""
    moment = at("2026-01-12 08:00")

    assert people_on_call(book(WEEKLY), "primary", moment.astimezone(NEW_YORK)) == ("ben",)
    assert on_call(book(WEEKLY), "primary", moment.astimezone(NEW_YORK)).at.tzinfo is moment.tzinfo


def test_a_handoff_is_half_open():
    """At nine the next one has it, and a moment before nine not yet."""
    handoff = at("2026-01-12 08:00")

    assert people_on_call(book(WEEKLY), "primary", handoff - timedelta(microseconds=1)) == ("ana",)
    assert people_on_call(book(WEEKLY), "primary", handoff) == ("ben",)


def test_nobody_before_the_anchor_and_who_comes_then():
    """Before the first turn there is a hole, which ends when the first turn begins."""
    answer = on_call(book(WEEKLY), "primary", at("2026-01-01"))

    assert (answer.people, answer.layer) == ((), None)
    assert (answer.until, answer.following) == (at("2026-01-05 08:00"), ("ana",))


def test_a_hole_that_follows_is_nobody():
    """Where nobody comes next the answer says so, rather than naming whoever comes after the hole."""
    answer = on_call(book(schedule(layer("ana", until="2026-01-07 09:00"))), "primary", TUESDAY)

    assert (answer.until, answer.following) == (at("2026-01-07 08:00"), ())


def test_no_change_within_the_horizon_is_said_as_none():
    """One fixed person has no end, and a turn that lasts longer than we look has none that we name."""
    fixed = on_call(book(schedule(layer("dora", every=None))), "primary", TUESDAY)
    slow = on_call(book(schedule(layer("ana ben", every=Turn(10, Unit.MONTHS)))), "primary", TUESDAY)
    slower = on_call(book(schedule(layer("ana ben", every=Turn(20, Unit.MONTHS)))), "primary", TUESDAY)

    assert (fixed.until, fixed.following) == (None, ())
    assert slow.until == at("2026-11-05 08:00") < TUESDAY + HORIZON
    assert (slower.until, slower.following) == (None, ())


def test_handoffs_between_the_same_people_are_passed_over():
    """The answer ends when the people change, not where a window, a turn or a layer does."""
    office = layer("ana ben", only=(window(WEEKDAYS, "09:00", "17:00"),), name="office")
    answer = on_call(book(schedule(layer("ana ben", name="rest"), office)), "primary", TUESDAY)

    assert (answer.layer, answer.until, answer.following) == ("office", at("2026-01-12 08:00"), ("ben",))


def test_answers_are_given_with_the_instant_from_which_they_hold():
    """Whoever walks the answers begins at the start and gets none from the end on."""
    answers = list(answers_between(book(WEEKLY), "primary", TUESDAY, at("2026-01-19 08:00")))

    assert [(start, answer.people) for start, answer in answers] == [
        (TUESDAY, ("ana",)),
        (at("2026-01-12 08:00"), ("ben",)),
    ]


NIGHTS = layer("eva fio", every=DAY, start="2026-01-05 18:00", only=(window(WEEKDAYS, "18:00", "09:00"),))
"""Eva has the night of Monday, fio that of Tuesday."""

LAYERS = {
    "one layer": (schedule(layer("ana ben")), TUESDAY, "ana"),
    "several in one turn": (schedule(layer("ana+dora ben")), TUESDAY, "ana dora"),
    "side by side": (schedule((layer("ana ben"), layer("dora", every=None))), TUESDAY, "ana dora"),
    "side by side, the same person once": (schedule((layer("ana ben"), layer("ana"))), TUESDAY, "ana"),
    "a higher layer hides the lower": (schedule(layer("ana ben"), layer("eva")), TUESDAY, "eva"),
    "outside its window it hides nothing": (schedule(layer("ana ben"), NIGHTS), TUESDAY, "ana"),
    "inside its window it hides": (schedule(layer("ana ben"), NIGHTS), NIGHT, "fio"),
    "before its anchor it hides nothing": (
        schedule(layer("ana ben"), layer("eva", start="2026-02-01 00:00")),
        TUESDAY,
        "ana",
    ),
    "after its end it hides nothing": (
        schedule(layer("ana ben"), layer("eva", until="2026-01-06 09:00")),
        TUESDAY,
        "ana",
    ),
    "with nobody in the turn it hides nothing": (schedule(layer("ana ben"), layer("- eva")), TUESDAY, "ana"),
    "side by side, one with nobody": (schedule(layer("ana"), (layer("-"), layer("eva"))), TUESDAY, "eva"),
    "the highest that has somebody": (schedule(layer("ana"), layer("ben"), layer("-")), TUESDAY, "ben"),
    "layers of several zones": (
        schedule((layer("ana"), layer("zoe", zone=NEW_YORK, start="2026-01-06 07:00"))),
        TUESDAY,
        "ana zoe",
    ),
    "no layers at all": (schedule(), TUESDAY, ""),
    "nobody but on purpose": (schedule(layer("-")), TUESDAY, ""),
}


@pytest.mark.parametrize("name", LAYERS)
def test_layers_stack_and_lie_side_by_side(name):
    """The highest level with somebody shows, and all of its layers are on call."""
    what, when, expected = LAYERS[name]

    assert " ".join(people_on_call(book(what), "primary", when)) == expected


PAIR = schedule((layer("ana ben"), layer("dora", every=None)))
STACK = schedule(layer("ana ben cho"), layer("eva", every=None))
HOLE = schedule(layer("-"))

OVERRIDES = {
    "one for another": (WEEKLY, ["cho for ana"], "cho", "cho for ana"),
    "two for one": (WEEKLY, ["cho+dan for ana"], "cho dan", "cho+dan for ana"),
    "for somebody who is not on call": (WEEKLY, ["cho for ben"], "ana", None),
    "for one of two": (PAIR, ["cho for ana"], "dora cho", "cho for ana"),
    "for one of two, by the other": (PAIR, ["dora for ana"], "dora", "dora for ana"),
    "for somebody whom a higher layer hides": (STACK, ["dan for ana"], "eva", None),
    "for everybody": (PAIR, ["cho for all"], "cho", "cho for all"),
    "for everybody, two": (PAIR, ["cho+dan for all"], "cho dan", "cho+dan for all"),
    "for everybody, into a hole": (HOLE, ["cho for all"], "cho", "cho for all"),
    "one more": (WEEKLY, ["+ dan"], "ana dan", "+ dan"),
    "one more, who is on call already": (WEEKLY, ["+ ana"], "ana", "+ ana"),
    "one more, into a hole": (HOLE, ["+ dan"], "dan", "+ dan"),
    "one fewer": (PAIR, ["- dora"], "ana", "- dora"),
    "one fewer leaves a hole": (WEEKLY, ["- ana"], "", "- ana"),
    "one fewer shows no lower layer": (STACK, ["- eva"], "", "- eva"),
    "one fewer of somebody who is not on call": (WEEKLY, ["- ben"], "ana", None),
    # Strength: the later of the list is the later.
    "the later replaces": (WEEKLY, ["cho for ana", "dan for ana"], "dan", "dan for ana"),
    "the later replaces one, the earlier all": (PAIR, ["cho for all", "dan for ana"], "cho dan", "dan for ana"),
    "the later replaces the only one": (WEEKLY, ["cho for all", "dan for ana"], "dan", "dan for ana"),
    "the later replaces all": (PAIR, ["dan for ana", "cho for all"], "cho", "cho for all"),
    "the later for all": (WEEKLY, ["cho for all", "dan for all"], "dan", "dan for all"),
    "the later for all silences one more": (WEEKLY, ["+ dan", "cho for all"], "cho", "cho for all"),
    "one more after all": (WEEKLY, ["cho for all", "+ dan"], "cho dan", "+ dan"),
    "the later brings back one fewer": (WEEKLY, ["- ana", "+ ana"], "ana", "+ ana"),
    "the later replaces one fewer": (WEEKLY, ["- ana", "cho for ana"], "cho", "cho for ana"),
    "one fewer after one for another": (WEEKLY, ["cho for ana", "- ana"], "", "- ana"),
    "one fewer takes out an earlier replacement": (WEEKLY, ["cho for ana", "- cho"], "", "cho for ana"),
    "one fewer takes out an earlier one more": (WEEKLY, ["+ dan", "- dan"], "ana", None),
    "one fewer takes out one of all": (WEEKLY, ["cho+dan for all", "- dan"], "cho", "cho+dan for all"),
    "one fewer of all, and no lower layer shows": (STACK, ["dan for all", "cho for ana", "- dan"], "", "dan for all"),
    "one fewer does not take out a later one": (WEEKLY, ["- cho", "cho for ana"], "cho", "cho for ana"),
    # They never chain.
    "a replacement is not replaced": (WEEKLY, ["cho for ana", "dan for cho"], "cho", "cho for ana"),
    "nor by an earlier one": (WEEKLY, ["dan for cho", "cho for ana"], "cho", "cho for ana"),
    "a swap of two who are both on call": (PAIR, ["dora for ana", "ana for dora"], "ana dora", "ana for dora"),
    "one of all is not replaced": (WEEKLY, ["cho for all", "dan for cho"], "cho", "cho for all"),
    "one more is not replaced": (WEEKLY, ["+ cho", "dan for cho"], "ana cho", "+ cho"),
}


@pytest.mark.parametrize("name", OVERRIDES)
def test_overrides(name):
    """Overrides change the places of the layers, the later beat the earlier, and none acts on another's people."""
    what, texts, people, decided_by = OVERRIDES[name]
    overrides = [override(text, order=order) for order, text in enumerate(texts)]
    answer = on_call(book(what, *overrides), "primary", TUESDAY)

    assert (" ".join(answer.people), answer.override) == (people, decided_by)


@pytest.mark.parametrize("name", OVERRIDES)
def test_the_order_of_overrides_in_the_book_says_nothing(name):
    """Only `order` makes one later than another, not where it stands."""
    what, texts, people, _ = OVERRIDES[name]
    overrides = [override(text, order=order) for order, text in enumerate(texts)]

    assert " ".join(people_on_call(book(what, *reversed(overrides)), "primary", TUESDAY)) == people


def test_stored_overrides_beat_those_of_files():
    """A person's command at night beats the files, however late in the files the other stands."""
    filed, stored = override("cho for ana", order=99), override("dan for ana", stored=True, order=1)

    assert people_on_call(book(WEEKLY, filed, stored), "primary", TUESDAY) == ("dan",)


def test_overrides_of_the_same_strength_give_one_answer():
    """Two nodes agree even where two overrides claim to be equally late."""
    one, other = override("cho for ana", id="a"), override("dan for ana", id="b")

    assert people_on_call(book(WEEKLY, one, other), "primary", TUESDAY) == ("cho",)
    assert people_on_call(book(WEEKLY, other, one), "primary", TUESDAY) == ("cho",)


def test_an_override_holds_from_its_start_until_before_its_end():
    """Outside its span an override says nothing, and both of its ends change the answer."""
    swap = override("cho for ana", start="2026-01-06 12:00", end="2026-01-06 18:00")
    before = on_call(book(WEEKLY, swap), "primary", at("2026-01-06 11:59:59"))
    within = on_call(book(WEEKLY, swap), "primary", at("2026-01-06 12:00"))
    after = on_call(book(WEEKLY, swap), "primary", at("2026-01-06 18:00"))

    assert (before.people, before.until, before.following) == (("ana",), at("2026-01-06 12:00"), ("cho",))
    assert (within.people, within.until, within.following) == (("cho",), at("2026-01-06 18:00"), ("ana",))
    assert after.people == ("ana",)


def test_an_override_does_not_shift_the_rotation():
    """After a swap everybody has the turns that they had before it."""
    swap = override("cho for ana", start="2026-01-05 08:00", end="2026-01-12 08:00")
    weeks = [at("2026-01-06") + timedelta(weeks=n) for n in range(4)]

    assert [people_on_call(book(WEEKLY, swap), "primary", week)[0] for week in weeks] == ["cho", "ben", "cho", "ana"]


def test_an_override_concerns_its_schedule_alone():
    """Another schedule with the same people does not hear of it."""
    other = schedule(layer("ana ben"), name="other")

    assert people_on_call(book(WEEKLY, other, override("cho for ana")), "other", TUESDAY) == ("ana",)


def test_an_override_that_names_nobody_to_replace_says_nothing():
    """The config refuses it; should one get through, the layers stand."""
    strange = override("cho for ana", instead_of=None)

    assert people_on_call(book(WEEKLY, strange), "primary", TUESDAY) == ("ana",)


AWAY = {
    "the next in turn covers": (WEEKLY, ["ana"], [], "ben"),
    "the next but one, where both are away": (WEEKLY, ["ana", "ben"], [], "cho"),
    "nobody, where all are away": (WEEKLY, ["ana", "ben", "cho"], [], ""),
    "somebody who has no turn now changes nothing": (WEEKLY, ["ben"], [], "ana"),
    "a turn of nobody is passed over": (schedule(layer("ana - cho")), ["ana"], [], "cho"),
    "two of one turn: the other stays": (schedule(layer("ana+ben cho dan")), ["ana"], [], "ben cho"),
    "two of one turn, both away": (schedule(layer("ana+ben cho dan")), ["ana", "ben"], [], "cho dan"),
    "the first of a later turn who is free": (schedule(layer("ana ben+cho")), ["ana", "ben"], [], "cho"),
    "nobody twice in one answer": (schedule((layer("ana ben"), layer("ben"))), ["ana"], [], "ben"),
    "nobody twice, so the one after": (schedule((layer("ana ben cho"), layer("ben"))), ["ana"], [], "ben cho"),
    "each layer covers its own": (schedule((layer("ana ben"), layer("ana dan"))), ["ana"], [], "ben dan"),
    "a level left with nobody shows the one below": (STACK, ["eva"], [], "ana"),
    "and the one below covers too": (STACK, ["eva", "ana"], [], "ben"),
    "a level with one of two left still hides": (
        schedule(layer("ana"), (layer("eva"), layer("fio"))),
        ["eva"],
        [],
        "fio",
    ),
    # Together with overrides.
    "a replacement who is away is covered": (WEEKLY, ["dan"], ["dan for ana"], "ben"),
    "not by whom it replaces": (schedule(layer("ana ben")), ["dan", "ben"], ["dan for ana"], ""),
    "one of two replacements is away": (WEEKLY, ["dan"], ["dan+eva for ana"], "ben eva"),
    "a replacement stands in for somebody away": (WEEKLY, ["ana"], ["cho for ana"], "cho"),
    "also where nobody could have covered": (STACK, ["eva"], ["dan for eva"], "dan"),
    "the cover is replaced": (WEEKLY, ["ana"], ["dan for ben"], "dan"),
    "the cover is replaced by two": (WEEKLY, ["ana"], ["dan+eva for ben"], "dan eva"),
    "the cover's replacement is away too": (WEEKLY, ["ana", "dan"], ["dan for ben"], "cho"),
    "the cover is taken off": (WEEKLY, ["ana"], ["- ben"], "cho"),
    "one fewer of somebody who is away": (WEEKLY, ["ana"], ["- ana"], "ben"),
    "one of all is away": (WEEKLY, ["dan"], ["dan+eva for all"], "ben eva"),
    "all of all are away": (WEEKLY, ["dan"], ["dan for all"], "ben"),
    "all of all are away, and the level has nobody": (STACK, ["dan"], ["dan for all"], "ben"),
    "all of all are away in a hole": (HOLE, ["dan"], ["dan for all"], ""),
    "all stand for somebody away": (WEEKLY, ["ana"], ["dan for all"], "dan"),
    "one more who is away": (WEEKLY, ["dan"], ["+ dan"], "ana"),
    "one more who is away, in a hole": (HOLE, ["dan"], ["+ dan"], ""),
}


@pytest.mark.parametrize("name", AWAY)
def test_away(name):
    """A person who is away is nowhere, and the next in turn who can has the place."""
    what, absent, texts, people = AWAY[name]
    overrides = [override(text, order=order) for order, text in enumerate(texts)]
    company = book(what, *overrides, *(away(person) for person in absent))

    assert " ".join(people_on_call(company, "primary", TUESDAY)) == people


def test_an_override_that_only_names_somebody_away_did_not_decide():
    """The answer names an override only where one of its people is in it, or it emptied a place."""
    answer = on_call(book(WEEKLY, away("dan"), override("dan for ana")), "primary", TUESDAY)

    assert (answer.people, answer.override, answer.layer) == (("ben",), None, "ana ben cho")


def test_an_absence_begins_and_ends():
    """The cover has it from the first moment of the absence until before its end, and no longer."""
    company = book(WEEKLY, away("ana", "2026-01-07", "2026-01-09"))
    answer = on_call(company, "primary", TUESDAY)
    covered = on_call(company, "primary", at("2026-01-07"))

    assert (answer.until, answer.following) == (at("2026-01-07"), ("ben",))
    assert (covered.people, covered.until, covered.following) == (("ben",), at("2026-01-09"), ("ana",))


def test_overlapping_absences_of_one_person_are_one():
    """The end of one absence ends nothing while another lasts."""
    company = book(WEEKLY, away("ana", "2026-01-05", "2026-01-07"), away("ana", "2026-01-06", "2026-01-09"))

    assert on_call(company, "primary", TUESDAY).until == at("2026-01-09")


COPIES = {
    "the next turn": (1, WEEKLY, [], [], "ben"),
    "the turn after that": (2, WEEKLY, [], [], "cho"),
    "the turn before": (-1, WEEKLY, [], [], "cho"),
    "once round: never who is on call, so the next after": (3, WEEKLY, [], [], "ben"),
    "no offset: the next after": (0, WEEKLY, [], [], "ben"),
    "who stands in there is passed over here": (1, WEEKLY, [], ["ben for ana"], "cho"),
    "who is added there is passed over here": (1, WEEKLY, [], ["+ ben"], "cho"),
    "who has all there is passed over here": (2, WEEKLY, [], ["cho for all"], "ana"),
    "a stranger there changes nothing here": (1, WEEKLY, [], ["dan for ana"], "ben"),
    "a removal there is not followed": (1, WEEKLY, [], ["- ben"], "ben"),
    "two who are both on call there": (1, schedule(layer("ana ben")), [], ["+ ben"], ""),
    "who is away there is covered, and the copy gives way": (1, WEEKLY, ["ana"], [], "cho"),
    "who is away here is covered": (1, WEEKLY, ["ben"], [], "cho"),
    "who is on call there does not cover here": (1, WEEKLY, ["ben", "cho"], [], ""),
    "two in one turn": (1, schedule(layer("ana ben+cho")), [], [], "ben cho"),
    "two in one turn, one is on call there": (1, schedule(layer("ana ben+cho dan")), [], ["ben for ana"], "cho dan"),
    "a turn of nobody is passed over": (1, schedule(layer("ana - cho")), [], [], "cho"),
    "while it is the turn of nobody there": (1, schedule(layer("- ben cho")), [], [], "ben"),
    "nobody but on purpose": (1, HOLE, [], [], ""),
    "the higher layer has only who is on call, the lower is followed": (1, STACK, [], [], "ben"),
    "side by side": (1, schedule((layer("ana ben"), layer("dan eva"))), [], [], "ben eva"),
    "of nothing": (1, schedule(layer("ana"), name="other"), [], [], ""),
}


@pytest.mark.parametrize("name", COPIES)
def test_copies(name):
    """A copy follows the layers so many turns later, and never yields whoever is on call in the copied schedule."""
    offset, what, absent, texts, people = COPIES[name]
    company = book(what, copy(offset), *map(override, texts), *map(away, absent))

    assert " ".join(people_on_call(company, "secondary", TUESDAY)) == people


def test_a_copy_follows_through_the_night():
    """The secondary of the night is the one who has the next night, and by day the one of the next week."""
    company = book(schedule(layer("ana ben cho"), NIGHTS), copy(1))

    assert people_on_call(company, "secondary", NIGHT) == ("eva",)
    assert people_on_call(company, "secondary", TUESDAY) == ("ben",)


def test_a_copy_has_overrides_of_its_own():
    """An override of the copy acts on the copy, and may name even whoever is on call in the copied schedule."""
    swap = override("dan for ben", schedule="secondary")
    both = override("ana for ben", schedule="secondary")
    cover = override("ana for cho", schedule="secondary")

    assert people_on_call(book(WEEKLY, copy(1), swap), "secondary", TUESDAY) == ("dan",)
    assert people_on_call(book(WEEKLY, copy(1), swap), "primary", TUESDAY) == ("ana",)
    assert people_on_call(book(WEEKLY, copy(1), both), "secondary", TUESDAY) == ("ana",)
    assert people_on_call(book(WEEKLY, copy(1), cover, away("ben")), "secondary", TUESDAY) == ("ana",)


def test_a_change_there_is_a_change_here():
    """The copy's answer ends where an override of the copied schedule takes its person."""
    swap = override("ben for ana", start="2026-01-07 12:00", end="2026-01-08 12:00")
    answer = on_call(book(WEEKLY, copy(1), swap), "secondary", TUESDAY)

    assert (answer.people, answer.until, answer.following) == (("ben",), at("2026-01-07 12:00"), ("cho",))


@pytest.mark.parametrize("of", ["secondary", "tertiary"])
def test_a_copy_of_a_copy_has_nobody(of):
    """The config refuses copies of copies and of themselves; should one get through, it is a hole and not a loop."""
    company = book(WEEKLY, copy(1), copy(1, of=of, name="tertiary"))
    answer = on_call(company, "tertiary", TUESDAY)

    assert (answer.people, answer.until) == ((), None)


def test_people_stand_in_the_order_of_the_layers():
    """Whoever is named first in the layers stands first, and strangers last by name, whatever put them there."""
    what = schedule((layer("zoe ana"), layer("ana zoe")))
    added = [override(text, order=order) for order, text in enumerate(("+ tim", "+ kai"))]

    assert people_on_call(book(what, *added), "primary", TUESDAY) == ("zoe", "ana", "kai", "tim")
    assert people_on_call(book(what, *added), "primary", at("2026-01-13")) == ("zoe", "ana", "kai", "tim")


def test_the_repeated_hour_has_one_handoff():
    """A daily handoff in the repeated hour happens once, and nobody gets the shift back when the hour comes again."""
    company = book(schedule(layer("ana ben", start="2026-10-24 02:30", every=DAY)))
    minutes = [at("2026-10-24 23:30") + timedelta(minutes=15 * n) for n in range(14)]

    assert [people_on_call(company, "primary", minute)[0] for minute in minutes] == ["ana"] * 4 + ["ben"] * 10


def test_more_books_than_are_kept_are_answered_each_by_its_own():
    """What was made ready for one book is never taken for another, even when books come and go."""
    people = [f"p{n}" for n in range(12)]
    books = [book(schedule(layer(person))) for person in people]

    assert [people_on_call(one, "primary", TUESDAY)[0] for one in [*books, *books]] == [*people, *people]


def test_zones_beyond_their_table_are_as_right_as_today():
    """In the summer of 2049 the handoff is still at nine in Berlin."""
    handoff = datetime(2049, 7, 5, 9, 0, tzinfo=BERLIN)
    answer = on_call(book(WEEKLY), "primary", handoff - timedelta(minutes=1))

    assert answer.until == handoff


@pytest.mark.parametrize(
    ("layer", "override", "said"),
    [("days", None, "days"), ("days", "o-1", "override"), (None, "o-1", "override"), (None, None, None)],
)
def test_what_put_somebody_there_is_said(layer: str | None, override: str | None, said: str | None) -> None:
    """An override that had a part in it before the layer under it; a hole was put there by nothing."""
    answer = OnCall(
        schedule="primary",
        at=at("2026-01-06 12:00"),
        people=(),
        layer=layer,
        override=override,
        until=None,
        following=(),
    )

    assert answer.decided_by == said
