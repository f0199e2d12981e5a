"""The text of a time into its value: durations, turns, wall times, windows of the week, zones.

As everything in `values.py`: the text as it stands in the file, one way to write each value, Mismatch for the rest.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from pagerd.config.values import DailyHour, Mismatch, shown
from pagerd.core.oncall.schedule import Turn, Unit, Window
from pagerd.core.people import Night
from pagerd.core.plan import BusinessHours
from pagerd.core.suggestions import nearest

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS = "holidays"
"""What stands in a window in the place of weekdays."""

DURATION_MAX = timedelta(days=366)
"""Nothing that pagerd waits for lasts longer than a year."""


_DURATION = re.compile(r"(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?")
_UNIT_WORDS = {"day": "d", "hour": "h", "hr": "h", "minute": "m", "min": "m", "second": "s", "sec": "s"}


def duration(raw: str) -> timedelta:
    """Read elapsed time in Prometheus' way, such as 5m or 1h30m; never nothing."""
    expected = "a duration such as 30s, 5m, 1h30m or 2d"
    found = _DURATION.fullmatch(raw)
    if not raw or found is None:
        raise Mismatch(f"{shown(raw)} is not a duration", expected, id="E011", hint=_duration_hint(raw))
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not timedelta(0) < length <= DURATION_MAX:
        raise Mismatch(f"{shown(raw)} is out of range", "more than nothing and at most 366d", id="E011")
    return length


DIGITS_MAX = 9
"""Of a number that a hint repeats."""


def _duration_hint(raw: str) -> str:
    if raw.isascii() and raw.isdigit():
        return f"write the unit: {raw}s or {raw}m" if len(raw) <= DIGITS_MAX else ""
    found = re.fullmatch(r"([0-9]{1,6}) ?([a-z]+?)s?", raw)
    unit = _UNIT_WORDS.get(found[2]) if found is not None else None
    return f"write {found[1]}{unit}" if found is not None and unit is not None else ""


KEPT_DAYS_MIN, KEPT_DAYS_MAX = 30, 36_500
"""Shorter, and a page would be gone before the month's report asks for it; longer is for ever."""


def kept(raw: str) -> timedelta | None:
    """Read how long something is kept: whole days such as 400d, or forever, which is None."""
    if raw == "forever":
        return None
    found = re.fullmatch(r"([0-9]{1,6})d", raw)
    if found is None:
        raise Mismatch(f"{shown(raw)} is not a number of days", "400d, or forever", id="E011", hint=_duration_hint(raw))
    if not KEPT_DAYS_MIN <= int(found[1]) <= KEPT_DAYS_MAX:
        raise Mismatch(f"{shown(raw)} is out of range", f"{KEPT_DAYS_MIN}d to {KEPT_DAYS_MAX}d, or forever", id="E011")
    return timedelta(days=int(found[1]))


def kept_text(length: timedelta | None) -> str:
    """Write it as it would be read."""
    return "forever" if length is None else f"{length.days}d"


def duration_text(length: timedelta) -> str:
    """Write a duration as it would be read."""
    left = int(length.total_seconds())
    out = ""
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, left = divmod(left, size)
        out += f"{count}{unit}" if count else ""
    return out or "0s"


_TURN = re.compile(r"([1-9][0-9]{0,3}) (hour|day|week|month)(s?)")
TURN_COUNT_MAX = 1000


def turn(raw: str) -> Turn:
    """Read the length of a turn in words, such as 12 hours, 1 week or 2 months."""
    expected = "a number and hours, days, weeks or months, such as 12 hours or 1 week"
    found = _TURN.fullmatch(raw)
    if found is None or int(found[1]) > TURN_COUNT_MAX:
        word = {
            "daily": "1 day",
            "weekly": "1 week",
            "monthly": "1 month",
            "hourly": "1 hour",
            "fortnightly": "2 weeks",
        }
        short = re.fullmatch(r"([1-9][0-9]{0,2}) ?([hdw])", raw)
        hint = f"write {word[raw]}" if raw in word else ""
        if short is not None:
            hint = (
                f"write {turn_text(Turn(int(short[1]), {'h': Unit.HOURS, 'd': Unit.DAYS, 'w': Unit.WEEKS}[short[2]]))}"
            )
        raise Mismatch(f"{shown(raw)} is not the length of a turn", expected, id="E012", hint=hint)
    result = Turn(int(found[1]), Unit(found[2] + "s"))
    if turn_text(result) != raw:
        raise Mismatch(f"{shown(raw)} is not how it is written", expected, id="E012", hint=f"write {turn_text(result)}")
    return result


