"""A night, what was seen of the work in it, and what counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pagerd.core.errors import IllegalTransition
from pagerd.core.worklog.worked import (
    LINES_MAX,
    NightState,
    Stretch,
    acted,
    asked,
    at_work,
    begun,
    disputed,
    not_asked,
    rung,
    settled,
    union,
    worked,
)
from tests.builders import BERLIN, NIGHT, a_person, minutes

YEAR = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.integers(0, 365 * 24 * 60).map(lambda count: YEAR + minutes(count))


def a_night(**fields):
    """The night of NIGHT, of ana in Berlin: 22:00 to 07:00, rung at 02:30."""
    return replace(begun("n-1", a_person(), NIGHT, "payments", "r1"), **fields)


stretches = st.lists(
    st.tuples(instants, st.integers(0, 600)).map(
        lambda one: Stretch(page_id="p", since=one[0], until=one[0] + minutes(one[1]))
    ),
    max_size=8,
)


@given(stretches, instants, st.integers(1, 900))
def test_work_on_several_pages_is_counted_once_and_never_beyond_the_night(found, start, length):
    """The union is the number of minutes in which some page was worked on."""
    end = start + minutes(length)
    counted = sum(any(one.since <= start + minutes(minute) < one.until for one in found) for minute in range(length))

    assert union(found, start, end) == minutes(counted)
    assert union(reversed(found), start, end) == minutes(counted)


def test_work_goes_from_the_first_act_on_a_page_to_the_last_in_the_night():
    """A page that is closed at ten was not worked on since three."""
    night = a_night()
    for after in (0, 20, 12 * 60):
        night = acted(night, NIGHT + minutes(after), "p-1")

    assert night.seen_minutes == 20
    assert acted(night, NIGHT + minutes(50), "p-2").seen_minutes == 20
    assert acted(acted(night, NIGHT + minutes(10), "p-2"), NIGHT + minutes(50), "p-2").seen_minutes == 50


def test_work_in_an_incident_and_on_its_pages_is_counted_once():
    """The union of both, of which neither has more than the night; what began by day counts from its start."""
    night = a_night()
    night = acted(acted(night, NIGHT, "p-1"), NIGHT + minutes(20), "p-1")
    night = at_work(night, NIGHT - timedelta(hours=9), NIGHT - timedelta(hours=4), 7)
    night = at_work(night, NIGHT + minutes(10), NIGHT + minutes(50), 8)

    assert night.seen_minutes == 30 + 50
    assert night.stretches[1].since == night.start
    assert (night.incidents, night.awake_at) == ((7, 8), NIGHT + minutes(50))
    assert at_work(night, NIGHT, night.end, 8) is night
    assert at_work(night, NIGHT + minutes(20), NIGHT + minutes(30), 8) is night


BERLIN_CHANGES = {date(2026, 10, 24): 10, date(2026, 3, 28): 8, date(2026, 1, 6): 9}
"""The night on which clocks go back, the one on which they go forward, and any other: hours from 22:00 to 07:00."""


@given(
    st.sampled_from(sorted(BERLIN_CHANGES)),
    st.lists(st.tuples(st.integers(-300, 700), st.integers(0, 700), st.integers(0, 2)), min_size=1, max_size=8),
)
def test_the_work_of_a_night_is_the_minutes_in_which_they_were_at_it(day, spans):
    """Whichever order acts come in, and also where the clock shows an hour twice or not at all."""
    begins = datetime.combine(day, time(22), BERLIN).astimezone(UTC)
    night = begun("n-1", a_person(), begins, "payments", "r1")
    worked_at = []
    for since, lasts, incident in spans:
        start, end = begins + minutes(since), begins + minutes(since + lasts)
        night = at_work(night, start, end, incident)
        if begins <= end < night.end:
            worked_at.append((incident, start, end))
    merged = {}
    for incident, start, end in worked_at:
        known = merged.get(incident, (start, end))
        merged[incident] = (min(known[0], start), max(known[1], end))
    length = BERLIN_CHANGES[day] * 60
    counted = sum(any(start <= begins + minutes(one) < end for start, end in merged.values()) for one in range(length))

    assert night.end - begins == minutes(length)
    assert night.seen_minutes == counted


def test_a_minute_that_was_begun_counts():
    """Nobody is told that they worked for nothing because it took forty seconds."""
    assert acted(acted(a_night(), NIGHT, "p-1"), NIGHT + timedelta(seconds=61), "p-1").seen_minutes == 2


def test_what_is_known_already_changes_nothing():
    """A report that comes twice costs no write."""
    night = rung(a_night(), NIGHT, "p-1")

    assert rung(night, NIGHT, "p-1") is night
    assert rung(night, NIGHT + minutes(1), "p-1").rung_at == NIGHT + minutes(1)
    assert rung(night, NIGHT - minutes(1), "p-2").pages == ("p-1", "p-2")


def test_what_the_person_says_counts_and_what_was_seen_stays():
    """Each word of theirs is a line more; the last one counts."""
    night = acted(acted(a_night(), NIGHT, "p-1"), NIGHT + minutes(20), "p-1")
    assert (night.state, night.minutes) == (NightState.SEEN, 20)

    night, _ = worked(night, NIGHT, by="ana", via="sms", minutes=40)
    night, [entry] = worked(night, NIGHT, by="ana", via="cli", minutes=90, why="and the report")

    assert (night.state, night.minutes, night.seen_minutes) == (NightState.SAID, 90, 20)
    assert [one.minutes for one in night.said] == [40, 90]
    assert entry.details["before"] == "40"


@pytest.mark.parametrize("count", [-1, 12 * 60 + 1])
def test_no_night_has_so_much_work(count):
    """A slip of the thumb is refused, not stored."""
    with pytest.raises(IllegalTransition, match="0 to 12 h"):
        worked(a_night(), NIGHT, by="ana", via="sms", minutes=count)


def test_the_lines_of_a_night_are_bounded():
    """A phone that answers itself does not fill the disk."""
    night = a_night()
    for count in range(LINES_MAX):
        night, _ = worked(night, NIGHT, by="ana", via="sms", minutes=count)

    with pytest.raises(IllegalTransition, match="talk to each other"):
        worked(night, NIGHT, by="ana", via="sms", minutes=1)


def test_asking_is_noted_with_what_was_seen():
    """So that the person's word can be told from ours later."""
    night, [entry] = asked(a_night(), NIGHT, "text")

    assert night.asked_at == NIGHT
    assert entry.details == {"person": "ana", "medium": "text", "seen": "0"}


