import re
import sys
from datetime import UTC, datetime, time, timedelta

import pytest

from pagerd.core.errors import Unreadable
from pagerd.core.oncall.lookup import people_on_call
from pagerd.core.oncall.schedule import OverrideKind, Turn, Unit
from pagerd.importers import IMPORTERS, ical_events
from pagerd.importers.base import ExportFile, Outcome
from tests.importers.imports import AUTUMN, outlook_of, told

KIND = "ical"
BERLIN = "DTSTART;TZID=Europe/Berlin"


def calendar(*events, name="Payments primary", zone="Europe/Berlin", file="payments.ics"):
    """Return a calendar file of events, each a list of lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Calendar//EN"]
    lines += [f"X-WR-CALNAME:{name}"] if name else []
    lines += [f"X-WR-TIMEZONE:{zone}"] if zone else []
    for number, event in enumerate(events):
        own = [] if any(line.startswith("UID") for line in event) else [f"UID:event-{number}@example.com"]
        lines += ["BEGIN:VEVENT", "DTSTAMP:20260101T000000Z", *own, *event, "END:VEVENT"]
    return ExportFile(file, "\r\n".join([*lines, "END:VCALENDAR", ""]))


def local(start, end, summary, *more):
    """Return the lines of an event in Berlin's time."""
    return [f"{BERLIN}:{start}", f"DTEND;TZID=Europe/Berlin:{end}", f"SUMMARY:{summary}", *more]


PEOPLE = ExportFile(
    "people.yaml",
    "people:\n"
    + "".join(
        f'  {id_}: {{name: {name}, zone: Europe/Berlin, phone: "+49151100000{number:02}"}}\n'
        for number, (id_, name) in enumerate(
            [("ana-ribeiro", "Ana Ribeiro"), ("bo", "Ben Okafor"), ("cho", "Cho"), ("dora", "Dora"), ("eva", "Eva"),
             ("ana", "Ana"), ("ben", "Ben"), ("idle", "Idle")]
        )
    ),
)  # fmt: skip
"""People who are there already, whom calendars know by their names."""

WEEKLY = [
    local("20260907T090000", "20260914T090000", "Ana Ribeiro on call", "RRULE:FREQ=WEEKLY;INTERVAL=3"),
    local("20260914T090000", "20260921T090000", "Ben Okafor on call", "RRULE:FREQ=WEEKLY;INTERVAL=3"),
    local("20260921T090000", "20260928T090000", "Cho on call", "RRULE:FREQ=WEEKLY;INTERVAL=3"),
]
"""A rotation of three as people type it in: each of them comes again every three weeks."""


def layers(found, schedule="payments-primary"):
    """Return the layers of a schedule, level by level."""
    return found.book.schedules[schedule].levels


def dated(found, schedule="payments-primary"):
    """Return who is on call once, in place of what the turns give."""
    fixed = found.book.schedules[schedule].fixed
    return [(one.start.isoformat()[:16], one.end.isoformat()[:16], one.people) for one in fixed]


def on_call(found, *at, schedule="payments-primary"):
    """Return who is on call at an instant (UTC)."""
    return people_on_call(found.book, schedule, datetime(*at, tzinfo=UTC))


def test_people_who_come_again_in_turns_are_one_rotation():
    """Three events of every three weeks are one layer, and 400 days of it are those of the calendar."""
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(*WEEKLY),
        ),
    )
    [[layer]] = layers(found)

    assert told(found.compared["payments-primary"]) == []
    assert layer.every == Turn(1, Unit.WEEKS)
    assert set(layer.members) == {("ana-ribeiro",), ("bo",), ("cho",)}
    assert "idle" not in found.plan.people
    assert layer.only == ()
    assert (found.book.overrides, dated(found)) == ((), [])
    assert on_call(found, 2027, 1, 1) == on_call(found, 2027, 1, 22)


def test_what_another_product_wrote_out_is_one_rotation_too():
    """A feed of single shifts ends; the turns that were found in it go on, and the plan says so."""
    people = ["ana@example.com", "ben@example.com"]
    start = datetime(2026, 9, 3, 7)  # noqa: DTZ001
    feed = []
    for number in range(30):
        begins, ends = start + number * timedelta(days=3), start + (number + 1) * timedelta(days=3)
        feed.append(
            [f"DTSTART:{begins:%Y%m%dT%H%M%S}Z", f"DTEND:{ends:%Y%m%dT%H%M%S}Z", "SUMMARY:On Call - X - Payments",
             f"ATTENDEE:mailto:{people[number % 2]}"]
        )  # fmt: skip
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(*feed, zone="UTC"),
        ),
    )
    [[layer]] = layers(found)

    assert (layer.every, layer.members) == (Turn(3, Unit.DAYS), (("ana",), ("ben",)))
    assert told(found.compared["payments-primary"]) == []
    assert "the turns that were found in it go on" in " ".join(found.row("payments.ics").remarks)


