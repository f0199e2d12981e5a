"""`pagerd import`: the files of another pager into files of this one, told beforehand and proved afterwards.

Nothing is asked over a network but a calendar that is named by its address, and no database is written: what was
imported is read, reviewed and merged as any other change of the files.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from pagerd.cli.out import Context, output_option
from pagerd.cli.times import EXPECTED, instant_typed, now, shown
from pagerd.clients.calendars import fetch, host_of, is_address
from pagerd.config.findings import errors, render
from pagerd.config.load import Loaded, load
from pagerd.config.reading import read_config
from pagerd.core.errors import InvalidPlan
from pagerd.core.plain import counted
from pagerd.importers import IMPORTERS
from pagerd.importers.base import ExportFile, Imported, Importer, Outcome, Row
from pagerd.importers.comparing import Comparison, compare
from pagerd.importers.exports import read_export
from pagerd.importers.placing import place, wanted
from pagerd.importers.writing import texts_of

FINDINGS = 1

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outlook:
    """An import before it is written: what it comes to, as which files, and what those mean when they are read."""

    imported: Imported
    files: Mapping[str, str]
    loaded: Loaded


@click.command("import")
@click.argument("kind", type=click.Choice(sorted(IMPORTERS)))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--to", "directory", metavar="DIR", help="The config directory to write into; else the one of -c.")
@click.option("--plan", "plans", is_flag=True, help="Say what would become of everything; write nothing.")
@click.option("--verify", "verifies", is_flag=True, help="Compare 90 days with the source's own shifts; write nothing.")
@click.option("--force", is_flag=True, help="Write over files of an earlier import that nobody has edited.")
@click.option("--at", "at", type=instant_typed, metavar="TIME", help=f"Leave out what ended before: {EXPECTED}.")
@output_option
@click.pass_obj
def import_command(
    ctx: Context,
    kind: str,
    paths: tuple[str, ...],
    directory: str | None,
    plans: bool,
    verifies: bool,
    force: bool,
    at: datetime | None,
    output: str,
) -> None:
    """Make files of pagerd from the export of another pager: files, or a directory of them, at PATH.

    A calendar may also be named by its address, which is fetched once.

    First with --plan, then with --verify, and at last without either, which writes. docs/importing.md says how an
    export is made.
    """
    since = at if at is not None else now()
    target = Path(directory or ctx.directory)
    importer = IMPORTERS[kind]
    imported = importer.convert(_files(importer, paths), since)
    if output == "table" and (plans or not verifies):
        _tell_plan(ctx, imported)
    outlook = _outlook(imported, kind, target, since)
    compared = _compared(outlook, since) if verifies else ()
    written = () if plans or verifies else place(target, outlook.files, force=force)
    if output == "json":
        ctx.out.json(_as_json(outlook, compared, verifies, written))
    elif verifies:
        _tell_comparison(ctx, imported, compared)
    if not (plans or verifies):
        for name in written:
            ctx.out.talk(f"wrote {target / name}")
        ctx.out.talk(f"Next: `pagerd check {target}`; compare again with --verify until you switch.")
    is_impossible = plans and any(one.outcome is Outcome.IMPOSSIBLE for one in imported.rows)
    if is_impossible or any(one.differences for one in compared):
        click.get_current_context().exit(FINDINGS)


def _files(importer: Importer, paths: tuple[str, ...]) -> tuple[ExportFile, ...]:
    """Return what paths name: files, and calendars that are fetched, under the name of their host."""
    addresses = [one for one in paths if is_address(one)]
    if addresses and not importer.is_fetched:
        raise click.UsageError(f"the export of {importer.product} is not fetched from an address: name its files")
    named = tuple(one for one in paths if not is_address(one))
    read = read_export(named, importer.suffixes) if named else ()
    hosts = Counter(host_of(one) for one in addresses)
    fetched = [
        ExportFile(f"{host_of(one)}{f'-{place}' if hosts[host_of(one)] > 1 else ''}{importer.suffixes[0]}", fetch(one))
        for place, one in enumerate(addresses, start=1)
    ]
    return (*read, *fetched)


def _outlook(imported: Imported, kind: str, target: Path, since: datetime) -> Outlook:
    """Write an import in memory, and read it as the daemon would. Raises InvalidPlan for files with errors."""
    if not imported.teams or not imported.people:
        raise InvalidPlan(f"nothing of {imported.product} is left that could be paged: there is no team or no person")
    files = wanted(target, texts_of(imported, kind))
    there = read_config(target, since)[0] if target.is_dir() else {}
    together = {**there, **files}
    loaded = load(together, now=since)
    if errors(loaded.findings):
        others = "; to begin a directory of its own, say --to DIR" if there else ""
        raise InvalidPlan(
            f"the files of this import, beside those in {target}, have errors; nothing was written{others}\n"
            f"{render(loaded.findings, together)}"
        )
    return Outlook(imported, files, loaded)


def _compared(outlook: Outlook, since: datetime) -> tuple[Comparison, ...]:
    plan = outlook.loaded.plan
    assert plan is not None, "there is a plan where there is no error"
    found = (compare(one, plan.book, since) for one in outlook.imported.rendered)
    return tuple(one for one in found if one is not None)


def _tell_plan(ctx: Context, imported: Imported) -> None:
    rows = [
        (one.what, one.id, one.name, one.outcome.value, one.becomes, "; ".join(one.remarks)) for one in imported.rows
    ]
    ctx.out.table(("WHAT", "ID", "NAME", "OUTCOME", "BECOMES", "WHY"), rows, empty="There is nothing in it.")
    counts = _counts(imported.rows)
    ctx.out.talk(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))


def _tell_comparison(ctx: Context, imported: Imported, compared: tuple[Comparison, ...]) -> None:
    rows = [
        (
            one.schedule,
            shown(difference.start),
            shown(difference.end),
            ", ".join(difference.there) or "NOBODY",
            ", ".join(difference.here) or "NOBODY",
        )
        for one in compared
        for difference in one.differences
    ]
    ctx.out.table(("SCHEDULE", "FROM", "TO", imported.product.upper(), "PAGERD"), rows, empty="")
    for one in compared:
        days = (one.end - one.start).total_seconds() / 86_400
        short = f"; {counted(one.short, 'span')} of less than a minute beside" if one.short else ""
        said = _said_of(len(one.differences))
        ctx.out.talk(f"{one.schedule}: {days:.0f} days compared, {said}{short}")
    for name in _uncompared(imported, compared):
        ctx.out.talk(f"{name}: not compared, the export has no shifts that {imported.product} computed from now on")


def _said_of(differing: int) -> str:
    if not differing:
        return "the same"
    return f"{counted(differing, 'span')} {'differs' if differing == 1 else 'differ'}"


def _uncompared(imported: Imported, compared: tuple[Comparison, ...]) -> list[str]:
    done = {one.schedule for one in compared}
    names = (one.value.id for team in imported.teams for one in team.schedules if one.value.copy is None)
    return sorted(name for name in names if name not in done)


def _counts(rows: tuple[Row, ...]) -> dict[str, int]:
    return {outcome.value: sum(one.outcome is outcome for one in rows) for outcome in Outcome}


def _as_json(outlook: Outlook, compared: tuple[Comparison, ...], verifies: bool, written: tuple[str, ...]) -> Json:
    imported = outlook.imported
    return {
        "product": imported.product,
        "rows": [
            {
                "what": one.what,
                "id": one.id,
                "name": one.name,
                "outcome": one.outcome.value,
                "becomes": one.becomes,
                "remarks": list(one.remarks),
            }
            for one in imported.rows
        ],
        "counts": _counts(imported.rows),
        "files": sorted(outlook.files),
        "written": sorted(written),
        "compared": [_comparison_json(one) for one in compared],
        "not_compared": _uncompared(imported, compared) if verifies else [],
    }


def _comparison_json(one: Comparison) -> Json:
    return {
        "schedule": one.schedule,
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "differences": [
            {
                "start": difference.start.isoformat(),
                "end": difference.end.isoformat(),
                "there": list(difference.there),
                "here": list(difference.here),
            }
            for difference in one.differences
        ],
        "shorter_than_a_minute": one.short,
    }
