"""Postmortems: read one, check it, carry it through its review."""

import sys
from pathlib import Path
from typing import Any, BinaryIO

import click

from pagerd.cli.arguments import number_typed, words_argument
from pagerd.cli.incident_words import act, examples, given, key_option, number_argument, one_of
from pagerd.cli.out import Context, api, output_option
from pagerd.cli.times import shown
from pagerd.core.postmortems.document import TEXT_MAX
from pagerd.core.postmortems.lint import lint
from pagerd.core.postmortems.review import ReviewState

FINDINGS = 1
"""The exit code of a check that found something which stands against a review."""


@click.group("postmortem")
def postmortem_command() -> None:
    """Postmortems: read one, check it, carry it through its review.

    A postmortem is drafted when an incident is resolved whose severity asks for one. It is about the system, and not
    about anybody.
    """


@postmortem_command.command("list")
@click.option("--team", help="Only those of this team.")
@click.option("--state", type=one_of(ReviewState), help="Only those in this state.")
@click.option("--all", "with_decided", is_flag=True, help="Those that are accepted or waived, too.")
@click.option("--before", type=number_typed, metavar="NUMBER", help="Only of older incidents than this.")
@output_option
@click.pass_obj
def list_command(
    ctx: Context, team: str | None, state: str | None, with_decided: bool, before: int | None, output: str
) -> None:
    """List postmortems that are to be written or reviewed, the newest first."""
    answer = ctx.daemon.get(
        api("postmortems"), team=team, state=state, open="false" if with_decided else None, before=before
    )
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            str(one["incident"]),
            one["severity"],
            one["team"],
            one["state"].replace("_", " "),
            one["owner"],
            shown(one["due"]) + (", OVERDUE" if one["is_overdue"] else ""),
            one["title"],
        )
        for one in answer["postmortems"]
    ]
    ctx.out.table(
        ("INCIDENT", "SEVERITY", "TEAM", "STATE", "OWNER", "DUE", "WHAT"), rows, empty="No postmortem is due."
    )
    if answer["more"]:
        ctx.out.talk(f"There are older ones: --before {answer['postmortems'][-1]['incident']} goes on.")


@postmortem_command.command("show", epilog=examples("pagerd postmortem show 7 > postmortem.md"))
@number_argument
@output_option
@click.pass_obj
def show_command(ctx: Context, number: int, output: str) -> None:
    """Write the postmortem of incident NUMBER as Markdown."""
    answer = _shown(ctx, number)
    if output == "json":
        ctx.out.json(answer)
        return
    ctx.out.lines(answer["text"].rstrip("\n"))
    one = answer["postmortem"]
    ctx.out.talk(f"{one['state'].replace('_', ' ').capitalize()}, due {shown(one['due'])}; {one['owner']} writes it.")
    if answer["file"]:
        ctx.out.talk(f"It is written in {answer['file']}")


@postmortem_command.command(
    "check", epilog=examples("pagerd postmortem check 7", "pagerd postmortem check postmortems/incident-0007.md")
)
@click.argument("what")
@output_option
@click.pass_obj
def check_command(ctx: Context, what: str, output: str) -> None:
    """Say what is missing from WHAT: the postmortem of an incident by its number, or any file."""
    findings = _shown(ctx, int(what))["findings"] if what.isascii() and what.isdecimal() else _found_in(Path(what))
    if output == "json":
        ctx.out.json({"findings": findings})
    else:
        rows = [
            (str(one["line"]), "error" if one["is_error"] else "warning", one["code"], one["what"]) for one in findings
        ]
        ctx.out.table(("LINE", "", "CODE", "WHAT"), rows, empty="Nothing is missing.")
    if any(one["is_error"] for one in findings):
        sys.exit(FINDINGS)


@postmortem_command.command("draft")
@number_argument
@key_option
@output_option
@click.pass_obj
def draft_command(ctx: Context, number: int, key: str | None, output: str) -> None:
    """Draft one that nobody must write: after a drill, or of an incident whose severity asks for none."""
    _act(ctx, number, "draft", key, output)


@postmortem_command.command("refresh")
@number_argument
@key_option
@output_option
@click.pass_obj
def refresh_command(ctx: Context, number: int, key: str | None, output: str) -> None:
    """Take in what was written in its file, and write the facts anew. No word of yours changes."""
    _act(ctx, number, "refresh", key, output)


@postmortem_command.command("read", epilog=examples("pagerd postmortem read 7 postmortem.md"))
@number_argument
@click.argument("file", type=click.File("rb"))
@key_option
@output_option
@click.pass_obj
def read_command(ctx: Context, number: int, file: BinaryIO, key: str | None, output: str) -> None:
    """Take the text of FILE, where no directory is configured; `-` is standard input."""
    based_on = _shown(ctx, number)["digest"]
    body = {"text": _read(file), "based_on": based_on}
    act(ctx, api("incidents", str(number), "postmortem"), body, key, output)


@postmortem_command.command("submit")
@number_argument
@key_option
@output_option
@click.pass_obj
def submit_command(ctx: Context, number: int, key: str | None, output: str) -> None:
    """Ask a lead to review it. Refused while something is missing."""
    _act(ctx, number, "submit", key, output)


@postmortem_command.command("return")
@number_argument
@words_argument("why")
@key_option
@output_option
@click.pass_obj
def return_command(ctx: Context, number: int, why: str, key: str | None, output: str) -> None:
    """Send it back from review, and say WHY."""
    _act(ctx, number, "return", key, output, why=why)


@postmortem_command.command("accept")
@number_argument
@key_option
@output_option
@click.pass_obj
def accept_command(ctx: Context, number: int, key: str | None, output: str) -> None:
    """Accept it, as a lead of the team, of what somebody else submitted. The incident is closed with it."""
    _act(ctx, number, "accept", key, output)


@postmortem_command.command("waive")
@number_argument
@words_argument("why")
@key_option
@output_option
@click.pass_obj
def waive_command(ctx: Context, number: int, why: str, key: str | None, output: str) -> None:
    """Say, as a lead of the team, WHY this incident needs none."""
    _act(ctx, number, "waive", key, output, why=why)


def _act(ctx: Context, number: int, verb: str, key: str | None, output: str, **options: object) -> None:
    act(ctx, api("incidents", str(number), "postmortem", verb), given(**options), key, output)


def _shown(ctx: Context, number: int) -> dict[str, Any]:
    answer: dict[str, Any] = ctx.daemon.get(api("incidents", str(number), "postmortem"))
    return answer


def _found_in(path: Path) -> list[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            text = _read(file)
    except OSError as error:
        raise click.UsageError(f"reading {path}: {error.strerror}") from error
    return [{"code": one.code, "line": one.line, "what": one.what, "is_error": one.is_error} for one in lint(text)]


def _read(file: BinaryIO) -> str:
    """Return a text as it is, its ends of line as well."""
    try:
        text = file.read(TEXT_MAX * 4 + 1).decode()
    except UnicodeDecodeError as error:
        raise click.UsageError(f"reading {file.name}: it is no text in UTF-8") from error
    if len(text) > TEXT_MAX:
        raise click.UsageError(f"reading {file.name}: it has more than {TEXT_MAX:,} characters")
    return text