def test_what_is_moved_left_out_or_added_is_dated():
    """A moved week, a cancelled one and a helper for an afternoon stand beside the rotation, and nothing else does."""
    cancelled = [*WEEKLY[0], "EXDATE;TZID=Europe/Berlin:20261019T090000"]
    moved = local("20261006T090000", "20261012T090000", "Dora on call", "UID:event-1@example.com")
    moved.append("RECURRENCE-ID;TZID=Europe/Berlin:20261005T090000")
    helper = local("20261103T130000", "20261103T170000", "Eva", "UID:helper")
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(cancelled, WEEKLY[1], WEEKLY[2], moved, helper),
        ),
    )

    assert told(found.compared["payments-primary"]) == []
    assert [layer.every for [layer] in layers(found)] == [Turn(1, Unit.WEEKS)]
    assert on_call(found, 2026, 10, 5, 12) == ()
    assert on_call(found, 2026, 10, 7, 12) == ("dora",)
    assert on_call(found, 2026, 10, 20, 12) == ()
    assert on_call(found, 2026, 11, 3, 14) == ("cho", "eva")
    assert dated(found) == [
        ("2026-10-06T07:00", "2026-10-12T07:00", ("dora",)),
        ("2026-11-03T12:00", "2026-11-03T16:00", ("cho", "eva")),
    ]
    assert [(one.kind, one.instead_of) for one in found.book.overrides] == [
        (OverrideKind.REMOVE, "bo"),
        (OverrideKind.REMOVE, "ana-ribeiro"),
    ]


def test_single_events_are_fixed_shifts():
    """Where there are no turns, each event is a shift of its own, all day ones from midnight to midnight."""
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(
                local("20261010T090000", "20261010T170000", "Ana"),
                ["DTSTART;VALUE=DATE:20261017", "DTEND;VALUE=DATE:20261019", "SUMMARY:Ben"],
            ),
        ),
    )

    assert layers(found) == ()
    assert dated(found) == [
        ("2026-10-10T07:00", "2026-10-10T15:00", ("ana",)),
        ("2026-10-16T22:00", "2026-10-18T22:00", ("ben",)),
    ]
    assert told(found.compared["payments-primary"]) == []
    assert "1 events are whole days: from midnight to midnight in Europe/Berlin" in found.row("payments.ics").remarks


def test_office_hours_keep_the_time_of_day():
    """Nine to five on weekdays by a person a week: one layer with windows, over a change of the clocks."""
    rule = "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;WKST=MO"
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(
                local("20260907T090000", "20260907T170000", "Ana", rule),
                local("20260914T090000", "20260914T170000", "Ben", rule),
            ),
        ),
    )
    [[layer]] = layers(found)

    assert (layer.every, len(layer.members)) == (Turn(1, Unit.WEEKS), 2)
    assert [(sorted(one.weekdays), one.start, one.end) for one in layer.only] == [([0, 1, 2, 3, 4], time(9), time(17))]
    assert told(found.compared["payments-primary"]) == []


def test_day_and_night_are_two_rotations():
    """Events that begin at two times of day are layers side by side."""
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(
                local("20260907T080000", "20260907T200000", "Ana", "RRULE:FREQ=DAILY;INTERVAL=2"),
                local("20260908T080000", "20260908T200000", "Ben", "RRULE:FREQ=DAILY;INTERVAL=2"),
                local("20260907T190000", "20260908T090000", "Cho", "RRULE:FREQ=DAILY"),
            ),
        ),
    )
    [level] = layers(found)

    assert len(level) == 2
    assert told(found.compared["payments-primary"]) == []
    assert set(on_call(found, 2026, 10, 5, 17, 30)) == {"cho", *on_call(found, 2026, 10, 5, 12)}


