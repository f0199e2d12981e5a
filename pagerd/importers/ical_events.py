"""Reads a calendar, and repeats its events: the only place that knows the libraries, which are an extra.

Each series (one UID: an event, its repetitions, those moved or cancelled) is repeated on its own, so that one which is
wrong costs only itself and is named.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from pagerd.config import times
from pagerd.config.values import Mismatch
from pagerd.core.errors import Unreadable
from pagerd.core.oncall.wall import instant
from pagerd.importers.exports import plain
from pagerd.importers.ical_rules import fault_of_rules, listed, times_a_day

LINE_MAX = 65_536
"""Signs of a line: programs fold theirs at 75, and the library takes seconds for one of many millions."""

EVENTS_MAX = 20_000
"""Events of one calendar, as they are written: ten years of a shift every four hours."""

OCCURRENCES_MAX = 10_000
"""Events of one calendar, as they are repeated for the time that is looked at: three at once, every four hours."""

REPETITIONS_MAX = 100_000
"""Repetitions of one event from the first one on. The library follows a rule from its beginning, so one of each hour
since the year 1 is minutes of work; this is eleven years of each hour, and more than anybody's of each day."""

AT_ONCE_MAX = 1_000
"""Repetitions of one event that can be on at once. The library makes all of them before it says how many they are."""

_UTC = ZoneInfo("UTC")
_NO_PERSONS = frozenset({"ROOM", "RESOURCE"})

# The libraries have types that say `Any` in nearly every place: values of a calendar may be of any kind.
Component = Any


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody whom an event names by an address."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event on one date, in UTC."""

    start: datetime
    end: datetime
    series: str
    summary: str
    attendees: tuple[Attendee, ...]
    organizer: Attendee | None


@dataclass(slots=True)
class Series:
    """An event with its repetitions, or why it cannot be read."""

    uid: str
    summary: str
    repeats: bool
    is_endless: bool
    events: list[Event] = field(default_factory=list)
    fault: str = ""


_WRONG = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError, OSError)
"""What the library raises depends on what is wrong, and it may do so when a property is looked at, long after it was
read; the name of a zone is that of a file. All of it means that the calendar, or this series, is wrong."""


@dataclass(slots=True)
class Calendar:
    """A calendar's name and zone, its series, and what was not written as it should be."""

    name: str
    zone: ZoneInfo
    has_zone: bool
    series: list[Series] = field(default_factory=list)
    all_day: int = 0
    floating: int = 0
    cancelled: int = 0


def _libraries(file: str) -> tuple[Component, Callable[[Component], Component]]:
    """Return the class of calendars, and what repeats one. Raises Unreadable that says what to install."""
    try:
        import icalendar  # noqa: PLC0415  # an extra
        import recurring_ical_events  # type: ignore[import-untyped]  # noqa: PLC0415  # the same; it has no types
    except ModuleNotFoundError as missing:
        raise Unreadable(
            f"reading {file}: calendars need the packages icalendar and recurring-ical-events: "
            f"pip install 'pagerd[ical]' ({missing.name} is missing)"
        ) from None
    return icalendar.Calendar, partial(recurring_ical_events.of, components=["VEVENT"])


def read_calendar(text: str, file: str, start: datetime, end: datetime) -> Calendar:
    """Return the events of a calendar that are on from `start` until before `end`. Raises Unreadable."""
    icalendar, repeated = _libraries(file)
    if text.count("BEGIN:VEVENT") > EVENTS_MAX:
        raise Unreadable(f"reading {file}: it has more than {EVENTS_MAX:,} events")
    number, size = max(enumerate(map(len, text.splitlines()), 1), key=lambda line: line[1], default=(1, 0))
    if size > LINE_MAX:
        what = f"line {number} has {size:,} signs, and no calendar has more than {LINE_MAX:,}"
        raise Unreadable(f"reading {file}: {what}")
    try:
        source = icalendar.from_ical(text)
    except _WRONG as wrong:
        raise Unreadable(f"reading {file}: it is no calendar: {plain(str(wrong)) or type(wrong).__name__}") from None
    if getattr(source, "name", "") != "VCALENDAR":
        raise Unreadable(f"reading {file}: it is no calendar: it does not begin with BEGIN:VCALENDAR")
    zone = _zone_of(source)
    calendar = Calendar(plain(str(source.get("X-WR-CALNAME", ""))), zone or _UTC, zone is not None)
    groups: dict[str, list[Component]] = {}
    for place, component in enumerate(source.walk("VEVENT")):
        groups.setdefault(str(component.get("UID", f"event {place + 1}")), []).append(component)
    left = OCCURRENCES_MAX
    for uid, components in groups.items():
        series = _series(uid, components, calendar.zone, end)
        calendar.series.append(series)
        if not series.fault:
            alone = _alone(icalendar(), source, components)
            _repeat(calendar, series, partial(_between, repeated, alone, start, end), (start, end), left)
        left -= len(series.events)
    return calendar


def _alone(empty: Component, source: Component, components: list[Component]) -> Component:
    """Return a calendar of one series, in the zone that the whole one says it is in."""
    if "X-WR-TIMEZONE" in source:
        empty.add("X-WR-TIMEZONE", str(source["X-WR-TIMEZONE"]))
    for component in components:
        empty.add_component(component)
    return empty


def _between(
    repeated: Callable[[Component], Component], alone: Component, start: datetime, end: datetime
) -> Iterable[Component]:
    found: Iterable[Component] = repeated(alone).between(start, end)
    return found


