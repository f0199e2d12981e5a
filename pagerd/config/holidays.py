"""Reads `rotations/holidays.yaml`: calendars of holidays by name, of dates that are written and of a country's own.

A country's days come from the package `holidays`, an extra. They are computed for all years that a date of the files
may have, so that the plan is the same whenever the files are read.
"""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from pagerd.config import kinds, times
from pagerd.config.document import Node
from pagerd.config.findings import Span
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    defaulted,
    fields,
    mapping_of,
    optional,
    required,
    scalar,
    shaped,
)
from pagerd.config.values import Mismatch, shown
from pagerd.core.business_days import CalendarRules
from pagerd.core.suggestions import listed, nearest

FILE = "rotations/holidays.yaml"

Days = Mapping[date, str]
"""Holidays, each with its name."""


def _code(raw: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", raw):
        hint = f"write {raw.upper()}" if re.fullmatch(r"[A-Za-z]{2}", raw) else ""
        raise Mismatch(f"{shown(raw)} is not the code of a country", "two capital letters such as DE", hint=hint)
    return raw


_COUNTRY = scalar("code of a country", "", _code)
_DATE: Kind[str] = scalar("date", "", lambda raw: times.day(raw).isoformat())
BY_DATE: Kind[Mapping[str, str]] = mapping_of(_DATE, kinds.TEXT)

COUNTRY = optional("country", _COUNTRY, "its public holidays, by ISO 3166; needs the extra `holidays`")
REGION = optional(
    "region", kinds.TEXT, "a part of the country with holidays of its own, such as BY", "the whole country"
)
DAYS = defaulted("days", BY_DATE, {}, "none", "days by date, each with its name; they come besides", structure=True)
CALENDAR = Shape(
    "a calendar of holidays",
    "`holidays` in `rotations/holidays.yaml`, by name",
    "Days that are holidays, each from midnight to midnight in the zone of whoever asks.",
    (COUNTRY, REGION, DAYS),
)


def _make(reader: Reader, found: Fields, path: Path) -> Days:
    days = dated(found[DAYS])
    country, region = found[COUNTRY], found[REGION]
    if region is not None and COUNTRY not in found:
        reader.report("E208", found.span_of(REGION), "there is no country to be a part of", "country: DE")
    if country:
        span = found.span_of(REGION if region is not None else COUNTRY)
        days = {**_of_country(reader, country, region, span), **days}
    elif not any(key in found for key in (COUNTRY, REGION, DAYS)):
        reader.report("E208", found.span, f"calendar {path[-1]} has no day in it", "country, days or both")
    return days


def _of_country(reader: Reader, country: str, region: str | None, span: Span) -> Days:
    try:
        return _computed(country, region)
    except ModuleNotFoundError:
        message = f"the holidays of {country} cannot be computed: the package holidays is not installed"
        reader.report("E208", span, message, "pip install 'pagerd[holidays]'", "or write the dates under days")
    except NotImplementedError:
        where = country if region is None else f"{country}, {region}"
        message = f"the package holidays does not know {where}"
        reader.report("E208", span, message, "a country and region that it knows", "or write the dates under days")
    return {}


@cache
def _computed(country: str, region: str | None) -> Days:
    """Return a country's holidays. Raises ModuleNotFoundError, and NotImplementedError for one that is not known."""
    import holidays  # noqa: PLC0415  # an extra, and only where a calendar names a country

    years = range(times.YEAR_MIN, times.YEAR_MAX + 1)
    with warnings.catch_warnings():
        # It says on stderr for which of these years it knows nothing; the documentation says so to whoever asks.
        warnings.simplefilter("ignore")
        found = holidays.country_holidays(country, subdiv=region, years=years)
    return dict(sorted(found.items()))


_CALENDARS: Kind[Mapping[str, Days]] = mapping_of(
    kinds.NAME, shaped(CALENDAR, {}, _make), name="mapping of names to calendars"
)
CALENDARS = required("holidays", _CALENDARS, "the calendars, by the name that teams and layers use", structure=True)
FILE_SHAPE = Shape(FILE, f"`{FILE}`", "Calendars of holidays.", (CALENDARS,))
SHAPES = (FILE_SHAPE, CALENDAR)

NAMES = defaulted(
    "holidays",
    kinds.NAMES,
    (),
    "none",
    "calendars of `rotations/holidays.yaml`, besides those days of `rules/incidents.yaml` that are the team's",
)
"""The key of a team."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """All holidays of the files: calendars by name, and what `rules/incidents.yaml` says of everybody and of teams."""

    named: Mapping[str, Days] = field(default_factory=dict)
    rules: CalendarRules = field(default_factory=CalendarRules)
    is_whole: bool = True
    """Not where the file could not be read: then no name of it is a mistake."""

    def of_team(self, team: str, named: Days) -> Days:
        """Return a team's holidays: everybody's, those of the calendars that it names, and its own."""
        return {**self.rules.holidays, **named, **self.rules.own_holidays.get(team, {})}

    def of(self, reader: Reader, names: tuple[str, ...], path: Path) -> Days:
        """Return the days of calendars; a name that none has is a finding."""
        days: dict[date, str] = {}
        for place, name in enumerate(names, 1):
            if name and name not in self.named and self.is_whole:
                span = reader.span_of((*path, str(place)), Span(FILE))
                expected = listed(self.named) or f"a calendar of {FILE}: none is there yet"
                reader.report(
                    "E021", span, f"there is no calendar of holidays {name}", expected, nearest(name, self.named)
                )
            days |= self.named.get(name, {})
        return days


def dated(days: Mapping[str, str]) -> Days:
    """Return days by date, of days by what was written."""
    return {date.fromisoformat(day): name for day, name in days.items() if day}


def read_holidays(reader: Reader, node: Node | None, rules: CalendarRules, *, is_whole: bool) -> Holidays:
    """Read the calendars; without the file there are none."""
    named = fields(reader, node, FILE_SHAPE, (), Span(FILE))[CALENDARS] if node is not None else {}
    return Holidays(named, rules, is_whole)
