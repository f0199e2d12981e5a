"""`make proof`: run the whole bar, part by part, and write what it measured into docs/reliability.md.

    make proof                      # every part that was not finished at this commit; hours
    make proof PARTS="crash fuzz"   # these, anew
    make proof PARTS=table          # run nothing, write the table again

A part is the same code that CI runs, with larger numbers. Its figures are in .proof/PART.jsonl, what became of it in
.proof/PART.json; whatever interrupts a run, the next one goes on with the part that was not finished.
"""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import apsw
import pytest

from tests import figures
from tests.figures import Figure
from tests.postgres.server import programs

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".proof"
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- what make proof measured -->\n", "<!-- the end of what make proof measured -->\n"
TABLE_ONLY = "table"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar: its commands are run one after the other, also when one of them fails."""

    name: str
    what: str
    commands: tuple[tuple[str, ...], ...]
    minutes: int = 0
    """About how long it takes on two idle cores; guessed from parts of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part."""

    commit: str
    seconds: int
    failed: tuple[str, ...]
    tests: int = 0
    tests_failed: int = 0
    tests_skipped: int = 0

    @property
    def said(self) -> str:
        """The outcome in words: a test that was skipped showed nothing."""
        words = [f"{self.tests:,} tests"] if self.tests else []
        words += [f"**{self.tests_failed:,} failed**"] if self.tests_failed else []
        words += [f"{self.tests_skipped:,} skipped"] if self.tests_skipped else []
        words += [f"**{command} failed**" for command in self.failed if not self.tests_failed]
        return ", ".join(words) or "all green"


def pytest_command(*arguments: str) -> tuple[str, ...]:
    """Return the command that runs these tests with the larger numbers, and says what they measured."""
    return (sys.executable, "-m", "pytest", "--share=proof", *arguments)


def said_one_by_one(*arguments: str) -> tuple[str, ...]:
    """Return the same for tests that are few and long: which of them runs now is said."""
    return pytest_command("-v", *arguments)


def drawn_command(*arguments: str) -> tuple[str, ...]:
    """Return the command that draws many times as often as CI does."""
    return ("env", "HYPOTHESIS_PROFILE=deep", *pytest_command("-o", "timeout=7200", *arguments))


def make_command(*arguments: str) -> tuple[str, ...]:
    """Return the command that makes a target."""
    return ("make", "--no-print-directory", *arguments)


DRAWN = tuple(f"tests/{folder}" for folder in ("core", "config", "sources", "channels", "engine", "web", "stores"))
SCHEDULES = ("tests/core/oncall", "tests/core/comparing")
POSTGRES = ("tests/stores/test_postgres_failover.py", "tests/stores/test_postgres_pooler.py")
DAEMON = (
    *("tests/e2e/test_openapi.py", "tests/e2e/test_mutated_files.py", "tests/e2e/test_canaries.py"),
    "tests/test_systemd.py",
)

YEAR = "tests/storms/test_year.py"
PROVIDERS = "tests/storms/test_provider_faults.py"

PARTS: tuple[Part, ...] = (
    Part(
        "crash",
        "a real daemon, killed at every boundary and at random, its power cut, its disk full, its database damaged",
        (said_one_by_one("tests/crashes", "tests/stores/test_sqlite_faults.py"),),
        minutes=25,
    ),
    Part(
        "storms",
        "the whole engine on virtual time, while everything around it goes wrong",
        (
            said_one_by_one("tests/storms", f"--ignore={YEAR}", f"--ignore={PROVIDERS}"),
            make_command("storm", "SEEDS=60"),
        ),
        minutes=75,
    ),
    Part(
        "providers",
        "each fault of a provider, in each medium and place",
        (said_one_by_one(PROVIDERS),),
        minutes=1,
    ),
    Part(
        "year",
        "the same in many short storms, with the others a year of virtual time",
        (said_one_by_one(YEAR),),
        minutes=40,
    ),
    Part(
        "failover",
        "a replicated PostgreSQL pair under two nodes: killed, hung and woken, one node cut off, two versions",
        (said_one_by_one("tests/e2e/test_failover.py", *POSTGRES),),
        minutes=15,
    ),
    Part(
        "hostile",
        "senders that are slow, many, huge and careless, and robots that press buttons",
        (said_one_by_one("tests/e2e/test_hostile.py", "tests/web/test_browser.py"),),
        minutes=10,
    ),
    Part(
        "daemon",
        "requests made from the OpenAPI document, files that people broke, secrets in what it says, its exposure",
        (said_one_by_one(*DAEMON),),
        minutes=30,
    ),
    Part(
        "drawn",
        "all that the tests draw, many times as often: orders of events, clocks, callbacks, routes",
        (drawn_command(*DRAWN, *(f"--ignore={one}" for one in SCHEDULES)),),
        minutes=35,
    ),
    Part("schedules", "the same of rotations and what two books differ in", (drawn_command(*SCHEDULES),), minutes=30),
    Part(
        "coverage",
        "the ways through the core that its own tests take",
        ((sys.executable, "-m", "tests.core_coverage"),),
        minutes=5,
    ),
    # A million for each of the fast parsers; the slow ones get what six minutes give, and the table says how many.
    Part(
        "fuzz",
        "hostile inputs to every parser",
        (make_command("fuzz", "RUNS=1000000", "MINUTES=6", "ARGS=--processes 2"),),
        minutes=45,
    ),
    Part(
        "nodes",
        "two nodes on one PostgreSQL, without faults, killed, frozen and woken, told to stop under load",
        (said_one_by_one("tests/e2e/test_nodes.py"),),
        minutes=30,
    ),
    Part(
        "load",
        "many open pages, alerts without end, a storm, a start after a kill; one core for pagerd, one for the load",
        ((sys.executable, "bench/goals.py", "lateness", "alerts", "ingest", "storm", "recovery"),),
        minutes=15,
    ),
    Part(
        "soak",
        "alerts that come and go: what grows, what the auditor costs, and what a watcher hears",
        ((sys.executable, "bench/goals.py", "soak"),),
        minutes=15,
    ),
)


def main(arguments: Sequence[str]) -> int:
    """Run the parts that are named, or all that are not finished; return 1 where something failed or was missed."""
    known = {part.name: part for part in PARTS}
    if unknown := [name for name in arguments if name not in known and name != TABLE_ONLY]:
        print(f"no part is called {' or '.join(unknown)}; there are {', '.join(known)}, and `{TABLE_ONLY}`")
        return 2
    KEPT.mkdir(exist_ok=True)
    commit = commit_now()
    named = [known[name] for name in arguments if name in known]
    todo = named if arguments else [part for part in PARTS if not is_finished(part, commit)]
    for number, part in enumerate(todo, 1):
        left = sum(one.minutes for one in todo[number - 1 :]) * 60
        about = f" (about {words_for(part.minutes * 60)} of {words_for(left)})" if part.minutes else ""
        print(f"\n== {number} of {len(todo)}: {part.name}: {part.what}{about}", flush=True)
        outcome = run(part, commit)
        print(f"== {part.name} after {words_for(outcome.seconds)}: {outcome.said.replace('*', '')}", flush=True)
        write_table(PAGE)
    write_table(PAGE)
    missed = [figure.what for part in PARTS for figure in figures_of(part) if figure.is_met is False]
    failed = [part.name for part in PARTS if (outcome := outcome_of(part)) is None or outcome.failed]
    for words, names in (("missed", missed), ("failed or never run", failed)):
        if names:
            print(f"{words}: {', '.join(names)}")
    print(f"The figures are in {PAGE.name}.")
    return 1 if missed or failed else 0


def run(part: Part, commit: str) -> Outcome:
    """Run a part to its end; its outcome is kept only then."""
    path = KEPT / f"{part.name}.jsonl"
    path.unlink(missing_ok=True)
    path.touch()
    (KEPT / f"{part.name}.json").unlink(missing_ok=True)
    began = time.monotonic()
    environment = {**os.environ, figures.FILE: str(path)}
    failed = []
    counts = [0, 0, 0]
    for number, command in enumerate(part.commands):
        print(f"$ {' '.join(command)}", flush=True)
        report = KEPT / f"{part.name}-{number}.xml"
        report.unlink(missing_ok=True)
        counting = (f"--junitxml={report}",) if "pytest" in command else ()
        if subprocess.run((*command, *counting), cwd=ROOT, env=environment, check=False).returncode:
            failed.append(" ".join(command[-2:]))
        counts = [sum(pair) for pair in zip(counts, counted(report), strict=True)]
    seconds = round(time.monotonic() - began)
    outcome = Outcome(commit, seconds, tuple(failed), *counts)
    (KEPT / f"{part.name}.json").write_text(json.dumps(asdict(outcome)))
    return outcome


def counted(report: Path) -> tuple[int, int, int]:
    """Return how many tests a report of pytest's has, how many failed, and how many were skipped."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).getroot())  # noqa: S314  # our own pytest wrote it just now
    tests, failures, errors, skipped = (
        sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    return tests, failures + errors, skipped


def outcome_of(part: Part) -> Outcome | None:
    """Return what became of a part when it was last run to its end."""
    try:
        kept = json.loads((KEPT / f"{part.name}.json").read_text())
    except FileNotFoundError:
        return None
    return Outcome(**{**kept, "failed": tuple(kept["failed"])})


def is_finished(part: Part, commit: str) -> bool:
    """Was this part run to its end, without a failure, on this very tree?"""
    outcome = outcome_of(part)
    return outcome is not None and outcome.commit == commit and not outcome.failed


def figures_of(part: Part) -> list[Figure]:
    """Return what a part measured when it was last run to its end."""
    path = KEPT / f"{part.name}.jsonl"
    return figures.read(path) if path.exists() and outcome_of(part) else []


def commit_now() -> str:
    """Return the commit of this tree, with a mark when more than the page of figures was changed since."""
    commit = git("rev-parse", "--short=12", "HEAD")
    changed = git("status", "--porcelain", "--", ".", f":!{PAGE.relative_to(ROOT)}")
    return f"{commit}+" if changed else commit


def git(*arguments: str) -> str:
    """Return what git says of this tree."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def write_table(page: Path) -> None:
    """Put the figures of all parts that were run between the marks of the page."""
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = list(table((part, outcome, figures_of(part)) for part in PARTS if (outcome := outcome_of(part))))
    page.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n\n" + END + after)


def table(parts: Iterable[tuple[Part, Outcome, Sequence[Figure]]]) -> Iterable[str]:
    """Yield the lines of the table: per part when and how long it ran, and one row for each figure."""
    yield f"On {machine()}:"
    yield ""
    yield "| What | Over | Measured | Goal | |"
    yield "| - | - | - | - | - |"
    for part, outcome, measured in parts:
        yield f"| **{part.name}**: {part.what} | {words_for(outcome.seconds)} | {outcome.said} | | `{outcome.commit}` |"
        for figure in measured:
            met = {True: "met", False: "**missed**", None: ""}[figure.is_met]
            yield f"| {figure.what} | {figure.n:,} | {figure.said} | {figure.goal} | {met} |"


def machine() -> str:
    """Say what it ran on."""
    try:
        postgres = "PostgreSQL " + programs().run("postgres", "--version").split()[2]
    except pytest.skip.Exception:
        postgres = "no PostgreSQL"
    return (
        f"{os.cpu_count()} cores, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}, "
        f"SQLite {apsw.sqlite_lib_version()}, {postgres}"
    )


def words_for(seconds: int) -> str:
    """Say a length of time for people."""
    return (
        f"{seconds} s"
        if seconds < 120
        else f"{round(seconds / 60)} min"
        if seconds < 7200
        else f"{seconds / 3600:.1f} h"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
