"""Personal tokens for the API: made, listed, revoked. A token is shown once, to whoever made it."""

import click

from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import length_typed, shown

SCOPES = ("read", "ack", "admin")


@click.group("token")
def token_command() -> None:
    """Personal tokens for the API."""


@token_command.command("create")
@click.argument("person")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="May be given twice.")
@click.option("--expires", "lasts", type=length_typed, metavar="LENGTH", help="Such as 90d; without it, it never does.")
@output_option
@click.pass_obj
def create_command(
    ctx: Context, person: str, name: str, scopes: tuple[str, ...], lasts: str | None, output: str
) -> None:
    """Make a token for PERSON; NAME says where it is used. The token alone is on stdout."""
    body: dict[str, object] = {"person": person, "name": name, "scopes": list(scopes)}
    if lasts is not None:
        body["for"] = lasts
    answer = ctx.daemon.post(api("tokens"), body)
    if output == "json":
        ctx.out.json(answer)
        return
    ctx.out.line(answer["token"])
    ends = f"until {shown(answer['expires_at'])}" if answer["expires_at"] else "until it is revoked"
    ctx.out.talk(
        f"{answer['id']} speaks for {answer['person']} ({', '.join(answer['scopes'])}) {ends}. "
        "It is not shown again: keep it in a file that only its user can read, and name that in PAGERD_TOKEN_FILE."
    )


@token_command.command("list")
@output_option
@click.pass_obj
def list_command(ctx: Context, output: str) -> None:
    """List tokens: your own, or everybody's where you may."""
    answer = ctx.daemon.get(api("tokens"))
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["id"],
            one["person"],
            one["name"],
            ", ".join(one["scopes"]),
            shown(one["created_at"]),
            shown(one["expires_at"]) or "never",
            shown(one["last_used_at"]) or "never",
        )
        for one in answer["tokens"]
    ]
    ctx.out.table(("TOKEN", "PERSON", "NAME", "MAY", "MADE", "EXPIRES", "LAST USED"), rows, empty="No tokens.")


@token_command.command("revoke")
@click.argument("token")
@output_option
@click.pass_obj
def revoke_command(ctx: Context, token: str, output: str) -> None:
    """Make TOKEN (its id, as `pagerd token list` shows it) worth nothing."""
    say(ctx, ctx.daemon.delete(api("tokens", token)), output)
