from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pagerd.core.oncall.rotation import Rotation, Stretch
from pagerd.core.oncall.schedule import Turn, Unit
from tests.core.oncall.books import (
    APIA,
    CHANGES,
    DAY,
    HOUR,
    LORD_HOWE,
    MONTH,
    NEW_YORK,
    WEEK,
    WEEKDAYS,
    WEEKEND,
    at,
    days,
    layer,
    on_holidays,
    wall,
    week_span,
    window,
)
from tests.core.oncall.stepping import people_of
from tests.share import in_share


def people_at(what, instant) -> tuple[str, ...]:
    """Return who has the turn that is on."""
    rotation = Rotation(what)
    turn = rotation.turn_at(instant)
    return () if turn is None else rotation.people(turn)


def handoffs(what, turns) -> list[str]:
    """Return when the turns begin, in UTC."""
    return [f"{Rotation(what).bounds(turn)[0]:%Y-%m-%d %H:%M}" for turn in range(turns)]


HANDOFFS = {
    "weekly in Berlin keeps nine o'clock through spring": (
        layer("ana ben", start="2026-03-16 09:00"),
        ["2026-03-16 08:00", "2026-03-23 08:00", "2026-03-30 07:00", "2026-04-06 07:00"],
    ),
    "weekly in New York keeps nine o'clock through autumn": (
        layer("ana ben", start="2026-10-19 09:00", zone=NEW_YORK),
        ["2026-10-19 13:00", "2026-10-26 13:00", "2026-11-02 14:00"],
    ),
    "daily in the missing hour begins after the gap": (
        layer("ana ben", start="2026-03-28 02:30", every=DAY),
        ["2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30"],
    ),
    "daily in the repeated hour begins the first time": (
        layer("ana ben", start="2026-10-24 02:30", every=DAY),
        ["2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"],
    ),
    "daily in the missing half hour of Lord Howe": (
        layer("ana ben", start="2026-10-03 02:15", every=DAY, zone=LORD_HOWE),
        ["2026-10-02 15:45", "2026-10-03 15:30", "2026-10-04 15:15"],
    ),
    "daily over the day that Apia skipped": (
        layer("ana ben cho", start="2011-12-29 09:00", every=DAY, zone=APIA),
        ["2011-12-29 19:00", "2011-12-30 10:00", "2011-12-30 19:00", "2011-12-31 19:00"],
    ),
    "every second hour counts what has passed": (
        layer("ana ben", start="2026-03-29 00:00", every=Turn(2, Unit.HOURS)),
        ["2026-03-28 23:00", "2026-03-29 01:00", "2026-03-29 03:00", "2026-03-29 05:00"],
    ),
    "twelve hours drift against the clock in autumn": (
        layer("ana ben", start="2026-10-24 20:00", every=Turn(12, Unit.HOURS)),
        ["2026-10-24 18:00", "2026-10-25 06:00", "2026-10-25 18:00"],
    ),
    "monthly from the 31st returns to the 31st": (
        layer("ana ben", start="2026-01-31 09:00", every=MONTH),
        ["2026-01-31 08:00", "2026-02-28 08:00", "2026-03-31 07:00", "2026-04-30 07:00", "2026-05-31 07:00"],
    ),
    "monthly from the 30th meets a leap year": (
        layer("ana ben", start="2027-12-30 09:00", every=MONTH),
        ["2027-12-30 08:00", "2028-01-30 08:00", "2028-02-29 08:00", "2028-03-30 07:00"],
    ),
    "every second month from the 31st": (
        layer("ana ben", start="2026-07-31 09:00", every=Turn(2, Unit.MONTHS)),
        ["2026-07-31 07:00", "2026-09-30 07:00", "2026-11-30 08:00", "2027-01-31 08:00"],
    ),
    "fortnightly over a year with 53 weeks": (
        layer("ana ben", start="2026-12-21 09:00", every=Turn(2, Unit.WEEKS)),
        ["2026-12-21 08:00", "2027-01-04 08:00", "2027-01-18 08:00"],
    ),
}


@pytest.mark.parametrize("name", HANDOFFS)
def test_turns_begin_where_the_rules_say(name):
    """Hours are elapsed; days, weeks and months keep their wall time and day, whatever the clocks and the month do."""
    what, expected = HANDOFFS[name]

    assert handoffs(what, len(expected)) == expected


