"""Swaps: what may be asked for, who decides, and the overrides that it comes to."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.errors import Conflict, NotAllowed, NotFound
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.schedule import OverrideKind
from pagerd.core.oncall.swap import (
    AHEAD_MAX,
    ANSWER_WITHIN,
    Part,
    Piece,
    SwapStatus,
    decided,
    laid_over,
    overrides_of,
    requested,
    shift_at,
)
from tests.core.oncall.books import DAY, at, away, book, copy, layer, override, schedule
from tests.share import in_share

PEOPLE = frozenset({"ana", "ben", "cho", "dan"})
NOW = at("2026-01-05 12:00")
"""In the week of ana; ben has the next, then cho."""
FIRST, SECOND, THIRD = at("2026-01-05 08:00"), at("2026-01-12 08:00"), at("2026-01-19 08:00")
WEEK = timedelta(days=7)
WEEKLY = book(schedule(layer("ana ben cho")), copy(1))


def asked(book=WEEKLY, *, by="ben", mine=SECOND, theirs=THIRD, of=None, now=NOW, name="primary"):
    """Return a swap as it is asked for: ben's week for cho's, unless told otherwise. A piece is an instant or two."""
    pieces = [one if one is None or isinstance(one, Piece) else Piece(one) for one in (mine, theirs)]
    return requested(
        book, PEOPLE, id="x-1", schedule=name, by=by, mine=pieces[0], theirs=pieces[1], of=of, why="a wedding", now=now
    )


def after(swap, book=WEEKLY, now=NOW):
    """Return the book as it is once the swap is accepted."""
    return laid_over(book, overrides_of(book, swap, now))


def test_two_weeks_change_hands():
    """Each has the other's whole shift, by an instant in it, and the copy gives way to both."""
    swap = asked(mine=at("2026-01-14"), theirs=at("2026-01-20"))
    then = after(swap)

    assert (swap.by, swap.of, swap.status) == ("ben", "cho", SwapStatus.REQUESTED)
    assert swap.parts == (
        Part(giver="ben", taker="cho", start=SECOND, end=SECOND + WEEK),
        Part(giver="cho", taker="ben", start=THIRD, end=THIRD + WEEK),
    )
    assert [people_on_call(then, "primary", one) for one in (SECOND, THIRD, THIRD + WEEK)] == [
        ("cho",),
        ("ben",),
        ("ana",),
    ]
    assert [people_on_call(then, "secondary", one) for one in (SECOND, THIRD)] == [("ana",), ("ana",)]


def test_the_overrides_say_what_they_are():
    """Whoever wonders in the night finds the swap, its reason and who asked."""
    one, other = overrides_of(WEEKLY, asked(), NOW)

    assert (one.kind, one.people, one.instead_of, one.by) == (OverrideKind.REPLACE, ("cho",), "ben", "ben")
    assert (one.why, one.stored, other.people, other.instead_of) == ("swap x-1: a wedding", True, ("ben",), "cho")


def test_somebody_takes_a_shift_for_nothing():
    """By name; it is one part, and may be a part of a shift."""
    swap = asked(mine=Piece(at("2026-01-13"), at("2026-01-14")), theirs=None, of="ana")

    assert swap.parts == (Part(giver="ben", taker="ana", start=at("2026-01-13"), end=at("2026-01-14")),)
    then = after(swap)
    assert [people_on_call(then, "primary", at(f"2026-01-{day} 12:00")) for day in (12, 13, 14)] == [
        ("ben",),
        ("ana",),
        ("ben",),
    ]


def test_a_request_waits_a_week_or_until_the_first_shift_begins():
    """What runs already waits until it ends."""
    assert asked(by="cho", mine=THIRD, theirs=THIRD + 2 * WEEK).expires_at == NOW + ANSWER_WITHIN
    assert asked().expires_at == SECOND
    assert asked(by="ana", mine=NOW, theirs=SECOND).expires_at == SECOND
    assert asked(by="ana", mine=NOW, theirs=None, of="cho").expires_at == SECOND


