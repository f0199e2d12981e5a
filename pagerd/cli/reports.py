"""Reports: what on-call costs people."""

from datetime import datetime

import click

from pagerd.cli.out import Context, api, printable
from pagerd.cli.times import EXPECTED, end_typed, instant_typed


@click.group("report")
def report_command() -> None:
    """What on-call costs people."""


@report_command.command("nights")
@click.option("--from", "start", type=instant_typed, metavar="TIME", help="Without it, 31 days before the end.")
@click.option("--to", "end", type=end_typed, metavar="TIME", help=f"{EXPECTED}; a date includes that day.")
@click.option("--team", help="Only pages of this team.")
@click.option("--person", help="Only this person's nights.")
@click.option(
    "-o",
    "--output",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to write.",
)
@click.pass_obj
def nights_command(
    ctx: Context, start: datetime | None, end: datetime | None, team: str | None, person: str | None, output: str
) -> None:
    """List who was called or texted in their own night, by which page, and the evidence of it."""
    asked = {
        "from": start.isoformat() if start is not None else None,
        "to": end.isoformat() if end is not None else None,
        "team": team,
        "person": person,
    }
    if output == "csv":
        # What ends a line in the answer is CRLF, as RFC 4180 has it; here lines end as the terminal's do.
        text = ctx.daemon.get_text(api("reports", "nights"), **asked, format="csv").replace("\r\n", "\n")
        ctx.out.raw(printable(text))
        return
    answer = ctx.daemon.get(api("reports", "nights"), **asked)
    if output == "json":
        ctx.out.json(answer)
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
    ctx.out.table(columns, rows, empty=f"No night pages from {answer['from']} to {answer['to']}.")
