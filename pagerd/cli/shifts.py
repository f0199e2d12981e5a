"""The shifts of a schedule or of a person: who is on call from when until when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from pagerd.cli.either import asked_or_planned
from pagerd.cli.out import Context, api, directory_option, output_option
from pagerd.cli.times import EXPECTED, NotATime, end_typed, instant_typed, local_zone, now, shown
from pagerd.core.errors import NotFound
from pagerd.core.plain import length
from pagerd.core.plan import Plan

Json = dict[str, Any]

COLUMNS = ("FROM", "TO", "LASTS", "ON CALL", "NIGHTS", "WEEKEND")


@click.command("shifts")
@click.argument("schedule", required=False)
@click.option("--person", metavar="PERSON", help="Instead of a SCHEDULE: all shifts of one person.")
@click.option("--from", "start", type=instant_typed, metavar="TIME", help=f"Now, if not said: {EXPECTED}.")
@click.option("--to", "end", type=end_typed, metavar="TIME", help="A date includes that day; two weeks, if not said.")
@click.option("--ics", "form", flag_value="ics", help="Write a calendar instead of a table.")
@click.option("--svg", "form", flag_value="svg", help="Draw a picture instead of a table.")
@output_option
@directory_option
@click.pass_obj
def shifts_command(
    ctx: Context,
    schedule: str | None,
    person: str | None,
    start: datetime | None,
    end: datetime | None,
    form: str | None,
    output: str,
) -> None:
    """Say who is on call in SCHEDULE from when until when, gaps included."""
    from pagerd.core.oncall.shifts import LOOK_AHEAD, SPAN_MAX

    if (schedule is None) == (person is None):
        raise click.UsageError("name a SCHEDULE, or a person by --person", click.get_current_context())
    start = start if start is not None else now()
    end = end if end is not None else start + LOOK_AHEAD
    if end <= start:
        said = f"the end must come after the start, but {shown(end)} is not after {shown(start)}"
        raise click.UsageError(said, click.get_current_context())
    if end - start > SPAN_MAX:
        raise click.UsageError(f"the span is longer than {SPAN_MAX.days} days", click.get_current_context())
    if form == "svg" and schedule is None:
        raise click.UsageError("a picture is of a SCHEDULE", click.get_current_context())
    of = ("schedules", schedule) if schedule is not None else ("people", person or "")
    if form is not None:
        ctx.out.raw(_formed(ctx, form, of, start, end))
        return
    path = api(*of, "shifts")
    answer = asked_or_planned(
        ctx,
        lambda: ctx.daemon.get(path, **{"from": start.isoformat(), "to": end.isoformat()}),
        lambda plan: (
            _of_schedule(plan, schedule, start, end)
            if schedule is not None
            else _of_person(plan, person or "", start, end)
        ),
    )
    if output == "json":
        ctx.out.json(answer)
    elif schedule is not None:
        ctx.out.table(COLUMNS, [_row(one) for one in answer["shifts"]], empty="The span is empty.")
    else:
        rows = [(one["schedule"], *_row(one)) for one in answer["shifts"]]
        ctx.out.table(("SCHEDULE", *COLUMNS), rows, empty=f"{person} is on call nowhere in that time.")


def _formed(ctx: Context, form: str, of: tuple[str, str], start: datetime, end: datetime) -> str:
    """Return the shifts as a calendar or as a picture, as they are to stand in a file."""

    def compute(plan: Plan) -> str:
        known: Mapping[str, object] = plan.book.schedules if of[0] == "schedules" else plan.people
        _must_be_one_of(known, "schedule" if of[0] == "schedules" else "person", of[1])
        if form == "ics":
            from pagerd.core.oncall.feed import calendar_of

            return calendar_of(plan, of[1], start, end, now())
        from pagerd.core.oncall.picture import draw

        try:
            return draw(plan.book, of[1], start, end)
        except ValueError as error:
            raise click.UsageError(str(error), click.get_current_context()) from error

    span = {"from": start.isoformat(), "to": end.isoformat()}
    return asked_or_planned(ctx, lambda: ctx.daemon.get_text(api(*of, f"shifts.{form}"), **span), compute)


def _of_schedule(plan: Plan, schedule: str, start: datetime, end: datetime) -> Json:
    from pagerd.core.oncall.shifts import shifts

    _must_be_one_of(plan.book.schedules, "schedule", schedule)
    laid = shifts(plan.book, schedule, start, end)
    return {"shifts": [_said(one.start, one.end, one.people) for one in laid]}


def _of_person(plan: Plan, person: str, start: datetime, end: datetime) -> Json:
    from pagerd.core.membership import schedules_of
    from pagerd.core.oncall.shifts import shifts_of

    _must_be_one_of(plan.people, "person", person)
    laid = shifts_of(plan.book, person, schedules_of(plan, person), start, end)
    return {"shifts": [{"schedule": one.schedule, **_said(one.start, one.end, (person,))} for one in laid]}


def _said(start: datetime, end: datetime, people: Sequence[str]) -> Json:
    return {"start": start.isoformat(), "end": end.isoformat(), "on_call": list(people)}


def _must_be_one_of(known: Mapping[str, object], kind: str, name: str) -> None:
    if name in known:
        return
    from pagerd.core.suggestions import unknown

    raise NotFound(unknown(kind, name, known))


def _row(one: Json) -> tuple[str, ...]:
    """Write one shift for a person, on the clock of the machine they sit at."""
    from pagerd.core.oncall.counts import nights, weekend_days

    start, end = datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])
    try:
        zone = local_zone()
    except NotATime:
        from zoneinfo import ZoneInfo

        zone = ZoneInfo("UTC")
    slept, days = nights(start, end, zone), weekend_days(start, end, zone)
    weekend = " ".join(f"{day:%a}" for day in days) if len(days) <= 2 else f"{len(days)} days"
    people = ", ".join(one["on_call"]) or "NOBODY"
    return shown(start), shown(end), length(end - start), people, str(slept) if slept else "", weekend
