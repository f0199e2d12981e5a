r"""A calendar file as RFC 5545 has it, of values alone. What stands in it, and why, is `feed.py`'s to say.

The rules that calendars trip over:

- Lines end with CR LF and have 75 octets at most; what is longer goes on in the next line behind a blank, and never in
  the middle of a sign.
- In a text a backslash, a comma and a semicolon are written behind a backslash, and the end of a line is `\n`.
- All instants are UTC, so no zone has to be described, and none can be described wrongly.
- Without METHOD it is a calendar to look at; with one, some programs take it for an invitation.
- A calendar without anything in it is none: where there is no entry, the zone UTC stands in it, which nobody sees.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pagerd.core.plain import one_line

OCTETS_MAX = 75
"""Of a line without its end (RFC 5545, 3.1)."""

REFRESH = "PT1H"
"""How often a calendar program is asked to come again. Some come once a day, whatever they are asked."""

_NOTHING = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry, half-open. `uid` names it for ever: under the same one it is moved or changed, not doubled."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    description: str = ""


def written(title: str, entries: Iterable[CalendarEntry], as_of: datetime) -> str:
    """Write a calendar; `as_of` is the instant at which it was true. An entry of less than a second is left out."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(title, entries, as_of))


def _lines(title: str, entries: Iterable[CalendarEntry], as_of: datetime) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//pagerd//pagerd//EN"
    yield "CALSCALE:GREGORIAN"
    # What the standard calls it (RFC 7986) and what programs read.
    yield f"NAME:{_text(title)}"
    yield f"X-WR-CALNAME:{_text(title)}"
    yield f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"
    yield f"X-PUBLISHED-TTL:{REFRESH}"
    is_empty = True
    for one in entries:
        start, end = _instant(one.start), _instant(one.end)
        if start == end:
            continue
        is_empty = False
        yield "BEGIN:VEVENT"
        yield f"UID:{one.uid}"
        yield f"DTSTAMP:{_instant(as_of)}"
        yield f"DTSTART:{start}"
        yield f"DTEND:{end}"
        yield f"SUMMARY:{_text(one.summary)}"
        if one.description:
            yield f"DESCRIPTION:{_text(one.description)}"
        # Whoever is on call may well have a meeting.
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    if is_empty:
        yield from _NOTHING
    yield "END:VCALENDAR"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Write a text; each of its lines is one of visible signs, so that no name begins a line of its own."""
    lines = (one_line(line) for line in words.splitlines())
    return "\\n".join(line.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines if line)


def _folded(line: str) -> str:
    octets = line.encode()
    if len(octets) <= OCTETS_MAX:
        return line
    pieces: list[bytes] = []
    left = OCTETS_MAX
    while len(octets) > left:
        cut = left
        while octets[cut] & 0xC0 == 0x80:  # the second octet of a sign, or a later one
            cut -= 1
        pieces.append(octets[:cut])
        octets, left = octets[cut:], OCTETS_MAX - 1  # behind the blank
    return b"\r\n ".join((*pieces, octets)).decode()
