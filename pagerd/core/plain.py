"""How foreign values are said in plain words: one clean line, a wall time, a length of time.

What comes from alerts and from people is data: nothing here raises, whatever it is given.
"""

import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Controls, format signs (bidi marks and joiners among them), private use, lone surrogates, line separators."""


def one_line(text: str, limit: int = 1000) -> str:
    """Return the text on one line of at most `limit` characters, without control, bidi or other unseen characters.

    A line end becomes a blank, so that the text of an alert can forge no line of its own.
    """
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # what nearly every text is, said without a look at each character
    # Twice the limit is looked at: whatever is cut out, a body of megabytes costs no more than that.
    seen = "".join(_visible(character) for character in text[: limit * 2])
    words = " ".join(seen.split())
    return words if len(words) <= limit else words[: max(limit - 1, 0)].rstrip() + "…"


def clean_lines(text: str, limit: int = 4000) -> tuple[str, ...]:
    """Return the text as clean lines, empty ones left out, of at most `limit` characters altogether."""
    lines: list[str] = []
    left = limit
    for line in text[:limit].splitlines():
        clean = one_line(line, left)
        if clean:
            lines.append(clean)
            left -= len(clean)
    return tuple(lines)


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _INVISIBLE else character


def in_zone(at: datetime, zone: tzinfo) -> datetime:
    """Return the instant on the clock of a zone; a naive one is taken as UTC, one at the edge of time stays put."""
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    try:
        return aware.astimezone(zone)
    except (OverflowError, ValueError):
        return aware


def clock_time(at: datetime, zone: tzinfo, seen_from: datetime) -> str:
    """Return the wall time of an instant, with the day where it is another one than at `seen_from`: `Sat 02:14`."""
    local, here = in_zone(at, zone), in_zone(seen_from, zone)
    clock = f"{local.hour:02}:{local.minute:02}"
    days = abs((local.date() - here.date()).days)
    if days == 0:
        return clock
    if days < 7:
        return f"{_DAYS[local.weekday()]} {clock}"
    if local.year == here.year:
        return f"{local.day} {_MONTHS[local.month - 1]} {clock}"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year} {clock}"


def zoned_time(at: datetime, zone: tzinfo, seen_from: datetime) -> str:
    """Return the wall time of an instant with its distance from UTC, which no two readers take differently.

    `08:14 UTC+1`. Letters such as CST mean three zones, and a clock without any means whichever one has on.
    """
    return f"{clock_time(at, zone, seen_from)} {offset_of(at, zone)}"


def offset_of(at: datetime, zone: tzinfo) -> str:
    """Return how far a zone is from UTC at an instant: `UTC`, `UTC+1`, `UTC-3:30`."""
    offset = in_zone(at, zone).utcoffset() or timedelta(0)
    minutes = round(abs(offset).total_seconds() / 60)
    if not minutes:
        return "UTC"
    rest = f":{minutes % 60:02}" if minutes % 60 else ""
    return f"UTC{'-' if offset < timedelta(0) else '+'}{minutes // 60}{rest}"


def away(at: datetime, now: datetime) -> str:
    """Return how far away an instant is: `in 4m`, `4m ago`, `now` for less than a second."""
    span = at - now
    if abs(span) < timedelta(seconds=1):
        return "now"
    return f"in {length(span)}" if span > timedelta(0) else f"{length(-span)} ago"


def full_time(at: datetime, zone: tzinfo) -> str:
    """Return the wall time of an instant in full, with its zone: `Sat 12 Dec 2026 02:14 (Europe/Lisbon)`."""
    local = in_zone(at, zone)
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"
    # A zone that was read from /etc/localtime knows its rules but not its name.
    name = str(zone) if getattr(zone, "key", "") is not None else f"{local:%Z}"
    return f"{day} {local.hour:02}:{local.minute:02} ({name})"


def length(span: timedelta) -> str:
    """Return a length of time in at most two units: `14s`, `5m`, `2h 5m`, `3d 4h`. Less than nothing is nothing."""
    seconds = max(int(span.total_seconds()), 0)
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes == 0:
        return f"{seconds}s"
    if hours == 0:
        return f"{minutes}m"
    if days == 0:
        return f"{hours}h {minutes % 60}m" if minutes % 60 else f"{hours}h"
    return f"{days}d {hours % 24}h" if hours % 24 else f"{days}d"


def counted(number: int, thing: str) -> str:
    """Return how many there are of a thing whose plural ends in an s: `1 page`, `12 pages`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def masked(address: str) -> str:
    """Show as much of a phone number or mail address as tells its owner which one it is."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}…@{domain}"
    return f"{address[:3]}…{address[-3:]}" if len(address) >= 9 else "…"
