"""What the commands about incidents share."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import click

from pagerd.cli.out import Context, say

F = TypeVar("F", bound=Callable[..., Any])


def number_argument(function: F) -> F:
    """Give a command the incident's NUMBER."""
    return click.argument("number", type=click.IntRange(min=1))(function)


def key_option(function: F) -> F:
    """Give a command `--key`, for scripts that may run twice."""
    return click.option("--key", metavar="TEXT", help="Made up by you: with the same one it is done once.")(function)


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
