"""Times as people type them at a prompt, and as they read them: in the zone of the machine they sit at.

Everything that is sent or computed with is UTC. A wall time is turned into an instant by the rule that handoffs follow
too (`core/oncall/wall.py`), so that 02:30 in the night of a clock change means one thing everywhere.
"""

import os
import re
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from pagerd.core.oncall.wall import instant
from pagerd.core.plain import offset_of

LOCALTIME = Path("/etc/localtime")

EXPECTED = "2026-12-24T03:00, 'tomorrow 03:00', 03:00, +6h or -20m"

_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_LENGTH = re.compile(r"(?:([0-9]{1,4})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,7})s)?")

LENGTH_MAX = timedelta(days=366)
"""As in the files: nothing that pagerd waits for lasts longer than a year."""

YEAR_MIN, YEAR_MAX = 2000, 2099
"""As in the files: far enough from the ends of the calendar that no sum leaves it."""


_reads_in: ContextVar[str | None] = ContextVar("reads_in", default=None)


class NotATime(ValueError):
    """What was typed is no time; the message says what would be one."""


def read_in(zone_name: str) -> None:
    """Show instants on this clock from now on: the daemon says by which zone the reader lives.

    A name that this machine does not know is left aside: its own clock is no worse than an error.
    """
    with suppress(ZoneInfoNotFoundError, ValueError, OSError):
        _reads_in.set(ZoneInfo(zone_name).key)


def now() -> datetime:
    """Return the second at which the person sits before the screen."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251  # a command has no engine whose clock it could ask


def read_instant(text: str, now: datetime, zone: ZoneInfo, *, is_end: bool = False) -> datetime:
    """Return the instant (UTC) that is meant by a text. Without an offset it is wall time in `zone`.

    A date alone means its first instant; as an end it includes that day. A time of day alone means the next one, a
    weekday the next day of that name, today excluded. Raises NotATime.
    """
    words = text.strip().lower()
    if words == "now":
        return now
    if words[:1] in {"+", "-"}:
        length = read_length(words[1:])
        return now + length if words[0] == "+" else now - length
    wall = _read_day_and_clock(words, now.astimezone(zone).replace(tzinfo=None), is_end=is_end)
    if wall is not None:
        return instant(wall, zone)
    return _read_iso(text.strip(), zone, is_end=is_end)


def read_length(text: str) -> timedelta:
    """Return a length of time such as 90d, 2h or 1h30m; never nothing. Raises NotATime."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None or not text.strip():
        unit = f": write {text}m or {text}h" if text.isascii() and text.isdigit() else ", such as 20m, 2h, 1h30m or 90d"
        raise NotATime(f"{text!r} is no length of time{unit}")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not timedelta(0) < length <= LENGTH_MAX:
        raise NotATime(f"{text!r} is out of range: more than nothing, and at most {LENGTH_MAX.days}d")
    return length


def _read_day_and_clock(words: str, here: datetime, *, is_end: bool) -> datetime | None:
    """Read `tomorrow 03:00`, `fri`, `18:00`; None when it is not of that form."""
    first, _, rest = words.partition(" ")
    if first in _DAYS:
        day = here.date() + timedelta(days=_DAYS[first])
    elif first in _WEEKDAYS:
        day = here.date() + timedelta(days=(_WEEKDAYS.index(first) - here.weekday() - 1) % 7 + 1)
    else:
        clock = _read_clock(words)
        if clock is None:
            return None
        wall = datetime.combine(here.date(), clock)
        return wall if wall > here else wall + timedelta(days=1)
    if not rest:
        return _midnight(day, is_end=is_end)
    clock = _read_clock(rest.strip())
    if clock is None:
        raise NotATime(f"{rest!r} is no time of day; write it as 03:00")
    return datetime.combine(day, clock)


def _read_clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found is not None else None