def a_disputed_night(**fields):
    """The night, with a page, said to be 90 minutes, to which dora objects."""
    night, _ = worked(rung(a_night(), NIGHT, "p-1"), NIGHT, by="ana", via="sms", minutes=90)
    said = {"by": "dora", "via": "cli", "why": "the page was mine", "page_id": "p-1", "minutes": 30} | fields
    return disputed(night, NIGHT, **said)[0]


def settle(night, **fields):
    """Settle it, as eva would."""
    said = {"by": "eva", "via": "cli", "is_upheld": True, "why": "so it was", "minutes": None} | fields
    return settled(night, NIGHT, **said)[0]


@pytest.mark.parametrize(
    ("fields", "minutes_then", "state"),
    [
        ({}, 30, NightState.SETTLED),
        ({"minutes": 45}, 45, NightState.SETTLED),
        ({"is_upheld": False}, 90, NightState.SAID),
        ({"is_upheld": False, "minutes": 60}, 60, NightState.SETTLED),
    ],
)
def test_what_was_settled_counts(fields, minutes_then, state):
    """And what was said before stays where it stands."""
    night = a_disputed_night()
    assert (night.state, night.minutes) == (NightState.DISPUTED, 90)

    after = settle(night, **fields)

    assert (after.minutes, after.state) == (minutes_then, state)
    assert [one.minutes for one in after.said] == [90]


def test_what_was_settled_changes_by_another_dispute_alone():
    """Else whoever lost would write it anew."""
    night = settle(a_disputed_night())
    with pytest.raises(IllegalTransition, match="dispute it"):
        worked(night, NIGHT, by="ana", via="sms", minutes=90)

    night, _ = disputed(night, NIGHT, by="ana", via="cli", why="it was not", page_id=None, minutes=80)
    assert settle(night).minutes == 80


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: a_disputed_night(why=""), "needs a reason"),
        (lambda: a_disputed_night(page_id="p-9"), "not one of night"),
        (lambda: a_disputed_night(minutes=721), "0 to 12 h"),
        (lambda: disputed(a_disputed_night(), NIGHT, by="x", via="", why="y", page_id=None, minutes=1), "already"),
        (lambda: settle(a_night()), "nobody disputes"),
        (lambda: settle(a_disputed_night(), why=""), "with a reason"),
        (lambda: settle(a_disputed_night(), minutes=-1), "0 to 12 h"),
    ],
)
def test_a_dispute_that_makes_no_sense_is_refused(act, words):
    """With what would be right."""
    with pytest.raises(IllegalTransition, match=words):
        act()


def test_whoever_is_not_asked_is_on_record_with_why():
    """And the night does not come up for it again."""
    night, [entry] = not_asked(a_night(), NIGHT, "they were asleep")

    assert (night.due, night.asked_at) == (None, None)
    assert (entry.kind, entry.details) == ("night.not_asked", {"person": "ana", "reason": "they were asleep"})
