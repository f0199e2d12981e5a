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

LINE_MAX = 65_536
"""Signs of a line: programs fold theirs at 75, and the library takes seconds for one of many millions."""

EVENTS_MAX = 20_000
"""Events of one calendar, as they are written: ten years of a shift every four hours."""

OCCURRENCES_MAX = 10_000
"""Events of one calendar, as they are repeated for the time that is looked at: three at once, every four hours."""

_UTC = ZoneInfo("UTC")
_NO_PERSONS = frozenset({"ROOM", "RESOURCE"})
_MINUTES_MAX = 4
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})

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
        series = _series(uid, components)
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


def _series(uid: str, components: list[Component]) -> Series:
    """Return a series before it is repeated; its first component without a RECURRENCE-ID is the master."""
    master = next((one for one in components if "RECURRENCE-ID" not in one), components[0])
    rules = _listed(master.get("RRULE"))
    found = Series(
        uid=plain(uid),
        summary=plain(str(master.get("SUMMARY", ""))),
        repeats=bool(rules) or "RDATE" in master,
        is_endless=any("UNTIL" not in rule and "COUNT" not in rule for rule in rules),
    )
    try:
        if any(_is_too_often(rule) for rule in rules):
            found.fault = "it comes again every minute or oftener"
        elif any(int(one) < 1 for rule in rules for one in _listed(rule.get("INTERVAL"))):
            found.fault = "its INTERVAL is none"  # with 0 it would come again at the same instant, for ever
        elif "DTSTART" not in master:
            found.fault = "it has no DTSTART"
    except _WRONG as wrong:
        found.fault = plain(str(wrong)) or type(wrong).__name__
    return found


def _is_too_often(rule: Component) -> bool:
    """Would a rule give more in a year than anybody can be on call? It is asked before it is followed."""
    often = {str(one).upper() for one in _listed(rule.get("FREQ"))}
    return bool(often & _TOO_OFTEN) or "BYSECOND" in rule or len(_listed(rule.get("BYMINUTE"))) > _MINUTES_MAX


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
        series.fault = plain(str(wrong)) or type(wrong).__name__


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
    for one in _listed(component.get("ATTENDEE")):
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


def _listed(value: Component) -> list[Component]:
    return [] if value is None else value if isinstance(value, list) else [value]


LOOK_BACK = timedelta(weeks=16)
"""How far back events are read: a rotation is found by its rounds, and those to come may be too few."""
