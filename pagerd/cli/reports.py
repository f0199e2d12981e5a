"""Reports: what on-call costs people, and how incidents were run."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from pagerd.cli import incident_report, observed, shares
from pagerd.cli.nights import minutes_text
from pagerd.cli.out import Context, api, directory_option, output_option, printable
from pagerd.cli.times import EXPECTED, end_typed, instant_typed, shown


@click.group("report")
def report_command() -> None:
    """What on-call costs people, and how incidents were run."""


F = TypeVar("F", bound=Callable[..., None])


def _about_a_span(command: F) -> F:
    """Give a report the options that every one has: its span of time, and how it is written."""
    for option in (
        click.option(
            "-o",
            "--output",
            type=click.Choice(["table", "json", "csv"]),
            default="table",
            show_default=True,
            help="How to write.",
        ),
        click.option("--month", metavar="YYYY-MM", help="A calendar month, instead of --from and --to."),
        click.option("--to", "end", type=end_typed, metavar="TIME", help=f"{EXPECTED}; a date includes that day."),
        click.option("--from", "start", type=instant_typed, metavar="TIME", help="Without it, 31 days before the end."),
    ):
        command = option(command)
    return command


@report_command.command("nights")
@_about_a_span
@click.option("--team", help="Only pages of this team.")
@click.option("--person", help="Only this person's nights.")
@click.option(
    "--of",
    type=click.Choice(["pages", "nights", "people", "teams"]),
    default="pages",
    show_default=True,
    help="What a CSV has a row for; the table and JSON have all of it.",
)
@click.pass_obj
def nights_command(
    ctx: Context,
    start: datetime | None,
    end: datetime | None,
    month: str | None,
    team: str | None,
    person: str | None,
    of: str,
    output: str,
) -> None:
    """List who was called or texted in their own night, by which page, the evidence of it, and the work that counts."""
    asked = {**_span(start, end), "month": month, "team": team, "person": person}
    answer = _for_a_table(ctx, "nights", asked, of, output)
    if answer is None:
        return
    rows = [
        (
            one["local"],
            one["zone"],
            one["person"],
            one["team"],
            one["severity"],
            one["page"],
            one["evidence"],
        )
        for one in answer["nights"]
    ]
    columns = ("NIGHT OF", "ZONE", "WHO", "TEAM", "SEVERITY", "PAGE", "EVIDENCE")
    ctx.out.table(columns, rows, empty=f"No night pages from {shown(answer['from'])} to {shown(answer['to'])}.")
    worked = [
        (one["id"], one["date"], one["person"], one["team"], str(len(one["pages"])), f"{one['minutes']}m", one["state"])
        for one in answer["worked"]
    ]
    if worked:
        ctx.out.table(("NIGHT", "OF", "WHO", "TEAM", "PAGES", "WORKED", "STATE"), worked, empty="")
        for name in ("person", "team"):
            sums = [_night_sum(one, name) for one in answer["people" if name == "person" else "teams"]]
            head = "WHO" if name == "person" else "TEAM"
            ctx.out.table((head, "NIGHTS", "PAGES", "WORKED", "MEDIAN", "P90"), sums, empty="")


@report_command.command("load")
@_about_a_span
@click.option(
    "--of",
    type=click.Choice(["people", "teams"]),
    default="people",
    show_default=True,
    help="Whose rows a CSV has; the table and JSON have both.",
)
@click.option("--by-month", is_flag=True, help="A row for each calendar month of the span.")
@click.option("--team", help="Only this team; people stay as they are.")
@click.option("--person", help="Only this person; teams stay as they are.")
@click.pass_obj
def load_command(
    ctx: Context,
    start: datetime | None,
    end: datetime | None,
    month: str | None,
    of: str,
    by_month: bool,  # an option of click
    team: str | None,
    person: str | None,
    output: str,
) -> None:
    """Say how often on-call interrupted people, in which part of their day, and what it was like per shift.

    Texts and calls within a minute are one interruption; mail is none. Nobody is ranked.
    """
    asked = {**_span(start, end), "month": month, "team": team, "person": person, "by": "month" if by_month else None}
    answer = _for_a_table(ctx, "load", asked, of, output)
    if answer is None:
        return
    span = f"from {shown(answer['from'])} to {shown(answer['to'])}"
    months = ("MONTH",) if by_month else ()
    people = [
        (
            *([one["month"]] if by_month else []),
            one["person"],
            *(str(one[key]) for key in ("pages", "interruptions", "work", "off", "night", "disrupted_hours", "nights")),
            *_per_half_shift(one),
        )
        for one in answer["people"]
    ]
    columns = (
        *("WHO", "PAGES", "INTERRUPTIONS", "AT WORK", "OFF HOURS", "AT NIGHT", "DISRUPTED HOURS", "NIGHTS"),
        *("PAGES PER 12 H MEDIAN", "P90", "OVER TWO"),
    )
    ctx.out.table((*months, *columns), people, empty=f"Nobody was interrupted or on call {span}.")
    teams = [
        (
            *([one["month"]] if by_month else []),
            one["team"],
            *(str(one[key]) for key in ("pages", "unanswered", "interruptions", "night", "disrupted_hours")),
            _minutes(one["answer_median_seconds"]),
            _minutes(one["answer_p90_seconds"]),
            *_per_half_shift(one),
        )
        for one in answer["teams"]
    ]
    columns = (
        *("TEAM", "PAGES", "UNANSWERED", "INTERRUPTIONS", "AT NIGHT", "DISRUPTED HOURS"),
        *("ANSWER MEDIAN", "P90", "PAGES PER 12 H MEDIAN", "P90", "OVER TWO"),
    )
    ctx.out.table((*months, *columns), teams, empty=f"No team has pages or shifts {span}.")


def _per_half_shift(one: dict[str, Any]) -> tuple[str, str, str]:
    """Write the pages per half day of a shift, and how many of those had more than two."""
    return (
        _number(one["pages_per_half_shift_median"]),
        _number(one["pages_per_half_shift_p90"]),
        f"{one['half_shifts_over_two']} of {one['half_shifts']}",
    )


@report_command.command("comp")
@click.option("--month", metavar="YYYY-MM", help="Without it, the last whole month.")
@click.option("--team", help="Only nights that a page of this team began.")
@click.option("--person", help="Only this person.")
@click.option(
    "--of",
    type=click.Choice(["people", "nights"]),
    default="people",
    show_default=True,
    help="Whose rows a CSV has; JSON has both.",
)
@click.option(
    "-o",
    "--output",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to write.",
)
@click.pass_obj
def comp_command(ctx: Context, month: str | None, team: str | None, person: str | None, of: str, output: str) -> None:
    """Say what work by night earned in a month, for payroll: who, how long, what is owed, and how sure that is.

    A night counts in the month in which it begins. Nobody is ranked.
    """
    asked = {"month": month, "team": team, "person": person}
    answer = _for_a_table(ctx, "comp", asked, of, output)
    if answer is None:
        return
    rows = [
        (
            one["person"],
            str(one["nights"]),
            str(one["pages"]),
            minutes_text(one["minutes"]),
            str(one["mornings"]),
            str(one["hours"]),
            str(one["half_days"]),
            minutes_text(one["pay_minutes"]),
            str(one["undecided"]),
            str(one["disputed"]),
            one["state"],
        )
        for one in answer["people"]
    ]
    columns = (
        *("WHO", "NIGHTS", "PAGES", "WORKED", "MORNINGS", "RESTS", "HALF DAYS", "TO PAY"),
        *("UNDECIDED", "DISPUTED", "STATE"),
    )
    ctx.out.table(columns, rows, empty=f"Nobody was woken by night in {answer['month']}.")


def _night_sum(one: dict[str, Any], name: str) -> tuple[str | None, ...]:
    return (
        one[name],
        str(one["nights"]),
        str(one["pages"]),
        minutes_text(one["minutes"]),
        minutes_text(one["minutes_median"]),
        minutes_text(one["minutes_p90"]),
    )


@report_command.command("observe")
@_about_a_span
@click.option(
    "--of",
    type=click.Choice(list(observed.TABLES)),
    help="Only this table. A CSV has one: the pages, unless another is named.",
)
@click.pass_obj
def observe_command(
    ctx: Context, start: datetime | None, end: datetime | None, month: str | None, of: str | None, output: str
) -> None:
    """Say what pagerd would have sent while it only observed, to whom and when, and what became of each alert.

    Nobody answers a pager that sends nothing, so its pages climb to the last resort. What goes out whatever anybody
    does is counted under AT ONCE, what would have followed only without an answer under UNANSWERED.
    """
    asked = {**_span(start, end), "month": month}
    answer = _for_a_table(ctx, "observe", asked, of or "pages", output)
    if answer is None:
        return
    observed.write(ctx.out, answer, of)


@report_command.command("incidents")
@_about_a_span
@click.option("--team", help="Only incidents and shifts of this team.")
@click.option("--severity", help="Only incidents of this severity.")
@click.option("--mean", is_flag=True, help="Write the mean as well; with few and skewed durations it misleads.")
@click.option(
    "--of",
    type=click.Choice(["durations", "values", "rates"]),
    default="durations",
    show_default=True,
    help="What a CSV has a row for; JSON has all of it.",
)
@click.pass_obj
def incidents_command(
    ctx: Context,
    start: datetime | None,
    end: datetime | None,
    month: str | None,
    team: str | None,
    severity: str | None,
    mean: bool,
    of: str,
    output: str,
) -> None:
    """Measure the incidents that were noticed in a span: how long each stage took, and how well it was run.

    Drills are in no number. What is not known or contradicts itself is counted, and not averaged. Nobody is ranked.
    """
    asked = {**_span(start, end), "month": month, "team": team, "severity": severity, "mean": "true" if mean else None}
    answer = _for_a_table(ctx, "incidents", asked, of, output)
    if answer is None:
        return
    incident_report.write(ctx.out, answer, with_mean=mean)


@report_command.command("shares")
@click.argument("name", required=False, metavar="[SCHEDULE|TEAM]")
@click.option("--from", "start", type=instant_typed, metavar="TIME", help="Without it, from now on.")
@click.option(
    "--to", "end", type=end_typed, metavar="TIME", help="Without it, 400 days later; a date includes that day."
)
@output_option
@directory_option
@click.pass_obj
def shares_command(ctx: Context, name: str | None, start: datetime | None, end: datetime | None, output: str) -> None:
    """Say how the nights, weekends and holidays that lie ahead fall to people, against an equal share.

    A night is a person's own, and half of one counts half. People are compared who take turns with each other, for
    the time in which they are not away. Nobody is ranked.
    """
    shares.write(ctx, name, start, end, output)


def _span(start: datetime | None, end: datetime | None) -> dict[str, str | None]:
    return {
        "from": start.isoformat() if start is not None else None,
        "to": end.isoformat() if end is not None else None,
    }


def _for_a_table(
    ctx: Context, report: str, asked: dict[str, str | None], of: str, output: str
) -> dict[str, Any] | None:
    """Return a report that is still to be drawn; None when it was written as CSV (the rows of `of`) or JSON."""
    if output == "csv":
        # What ends a line in the answer is CRLF, as RFC 4180 has it; here lines end as the terminal's do.
        text = ctx.daemon.get_text(api("reports", report), **asked, of=of, format="csv").replace("\r\n", "\n")
        ctx.out.raw(printable(text))
        return None
    answer: dict[str, Any] = ctx.daemon.get(api("reports", report), **asked)
    if output == "json":
        ctx.out.json(answer)
        return None
    return answer


def _minutes(seconds: float | None) -> str:
    return "-" if seconds is None else f"{int(seconds) // 60}m {int(seconds) % 60:02}s"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"
