"""`pagerd schema`: what an editor needs to complete the config files and to underline what is wrong."""

import click

from pagerd.cli.out import Context
from pagerd.config import schema


@click.command("schema")
@click.argument("kind", type=click.Choice(list(schema.KINDS)))
@click.pass_obj
def schema_command(ctx: Context, kind: str) -> None:
    """Write the JSON Schema of one kind of config file; `check` knows more than it does."""
    ctx.out.raw(schema.written(kind))
