"""The checklists of an incident: what is done, what is known, and what is open."""

from datetime import datetime
from typing import Any

import click

from pagerd.cli.arguments import number_typed, words_argument
from pagerd.cli.incident_words import act, examples, given, key_option, number_argument, one_of
from pagerd.cli.out import Context, api, output_option
from pagerd.cli.times import past_typed, shown

_STEP = click.argument("step")


@click.group("checklist")
def checklist_command() -> None:
    """The first minutes of an incident: steps to tick, questions to answer.

    What pagerd sees by itself is done without anybody's tick.
    """


@checklist_command.command("show")
@number_argument
@output_option
@click.pass_obj
def show_command(ctx: Context, number: int, output: str) -> None:
    """Show what is done, what is known, and what is open."""
    answer = ctx.daemon.get(api("incidents", str(number), "checklists"))
    if output == "json":
        ctx.out.json(answer)
        return
    for clock in answer["clocks"]:
        how = f"since {shown(clock['done_at'])}" if clock["done_at"] else f"by {shown(clock['due_at'])}"
        ctx.out.line(f"{clock['means']}: {how}")
    for one in answer["checklists"]:
        ctx.out.line("")
        ctx.out.line(f"{one['checklist']}: {one['open']} open")
        ctx.out.table(("", "STEP", "WHAT", "KNOWN", "BY"), [_row(step) for step in one["steps"]], empty="")
    _tell_found(ctx, answer)


def _tell_found(ctx: Context, answer: dict[str, Any]) -> None:
    """Write what was changed, which other incidents there are, and what may be the cause."""
    tables = (
        (
            ("CHANGED", "KIND", "SERVICE", "WHAT", "BY"),
            [(shown(one["at"]), one["kind"], one["service"], one["what"], one["by"]) for one in answer["changes"]],
        ),
        (
            ("INCIDENT", "STATUS", "SERVICE", "WHAT"),
            [(str(one["number"]), one["status"], one["service"], one["title"]) for one in answer["related"]],
        ),
        (
            ("HYPOTHESIS", "IS", "WHAT", "WHY"),
            [(str(one["number"]), one["verdict"], one["text"], one["why"]) for one in answer["hypotheses"]],
        ),
    )
    for columns, rows in tables:
        if rows:
            ctx.out.line("")
            ctx.out.table(columns, rows, empty="")


_SIGNS = {"open": "[ ]", "done": "[x]", "skipped": "[-]"}


def _row(step: dict[str, Any]) -> tuple[str | None, ...]:
    known = [step["text"], shown(step["since"]) if step["since"] else "", f"({step['owner']})" if step["owner"] else ""]
    return _SIGNS[step["status"]], step["step"], step["asks"], " ".join(part for part in known if part), step["by"]


@checklist_command.command("tick", epilog=examples("pagerd checklist tick 7 confirm-impact 5xx at 12 %"))
@number_argument
@_STEP
@words_argument("text", required=False)
@key_option
@output_option
@click.pass_obj
def tick_command(ctx: Context, number: int, step: str, text: str, key: str | None, output: str) -> None:
    """Say that STEP is done."""
    _mark(ctx, number, step, key, output, status="done", text=text)


@checklist_command.command("skip")
@number_argument
@_STEP
@words_argument("why")
@key_option
@output_option
@click.pass_obj
def skip_command(ctx: Context, number: int, step: str, why: str, key: str | None, output: str) -> None:
    """Say WHY nobody does STEP."""
    _mark(ctx, number, step, key, output, status="skipped", text=why)


@checklist_command.command(
    "answer",
    epilog=examples(
        "pagerd checklist answer 7 scope a fifth of all payments, Europe alone",
        "pagerd checklist answer 7 since --since 02:14",
        "pagerd checklist answer 7 path --owner ben roll release 41 back",
    ),
)
@number_argument
@_STEP
@words_argument("text", required=False)
@click.option("--owner", help="Who does what was decided; without it, you.")
@click.option("--since", type=past_typed, metavar="TIME", help="When it began, for the question since when.")
@key_option
@output_option
@click.pass_obj
def answer_command(
    ctx: Context,
    number: int,
    step: str,
    text: str,
    owner: str | None,
    since: datetime | None,
    key: str | None,
    output: str,
) -> None:
    """Answer the question of STEP with TEXT."""
    _mark(ctx, number, step, key, output, text=text, owner=owner, since=since)


def _mark(ctx: Context, number: int, step: str, key: str | None, output: str, **options: object) -> None:
    act(ctx, api("incidents", str(number), "checklists", step), given(**options), key, output)


@click.command("hypothesis", epilog=examples("pagerd incident hypothesis 7 the connection pool is exhausted"))
@number_argument
@words_argument("text")
@key_option
@output_option
@click.pass_obj
def hypothesis_command(ctx: Context, number: int, text: str, key: str | None, output: str) -> None:
    """Say with TEXT what may be the cause."""
    act(ctx, api("incidents", str(number), "hypotheses"), {"text": text}, key, output)


@click.command("judge", epilog=examples("pagerd incident judge 7 1 refuted the pool is half empty"))
@number_argument
@click.argument("which", type=number_typed)
@click.argument("verdict", type=one_of(("supported", "refuted")))
@words_argument("why")
@key_option
@output_option
@click.pass_obj
def judge_command(ctx: Context, number: int, which: int, verdict: str, why: str, key: str | None, output: str) -> None:
    """Say WHY hypothesis WHICH is supported or refuted."""
    path = api("incidents", str(number), "hypotheses", str(which))
    act(ctx, path, {"verdict": verdict, "why": why}, key, output)
