"""Silences: what is muted, by whom, until when, and what one would mute."""

import re
from datetime import datetime
from typing import Any

import click

from pagerd.cli.out import Context, api, confirm, output_option, say
from pagerd.cli.times import EXPECTED, end_typed, instant_typed, length_typed, shown
from pagerd.core.alerts.matching import parse_matcher

_BARE = re.compile(r"\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)(?![=~])(.*)", re.DOTALL)


def matcher_typed(text: str) -> str:
    """Read a matcher into the one form that the files have, or say how it is written.

    A shell takes the quotes of `service="checkout"` away, so a value without them is good here.
    """
    bare = _BARE.fullmatch(text)
    if bare is not None and not bare[3].lstrip().startswith('"'):
        escaped = bare[3].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        text = f'{bare[1]}{bare[2]}"{escaped}"'
    try:
        return str(parse_matcher(text))
    except ValueError as error:
        raise click.BadParameter(f"{error}; write it as service=checkout or pod=~'api-.*'") from error


@click.group("silence")
def silence_command() -> None:
    """Mute what matches, until an instant, with a reason."""


@silence_command.command("add")
@click.argument("matchers", nargs=-1, required=True, type=matcher_typed, metavar="MATCHER...")
@click.option("--for", "lasts", type=length_typed, metavar="LENGTH", help="Such as 2h or 1h30m.")
@click.option("--until", type=end_typed, metavar="TIME", help=f"{EXPECTED}; a date includes that day.")
@click.option("--from", "start", type=instant_typed, metavar="TIME", help="Without it, from now on.")
@click.option("--why", required=True, metavar="TEXT", help="One sentence for whoever wonders why it is quiet.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@output_option
@click.pass_obj
def add_command(
    ctx: Context,
    matchers: tuple[str, ...],
    lasts: str | None,
    until: datetime | None,
    start: datetime | None,
    why: str,
    yes: bool,
    output: str,
) -> None:
    """Mute alerts that all MATCHERs match, such as service=checkout, after a look at what that mutes now."""
    if (until is None) == (lasts is None):
        raise click.UsageError("say until when: either --for or --until", click.get_current_context())
    _tell_preview(ctx, _ask_preview(ctx, matchers), is_talk=True)
    confirm(ctx, "Put it into force?", yes=yes)
    body: dict[str, object] = {"match": list(matchers), "why": why}
    if start is not None:
        body["from"] = start.isoformat()
    body |= {"to": until.isoformat()} if until is not None else {"for": lasts}
    answer = ctx.daemon.post(api("silences"), body)
    if output == "json":
        ctx.out.json(answer)
    else:
        silence = answer["silence"]
        ctx.out.line(f"{silence['id']} mutes {_matchers(silence)} until {shown(silence['to'])}.")


@silence_command.command("preview")
@click.argument("matchers", nargs=-1, required=True, type=matcher_typed, metavar="MATCHER...")
@output_option
@click.pass_obj
def preview_command(ctx: Context, matchers: tuple[str, ...], output: str) -> None:
    """Say which alerts that fire now all MATCHERs match; nothing changes."""
    seen = _ask_preview(ctx, matchers)
    ctx.out.json(seen) if output == "json" else _tell_preview(ctx, seen, is_talk=False)


@silence_command.command("list")
@click.option("--ended", is_flag=True, help="Those that are over too.")
@output_option
@click.pass_obj
def list_command(ctx: Context, ended: bool, output: str) -> None:
    """List silences that mute now or will."""
    answer = ctx.daemon.get(api("silences"), ended="true" if ended else None)
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["id"],
            _matchers(one),
            shown(one["from"]),
            shown(one["to"]),
            one["by"],
            one["why"],
            "by command" if one["stored"] else "in the files",
        )
        for one in answer["silences"]
    ]
    ctx.out.table(("SILENCE", "MUTES", "FROM", "UNTIL", "BY", "WHY", "WHERE"), rows, empty="No silences.")


@silence_command.command("end")
@click.argument("silence")
@output_option
@click.pass_obj
def end_command(ctx: Context, silence: str, output: str) -> None:
    """End SILENCE now. One of the files ends there."""
    say(ctx, ctx.daemon.delete(api("silences", silence)), output)


def _ask_preview(ctx: Context, matchers: tuple[str, ...]) -> dict[str, Any]:
    answer: dict[str, Any] = ctx.daemon.post(api("silences", "preview"), {"match": list(matchers)})
    return answer


def _tell_preview(ctx: Context, seen: dict[str, Any], *, is_talk: bool) -> None:
    count, examples = seen["count"], seen["examples"]
    columns = ("ALERT", "SERVICE", "SUMMARY")
    rows = [
        (one["labels"].get("alertname"), one["labels"].get("service"), one["annotations"].get("summary"))
        for one in examples
    ]
    if rows and is_talk:
        ctx.out.talk_table(columns, rows)
    elif rows:
        ctx.out.table(columns, rows, empty="")
    if count > len(examples):
        ctx.out.talk(f"... and {count - len(examples)} more.")
    words = "1 alert that fires now matches." if count == 1 else f"{count} alerts that fire now match."
    ctx.out.talk(words if count else "Nothing that fires now matches.")


def _matchers(silence: dict[str, Any]) -> str:
    return ", ".join(silence["match"])
