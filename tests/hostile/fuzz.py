"""`make fuzz`: more hostile inputs than a test run has time for, with a table at the end.

    make fuzz                     five minutes for each parser
    make fuzz MINUTES=60          an hour for each
    make fuzz RUNS=1000000        so many inputs for each
    make fuzz ARGS="grafana runbook --seed 7"
    make fuzz ARGS="generic --guided"

`--guided` lets Atheris steer one target by coverage; see guided.py.
"""

import argparse
import contextlib
import os
import secrets
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests import figures
from tests.hostile.runner import Outcome, folder_of_a_child, fuzz
from tests.hostile.targets import TARGETS, Target

MINUTES = 5.0


def main() -> None:
    """Run the targets that are named, or all; exit with 1 where something was found."""
    asked = _asked()
    console = Console()
    if asked.guided:
        sys.exit(_guided(asked.targets))
    targets = [TARGETS[name] for name in asked.targets or TARGETS]
    console.print(f"seed {asked.seed}; again with --seed {asked.seed}")
    outcomes = _all(console, targets, asked)
    console.print(table(outcomes))
    for outcome in outcomes:
        if figures.are_collected():
            what = f"fuzz, {outcome.target}: uncaught errors, crashes, hangs, too much memory"
            figures.note(what, len(outcome.findings), n=outcome.sent, at_most=0)
        for finding in outcome.findings:
            console.print(f"[red]{outcome.target}[/red]: ", end="")
            console.print(finding, markup=False)
    if any(outcome.findings for outcome in outcomes):
        console.print("Each input is kept in tests/hostile/found/, where every test run tries it again.")
        sys.exit(1)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Send hostile inputs to the parsers.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all of them")
    parser.add_argument("--minutes", type=float, default=0, help=f"for each target; {MINUTES:g} without --runs")
    parser.add_argument("--runs", type=int, default=0, help="inputs for each target")
    parser.add_argument("--seed", default=str(secrets.randbelow(2**32)))
    parser.add_argument("--processes", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--guided", action="store_true", help="steer one target by coverage, with Atheris")
    asked = parser.parse_args()
    if unknown := [name for name in asked.targets if name not in TARGETS]:
        parser.error(f"no such target: {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    if asked.guided and len(asked.targets) != 1:
        parser.error("--guided takes one target")
    return asked


def _guided(targets: Sequence[str]) -> int:
    """Let Atheris steer, in a process of its own: it must be imported before what it steers, and never returns."""
    command = [sys.executable, "-m", "tests.hostile.guided", *targets]
    with folder_of_a_child() as environment, subprocess.Popen(command, env=environment) as process:
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # it is interrupted itself, and has a last word to say
                return process.wait()


def _all(console: Console, targets: Sequence[Target], asked: argparse.Namespace) -> list[Outcome]:
    seconds = asked.minutes * 60 or (1e9 if asked.runs else MINUTES * 60)
    runs = asked.runs or sys.maxsize
    columns = TextColumn("{task.description:18}"), BarColumn(), TextColumn("{task.fields[said]}"), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress, ThreadPoolExecutor(asked.processes) as pool:

        def one(target: Target) -> Outcome:
            total = asked.runs or seconds
            row = progress.add_task(target.name, total=total, said="")

            def told(outcome: Outcome) -> None:
                said = f"{outcome.sent:,} inputs, {len(outcome.findings)} found"
                done = outcome.sent if asked.runs else progress.tasks[row].elapsed or 0
                progress.update(row, completed=done, said=said)

            outcome = fuzz(target, seed=asked.seed, runs=runs, seconds=seconds, told=told)
            progress.update(row, completed=total, said=f"{outcome.sent:,} inputs, {len(outcome.findings)} found")
            return outcome

        return list(pool.map(one, targets))


def table(outcomes: Sequence[Outcome]) -> Table:
    """Return what came of all."""
    shown = Table("parser", "inputs", "accepted", "a second", "slowest ms", "peak RSS MB", "found")
    for column in shown.columns[1:]:
        column.justify = "right"
    for one in outcomes:
        rate = one.sent / one.seconds if one.seconds else 0
        shown.add_row(
            one.target,
            f"{one.sent:,}",
            f"{one.accepted:,}",
            f"{rate:,.0f}",
            f"{one.slowest * 1000:.0f}",
            f"{one.rss / 1e6:.0f}",
            str(len(one.findings)),
        )
    return shown


if __name__ == "__main__":
    main()