def turn_text(value: Turn) -> str:
    """Write the length of a turn in words."""
    unit = value.unit.value
    return f"{value.count} {unit[:-1] if value.count == 1 else unit}"


YEAR_MIN, YEAR_MAX = 2000, 2099
"""Years of any date in the files: far enough from the ends of the calendar that no sum leaves it."""


def wall_time(raw: str) -> datetime:
    """Read a date and a time of day, such as 2026-01-05 09:00, without a zone."""
    expected = "a wall time such as 2026-01-05 09:00"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", raw):
        hint = "write the time of day too" if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw) else ""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]:[0-9]{2}", raw):
            hint = f"write {raw[:11]}0{raw[11:]}"
        if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T", raw):
            hint = "a space stands between date and time; the zone is a key of its own"
        raise Mismatch(f"{shown(raw)} is not a wall time", expected, id="E013", hint=hint)
    return datetime.combine(day(raw[:10]), clock(raw[11:]))


def day(raw: str) -> date:
    """Read a date such as 2026-01-05."""
    expected = f"a date such as 2026-01-05, from {YEAR_MIN} to {YEAR_MAX}"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
        raise Mismatch(f"{shown(raw)} is not a date", expected, id="E013")
    try:
        found = date.fromisoformat(raw)
    except ValueError:
        raise Mismatch(f"{shown(raw)} is not in the calendar", expected, id="E013") from None
    if not YEAR_MIN <= found.year <= YEAR_MAX:
        raise Mismatch(f"{shown(raw)} is too far away", expected, id="E013")
    return found


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time, or a whole day where only a date is written."""

    wall: datetime
    is_day: bool

    @property
    def as_end(self) -> datetime:
        """The wall time at which it ends: a date without a time includes that day."""
        return self.wall + timedelta(days=1) if self.is_day else self.wall


def moment(raw: str) -> Moment:
    """Read a wall time or a date."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
        return Moment(datetime.combine(day(raw), time(0)), is_day=True)
    return Moment(wall_time(raw), is_day=False)


def clock(raw: str) -> time:
    """Read a time of day such as 09:00."""
    found = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", raw)
    if found is None:
        hint = "write 00:00 for midnight" if raw == "24:00" else ""
        if re.fullmatch(r"[0-9]:[0-5][0-9]", raw):
            hint = f"write 0{raw}"
        raise Mismatch(f"{shown(raw)} is not a time of day", "a time of day such as 09:00", id="E013", hint=hint)
    return time(int(found[1]), int(found[2]))


def clock_or_never(raw: str) -> time | None:
    """Read a time of day, or never, which is None."""
    return None if raw == "never" else clock(raw)


def daily_hour(raw: str) -> DailyHour:
    """Read a time of day at which something happens daily, or none."""
    return DailyHour(None if raw == "none" else clock(raw))


def _span(raw: str, expected: str) -> tuple[time, time]:
    start, dash, end = raw.partition("-")
    if not dash:
        raise Mismatch(f"{shown(raw)} is not a span of the day", expected, id="E014")
    try:
        return clock(start), clock(end)
    except Mismatch as wrong:
        raise Mismatch(f"{shown(raw)}: {wrong.message}", expected, id="E014", hint=wrong.hint) from None


def night(raw: str) -> Night:
    """Read the hours in which a person sleeps, such as 22:00-07:00."""
    start, end = _span(raw, "two times of day such as 22:00-07:00")
    if start == end:
        raise Mismatch(f"{shown(raw)} is no time at all", "two different times of day", id="E014")
    return Night(start, end)


def window(raw: str) -> Window:
    """Read weekdays (or `holidays`) and, after a space, hours: mon-fri 18:00-09:00, or sat-sun for whole days.

    One that lasts for more than a day names both of its ends: fri 17:00-mon 09:00.
    """
    try:
        return _window(raw)
    except Mismatch as wrong:
        meant = _window_meant(raw)
        if meant:
            wrong.hint = f"write {meant}"
        raise


