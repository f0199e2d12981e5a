"""Storms over the whole engine: CI blows the same ones each time, `make storm` others."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pagerd.lab.storms.__main__ import told
from pagerd.lab.storms.storm import Outcome, blow
from tests.figures import note
from tests.share import in_share
from tests.storms.run import all_of

EVENTS_LEAST = in_share(ci=200_000, proof=5_000_000)
SEEDS_MAX = in_share(ci=60, proof=4_000)
KEPT = [
    int(line.split()[0])
    for line in (Path(__file__).parent / "seeds.txt").read_text().splitlines()
    if line and not line.startswith("#")
]


def until_enough() -> list[Outcome]:
    """Blow the seeds that are kept, then the first ones, on all cores, until there were enough events."""
    seeds = [*KEPT, *(seed for seed in range(1, SEEDS_MAX + 1) if seed not in KEPT)]
    cores, outcomes = os.cpu_count() or 1, []
    for first in range(0, len(seeds), cores):
        if sum(outcome.events for outcome in outcomes) >= EVENTS_LEAST and first >= len(KEPT):
            break
        outcomes += all_of(seeds[first : first + cores], cores)
    return outcomes


@pytest.mark.timeout(in_share(ci=900, proof=86_400))
def test_storms_break_nothing():
    """Whatever goes wrong around it, pagerd keeps what it promises."""
    outcomes = until_enough()
    events = sum(outcome.events for outcome in outcomes)
    broken = [told(outcome) for outcome in outcomes if outcome.breach is not None]
    note("events in storms", events, n=len(outcomes), at_least=EVENTS_LEAST)
    note("storms that broke something", len(broken), n=len(outcomes), at_most=0)

    assert not broken, "\n\n".join(broken)
    assert events >= EVENTS_LEAST


@pytest.mark.timeout(900)
def test_a_seed_is_the_same_storm_each_time():
    """In this process and in another one, whose sets have other orders."""
    here = blow(4, events=100)
    again = "from pagerd.lab.storms.storm import blow; print(blow(4, events=100).trace)"
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    there = subprocess.run([sys.executable, "-c", again], env=environment, capture_output=True, text=True, check=True)

    assert there.stdout.strip().splitlines()[-1] == here.trace
    assert blow(5, events=20).trace != here.trace


@pytest.mark.timeout(900)
def test_a_storm_leaves_no_task_behind():
    """A storm is over when it returns: nothing of it runs on another loop."""
    blow(5, events=20)

    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
