"""`pagerd sop`: how incidents are run here, on one page, as Markdown."""

import click

from pagerd.cli.either import either
from pagerd.cli.out import Context, api, directory_option


@click.command("sop")
@directory_option
@click.pass_obj
def sop_command(ctx: Context) -> None:
    """Write on one page, as Markdown, how incidents are run: severities, roles, order, updates, criteria.

    A daemon that runs is asked; where none does, or where -c names a directory, the files say it.
    """
    ctx.out.lines(either(ctx, lambda: _of_daemon(ctx), lambda: _of_files(ctx.directory), without=".").rstrip())


def _of_daemon(ctx: Context) -> str:
    return str(ctx.daemon.get(api("sop"))["markdown"])


def _of_files(directory: str) -> str:
    from pagerd.cli import files
    from pagerd.core.incidents import sop

    return sop.markdown(sop.sections(files.plan_of(directory)))
