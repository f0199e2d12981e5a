"""One person's side of a schedule, cut out of the answers that everybody gets."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pagerd.core.errors import NotFound
from pagerd.core.oncall.lookup import on_call
from pagerd.core.oncall.schedule import Away, Book, FixedShift, Override, OverrideKind
from pagerd.core.oncall.shifts import shifts
from pagerd.core.oncall.stints import Stint, shadowings, stints
from tests.builders import a_schedule

MONDAY = datetime(2026, 1, 5, 8, tzinfo=UTC)  # 09:00 in Berlin
WEEK, DAY, HOUR = timedelta(weeks=1), timedelta(days=1), timedelta(hours=1)
BOOK = Book(schedules={"primary": a_schedule("primary", "ana", "ben", "cho")})


def an_override(person: str, start: datetime, lasts: timedelta, **fields: object) -> Override:
    """Return an override that puts somebody in for all."""
    one = Override(
        id="o1", schedule="primary", kind=OverrideKind.EVERYBODY, start=start, end=start + lasts, people=(person,)
    )
    return replace(one, **fields)  # type: ignore[arg-type]  # fields of Override


def test_it_says_from_when_to_when_after_whom_and_before_whom():
    """A turn within the span is known from end to end."""
    [found] = stints(BOOK, "ben", "primary", MONDAY, MONDAY + 3 * WEEK)

    assert found == Stint(
        schedule="primary", start=MONDAY + WEEK, end=MONDAY + 2 * WEEK, before=("ana",), after=("cho",)
    )


def test_what_reaches_beyond_the_span_has_no_end_there():
    """Neither its start nor its end is invented."""
    [cut] = stints(BOOK, "ana", "primary", MONDAY + DAY, MONDAY + 2 * DAY)
    [begun] = stints(BOOK, "ana", "primary", MONDAY + DAY, MONDAY + 2 * WEEK)

    assert (cut.start, cut.end) == (None, None)
    assert (begun.start, begun.end, begun.after) == (None, MONDAY + WEEK, ("ben",))


def test_an_override_splits_a_turn_and_another_person_beside_does_not():
    """Whoever stays on call while others come and go has one stint."""
    in_between = replace(BOOK, overrides=(an_override("cho", MONDAY + DAY, HOUR),))
    beside = replace(BOOK, overrides=(an_override("cho", MONDAY + DAY, HOUR, kind=OverrideKind.ADD),))

    assert len(stints(in_between, "ana", "primary", MONDAY, MONDAY + WEEK)) == 2
    assert len(stints(beside, "ana", "primary", MONDAY, MONDAY + WEEK)) == 1


def test_the_stints_of_all_people_are_the_shifts():
    """At every instant it is the same truth."""
    book = replace(BOOK, overrides=(an_override("cho", MONDAY + DAY, 9 * DAY),))
    end = MONDAY + 6 * WEEK
    of_all = {name: stints(book, name, "primary", MONDAY, end) for name in ("ana", "ben", "cho")}
    for shift in shifts(book, "primary", MONDAY, end):
        for at in (shift.start, shift.end - timedelta(microseconds=1)):
            on = {name for name, found in of_all.items() if any(one.holds_at(at) for one in found)}

            assert on == set(shift.people), at


def test_two_spans_meet_where_they_have_an_instant_in_common():
    """Half-open: where one ends the other may begin."""
    one = Stint(schedule="primary", start=MONDAY, end=MONDAY + DAY)

    assert one.meets(MONDAY + HOUR, None)
    assert one.meets(MONDAY - DAY, MONDAY + HOUR)
    assert not one.meets(MONDAY + DAY, MONDAY + 2 * DAY)
    assert not one.meets(MONDAY - DAY, MONDAY)
    assert Stint(schedule="primary", start=None).meets(MONDAY - DAY, MONDAY)


def test_a_schedule_that_is_not_there_is_said():
    """As everywhere."""
    with pytest.raises(NotFound):
        stints(BOOK, "ana", "secondary", MONDAY, MONDAY + DAY)


def test_a_shadow_is_one_but_for_their_own_turns_and_while_they_are_away():
    """At every instant it is what the answer for that instant says."""
    dated = FixedShift(start=MONDAY + 9 * WEEK / 2, end=MONDAY + 5 * WEEK, shadows=("gil",))
    schedule = replace(BOOK.schedules["primary"], shadows=("ben",), fixed=(dated,))
    away = Away(person="ben", start=MONDAY + 2 * WEEK + DAY, end=MONDAY + 2 * WEEK + 2 * DAY)
    book = Book(schedules={"primary": schedule}, away=(away,))
    end = MONDAY + 6 * WEEK
    of_ben = shadowings(book, "ben", "primary", MONDAY, end)
    [of_gil] = shadowings(book, "gil", "primary", MONDAY, end)
    for hours in range(int((end - MONDAY) / HOUR)):
        at = MONDAY + hours * HOUR
        shadows = on_call(book, "primary", at).shadows
        assert any(one.holds_at(at) for one in of_ben) is ("ben" in shadows)
        assert of_gil.holds_at(at) is ("gil" in shadows)

    assert [(one.start, one.end) for one in of_ben] == [
        (None, MONDAY + WEEK),
        (MONDAY + 2 * WEEK, away.start),
        (away.end, MONDAY + 4 * WEEK),
        (MONDAY + 5 * WEEK, None),
    ]
    assert (of_gil.start, of_gil.end) == (dated.start, dated.end)
    assert shadowings(book, "cho", "primary", MONDAY, end) == ()
