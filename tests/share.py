"""How much of what is drawn or repeated a run does: CI's share by default, or, with `--share=proof`, the whole bar.

It is the same code with other numbers. A module asks while it is read: `SEEDS = in_share(ci=20, proof=20_000)`.
"""

from typing import TypeVar

import pytest

T = TypeVar("T")

_chosen = "ci"


def offer(parser: pytest.Parser) -> None:
    """Let whoever runs the tests choose."""
    parser.addoption(
        "--share",
        choices=("ci", "proof"),
        default="ci",
        help="how often to repeat what is drawn: CI's share, or the whole bar (hours)",
    )


def choose(config: pytest.Config) -> None:
    """Take the choice, before any test module is read."""
    global _chosen  # noqa: PLW0603  # the one option of the run: parameters are made of it while modules are read
    _chosen = config.getoption("--share")


def in_share(*, ci: T, proof: T) -> T:
    """Return the number that belongs to this run."""
    return proof if _chosen == "proof" else ci
