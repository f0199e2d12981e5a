"""Swapping shifts with somebody: you ask, they accept or refuse; what is agreed is an override like any other."""

from datetime import datetime
from typing import Any

import click

from pagerd.cli.out import Context, api, confirm, output_option, say
from pagerd.cli.times import end_typed, instant_typed, shown

Json = dict[str, Any]

SHIFT = "TIME|FROM/TO"


@click.group("swap")
def swap_command() -> None:
    """Swap shifts with somebody: ask, accept, refuse, take back, list."""


@swap_command.command("request")
@click.argument("schedule")
@click.option("--mine", required=True, metavar=SHIFT, help="Your shift, by a time in it, or a part of it.")
@click.option("--theirs", metavar=SHIFT, help="The shift that you take for it.")
@click.option("--for", "of", metavar="PERSON", help="Who is asked; without --theirs they just take yours.")
@click.option("--why", default="", metavar="TEXT", help="One sentence for whoever is asked.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@output_option
@click.pass_obj
def request_command(
    ctx: Context, schedule: str, mine: str, theirs: str | None, of: str | None, why: str, yes: bool, output: str
) -> None:
    """Ask somebody to take a shift of yours in SCHEDULE, for one of theirs or for nothing, after a look at it."""
    if theirs is None and of is None:
        raise click.UsageError("with whom? name --theirs, a shift that you take for yours, or --for PERSON")
    body = {
        "schedule": schedule,
        "mine": _piece(mine),
        "theirs": _piece(theirs) if theirs is not None else None,
        "of": of,
        "why": why,
    }
    seen = ctx.daemon.post(api("swaps", "preview"), body)
    ctx.out.talk_table(("SCHEDULE", "FROM", "TO", "NOW", "THEN"), [_change(one) for one in seen["changes"]])
    confirm(ctx, f"Ask {seen['swap']['of']} for it?", yes=yes)
    say(ctx, ctx.daemon.post(api("swaps"), body), output)


@swap_command.command("accept")
@click.argument("swap")
@output_option
@click.pass_obj
def accept_command(ctx: Context, swap: str, output: str) -> None:
    """Accept SWAP, which you were asked for: it is in force from then on."""
    say(ctx, ctx.daemon.post(api("swaps", swap, "accept"), {}), output)


@swap_command.command("refuse")
@click.argument("swap")
@click.option("--why", default="", metavar="TEXT", help="One sentence for whoever asked.")
@output_option
@click.pass_obj
def refuse_command(ctx: Context, swap: str, why: str, output: str) -> None:
    """Refuse SWAP, which you were asked for; nothing changes."""
    say(ctx, ctx.daemon.post(api("swaps", swap, "refuse"), {"why": why}), output)


@swap_command.command("withdraw")
@click.argument("swap")
@output_option
@click.pass_obj
def withdraw_command(ctx: Context, swap: str, output: str) -> None:
    """Take your own request SWAP back, as long as nobody answered it."""
    say(ctx, ctx.daemon.post(api("swaps", swap, "withdraw"), {}), output)


@swap_command.command("list")
@click.option("--ended", is_flag=True, help="Those whose shifts are over too.")
@output_option
@click.pass_obj
def list_command(ctx: Context, ended: bool, output: str) -> None:
    """List swaps, waiting or decided, of which a shift is not over."""
    answer = ctx.daemon.get(api("swaps"), ended="true" if ended else None)
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (one["id"], one["schedule"], one["by"], one["of"], one["status"], part["taker"], *_ends(part), one["why"])
        for one in answer["swaps"]
        for part in one["parts"]
    ]
    columns = ("SWAP", "SCHEDULE", "ASKED BY", "OF", "STATUS", "TAKES", "FROM", "TO", "WHY")
    ctx.out.table(columns, rows, empty="No swaps.")


def _piece(text: str) -> Json:
    """Read a shift: a time in it, or from when until when. Raises BadParameter."""
    start, divider, end = text.partition("/")
    until: datetime | None = end_typed(end.strip()) if divider else None
    at = instant_typed(start.strip())
    return {"from": at.isoformat(), "to": until.isoformat() if until is not None else None}


def _change(one: Json) -> tuple[str, ...]:
    before, after = (", ".join(one[side]) or "NOBODY" for side in ("before", "after"))
    return one["schedule"], *_ends(one), before, after


def _ends(one: Json) -> tuple[str, str]:
    return shown(one["from"]), shown(one["to"])
