"""How a difference is written: as JSON, and as Markdown for the comment of a pull request."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from itertools import groupby
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from pagerd.core.comparing.difference import Change, Difference, Fate, Gap, PersonChange, ScheduleChange
from pagerd.core.conditions import Condition, Figure, moved, signed
from pagerd.core.markdown import escaped
from pagerd.core.plain import counted, length, offset_of

Json = dict[str, Any]

ROWS_MAX = 20
"""Rows of a table in a comment: nobody reads more of them there, and the rest is in `-o json`."""

CHANGES_MAX = 60
"""Shifts in a comment, of all schedules together: GitHub takes 65,536 characters, and a row has some hundred."""

CELL_CHARS_MAX, DAYS_MAX = 120, 5
"""Of one cell in a comment: a turn may have many people, a person many nights."""

NOBODY = "nobody"

HEADINGS = {
    "new_gaps": "New gaps",
    "gaps": "Gaps",
    "gap_minutes": "Minutes without anybody",
    "changes": "Shifts with other people",
    "people": "People who gain or lose",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its name, and the revision of its files."""

    name: str
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A difference, and what was compared. `failed` are the conditions of --fail-if that hold."""

    start: datetime
    end: datetime
    before: Side
    after: Side
    difference: Difference
    assumptions: Sequence[str]
    failed: Sequence[Condition] = ()


def report_json(one: Report) -> Json:
    """Write all of it for a machine."""
    figures = one.difference.figures
    return {
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "before": {"plan": one.before.name, "revision": one.before.revision},
        "after": {"plan": one.after.name, "revision": one.after.revision},
        "figures": {figure.metric: _figure(figure.before, figure.after) for figure in figures},
        "schedules": [_schedule(schedule) for schedule in one.difference.schedules],
        "people": [_person(person) for person in one.difference.people],
        "assumptions": list(one.assumptions),
        "failed": [{"condition": each.text, "found": each.found(figures)} for each in one.failed],
    }


def _figure(before: int, after: int) -> Json:
    return {"before": before, "after": after, "change": after - before}


def _schedule(one: ScheduleChange) -> Json:
    return {
        "schedule": one.schedule,
        "was": one.was,
        "team": one.team,
        "zone": str(one.zone),
        "fate": one.fate.value,
        "gaps": [_span(gap) | {"before": list(gap.before)} for gap in one.gaps],
        "changes": [
            _span(change) | {"before": _listed(change.before), "after": _listed(change.after)} for change in one.changes
        ],
    }


def _span(one: Gap | Change) -> Json:
    return {"from": one.start.isoformat(), "to": one.end.isoformat()}


def _listed(people: tuple[str, ...] | None) -> list[str] | None:
    return None if people is None else list(people)


def _person(one: PersonChange) -> Json:
    return {
        "person": one.person,
        "minutes": _figure(*(round(side.lasts / timedelta(minutes=1)) for side in (one.before, one.after))),
        "minutes_gained": round(one.gained / timedelta(minutes=1)),
        "minutes_lost": round(one.lost / timedelta(minutes=1)),
        "nights": _figure(len(one.before.nights), len(one.after.nights)),
        "nights_gained": [day.isoformat() for day in one.nights_gained],
        "nights_lost": [day.isoformat() for day in one.nights_lost],
        "weekends": _figure(len(one.before.weekends), len(one.after.weekends)),
        "weekends_gained": [day.isoformat() for day in one.weekends_gained],
        "weekends_lost": [day.isoformat() for day in one.weekends_lost],
    }


def headline(one: Difference) -> str:
    """Say in one sentence what matters most."""
    if one.is_none:
        same = "Nothing changes: the same people are on call at every instant."
        count = len(one.schedules)
        return f"{same} {counted(count, 'schedule')} {_be(count)} written or named otherwise." if count else same
    found = {figure.metric: figure.after for figure in one.figures}
    words = []
    if found["new_gaps"]:
        words.append(counted(found["new_gaps"], "new gap"))
    for fate, verb in ((Fate.APPEARS, "appears"), (Fate.VANISHES, "vanishes")):
        names = [schedule.schedule for schedule in one.schedules if schedule.fate is fate]
        if names:
            words.append(f"{names[0]} {verb}" if len(names) == 1 else f"{len(names)} schedules {verb[:-1]}")
    shifts = found["changes"]
    words.append(f"{counted(shifts, 'shift')} {'has' if shifts == 1 else 'have'} other people")
    people = found["people"]
    words.append(f"{people} {'person gains or loses' if people == 1 else 'people gain or lose'} time on call")
    return f"{', '.join(words)}."


def fate_text(one: ScheduleChange) -> str:
    """Say what becomes of a schedule, in words that stand behind its name."""
    match one.fate:
        case Fate.CHANGED:
            return "has other people"
        case Fate.APPEARS:
            return "appears"
        case Fate.VANISHES:
            return "vanishes"
        case Fate.REWRITTEN:
            return "is written otherwise, with the same people"
        case Fate.RENAMED:
            return f"has the people of {one.was}, which is gone"
        case _:
            assert_never(one.fate)


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def gap_cells(one: ScheduleChange, gap: Gap) -> tuple[str, ...]:
    """Write a new gap: in which schedule, from when, until when, how long, and who was on call in it."""
    ends = (time_text(at, one.zone) for at in (gap.start, gap.end))
    return one.schedule, *ends, length(gap.end - gap.start), _people_text(gap.before)


def change_cells(one: ScheduleChange, change: Change) -> tuple[str, ...]:
    """Write a shift with other people: from when, until when, who was on call, and who is."""
    ends = (time_text(at, one.zone) for at in (change.start, change.end))
    return *ends, _people_text(change.before), _people_text(change.after)


def person_cells(one: PersonChange, days_max: int | None = None) -> tuple[str, ...]:
    """Write what changes for a person: hours, nights and weekends of both, which nights come and which go."""
    return (
        one.person,
        _hours_text(one),
        moved(Figure("nights", len(one.before.nights), len(one.after.nights))),
        moved(Figure("weekends", len(one.before.weekends), len(one.after.weekends))),
        _days_text(one.nights_gained, days_max),
        _days_text(one.nights_lost, days_max),
    )


def time_text(at: datetime, zone: ZoneInfo) -> str:
    """Write an instant on the clock of a schedule: `Mon 2026-01-05 09:00 UTC+1`."""
    return f"{at.astimezone(zone):%a %Y-%m-%d %H:%M} {offset_of(at, zone)}"


def _people_text(people: tuple[str, ...] | None) -> str:
    return "no schedule" if people is None else ", ".join(people) or NOBODY


def _hours_text(one: PersonChange) -> str:
    """Write the hours of both, and what the change is made of where somebody gains and loses."""
    hours = [round(side.lasts / timedelta(hours=1)) for side in (one.before, one.after)]
    told = moved(Figure("hours", *hours))
    return f"{told} (+{length(one.gained)}, -{length(one.lost)})" if one.gained and one.lost else told


def _days_text(days: Sequence[date], most: int | None) -> str:
    """Write days in order, those that follow each other as one span; at most so many of these."""
    told = []
    for _, run in groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0]):
        first, *rest = (day for _, day in run)
        told.append(f"{first} to {rest[-1]}" if rest else str(first))
    if most is not None and len(told) > most:
        told = [*told[:most], f"and {len(told) - most} more"]
    return ", ".join(told)


def markdown(one: Report) -> str:
    """Write what belongs into the comment of a pull request: what matters in the open, shift by shift folded."""
    return "\n".join(_markdown(one)) + "\n"


def _markdown(one: Report) -> Iterator[str]:
    found = one.difference
    failed = "".join(f" **Failed: {escaped(each.text)}.**" for each in one.failed)
    yield f"### pagerd diff: {escaped(headline(found))}{failed}"
    yield ""
    yield (
        f"{one.start:%Y-%m-%d %H:%M} to {one.end:%Y-%m-%d %H:%M} UTC:"
        f" {escaped(one.before.name)} → {escaped(one.after.name)}."
    )
    yield from _gap_rows(found)
    if any(figure.change for figure in found.figures):
        yield ""
        yield "| | Before | After | Change |"
        yield "| - | -: | -: | -: |"
        for figure in found.figures:
            yield f"| {HEADINGS[figure.metric]} | {figure.before:,} | {figure.after:,} | {signed(figure.change)} |"
    yield from _people_rows(found.people)
    yield from _schedule_rows(found.schedules)
    yield ""
    yield from _folded("What was taken for granted", [f"- {escaped(sentence)}" for sentence in one.assumptions])


def _gap_rows(found: Difference) -> Iterator[str]:
    gaps = [gap_cells(schedule, gap) for schedule in found.schedules for gap in schedule.gaps]
    if gaps:
        yield ""
        yield "| New gap in | From | To | Lasts | On call before |"
        yield "| - | - | - | -: | - |"
        yield from map(_row, gaps[:ROWS_MAX])
        yield from _left(len(gaps) - ROWS_MAX, "new gap", "new gaps")


def _people_rows(people: Sequence[PersonChange]) -> Iterator[str]:
    if people:
        yield ""
        yield "| Person | Hours | Nights | Weekends | Nights gained | Nights lost |"
        yield "| - | -: | -: | -: | - | - |"
        yield from (_row(person_cells(one, DAYS_MAX)) for one in people[:ROWS_MAX])
        yield from _left(len(people) - ROWS_MAX, "person", "people")


def _schedule_rows(schedules: Sequence[ScheduleChange]) -> Iterator[str]:
    """Write each schedule folded, until there are too many rows or schedules for a comment."""
    rows_left = CHANGES_MAX
    for one in schedules[:ROWS_MAX]:
        told = one.changes[: min(ROWS_MAX, rows_left)]
        rows_left -= len(told)
        lines = ["| From | To | Before | After |", "| - | - | - | - |"] if told else []
        lines += [_row(change_cells(one, change)) for change in told]
        lines += _left(len(one.changes) - len(told), "shift", "shifts")
        yield ""
        if lines:
            # Within HTML it is HTML that is obeyed, and a backslash is one.
            yield from _folded(f"<b>{escape(one.schedule)}</b> {escape(fate_text(one))}", lines)
        else:
            yield f"**{escaped(one.schedule)}** {escaped(fate_text(one))}"
    yield from _left(len(schedules) - ROWS_MAX, "schedule", "schedules")


def _folded(summary: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"<details><summary>{summary}</summary>"
    yield ""
    yield from lines
    yield ""
    yield "</details>"


def _left(count: int, one: str, more: str) -> Iterator[str]:
    if count > 0:
        yield ""
        yield f"And {count} more {one if count == 1 else more}."


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return escaped(text if len(text) <= CELL_CHARS_MAX else f"{text[:CELL_CHARS_MAX]}…")
