"""Rest for work by night: what is proposed or in force, and your word on it."""

from typing import Any

import click

from pagerd.cli.nights import minutes_text
from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import shown


@click.group("rest", invoke_without_command=True)
@click.option(
    "--status",
    type=click.Choice(["proposed", "provisional", "approved", "declined", "withdrawn"]),
    help="Only those of this status.",
)
@output_option
@click.pass_context
def rest_command(click_context: click.Context, status: str | None, output: str) -> None:
    """List rest of the last 31 days; approve, decline or withdraw one."""
    if click_context.invoked_subcommand is not None:
        return
    ctx: Context = click_context.obj
    answer = ctx.daemon.get(api("rest"), status=status)
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [_row(one) for one in answer["nights"]]
    columns = ("NIGHT", "OF", "WHO", "WORKED", "REST", "UNTIL", "STATUS", "BY", "COVERED BY")
    ctx.out.table(columns, rows, empty="No rest was earned by night in the last 31 days.")


@rest_command.command("approve")
@click.argument("night")
@click.option("--why", default="", metavar="TEXT", help="One sentence, where it needs one.")
@output_option
@click.pass_obj
def approve_command(ctx: Context, night: str, why: str, output: str) -> None:
    """Approve the rest for NIGHT, as the lead or an admin: it is in force from then on."""
    say(ctx, ctx.daemon.post(api("rest", night, "approve"), {"why": why}), output)


@rest_command.command("decline")
@click.argument("night")
@click.option("--why", required=True, metavar="TEXT", help="One sentence: the reason.")
@output_option
@click.pass_obj
def decline_command(ctx: Context, night: str, why: str, output: str) -> None:
    """Decline the rest for NIGHT; what was written into the schedules is taken back."""
    say(ctx, ctx.daemon.post(api("rest", night, "decline"), {"why": why}), output)


@rest_command.command("withdraw")
@click.argument("night")
@click.option("--why", required=True, metavar="TEXT", help="One sentence: the reason.")
@output_option
@click.pass_obj
def withdraw_command(ctx: Context, night: str, why: str, output: str) -> None:
    """Take back the rest for NIGHT, also your own; what was written into the schedules is taken back."""
    say(ctx, ctx.daemon.post(api("rest", night, "withdraw"), {"why": why}), output)


def _row(night: dict[str, Any]) -> tuple[str | None, ...]:
    rest = night["rest"]
    covering = dict.fromkeys(name for one in rest["covers"] for name in one["people"])
    return (
        night["id"],
        night["date"],
        night["person"],
        minutes_text(night["minutes"]),
        rest["kind"],
        shown(rest["to"]) if rest["to"] is not None else None,
        rest["status"],
        rest["decided_by"] or None,
        ", ".join(covering) or None,
    )
