"""Calendars of strangers: whatever stands in one, it is refused shortly, or becomes files without an error.

A line of a calendar may ask for an event each second of a thousand years, and a zone may be any.
"""

from random import Random  # noqa: TID251  # seeded, so that what fails can be seen again

from pagerd.importers.base import ExportFile
from tests.hostile.exported import keeps_its_word
from tests.hostile.mutation import as_bytes, as_lines

KIND = "ical"

PEOPLE = ExportFile(
    "people.yaml",
    """\
people:
  ana: {name: Ana Ribeiro, zone: Europe/Lisbon, email: ana@example.com, phone: "+351911000001"}
  ben: {name: Ben Okafor, zone: Europe/Berlin, email: ben@example.com}
""",
)


def _calendar(*events: str) -> bytes:
    begin = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\nX-WR-CALNAME:Payments\nX-WR-TIMEZONE:Europe/Berlin\n"
    made = (f"BEGIN:VEVENT\nUID:{number}@x\n{event}\nEND:VEVENT\n" for number, event in enumerate(events))
    return f"{begin}{''.join(made)}END:VCALENDAR\n".encode()


CALENDARS = (
    _calendar(
        "DTSTART;TZID=Europe/Berlin:20260907T090000\nDTEND;TZID=Europe/Berlin:20260914T090000\nSUMMARY:Ana Ribeiro"
        "\nRRULE:FREQ=WEEKLY;INTERVAL=2\nEXDATE;TZID=Europe/Berlin:20261019T090000",
        "DTSTART;TZID=Europe/Berlin:20260914T090000\nDURATION:P7D\nSUMMARY:Ben\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=30",
        "DTSTART;TZID=Europe/Berlin:20260915T090000\nDTEND;TZID=Europe/Berlin:20260921T090000\nSUMMARY:Dora"
        "\nUID:1@x\nRECURRENCE-ID;TZID=Europe/Berlin:20260914T090000",
    ),
    _calendar(
        "DTSTART:20260903T070000Z\nDTEND:20260906T070000Z\nSUMMARY:On call\nATTENDEE;CN=Ana:mailto:ana@example.com",
        "DTSTART:20260906T070000Z\nDTEND:20260909T070000Z\nSUMMARY:On call\nATTENDEE:mailto:ben@example.com",
        "DTSTART;VALUE=DATE:20260909\nDTEND;VALUE=DATE:20260912\nSUMMARY:Ana, Ben\nSTATUS:TENTATIVE\nTRANSP:OPAQUE",
    ),
    _calendar(
        "DTSTART;TZID=W. Europe Standard Time:20260907T180000\nDTEND;TZID=W. Europe Standard Time:20260908T080000"
        "\nSUMMARY:Ana\nRRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231T170000Z\nRDATE:20270101T170000Z",
    ),
)

_LINES = (
    "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=DAILY;COUNT=999999999",
    "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=-1FR;BYSETPOS=-2",
    "RRULE:FREQ=YEARLY;BYYEARDAY=366;INTERVAL=0",
    "RRULE:FREQ=WEEKLY;INTERVAL=99999999999;UNTIL=00010101",
    "RRULE:FREQ=HOURLY;BYHOUR=25;WKST=XX",
    "RRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2",
    "RRULE:FREQ=HOURLY",
    "DTSTART:00010907T180000Z",
    "DTEND:00260908T080000Z",
    "DTEND:20960908T080000Z",
    "DTSTART:99991231T235959Z",
    "DTSTART;TZID=Nowhere/Land:00010101T000000",
    "DTEND:20260101T000000Z",
    "DURATION:P99999999W",
    "DURATION:-PT1S",
    "RECURRENCE-ID:20260914T070000Z",
    "EXDATE:20260914,20260915,20260916",
    "RDATE;VALUE=PERIOD:20260914T070000Z/PT1H",
    'ATTENDEE;CN="Ana; Ribeiro":MAILTO:ANA@EXAMPLE.COM',
    "SUMMARY;LANGUAGE=de:Ana\\, Ben\\n\\;",
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE",
    "END:VCALENDAR",
    " folded",
)


def mutate(chance: Random, one: bytes) -> bytes:
    """Spoil lines, or put in some that ask for too much."""
    if chance.random() < 0.2:
        return as_bytes(chance, one)
    if chance.random() < 0.4:
        return as_lines(chance, one)
    lines = one.decode().split("\n")
    for _ in range(chance.randint(1, 3)):
        lines.insert(chance.randint(0, len(lines)), chance.choice(_LINES))
    return "\n".join(lines).encode()


def read(octets: bytes) -> bool:
    """A calendar beside people who are there already is refused, or what is written of it can be read again."""
    text = octets.decode("utf-8", "replace")
    return keeps_its_word(KIND, (PEOPLE, ExportFile("payments.ics", text)))
