"""What a pagerd says of its auditor, asked while something else is measured."""

import contextlib
import itertools
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rig import Pager

from tests.figures import note

ASK_EVERY_SECONDS = 2.0
ROUND = "pagerd_auditor_round_seconds"
AT = "pagerd_auditor_last_round_timestamp_seconds"
FOUND = "pagerd_auditor_findings_total"


@dataclass
class Watched:
    """The rounds of the auditor: when each ended, and what it cost."""

    rounds: dict[float, float] = field(default_factory=dict)
    found: float = 0.0

    def take(self, text: str) -> None:
        """Read what /metrics says."""
        values = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("pagerd_auditor"))
        if at := float(values[AT]):
            self.rounds[at] = float(values[ROUND])
        self.found = sum(float(value) for name, value in values.items() if name.startswith(FOUND))

    def note(self, when: str) -> None:
        """Note what came of it; from the end of one round to the start of the next there are 15 s."""
        ends, n = sorted(self.rounds), len(self.rounds)
        apart = [later - self.rounds[later] - sooner for sooner, later in itertools.pairwise(ends)]
        note(f"auditor {when}: findings", self.found, n=n, at_most=0)
        if apart:
            note(f"auditor {when}: longest time between two rounds", round(max(apart), 1), n=n, unit="s", at_most=15)
            dearest = max(self.rounds.values()) * 1000
            note(f"auditor {when}: dearest round", dearest, n=n, unit="ms", at_most=50)


@contextlib.contextmanager
def watching(pager: Pager) -> Iterator[Watched]:
    """Ask after the auditor until the block ends."""
    watched, over = Watched(), threading.Event()

    def ask_on() -> None:
        while not over.wait(ASK_EVERY_SECONDS):
            with (
                contextlib.suppress(OSError),  # one that is not answered in time is asked again
                urlopen(f"http://127.0.0.1:{pager.port}/metrics", timeout=10) as answer,
            ):
                watched.take(answer.read().decode())

    asking = threading.Thread(target=ask_on)
    asking.start()
    try:
        yield watched
    finally:
        over.set()
        asking.join()
