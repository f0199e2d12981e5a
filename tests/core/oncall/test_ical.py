from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pagerd.core.oncall.ical import OCTETS_MAX, CalendarEntry, written
from pagerd.core.plain import one_line
from tests.core.oncall.books import at

NOW = at("2026-01-06 11:00")


def an_entry(**changes):
    """Return an ordinary entry, with some of it changed."""
    known = {
        "uid": "abc@pagerd",
        "start": at("2026-01-12 08:00"),
        "end": at("2026-01-19 08:00"),
        "summary": "Ana Ribeiro (payments-primary)",
    }
    return CalendarEntry(**known | changes)


def test_a_calendar_reads_as_the_standard_has_it():
    """Sign by sign: every line that there is, in its order."""
    said = written("On call: Payments", [an_entry(description="One; two, three\\four")], NOW)

    assert said.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//pagerd//pagerd//EN",
        "CALSCALE:GREGORIAN",
        "NAME:On call: Payments",
        "X-WR-CALNAME:On call: Payments",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VEVENT",
        "UID:abc@pagerd",
        "DTSTAMP:20260106T110000Z",
        "DTSTART:20260112T080000Z",
        "DTEND:20260119T080000Z",
        "SUMMARY:Ana Ribeiro (payments-primary)",
        r"DESCRIPTION:One\; two\, three\\four",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_calendar_without_entries_still_is_one():
    """The standard wants something in it: a zone is, which nobody sees, and no event."""
    calendar = Calendar.from_ical(written("On call", [], NOW))

    assert [one.name for one in calendar.subcomponents] == ["VTIMEZONE"]


def test_an_entry_of_no_length_is_left_out():
    """Programs refuse a file in which something ends as it begins."""
    start = datetime(2026, 1, 12, 8, 0, 0, 100, tzinfo=UTC)
    calendar = Calendar.from_ical(written("On call", [an_entry(start=start, end=start.replace(microsecond=900))], NOW))

    assert calendar.walk("VEVENT") == []


def test_a_name_begins_no_line_of_its_own():
    """What people are called is data: it ends no entry and no calendar."""
    hostile = "Ana\r\nEND:VEVENT\r\nEND:VCALENDAR\u2028ATTENDEE:x\x07\u202e"
    said = written(hostile, [an_entry(summary=hostile)], NOW)

    assert said.count("\r\nEND:VEVENT\r\n") == said.count("\r\nEND:VCALENDAR\r\n") == 1
    assert "\x07" not in said
    assert "\u202e" not in said
    [event] = Calendar.from_ical(said).walk("VEVENT")
    assert event["SUMMARY"] == "Ana\nEND:VEVENT\nEND:VCALENDAR\nATTENDEE:x"


@given(
    st.lists(st.text(alphabet=st.one_of(st.sampled_from('aä€😀,;:\\n\\ "'), st.characters()), max_size=120), max_size=3)
)
def test_whatever_a_text_is_it_comes_back(lines):
    """Written, folded, read by another library: the same visible words; no line is longer than the standard allows."""
    words = "\n".join(lines)
    said = written("On call", [an_entry(summary=words)], NOW)

    assert all(len(line.encode()) <= OCTETS_MAX for line in said.split("\r\n"))
    [event] = Calendar.from_ical(said).walk("VEVENT")
    kept = [one_line(line) for line in words.splitlines()]
    assert str(event["SUMMARY"]).split("\n") == ([line for line in kept if line] or [""])


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("sign", ["é", "€", "😀"])
def test_a_line_is_folded_between_signs_and_not_within_one(sign, before):
    """Whoever reads it line by line reads whole signs, wherever the limit falls in one of two, three or four octets."""
    name = "x" * before + sign * 100
    entry = CalendarEntry(uid="a", start=at("2026-01-05"), end=at("2026-01-06"), summary=name)
    raw = written("n", [entry], at("2026-01-01")).encode()

    for line in raw.split(b"\r\n"):
        assert len(line) <= OCTETS_MAX
        line.decode()
    assert Calendar.from_ical(raw).walk("VEVENT")[0]["SUMMARY"] == name
