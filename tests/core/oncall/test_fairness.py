from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from pagerd.core.oncall.ahead import Ahead
from pagerd.core.oncall.fairness import Burden, Times, by_person, holidays, length_of_night, nights, sharings, weekends
from pagerd.core.oncall.schedule import FixedShift, Turn, Unit
from pagerd.core.people import Night, Person
from tests.core.oncall.books import (
    BERLIN,
    DAY,
    WEEK,
    WEEKDAYS,
    WEEKEND,
    at,
    away,
    book,
    copy,
    layer,
    override,
    schedule,
    window,
)
from tests.core.oncall.brute import BruteForce, books_of_two
from tests.share import in_share

START, END = at("2026-01-05 08:00"), at("2026-03-02 08:00")
HALF_DAYS = Turn(12, Unit.HOURS)


def people(*names, zone=BERLIN, night=None):
    """Return people who sleep in a zone."""
    return {name: Person(id=name, name=name, zone=zone, night=night or Night(), notify={}) for name in names}


def shared(*parts, days_off=(), known=None, start=START, end=END):
    """Return who has how much of what, and what an equal share would be, rounded."""
    calendar = Ahead(book(*parts), start, end)
    known = known or people("ana", "ben", "cho", "dan")
    found = sharings(calendar, parts[0], known, holidays(days_off, BERLIN, start, end))
    return {
        (one.layer, one.burden): {share.person: (round(share.has, 2), round(share.equal, 2)) for share in one.shares}
        for one in found
    }


def test_weekly_turns_share_evenly():
    """Eight weeks among four people: two weeks each, of seven nights and two days of a weekend."""
    found = shared(schedule(layer("ana ben cho dan", name="week")))

    assert found["week", Burden.NIGHTS] == dict.fromkeys(("ana", "ben", "cho", "dan"), (14.0, 14.0))
    assert found["week", Burden.WEEKENDS] == dict.fromkeys(("ana", "ben", "cho", "dan"), (4.0, 4.0))
    assert ("week", Burden.HOLIDAYS) not in found


def test_turns_of_half_days_give_one_person_all_nights():
    """Twelve hours among two: it looks even and is not."""
    turns = schedule(layer("ana ben", every=HALF_DAYS, start="2026-01-05 09:00"))
    found = sharings(Ahead(book(turns), START, END), turns, people("ana", "ben"), Times(()))
    (sharing,) = (one for one in found if one.burden is Burden.NIGHTS)

    assert [(one.person, round(one.has, 2), round(one.equal, 2)) for one in sharing.unfair(25)] == [("ben", 56.0, 28.0)]
    assert round(sharing.total) == 56
    assert sharing.unfair(100) == ()


def test_seven_people_in_daily_turns_have_always_the_same_weekday():
    """Whoever has Saturdays has all of them; by how much is told, the most first."""
    daily = schedule(layer("mo tu we th fr sa su", every=DAY, start="2026-01-05 00:00"))
    found = sharings(
        Ahead(book(daily), at("2026-01-04 23:00"), at("2026-03-01 23:00")),
        daily,
        people("mo", "tu", "we", "th", "fr", "sa", "su"),
        Times(()),
    )
    (of_weekends,) = (one for one in found if one.burden is Burden.WEEKENDS)

    assert {one.person for one in of_weekends.unfair(25)} == {"sa", "su"}
    assert [one.unfair(25) for one in found if one.burden is Burden.NIGHTS] == [()]


def test_a_turn_more_is_no_unfairness():
    """Three weeks among two people: somebody has two of them."""
    weekly = schedule(layer("ana ben"))
    found = sharings(Ahead(book(weekly), START, START + timedelta(weeks=3)), weekly, people("ana", "ben"), Times(()))

    assert [one.unfair(25) for one in found] == [(), ()]


