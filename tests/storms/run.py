"""`make storm`: more storms than a test run has time for, on all cores, with a table at the end.

    make storm SEEDS=1000              a thousand seeds that nobody has tried, drawn anew each time
    make storm SEEDS=200 FROM=1        seeds 1 to 200

A seed that breaks something is printed with the command that blows it again, and belongs into tests/storms/seeds.txt.
"""

import argparse
import os
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pagerd.lab.storms.__main__ import told
from pagerd.lab.storms.faults import Fault
from pagerd.lab.storms.storm import Outcome, blow

HOURS_OF_A_YEAR = 24 * 365


def all_of(seeds: Sequence[int], processes: int) -> Iterator[Outcome]:
    """Blow these storms on so many cores, and give each when it is over."""
    # Each process is made anew: a storm begins with nothing that this process has loaded or drawn.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(blow, seeds)


def hits_of(outcomes: Sequence[Outcome]) -> Counter[Fault]:
    """Count how often each kind of trouble hit."""
    hits: Counter[Fault] = Counter()
    for outcome in outcomes:
        hits.update(outcome.hits)
    return hits


def table(outcomes: Sequence[Outcome], seconds: float) -> Table:
    """Sum up what blew."""
    hits, kinds = hits_of(outcomes), sum((outcome.kinds for outcome in outcomes), Counter())
    years = sum(outcome.virtual.total_seconds() for outcome in outcomes) / 3600 / HOURS_OF_A_YEAR
    made = Table(
        title=f"{len(outcomes):,} storms, {kinds.total():,} events, {years:.3f} virtual years, {seconds:.0f} s"
    )
    made.add_column("what")
    made.add_column("how often", justify="right")
    for kind, count in kinds.most_common():
        made.add_row(kind, f"{count:,}")
    made.add_section()
    for fault in Fault:
        made.add_row(fault.value, f"{hits[fault]:,}" if hits[fault] else "[red]never[/red]")
    return made


def main() -> int:
    """Blow what was asked for; return 1 when something broke, or a kind of trouble never hit."""
    parser = argparse.ArgumentParser(prog="make storm", description="Blow many storms.")
    parser.add_argument("--seeds", type=int, default=100, help="how many")
    parser.add_argument("--from", dest="first", type=int, default=None, help="the first seed; drawn where not given")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    first = asked.first if asked.first is not None else secrets.randbelow(10**9)
    console, outcomes, began = Console(), [], time.monotonic()
    columns = (TextColumn("storms"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("storms", total=asked.seeds)
        for outcome in all_of(range(first, first + asked.seeds), asked.processes):
            outcomes.append(outcome)
            progress.advance(bar)
            if outcome.breach is not None:
                console.print(told(outcome), markup=False, highlight=False)
    console.print(table(outcomes, time.monotonic() - began))
    broken = [outcome.seed for outcome in outcomes if outcome.breach is not None]
    if broken:
        console.print(f"{len(broken)} storms broke something: {', '.join(map(str, broken))}")
    never = [fault.name for fault in Fault if not hits_of(outcomes)[fault]]
    if never:
        console.print(f"These never hit, so this run says nothing of them: {', '.join(never)}")
    return 1 if broken or never else 0


if __name__ == "__main__":
    sys.exit(main())
