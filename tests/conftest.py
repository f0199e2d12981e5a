"""What every test run has: a seed that is said, and skipped tests that nobody can overlook."""

import os
import secrets
from collections import defaultdict

import hypothesis
import pytest
import structlog

from tests import share

pytest_plugins = ["tests.postgres.fixtures", "tests.postgres.worlds"]

# No deadline per example: the machine's speed is no property of the code. No database: a run depends on its seed alone.
hypothesis.settings.register_profile("ci", max_examples=50, deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("deep", parent=hypothesis.settings.get_profile("ci"), max_examples=500)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# As pagerd itself logs: a pretty traceback draws the values of all variables, a whole plan for each frame.
_shown = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
structlog.configure(processors=[*structlog.get_config()["processors"][:-1], _shown])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write down what happens in the stories instead of comparing it, and to run with larger numbers."""
    parser.addoption("--rewrite-stories", action="store_true", help="write what happens into tests/stories/*.story")
    parser.addoption("--postgres", action="store_true", help="keep every world of the lab in PostgreSQL")
    share.offer(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Draw the run's seed where none was given, before hypothesis reads the option; say how much is run."""
    share.choose(config)
    if config.getoption("hypothesis_seed", None) is None:
        config.option.hypothesis_seed = str(secrets.randbelow(2**32))


def pytest_report_header(config: pytest.Config) -> str:
    """Say the seed where the run begins."""
    return _seed(config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say again what was not shown by this run: each reason once, with the tests that it kept from running."""
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        terminalreporter.write_line(_seed(config), yellow=True)
    reasons = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", []):
        reasons[_reason(report)].append(report.nodeid)
    if not reasons:
        return
    count = sum(map(len, reasons.values()))
    terminalreporter.write_sep("!", f"NOT SHOWN BY THIS RUN: {count} tests were skipped", yellow=True, bold=True)
    for reason, tests in sorted(reasons.items()):
        terminalreporter.write_line(f"{len(tests)} x {reason}", yellow=True, bold=True)
        for test in sorted(tests):
            terminalreporter.write_line(f"    {test}")
    terminalreporter.write_sep("!", yellow=True, bold=True)


def _seed(config: pytest.Config) -> str:
    seed = config.option.hypothesis_seed
    return f"hypothesis: the seed is {seed}; again with --hypothesis-seed={seed}"


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    # A skip's long text is (file, line, reason); that of an unmet expectation is plain text.
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")
