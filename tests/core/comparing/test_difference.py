"""Two books side by side: shift by shift, gap by gap, person by person."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.comparing.difference import Change, Fate, Gap, difference
from pagerd.core.oncall.coverage import unmeant_holes
from pagerd.core.oncall.lookup import people_on_call
from tests.builders import a_person
from tests.core.oncall.books import (
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
from tests.core.oncall.test_shifts import books
from tests.share import in_share

PEOPLE = {name: a_person(name) for name in ("ana", "ben", "cho", "dan", "eva", "fio", "gil", "hal")}
START, END = at("2026-01-05 08:00"), at("2026-01-19 08:00")
MIDDLE = at("2026-01-12 08:00")
WEEKLY = book(schedule(layer("ana ben")))
HOUR, MICROSECOND = timedelta(hours=1), timedelta(microseconds=1)


def compared(before, after, start=START, end=END):
    """Return the difference over two weeks, unless told otherwise."""
    return difference(before, after, PEOPLE, start, end)


def figures(found):
    """Return what is counted as (before, after), by metric."""
    return {one.metric: (one.before, one.after) for one in found.figures}


def test_the_same_files_have_no_difference():
    """Whatever they say."""
    found = compared(WEEKLY, book(schedule(layer("ana ben"))))

    assert found.is_none
    assert (found.schedules, found.people) == ((), ())
    assert set(figures(found).values()) == {(0, 0)}


def test_a_swap_of_two_weeks_is_told_shift_by_shift():
    """Both lose what the other gains, and nobody has more."""
    found = compared(WEEKLY, book(schedule(layer("ben ana"))))

    (one,) = found.schedules
    assert (one.schedule, one.fate, one.gaps) == ("primary", Fate.CHANGED, ())
    assert one.changes == (Change(START, MIDDLE, ("ana",), ("ben",)), Change(MIDDLE, END, ("ben",), ("ana",)))
    assert [(one.person, one.gained, one.lost) for one in found.people] == [
        ("ana", 168 * HOUR, 168 * HOUR),
        ("ben", 168 * HOUR, 168 * HOUR),
    ]
    assert found.people[0].nights_lost == tuple(date(2026, 1, day) for day in range(5, 12))
    assert found.people[0].nights_gained == tuple(date(2026, 1, day) for day in range(12, 19))
    assert (found.people[0].weekends_lost, found.people[0].weekends_gained) == (
        (date(2026, 1, 10),),
        (date(2026, 1, 17),),
    )
    assert figures(found) == {
        "new_gaps": (0, 0),
        "gaps": (0, 0),
        "gap_minutes": (0, 0),
        "changes": (0, 2),
        "people": (0, 2),
    }


def test_the_same_people_by_another_way_are_no_change():
    """Neither the order of their names nor the layer that puts them there; the schedule is told to be rewritten."""
    found = compared(book(schedule(layer("ana+ben cho"))), book(schedule((layer("ana cho"), layer("ben -")))))

    assert found.is_none
    assert [(one.schedule, one.fate, one.changes) for one in found.schedules] == [("primary", Fate.REWRITTEN, ())]
    assert found.people == ()


def test_a_window_that_forgets_the_weekend_is_a_new_gap():
    """With who was on call in it, and what it costs nobody any more."""
    found = compared(WEEKLY, book(schedule(layer("ana ben", only=(window(WEEKDAYS),)))))

    (one,) = found.schedules
    saturday, monday = at("2026-01-09 23:00"), at("2026-01-11 23:00")
    assert one.gaps[0] == Gap(saturday, monday, ("ana",))
    assert one.changes[0] == Change(saturday, monday, ("ana",), ())
    assert figures(found)["new_gaps"] == figures(found)["gaps"] == (0, 2)
    assert figures(found)["gap_minutes"] == (0, 2 * 48 * 60)
    assert [one.weekends_lost for one in found.people] == [(date(2026, 1, 10),), (date(2026, 1, 17),)]


def test_a_gap_over_a_handoff_is_one_and_names_both():
    """Who was on call in it, in order."""
    found = compared(WEEKLY, book(schedule(layer("ana ben", until="2026-01-10 09:00"))))

    assert found.schedules[0].gaps == (Gap(at("2026-01-10 08:00"), END, ("ana", "ben")),)


def test_two_gaps_with_somebody_between_them_are_two():
    """Each names whoever had it: two evenings without anybody, and the office hours between."""
    (one,) = compared(WEEKLY, book(schedule(layer("ana ben", only=(window(range(2), "09:00", "17:00"),))))).schedules

    assert one.gaps[:2] == (
        Gap(at("2026-01-05 16:00"), at("2026-01-06 08:00"), ("ana",)),
        Gap(at("2026-01-06 16:00"), at("2026-01-12 08:00"), ("ana",)),
    )


def test_nobody_by_a_turn_of_none_is_a_change_and_no_gap():
    """Whoever wrote it knew; the shift is told all the same."""
    found = compared(WEEKLY, book(schedule(layer("ana -"))))

    assert found.schedules[0].gaps == ()
    assert found.schedules[0].changes == (Change(MIDDLE, END, ("ben",), ()),)
    assert figures(found)["gaps"] == (0, 0)


def test_an_old_gap_is_no_news_and_a_part_of_it_that_is_new_is():
    """Only what somebody covered before."""
    office = book(schedule(layer("ana", every=None, only=(window(WEEKDAYS, "09:00", "17:00"),))))
    shorter = book(schedule(layer("ana", every=None, only=(window(WEEKDAYS, "09:00", "16:00"),))))

    found = compared(office, shorter, end=at("2026-01-06 08:00"))

    assert found.schedules[0].gaps == (Gap(at("2026-01-05 15:00"), at("2026-01-05 16:00"), ("ana",)),)
    assert figures(found)["new_gaps"] == (0, 1)
    assert figures(found)["gaps"] == (1, 1)
    assert figures(found)["gap_minutes"] == (16 * 60, 17 * 60)
    assert compared(shorter, office).schedules[0].gaps == ()


def test_a_schedule_appears_and_another_vanishes():
    """Its people gain, its gaps are new; whoever loses a whole schedule is told of it too."""
    office = schedule(layer("cho", every=None, only=(window(WEEKDAYS, "09:00", "17:00"),)), name="office")
    after = book(office)

    found = compared(WEEKLY, after, end=at("2026-01-06 08:00"))

    appears, vanishes = found.schedules
    assert (appears.schedule, appears.fate, vanishes.schedule, vanishes.fate) == (
        "office",
        Fate.APPEARS,
        "primary",
        Fate.VANISHES,
    )
    assert appears.changes == (Change(START, at("2026-01-05 16:00"), None, ("cho",)),)
    assert appears.gaps == (Gap(at("2026-01-05 16:00"), at("2026-01-06 08:00"), ()),)
    assert vanishes.changes == (Change(START, at("2026-01-06 08:00"), ("ana",), None),)
    assert [(one.person, one.gained, one.lost) for one in found.people] == [
        ("ana", 0 * HOUR, 24 * HOUR),
        ("cho", 8 * HOUR, 0 * HOUR),
    ]


def test_a_schedule_of_another_name_with_the_same_people_is_renamed():
    """Of the same team: nobody gains, nobody loses, and where anything else differs it is another schedule."""
    renamed = schedule(layer("ana ben"), name="shop")

    found = compared(WEEKLY, book(renamed))

    assert found.is_none
    assert [(one.schedule, one.was, one.fate) for one in found.schedules] == [("shop", "primary", Fate.RENAMED)]
    assert figures(found)["changes"] == (0, 0)
    for other in (replace(renamed, team="platform"), schedule(layer("ana cho"), name="shop")):
        assert [one.fate for one in compared(WEEKLY, book(other)).schedules] == [Fate.APPEARS, Fate.VANISHES]


def test_each_name_that_is_gone_stands_behind_one_other():
    """Two schedules with the same people are not both the old one."""
    after = book(*(schedule(layer("ana ben"), name=name) for name in ("a", "b")))

    assert [(one.schedule, one.was, one.fate) for one in compared(WEEKLY, after).schedules] == [
        ("b", None, Fate.APPEARS),
        ("a", "primary", Fate.RENAMED),
    ]


def test_schedules_with_new_gaps_come_first():
    """Whatever their names."""
    before = book(*(schedule(layer("ana ben"), name=name) for name in ("aaa", "mmm", "zzz")))
    after = book(
        schedule(layer("ben ana"), name="aaa"),
        schedule(layer("ana ben"), name="mmm"),
        schedule(layer("ana ben", only=(window(WEEKDAYS),)), name="zzz"),
    )

    assert [one.schedule for one in compared(before, after).schedules] == ["zzz", "aaa"]


def test_a_person_in_two_schedules_has_each_hour_once():
    """Who moves from one to the other neither gains nor loses; who comes on call beside it gains nothing."""
    primary, other = (schedule(layer(people, every=None), name=name) for people, name in (("ana", "a"), ("ben", "b")))
    swapped = [schedule(layer(people, every=None), name=name) for people, name in (("ben", "a"), ("ana", "b"))]
    beside = schedule(layer("ana", every=None), name="c")

    assert compared(book(primary, other), book(*swapped)).people == ()
    found = compared(book(primary, other), book(primary, other, beside))
    assert (found.people, found.schedules[0].fate, figures(found)["changes"]) == ((), Fate.APPEARS, (0, 1))


def test_what_stands_beside_layers_counts():
    """An absence, an override of the files, and a copy that follows another schedule."""
    secondary = copy(1)
    before = book(WEEKLY.schedules["primary"], secondary)
    absent = replace(before, away=(away("ana", "2026-01-06", "2026-01-07"),))
    swap = replace(before, overrides=(override("cho for ana", start="2026-01-06", end="2026-01-07"),))
    turned = book(schedule(layer("ben ana")), secondary)

    changes = {
        what: {one.schedule: len(one.changes) for one in compared(before, after).schedules}
        for what, after in {"away": absent, "override": swap, "copy": turned}.items()
    }
    assert changes == {
        "away": {"primary": 1, "secondary": 1},
        "override": {"primary": 1},
        "copy": {"primary": 2, "secondary": 2},
    }


def test_a_person_sleeps_as_they_will():
    """Whoever moves has their nights where they live then, on both sides: where they sleep is no change of on-call."""
    after = book(schedule(layer("ben ana")))
    people = PEOPLE | {"ana": a_person("ana", zone=ZoneInfo("Pacific/Auckland"))}
    day = difference(WEEKLY, after, people, at("2026-01-05 21:00"), at("2026-01-06 06:00")).people

    assert {one.person: (one.nights_gained, one.nights_lost) for one in day} == {
        "ana": ((), ()),
        "ben": ((date(2026, 1, 5),), ()),
    }


def test_those_whose_nights_change_most_come_first():
    """Then those with the most hours, then by name."""
    before = book(schedule(layer("ana ben cho")))
    after = book(schedule(layer("ana ben dan")))

    found = compared(before, after, end=at("2026-01-26 08:00"))

    assert [one.person for one in found.people] == ["cho", "dan"]


@st.composite
def pairs(draw):
    """Draw two books that share nothing, or all but one part, and a span around a change of clocks."""
    before, start, end = draw(books())
    end = min(end, start + timedelta(days=5))
    other, *_ = draw(books())
    part = draw(st.sampled_from(("all", "schedules", "overrides", "away", "primary")))
    if part == "all":
        after = other
    elif part == "primary":
        after = replace(before, schedules={"secondary": replace(other.schedules["primary"], id="secondary")})
    else:
        after = replace(before, **{part: getattr(other, part)})
    return (before, after, start, end) if draw(st.booleans()) else (after, before, start, end)


@settings(max_examples=in_share(ci=30, proof=2_000), deadline=None)
@given(pairs(), st.lists(st.floats(0, 0.999), max_size=30))
def test_it_says_what_both_books_say_at_every_instant(drawn, parts):
    """A change is exactly where the people differ, and a new gap where nobody is left who was there before."""
    before, after, start, end = drawn
    found = {one.schedule: one for one in difference(before, after, _everybody(before, after), start, end).schedules}

    for name in {*before.schedules, *after.schedules}:
        changes, gaps = (found[name].changes, found[name].gaps) if name in found else ((), ())
        holes = unmeant_holes(after, name, start, end) if name in after.schedules else ()
        instants = [start + part * (end - start) for part in parts]
        instants += [edge for one in (*changes, *gaps) for edge in (one.start, one.end - MICROSECOND)]
        for instant in instants:
            was, comes = (
                people_on_call(side, name, instant) if name in side.schedules else None for side in (before, after)
            )
            told = [(one.before, one.after) for one in changes if one.start <= instant < one.end]
            assert told == ([(was, comes)] if set(was or ()) != set(comes or ()) else [])
            is_new = was != () and any(since <= instant < until for since, until in holes)
            assert is_new == any(gap.start <= instant < gap.end for gap in gaps)


@settings(max_examples=in_share(ci=15, proof=2_000), deadline=None)
@given(pairs())
def test_the_other_way_round_it_is_the_same(drawn):
    """What one side gains the other loses."""
    before, after, start, end = drawn
    people = _everybody(before, after)
    forth, back = difference(before, after, people, start, end), difference(after, before, people, start, end)

    assert {(one.person, one.gained, one.lost) for one in forth.people} == {
        (one.person, one.lost, one.gained) for one in back.people
    }
    assert {(one.schedule, len(one.changes)) for one in forth.schedules} == {
        (one.schedule, len(one.changes)) for one in back.schedules
    }


def _everybody(*sides):
    """Return everybody whom these books may put on call."""
    names = {name for side in sides for each in side.overrides for name in each.people}
    names |= {name for side in sides for one in side.schedules.values() for name in one.people}
    return {name: a_person(name) for name in names}
