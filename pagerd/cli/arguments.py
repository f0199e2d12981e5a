"""Arguments that many commands take: numbers of what pagerd counts, and sentences that need no quotes."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

DIGITS_MAX = 12


def number_typed(value: str) -> int:
    """Read a number that pagerd gave: of an incident, a draft, an action item. They begin at 1."""
    if not (value.isascii() and value.isdecimal() and len(value) <= DIGITS_MAX and int(value) > 0):
        raise click.BadParameter(f"{value!r} is no number: write one such as 7")
    return int(value)


def words_argument(name: str, *, required: bool = True) -> Callable[[F], F]:
    """Give a command a sentence as its last argument: one string, with or without quotes around it."""

    def joined(_ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str:
        said = " ".join(value).strip()
        if required and not said:
            raise click.BadParameter("it is empty: write a sentence", param=param)
        return said

    return click.argument(name, nargs=-1, required=required, callback=joined)