def test_levels_in_brackets_hide_those_below():
    """[L2] is over [L1], as Grafana OnCall writes and reads it."""
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(
                *[[*lines[:2], f"SUMMARY:[L1] {lines[2][8:]}", *lines[3:]] for lines in WEEKLY],
                local("20260905T090000", "20260907T090000", "[L2] dora@example.com", "RRULE:FREQ=WEEKLY"),
            ),
        ),
    )

    assert len(layers(found)) == 2
    assert on_call(found, 2026, 10, 10, 12) == ("dora",)
    assert told(found.compared["payments-primary"]) == []


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["SUMMARY:On Call - Ana Ribeiro - Payments primary"], ("ana-ribeiro",)),
        (["SUMMARY:Payments primary: Ana, Ben"], ("ana", "ben")),
        (["SUMMARY:Ana & Ben (primary)"], ("ana", "ben")),
        (["SUMMARY:[L1] ana@example.com"], ("ana",)),
        (["SUMMARY:Primary", "ATTENDEE;CN=Ana Ribeiro:mailto:ana@example.com"], ("ana-ribeiro",)),
        (
            ["SUMMARY:x", "ATTENDEE;CN=Ana;PARTSTAT=DECLINED:mailto:ana@example.com", "ATTENDEE:MAILTO:ben@example.com",
             "ATTENDEE;CUTYPE=ROOM:mailto:room@example.com"],
            ("ben",),
        ),
        (["SUMMARY:On call", "ORGANIZER;CN=Cho:mailto:cho@example.com"], ("cho",)),
    ],
)  # fmt: skip
def test_whom_an_event_means(lines, people):
    """Attendees who have not declined, else names in the summary, else whoever organized it."""
    event = [f"{BERLIN}:20261010T090000", "DTEND;TZID=Europe/Berlin:20261010T170000", *lines]
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(event),
        ),
    )

    assert [one[2] for one in dated(found)] == [people]


def test_a_person_is_known_by_address_and_by_name():
    """Two calendars name the same people in two ways; who has the same name and another address is somebody else."""
    first = calendar(local("20261010T090000", "20261010T170000", "x", "ATTENDEE;CN=Ana Ribeiro:mailto:ana@example.com"))
    second = calendar(
        local("20261010T090000", "20261010T170000", "Ana Ribeiro"),
        local("20261011T090000", "20261011T170000", "x", "ATTENDEE;CN=Ana Ribeiro:mailto:other@example.net"),
        name="Platform",
        file="platform.ics",
    )
    found = outlook_of(KIND, (PEOPLE, first, second))

    assert set(found.plan.people) == {"ana-ribeiro", "other"}
    assert found.plan.people["ana-ribeiro"].voice is not None
    assert [one[2] for one in dated(found, "platform")] == [("ana-ribeiro",), ("other",)]


def test_who_cannot_be_reached_is_nobody():
    """A name alone wakes nobody: the plan says what it takes, and the shifts of others stay as they were."""
    found = outlook_of(
        KIND,
        (
            calendar(
                local("20261010T090000", "20261010T170000", "ben@example.com"),
                local("20261011T090000", "20261011T170000", "Ana"),
            ),
        ),
    )

    assert found.row("Ana").outcome is Outcome.IMPOSSIBLE
    assert "Name a people.yaml" in found.row("Ana").remarks[0]
    assert [one[2] for one in dated(found)] == [("ben",)]


def test_a_zone_that_nobody_names_is_told():
    """Times without a zone are the calendar's, and a calendar without one is in UTC."""
    event = ["DTSTART:20261010T090000", "DTEND:20261010T170000", "SUMMARY:Ana"]
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(event, zone=None),
        ),
    )

    assert dated(found) == [("2026-10-10T09:00", "2026-10-10T17:00", ("ana",))]
    remarks = " ".join(found.row("payments.ics").remarks)
    assert "neither it nor its events name a time zone: UTC" in remarks
    assert "1 events name no time zone" in remarks


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("FREQ=SECONDLY", "every minute or oftener"),
        ("FREQ=YEARLY;BYYEARDAY=366;INTERVAL=0", "its INTERVAL is none"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "BYMONTHDAY with FREQ=DAILY: that is read with MONTHLY and YEARLY"),
        ("FREQ=HOURLY;BYSETPOS=40", "BYSETPOS with FREQ=HOURLY"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH=13 is no month"),
        ("FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6;BYMINUTE=0,10,20,30", "28 times a day, and nothing may more than 24"),
        ("FREQ=WEEKLY;BYDAY=XX", "XX"),
    ],
)
def test_a_series_that_cannot_be_repeated_costs_only_itself(rule, fault):
    """It is named with what is wrong with it, and the others are there."""
    broken = local("20261010T090000", "20261010T170000", "Eva", f"RRULE:{rule}", "UID:broken")
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(*WEEKLY, broken),
        ),
    )

    assert found.row("broken").outcome is Outcome.IMPOSSIBLE
    assert fault in found.row("broken").remarks[0]
    assert told(found.compared["payments-primary"]) == []


@pytest.mark.parametrize(
    ("start", "end", "freq", "fault"),
    [
        ("20261010T180000", "00261011T080000", "DAILY", "it ends before it begins"),
        ("20261010T180000", "20561010T190000", "DAILY", "comes again before that is over, more than 1,000 times"),
        ("00250907T180000", "00250907T190000", "DAILY", "more than 100,000 times"),
        ("18500907T180000", "18500907T190000", "HOURLY", "it comes again since 1850-09-07"),
    ],
)
def test_a_series_that_would_take_minutes_is_not_followed(start, end, freq, fault):
    """A year with a wrong digit costs its series alone, neither minutes nor all memory."""
    broken = local(start, end, "Eva", f"RRULE:FREQ={freq}", "UID:broken")
    found = outlook_of(KIND, (PEOPLE, calendar(*WEEKLY, broken)))

    assert found.row("broken").outcome is Outcome.IMPOSSIBLE
    assert fault in found.row("broken").remarks[0]
    assert told(found.compared["payments-primary"]) == []


