"""An export to what it comes to, by the way that the command goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pagerd.config.findings import errors, render
from pagerd.config.load import load
from pagerd.core.oncall.schedule import Book
from pagerd.core.plan import Plan
from pagerd.importers import IMPORTERS
from pagerd.importers.base import ExportFile, Imported, Row
from pagerd.importers.comparing import Comparison, compare
from pagerd.importers.exports import read_export
from pagerd.importers.writing import texts_of

HERE = Path(__file__).parent

AUTUMN = datetime(2026, 10, 1, tzinfo=UTC)
"""When the exports in this folder were made: their rendered shifts begin here, and the clocks change after a while."""


@dataclass(frozen=True)
class Outlook:
    """An export converted, written, and read again as any config is."""

    imported: Imported
    texts: Mapping[str, str]
    plan: Plan
    compared: Mapping[str, Comparison]

    @property
    def book(self) -> Book:
        """Who is on call, as the written files say."""
        return self.plan.book

    def row(self, id_: str) -> Row:
        """Return the row of the plan of one thing of the source."""
        [row] = [one for one in self.imported.rows if one.id == id_]
        return row


def outlook_of(kind: str, files: tuple[ExportFile, ...] | None = None, at: datetime = AUTUMN) -> Outlook:
    """Import files, or the export in the folder of that name; the files that it writes must have no error."""
    importer = IMPORTERS[kind]
    imported = importer.convert(files or read_export([str(HERE / kind)], importer.suffixes), at)
    texts = texts_of(imported, kind)
    together = {**texts.files, **texts.unless_there}
    loaded = load(together, now=at)
    assert not errors(loaded.findings), render(loaded.findings, together)
    assert loaded.plan is not None
    found = [compare(one, loaded.plan.book, at) for one in imported.rendered]
    return Outlook(imported, together, loaded.plan, {one.schedule: one for one in found if one is not None})


def told(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    """Return the differences as a person would read them."""
    return [
        (f"{one.start:%m-%d %H:%M}", f"{one.end:%m-%d %H:%M}", ",".join(one.there), ",".join(one.here))
        for one in comparison.differences
    ]


Json = dict[str, Any]


def text(at: datetime) -> str:
    """Write an instant as the APIs do."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def days(count: float) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)
