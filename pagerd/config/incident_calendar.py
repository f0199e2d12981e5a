"""`calendar` in `rules/incidents.yaml`: which days are business days, for what is due in so many of them."""

from collections.abc import Mapping
from datetime import date

from pagerd.config import kinds, times
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, defaulted, mapping_of, optional, scalar, shaped
from pagerd.core.business_days import CalendarRules

_DATE: Kind[str] = scalar("date", "", lambda raw: times.day(raw).isoformat())
_BY_DATE: Kind[Mapping[str, str]] = mapping_of(_DATE, kinds.TEXT)

HOURS = optional("hours", kinds.BUSINESS_HOURS, "weekdays that are business days, and their hours", "each team's own")
ZONE = optional("zone", kinds.ZONE, "the zone of these hours and days", "each team's own")
HOLIDAYS = defaulted("holidays", _BY_DATE, {}, "none", "days on which nobody works, each with its name", structure=True)
TEAMS: Kind[Mapping[str, Mapping[str, str]]] = mapping_of(kinds.NAME, _BY_DATE)
TEAM_HOLIDAYS = defaulted(
    "team_holidays", TEAMS, {}, "none", "by team, days on which that team alone does not work", structure=True
)
SHAPE = Shape(
    "the calendar",
    "`calendar`",
    "Business days. What is due in business days is due when the last of them ends, and reminded of when one begins.",
    (HOURS, ZONE, HOLIDAYS, TEAM_HOLIDAYS),
)


def _make(reader: Reader, found: Fields, path: Path) -> CalendarRules:
    del reader, path
    hours = found[HOURS]
    rules = CalendarRules(
        zone=found[ZONE],
        holidays=_dated(found[HOLIDAYS]),
        own_holidays={team: _dated(days) for team, days in found[TEAM_HOLIDAYS].items()},
    )
    if hours is None:
        return rules
    return CalendarRules(
        weekdays=hours.weekdays,
        start=hours.start,
        end=hours.end,
        zone=rules.zone,
        holidays=rules.holidays,
        own_holidays=rules.own_holidays,
    )


def _dated(days: Mapping[str, str]) -> Mapping[date, str]:
    return {date.fromisoformat(day): name for day, name in days.items()}


KIND: Kind[CalendarRules] = shaped(SHAPE, CalendarRules(), _make)
KEY = defaulted("calendar", KIND, CalendarRules(), "below", "which days are business days", structure=True)
