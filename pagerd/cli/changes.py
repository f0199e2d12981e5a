"""What was changed: told by hand, and listed."""

from datetime import datetime

import click

from pagerd.cli.arguments import words_argument
from pagerd.cli.incident_words import examples, given, one_of
from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import past_typed, shown
from pagerd.core.changes import CHANGE_KINDS


@click.group("change")
def change_command() -> None:
    """What was changed: deploys, flags, config. Tell of one, list them."""


@change_command.command("post", epilog=examples("pagerd change post flag payments-api new checkout turned on"))
@click.argument("kind", type=one_of(CHANGE_KINDS))
@click.argument("service")
@words_argument("what")
@click.option("--at", type=past_typed, metavar="TIME", help="When it happened, if not just now.")
@click.option("--link", default="", metavar="URL", help="Where more is to be seen.")
@click.option("--id", "change_id", metavar="TEXT", help="Made up by you: with the same one it is one change.")
@output_option
@click.pass_obj
def post_command(
    ctx: Context,
    kind: str,
    service: str,
    what: str,
    at: datetime | None,
    link: str,
    change_id: str | None,
    output: str,
) -> None:
    """Say WHAT was changed of SERVICE."""
    body = given(kind=kind, service=service, what=what, at=at, link=link, id=change_id)
    say(ctx, ctx.daemon.post(api("changes"), body), output)


@change_command.command("list")
@click.option("--service", help="Only what was changed of this one.")
@click.option("--kind", type=one_of(CHANGE_KINDS), help="Only changes of this kind.")
@click.option("--since", type=past_typed, metavar="TIME", help="Since when; otherwise a week ago.")
@click.option("--until", type=past_typed, metavar="TIME", help="Until when; otherwise now.")
@output_option
@click.pass_obj
def list_command(
    ctx: Context, service: str | None, kind: str | None, since: datetime | None, until: datetime | None, output: str
) -> None:
    """List what was changed, the newest first."""
    asked = given(service=service, kind=kind, since=since, until=until)
    answer = ctx.daemon.get(api("changes"), **{name: str(value) for name, value in asked.items()})
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (shown(one["at"]), one["kind"], one["service"], one["what"], one["by"] or one["source"])
        for one in answer["changes"]
    ]
    ctx.out.table(("AT", "KIND", "SERVICE", "WHAT", "BY"), rows, empty="Nothing was changed that anybody told of.")
    if answer["more"]:
        ctx.out.talk(f"There was more: --until {answer['changes'][-1]['at']} goes on.")