def _read_iso(text: str, zone: ZoneInfo, *, is_end: bool) -> datetime:
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise NotATime(f"{text!r} is no time; write it as {EXPECTED}")
    try:
        if len(text) == len("2026-12-24"):
            at = _midnight(date.fromisoformat(text), is_end=is_end)
        else:
            at = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotATime(f"{text!r} is no time: {error}; write it as {EXPECTED}") from error
    if not YEAR_MIN <= at.year <= YEAR_MAX:
        raise NotATime(f"{text!r} is too far away: years from {YEAR_MIN} to {YEAR_MAX}")
    return instant(at, zone) if at.tzinfo is None else at.astimezone(UTC)


def _midnight(day: date, *, is_end: bool) -> datetime:
    return datetime.combine(day + timedelta(days=1) if is_end else day, time(0))


@cache
def local_zone() -> ZoneInfo:
    """Return the zone of this machine: `TZ`, else /etc/localtime, else UTC. Raises NotATime where TZ is no place."""
    name = os.environ.get("TZ", "").removeprefix(":")
    try:
        if name:
            if name.startswith("/"):
                with Path(name).open("rb") as stream:
                    return ZoneInfo.from_file(stream, key=name)
            return ZoneInfo(name)
        with LOCALTIME.open("rb") as stream:
            return ZoneInfo.from_file(stream)
    except FileNotFoundError:
        return ZoneInfo("UTC")
    except (OSError, ValueError, KeyError) as error:
        raise NotATime(
            f"TZ={name!r} names no place such as Europe/Berlin, so write the time with its offset"
        ) from error


def instant_typed(text: str) -> datetime:
    """Read an option's instant, or say to the person how it is written."""
    return _typed(text, is_end=False)


def past_typed(text: str) -> datetime:
    """Read an option's instant of what is over: a time of day alone means the last one."""
    at = instant_typed(text)
    if at > now() and _CLOCK.fullmatch(text.strip()):
        day_before = at.astimezone(local_zone()).replace(tzinfo=None) - timedelta(days=1)
        at = instant(day_before, local_zone())
    return at


def end_typed(text: str) -> datetime:
    """Read an option's end: a date alone includes that day."""
    return _typed(text, is_end=True)


def day_typed(text: str) -> date:
    """Read an option's day on this machine's calendar."""
    return instant_typed(text).astimezone(local_zone()).date()


def length_typed(text: str) -> str:
    """Check a length of time that is passed on as it was written."""
    try:
        read_length(text)
    except NotATime as error:
        raise click.BadParameter(str(error)) from error
    return text.strip()


def _typed(text: str, *, is_end: bool) -> datetime:
    try:
        return read_instant(text, now(), _zone_for(text), is_end=is_end)
    except NotATime as error:
        raise click.BadParameter(str(error)) from error


def _zone_for(text: str) -> ZoneInfo:
    """Ask for the machine's zone only where the text leans on it: a time with its offset is good without one."""
    leans = re.search(r"(?:Z|[+-][0-9]{2}:?[0-9]{2})$", text) is None or not re.match(r"[0-9]{4}-", text)
    return local_zone() if leans else ZoneInfo("UTC")


def shown(at: str | datetime | None, zone_name: str | None = None) -> str:
    """Write an instant for a person, with the zone; nothing for None.

    It is the reader's own zone, where the daemon said which one: whoever was woken may sit in another one than this
    machine. `zone_name` is the one of what is shown, where that has its own.
    """
    if at is None:
        return ""
    instant_ = datetime.fromisoformat(at) if isinstance(at, str) else at
    zone_name = zone_name or _reads_in.get()
    if zone_name is not None:
        own = ZoneInfo(zone_name)
        return f"{instant_.astimezone(own):%a %Y-%m-%d %H:%M} {offset_of(instant_, own)}"
    try:
        zone = local_zone()
    except NotATime:
        zone = ZoneInfo("UTC")
    return f"{instant_.astimezone(zone):%a %Y-%m-%d %H:%M %Z}"


def age_of(at: str, seen_from: datetime | None = None) -> str:
    """Write how long ago an ISO instant was, in one sign of precision."""
    seconds = int(((seen_from or now()) - datetime.fromisoformat(at)).total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{max(seconds, 0)}s"
