"""What a picture of a schedule shows, lane by lane: how whoever is on call in the end comes to be it.

The highest layer is the uppermost lane, as it lies on those below it; where a layer hides another, the hidden turn is
still there and is marked. Below the layers are overrides and whoever is away, and below everything the answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from pagerd.core.oncall.schedule import Book, Layer, Override, OverrideKind, Schedule, Turn, Window
from pagerd.core.oncall.shifts import shifts

LAYERS_MAX, ROWS_MAX = 12, 4
"""Lanes of layers, and of overrides that overlap; of more a person sees nothing in a picture."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Kind(StrEnum):
    """What a block of a lane stands for, by its class in the picture."""

    TURN = "turn"
    HIDDEN = "hidden"
    OVERRIDE = "override"
    AWAY = "away"
    FINAL = "final"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a lane; `people` are those whose colour it has."""

    start: datetime
    end: datetime
    kind: Kind
    people: tuple[str, ...]
    words: str
    short: str = ""
    """What is written where the words have no room."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: its name, what is said of it, and its blocks from left to right."""

    name: str
    words: str
    blocks: tuple[Block, ...]


def lanes_of(book: Book, schedule: Schedule, start: datetime, end: datetime) -> tuple[Lane, ...]:
    """Return the lanes of a schedule from `start` until before `end`, the answer last."""
    final = tuple(
        Block(one.start, one.end, Kind.FINAL if one.people else Kind.GAP, one.people, _joined(one.people))
        for one in shifts(book, schedule.id, start, end)
    )
    below = [*_override_lanes(book, schedule, start, end), *_away_lanes(book, schedule, start, end)]
    told = f"; told beside: {', '.join(schedule.all_shadows)}" if schedule.all_shadows else ""
    return (*_layer_lanes(book, schedule, start, end), *below, Lane("on call", f"{schedule.id}{told}", final))


def people_of(lanes: Iterable[Lane]) -> tuple[str, ...]:
    """Return everybody who has a block, in the order in which they are met."""
    return tuple(dict.fromkeys(person for lane in lanes for block in lane.blocks for person in block.people))


def _layer_lanes(book: Book, schedule: Schedule, start: datetime, end: datetime) -> Iterator[Lane]:
    if schedule.copy is not None:
        turns = f"{schedule.offset} turn{'' if schedule.offset == 1 else 's'} later"
        copied = tuple(
            Block(one.start, one.end, Kind.TURN, one.people, _joined(one.people))
            for one in shifts(book, schedule.copy, start, end)
            if one.people
        )
        yield Lane(schedule.copy, f"copied, {turns}", copied)
        return
    fixed = tuple(
        Block(max(one.start, start), min(one.end, end), Kind.TURN, one.people, _joined(one.people))
        for one in schedule.fixed
        if one.people and one.start < end and one.end > start
    )
    for row in _rows(fixed):
        yield Lane("shifts", "fixed", tuple(row))
    covered = _united((one.start, one.end) for one in fixed)
    count = 0
    for level in reversed(schedule.levels):
        for layer in level:
            count += 1
            if count > LAYERS_MAX:
                return
            blocks = [
                piece
                for begins, ends, people in _laid(schedule, (layer,), start, end)
                for piece in _pieces(begins, ends, people, covered)
            ]
            beside = ", side by side" if len(level) > 1 else ""
            yield Lane(layer.name, _layer_words(layer, schedule) + beside, tuple(blocks))
        covered = _united([*covered, *((begins, ends) for begins, ends, _ in _laid(schedule, level, start, end))])


def _laid(
    schedule: Schedule, level: tuple[Layer, ...], start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, tuple[str, ...]]]:
    """Give who would be on call by one level alone; gaps are left out."""
    alone = Book(schedules={schedule.id: replace(schedule, levels=(level,), fixed=())})
    for one in shifts(alone, schedule.id, start, end):
        if one.people:
            yield one.start, one.end, one.people


