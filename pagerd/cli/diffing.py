"""How `pagerd diff` goes: both sides are read, then compared, and the difference is written."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click

from pagerd.cli import files
from pagerd.cli.out import Context
from pagerd.cli.times import now
from pagerd.config.checkout import checked_out
from pagerd.config.findings import errors, render
from pagerd.core.comparing.difference import METRICS, difference
from pagerd.core.comparing.shapes import (
    HEADINGS,
    Report,
    Side,
    change_cells,
    fate_text,
    gap_cells,
    headline,
    markdown,
    person_cells,
    report_json,
)
from pagerd.core.conditions import read_condition, signed
from pagerd.core.errors import InvalidPlan, NotFound
from pagerd.core.oncall.shifts import SPAN_MAX
from pagerd.core.plan import Plan

DAYS = timedelta(days=90)
"""How far is looked where nobody says: every member of a weekly rotation of twelve has their turn."""

ERRORS_SHOWN_MAX = 10
"""Of one side: the first ones say what is wrong with it, and `pagerd check` says all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was written behind the command."""

    old: str
    new: str | None
    start: datetime | None
    end: datetime | None
    fail_if: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """The files of one side, and what they are called."""

    name: str
    files: files.Files


def compared(ctx: Context, asked: Asked) -> Report:
    """Read both sides and compare them. Raises InvalidPlan that shows what is wrong with either."""
    conditions = [read_condition(text, METRICS) for text in asked.fail_if]
    start, end = _span(asked)
    with ExitStack() as stack:
        sides = [_read(ctx, written, stack) for written in (asked.old, asked.new or ctx.directory)]
    before, after = _plans(sides)
    found = difference(before.book, after.book, {**before.people, **after.people}, start, end)
    return Report(
        start=start,
        end=end,
        before=Side(sides[0].name, before.revision),
        after=Side(sides[1].name, after.revision),
        difference=found,
        assumptions=tuple(_taken_for_granted()),
        failed=[one for one in conditions if one.holds(found.figures)],
    )


def _span(asked: Asked) -> tuple[datetime, datetime]:
    start = asked.start or now()
    end = asked.end or start + DAYS
    if end <= start:
        raise click.UsageError(f"--to {end.isoformat()} is not after --from {start.isoformat()}")
    if end - start > SPAN_MAX:
        raise click.UsageError(f"from {start.isoformat()} to {end.isoformat()} is longer than {SPAN_MAX.days} days")
    return start, end


def _read(ctx: Context, written: str, stack: ExitStack) -> _Read:
    """Read a directory where there is one of that name, else a git revision of the config directory."""
    if Path(written).is_dir():
        return _Read(written, files.read(written))
    try:
        folder, commit = stack.enter_context(checked_out(Path(ctx.directory), written))
    except NotFound as error:
        raise NotFound(f"{written!r} is no directory, and no git revision either: {error}") from error
    return _Read(f"git revision {written} ({commit})", files.read(str(folder)))


def _plans(sides: list[_Read]) -> tuple[Plan, Plan]:
    plans = [side.files.loaded.plan for side in sides]
    if (before := plans[0]) is None or (after := plans[1]) is None:
        raise InvalidPlan("\n\n".join(_broken(side) for side in sides if side.files.loaded.plan is None))
    return before, after


def _broken(side: _Read) -> str:
    """Show what is wrong with a side, as `check` does."""
    found = errors(side.files.loaded.findings)
    more = len(found) - ERRORS_SHOWN_MAX
    shown = render(found[:ERRORS_SHOWN_MAX], side.files.texts)
    return f"comparing with {side.name}: its files cannot be used\n\n{shown}" + (
        f"\n\nand {more} more" if more > 0 else ""
    )


def _taken_for_granted() -> Iterator[str]:
    yield "Overrides that people stored by command are in neither: they are not in the files."
    yield "Nights and weekends are each person's own, by the zone and the night that they have after the change."
    yield "A night or a weekend counts where somebody is on call in any part of it, once for all schedules together."


def write(ctx: Context, report: Report, output: str) -> None:
    """Write a report as it was asked for."""
    if output == "json":
        ctx.out.json(report_json(report))
    elif output == "markdown":
        ctx.out.raw(markdown(report))
    else:
        _table(ctx, report)


def _table(ctx: Context, report: Report) -> None:
    out, found = ctx.out, report.difference
    out.line(f"from {report.start:%Y-%m-%d %H:%M} to {report.end:%Y-%m-%d %H:%M} UTC")
    out.line(f"before: {report.before.name} ({report.before.revision})")
    out.line(f"after:  {report.after.name} ({report.after.revision})")
    out.line("")
    out.line(headline(found))
    _parts(ctx, report)
    out.talk("")
    for sentence in report.assumptions:
        out.talk(f"- {sentence}")


def _parts(ctx: Context, report: Report) -> None:
    """Write what differs, the gaps first."""
    out, found = ctx.out, report.difference
    gaps = [gap_cells(one, gap) for one in found.schedules for gap in one.gaps]
    if gaps:
        out.line("")
        out.table(("NEW GAP IN", "FROM", "TO", "LASTS", "BEFORE"), gaps, empty="")
    if any(one.change for one in found.figures):
        out.line("")
        rows = [(HEADINGS[one.metric], str(one.before), str(one.after), signed(one.change)) for one in found.figures]
        out.table(("", "BEFORE", "AFTER", "CHANGE"), rows, empty="")
    if found.people:
        out.line("")
        columns = ("PERSON", "HOURS", "NIGHTS", "WEEKENDS", "NIGHTS GAINED", "NIGHTS LOST")
        out.table(columns, [person_cells(one) for one in found.people], empty="")
    for schedule in found.schedules:
        out.line("")
        out.line(f"{schedule.schedule} {fate_text(schedule)}")
        changes = [change_cells(schedule, one) for one in schedule.changes]
        out.table(("FROM", "TO", "BEFORE", "AFTER"), changes, empty="")
