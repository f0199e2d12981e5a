"""Reads dated exceptions to schedules: overrides and absences."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pagerd.config import kinds
from pagerd.config.findings import Span
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, list_of, one_or_more, optional, required, shaped
from pagerd.config.times import Moment
from pagerd.core.oncall.schedule import Away, Override, OverrideKind
from pagerd.core.oncall.wall import instant

_PEOPLE = one_or_more(kinds.NAME)

SCHEDULE = required("schedule", kinds.NAME, "a schedule of this team")
FROM = required("from", kinds.MOMENT, "when it starts, in the schedule's zone")
TO = required("to", kinds.MOMENT, "when it ends; a date without a time includes that day")
PERSON = optional("person", _PEOPLE, "who is on call then: for instead_of, or for everybody")
INSTEAD_OF = optional("instead_of", kinds.NAME, "whose place person takes", "everybody's")
ADD = optional("add", _PEOPLE, "who is on call besides")
REMOVE = optional("remove", kinds.NAME, "who is not")
WHY = optional("why", kinds.TEXT, "the reason, for the timeline")
OVERRIDE = Shape(
    "an override",
    "`overrides` of a team",
    "A dated exception to a schedule: `person` with `instead_of` replaces one, `person` alone replaces everybody, "
    "`add` and `remove` change one. Later entries beat earlier ones.",
    (SCHEDULE, FROM, TO, PERSON, INSTEAD_OF, ADD, REMOVE, WHY),
)

AWAY_PERSON = required("person", kinds.NAME, "who is away, from every schedule; the next in turn covers")
AWAY_FROM = required("from", kinds.MOMENT, "when it starts, in the person's zone")
AWAY_TO = required("to", kinds.MOMENT, "when it ends; a date without a time includes that day")
AWAY = Shape("an absence", "`away` of a team", "A person is out of every schedule.", (AWAY_PERSON, AWAY_FROM, AWAY_TO))

SHAPES = (OVERRIDE, AWAY)


@dataclass(frozen=True, slots=True)
class WrittenOverride:
    """An override whose wall times have no zone yet."""

    path: Path
    span: Span
    schedule: str
    start: Moment
    end: Moment
    kind: OverrideKind
    people: tuple[str, ...]
    instead_of: str | None
    why: str

    def placed(self, zone: ZoneInfo, order: int) -> Override:
        """Return the override in a schedule's zone."""
        start, end = instant(self.start.wall, zone), instant(self.end.as_end, zone)
        parts = (
            self.schedule,
            self.kind.value,
            start.isoformat(),
            end.isoformat(),
            *self.people,
            f"-{self.instead_of}",
        )
        return Override(
            id=content_id(parts),
            schedule=self.schedule,
            kind=self.kind,
            start=start,
            end=end,
            people=self.people,
            instead_of=self.instead_of,
            why=self.why,
            order=order,
        )


@dataclass(frozen=True, slots=True)
class WrittenAway:
    """An absence whose wall times have no zone yet."""

    path: Path
    person: str
    start: Moment
    end: Moment

    def placed(self, zone: ZoneInfo) -> Away:
        """Return the absence in the person's zone."""
        return Away(person=self.person, start=instant(self.start.wall, zone), end=instant(self.end.as_end, zone))


def content_id(parts: Iterable[str]) -> str:
    """Return an id that stays while lines move: made of what is written, not of where."""
    return "file-" + hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:8]


def check_span(reader: Reader, start: Moment, end: Moment, at: Span) -> None:
    """Note a span of time that is empty."""
    if end.as_end <= start.wall:
        reader.report("E202", at, "this ends before it starts", "an end after the start")


_EMPTY = Moment(datetime(2000, 1, 1), is_day=True)  # noqa: DTZ001  # a blank: never reaches a plan


def _make_override(reader: Reader, found: Fields, path: Path) -> WrittenOverride:
    person, instead_of, add, remove = found[PERSON], found[INSTEAD_OF], found[ADD], found[REMOVE]
    said = [key for key in (PERSON, ADD, REMOVE) if key in found]
    if len(said) != 1:
        message = "an override does one thing" if said else "this override does nothing"
        reader.report("E202", found.span_of(said[1]) if said else found.span, message, "one of person, add, remove")
    if instead_of is not None and PERSON not in found:
        reader.report("E202", found.span_of(INSTEAD_OF), "nobody takes the place", "person beside instead_of")
    if person is not None and instead_of in person:
        reader.report("E202", found.span_of(INSTEAD_OF), f"{instead_of} cannot take their own place", "another person")
    if FROM in found and TO in found:
        check_span(reader, found[FROM], found[TO], found.span_of(TO))
    kind = OverrideKind.REPLACE if instead_of else OverrideKind.EVERYBODY
    if remove is not None:
        kind, instead_of = OverrideKind.REMOVE, remove
    elif add is not None:
        kind, instead_of = OverrideKind.ADD, None
    people = add or person or ()
    return WrittenOverride(
        path, found.span, found[SCHEDULE], found[FROM], found[TO], kind, people, instead_of, found[WHY] or ""
    )


def _make_away(reader: Reader, found: Fields, path: Path) -> WrittenAway:
    if AWAY_FROM in found and AWAY_TO in found:
        check_span(reader, found[AWAY_FROM], found[AWAY_TO], found.span_of(AWAY_TO))
    return WrittenAway(path, found[AWAY_PERSON], found[AWAY_FROM], found[AWAY_TO])


_NO_OVERRIDE = WrittenOverride((), Span(""), "", _EMPTY, _EMPTY, OverrideKind.ADD, (), None, "")

OVERRIDES: Kind[tuple[WrittenOverride, ...]] = list_of(shaped(OVERRIDE, _NO_OVERRIDE, _make_override))
ABSENCES: Kind[tuple[WrittenAway, ...]] = list_of(shaped(AWAY, WrittenAway((), "", _EMPTY, _EMPTY), _make_away))


def placed_overrides(
    written: Iterable[WrittenOverride], zones: Mapping[str, ZoneInfo], fallback: ZoneInfo, first: int
) -> tuple[Override, ...]:
    """Return overrides in the zones of their schedules, in order."""
    return tuple(one.placed(zones.get(one.schedule, fallback), first + place) for place, one in enumerate(written))
