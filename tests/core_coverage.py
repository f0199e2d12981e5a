"""Whether the tests of the core go every way through it: each line, and each branch both ways.

    .venv/bin/python -m tests.core_coverage

Prints what they miss. It runs tests/core alone: what other tests come past proves nothing about the core's own.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.figures import note

ROOT = Path(__file__).resolve().parents[1]


def main(tests: Sequence[str]) -> int:
    """Run the tests, note what they cover, and return 1 where one failed: a way that none goes fails nothing."""
    with tempfile.TemporaryDirectory() as name:
        kept, report = f"--data-file={name}/kept", Path(name) / "report.json"
        measured = (sys.executable, "-m", "coverage")
        # A debug context or a trace makes what is slow slower: no test may fail for that.
        running = ("-m", "pytest", "-q", "-o", "timeout=1200", *(tests or ("tests/core",)))
        ran = subprocess.run(
            (*measured, "run", kept, "--branch", "--source=pagerd.core", *running), cwd=ROOT, check=False
        )
        subprocess.run((*measured, "report", kept, "--show-missing", "--skip-covered"), cwd=ROOT, check=False)
        subprocess.run((*measured, "json", kept, "-q", "-o", str(report)), cwd=ROOT, check=True)
        totals = json.loads(report.read_text())["totals"]
    covered = 100 * totals["covered_branches"] / totals["num_branches"]
    note("branches of the core that its own tests take", covered, n=totals["num_branches"], unit="%", at_least=100)
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
