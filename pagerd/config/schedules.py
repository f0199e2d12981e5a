"""Reads schedules: layers on top of each other, side by side, and copies."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pagerd.config import expected, kinds
from pagerd.config.document import Items, Node, Scalar
from pagerd.config.holidays import FILE as HOLIDAYS_FILE
from pagerd.config.reader import (
    Fields,
    Kind,
    Path,
    Reader,
    Shape,
    defaulted,
    list_of,
    mapping_of,
    optional,
    required,
    shaped,
)
from pagerd.config.shifts import SHAPE as SHIFT
from pagerd.config.shifts import SHIFTS
from pagerd.config.times import turn_text
from pagerd.core.oncall.expected import Expected
from pagerd.core.oncall.schedule import Layer, Schedule
from pagerd.core.oncall.wall import instant

FOR_EVER = datetime(2000, 1, 1)  # noqa: DTZ001  # naive on purpose: a wall time of the layer's zone
"""Where a layer without turns starts: before anybody could ask."""

NOBODY = "none"

_SEVERAL = list_of(kinds.NAME, least=1, most=100)


def _read_member(reader: Reader, node: Node, path: Path) -> tuple[str, ...]:
    if isinstance(node, Items):
        return _SEVERAL.read(reader, node, path)
    if isinstance(node, Scalar) and node.text == NOBODY:
        return ()
    return (kinds.NAME.read(reader, node, path),)


MEMBER: Kind[tuple[str, ...]] = Kind(
    "person, list of people, or none", (), _read_member, {"anyOf": [kinds.NAME.schema, _SEVERAL.schema]}
)

LAYER_NAME = optional("name", kinds.TEXT, "what screens call it", "layer 1, layer 2...")
PEOPLE = required(
    "people",
    list_of(MEMBER, least=1, most=1000, empty_id="E206"),
    "who has the turns, in order; none is nobody, on purpose",
)
EVERY = optional("every", kinds.TURN, "how long a turn lasts", "one turn for ever")
START = optional("start", kinds.WALL_TIME, "when the first turn of the first person begins; needed with every")
LASTS = optional("for", kinds.TURN, "only the first part of each turn", "the whole turn")
SINCE = optional("from", kinds.WALL_TIME, "when the layer begins, where that is later than its first turn", "start")
UNTIL = optional("until", kinds.WALL_TIME, "when the layer ends", "never")
ONLY = defaulted(
    "only",
    list_of(kinds.WINDOW, least=1, most=50),
    (),
    "always",
    "windows of the week and holidays; one belongs to the day it starts on",
)
NOT_ON = defaulted(
    "not_on",
    list_of(kinds.WINDOW, least=1, most=50),
    (),
    "never",
    "windows in which the layer has nobody, such as holidays",
)
LAYER_HOLIDAYS = defaulted(
    "holidays", kinds.NAMES, (), "the team's", "calendars that `holidays` in its windows means, where not the team's"
)
LAYER_ZONE = optional("zone", kinds.ZONE, "the zone of its wall times", "the schedule's")
LAYER = Shape(
    "a layer",
    "`layers` of a schedule",
    "People in turns. A layer lies on top of those before it and hides them only where it has somebody; "
    "a list of layers in the list lies side by side.",
    (LAYER_NAME, EVERY, START, PEOPLE, LASTS, ONLY, NOT_ON, SINCE, UNTIL, LAYER_ZONE, LAYER_HOLIDAYS),
)

HolidaysOf = Callable[[tuple[str, ...], Path], frozenset[date]]
"""The holidays that calendars have, named at a place; those of the team where none is named."""

Located = Callable[[Reader, ZoneInfo, HolidaysOf], Layer]
Levels = tuple[tuple[Located, ...], ...]


def _make_layer(reader: Reader, found: Fields, path: Path) -> Located:
    every, lasts, start, since, until = found[EVERY], found[LASTS], found[START], found[SINCE], found[UNTIL]
    members, own_zone = found[PEOPLE], found[LAYER_ZONE]
    if every is not None and START not in found:
        reader.report(
            "E201", found.span_of(EVERY), "turns need a first one", "start: a wall time such as 2026-01-05 09:00"
        )
    if every is None and len(members) > 1:
        hint = "several people in one turn are a list in the list: [[ana, ben]]"
        reader.report("E201", found.span_of(PEOPLE), "several turns need a length", "every: 1 week", hint)
    if lasts is not None and every is None:
        reader.report("E201", found.span_of(LASTS), "there is no turn to have a part of", "every: 1 day")
    elif lasts is not None and every is not None and lasts.unit is every.unit and lasts.count >= every.count:
        message = f"{turn_text(lasts)} is no part of a turn of {turn_text(every)}"
        reader.report("E201", found.span_of(LASTS), message, "less than every")
    if since is not None and start is not None and since <= start:
        expected = "from after start: that is when the first turn of the first person begins"
        reader.report("E202", found.span_of(SINCE), "the layer begins no later than its first turn", expected)
    if until is not None and until <= max(start or FOR_EVER, since or FOR_EVER):
        reader.report("E202", found.span_of(UNTIL), "the layer ends before it starts", "until after start")
    name = found[LAYER_NAME] or "layer " + ".".join(path[path.index("layers") + 1 :])

    def located(reader: Reader, zone: ZoneInfo, holidays_of: HolidaysOf) -> Layer:
        mine = own_zone or zone
        reader.settle((*path, LAYER_ZONE.name), mine.key)
        reader.settle((*path, LAYER_NAME.name), name)
        if start is not None and START in found and instant(start, mine).astimezone(mine).replace(tzinfo=None) != start:
            message = f"{start:%Y-%m-%d %H:%M} does not exist in {mine.key}: the clock leaves it out"
            hint = "the turn begins at the first instant after the gap"
            reader.report("W204", found.span_of(START), message, "a wall time that exists", hint)
        return Layer(
            name=name,
            members=members or ((),),
            zone=mine,
            start=start or FOR_EVER,
            every=every,
            lasts=lasts,
            since=since,
            until=until,
            only=found[ONLY],
            not_on=found[NOT_ON],
            holidays=_holidays(reader, found, path, holidays_of),
        )

    return located


def _holidays(reader: Reader, found: Fields, path: Path, holidays_of: HolidaysOf) -> frozenset[date]:
    """Return the days that a layer's windows on holidays mean."""
    asking = next((key for key in (ONLY, NOT_ON) if any(window.on_holidays for window in found[key])), None)
    if asking is None:
        if LAYER_HOLIDAYS in found:
            message, expected = "no window of the layer is one on holidays", "only or not_on: [holidays]"
            reader.report("E209", found.span_of(LAYER_HOLIDAYS), message, expected)
        return frozenset()
    days = holidays_of(found[LAYER_HOLIDAYS], (*path, LAYER_HOLIDAYS.name))
    # A calendar that is not there or has no day is a mistake of its own.
    if not days and not any(one.span.file == HOLIDAYS_FILE or one.id == "E021" for one in reader.findings):
        message = "the layer asks for holidays, and the team has none"
        reader.report("E209", found.span_of(asking), message, f"holidays: a calendar of {HOLIDAYS_FILE}")
    return days


