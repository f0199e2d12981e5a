"""What a change of rotations does, shift by shift: who gains, who loses, which nights, and where nobody is left.

It is answered from files, two directories or git revisions; no daemon is asked, and nothing is loaded that could speak
to others.
"""

from datetime import datetime

import click

from pagerd.cli.out import Context, directory_option
from pagerd.cli.times import EXPECTED, end_typed, instant_typed

FINDINGS = 1


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", required=False, metavar="[NEW]")
@click.option("--from", "start", type=instant_typed, metavar="TIME", help=f"From when on: {EXPECTED}. Now.")
@click.option("--to", "end", type=end_typed, metavar="TIME", help="Until when; 90 days without it.")
@click.option("--fail-if", multiple=True, metavar="CONDITION", help="Leave with 1 if so: 'new_gaps > 0'; repeated.")
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
def diff_command(
    ctx: Context,
    old: str,
    new: str | None,
    start: datetime | None,
    end: datetime | None,
    fail_if: tuple[str, ...],
    output: str,
) -> None:
    """Compare who is on call under two states of the config files: new gaps, shifts with other people, nights.

    OLD and NEW are directories, or else git revisions of the config directory. Without NEW it is the config directory
    as it stands.
    """
    from pagerd.cli import diffing

    report = diffing.compared(ctx, diffing.Asked(old, new, start, end, fail_if))
    diffing.write(ctx, report, output)
    for one in report.failed:
        ctx.out.talk(f"--fail-if: {one.text}: it is {one.found(report.difference.figures)}")
    if report.failed:
        click.get_current_context().exit(FINDINGS)