def test_a_shift_that_runs_is_swapped_from_the_acceptance_on():
    """What was on call until then was."""
    swap = asked(by="ana", mine=NOW, theirs=None, of="cho")
    later = NOW + timedelta(hours=6)
    (override,) = overrides_of(WEEKLY, swap, later)

    assert (swap.parts[0].start, override.start, override.end) == (NOW, later, SECOND)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"by": "ana"}, "ana is not on call in primary at Mon 2026-01-12 09:00 UTC[+]1: ben is"),
        (
            {"theirs": THIRD + WEEK, "of": "cho"},
            "cho is not on call in primary at Mon 2026-01-26 09:00 UTC[+]1: ana is",
        ),
        ({"of": "ben", "theirs": None}, "nobody swaps with themself"),
        ({"theirs": None}, "name their shift, or who takes yours"),
        ({"mine": THIRD, "theirs": THIRD}, "ben is not on call"),
        ({"theirs": SECOND + timedelta(days=1)}, "nobody else is on call in primary at Tue 2026-01-13"),
        ({"by": "cho", "mine": FIRST - timedelta(days=1), "theirs": SECOND}, "cho is not on call"),
        ({"mine": Piece(THIRD, SECOND)}, "a part of a shift ends after it begins"),
        ({"mine": Piece(SECOND, THIRD + WEEK)}, "ben is not on call in primary at Mon 2026-01-19"),
        ({"mine": NOW + AHEAD_MAX + timedelta(days=1)}, "at most 400 days ahead"),
        ({"now": THIRD, "theirs": THIRD}, "the shift of ben is over since Mon 2026-01-19 09:00 UTC[+]1"),
    ],
)
def test_what_cannot_be_swapped_is_said_with_what_is_so(wrong, words):
    """Before anybody is asked."""
    with pytest.raises(Conflict, match=words):
        asked(**wrong)


@pytest.mark.parametrize(("wrong", "words"), [({"name": "nowhere"}, "no schedule"), ({"of": "eva"}, "no person 'eva'")])
def test_what_is_not_there_is_not_found(wrong, words):
    """A schedule, a person."""
    with pytest.raises(NotFound, match=words):
        asked(**wrong)


def test_nobody_stands_on_two_levels_at_once():
    """Neither where another rotation of the team has them, nor in the schedule itself."""
    two = book(schedule(layer("ana ben cho")), schedule(layer("dan", every=None), name="backup"))
    pair = book(schedule(layer("ana+ben cho+dan")))

    with pytest.raises(
        Conflict, match=r"dan is on call in backup at Mon 2026-01-12 09:00 UTC[+]1: nobody stands on two"
    ):
        asked(two, theirs=None, of="dan")
    with pytest.raises(Conflict, match=r"ben is on call in primary at Mon 2026-01-05 13:00 UTC[+]1 anyhow"):
        asked(pair, by="ana", mine=NOW, theirs=None, of="ben")
    elsewhere = replace(two.schedules["backup"], team="platform")
    assert asked(book(two.schedules["primary"], elsewhere), theirs=None, of="dan").of == "dan"


def test_with_whom_is_said_where_several_are_on_call():
    """A pair has two to choose from."""
    pair = book(schedule(layer("ana+ben cho+dan")))

    with pytest.raises(Conflict, match=r"cho, dan is on call in primary at .*: say with whom"):
        asked(pair, by="ana", mine=NOW, theirs=SECOND)
    swap = asked(pair, by="ana", mine=NOW, theirs=SECOND, of="dan")
    assert set(people_on_call(after(swap, pair), "primary", SECOND)) == {"cho", "ana"}


def test_whoever_is_away_cannot_take_a_shift():
    """The next in turn would cover it, who was never asked."""
    with pytest.raises(Conflict, match="cho would not be on call in all of the shift of ben: somebody is away"):
        asked(replace(WEEKLY, away=(away("cho", "2026-01-13", "2026-01-14"),)))


def test_a_shift_that_was_swapped_is_swapped_on_and_back():
    """Overrides do not chain, so the new one stands in the place that the layers filled."""
    once, later = after(asked()), NOW + timedelta(hours=1)
    on = asked(once, by="cho", mine=SECOND, theirs=None, of="dan", now=later)
    back = asked(once, by="cho", mine=SECOND, theirs=None, of="ben", now=later)

    assert people_on_call(after(on, once, later), "primary", SECOND) == ("dan",)
    assert people_on_call(after(back, once, later), "primary", SECOND) == ("ben",)


