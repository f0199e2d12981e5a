"""How commands speak: tables or JSON on stdout, talk on stderr, colour only where a person looks."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from pagerd.clients.daemon import DaemonClient, find_daemon

DEFAULT_SOCKET = ".pagerd/pagerd.sock"


class Output:
    """Writes for one command."""

    def json(self, value: object) -> None:
        """Write data for a machine."""
        click.echo(json.dumps(value, indent=2, ensure_ascii=False))

    def line(self, text: str) -> None:
        """Write a line of data."""
        click.echo(text)

    def talk(self, text: str) -> None:
        """Say something to the person; never part of the data."""
        click.echo(text, err=True)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]], *, empty: str) -> None:
        """Write rows under their columns, or say what their absence means."""
        if not rows:
            self.talk(empty)
            return
        from rich.console import Console  # only tables pay for it
        from rich.table import Table

        plain = not sys.stdout.isatty()
        table = Table(box=None, pad_edge=False, show_edge=False, header_style="" if plain else "bold")
        for column in columns:
            table.add_column(column, overflow="fold", no_wrap=plain)
        for row in rows:
            table.add_row(*(_safe(cell) for cell in row))
        width = None if not plain else 10_000
        Console(no_color="NO_COLOR" in os.environ, highlight=False, markup=False, width=width).print(table)


@dataclass(slots=True)
class Context:
    """What every command gets: where the files are, as whom it acts, how it writes, and the daemon."""

    directory: str
    acts_as: str | None
    out: Output = field(default_factory=Output)

    @property
    def daemon(self) -> DaemonClient:
        """The daemon that the environment names, or the one of this config directory on this host."""
        return DaemonClient(find_daemon(str(Path(self.directory) / DEFAULT_SOCKET)), self.acts_as)


def output_option(function: Any) -> Any:  # noqa: ANN401  # a click decorator
    """Give a command `-o table|json`."""
    return click.option(
        "-o", "--output", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to write."
    )(function)


def _safe(text: str) -> str:
    """Alert text is data: no control character reaches a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