def _pieces(
    start: datetime, end: datetime, people: tuple[str, ...], covered: Sequence[tuple[datetime, datetime]]
) -> Iterator[Block]:
    """Cut a turn where a higher layer begins or ends to hide it."""
    at = start
    for begins, ends in covered:
        if ends <= at or begins >= end:
            continue
        if begins > at:
            yield Block(at, begins, Kind.TURN, people, _joined(people))
        hidden_until = min(ends, end)
        yield Block(max(at, begins), hidden_until, Kind.HIDDEN, people, _joined(people))
        at = hidden_until
    if at < end:
        yield Block(at, end, Kind.TURN, people, _joined(people))


def _united(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    united: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united


def _override_lanes(book: Book, schedule: Schedule, start: datetime, end: datetime) -> Iterator[Lane]:
    blocks = [
        Block(max(one.start, start), min(one.end, end), Kind.OVERRIDE, one.people, _deed(one), _short_deed(one))
        for one in book.overrides
        if one.schedule == schedule.id and one.start < end and one.end > start
    ]
    for row in _rows(blocks):
        yield Lane("overrides", "", tuple(row))


def _away_lanes(book: Book, schedule: Schedule, start: datetime, end: datetime) -> Iterator[Lane]:
    named = set(_named(book, schedule))
    blocks = [
        Block(max(one.start, start), min(one.end, end), Kind.AWAY, (one.person,), one.person)
        for one in book.away
        if one.person in named and one.start < end and one.end > start
    ]
    for row in _rows(blocks):
        yield Lane("away", "", tuple(row))


def _named(book: Book, schedule: Schedule) -> Iterator[str]:
    source = book.schedules.get(schedule.copy, schedule) if schedule.copy is not None else schedule
    yield from source.people
    for one in book.overrides:
        if one.schedule == schedule.id:
            yield from one.people


def _rows(blocks: Iterable[Block]) -> list[list[Block]]:
    """Lay blocks into as few rows as keep them apart."""
    rows: list[list[Block]] = []
    for block in sorted(blocks, key=lambda one: (one.start, one.end)):
        row = next((row for row in rows if row[-1].end <= block.start), None)
        if row is not None:
            row.append(block)
        elif len(rows) < ROWS_MAX:
            rows.append([block])
    return rows


def _joined(people: tuple[str, ...]) -> str:
    return " + ".join(people) or "nobody"


def _deed(one: Override) -> str:
    people = " + ".join(one.people)
    match one.kind:
        case OverrideKind.REPLACE:
            return f"{people} for {one.instead_of}"
        case OverrideKind.EVERYBODY:
            return f"{people} for all"
        case OverrideKind.ADD:
            return f"{people} added"
        case OverrideKind.REMOVE:
            return f"{one.instead_of} removed"
        case _:
            assert_never(one.kind)


def _short_deed(one: Override) -> str:
    return "+".join(one.people) if one.people else f"−{one.instead_of}"


def _layer_words(layer: Layer, schedule: Schedule) -> str:
    """Say how a layer turns, as the files say it."""
    said = [_turn_words(layer.every) if layer.every is not None else "one turn"]
    if layer.lasts is not None:
        said.append(f"for {_turn_words(layer.lasts)}")
    if layer.only:
        said.append("only " + ", ".join(_window_words(one) for one in layer.only))
    if layer.not_on:
        said.append("not on " + ", ".join(_window_words(one) for one in layer.not_on))
    if layer.zone is not schedule.zone:
        said.append(str(layer.zone))
    return "; ".join(said)


def _turn_words(turn: Turn) -> str:
    return f"{turn.count} {turn.unit.value.removesuffix('s') if turn.count == 1 else turn.unit.value}"


def _window_words(window: Window) -> str:
    days = sorted(window.weekdays)
    if window.ends_on is not None:
        begins = ",".join(_WEEKDAYS[day] for day in days)
        return f"{begins} {window.start:%H:%M} to {_WEEKDAYS[window.ends_on]} {window.end:%H:%M}"
    hours = f"{window.start:%H:%M}-{window.end:%H:%M}" if window.start != window.end or window.start.hour else ""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    named = [_WEEKDAYS[run[0]] + (f"-{_WEEKDAYS[run[-1]]}" if len(run) > 1 else "") for run in runs]
    return f"{','.join([*named, *(['holidays'] if window.on_holidays else [])])} {hours}".strip()
