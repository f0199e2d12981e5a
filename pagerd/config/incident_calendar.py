"""`calendar` in `rules/incidents.yaml`: which days are business days, for what is due in so many of them."""

from collections.abc import Mapping

from pagerd.config import kinds
from pagerd.config.holidays import BY_DATE, dated
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, defaulted, mapping_of, optional, shaped
from pagerd.core.business_days import CalendarRules

HOURS = optional("hours", kinds.BUSINESS_HOURS, "weekdays that are business days, and their hours", "each team's own")
ZONE = optional("zone", kinds.ZONE, "the zone of these hours and days", "each team's own")
HOLIDAYS = defaulted("holidays", BY_DATE, {}, "none", "days on which nobody works, each with its name", structure=True)
TEAMS: Kind[Mapping[str, Mapping[str, str]]] = mapping_of(kinds.NAME, BY_DATE)
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
        holidays=dated(found[HOLIDAYS]),
        own_holidays={team: dated(days) for team, days in found[TEAM_HOLIDAYS].items()},
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


KIND: Kind[CalendarRules] = shaped(SHAPE, CalendarRules(), _make)
KEY = defaulted("calendar", KIND, CalendarRules(), "below", "which days are business days", structure=True)
