"""`python -m pagerd.lab.storms SEED`: blow one storm again, and say what became of it.

`--without FAULT` turns kinds of trouble off, to see which of them a failure needs, and `--also FAULT` turns some on;
then the storm is another one.
"""

import argparse
import sys
from pathlib import Path

from pagerd.config.checkout import git_revision
from pagerd.lab.storms.faults import Fault
from pagerd.lab.storms.storm import EVENTS, Outcome, blow

LINES = 60


def main() -> int:
    """Blow the storms that are named; return 1 when one of them broke something."""
    asked = _asked()
    without, also = (frozenset(Fault[name] for name in names) for names in (asked.without, asked.also))
    broken = False
    for seed in asked.seeds:
        outcome = blow(seed, events=asked.events, without=without, also=also)
        sys.stdout.write(told(outcome, lines=asked.lines) + "\n")
        broken = broken or outcome.breach is not None
    return 1 if broken else 0


def told(outcome: Outcome, *, lines: int = LINES) -> str:
    """Say what became of a storm: in a line where all went well, else with the last of what happened."""
    hours = outcome.virtual.total_seconds() / 3600
    seen = f"seed {outcome.seed}: {outcome.events:,} events in {hours:.1f} virtual hours, trace {outcome.trace}"
    if outcome.breach is None:
        return seen
    commit = git_revision(Path(__file__).parent) or "no commit"
    tail = "\n".join(outcome.tail[-lines:])
    again = f"again, at {commit}: python -m pagerd.lab.storms {outcome.asked}"
    faults = ", ".join(sorted(fault.name for fault in outcome.on))
    return f"{tail}\n{seen}\n{outcome.breach}\nfaults that were on: {faults}\n{again}"


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m pagerd.lab.storms", description="Blow storms again.")
    parser.add_argument("seeds", nargs="+", type=int, metavar="SEED")
    parser.add_argument("--events", type=int, default=EVENTS, help="before the calm; another number, another storm")
    parser.add_argument("--lines", type=int, default=LINES, help="of the timeline of one that broke something")
    for turned in ("--without", "--also"):
        parser.add_argument(turned, action="append", default=[], metavar="FAULT", choices=[one.name for one in Fault])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
