"""`pagerd simulate`: its options. What it does stands in `simulating.py`, which imports the whole engine."""

from typing import Any

import click

from pagerd.cli.out import Context, directory_option, output_option
from pagerd.cli.times import EXPECTED, end_typed, instant_typed, length_typed


@click.command("simulate")
@click.argument("what", nargs=-1, metavar="[PAGE|FILE|-|LABEL=VALUE...]")
@click.option("--alert", "alerts", multiple=True, metavar="LABELS", help="One more: '+5m alertname=X severity=page'.")
@click.option("--annotation", "annotations", multiple=True, metavar="NAME=TEXT", help="Such as summary=..., repeated.")
@click.option("--at", type=instant_typed, metavar="TIME", help=f"When the first alert fires: {EXPECTED}. Now.")
@click.option("--spread", is_flag=True, help="Alerts of a FILE fire as far apart as they began; else all at once.")
@click.option("--resolved-after", type=length_typed, metavar="LENGTH", help="Each alert ends so long after it fired.")
@click.option(
    "--answers", multiple=True, metavar="[WHO=][MEDIUM:]LENGTH", help="Answers so long after a message; nobody does."
)
@click.option("--unanswered", multiple=True, metavar="WHO", help="Never answers, where everybody else does.")
@click.option("--resolves", multiple=True, metavar="WHO=LENGTH", help="Resolves the page so long after taking it.")
@click.option("--away", multiple=True, metavar="WHO", help="Is away all the time.")
@click.option("--on-call", multiple=True, metavar="SCHEDULE=WHO", help="Covers a schedule all the time.")
@click.option("--down", multiple=True, metavar="MEDIUM|PROVIDER", help="Takes nothing all the time, such as sms.")
@click.option(
    "--for", "lasts", type=length_typed, metavar="LENGTH", help="Look so far; else until nothing new happens."
)
@click.option("--until", type=end_typed, metavar="TIME", help="Look until then, instead of --for.")
@click.option("--texts", is_flag=True, help="Write each message where it leaves, with all that it says.")
@click.option("--svg", type=click.Path(dir_okay=False, writable=True), metavar="FILE", help="Draw a picture there.")
@click.option("--fail-unless-told-within", type=length_typed, metavar="LENGTH", help="Code 1 for an alert later told.")
@click.option(
    "--fail-unless-answered-within", type=length_typed, metavar="LENGTH", help="Code 1 for a page longer open."
)
@output_option
@directory_option
@click.pass_obj
def simulate_command(ctx: Context, /, **asked: Any) -> None:  # noqa: ANN401  # click's options
    """Say what would happen: who is called when, by what and why, until somebody answers or nothing new happens.

    Alerts are given as to `explain`: by labels, as JSON in a FILE or on stdin, or as a page by its id, whose alerts
    fire again. Nobody answers unless --answers says so. The files are read as they stand, so a change can be tried.
    """
    from pagerd.cli.simulating import Asked, run

    if not asked["what"] and not asked["alerts"]:
        raise click.UsageError("no alert: name its labels, a FILE, a page, or use --alert")
    if asked["lasts"] is not None and asked["until"] is not None:
        raise click.UsageError("say until when by --for or by --until, not by both")
    click.get_current_context().exit(run(ctx, Asked(**asked)))