def _series(uid: str, components: list[Component], zone: ZoneInfo, end: datetime) -> Series:
    """Return a series before it is repeated; its first component without a RECURRENCE-ID is the master."""
    master = next((one for one in components if "RECURRENCE-ID" not in one), components[0])
    rules = listed(master.get("RRULE"))
    found = Series(
        uid=plain(uid),
        summary=plain(str(master.get("SUMMARY", ""))),
        repeats=bool(rules) or "RDATE" in master,
        is_endless=any("UNTIL" not in rule and "COUNT" not in rule for rule in rules),
    )
    try:
        found.fault = _fault_of(master, components, zone, end)
    except _WRONG as wrong:
        found.fault = f"it cannot be read: {plain(str(wrong)) or type(wrong).__name__}"
    return found


def _fault_of(master: Component, components: list[Component], zone: ZoneInfo, end: datetime) -> str:
    """Return why a series is not to be repeated, or nothing. It is asked before a rule is followed.

    Each component is asked: of several without a RECURRENCE-ID the library follows the one with the highest SEQUENCE.
    """
    rules = [listed(component.get("RRULE")) for component in components]
    if wrong := next(filter(None, map(fault_of_rules, rules)), ""):
        return wrong
    if "DTSTART" not in master:
        return "it has no DTSTART"
    lengths = [length for component in components for length in _lengths(component, zone)] or [timedelta(0)]
    if min(lengths) < timedelta(0):
        return "it ends before it begins"
    a_day = max(map(times_a_day, rules))
    first = min(_instant(one["DTSTART"].dt, zone) for one in components if "DTSTART" in one)
    if (end - first).days * a_day > REPETITIONS_MAX:
        return f"it comes again since {first:%Y-%m-%d}, and that is more than {REPETITIONS_MAX:,} times"
    if max(lengths).days * a_day > AT_ONCE_MAX:
        lasts = f"it lasts {max(lengths).days:,} days"
        return f"{lasts} and comes again before that is over, more than {AT_ONCE_MAX:,} times"
    return ""


def _lengths(component: Component, zone: ZoneInfo) -> Iterator[timedelta]:
    """Give how long an event lasts, as it is written: which of two the library takes is not ours to guess."""
    if "DURATION" in component:
        yield component["DURATION"].dt
    if "DTSTART" in component and "DTEND" in component:
        yield _instant(component["DTEND"].dt, zone) - _instant(component["DTSTART"].dt, zone)


def _repeat(
    calendar: Calendar,
    series: Series,
    ask: Callable[[], Iterable[Component]],
    span: tuple[datetime, datetime],
    left: int,
) -> None:
    """Fill in the events of a series. What cannot be repeated becomes its fault."""
    start, end = span
    try:
        for component in ask():
            event = _event(calendar, series.uid, component)
            if len(series.events) >= left:
                raise Unreadable(f"repeating the calendar: its events come more than {OCCURRENCES_MAX:,} times")
            if event is not None and event.start < end and event.end > start:
                series.events.append(event)
    except _WRONG as wrong:
        series.events.clear()
        series.fault = f"it cannot be repeated: {plain(str(wrong)) or type(wrong).__name__}"


def _event(calendar: Calendar, uid: str, component: Component) -> Event | None:
    """Return one event on its date; None for one that is cancelled or has no length."""
    if str(component.get("STATUS", "")).upper() == "CANCELLED":
        calendar.cancelled += 1
        return None
    begins, ends = component["DTSTART"].dt, component["DTEND"].dt
    if not isinstance(begins, datetime):
        calendar.all_day += 1
    elif begins.tzinfo is None:
        calendar.floating += 1
    start, end = _instant(begins, calendar.zone), _instant(ends, calendar.zone)
    if end <= start:
        return None
    organizer = component.get("ORGANIZER")
    return Event(
        start=start,
        end=end,
        series=uid,
        summary=plain(str(component.get("SUMMARY", ""))),
        attendees=tuple(_attendees(component)),
        organizer=None if organizer is None else _attendee(organizer),
    )


def _instant(value: date | datetime, zone: ZoneInfo) -> datetime:
    """Return an instant; a date is its midnight, and a time without a zone one of the calendar's."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return instant(value, zone) if value.tzinfo is None else value.astimezone(UTC)


def _attendees(component: Component) -> Iterator[Attendee]:
    for one in listed(component.get("ATTENDEE")):
        parameters = getattr(one, "params", {})
        declined = str(parameters.get("PARTSTAT", "")).upper() == "DECLINED"
        if not declined and str(parameters.get("CUTYPE", "")).upper() not in _NO_PERSONS:
            yield _attendee(one)


def _attendee(address: Component) -> Attendee:
    text = plain(str(address))
    scheme, colon, rest = text.partition(":")
    mail = rest if colon and scheme.lower() == "mailto" else text if not colon else ""
    return Attendee(plain(str(getattr(address, "params", {}).get("CN", ""))), mail)


def _zone_of(source: Component) -> ZoneInfo | None:
    """Return the zone a calendar says it is in, else the one that most of its events begin in."""
    named = [str(source.get("X-WR-TIMEZONE", ""))]
    keys: dict[str, int] = {}
    for component in source.walk("VEVENT"):
        value = None
        with contextlib.suppress(*_WRONG):
            value = getattr(component.get("DTSTART"), "dt", None)
        key = getattr(value.tzinfo, "key", "") if isinstance(value, datetime) and value.tzinfo is not None else ""
        if key and key != "UTC":
            keys[key] = keys.get(key, 0) + 1
    for name in (*named, *sorted(keys, key=lambda key: (-keys[key], key))):
        try:
            return times.zone(name)
        except Mismatch:
            continue
    return None


LOOK_BACK = timedelta(weeks=16)
"""How far back events are read: a rotation is found by its rounds, and those to come may be too few."""