def test_an_override_for_everybody_is_in_the_way():
    """Nobody stands in somebody's place where there are none."""
    covered = replace(WEEKLY, overrides=(override("dan for all"),))

    with pytest.raises(Conflict, match="would not be on call in all of the shift of dan"):
        asked(covered, by="dan", mine=Piece(SECOND, THIRD), theirs=None, of="ana")


def test_a_shift_without_an_end_is_swapped_in_parts():
    """Its ends are nowhere near."""
    alone = book(schedule(layer("ana", every=None)))

    with pytest.raises(Conflict, match="longer than 60 days: name a part of it"):
        asked(alone, by="ana", mine=NOW + timedelta(days=90), theirs=None, of="ben", now=NOW)
    asked(alone, by="ana", mine=Piece(SECOND, THIRD), theirs=None, of="ben")


def test_it_is_looked_at_again_when_it_is_accepted():
    """In between the files may have changed."""
    swap = asked()

    with pytest.raises(Conflict, match="cho is not on call in primary at Mon 2026-01-19"):
        overrides_of(book(schedule(layer("ana ben dan"))), swap, NOW)
    with pytest.raises(Conflict, match="no schedule primary any more"):
        overrides_of(book(), swap, NOW)


def test_only_who_was_asked_answers_and_only_who_asked_withdraws():
    """And nobody else, whatever they may do otherwise."""
    swap = asked()

    assert decided(swap, SwapStatus.ACCEPTED, person="cho", now=NOW).status is SwapStatus.ACCEPTED
    assert decided(swap, SwapStatus.WITHDRAWN, person="ben", now=NOW).due is None
    refused = decided(swap, SwapStatus.REFUSED, person="cho", now=NOW, reason="no")
    assert (refused.reason, refused.decided_at, refused.version) == ("no", NOW, 2)
    for status, person in ((SwapStatus.ACCEPTED, "ben"), (SwapStatus.REFUSED, "ana"), (SwapStatus.WITHDRAWN, "cho")):
        with pytest.raises(NotAllowed, match="only"):
            decided(swap, status, person=person, now=NOW)


def test_what_is_decided_stays_so():
    """And what has expired is asked for anew."""
    swap = asked()
    over = decided(swap, SwapStatus.EXPIRED, person=None, now=swap.expires_at)

    with pytest.raises(Conflict, match="x-1 is expired already"):
        decided(over, SwapStatus.ACCEPTED, person="cho", now=swap.expires_at)
    with pytest.raises(Conflict, match="x-1 has expired"):
        decided(swap, SwapStatus.ACCEPTED, person="cho", now=swap.expires_at)


@settings(max_examples=in_share(ci=60, proof=2_000), deadline=None)
@given(
    st.permutations(["ana", "ben", "cho", "dan"]),
    st.integers(0, 40),
    st.integers(0, 40),
    st.lists(st.integers(0, 60 * 24), max_size=20),
)
def test_exactly_the_two_shifts_change_hands(turns, mine, theirs, hours):
    """Outside of them everybody is on call as before, and inside the two stand for each other."""
    daily = book(schedule(layer(" ".join(turns), every=DAY)))
    start = at("2026-01-06 08:00")
    days = [start + timedelta(days=day) for day in (mine, theirs)]
    by, of = (people_on_call(daily, "primary", day)[0] for day in days)
    if by == of:
        return
    swap = asked(daily, by=by, mine=days[0], theirs=days[1])
    then = after(swap, daily)

    for hour in hours:
        instant = start + timedelta(hours=hour)
        (was,) = people_on_call(daily, "primary", instant)
        within = [part for part in swap.parts if part.start <= instant < part.end]
        assert people_on_call(then, "primary", instant) == ((within[0].taker,) if within else (was,))


def test_a_shift_goes_on_whoever_is_beside_it():
    """Somebody who is added for an afternoon cuts nobody's week into three."""
    helped = book(*WEEKLY.schedules.values(), override("+ dan", start="2026-01-14 12:00", end="2026-01-14 18:00"))

    for instant in ("2026-01-13 00:00", "2026-01-14 13:00", "2026-01-16 00:00"):
        assert shift_at(helped, "primary", "ben", at(instant)) == (SECOND, THIRD)
    assert shift_at(helped, "primary", "dan", at("2026-01-14 13:00")) == (
        at("2026-01-14 12:00"),
        at("2026-01-14 18:00"),
    )
