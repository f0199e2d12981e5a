"""Who is signed in on the web: listed, and signed out."""

import click

from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import shown


@click.group("sessions")
def sessions_command() -> None:
    """Who is signed in on the web."""


@sessions_command.command("list")
@output_option
@click.pass_obj
def list_command(ctx: Context, output: str) -> None:
    """List sessions: your own, or everybody's where you may."""
    answer = ctx.daemon.get(api("sessions"))
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (one["id"], one["person"], shown(one["began_at"]), shown(one["seen_at"]), shown(one["ends_at"]), one["agent"])
        for one in answer["sessions"]
    ]
    ctx.out.table(("SESSION", "PERSON", "SINCE", "LAST USED", "ENDS", "BROWSER"), rows, empty="Nobody is signed in.")


@sessions_command.command("end")
@click.argument("session", required=False)
@click.option("--person", help="End every session of a person instead, of anybody where you may.")
@output_option
@click.pass_obj
def end_command(ctx: Context, session: str | None, person: str | None, output: str) -> None:
    """End SESSION (its id, as `pagerd sessions list` shows it), or with --person all of theirs."""
    if (session is None) == (person is None):
        raise click.UsageError("say which SESSION, or whose with --person")
    if session is not None:
        say(ctx, ctx.daemon.delete(api("sessions", session)), output)
    else:
        say(ctx, ctx.daemon.post(api("people", person or "", "sign-out"), {}), output)
