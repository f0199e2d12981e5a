"""What the commands about incidents share."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import click

from pagerd.cli.arguments import number_typed
from pagerd.cli.out import Context, say

F = TypeVar("F", bound=Callable[..., Any])


def number_argument(function: F) -> F:
    """Give a command the incident's NUMBER."""
    return click.argument("number", type=number_typed)(function)


def key_option(function: F) -> F:
    """Give a command `--key`, for scripts that may run twice."""
    return click.option("--key", metavar="TEXT", help="Made up by you: with the same one it is done once.")(function)


_YES_NO = click.Choice(["yes", "no", "unknown"])


def cheat_sheet_options(function: F) -> F:
    """Give a command the three questions that propose a severity."""
    for option, question in (
        ("--growing", "is the impact growing?"),
        ("--at-risk", "is money, data or security at risk?"),
        ("--blocked", "are customers blocked from core actions?"),
    ):
        function = click.option(option, type=_YES_NO, help=f"Cheat sheet: {question}")(function)
    return function


def sheet(
    blocked: str | None = None, at_risk: str | None = None, growing: str | None = None
) -> dict[str, object] | None:
    """Return the answers as the API takes them; None where no question was answered."""
    return given(core_blocked=blocked, at_risk=at_risk, growing=growing) or None


def one_of(words: Iterable[str]) -> click.Choice[str]:
    """Return the type of a word out of several."""
    return click.Choice([str(word) for word in words])


def examples(*lines: str) -> str:
    """Return the end of a command's help: lines to copy, broken where they are and nowhere else."""
    return "\b\n" + "\n".join(lines)


def act(ctx: Context, path: str, body: Mapping[str, object], key: str | None, output: str) -> None:
    """Tell the daemon, and write what became of it."""
    say(ctx, ctx.daemon.post(path, body, key=key), output)


def given(**options: object) -> dict[str, object]:
    """Return the options that were given, as the API takes them; what was left out is not mentioned."""
    return {name: _written(value) for name, value in options.items() if value not in (None, "")}


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
