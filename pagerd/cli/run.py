"""`pagerd run`: the daemon in the foreground."""

import gc
import sys
from pathlib import Path

import click

from pagerd.cli.out import Context, directory_option


@click.command("run")
@click.option("--log-format", type=click.Choice(["auto", "console", "json"]), default="auto", show_default=True)
@click.option(
    "--log-level", type=click.Choice(["debug", "info", "warning", "error"]), default="info", show_default=True
)
@click.option(
    "--observe",
    is_flag=True,
    help="Send nothing, ask no provider: take alerts, decide, and write down what would have been sent.",
)
@directory_option
@click.pass_obj
def run_command(ctx: Context, log_format: str, log_level: str, *, observe: bool) -> None:
    """Run the daemon on the config directory until it is told to stop."""
    gc.disable()  # what imports make lives on: looking for garbage among it takes a tenth of the start
    from pagerd.daemon import logs, start

    gc.enable()
    as_json = log_format == "json" or (log_format == "auto" and not sys.stderr.isatty())
    logs.configure(as_json=as_json, level=log_level)
    start.main(Path(ctx.directory), ctx.out.line, observing=observe)