def test_whoever_is_away_has_less_to_bear():
    """Half of the time away is half of a share; covering for them is nobody's unfairness then."""
    turns = schedule(layer("ana ben cho", name="week"))
    found = shared(turns, away("cho", "2026-02-02 08:00", "2026-02-20"), away("cho", "2026-02-10", "2026-04-01"))[
        "week", Burden.NIGHTS
    ]

    assert sum(has for has, _ in found.values()) == pytest.approx(56)
    assert found["cho"][1] == found["ana"][1] / 2


def test_an_absence_of_last_year_takes_nothing_off():
    """Only what lies in the span counts."""
    turns = schedule(layer("ana ben", name="week"))

    assert shared(turns, away("ana", "2025-01-01", "2025-12-01")) == shared(turns)


def test_only_those_who_take_turns_with_each_other_are_compared():
    """Who has weekends alone, by a layer of their own, was put there; and a layer of one shares nothing."""
    found = shared(
        schedule(
            layer("ana ben", name="week"),
            layer("cho dan", name="weekend", only=(window(WEEKEND),)),
            layer("eva", every=None, name="office", only=(window(WEEKDAYS, "09:00", "17:00"),)),
        )
    )

    assert {layer_name for layer_name, _ in found} == {"week", "weekend"}
    assert ("week", Burden.WEEKENDS) not in found
    assert found["weekend", Burden.WEEKENDS] == {"cho": (8.0, 8.0), "dan": (8.0, 8.0)}


def test_layers_side_by_side_have_each_their_own_share():
    """Whoever stands in both is counted in the first."""
    found = shared(schedule((layer("ana ben", name="here"), layer("cho ana dan", name="there"))))

    assert list(found["here", Burden.WEEKENDS]) == ["ana", "ben"]
    assert list(found["there", Burden.WEEKENDS]) == ["cho", "dan"]


def test_a_copy_shares_as_what_it_copies():
    """In its own turns."""
    parts = (copy(1), schedule(layer("ana ben", name="week")))

    assert shared(*parts)["week", Burden.NIGHTS] == {"ana": (28.0, 28.0), "ben": (28.0, 28.0)}


def test_strangers_are_compared_with_nobody():
    """Neither whom an override puts in, nor whom no file knows."""
    swap = override("dan for all", start="2026-01-12 08:00", end="2026-01-19 08:00")
    found = shared(schedule(layer("ana ben zoe", name="week")), swap)["week", Burden.NIGHTS]

    assert list(found) == ["ana", "ben"]


def test_a_fixed_shift_counts_with_the_turns_of_whoever_has_it():
    """Ana has ben's second week by name: hers are three weeks of four. It counts in one layer, though she is in two."""
    fixed = FixedShift(start=at("2026-01-12 08:00"), end=at("2026-01-19 08:00"), people=("ana", "zoe"))
    weekly = layer("ana ben", name="week", start="2026-01-05 09:00")
    office = layer("ana cho", name="office", only=(window(WEEKDAYS, "09:00", "17:00"),), start="2026-01-05 09:00")
    found = shared(schedule(weekly, office, fixed=(fixed,)), end=at("2026-02-02 08:00"))

    assert found["week", Burden.NIGHTS] == {"ana": (21.0, 14.0), "ben": (7.0, 14.0)}
    assert found["week", Burden.WEEKENDS] == {"ana": (6.0, 4.0), "ben": (2.0, 4.0)}
    assert {name for name, _ in found} == {"week"}


def test_nobody_is_there_to_share():
    """All of them are away, or there is no night at all in the span."""
    weekly = schedule(layer("ana ben"))

    assert shared(weekly, away("ana"), away("ben"), override("ana for all", start="2026-01-01")) == {}
    assert shared(weekly, start=at("2026-01-07 10:00"), end=at("2026-01-07 12:00")) == {}


def test_a_holiday_is_a_day_of_the_calendar():
    """From midnight to midnight there; what lies elsewhere is not counted."""
    found = shared(
        schedule(layer("ana ben", name="week")), days_off=[date(2026, 1, 6), date(2026, 1, 12), date(2020, 1, 1)]
    )

    assert found["week", Burden.HOLIDAYS] == {"ana": (1.38, 1.0), "ben": (0.62, 1.0)}