@pytest.mark.parametrize("name", HANDOFFS)
def test_a_turn_is_on_from_its_start_until_before_the_next(name):
    """At its first moment a turn is on, and at the last moment before it the one before."""
    what, expected = HANDOFFS[name]
    rotation = Rotation(what)
    for turn in range(len(expected)):
        begins, ends = rotation.bounds(turn)

        assert rotation.turn_at(begins) == turn
        assert rotation.turn_at(begins - timedelta(microseconds=1)) == (turn - 1 if turn else None)
        assert rotation.turn_at(ends - timedelta(microseconds=1)) == turn


def test_before_the_anchor_there_is_nobody():
    """The first turn begins at the anchor, and the answer before says when that will be."""
    rotation = Rotation(layer("ana ben"))
    before = at("2026-01-05 07:59:59")

    assert rotation.turn_at(before) is None
    assert rotation.stretch(before) == Stretch(None, at("2026-01-05 08:00"))
    assert rotation.turn_at(at("2026-01-05 08:00")) == 0


def test_from_until_on_there_is_nobody_ever_again():
    """A layer that has ended stays ended."""
    rotation = Rotation(layer("ana ben", until="2026-01-07 12:00"))
    last, after = at("2026-01-07 10:59:59"), at("2026-01-07 11:00")

    assert rotation.stretch(last) == Stretch(0, after)
    assert rotation.stretch(after) == Stretch(None, None)


def test_after_the_last_person_the_first_has_the_turn_again():
    """Turns go round, and several people may share one."""
    what = layer("ana ben+cho -")

    assert people_at(what, at("2026-01-06")) == ("ana",)
    assert people_at(what, at("2026-01-13")) == ("ben", "cho")
    assert people_at(what, at("2026-01-20")) == ()
    assert people_at(what, at("2026-01-27")) == ("ana",)


def test_a_layer_without_turns_is_one_turn_for_ever():
    """A fixed person has the turn from the anchor on, in 2049 too."""
    rotation = Rotation(layer("dora", every=None))

    assert rotation.bounds(0) == (at("2026-01-05 08:00"), None)
    assert rotation.turn_at(at("2049-06-01")) == 0
    assert rotation.stretch(at("2049-06-01")) == Stretch(0, None)


def test_a_layer_without_people_is_nobody():
    """No members is no answer, not an error in the night."""
    assert people_at(layer(""), at("2026-02-01")) == ()
    assert Rotation(layer("")).people(3) == ()


def test_turns_that_are_all_alike_have_no_handoffs():
    """Nobody is told of a handoff from ana to ana."""
    rotation = Rotation(layer("ana", every=HOUR))
    when = at("2026-02-01 10:20")

    assert rotation.stretch(when) == Stretch(0, None)


def test_far_turns_cost_no_more_and_are_right():
    """A daily handoff in 2049 keeps its wall time by the zone's rule for years beyond its table."""
    rotation = Rotation(layer("ana ben cho", every=DAY))

    assert rotation.turn_at(at("2049-07-01 06:59:59")) == 8577
    assert rotation.turn_at(at("2049-07-01 07:00")) == 8578
    assert rotation.turn_at(at("2049-12-01 08:00")) == 8731


