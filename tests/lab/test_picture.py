"""The picture of a simulation: whole XML that shows each person and each message, and nothing that it should not."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from pagerd.core.people import Medium
from pagerd.lab.course import Arrival, Scenario
from pagerd.lab.people import NOBODY, Manners, heeding
from pagerd.lab.picture import LANES_MAX, TITLE_SIGNS_MAX, WIDTH, draw
from pagerd.lab.simulation import simulate
from tests.builders import BERLIN, NOON, a_person, a_plan, a_received_alert, minutes, some_annotations

NIGHT = NOON + timedelta(hours=14)
SVG = "{http://www.w3.org/2000/svg}"
MANNERS = {
    "nobody": NOBODY,
    "call": Manners(of={"ben": heeding(timedelta(seconds=5), Medium.VOICE)}),
    "everybody": Manners(others=heeding(minutes(1))),
}


def a_picture(alert=None, *, answers=NOBODY, plan=None, at=NIGHT, supposed="nobody answers", **fields):
    """Simulate, draw, and read what was drawn."""
    arrivals = (Arrival(at=at, alert=alert or a_received_alert()),)
    course = simulate(Scenario(plan=plan or a_plan(), arrivals=arrivals, answers=answers, **fields))
    drawn = draw(course, BERLIN, supposed)
    return course, drawn, ET.fromstring(drawn)  # noqa: S314  # our own


def words(root, kind):
    """Return the texts of a class."""
    return ["".join(one.itertext()) for one in root.iter() if one.get("class") == kind]


@pytest.mark.parametrize("answers", MANNERS.values(), ids=MANNERS)
def test_each_person_has_a_lane_and_each_message_a_mark(answers):
    """In the order in which they are told; each mark says in words what it is."""
    course, _drawn, root = a_picture(answers=answers)
    marks = [one.findtext(f"{SVG}title") for one in root.iter(f"{SVG}g") if one.find(f"{SVG}title") is not None]

    assert words(root, "who") == list(course.people)
    assert len(marks) == len(course.messages)
    assert all(re.match(r"(text|call|mail) \d\d:\d\d:\d\d", mark) for mark in marks)


@pytest.mark.parametrize("answers", MANNERS.values(), ids=MANNERS)
def test_nothing_is_drawn_outside(answers):
    """Marks, lines and letters begin inside the picture, and so does all of the ground."""
    _course, _drawn, root = a_picture(answers=answers)
    height = float(root.get("height"))
    xs = [float(one.get(name)) for one in root.iter() for name in ("x", "cx", "x1", "x2") if one.get(name)]
    ys = [float(one.get(name)) for one in root.iter() for name in ("cy", "y1", "y2") if one.get(name)]
    grounds = [one for one in root.iter(f"{SVG}rect") if one.get("class") in ("day", "night")]

    assert min(xs) >= 0
    assert max(xs) <= WIDTH
    assert max(ys) <= height
    assert all(float(one.get("x")) + float(one.get("width")) <= WIDTH for one in grounds)


def test_the_same_simulation_draws_the_same():
    """A picture in a repository changes only when what it shows does."""
    assert a_picture()[1] == a_picture()[1]


def test_who_cannot_see_it_reads_the_same():
    """A name, and a description with what was supposed, how it ended, and each person's messages."""
    _course, _drawn, root = a_picture(answers=MANNERS["call"], supposed="ben answers calls")
    title, description = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")

    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [one.get("id") for one in root if one.get("id")]
    assert title == "CheckoutErrors on payments-api"
    assert "ben answers calls. First told at once, answered by ben after 7m, 2 woken in their own night." in description
    assert "ana: text 02:00:00, call 02:02:00, not picked up" in description


def test_it_needs_nothing_from_elsewhere():
    """No script, no address but the name of the format, no font that must be fetched."""
    _course, drawn, _root = a_picture()

    assert "<script" not in drawn
    assert re.findall(r"https?://[^\"' ]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\(|@import|@font-face|href", drawn)