def test_a_night_is_each_persons_own():
    """Berlin's night is Tokyo's day: who lives there has none of it."""
    known = {**people("ana"), **people("ben", zone=ZoneInfo("Asia/Tokyo"))}
    found = shared(
        schedule(layer("ana ben", every=WEEK, name="week", only=(window(start="23:00", end="06:00"),))), known=known
    )

    has = {person: has for person, (has, _) in found["week", Burden.NIGHTS].items()}
    assert has == {"ana": pytest.approx(28 * 7 / 9, abs=0.01), "ben": 0.0}


def test_one_row_for_each_person():
    """All burdens of a layer side by side, in the order of turns; none of one is nothing."""
    turns = schedule(layer("ben ana", name="week"))
    calendar = Ahead(book(turns), START, END)
    rows = by_person(sharings(calendar, turns, people("ana", "ben"), Times(())))

    assert [(one.schedule, one.layer, one.person) for one in rows] == [
        ("primary", "week", "ben"),
        ("primary", "week", "ana"),
    ]
    assert rows[0].has == {Burden.NIGHTS: 28.0, Burden.WEEKENDS: 8.0}
    assert rows[0].equal == {Burden.NIGHTS: 28.0, Burden.WEEKENDS: 8.0}


@pytest.mark.parametrize(
    ("night", "hours"), [(Night(), 9), (Night(time(1), time(8)), 7), (Night(time(23), time(6, 30)), 7.5)]
)
def test_the_length_of_a_night(night, hours):
    """On the clock; past midnight or not."""
    assert length_of_night(night) == timedelta(hours=hours)


def test_what_lies_within():
    """Cut at both ends."""
    spans = Times(
        [
            (at("2026-01-01"), at("2026-01-02")),
            (at("2026-01-03"), at("2026-01-03")),
            (at("2026-01-05"), at("2026-01-07")),
        ]
    )

    assert spans.within(at("2026-01-01 12:00"), at("2026-01-05 06:00")) == timedelta(hours=18)
    assert spans.within(at("2026-01-02"), at("2026-01-05")) == timedelta(0)
    assert spans.within(at("2026-01-08"), at("2026-01-09")) == timedelta(0)


def test_the_night_of_the_change_is_an_hour_shorter():
    """Nights and weekends are those of the clock on the wall."""
    start, end = at("2026-03-27 12:00"), at("2026-03-30 12:00")

    assert nights(Night(), BERLIN, start, end).within(at("2026-03-28 12:00"), at("2026-03-29 12:00")) == timedelta(
        hours=8
    )
    assert weekends(BERLIN, start, end).within(start, end) == timedelta(hours=47)


@settings(max_examples=in_share(ci=15, proof=2_000), deadline=None)
@given(drawn=books_of_two())
def test_shares_agree_with_brute_force(drawn):
    """Each step at which a person is on call by night or at a weekend counts once."""
    start = at("2026-03-20 08:00")
    slow = BruteForce(drawn, start, start + timedelta(days=14))
    calendar = Ahead(drawn, slow.start, slow.end)
    clocks = [step.astimezone(BERLIN) for step in slow.steps]
    by_night, by_weekend = ([not 7 <= one.hour < 22 for one in clocks], [one.weekday() >= 5 for one in clocks])

    for name in drawn.schedules:
        for stay in calendar.stays(name):
            during = [stay.start <= step < stay.end for step in slow.steps]
            for counts, times in (
                (by_night, nights(Night(), BERLIN, *calendar.span)),
                (by_weekend, weekends(BERLIN, *calendar.span)),
            ):
                both = [a and b for a, b in zip(during, counts, strict=True)]
                assert times.within(stay.start, stay.end) == slow.within(name, stay.person, both)
