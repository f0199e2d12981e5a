"""Builders for the tests of on-call: layers, schedules and books in few words, and where clocks change.

`at("2026-03-29 01:00")` is an instant in UTC, `wall(...)` the same text as a naive wall time.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pagerd.core.oncall.schedule import (
    Away,
    Book,
    FixedShift,
    Layer,
    Override,
    OverrideKind,
    Schedule,
    Turn,
    Unit,
    Window,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
APIA = ZoneInfo("Pacific/Apia")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
HAVANA = ZoneInfo("America/Havana")
UTC_ZONE = ZoneInfo("UTC")

CHANGES = (
    (BERLIN, "2026-03-29"),
    (BERLIN, "2026-10-25"),
    (BERLIN, "2049-03-28"),
    (BERLIN, "2049-10-31"),
    (NEW_YORK, "2026-03-08"),
    (NEW_YORK, "2026-11-01"),
    (LORD_HOWE, "2026-04-05"),
    (LORD_HOWE, "2026-10-04"),
    (KATHMANDU, "1986-01-01"),
    (APIA, "2011-12-30"),
    (APIA, "2012-04-01"),
    (SAO_PAULO, "2018-02-18"),
    (SAO_PAULO, "2018-11-04"),
    (HAVANA, "2026-11-01"),
    (UTC_ZONE, "2026-02-28"),
)
"""Days on which a zone's clocks change, by an hour, by 30 or 15 minutes, at midnight, by a day; and one quiet day."""

HOUR, DAY, WEEK, MONTH = (Turn(1, unit) for unit in (Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS))
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})


def at(text: str) -> datetime:
    """Read an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(text: str) -> datetime:
    """Read a naive wall time."""
    return datetime.fromisoformat(text)


def members(text: str) -> tuple[tuple[str, ...], ...]:
    """Read turns: `ana ben+cho -` is ana, then ben and cho together, then nobody."""
    return tuple(() if turn == "-" else tuple(turn.split("+")) for turn in text.split())


def layer(people: str, start: str = "2026-01-05 09:00", every: Turn | None = WEEK, **changes: Any) -> Layer:
    """Return a layer of Berlin in weekly turns, unless told otherwise."""
    ends = {
        key: None if text is None else wall(text) for key in ("since", "until") for text in [changes.pop(key, None)]
    }
    known = {"name": people, "zone": BERLIN, "members": members(people), "start": wall(start), "every": every}
    return Layer(**known | changes | ends)


def window(weekdays: Iterable[int] = EVERY_DAY, start: str = "00:00", end: str = "00:00") -> Window:
    """Return a restriction to weekdays and hours."""
    return Window(frozenset(weekdays), time.fromisoformat(start), time.fromisoformat(end))


def week_span(opens: int, start: str, closes: int, end: str) -> Window:
    """Return a restriction to a span of the week, between two weekdays (0 is Monday) and hours."""
    return Window(frozenset({opens}), time.fromisoformat(start), time.fromisoformat(end), ends_on=closes)


def on_holidays(start: str = "00:00", end: str = "00:00") -> Window:
    """Return a restriction to hours of holidays."""
    return Window(start=time.fromisoformat(start), end=time.fromisoformat(end), on_holidays=True)


def days(*texts: str) -> frozenset[date]:
    """Read dates."""
    return frozenset(date.fromisoformat(text) for text in texts)


def fixed(people: str, start: str, end: str, shadows: str = "") -> FixedShift:
    """Return a fixed shift in UTC: `cho+dan` are both in it."""
    named = [tuple(one for one in text.split("+") if one) for text in (people, shadows)]
    return FixedShift(start=at(start), end=at(end), people=named[0], shadows=named[1])


def schedule(
    *levels: Layer | tuple[Layer, ...], name: str = "primary", zone: ZoneInfo = BERLIN, **besides: Any
) -> Schedule:
    """Return a schedule of levels, the lowest first; layers side by side come as a tuple."""
    stacked = tuple(level if isinstance(level, tuple) else (level,) for level in levels)
    return Schedule(id=name, team="payments", zone=zone, levels=stacked, **besides)


def copy(offset: int, of: str = "primary", name: str = "secondary", **besides: Any) -> Schedule:
    """Return a schedule that copies another."""
    return Schedule(id=name, team="payments", zone=BERLIN, copy=of, offset=offset, **besides)


def book(*parts: Schedule | Override | Away) -> Book:
    """Return a book of schedules, overrides and absences, in whatever order they come."""
    return Book(
        schedules={part.id: part for part in parts if isinstance(part, Schedule)},
        overrides=tuple(part for part in parts if isinstance(part, Override)),
        away=tuple(part for part in parts if isinstance(part, Away)),
    )


def override(text: str, *, start: str = "2026-01-01", end: str = "2027-01-01", **changes: Any) -> Override:
    """Read an override: `cho for ana` (or for `all`), `+ cho`, `- ana`; in force for the whole of 2026 unless told."""
    known: dict[str, Any] = {"id": text, "schedule": "primary", "start": at(start), "end": at(end)}
    match text.split():
        case ["+", people]:
            known |= {"kind": OverrideKind.ADD, "people": tuple(people.split("+"))}
        case ["-", person]:
            known |= {"kind": OverrideKind.REMOVE, "instead_of": person}
        case [people, "for", "all"]:
            known |= {"kind": OverrideKind.EVERYBODY, "people": tuple(people.split("+"))}
        case [people, "for", person]:
            known |= {"kind": OverrideKind.REPLACE, "people": tuple(people.split("+")), "instead_of": person}
        case _:
            raise AssertionError(text)
    return Override(**known | changes)


def away(person: str, start: str = "2026-01-01", end: str = "2027-01-01") -> Away:
    """Return an absence, for the whole of 2026 unless told."""
    return Away(person=person, start=at(start), end=at(end))
