from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings

from pagerd.core.oncall.ahead import Ahead
from pagerd.core.oncall.fairness import nights
from pagerd.core.oncall.proving import (
    Twice,
    length_of,
    more_than,
    nobody_at_all,
    odd_handoffs,
    shift_limits,
    short_rests,
    stray_overlaps,
    too_long,
    twice_on_call,
)
from pagerd.core.oncall.schedule import FixedShift, Turn, Unit
from pagerd.core.people import Night
from tests.core.oncall.books import (
    BERLIN,
    DAY,
    HOUR,
    MONTH,
    NEW_YORK,
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
from tests.core.oncall.brute import PEOPLE, BruteForce, books_of_two
from tests.figures import note
from tests.share import in_share

START, END = at("2026-01-05 08:00"), at("2026-03-02 08:00")
HOURS_11 = timedelta(hours=11)


def ahead(*parts, start=START, end=END):
    """Return the calendar of a book."""
    return Ahead(book(*parts), start, end)


def days(spans):
    """Write spans by day and hour."""
    return [(f"{start:%m-%d %H}", f"{end:%m-%d %H}") for start, end in spans]


def test_one_person_at_two_levels():
    """From when to when, whatever else the two schedules do meanwhile."""
    calendar = ahead(
        schedule(layer("ana ben cho")),
        schedule(layer("cho ben ana", every=DAY), name="secondary"),
        end=at("2026-01-12 08:00"),
    )
    found = twice_on_call(calendar.segments("primary"), calendar.segments("secondary"))

    assert found == [
        Twice(at("2026-01-07 08:00"), at("2026-01-08 08:00"), "ana"),
        Twice(at("2026-01-10 08:00"), at("2026-01-11 08:00"), "ana"),
    ]


def test_a_copy_never_names_one_person_twice():
    """Whoever is on call above is passed over."""
    calendar = ahead(schedule(layer("ana ben ana cho")), copy(1), away("ben", "2026-01-10", "2026-02-01"))

    assert twice_on_call(calendar.segments("primary"), calendar.segments("secondary")) == []


def test_nobody_at_any_level():
    """Where at least one schedule has no turn of none; of one schedule it is its holes."""
    weekdays = layer("ana", every=None, only=(window(WEEKDAYS),))
    primary, lead = schedule(weekdays), schedule(layer("-", every=None), weekdays, name="lead")
    until_friday = schedule(layer("ben", every=None, until="2026-01-09 00:00"), name="secondary")
    calendar = ahead(primary, until_friday, lead, end=at("2026-01-12 12:00"))
    of = calendar.segments

    assert days(nobody_at_all([of("primary"), of("secondary")])) == [("01-09 23", "01-11 23")]
    assert days(nobody_at_all([of("lead"), of("secondary")])) == [("01-09 23", "01-11 23")]
    assert nobody_at_all([of("lead")]) == []
    assert nobody_at_all([of("primary")]) == calendar.holes("primary")
    assert nobody_at_all([]) == []


def test_more_people_than_are_expected():
    """However they came there."""
    calendar = ahead(
        schedule(layer("ana ben+cho")),
        override("+ dan", start="2026-01-06", end="2026-01-07"),
        end=at("2026-01-19 08:00"),
    )

    assert days(more_than(calendar.segments("primary"), 1)) == [("01-06 00", "01-07 00"), ("01-12 08", "01-19 08")]
    assert more_than(calendar.segments("primary"), 2) == []


def test_follow_the_sun_overlaps_while_the_zones_disagree():
    """Three weeks in March, an hour a day; the rest of the year it does not."""
    sun = schedule(
        (
            layer("ana", every=None, only=(window(start="08:00", end="15:00"),)),
            layer("bob", every=None, zone=NEW_YORK, only=(window(start="09:00", end="02:00"),)),
        )
    )
    usual, found = stray_overlaps(ahead(sun, end=at("2026-06-01")), sun)

    assert usual == 1
    assert len(found) == 21
    assert days(found)[0] == ("03-08 13", "03-08 14")


@pytest.mark.parametrize(
    "parts",
    [
        (schedule(layer("ana+ben cho")),),
        (schedule((layer("ana"), layer("ben"))),),
        (schedule((layer("ana"), layer("ben", only=(window(WEEKEND),)))),),
        (
            schedule((layer("ana", only=(window(WEEKDAYS),)), layer("ben", only=(window(WEEKEND),)))),
            override("+ cho", start="2026-01-06", end="2026-01-07"),
        ),
        (schedule((layer("ana", only=(window(WEEKDAYS),)), layer("ben+cho", only=(window(WEEKEND),)))),),
        (
            replace(
                schedule((layer("ana", only=(window(WEEKDAYS),)), layer("ben", only=(window(WEEKEND),)))),
                fixed=(FixedShift(start=at("2026-01-07"), end=at("2026-01-08"), people=("ana", "cho")),),
            ),
        ),
        (schedule((layer("ana", start="2027-01-05 09:00"), layer("ben", start="2027-01-05 09:00"))),),
    ],
)
def test_several_who_are_meant_are_no_overlap(parts):
    """By a turn, by layers that are side by side for long, by an override; and where nobody is there at all."""
    assert stray_overlaps(ahead(*parts), parts[0])[1] == []


@pytest.mark.parametrize(
    ("every", "shift_max", "longest"),
    [
        (WEEK, None, 14),
        (Turn(3, Unit.WEEKS), None, 21),
        (MONTH, None, 31),
        (None, None, None),
        (HOUR, None, 14),
        (None, timedelta(days=3), 3),
    ],
)
def test_what_is_written_is_allowed(every, shift_max, longest):
    """Two weeks, or the length of the turn where that is longer; `checks` says otherwise."""
    limits = shift_limits(schedule(layer("ana", every=every, name="week")), shift_max)

    assert limits["week"] == (None if longest is None else timedelta(days=longest))
    assert limits[None] == (shift_max or timedelta(days=14))


def test_a_cover_makes_a_shift_too_long():
    """Ben has his own weeks and those of ana, who is away: one stay from before she leaves until after she is back."""
    weekly = schedule(layer("ana ben", name="week"))
    calendar = ahead(
        weekly, away("ana", "2026-03-16", "2026-04-12"), start=at("2026-03-09 08:00"), end=at("2026-05-01")
    )
    (found,) = too_long(calendar.stays("primary"), shift_limits(weekly, None), BERLIN)
    stay, limit = found

    assert (stay.person, limit) == ("ben", timedelta(weeks=2))
    assert days([(stay.start, stay.end)]) == [("03-09 08", "04-13 07")]
    assert too_long(calendar.stays("primary"), {"week": None}, BERLIN) == []


def test_two_weeks_in_a_row_are_two_weeks_when_the_clocks_change():
    """An hour more or less on the watch is no day."""
    two = schedule(layer("ana ben", every=Turn(2, Unit.WEEKS), start="2026-10-12 09:00", name="week"))
    calendar = ahead(two, start=at("2026-10-12 07:00"), end=at("2026-12-01"))

    assert too_long(calendar.stays("primary"), shift_limits(two, timedelta(weeks=2)), BERLIN) == []
    assert len(too_long(calendar.stays("primary"), shift_limits(two, timedelta(days=13)), BERLIN)) == 3


def rests(calendar, *names, rest=HOURS_11):
    """Return what is found for people who sleep from ten to seven in Berlin."""
    sleeps = nights(Night(), BERLIN, *calendar.span)
    people = ("ana", "ben", "cho")
    return short_rests(calendar, names, dict.fromkeys(names, rest), dict.fromkeys(people, sleeps))


NIGHTS = layer("ana ben", every=DAY, start="2026-01-05 18:00", only=(window(start="18:00", end="09:00"),), name="night")


def test_another_rotation_comes_too_soon_after_a_night():
    """Ana's nights end at nine, and a day of the other rotation begins then."""
    office = schedule(layer("cho ana ana ben", every=DAY, start="2026-01-05 09:00"), name="office")
    found = rests(ahead(schedule(NIGHTS), office, end=at("2026-01-09 08:00")), "primary", "office")

    assert [(one.night.person, f"{one.night.end:%d %H}", one.then_schedule, one.rest) for one in found] == [
        ("ana", "06 08", "office", timedelta(0)),
    ]
    assert rests(ahead(schedule(NIGHTS), office), "primary", "office", rest=None) == []


def test_how_long_the_rest_was_is_said():
    """From the end of the night to the start of what comes."""
    later = schedule(layer("ana", every=None, only=(window(start="14:00", end="16:00"),)), name="office")
    found = rests(ahead(schedule(NIGHTS), later, end=at("2026-01-07 12:00")), "primary", "office")

    assert [one.rest for one in found] == [timedelta(hours=5)]
    assert rests(ahead(schedule(NIGHTS), later), "primary", "office", rest=timedelta(hours=5)) == []


@pytest.mark.parametrize(
    "parts",
    [
        (schedule(layer("ana ben", every=WEEK)), schedule(layer("ben ana", every=WEEK), name="office")),
        (schedule(NIGHTS), copy(1, name="office")),
        (
            schedule(layer("ana ben", every=DAY, start="2026-01-05 05:00", only=(window(start="05:00", end="09:00"),))),
            schedule(layer("ana"), name="office"),
        ),
        (schedule(NIGHTS), schedule(layer("dan"), name="office")),
    ],
)
def test_what_is_no_night_of_another_rotation(parts):
    """A whole week, the copy of the same turns, two hours of a night, and other people."""
    assert rests(ahead(*parts), "primary", "office") == []


def test_whose_night_it_is_decides():
    """The same hours are a day on the other coast; and of whom nobody knows when they sleep nothing is said."""
    office = schedule(layer("ana"), name="office")
    calendar = ahead(schedule(NIGHTS), office)
    sleeps = {"ana": nights(Night(), ZoneInfo("America/Los_Angeles"), *calendar.span)}
    names = ("primary", "office")

    assert short_rests(calendar, names, dict.fromkeys(names, HOURS_11), sleeps) == []
    assert short_rests(calendar, names, dict.fromkeys(names, HOURS_11), {}) == []
    assert rests(calendar, *names) != []


MISSED = [("2026-03-29 02:30", True, "01:00")]
BOTH = [("2026-10-25 02:00", False, "00:00"), ("2026-10-25 02:00", False, "01:00")]


@pytest.mark.parametrize(
    ("made", "start", "found"),
    [
        (layer("ana ben", every=DAY, start="2026-01-05 02:30"), "2026-03-01", MISSED),
        (layer("ana ben", every=DAY, start="2026-01-05 02:30"), "2026-10-01", [("2026-10-25 02:30", False, "00:30")]),
        (layer("ana ben", every=DAY, start="2026-01-05 03:00"), "2026-03-01", []),
        (layer("ana ben", every=DAY, start="2026-01-05 03:00"), "2026-10-01", []),
        (layer("ana ben", every=MONTH, start="2026-01-29 02:15"), "2026-03-01", [("2026-03-29 02:15", True, "01:00")]),
        (layer("ana ben", every=MONTH, start="2026-01-28 02:15"), "2026-03-01", []),
        (layer("ana ben", every=HOUR, start="2026-10-01 00:00"), "2026-10-01", BOTH),
        (layer("ana", every=None, only=(window(start="02:30", end="09:00"),)), "2026-03-01", MISSED),
        (layer("ana", every=None, only=(window(start="09:00", end="02:30"),)), "2026-03-01", MISSED),
        (layer("ana", every=None, until="2026-03-29 02:45"), "2026-03-01", [("2026-03-29 02:45", True, "01:00")]),
        (layer("ana", every=None, start="2026-03-29 02:10"), "2026-03-01", [("2026-03-29 02:10", True, "01:00")]),
        (layer("ana", every=None, since="2026-03-29 02:20"), "2026-03-01", [("2026-03-29 02:20", True, "01:00")]),
        (layer("ana", every=None, not_on=(window(start="02:30", end="09:00"),)), "2026-03-01", MISSED),
        (layer("ana", every=WEEK, start="2026-01-04 02:30"), "2026-03-01", []),
        (layer("ana ben", every=HOUR, start="2026-03-01 00:00"), "2026-03-01", []),
        (layer("ana ben", every=DAY, start="2026-03-01 03:00", only=(window(start="04:00"),)), "2026-03-01", []),
        (layer("ana", every=None, until="2026-10-25 02:30"), "2026-10-01", [("2026-10-25 02:30", False, "00:30")]),
    ],
)  # fmt: skip
def test_a_handoff_where_the_clocks_change(made, start, found):
    """What is written, which of the two it is, and when it happens; where nobody changes, nothing is handed over."""
    turns = schedule(made)
    odd = odd_handoffs(ahead(turns, start=at(start), end=at(start) + timedelta(days=40)), turns)

    assert [(f"{one.wall:%Y-%m-%d %H:%M}", one.is_gap, f"{one.at:%H:%M}") for one in odd] == found


def test_a_copy_hands_over_when_its_original_does():
    """And it is told of the copy too."""
    source = schedule(layer("ana ben", every=DAY, start="2026-01-05 02:30"))
    calendar = ahead(source, copy(1), start=at("2026-03-20"), end=at("2026-04-01"))

    assert [one.wall.hour for one in odd_handoffs(calendar, copy(1))] == [2]


def test_a_length_is_one_on_the_clock():
    """For ever has none."""
    assert length_of(None) is None
    assert length_of(Turn(2, Unit.MONTHS)) == timedelta(days=62)


@pytest.fixture(scope="module")
def compared():
    """Whether the proof and the slow judge found the same, question by question."""
    found = []
    yield found
    note(
        "on call: what is proved of the calendar and brute force finds otherwise",
        found.count(False),
        n=len(found),
        at_most=0,
    )


TAKEN_OFF_ABOVE_A_NONE = book(
    schedule(layer("ana -", start="2026-01-01 00:00", every=DAY), layer("ben", start="2026-01-01 00:00", every=DAY)),
    copy(1),
    override("- ben", start="2026-03-16 10:30", end="2026-04-01"),
)


@settings(max_examples=in_share(ci=30, proof=2_000), deadline=None)
@given(drawn=books_of_two())
@example(drawn=TAKEN_OFF_ABOVE_A_NONE)
def test_the_proof_agrees_with_brute_force(compared, drawn):
    """Asked instant by instant, the calendar has the same holes, people, stays, doubles and short rests."""
    start = at("2026-03-20 08:00")
    slow = BruteForce(drawn, start, start + timedelta(days=14))
    calendar = Ahead(drawn, slow.start, slow.end)
    answers = []
    for name in drawn.schedules:
        stays = [(one.start, one.end, one.person) for one in calendar.stays(name)]
        more = more_than(calendar.segments(name), 1)
        answers += [
            (calendar.holes(name), slow.holes(name)),
            (stays, slow.stays(name)),
            (more, slow.more_than(name, 1)),
        ]
    twice = twice_on_call(calendar.segments("primary"), calendar.segments("secondary"))
    answers.append(([(one.start, one.end, one.person) for one in twice], slow.twice("primary", "secondary")))
    names, sleeps = ("primary", "secondary"), nights(Night(), BERLIN, *calendar.span)
    short = short_rests(calendar, names, dict.fromkeys(names, HOURS_11), dict.fromkeys(PEOPLE, sleeps))
    found = [(one.night.end, one.night.person, one.schedule, one.rest) for one in short]
    answers.append((found, slow.short_rests(names, HOURS_11)))

    compared += [fast == judged for fast, judged in answers]
    for fast, judged in answers:
        assert fast == judged