def _window_meant(raw: str) -> str:
    """Return how a window is written that people write otherwise, such as Mon-Friday 9-17; nothing where it is none."""
    text = re.sub(r"\s*[-\u2013]\s*", "-", raw.strip().lower())
    text = re.sub(r"[a-z]+", lambda word: HOLIDAYS if word[0].startswith("hol") else word[0][:3], text)
    text = re.sub(r"\b([0-9]{1,2})(?::([0-9]{2}))?\b", lambda one: f"{int(one[1]) % 24:02}:{one[2] or '00'}", text)
    text = " ".join(text.split())
    text = f"mon-sun {text}" if text[:1].isdigit() else text
    try:
        _window(text)
    except Mismatch:
        return ""
    return text if text != raw else ""


def _window(raw: str) -> Window:
    expected = "weekdays and hours such as mon-fri 18:00-09:00, weekdays alone such as sat-sun, or fri 17:00-mon 09:00"
    days, space, hours = raw.partition(" ")
    if re.match(r"[0-9]", raw):
        raise Mismatch(f"{shown(raw)} has no weekdays", expected, id="E014")
    if days == HOLIDAYS:
        opens, closes = _span(hours, expected) if space else (time(0), time(0))
        return Window(start=opens, end=closes, on_holidays=True)
    ends = re.fullmatch(r"([a-z]{3}) ([0-9:]+)-([a-z]{3}) ([0-9:]+)", raw)
    if ends is not None and {ends[1], ends[3]} <= set(WEEKDAYS):
        return _span_of_week(raw, ends, expected)
    first, dash, last = days.partition("-")
    unknown = next((word for word in ((first, last) if dash else (first,)) if word not in WEEKDAYS), None)
    if unknown is not None:
        hint = nearest(unknown.lower()[:3], WEEKDAYS)
        raise Mismatch(f"{shown(unknown)} is not a weekday", expected, id="E014", hint=hint)
    start = WEEKDAYS.index(first)
    count = (WEEKDAYS.index(last) - start) % 7 + 1 if dash else 1
    weekdays = frozenset((start + offset) % 7 for offset in range(count))
    return Window(weekdays, *_span(hours, expected)) if space else Window(weekdays)


def _span_of_week(raw: str, ends: re.Match[str], expected: str) -> Window:
    start, end = _span(f"{ends[2]}-{ends[4]}", expected)
    opens, closes = WEEKDAYS.index(ends[1]), WEEKDAYS.index(ends[3])
    if (opens == closes and start < end) or ((closes - opens) % 7 == 1 and end <= start):
        meant = f"write {ends[1]} {ends[2]}-{ends[4]}"
        raise Mismatch(f"{shown(raw)} lasts for no more than a day", expected, id="E014", hint=meant)
    return Window(frozenset({opens}), start, end, ends_on=closes)


def business_hours(raw: str) -> BusinessHours:
    """Read when a team works, such as mon-fri 09:00-17:00."""
    found = window(raw)
    if found.end <= found.start or found.ends_on is not None or found.on_holidays:
        expected = "weekdays and hours of one day, such as mon-fri 09:00-17:00"
        raise Mismatch(f"{shown(raw)} does not end on the day it starts", expected, id="E014")
    return BusinessHours(found.weekdays, found.start, found.end)


def _city(raw: str, known: Iterable[str]) -> str:
    """Return the hint for a place without its continent."""
    cities = {one.rpartition("/")[2]: one for one in sorted(known) if "/" in one}
    hint = nearest(raw.strip().replace(" ", "_").title(), cities)
    city = hint.removeprefix("did you mean ").removesuffix("?")
    return f"did you mean {cities[city]}?" if city else ""


@cache
def _known_zones() -> tuple[str, ...]:
    """Return the zones that may be named; asking for them walks through a thousand files."""
    return tuple(one for one in available_timezones() if _ZONE.fullmatch(one))


_ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2}")


def zone(raw: str) -> ZoneInfo:
    """Read an IANA time zone such as Europe/Berlin."""
    expected = "an IANA time zone such as Europe/Berlin, or UTC"
    if _ZONE.fullmatch(raw):
        try:
            return ZoneInfo(raw)
        # What zoneinfo raises for a name depends on what stands in the zone directory: a folder, another file, nothing.
        except (KeyError, ValueError, OSError):
            pass
    known = _known_zones()
    hint = nearest(raw, known) or _city(raw, known)
    if re.fullmatch(r"(?:UTC|GMT)?[+-][0-9:]+|[A-Z]{3,4}", raw):
        hint = "an offset or an abbreviation does not know when clocks change: name the place"
    raise Mismatch(f"{shown(raw)} is not a time zone", expected, id="E015", hint=hint)
