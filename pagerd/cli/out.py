"""How commands speak: tables or JSON on stdout, talk on stderr, colour only where a person looks.

What comes from alerts and from people is data: no character of theirs reaches a terminal that would move its cursor,
colour it or turn its text around.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, TextIO, TypeVar
from urllib.parse import quote

import click
from click.core import ParameterSource

from pagerd.cli.times import read_in
from pagerd.clients.daemon import DaemonClient, find_daemon

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_SOCKET = ".pagerd/pagerd.sock"

UNWRAPPED_WIDTH = 10_000
"""Columns of a table that no person looks at: whoever reads it by line finds each row on one."""


class ReaderGone(Exception):
    """Whoever read stdout has gone, as `head` does: nothing is wrong, and there is nothing more to say."""


class Output:
    """Writes for one command."""

    def json(self, value: object) -> None:
        """Write data for a machine."""
        self.raw(_escaped(json.dumps(value, indent=2, ensure_ascii=False)) + "\n")

    def raw(self, text: str) -> None:
        """Write data as it is: its characters are good, its last line ends. Raises ReaderGone."""
        try:
            click.echo(text, nl=False)
        except BrokenPipeError as error:
            raise ReaderGone from error

    def line(self, text: str) -> None:
        """Write one line of data: what an alert says cannot begin a line of its own, as if pagerd had said it."""
        self.lines(" ".join(text.splitlines()))

    def lines(self, text: str) -> None:
        """Write lines that are our own."""
        self.raw(printable(text) + "\n")

    def talk(self, text: str) -> None:
        """Say something to the person; never part of the data."""
        click.echo(printable(text), err=True)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str | None]], *, empty: str) -> None:
        """Write rows under their columns, or say what their absence means."""
        if rows:
            self.raw(_drawn(columns, rows, sys.stdout))
        elif empty:
            self.talk(empty)

    def timeline(self, story: dict[str, Any]) -> None:
        """Write a timeline, and whose clock it is on: whoever was woken may sit in another zone than this host."""
        self.line("")
        self.line(f"Timeline, times of {story['zone']}:")
        for entry in story["timeline"]:
            self.line(f"{entry['local']}  {entry['sentence']}")

    def talk_table(self, columns: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
        """Show rows to the person who is asked something; never part of the data."""
        click.echo(_drawn(columns, rows, sys.stderr), nl=False, err=True)


@dataclass(slots=True)
class Context:
    """What every command gets: where the files are, as whom it acts, how it writes, and the daemon."""

    directory: str
    acts_as: str | None
    out: Output = field(default_factory=Output)
    names_directory: bool = False
    """Did the person write the directory down in this very command? Then the files are meant."""
    _said_that_it_observes: bool = False

    @property
    def daemon(self) -> DaemonClient:
        """The daemon that the environment names, or the one of this config directory on this host."""
        socket = str(Path(self.directory) / DEFAULT_SOCKET)
        return DaemonClient(find_daemon(socket), self.acts_as, self._say_that_it_observes, read_in)

    def _say_that_it_observes(self) -> None:
        """Say it once, whatever was asked and however the answer is written: nobody is reached by this pagerd."""
        if not self._said_that_it_observes:
            self.out.talk("! This pagerd only observes: it sends nothing to anybody.")
        self._said_that_it_observes = True


def output_option(function: F) -> F:
    """Give a command `-o table|json`."""
    return click.option(
        "-o", "--output", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to write."
    )(function)


def directory_option(function: F) -> F:
    """Give a command `-c DIR` of its own, so that it may stand behind the command as well as before it."""

    def note(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.obj.directory = value
            ctx.obj.names_directory = True
        elif ctx.find_root().get_parameter_source("directory") is ParameterSource.COMMANDLINE:
            ctx.obj.names_directory = True

    return click.option(
        "-c", "--config", expose_value=False, callback=note, metavar="DIR", help="The config directory."
    )(function)


def api(*parts: str) -> str:
    """Return a path of the API. Each part is one segment, whatever the person typed."""
    return "/api/v1/" + "/".join(quote(part, safe="") for part in parts)


def say(ctx: Context, answer: dict[str, Any], output: str) -> None:
    """Write what became of an act: its sentence, or all of the answer."""
    ctx.out.json(answer) if output == "json" else ctx.out.line(answer["sentence"])


def confirm(ctx: Context, question: str, *, yes: bool) -> None:
    """Ask before something changes; whoever says no leaves with 1. Only a person at a terminal is asked."""
    if yes or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    if not click.confirm(question, err=True):
        ctx.out.talk("Nothing was changed.")
        click.get_current_context().exit(1)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal while something long goes on; yield what is told how much is done, and of how much."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def told(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(min(done, bar.length) - bar.pos)

        yield told


def printable(text: str) -> str:
    """Return the text without what a terminal would obey; the ends of lines stay."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in text)


def _drawn(columns: Sequence[str], rows: Sequence[Sequence[str | None]], stream: TextIO) -> str:
    """Return a table for a stream: as wide as its terminal, or, where nobody looks, each row on one plain line."""
    from rich.console import Console  # only tables pay for it
    from rich.table import Table
    from rich.text import Text

    is_terminal = stream.isatty()
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold" if is_terminal else "")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=not is_terminal)
    for row in rows:
        table.add_row(*(Text(_cell(cell)) for cell in row))
    buffer = StringIO()
    width = shutil.get_terminal_size().columns if is_terminal else UNWRAPPED_WIDTH
    Console(
        file=buffer,
        force_terminal=is_terminal,
        no_color="NO_COLOR" in os.environ,
        highlight=False,
        markup=False,
        emoji=False,
        width=width,
    ).print(table)
    return "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().splitlines())


def _cell(text: str | None) -> str:
    if not text:
        return "-"
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(text.splitlines()))


def _escaped(text: str) -> str:
    """Write unprintable characters as JSON escapes; outside its strings JSON has none but the ends of lines."""
    return "".join(sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in text)
