"""Nights that were worked in: what counts, what you say, and what you object to."""

from datetime import datetime
from typing import Any

import click

from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import EXPECTED, end_typed, instant_typed, length_typed, shown


@click.group("nights", invoke_without_command=True)
@click.option("--from", "start", type=instant_typed, metavar="TIME", help="Without it, 31 days before the end.")
@click.option("--to", "end", type=end_typed, metavar="TIME", help=f"{EXPECTED}; a date includes that day.")
@click.option("--team", help="Only nights that a page of this team began.")
@click.option("--person", help="Only nights of this person.")
@output_option
@click.pass_context
def nights_command(
    click_context: click.Context,
    start: datetime | None,
    end: datetime | None,
    team: str | None,
    person: str | None,
    output: str,
) -> None:
    """List nights that are over, with the work that counts; show one, or say how long you were up."""
    if click_context.invoked_subcommand is not None:
        return
    ctx: Context = click_context.obj
    asked = {
        "from": start.isoformat() if start is not None else None,
        "to": end.isoformat() if end is not None else None,
    }
    answer = ctx.daemon.get(api("nights"), **asked, team=team, person=person)
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["id"],
            one["date"],
            one["person"],
            one["team"],
            str(len(one["pages"])),
            minutes_text(one["seen_minutes"]),
            minutes_text(one["said_minutes"]),
            minutes_text(one["minutes"]),
            one["state"],
        )
        for one in answer["nights"]
    ]
    columns = ("NIGHT", "OF", "WHO", "TEAM", "PAGES", "SEEN", "SAID", "COUNTS", "STATE")
    ctx.out.table(columns, rows, empty=f"No night with a phone that rang, or work, ended from {_span_of(answer)}.")


@nights_command.command("show")
@click.argument("night")
@output_option
@click.pass_obj
def show_command(ctx: Context, night: str, output: str) -> None:
    """Tell NIGHT: an id, a date or `last` for one of your own; its evidence, and what was said of it."""
    story = ctx.daemon.get(api("nights", night))
    ctx.out.json(story) if output == "json" else _tell(ctx, story)


@nights_command.command("worked")
@click.argument("night")
@click.argument("length")
@click.option("--why", default="", metavar="TEXT", help="One sentence, where the length needs one.")
@output_option
@click.pass_obj
def worked_command(ctx: Context, night: str, length: str, why: str, output: str) -> None:
    """Say how long you were up in NIGHT (an id, a date, or `last`): `40m`, `1h30m`, `none`."""
    body = {"worked": _length_typed(length), "why": why}
    say(ctx, ctx.daemon.post(api("nights", night, "worked"), body), output)


@nights_command.command("dispute")
@click.argument("night")
@click.option("--why", required=True, metavar="TEXT", help="One sentence: what is not right.")
@click.option("--page", help="Only this page of the night is meant.")
@click.option("--worked", metavar="LENGTH", help="How much work it was: 40m, none.")
@output_option
@click.pass_obj
def dispute_command(ctx: Context, night: str, why: str, page: str | None, worked: str | None, output: str) -> None:
    """Object to NIGHT, yours or of somebody whose lead you are. Nothing is overwritten."""
    body = {"why": why, "page": page, "worked": _length_typed(worked)}
    say(ctx, ctx.daemon.post(api("nights", night, "dispute"), body), output)


@nights_command.command("settle")
@click.argument("night")
@click.option("--uphold/--reject", "upheld", required=True, help="Is the objection right?")
@click.option("--why", required=True, metavar="TEXT", help="One sentence: the reason.")
@click.option("--worked", metavar="LENGTH", help="What counts from now on; without it, what the objection said.")
@output_option
@click.pass_obj
def settle_command(ctx: Context, night: str, upheld: bool, why: str, worked: str | None, output: str) -> None:
    """Settle the dispute about NIGHT, as the lead or an admin; nobody settles their own."""
    body = {"upheld": upheld, "why": why, "worked": _length_typed(worked)}
    say(ctx, ctx.daemon.post(api("nights", night, "settle"), body), output)


def _length_typed(text: str | None) -> str | None:
    if text is None:
        return None
    return "0m" if text in ("none", "0") else length_typed(text)


def _tell(ctx: Context, story: dict[str, Any]) -> None:
    night = story["night"]
    ctx.out.line(f"{night['id']}  {night['person']}  team {night['team']}  {night['state']}")
    ctx.out.line(f"  Night of {night['date']}, {night['night']} in {night['zone']}")
    said = f", said {minutes_text(night['said_minutes'])}" if night["said_minutes"] is not None else ""
    ctx.out.line(f"  Counts {minutes_text(night['minutes'])}; seen {minutes_text(night['seen_minutes'])}{said}")
    for row in story["rows"]:
        ctx.out.line(f"  {row['page']}  {row['severity']}  {row['local']}  {row['evidence']}")
    for one in night["seen"]:
        what = f"incident {one['incident']}" if one["incident"] is not None else one["page"]
        ctx.out.line(f"  {what}  worked on from {shown(one['from'])} to {shown(one['to'])}")
    ctx.out.timeline(story)


def minutes_text(minutes: int | None) -> str | None:
    """Write a length of work; nothing for none that is known."""
    if minutes is None:
        return None
    return f"{minutes // 60}h {minutes % 60:02}m" if minutes >= 60 else f"{minutes}m"


def _span_of(answer: dict[str, Any]) -> str:
    return f"{shown(answer['from'])} to {shown(answer['to'])}"
