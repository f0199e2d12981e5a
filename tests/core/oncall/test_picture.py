import re
from dataclasses import replace
from datetime import time, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pagerd.core.errors import NotFound
from pagerd.core.oncall.picture import draw
from pagerd.core.oncall.picture_lanes import LAYERS_MAX, ROWS_MAX, Kind, lanes_of
from pagerd.core.oncall.schedule import FixedShift, Window
from pagerd.core.oncall.shifts import shifts
from tests.core.oncall.books import (
    APIA,
    BERLIN,
    CHANGES,
    DAY,
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

START, END = at("2026-01-05 08:00"), at("2026-01-12 08:00")
NIGHTS = layer("eva fio", "2026-01-05 18:00", DAY, only=(window(WEEKDAYS, "18:00", "09:00"),), name="nights")


def parsed(svg):
    """Return a picture as XML."""
    return ET.fromstring(svg)  # noqa: S314  # our own


def said(svg):
    """Return every word of a picture that is not in its description."""
    return [text for element in parsed(svg).iter() if element.tag.endswith("text") for text in element.itertext()]


def lanes(company, name="primary", start=START, end=END):
    """Return the lanes of a schedule as names with their blocks in words."""
    return [
        (one.name, [(block.kind.value, block.words) for block in one.blocks])
        for one in lanes_of(company, company.schedules[name], start, end)
    ]


def test_the_highest_layer_is_the_uppermost_lane_and_the_answer_the_last():
    """What a layer hides is still there, marked, from where to where it is hidden."""
    company = book(schedule(layer("ana ben", name="weeks"), NIGHTS))
    seen = lanes(company, end=at("2026-01-07 08:00"))

    assert [name for name, _ in seen] == ["nights", "weeks", "on call"]
    assert seen[0][1] == [("turn", "eva"), ("turn", "fio")]
    assert seen[1][1] == [("turn", "ana"), ("hidden", "ana")] * 2
    assert [words for _, words in seen[2][1]] == ["ana", "eva", "ana", "fio"]


def test_layers_side_by_side_hide_each_other_nowhere():
    """All of them are on call, and the words of each lane say so."""
    company = book(schedule((layer("ana ben", name="one"), layer("cho dan", name="two"))))

    assert lanes(company) == [
        ("one", [("turn", "ana")]),
        ("two", [("turn", "cho")]),
        ("on call", [("final", "ana + cho")]),
    ]
    assert any("side by side" in words for words in said(draw(company, "primary", START, END)))


def test_overrides_and_absences_have_lanes_of_their_own():
    """Those that overlap stand below each other; of people of other schedules nothing is shown."""
    company = book(
        schedule(layer("ana ben")),
        override("cho for ana", start="2026-01-06", end="2026-01-08"),
        override("dan for all", start="2026-01-07", end="2026-01-09"),
        override("eva for ana", start="2026-01-09", end="2026-01-10"),
        away("ben", "2026-01-05", "2026-01-20"),
        away("stranger", "2026-01-05", "2026-01-20"),
    )
    seen = dict(lanes(company)[1:])
    rows = [blocks for name, blocks in lanes(company) if name == "overrides"]

    assert rows == [[("override", "cho for ana"), ("override", "eva for ana")], [("override", "dan for all")]]
    assert seen["away"] == [("away", "ben")]


def test_a_gap_has_a_pattern_and_says_nobody():
    """It survives print in black and white, and is read out to whoever cannot see it."""
    company = book(schedule(layer("ana", only=(window(WEEKEND),))))
    svg = draw(company, "primary", START, END)

    assert 'class="block gap"' in svg
    assert "fill: url(#pagerd-gap)" in svg
    assert "nobody" in said(svg)
    assert "nobody is on call" in said(svg)
    assert "nobody until Sat 10 Jan 00:00. ana until Mon 12 Jan 00:00. nobody until Mon 12 Jan 09:00." in svg


def test_a_copy_shows_what_it_copies():
    """The copied answer above, its own below."""
    company = book(schedule(layer("ana ben cho")), copy(1))

    assert lanes(company, "secondary") == [("primary", [("turn", "ana")]), ("on call", [("final", "ben")])]


def test_names_that_have_no_room_stand_in_the_legend():
    """Of half-day turns the first letter fits, of many of them not even that; the colours are explained."""
    halves = book(schedule(layer("barbara christopher", every=DAY)))
    shown = said(draw(halves, "primary", START, START + timedelta(days=30)))

    assert {"b", "c", "barbara", "christopher"} <= set(shown)
    assert not {"b", "c"} & set(said(draw(halves, "primary", START, START + timedelta(days=90))))


def test_a_change_of_the_clocks_is_marked_where_it_is():
    """The night with the missing hour, the day that Apia skipped, and no other."""
    company = book(schedule(layer("ana ben", zone=BERLIN)))
    spring = draw(company, "primary", at("2026-03-27 23:00"), at("2026-03-30 22:00"))
    samoa = book(schedule(layer("ana ben", start="2011-12-01 09:00", zone=APIA), zone=APIA))

    assert "clocks +1 h" in said(spring)
    [x] = re.findall(r'class="clock" x1="([\d.]+)"', spring)
    assert float(x) == pytest.approx(24 + 712 * 26 / 71, abs=0.1)
    assert "clocks +24 h" in said(draw(samoa, "primary", at("2011-12-25 00:00"), at("2012-01-02 00:00")))
    assert 'class="clock"' not in draw(company, "primary", START, END)


def test_names_are_data():
    """No markup of theirs is any of the picture's, in no text and in no attribute."""
    hostile = "<script>alert(1)</script>&\"'\x07"
    company = book(schedule(layer(hostile, name=f"{hostile}]]>"), name='p"><script>'))
    svg = draw(company, 'p"><script>', START, END)
    tags = {element.tag.rpartition("}")[2] for element in parsed(svg).iter()}

    assert tags <= {"svg", "title", "desc", "style", "defs", "pattern", "line", "rect", "g", "text", "tspan"}
    assert "<script" not in svg
    assert "\x07" not in svg


def test_a_picture_needs_nothing_from_elsewhere():
    """No script, no font, no picture, no address but the name of its own language."""
    svg = draw(book(schedule(layer("ana ben"))), "primary", START, END)

    assert re.findall(r"https?://[^\s\"']+", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"@import|@font-face|url\((?!#)|href|<image", svg)


def test_what_cannot_be_drawn_is_refused():
    """A schedule that is not there, no time, and more than a year of it."""
    company = book(schedule(layer("ana")))
    with pytest.raises(NotFound):
        draw(company, "other", START, END)
    for end in (START, START - DAY_LONG, START + 367 * DAY_LONG):
        with pytest.raises(ValueError, match="at most 366 days"):
            draw(company, "primary", START, end)


DAY_LONG = timedelta(days=1)


@settings(max_examples=60)
@given(st.sampled_from(CHANGES), st.integers(0, 200), st.integers(1, 40 * 24), st.booleans())
def test_any_span_of_any_zone_is_drawn_and_its_last_lane_is_the_answer(change, begins, hours, has_nights):
    """Well-formed, inside its own width, and lane by lane without overlap."""
    zone, day = change
    start = at(f"{day} 00:00") - timedelta(hours=begins)
    end = start + timedelta(hours=hours)
    base = layer("ana ben+cho -", start="1985-01-01 09:00", every=DAY, zone=zone)
    levels = (base, layer("eva", "1985-01-01 18:00", zone=zone, only=(window(WEEKDAYS, "18:00", "09:00"),)))
    company = book(schedule(*levels[: 2 if has_nights else 1], zone=zone))
    found = lanes_of(company, company.schedules["primary"], start, end)

    assert [(one.start, one.end, one.people) for one in found[-1].blocks] == [
        (one.start, one.end, one.people) for one in shifts(company, "primary", start, end)
    ]
    for lane in found:
        assert all(one.start < one.end <= other.start for one, other in zip(lane.blocks, lane.blocks[1:], strict=False))
        assert {block.kind for block in lane.blocks} <= {Kind.TURN, Kind.HIDDEN, Kind.FINAL, Kind.GAP}
    for rect in parsed(draw(company, "primary", start, end)).iter("{http://www.w3.org/2000/svg}rect"):
        assert float(rect.get("x", 0)) + float(rect.get("width", 0)) <= 760.5


def test_a_fixed_shift_is_the_uppermost_lane_and_hides_what_lies_below():
    """It stands in no layer's lane; whoever learns has no block and is named beside the answer."""
    one = FixedShift(start=at("2026-01-06 08:00"), end=at("2026-01-07 08:00"), people=("cho",))
    company = book(replace(schedule(layer("ana ben", name="weeks")), fixed=(one,), shadows=("gil",)))

    assert lanes(company) == [
        ("shifts", [("turn", "cho")]),
        ("weeks", [("turn", "ana"), ("hidden", "ana"), ("turn", "ana")]),
        ("on call", [("final", "ana"), ("final", "cho"), ("final", "ana")]),
    ]
    assert any("told beside: gil" in words for words in said(draw(company, "primary", START, END)))


def test_the_words_of_a_layer_are_those_of_the_files():
    """Windows by weekday, over days, and on holidays."""
    spans = (Window(frozenset({4}), time(18), time(9), ends_on=0), Window(WEEKDAYS, time(9), time(17)))
    one = layer("ana", only=spans, not_on=(Window(on_holidays=True),), lasts=DAY)

    assert any(
        "1 week; for 1 day; only fri 18:00 to mon 09:00, mon-fri 09:00-17:00; not on holidays" in words
        for words in said(draw(book(schedule(one)), "primary", START, END))
    )


@pytest.mark.parametrize(
    ("end", "labels"),
    [
        ("2026-01-12 08:00", ["Tue 6", "Wed 7", "Thu 8"]),
        ("2026-01-20 08:00", ["6", "7", "8"]),
        ("2026-03-01 08:00", ["12 Jan", "19 Jan", "26 Jan"]),
        ("2026-08-01 08:00", ["Feb", "Mar", "Apr"]),
    ],
)
def test_a_long_span_names_fewer_days(end, labels):
    """Each day with its weekday, each day, Mondays, and the first of each month: there is room for no more."""
    words = said(draw(book(schedule(layer("ana ben"))), "primary", START, at(end)))

    assert [one for one in dict.fromkeys(words) if one in labels] == labels


def test_an_absence_is_drawn_and_explained():
    """By a pattern of its own, in its lane and in the legend."""
    company = book(schedule(layer("ana ben")), away("ben", "2026-01-06", "2026-01-08"))
    svg = draw(company, "primary", START, END)
    without = draw(book(schedule(layer("ana ben"))), "primary", START, END)

    assert svg.count('class="absent"') >= 2
    assert 'class="absent"' not in without


def test_every_kind_of_override_says_its_deed():
    """Who stands in for whom, who came besides and who was taken out; those of another schedule are not among them."""
    company = book(
        schedule(layer("ana ben")),
        schedule(layer("cho"), name="other"),
        override("dan for ana", start="2026-01-05 10:00", end="2026-01-05 11:00"),
        override("eva for all", start="2026-01-05 12:00", end="2026-01-05 13:00"),
        override("+ fio", start="2026-01-05 14:00", end="2026-01-05 15:00"),
        override("- ana", start="2026-01-05 16:00", end="2026-01-05 17:00"),
        replace(override("gil for all", start="2026-01-05 18:00", end="2026-01-05 19:00"), schedule="other"),
    )
    deeds = dict(lanes(company))["overrides"]

    assert [words for _, words in deeds] == ["dan for ana", "eva for all", "fio added", "ana removed"]


def test_a_picture_has_room_for_so_many_lanes():
    """Twelve layers and four rows of what overlaps: more would be no picture, and the answer is there all the same."""
    many = [layer("ana", name=f"layer {number}") for number in range(LAYERS_MAX + 2)]
    crowd = [override(f"+ p{number}", start="2026-01-06", end="2026-01-07") for number in range(ROWS_MAX + 2)]
    found = [name for name, _ in lanes(book(schedule(*many), *crowd))]

    assert sum(name.startswith("layer ") for name in found) == LAYERS_MAX
    assert len(found) == ROWS_MAX + LAYERS_MAX + 1


def test_a_layer_with_a_clock_of_its_own_says_which():
    """Only where it is another than its schedule's."""
    company = book(schedule(layer("ana", zone=BERLIN), layer("ben", zone=APIA), zone=BERLIN))
    shown = said(draw(company, "primary", START, END))

    assert sum("Pacific/Apia" in one for one in shown) == 1