def test_alert_text_is_data():
    """Whatever an alert and a person say, it is letters."""
    evil = a_received_alert(
        alertname="<script>alert(1)</script>\u202e]]>&amp;",
        annotations=some_annotations(summary='"><image href="https://evil.example.com"/>'),
    )
    _course, drawn, root = a_picture(evil, supposed="<b>\x00")

    assert "<script" not in drawn
    assert "evil.example.com" not in drawn
    assert root.findtext(f"{SVG}title").startswith("<script>alert(1)</script>")


def test_nobody_told_is_a_picture_too():
    """A ticket pages nobody: it says so."""
    _course, _drawn, root = a_picture(a_received_alert(severity="warning"))

    assert "Nobody is paged." in "".join(root.itertext())
    assert words(root, "who") == []


def test_a_message_that_was_not_sent_is_a_cross():
    """And its person was reached by the call all the same."""
    _course, _drawn, root = a_picture(down=frozenset({"sms"}), until=NIGHT + minutes(3))

    assert [one for one in root.iter(f"{SVG}path") if one.get("class") == "lost"]
    assert "text, not sent" in "".join(root.itertext())


def test_each_reader_has_a_night_of_their_own():
    """Shaded where it is night for that person; by day nothing is."""
    _course, _drawn, by_night = a_picture(until=NIGHT + minutes(3))
    _course, _drawn, by_day = a_picture(at=NOON, until=NOON + minutes(3))
    shaded = [[one for one in root.iter(f"{SVG}rect") if one.get("class") == "night"] for root in (by_night, by_day)]

    assert [len(one) for one in shaded] == [2, 0]  # one of the night's is in the legend


def test_a_crowd_is_counted():
    """Lanes end at a number that a person still reads."""
    plan = a_plan()
    crowd = tuple(f"p{number}" for number in range(LANES_MAX + 3))
    everybody = {**plan.people, **{name: a_person(name, sms=f"+49151{number:07}") for number, name in enumerate(crowd)}}
    standard = plan.policies["standard"]
    first = type(standard.steps[0])(crowd, minutes(5))
    policies = {"standard": type(standard)("standard", (first, *standard.steps[1:]), 0)}
    _course, _drawn, root = a_picture(plan=a_plan(people=everybody, policies=policies), until=NIGHT + minutes(1))

    assert len(words(root, "who")) == LANES_MAX
    assert "and 3 more people" in "".join(root.itertext())


def test_a_storm_is_drawn_once():
    """Thirty pages that take a step at one instant are one line of it, in each lane."""
    storm = [a_received_alert(fingerprint=f"f{number}", cluster=f"c{number}") for number in range(30)]
    arrivals = tuple(Arrival(at=NIGHT, alert=alert) for alert in storm)
    course = simulate(Scenario(plan=a_plan(), arrivals=arrivals, answers=MANNERS["everybody"]))
    root = ET.fromstring(draw(course, BERLIN, "everybody answers"))  # noqa: S314  # our own
    lines = [one.get("class") for one in root.iter(f"{SVG}line")]

    assert len(course.pages) == 30
    assert (lines.count("step"), lines.count("answer")) == (2, 1)  # one is in the legend


def test_a_long_name_is_broken_where_a_phone_ends():
    """The title has two lines at most, and each fits."""
    _course, _drawn, root = a_picture(a_received_alert(alertname="Checkout errors are far too many " * 4))
    titles = words(root, "title")

    assert len(titles) == 2
    assert all(len(one) <= TITLE_SIGNS_MAX for one in titles)


def test_a_long_wait_is_not_drawn():
    """Who is told in the morning is shown in the morning, not at the end of an empty night."""
    plan = a_plan(severity_labels={"critical": "sev3"})
    course, _drawn, root = a_picture(
        at=NOON + timedelta(days=2, hours=8), plan=plan, answers=Manners(others=heeding(minutes(9)))
    )
    marks = [one for one in root.iter() if (one.get("class") or "").startswith("mark ")]

    assert course.pages["P1"].opened_at - course.began_at > timedelta(hours=12)
    assert "First told after" in "".join(root.itertext())
    assert "Fri 09:00" in [one.text for one in root.iter(f"{SVG}text")]
    assert len(marks) >= 2