WINDOWS = {
    "office hours": (
        [window(WEEKDAYS, "09:00", "17:00")],
        {"2026-01-05 08:00": True, "2026-01-05 16:00": False, "2026-01-09 15:59": True, "2026-01-10 10:00": False},
    ),
    "a night belongs to the day it starts on": (
        [window(WEEKDAYS, "18:00", "09:00")],
        {
            "2026-01-05 07:59": False,  # Monday's early hours would be Sunday's night
            "2026-01-05 17:00": True,
            "2026-01-06 07:59": True,
            "2026-01-06 08:00": False,
            "2026-01-10 07:59": True,  # Friday's night ends on Saturday
            "2026-01-10 17:00": False,
        },
    ),
    "a night that starts on Sunday ends on Monday": (
        [window({6}, "22:00", "06:00")],
        {"2026-01-11 20:59": False, "2026-01-11 21:00": True, "2026-01-12 04:59": True, "2026-01-12 05:00": False},
    ),
    "whole days": (
        [window(WEEKEND)],
        {"2026-01-09 22:59": False, "2026-01-09 23:00": True, "2026-01-11 22:59": True, "2026-01-11 23:00": False},
    ),
    "nights and weekends together": (
        [window(WEEKDAYS, "18:00", "09:00"), window(WEEKEND)],
        {"2026-01-10 07:59": True, "2026-01-10 12:00": True, "2026-01-12 05:00": False, "2026-01-09 16:59": False},
    ),
    "equal times are a day from that time on": (
        [window({0}, "09:00", "09:00")],
        {"2026-01-05 07:59": False, "2026-01-05 08:00": True, "2026-01-06 07:59": True, "2026-01-06 08:00": False},
    ),
    "a window that begins in the missing hour opens after the gap": (
        [window({6}, "02:30", "05:00")],
        {"2026-03-29 00:59": False, "2026-03-29 01:00": True, "2026-03-29 02:59": True, "2026-03-29 03:00": False},
    ),
    "a window inside the missing hour never opens": (
        [window({6}, "02:10", "02:50")],
        {"2026-03-29 00:59": False, "2026-03-29 01:00": False, "2026-03-29 00:30": False, "2026-04-05 00:30": True},
    ),
    "a window that ends in the repeated hour closes the first time": (
        [window({6}, "00:00", "02:30")],
        {"2026-10-25 00:29": True, "2026-10-25 00:30": False, "2026-10-25 01:15": False},
    ),
    "a window inside the repeated hour opens once": (
        [window({6}, "02:10", "02:50")],
        {"2026-10-25 00:10": True, "2026-10-25 00:50": False, "2026-10-25 01:20": False},
    ),
    "a window without weekdays never opens": ([window(())], {"2026-02-01 10:00": False}),
    "a window over the whole week is always open": ([window()], {"2026-02-01 10:00": True, "2026-02-01 22:59": True}),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_windows_hide_the_layer_outside_them(name):
    """A layer is on only inside its windows, which are wall time and belong to the day they start on."""
    only, expected = WINDOWS[name]
    rotation = Rotation(layer("ana", start="2026-01-01 00:00", only=tuple(only)))

    assert {text: rotation.turn_at(at(text)) is not None for text in expected} == expected


SPANS = {
    "a working week": (
        [week_span(0, "09:00", 4, "17:00")],
        {"2026-01-05 07:59": False, "2026-01-05 08:00": True, "2026-01-08 02:00": True, "2026-01-09 15:59": True,
         "2026-01-09 16:00": False, "2026-01-11 12:00": False},
    ),
    "a weekend, over Sunday": (
        [week_span(4, "17:00", 0, "09:00")],
        {"2026-01-09 15:59": False, "2026-01-09 16:00": True, "2026-01-11 23:30": True, "2026-01-12 07:59": True,
         "2026-01-12 08:00": False},
    ),
    "to an earlier hour of the same weekday": (
        [week_span(0, "17:00", 0, "09:00")],
        {"2026-01-05 15:59": False, "2026-01-05 16:00": True, "2026-01-12 07:59": True, "2026-01-12 08:00": False},
    ),
    "a whole week": ([week_span(2, "09:00", 2, "09:00")], {"2026-01-07 07:59": True, "2026-01-07 08:00": True}),
    "two of them, and a weekday's own hours": (
        [week_span(0, "09:00", 1, "12:00"), week_span(3, "09:00", 5, "12:00"), window({2}, "10:00", "11:00")],
        {"2026-01-06 10:59": True, "2026-01-06 11:00": False, "2026-01-07 09:00": True, "2026-01-07 10:00": False,
         "2026-01-08 07:59": False, "2026-01-10 10:59": True, "2026-01-10 11:00": False},
    ),
    "through the missing hour": (
        [week_span(5, "20:00", 6, "20:30")],
        {"2026-03-28 18:59": False, "2026-03-28 19:00": True, "2026-03-29 18:29": True, "2026-03-29 18:30": False},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPANS)
def test_a_window_may_be_a_span_of_the_week(name):
    """From an hour of one weekday to an hour of another, over Sunday and clock changes."""
    only, expected = SPANS[name]
    what = layer("ana", start="2026-01-01 00:00", only=tuple(only))

    assert {text: people_at(what, at(text)) == ("ana",) for text in expected} == expected


HOLIDAYS = days("2026-12-25", "2026-12-26", "2027-01-01")
ONLY_OR_NOT = {
    "only on holidays, which are whole days": (
        {"only": (on_holidays(),)},
        {"2026-12-24 22:59": False, "2026-12-24 23:00": True, "2026-12-26 22:59": True, "2026-12-26 23:00": False},
    ),
    "only in some hours of them, into the next day": (
        {"only": (on_holidays("18:00", "09:00"),)},
        {"2026-12-25 16:59": False, "2026-12-25 17:00": True, "2026-12-26 08:00": False, "2026-12-27 07:59": True},
    ),
    "not on holidays": (
        {"not_on": (on_holidays(),)},
        {"2026-12-24 22:59": True, "2026-12-24 23:00": False, "2026-12-26 23:00": True, "2027-01-01 12:00": False},
    ),
    "in office hours, but not on holidays": (
        {"only": (window(WEEKDAYS, "09:00", "17:00"),), "not_on": (on_holidays(),)},
        {"2026-12-24 15:59": True, "2026-12-25 12:00": False, "2026-12-28 08:00": True, "2026-12-26 12:00": False},
    ),
    "by night, at weekends and on holidays": (
        {"only": (window(WEEKDAYS, "18:00", "09:00"), window(WEEKEND), on_holidays())},
        {"2026-12-24 16:59": False, "2026-12-24 17:00": True, "2026-12-25 12:00": True, "2026-12-28 12:00": False},
    ),
    "not in a window of the week": (
        {"not_on": (window({2}),)},
        {"2026-12-22 22:59": True, "2026-12-22 23:00": False, "2026-12-23 22:59": False, "2026-12-23 23:00": True},
    ),
    "both in one: what is not wins": (
        {"only": (on_holidays(),), "not_on": (on_holidays("12:00", "13:00"),)},
        {"2026-12-25 10:59": True, "2026-12-25 11:00": False, "2026-12-25 12:00": True},
    ),
}


@pytest.mark.parametrize("name", ONLY_OR_NOT)
def test_holidays_and_other_windows_restrict_a_layer(name):
    """`only` opens a layer, `not_on` shuts it, and a holiday is a day of the layer's own zone."""
    fields, expected = ONLY_OR_NOT[name]
    what = layer("ana", start="2026-01-01 00:00", holidays=HOLIDAYS, **fields)

    assert {text: people_at(what, at(text)) == ("ana",) for text in expected} == expected


def test_after_its_last_holiday_a_layer_has_nobody_ever_again():
    """A calendar that ends is no reason to ask again and again."""
    what = Rotation(layer("ana", holidays=HOLIDAYS, only=(on_holidays(),)))
    when = at("2027-01-02")

    assert what.stretch(when) == Stretch(None, None)


def test_a_layer_that_begins_later_counts_from_its_first_turn():
    """`since` hides what was before, and moves nothing: the turn that is on then is the one that would have been."""
    late = layer("ana ben", since="2026-01-14 00:00")

    assert people_at(late, at("2026-01-13 22:59")) == ()
    assert people_at(late, at("2026-01-13 23:00")) == ("ben",)
    assert people_at(late, at("2026-01-19 08:00")) == ("ana",)
    assert Rotation(late).stretch(at("2026-01-06")) == Stretch(None, at("2026-01-13 23:00"))


def test_windows_do_not_move_the_turns():
    """Whose turn it is follows from the anchor alone, whether or not a window was open."""
    what = layer("ana ben cho", every=DAY, only=(window({0}),))

    assert [people_at(what, at(day)) for day in ("2026-01-12", "2026-01-19", "2026-01-26")] == [
        ("ana",),  # before nine it is still the turn of the sixth day after the anchor
        ("ben",),
        ("cho",),
    ]


def test_a_closed_window_says_when_it_opens():
    """The next opening is found at once, a week away if it must be."""
    rotation = Rotation(layer("ana", only=(window({0}, "09:00", "10:00"),)))
    when = at("2026-03-23 09:00")

    assert rotation.stretch(when) == Stretch(None, at("2026-03-30 07:00"))


def test_windows_that_meet_are_one():
    """Saturday and Sunday have no seam at midnight."""
    rotation = Rotation(layer("ana", only=(window(WEEKEND),)))
    when = at("2026-01-10 12:00")

    assert rotation.stretch(when) == Stretch(0, at("2026-01-11 23:00"))


LASTS = {
    "half of each day": (
        layer("ana ben", every=DAY, lasts=Turn(12, Unit.HOURS)),
        {"2026-01-05 19:59": "ana", "2026-01-05 20:00": "", "2026-01-06 08:00": "ben", "2026-01-06 20:00": ""},
    ),
    "hours are elapsed over the gap": (
        layer("ana", start="2026-03-28 20:00", every=DAY, lasts=Turn(12, Unit.HOURS)),
        {"2026-03-29 06:59": "ana", "2026-03-29 07:00": ""},
    ),
    "days are wall clock over the gap": (
        layer("ana", start="2026-03-28 20:00", every=WEEK, lasts=DAY),
        {"2026-03-29 17:59": "ana", "2026-03-29 18:00": ""},
    ),
    "five days of each week": (
        layer("ana ben", lasts=Turn(5, Unit.DAYS)),
        {"2026-01-10 07:59": "ana", "2026-01-10 08:00": "", "2026-01-12 08:00": "ben"},
    ),
    "one month of two, from the 31st": (
        layer("ana ben", start="2026-01-31 09:00", every=Turn(2, Unit.MONTHS), lasts=MONTH),
        {"2026-02-28 07:59": "ana", "2026-02-28 08:00": "", "2026-03-31 07:00": "ben", "2026-04-30 07:00": ""},
    ),
    "one month of two, begun on the last of February": (
        layer("ana ben", start="2025-12-31 09:00", every=Turn(2, Unit.MONTHS), lasts=MONTH),
        {"2026-01-31 07:59": "ana", "2026-01-31 08:00": "", "2026-03-31 06:59": "ben", "2026-03-31 07:00": ""},
    ),
    "a month of each ten weeks": (
        layer("ana", every=Turn(10, Unit.WEEKS), lasts=MONTH),
        {"2026-02-05 07:59": "ana", "2026-02-05 08:00": "", "2026-03-16 08:00": "ana"},
    ),
    "ten days of each month, from the 31st": (
        layer("ana ben", start="2026-01-31 09:00", every=MONTH, lasts=Turn(10, Unit.DAYS)),
        {"2026-03-10 07:59": "ben", "2026-03-10 08:00": "", "2026-04-10 06:59": "ana", "2026-04-10 07:00": ""},
    ),
    "a month of one turn for ever": (
        layer("ana", start="2026-01-31 09:00", every=None, lasts=MONTH),
        {"2026-02-28 07:59": "ana", "2026-02-28 08:00": ""},
    ),
    "a day of each 36 hours, begun in the repeated hour": (
        layer("ana ben", start="2026-10-23 15:30", every=Turn(36, Unit.HOURS), lasts=DAY),
        {"2026-10-25 01:30": "ben", "2026-10-26 01:29": "ben", "2026-10-26 01:30": ""},
    ),
    "a day of each 36 hours, from a turn's own wall time": (
        layer("ana ben", start="2026-03-27 20:00", every=Turn(36, Unit.HOURS), lasts=DAY),
        {"2026-03-29 07:00": "ben", "2026-03-30 06:59": "ben", "2026-03-30 07:00": ""},
    ),
    "one fixed shift, once": (
        layer("ana", every=None, lasts=Turn(12, Unit.HOURS)),
        {"2026-01-05 07:59": "", "2026-01-05 08:00": "ana", "2026-01-05 20:00": "", "2027-01-05 09:00": ""},
    ),
    "more than the turn reaches no further": (
        layer("ana ben", every=DAY, lasts=WEEK),
        {"2026-01-06 07:59": "ana", "2026-01-06 08:00": "ben"},
    ),
}


@pytest.mark.parametrize("name", LASTS)
def test_only_the_first_part_of_a_turn_is_kept(name):
    """`lasts` keeps hours elapsed or wall-clock days and months of each turn, and moves none."""
    what, expected = LASTS[name]

    assert {text: "".join(people_at(what, at(text))) for text in expected} == expected


@pytest.mark.parametrize("unit", Unit)
def test_a_turn_longer_than_the_calendar_is_one_turn(unit):
    """An absurd length is no reason to fall over at night."""
    rotation = Rotation(layer("ana ben", every=Turn(10**12, unit)))

    assert rotation.turn_at(at("2049-01-01")) == 0
    assert rotation.bounds(0)[1] is None
    assert people_at(layer("ana ben", lasts=Turn(10**12, unit)), at("2026-01-06")) == ("ana",)


def test_a_turn_without_length_is_refused():
    """The config never lets it through, so it is our own mistake and says so."""
    with pytest.raises(AssertionError, match="no length"):
        Rotation(layer("ana ben", every=Turn(0, Unit.DAYS)))


def test_a_turn_beyond_the_calendar_has_no_bounds():
    """Who asks for it made a mistake and hears so."""
    with pytest.raises(AssertionError, match="beyond the calendar"):
        Rotation(layer("ana ben", every=DAY)).bounds(10**9)


turns = st.one_of(
    st.builds(Turn, st.integers(1, 30), st.just(Unit.HOURS)),
    st.builds(Turn, st.integers(1, 9), st.just(Unit.DAYS)),
    st.builds(Turn, st.integers(1, 3), st.sampled_from((Unit.WEEKS, Unit.MONTHS))),
)
times_of_day = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
weekday = st.integers(0, 6)
windows = st.one_of(
    st.builds(window, st.sets(weekday), times_of_day, times_of_day),
    st.builds(week_span, weekday, times_of_day, weekday, times_of_day),
    st.builds(on_holidays, times_of_day, times_of_day),
)


@st.composite
def layers(draw):
    """Draw a layer whose first turns lie around a change of its zone's clocks."""
    zone, day = draw(st.sampled_from(CHANGES))
    start = wall(day) + timedelta(days=draw(st.integers(-40, 1)), minutes=15 * draw(st.integers(-8, 95)))
    since, until = (draw(st.none() | st.integers(1, most * 96)) for most in (30, 50))
    every = draw(st.none() | turns)
    kept = st.builds(Turn, st.integers(1, 40), st.just(Unit.HOURS)) | st.builds(
        Turn, st.integers(1, 9), st.just(Unit.DAYS)
    )
    return layer(
        draw(st.sampled_from(("ana ben", "ana ben cho", "ana", "ana - ben+cho", "ana ana"))),
        start=start.isoformat(),
        zone=zone,
        every=every,
        lasts=draw(st.none() | kept),
        since=None if since is None else (start + timedelta(minutes=15 * since)).isoformat(),
        until=None if until is None else (start + timedelta(minutes=15 * until)).isoformat(),
        only=tuple(draw(st.lists(windows, max_size=2))),
        not_on=tuple(draw(st.lists(windows, max_size=1))),
        holidays=frozenset(wall(day).date() + timedelta(days=n) for n in draw(st.sets(st.integers(-9, 9), max_size=4))),
    ), wall(day).replace(tzinfo=UTC)


@settings(max_examples=in_share(ci=150, proof=2_000), deadline=None)
@given(layers(), st.lists(st.integers(-40 * 60, 40 * 60) | st.integers(-100, 100).map(lambda n: n * 720), min_size=5))
def test_the_arithmetic_is_what_stepping_from_the_anchor_finds(drawn, minutes):
    """Any layer at any instant around a clock change has the people that the slow model finds."""
    what, middle = drawn
    for offset in minutes:
        when: datetime = middle + timedelta(minutes=offset)

        assert people_at(what, when) == people_of(what, when)


@settings(max_examples=in_share(ci=100, proof=2_000), deadline=None)
@given(layers(), st.integers(-60, 60))
def test_nothing_changes_before_a_stretch_ends(drawn, hours):
    """From an instant until its stretch ends, the turn stays the same."""
    what, middle = drawn
    rotation, begins = Rotation(what), middle + timedelta(hours=hours)
    turn, until = rotation.stretch(begins)

    assert until is None or until > begins
    ends = begins + timedelta(days=20) if until is None else min(until, begins + timedelta(days=20))
    for part in range(40):
        when = begins + part * (ends - begins) / 40
        found = Rotation(what).stretch(when).turn
        assert found == turn


OVER_BEFORE_ITS_FIRST_DAY = layer(
    "ana ben", start="2026-03-29 00:00", every=None, lasts=Turn(1, Unit.HOURS), only=(window({1}),)
)


@settings(max_examples=in_share(ci=100, proof=2_000), deadline=None)
@given(layers(), st.lists(st.integers(-30 * 24, 30 * 24), min_size=2, max_size=12))
@example((OVER_BEFORE_ITS_FIRST_DAY, at("2026-03-29 00:00")), [46, 70])
def test_what_was_asked_before_changes_no_answer(drawn, hours):
    """A rotation that was asked about other instants has the people that one has which was asked nothing.

    Where a stretch ends may be found nearer, or farther, by what was asked before: it is what holds at least.
    """
    what, middle = drawn
    asked = Rotation(what)
    for offset in hours:
        when = middle + timedelta(hours=offset)
        found, fresh = asked.stretch(when), Rotation(what).stretch(when)

        assert found.turn == fresh.turn
        assert found.until == fresh.until or _holds_until(what, when, found)


def _holds_until(what, when, found):
    """Does one that was asked nothing say the same at each of its own changes until then, or for ever?"""
    moment = when
    for _ in range(1_000):  # of stretches that go on for ever, as windows do
        stretch = Rotation(what).stretch(moment)
        if stretch.turn != found.turn:
            return False
        moment = stretch.until
        if moment is None or (found.until is not None and moment >= found.until):
            break
    return found.until is None or when < found.until