def test_each_component_of_a_series_is_looked_at_before_it_is_followed():
    """Of two with one UID the later SEQUENCE counts, wherever it stands."""
    first = local("20261010T090000", "20261010T170000", "Eva", "RRULE:FREQ=WEEKLY", "UID:broken")
    second = local(
        "20261010T090000", "20261010T170000", "Eva", "RRULE:FREQ=HOURLY;BYSETPOS=3", "UID:broken", "SEQUENCE:3"
    )
    found = outlook_of(KIND, (PEOPLE, calendar(*WEEKLY, first, second)))

    assert found.row("broken").outcome is Outcome.IMPOSSIBLE
    assert "BYSETPOS with FREQ=HOURLY" in found.row("broken").remarks[0]


def test_of_two_ends_both_are_looked_at():
    """A DURATION beside a DTEND is wrong, and the library takes the DTEND."""
    broken = local("20261010T180000", "00261011T080000", "Eva", "RRULE:FREQ=DAILY", "DURATION:P7D", "UID:broken")
    found = outlook_of(KIND, (PEOPLE, calendar(*WEEKLY, broken)))

    assert found.row("broken").outcome is Outcome.IMPOSSIBLE
    assert "it ends before it begins" in found.row("broken").remarks[0]


def test_a_yearly_event_since_1601_is_followed():
    """Programs write the birthday of somebody whose year they do not know so."""
    since = local("16011010T090000", "16011010T170000", "Ana", "RRULE:FREQ=YEARLY", "UID:old")
    found = outlook_of(KIND, (PEOPLE, calendar(since)))

    assert found.row("old").outcome is not Outcome.IMPOSSIBLE
    assert on_call(found, 2026, 10, 10, 10) == ("ana",)


def test_events_that_name_nobody_are_impossible():
    """They are counted in the plan, not dropped in silence."""
    nobody = local("20261010T090000", "20261010T170000", "On call")
    found = outlook_of(
        KIND,
        (
            PEOPLE,
            calendar(*WEEKLY, nobody),
        ),
    )

    assert found.row("1 without a name").outcome is Outcome.IMPOSSIBLE


def test_what_has_ended_and_what_is_cancelled():
    """A calendar of last year is left out; a cancelled event is nobody's shift."""
    old = calendar(local("20250907T090000", "20250914T090000", "Ana"), name="Old", file="old.ics")
    gone = local("20261010T090000", "20261010T170000", "Ben", "STATUS:CANCELLED")
    found = outlook_of(KIND, (PEOPLE, calendar(*WEEKLY, gone), old))

    assert found.row("old.ics").outcome is Outcome.LEFT_OUT
    assert "1 events are cancelled" in " ".join(found.row("payments.ics").remarks)
    assert told(found.compared["payments-primary"]) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello", "it is no calendar"),
        ("<!DOCTYPE html><title>Sign in</title>", "it is no calendar"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "it is no calendar"),
        ("BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\n", "it does not begin with BEGIN:VCALENDAR"),
        ("BEGIN:VEVENT\r\n" * 20_001, "it has more than 20,000 events"),
        (f"BEGIN:VCALENDAR\r\nX:{'a' * 70_000}\r\n", "line 2 has 70,002 signs, and no calendar has more than 65,536"),
    ],
)
def test_what_is_no_calendar_says_so(text, message):
    """A sign-in page and half a file are refused by name."""
    with pytest.raises(Unreadable, match=re.escape(message)):
        IMPORTERS[KIND].convert((ExportFile("x.ics", text),), AUTUMN)


def test_what_comes_too_often_is_refused(monkeypatch):
    """Nobody keeps a schedule of thousands of events, and nothing waits until they are all repeated."""
    monkeypatch.setattr(ical_events, "OCCURRENCES_MAX", 40)

    with pytest.raises(Unreadable, match="more than 40 times"):
        IMPORTERS[KIND].convert((PEOPLE, calendar(*WEEKLY)), AUTUMN)


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    """The libraries are for those who import calendars."""
    monkeypatch.setitem(sys.modules, "icalendar", None)

    with pytest.raises(Unreadable, match=r"pip install 'pagerd\[ical\]'"):
        IMPORTERS[KIND].convert((calendar(*WEEKLY),), AUTUMN)
