"""What a change of rules or rotations would have done: alerts of the past, played under two plans, and the difference.

Nothing is sent and no daemon is asked: the alerts come from pagerd's own database, which is only read, from a log of
webhooks, or from a Prometheus. What it needs is imported when it is asked for: the engine, and a database to play on.
"""

import click

from pagerd.cli.out import Context, directory_option
from pagerd.cli.times import EXPECTED, end_typed, instant_typed, length_typed

FINDINGS = 1


@click.command("replay")
@click.option("--file", "database", metavar="FILE", help="A database or a backup instead of the directory's.")
@click.option("--log", metavar="FILE", help="A log of Alertmanager's webhooks, one JSON object a line; `-` is stdin.")
@click.option("--prometheus", metavar="URL", help="A Prometheus that is asked for its series ALERTS.")
@click.option("--from", "start", type=instant_typed, metavar="TIME", help=f"From when on: {EXPECTED}.")
@click.option("--to", "end", type=end_typed, metavar="TIME", help="Until when; now, or the end of the log.")
@click.option("--against", metavar="DIR", help="Compare with the files of another directory.")
@click.option("--rev", "revision", metavar="REVISION", help="Compare with the files of a git revision.")
@click.option("--base-rev", "base_revision", metavar="REVISION", help="Compare from this git revision on.")
@click.option("--then", is_flag=True, help="Compare from what was in force then on; own history knows it.")
@click.option("--rules", multiple=True, metavar="FILE", help="Prometheus' rule files, for annotations; repeated.")
@click.option("--label", "labels", multiple=True, metavar="NAME=VALUE", help="A label that ALERTS lacks; repeated.")
@click.option("--step", type=length_typed, default="1m", show_default=True, help="How closely ALERTS is looked at.")
@click.option("--user", metavar="NAME", help="The user of basic auth at Prometheus.")
@click.option("--password-file", metavar="FILE", help="A file with their password.")
@click.option("--token-file", metavar="FILE", help="A file with a bearer token for Prometheus, instead.")
@click.option("--ca-file", metavar="FILE", help="The certificates that sign Prometheus' own.")
@click.option(
    "--answer-after",
    default="5m",
    show_default=True,
    metavar="TIME|never",
    help="When people answer a message that nobody is known to have answered.",
)
@click.option("--fail-if", multiple=True, metavar="CONDITION", help="Leave with 1 if so: 'night_pages > +0'; repeated.")
@click.option(
    "-o",
    "--output",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="How to write.",
)
@directory_option
@click.pass_obj
def replay_command(ctx: Context, /, output: str, **written: object) -> None:
    """Play past alerts again under changed rules and rotations: who would have been paged and woken, and who not.

    Without --against, --rev or --base-rev, own history is compared with what the current files would have made of it.
    """
    from pagerd.cli import replaying

    report = replaying.replayed(ctx, replaying.Asked(**written))  # type: ignore[arg-type]  # click gave each its type
    replaying.write(ctx, report, output)
    for one in report.failed:
        ctx.out.talk(f"--fail-if: {one.text}: it is {one.found(report.difference.figures)}")
    if report.failed:
        click.get_current_context().exit(FINDINGS)
