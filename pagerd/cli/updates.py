"""Numbered updates of an incident."""

import click

from pagerd.cli.arguments import words_argument
from pagerd.cli.incident_words import act, examples, given, key_option, number_argument
from pagerd.cli.out import Context, api, output_option
from pagerd.cli.times import length_typed, shown


@click.group("update")
def update_command() -> None:
    """Numbered updates of an incident: post one, list them."""


@update_command.command(
    "post", epilog=examples("pagerd update post 7 --trend improving --next-in 20m Rolling back release 41")
)
@number_argument
@words_argument("know")
@click.option("--doing", default="", help="What is being done now.")
@click.option("--trend", type=click.Choice(["improving", "stable", "worsening"]), help="How the impact goes.")
@click.option("--eta", default="", help="When it will be over, if that is known; never guess.")
@click.option("--next-in", type=length_typed, metavar="LENGTH", help="When the next one comes, such as 20m.")
@key_option
@output_option
@click.pass_obj
def post_command(
    ctx: Context,
    number: int,
    know: str,
    doing: str,
    trend: str | None,
    eta: str,
    next_in: str | None,
    key: str | None,
    output: str,
) -> None:
    """Post the next update of incident NUMBER: what you KNOW. It promises the one after it."""
    body = given(know=know, doing=doing, trend=trend, eta=eta, next_in=next_in)
    act(ctx, api("incidents", str(number), "updates"), body, key, output)


@update_command.command("list")
@number_argument
@output_option
@click.pass_obj
def list_command(ctx: Context, number: int, output: str) -> None:
    """List the updates of incident NUMBER, and which came when they were promised."""
    story = ctx.daemon.get(api("incidents", str(number)))
    answer, zone = {"updates": story["updates"]}, story["zone"]
    if output == "json":
        ctx.out.json(answer)
        return
    promised = {True: "yes", False: "LATE", None: ""}
    rows = [
        (
            str(one["number"]),
            shown(one["at"], zone),
            one["by"],
            one["status"],
            promised[one["met"]],
            one["know"],
            one["doing"],
            one["trend"],
            one["eta"] or ("no ETA yet" if one["next_at"] else ""),
            shown(one["next_at"], zone) if one["next_at"] else None,
        )
        for one in answer["updates"]
    ]
    columns = ("UPDATE", "AT", "BY", "STATUS", "IN TIME", "KNOWN", "DOING", "IMPACT", "ETA", "NEXT")
    ctx.out.table(columns, rows, empty="No updates yet.")
