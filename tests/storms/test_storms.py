"""Storms over the whole engine: CI blows the same ones each time, `make storm` others."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pagerd.lab.storms.__main__ import told
from pagerd.lab.storms.storm import EVENTS, blow
from tests.share import in_share
from tests.storms.run import Tally, blow_until, note_figures

EVENTS_LEAST = in_share(ci=500_000, proof=2_000_000)
SEEDS_LEAST = in_share(ci=1, proof=4_000)
LENGTH = in_share(ci=EVENTS, proof=100)
"""Events before the calm. In the proof storms are short and many: each seed is another company under other trouble."""
SEEDS_MAX = in_share(ci=60, proof=4_000)
TOLD_EVERY = in_share(ci=SEEDS_MAX, proof=100)
"""Storms between two lines that say how far it is: the proof takes hours."""


def kept() -> dict[int, int]:
    """Return the seeds that once broke something, each with the events of its storm: it may say how many it was of."""
    lines = (Path(__file__).parent / "seeds.txt").read_text().splitlines()
    names = [line.split()[0].split("/") for line in lines if line and not line.startswith("#")]
    return {int(seed): int(events[0]) if events else LENGTH for seed, *events in names}


KEPT = kept()


def is_enough(tally: Tally) -> bool:
    """Were there as many events and seeds as this run is to have, and every kind of trouble?

    A few storms may be without one of the rarer kinds: then some more follow, as far as the seeds of this run go.
    """
    return tally.storms >= max(SEEDS_LEAST, len(KEPT)) and tally.events >= EVENTS_LEAST and not tally.never


@pytest.mark.timeout(in_share(ci=900, proof=86_400))
def test_storms_break_nothing(capsys):
    """Whatever goes wrong around it, pagerd keeps what it promises."""
    seeds = KEPT | {seed: LENGTH for seed in range(1, SEEDS_MAX + 1) if seed not in KEPT}
    tally = blow_until(seeds.items(), is_enough, capsys.disabled, told_every=TOLD_EVERY)
    note_figures("storms", tally, events_least=EVENTS_LEAST)

    assert not tally.broken, "\n\n".join(map(told, tally.broken))
    assert not tally.never, f"these kinds of trouble never hit: {tally.never}"
    assert is_enough(tally)


@pytest.mark.timeout(900)
def test_a_seed_is_the_same_storm_each_time():
    """After others in this process, and as the first in another one, whose sets have other orders."""
    blow(5, events=20)  # whatever blew before in a process leaves nothing to the next one
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
