"""What sources sent and pagerd could not read: it may have been firing, so it is kept and shown."""

import click

from pagerd.cli.out import Context, api, output_option
from pagerd.cli.times import shown

SAID_MAX = 60
"""Characters of what was sent that a row shows; `-o json` has all that is kept."""


@click.command("quarantine")
@output_option
@click.pass_obj
def quarantine_command(ctx: Context, output: str) -> None:
    """Show what could not be read, why, and how it begins, the newest first."""
    answer = ctx.daemon.get(api("quarantine"))
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [(shown(one["at"]), one["source"], one["reason"], _beginning(one["raw"])) for one in answer["quarantine"]]
    ctx.out.table(("WHEN", "SOURCE", "WHY", "IT BEGINS"), rows, empty="Nothing is in quarantine.")


def _beginning(raw: str) -> str:
    words = " ".join(raw.split())
    return words if len(words) <= SAID_MAX else f"{words[: SAID_MAX - 1]}…"
