"""`nights` in `pagerd.yaml`: whether people are asked how long they were up, and what work by night earns."""

from datetime import timedelta
from enum import StrEnum

from pagerd.config import kinds, times
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, choice, defaulted, scalar, shaped
from pagerd.core.plan import BusinessHours
from pagerd.core.worklog.rules import MissedHours, NightRules, RestKind, RestMode, WorkingDay


class Day(StrEnum):
    """A day of the week, as the files write it."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_DEFAULT = NightRules()

_NO_HOURS: Kind[BusinessHours | None] = scalar(
    "weekdays and hours, or none", None, lambda raw: None if raw == "none" else times.business_hours(raw)
)
_LENGTH_OR_NONE: Kind[timedelta | None] = scalar(
    "duration or none", None, lambda raw: None if raw == "none" else times.duration(raw)
)
_LENGTH_OR_ANY: Kind[timedelta] = scalar(
    "duration or none", timedelta(hours=1), lambda raw: timedelta(0) if raw == "none" else times.duration(raw)
)
ASK = defaulted(
    "ask",
    kinds.BOOLEAN,
    _DEFAULT.asks,
    "true",
    "ask whoever was texted or called by night how long they were up, at the end of their night",
)
REST = defaulted(
    "rest", choice(RestKind, RestKind.MORNING), _DEFAULT.rest, "morning", "what more work in one night than that earns"
)
REST_AFTER = defaulted(
    "rest_after",
    _LENGTH_OR_ANY,
    _DEFAULT.rest_after,
    "1h",
    "how much work in one night earns nothing yet; none: any act",
)
MORNING_ENDS = defaulted(
    "morning_ends", kinds.CLOCK, _DEFAULT.morning_ends, "12:00", "until when a morning off lasts, on their own clock"
)
REST_LASTS = defaulted(
    "rest_lasts", kinds.DURATION, _DEFAULT.rest_lasts, "11h", "how long `hours` of rest last after the last act"
)
PROVISIONAL_FROM = defaulted(
    "provisional_from",
    kinds.CLOCK_OR_NEVER,
    _DEFAULT.provisional_from,
    "06:00",
    "from when on, on their own clock, a rest is in force that no lead has decided about",
)
REST_MODE = defaulted(
    "rest_mode",
    choice(RestMode, RestMode.RESTART),
    _DEFAULT.rest_mode,
    "restart",
    "of `hours`: does work restart the whole rest, or resume what was left of it since the working day",
)
WORKING_DAY = defaulted(
    "working_day", _NO_HOURS, None, "none", "when people work by day, on their own clock: for `hours` of rest"
)
MISSED_HOURS = defaulted(
    "missed_hours",
    choice(MissedHours, MissedHours.PAID),
    _DEFAULT.missed_hours,
    "paid",
    "what becomes of the hours of a working day that lie within a rest",
)
WEEKLY_REST = defaulted(
    "weekly_rest",
    _LENGTH_OR_NONE,
    _DEFAULT.weekly_rest,
    "none",
    "how long `hours` of rest last when the work ended on `weekly_rest_day`",
)
WEEKLY_REST_DAY = defaulted(
    "weekly_rest_day", choice(Day, Day.SUN), Day.SUN, "sun", "the day of the week on which nobody works"
)
NIGHTS = Shape(
    "nights",
    "`nights`",
    "What becomes of work by night.",
    (
        *(ASK, REST, REST_AFTER, MORNING_ENDS, REST_LASTS, PROVISIONAL_FROM),
        *(REST_MODE, WORKING_DAY, MISSED_HOURS, WEEKLY_REST, WEEKLY_REST_DAY),
    ),
)


def _make(reader: Reader, found: Fields, path: Path) -> NightRules:
    del path
    provisional, ends = found[PROVISIONAL_FROM], found[MORNING_ENDS]
    if found[REST] is RestKind.MORNING and provisional is not None and provisional >= ends:
        message = "the morning would be over before it is granted"
        reader.report("E010", found.span_of(MORNING_ENDS), message, f"later than {provisional:%H:%M}")
    hours = found[WORKING_DAY]
    if found[REST_MODE] is RestMode.RESUME and hours is None:
        message = "nobody knows from when on a rest was had"
        reader.report("E010", found.span_of(REST_MODE), message, "working_day: mon-fri 09:00-17:00")
    return NightRules(
        asks=found[ASK],
        rest=found[REST],
        rest_after=found[REST_AFTER],
        morning_ends=ends,
        rest_lasts=found[REST_LASTS],
        provisional_from=provisional,
        rest_mode=found[REST_MODE],
        working_day=WorkingDay(weekdays=hours.weekdays, start=hours.start, end=hours.end) if hours else None,
        missed_hours=found[MISSED_HOURS],
        weekly_rest=found[WEEKLY_REST],
        weekly_rest_day=tuple(Day).index(found[WEEKLY_REST_DAY]),
    )


KIND: Kind[NightRules] = shaped(NIGHTS, NightRules(), _make)
