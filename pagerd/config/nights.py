"""`nights` in `pagerd.yaml`: whether people are asked how long they were up, and what work by night earns."""

from pagerd.config import kinds
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, choice, defaulted, shaped
from pagerd.core.worklog.rules import NightRules, RestKind

_DEFAULT = NightRules()

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
    "rest_after", kinds.DURATION, _DEFAULT.rest_after, "1h", "how much work in one night earns nothing yet"
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
NIGHTS = Shape(
    "nights",
    "`nights`",
    "What becomes of work by night.",
    (ASK, REST, REST_AFTER, MORNING_ENDS, REST_LASTS, PROVISIONAL_FROM),
)


def _make(reader: Reader, found: Fields, path: Path) -> NightRules:
    del path
    provisional, ends = found[PROVISIONAL_FROM], found[MORNING_ENDS]
    if found[REST] is RestKind.MORNING and provisional is not None and provisional >= ends:
        message = "the morning would be over before it is granted"
        reader.report("E010", found.span_of(MORNING_ENDS), message, f"later than {provisional:%H:%M}")
    return NightRules(
        asks=found[ASK],
        rest=found[REST],
        rest_after=found[REST_AFTER],
        morning_ends=ends,
        rest_lasts=found[REST_LASTS],
        provisional_from=provisional,
    )


KIND: Kind[NightRules] = shaped(NIGHTS, NightRules(), _make)