def _blank_layer(reader: Reader, zone: ZoneInfo, holidays_of: HolidaysOf) -> Layer:
    del reader, holidays_of
    return Layer(name="", members=((),), zone=zone, start=FOR_EVER)


_LAYER: Kind[Located] = shaped(LAYER, _blank_layer, _make_layer)
_BESIDE = list_of(_LAYER, least=1, most=50)


def _read_level(reader: Reader, node: Node, path: Path) -> tuple[Located, ...]:
    if isinstance(node, Items):
        return _BESIDE.read(reader, node, path)
    return (_LAYER.read(reader, node, path),)


_LEVEL: Kind[tuple[Located, ...]] = Kind(
    "layer, or list of layers side by side", (), _read_level, {"anyOf": [_LAYER.schema, _BESIDE.schema]}
)

ZONE = optional("zone", kinds.ZONE, "the zone of its wall times", "the team's")
LAYERS = defaulted(
    "layers",
    list_of(_LEVEL, least=1, most=100, empty_id="E206"),
    (),
    "none",
    "who is on call, from the bottom up",
    structure=True,
)
COPY = optional("copy", kinds.NAME, "the schedule to follow, instead of layers")
OFFSET = defaulted("offset", kinds.INTEGER, 1, "1", "how many turns later there: 1 is whoever comes next")
CHECKS = defaulted(
    "checks",
    expected.KIND,
    expected.as_before,
    "as the team's",
    "what `check` expects of this schedule",
    structure=True,
)
FIXED = defaulted("shifts", SHIFTS, (), "none", "people who are on call once, on top of the layers", structure=True)
SHADOW = defaulted(
    "shadow",
    list_of(kinds.NAME, least=1, most=100),
    (),
    "none",
    "who is told quietly of pages, and never counted on",
)
SCHEDULE = Shape(
    "a schedule",
    "`schedules` of a team, by name",
    "Who is on call when.",
    (ZONE, LAYERS, COPY, OFFSET, FIXED, SHADOW, CHECKS),
)

OFFSET_MAX = 100

Placed = Callable[[Reader, ZoneInfo, str, Expected, HolidaysOf], Schedule]
"""A schedule that waits for its team's zone, for what the team expects, and for its holidays."""


def _make_schedule(reader: Reader, found: Fields, path: Path) -> Placed:
    copy, offset = found[COPY], found[OFFSET]
    if copy is not None and LAYERS in found:
        reader.report("E203", found.span_of(COPY), "a copy has no layers of its own", "copy, or layers")
    if copy is None and LAYERS not in found and FIXED not in found:
        reader.report("E206", found.span, f"schedule {path[-1]} has nobody in it", "layers, copy or shifts")
    if copy is None and OFFSET in found:
        reader.report("E203", found.span_of(OFFSET), "there is nothing to be offset from", "offset beside copy")
    if copy is not None and not 1 <= offset <= OFFSET_MAX:
        reader.report("E203", found.span_of(OFFSET), f"an offset of {offset} means nothing", f"1 to {OFFSET_MAX}")

    def placed(reader: Reader, zone: ZoneInfo, team: str, team_expects: Expected, holidays_of: HolidaysOf) -> Schedule:
        mine = found[ZONE] or zone
        reader.settle((*path, ZONE.name), mine.key)
        if copy is None:
            reader.settle((*path, OFFSET.name), "none")
        levels = tuple(tuple(layer(reader, mine, holidays_of) for layer in level) for level in found[LAYERS])
        return Schedule(
            id=path[-1],
            team=team,
            zone=mine,
            levels=levels,
            copy=copy,
            offset=offset if copy else 0,
            expected=found[CHECKS](team_expects),
            fixed=tuple(shift.placed(mine) for shift in found[FIXED]),
            shadows=found[SHADOW],
        )

    return placed


def _blank_schedule(
    reader: Reader, zone: ZoneInfo, team: str, team_expects: Expected, holidays_of: HolidaysOf
) -> Schedule:
    del reader, team_expects, holidays_of
    return Schedule(id="", team=team, zone=zone)


SCHEDULES: Kind[Mapping[str, Placed]] = mapping_of(
    kinds.NAME, shaped(SCHEDULE, _blank_schedule, _make_schedule), name="mapping of names to schedules"
)
SHAPES = (SCHEDULE, LAYER, SHIFT, *expected.SHAPES)
