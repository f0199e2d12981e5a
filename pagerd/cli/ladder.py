"""The ladder: on which level a team is, and what would bring it to the next."""

from typing import Any

import click

from pagerd.cli.out import Context, api, output_option

NAMED_MAX = 6
"""Names of evidence that fit a line; `-o json` has more."""


@click.command("ladder")
@click.argument("team", required=False)
@output_option
@click.pass_obj
def ladder_command(ctx: Context, team: str | None, output: str) -> None:
    """Say on which level TEAM is, from reactive (1) to prevention (4), by what is in the data; or each team.

    A level holds when all that it and those below ask has passed, or was skipped with a reason.
    """
    answer = ctx.daemon.get(api("ladder"), team=team)
    if output == "json":
        ctx.out.json(answer)
        return
    if team is None:
        rows = [(one["team"], f"{one['level']} {one['name']}", _missing(one)) for one in answer["teams"]]
        ctx.out.table(("TEAM", "LEVEL", "MISSING FOR THE NEXT"), rows, empty="There is no team.")
        return
    for one in answer["teams"]:
        _tell(ctx, one, answer["window_days"])


def _missing(ladder: dict[str, Any]) -> str:
    left = [one for one in ladder["criteria"] if one["standing"] in ("failed", "not_in_use")]
    lowest = min((one["level"] for one in left), default=None)
    return " ".join(one["criterion"] for one in left if one["level"] == lowest)


def _tell(ctx: Context, ladder: dict[str, Any], days: int) -> None:
    ctx.out.line(f"Team {ladder['team']} is on level {ladder['level']}, {ladder['name']}, by the last {days} days.")
    ctx.out.line("")
    rows = [
        (str(one["level"]), one["standing"].replace("_", " "), one["means"], one["found"], _named(one))
        for one in ladder["criteria"]
    ]
    ctx.out.table(("LEVEL", "", "CRITERION", "FOUND", "EVIDENCE"), rows, empty="")
    wanted = [one for one in ladder["criteria"] if one["would_pass"]]
    if wanted:
        ctx.out.line("")
        ctx.out.line("What would pass:")
    for one in wanted:
        ctx.out.line(f"  {one['level']} {one['criterion']}: {one['would_pass']}")


def _named(one: dict[str, Any]) -> str:
    """Name what speaks against it where it failed, else what speaks for it."""
    names = one["against"] if one["standing"] == "failed" and one["against"] else one["evidence"]
    more = f" and {len(names) - NAMED_MAX} more" if len(names) > NAMED_MAX else ""
    return ", ".join(names[:NAMED_MAX]) + more
