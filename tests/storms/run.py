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
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from multiprocessing import get_context

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pagerd.daemon.runtime import spare_the_collector
from pagerd.lab.storms.__main__ import told
from pagerd.lab.storms.faults import Fault
from pagerd.lab.storms.perils import PLACES, SIDES, Place
from pagerd.lab.storms.storm import EVENTS, Outcome, blow
from tests import figures
from tests.figures import note

YEAR = timedelta(days=365)

EVENTS_A_SECOND = 5_000
"""How many events one core is to make in a second of its time."""


@dataclass(frozen=True, slots=True)
class Blown:
    """A storm that is over, and the time that a core spent on it."""

    outcome: Outcome
    cpu_seconds: float


@dataclass(slots=True)
class Tally:
    """What some storms come to."""

    storms: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    hits: Counter[Fault] = field(default_factory=Counter)
    deaths: Counter[Place] = field(default_factory=Counter)
    virtual: timedelta = timedelta(0)
    cpu_seconds: float = 0.0
    broken: list[Outcome] = field(default_factory=list)

    def add(self, blown: Blown) -> None:
        """Count one more."""
        outcome = blown.outcome
        self.storms += 1
        self.kinds += outcome.kinds
        self.hits += outcome.hits
        self.deaths += outcome.deaths
        self.virtual += outcome.virtual
        self.cpu_seconds += blown.cpu_seconds
        if outcome.breach is not None:
            self.broken.append(outcome)

    @property
    def events(self) -> int:
        """How many events there were."""
        return self.kinds.total()

    @property
    def years(self) -> float:
        """How much virtual time passed."""
        return self.virtual / YEAR

    @property
    def never(self) -> list[Fault]:
        """The kinds of trouble that never hit: of these it says nothing."""
        return [fault for fault in Fault if not self.hits[fault]]

    @property
    def spared(self) -> list[str]:
        """The boundaries at which no process died, each with its side."""
        return [f"{side} {boundary.name}" for boundary, side in PLACES if not self.deaths[boundary, side]]

    @property
    def rates(self) -> tuple[float, float]:
        """Events in a second of one core's time: all of them, and those that are no alert that came in."""
        seconds = self.cpu_seconds or 1.0
        return self.events / seconds, (self.events - self.kinds["alert in"]) / seconds

    @property
    def said(self) -> str:
        """All of it in a line."""
        every, others = self.rates
        return (
            f"{self.storms:,} storms, {self.events:,} events, {self.years:.3f} virtual years; in a second of one core's"
            f" time {every:,.0f} events, {others:,.0f} of them no alerts"
        )


def all_of(asked: Iterable[tuple[int, int]], processes: int) -> Iterator[Blown]:
    """Blow storms, each a seed and how many events, on so many cores; give each when it is over, in their order."""
    left, blowing = iter(asked), deque[Future[Blown]]()
    # Each process is made anew: a storm begins with nothing that this process has loaded or drawn. Its collector is
    # the daemon's.
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=spare_the_collector) as pool:
        try:
            while True:
                blowing += [pool.submit(_one, *one) for one in islice(left, 2 * processes - len(blowing))]
                if not blowing:
                    return
                yield blowing.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def blow_until(
    asked: Iterable[tuple[int, int]],
    is_enough: Callable[[Tally], bool],
    speaking: Callable[[], AbstractContextManager[None]],
    told_every: int,
) -> Tally:
    """Blow storms on all cores until it is enough; say how far it is, and at once what broke: the proof takes hours."""
    tally = Tally()
    with closing(all_of(asked, os.cpu_count() or 1)) as storms:
        for blown in storms:
            tally.add(blown)
            say = [told(blown.outcome)] if blown.outcome.breach is not None else []
            if tally.storms % told_every == 0:
                say.append(f"{tally.said}; {len(tally.broken)} broke something")
            with speaking():
                for line in say:
                    print(line, flush=True)  # noqa: T201  # a test run prints nothing else of it until its end
            if is_enough(tally):
                break
    return tally


def _one(seed: int, events: int) -> Blown:
    began = time.process_time()
    outcome = blow(seed, events=events)
    seconds = time.process_time() - began
    # Thousands of timelines of what went well are much to keep.
    return Blown(outcome if outcome.breach is not None else replace(outcome, tail=()), seconds)


def table(tally: Tally, seconds: float) -> Table:
    """Sum up what blew."""
    made = Table(title=f"{tally.said}; {seconds:.0f} s")
    made.add_column("what")
    made.add_column("how often", justify="right")
    for kind, count in tally.kinds.most_common():
        made.add_row(kind, f"{count:,}")
    made.add_section()
    for fault in Fault:
        made.add_row(fault.value, f"{tally.hits[fault]:,}" if tally.hits[fault] else "[red]never[/red]")
    made.add_section()
    for boundary in dict.fromkeys(boundary for boundary, _ in PLACES):
        sides = (f"{side} {tally.deaths[boundary, side] or '[red]never[/red]'}" for side in SIDES)
        made.add_row(f"dies at {boundary} {boundary.name}", ", ".join(sides))
    return made


def note_figures(which: str, tally: Tally, *, events_least: int | None = None) -> None:
    """Write down what a run of storms measured."""
    every, others = tally.rates
    note_outcome(which, tally, events_least=events_least)
    note(f"{which}: events in a second of one core", every, n=tally.events, at_least=EVENTS_A_SECOND)
    note(f"{which}: the same without alerts", others, n=tally.events - tally.kinds["alert in"])
    note(f"{which}: kinds of trouble that never hit", len(tally.never), n=len(Fault), at_most=0)


def note_outcome(
    which: str, tally: Tally, *, events_least: int | None = None, years_least: float | None = None
) -> None:
    """Write down how much was blown, and what broke."""
    note(f"{which}: events", tally.events, n=tally.storms, at_least=events_least)
    note(f"{which}: that broke something", len(tally.broken), n=tally.storms, at_most=0)
    note(f"{which}: virtual time", tally.years, n=tally.storms, unit="years", at_least=years_least)


def main() -> int:
    """Blow what was asked for; return 1 when something broke, or a kind of trouble never hit."""
    parser = argparse.ArgumentParser(prog="make storm", description="Blow many storms.")
    parser.add_argument("--seeds", type=int, default=100, help="how many")
    parser.add_argument("--from", dest="first", type=int, default=None, help="the first seed; drawn where not given")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    first = asked.first if asked.first is not None else secrets.randbelow(10**9)
    console, tally, began = Console(), Tally(), time.monotonic()
    columns = (TextColumn("storms"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("storms", total=asked.seeds)
        for blown in all_of(((seed, EVENTS) for seed in range(first, first + asked.seeds)), asked.processes):
            tally.add(blown)
            progress.advance(bar)
            if blown.outcome.breach is not None:
                console.print(told(blown.outcome), markup=False, highlight=False)
    console.print(table(tally, time.monotonic() - began))
    if figures.are_collected():
        note_figures("storms that nobody had tried", tally)
    if tally.broken:
        seeds = ", ".join(str(outcome.seed) for outcome in tally.broken)
        console.print(f"{len(tally.broken)} storms broke something: {seeds}")
    if tally.never:
        names = ", ".join(fault.name for fault in tally.never)
        console.print(f"These never hit, so this run says nothing of them: {names}")
    if tally.spared:
        console.print(f"No process died here: {', '.join(tally.spared)}")
    return 1 if tally.broken or tally.never else 0


if __name__ == "__main__":
    sys.exit(main())
