"""What the config files say: everything that is wrong with them, and every value that would be in force."""

import pathlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

import click

from pagerd.cli import times
from pagerd.cli.either import either
from pagerd.cli.out import Context, api, directory_option, output_option
from pagerd.config.findings import Finding, FindingSeverity, errors
from pagerd.config.reader import Path
from pagerd.core.errors import InvalidPlan
from pagerd.core.plain import counted

FINDINGS = 1


@click.command("check")
@click.argument("directory", required=False, metavar="[DIR]")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="warning",
    show_default=True,
    help="The least finding that makes the exit code 1.",
)
@output_option
@directory_option
@click.pass_obj
def check_command(ctx: Context, directory: str | None, fail_on: str, output: str) -> None:
    """Say everything that is wrong with the config files of DIR: 0 nothing, 1 findings, 2 no directory.

    Who is on call is proved for the next 400 days: holes, people at two levels at once, who leaves, long shifts, short
    rest. Notes are for whoever reviews a change, and fail nothing.
    """
    from pagerd.cli import files
    from pagerd.config.findings import render
    from pagerd.config.named_secrets import missing

    read = files.read(directory or ctx.directory, proves=True)
    findings = read.loaded.findings
    settings = read.loaded.settings
    absent = missing(settings, pathlib.Path(directory or ctx.directory)) if settings is not None else ()
    number = Counter(one.severity for one in findings)
    counts = {
        "files": len(read.texts),
        "rules": _count(read.loaded.origins, ("rules", None, "rules", None)),
        "schedules": _count(read.loaded.origins, ("teams", None, "schedules", None)),
        "errors": number[FindingSeverity.ERROR],
        "warnings": number[FindingSeverity.WARNING],
        "notes": number[FindingSeverity.NOTE],
    }
    if output == "json":
        revision = read.loaded.plan.revision if read.loaded.plan is not None else None
        found = [one.as_json() for one in findings]
        shown = [{"file": one.file.reference, "for": one.what_for} for one in absent]
        ctx.out.json({"findings": found, **counts, "revision": revision, "secrets_missing": shown})
    else:
        if findings:
            ctx.out.lines(render(findings, read.texts) + "\n")
        ctx.out.line(_summary(counts))
        if absent:
            named = ", ".join(f"{one.file.reference} (for {one.what_for})" for one in absent)
            ctx.out.talk(f"Not on this host: {named}. `pagerd doctor` examines secrets where pagerd runs.")
    if _fails(findings, fail_on):
        click.get_current_context().exit(FINDINGS)


@click.group("config")
def config_command() -> None:
    """Show what is in force, and where each value comes from."""


@config_command.command("show")
@click.argument("team", required=False)
@output_option
@directory_option
@click.pass_obj
def show_command(ctx: Context, team: str | None, output: str) -> None:
    """Show every value in force, and its file and line; with TEAM those that decide about its alerts.

    A daemon that runs is asked; where none does, or where -c names a directory, the files say what would be in force.
    """
    from pagerd.config import show

    shown = either(
        ctx,
        lambda: ctx.daemon.get(api("config"), team=team),
        lambda: _of_files(ctx.directory, team),
        without="; what people stored by command is not in them.",
    )
    if output == "json":
        ctx.out.json(shown)
    else:
        ctx.out.lines(
            show.render(tuple(show.Value(one["name"], one["value"], one["origin"]) for one in shown["values"]))
        )
        ctx.out.talk(f"revision {shown['revision']}")
    if not shown["plan_ok"]:
        ctx.out.talk(
            f"! The files are broken: this is the last good plan, in force since {times.shown(shown['loaded_at'])}. "
            "`pagerd check` says what is wrong."
        )


def _of_files(directory: str, team: str | None) -> dict[str, Any]:
    """Return what the daemon would say if it ran on these files."""
    from pagerd.cli import files
    from pagerd.config import show

    loaded = files.read(directory).loaded
    if loaded.plan is None:
        count = len(errors(loaded.findings))
        raise InvalidPlan(
            f"the files in {directory} cannot come into force: {counted(count, 'error')}; "
            f"`pagerd check {directory}` shows them. A daemon that runs goes on with its last good plan, and shows that"
        )
    values = (
        *show.values(loaded.origins, loaded.plan, team),
        *show.rights_values(loaded.origins, loaded.plan, times.now(), team),
    )
    return {
        "revision": loaded.plan.revision,
        "plan_ok": True,
        "loaded_at": None,
        "values": [one.as_json() for one in values],
    }


def _fails(findings: Iterable[Finding], fail_on: str) -> bool:
    match fail_on:
        case "never":
            return False
        case "error":
            return any(one.severity is FindingSeverity.ERROR for one in findings)
        case "warning":
            return any(one.severity is not FindingSeverity.NOTE for one in findings)
        case _:
            return any(True for _ in findings)


def _count(origins: Iterable[Path], form: tuple[str | None, ...]) -> int:
    """Count things by where their values stand, so that what was readable is counted in broken files too."""
    length = len(form)
    return len(
        {
            path[:length]
            for path in origins
            if len(path) >= length and all(part in (None, word) for part, word in zip(form, path, strict=False))
        }
    )


def _summary(counts: dict[str, int]) -> str:
    def said(name: str) -> str:
        return counted(counts[name], name.removesuffix("s"))

    notes = f", {said('notes')}" if counts["notes"] else ""
    return f"{said('files')}, {said('rules')}, {said('schedules')}: {said('errors')}, {said('warnings')}{notes}"
