"""Drills: start one, see what it showed, and which team has had none for long."""

from typing import Any

import click

from pagerd.cli.arguments import words_argument
from pagerd.cli.incident_words import act, examples, given, key_option, number_argument
from pagerd.cli.out import Context, api, output_option
from pagerd.cli.times import shown


@click.group("drill")
def drill_command() -> None:
    """Drills: the same paging and the same clocks as an incident, for practice. They are in no metric."""


@drill_command.command("start", epilog=examples("pagerd drill start --team payments the payments database is gone"))
@words_argument("scenario")
@click.option("--team", required=True, help="Whose drill it is.")
@click.option("--service", default="", help="What is supposed to be broken.")
@click.option("--severity", default="", help="How bad it is supposed to be; without it, the second severity.")
@key_option
@output_option
@click.pass_obj
def start_command(
    ctx: Context, scenario: str, team: str, service: str, severity: str, key: str | None, output: str
) -> None:
    """Start a drill: SCENARIO says what is supposed to be broken, and people are paged for it."""
    body = given(scenario=scenario, team=team, service=service, severity=severity)
    act(ctx, api("drills"), body, key, output)


@drill_command.command("score")
@number_argument
@output_option
@click.pass_obj
def score_command(ctx: Context, number: int, output: str) -> None:
    """Say what drill NUMBER showed, held against what its severity asks."""
    answer = ctx.daemon.get(api("drills", str(number)))
    if output == "json":
        ctx.out.json(answer)
        return
    ctx.out.line(
        f"Drill incident {answer['incident']}  {answer['severity']}  {answer['status']}  team {answer['team']}"
    )
    ctx.out.line(f"  {answer['scenario']}")
    ctx.out.line(f"  {_sum(answer)}")
    ctx.out.line("")
    rows = [(one["shown"], one["means"], one["target"], one["found"]) for one in answer["points"]]
    ctx.out.table(("", "ASKED", "TARGET", "FOUND"), rows, empty="")
    ctx.out.line("")
    evidence = [
        (shown(one["at"]), point["point"], one["what"]) for point in answer["points"] for one in point["evidence"]
    ]
    ctx.out.table(("AT", "OF", "EVIDENCE"), evidence, empty="")


@drill_command.command("list")
@click.option("--team", help="Only drills of this team.")
@output_option
@click.pass_obj
def list_command(ctx: Context, team: str | None, output: str) -> None:
    """List the last drills of each team, and from when on its lead is reminded of the next."""
    answer = ctx.daemon.get(api("drills"), team=team)
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["team"],
            str(drill["incident"]),
            drill["severity"],
            shown(drill["started_at"]),
            _sum(drill),
            drill["scenario"],
        )
        for one in answer["teams"]
        for drill in one["drills"]
    ]
    ctx.out.table(("TEAM", "DRILL", "SEVERITY", "STARTED", "SHOWED", "SCENARIO"), rows, empty="There was no drill yet.")
    for one in answer["teams"]:
        if one["due_at"] is not None:
            ctx.out.talk(f"Team {one['team']}: the next one is due from {shown(one['due_at'])} on.")


def _sum(one: dict[str, Any]) -> str:
    return f"{one['passed']} of {one['asked']}" + ("" if one["is_final"] else ", not over")
