"""Feeds: calendars of who is on call, each behind a secret address that is shown once, to whoever made it."""

import click

from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import shown


@click.group("feed")
def feed_command() -> None:
    """Calendars to subscribe to."""


@feed_command.command("add")
@click.argument("name", required=False)
@output_option
@click.pass_obj
def add_command(ctx: Context, name: str | None, output: str) -> None:
    """Make a calendar of NAME, a person, a team or a schedule; without it, of everybody. The address is on stdout.

    NAME `incidents` makes an Atom feed of what is told of incidents, for those who only look on.
    """
    answer = ctx.daemon.post(api("feeds"), {} if name is None else {"name": name})
    if output == "json":
        ctx.out.json(answer)
        return
    ctx.out.line(answer["url"])
    ctx.out.talk(
        f"{answer['id']} shows {_what(answer['name'])}, to whoever has this address. "
        "It is not shown again: put it into your program, and take it back with "
        f"`pagerd feed remove {answer['id']}`."
    )


@feed_command.command("list")
@output_option
@click.pass_obj
def list_command(ctx: Context, output: str) -> None:
    """List feeds: your own, or everybody's where you may."""
    answer = ctx.daemon.get(api("feeds"))
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["id"],
            one["name"] or "everybody",
            one["by"],
            shown(one["created_at"]),
            shown(one["fetched_at"]) or "never",
        )
        for one in answer["feeds"]
    ]
    ctx.out.table(("FEED", "ON CALL", "MADE BY", "MADE", "LAST FETCHED"), rows, empty="No feeds.")


@feed_command.command("remove")
@click.argument("feed")
@output_option
@click.pass_obj
def remove_command(ctx: Context, feed: str, output: str) -> None:
    """Make the address of FEED (its id, as `pagerd feed list` shows it) worth nothing."""
    say(ctx, ctx.daemon.delete(api("feeds", feed)), output)


def _what(name: str | None) -> str:
    return "what is told of incidents" if name == "incidents" else f"when {name or 'everybody'} is on call"
