"""Reads `shifts` of a schedule: people who are on call once, by name."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pagerd.config import kinds
from pagerd.config.exceptions import check_span
from pagerd.config.reader import Fields, Kind, Path, Reader, Shape, list_of, one_or_more, optional, required, shaped
from pagerd.config.times import Moment
from pagerd.core.oncall.schedule import FixedShift
from pagerd.core.oncall.wall import instant

_PEOPLE = one_or_more(kinds.NAME)

FROM = required("from", kinds.MOMENT, "when it starts, in the schedule's zone")
TO = required("to", kinds.MOMENT, "when it ends; a date without a time includes that day")
PERSON = optional("person", _PEOPLE, "who is on call then; the layers are hidden", "nobody: the layers show")
SHADOW = optional("shadow", _PEOPLE, "who is told besides, and never counted on")
SHAPE = Shape(
    "a fixed shift",
    "`shifts` of a schedule",
    "Once, for these dates. Fixed shifts lie on top of all layers and below the overrides; several at once are all on "
    "call. Whoever is away is not covered: the layers show.",
    (FROM, TO, PERSON, SHADOW),
)


@dataclass(frozen=True, slots=True)
class WrittenShift:
    """A fixed shift whose wall times have no zone yet."""

    start: Moment
    end: Moment
    people: tuple[str, ...]
    shadows: tuple[str, ...]

    def placed(self, zone: ZoneInfo) -> FixedShift:
        """Return the shift in a schedule's zone."""
        start, end = instant(self.start.wall, zone), instant(self.end.as_end, zone)
        return FixedShift(start=start, end=end, people=self.people, shadows=self.shadows)


def _make(reader: Reader, found: Fields, path: Path) -> WrittenShift:
    del path
    if PERSON not in found and SHADOW not in found:
        reader.report("E202", found.span, "this shift is nobody's", "person, shadow or both")
    if FROM in found and TO in found:
        check_span(reader, found[FROM], found[TO], found.span_of(TO))
    person, shadow = found[PERSON], found[SHADOW]
    return WrittenShift(found[FROM], found[TO], person or (), shadow or ())


_NONE = WrittenShift(kinds.MOMENT.blank, kinds.MOMENT.blank, (), ())

SHIFTS: Kind[tuple[WrittenShift, ...]] = list_of(shaped(SHAPE, _NONE, _make))
