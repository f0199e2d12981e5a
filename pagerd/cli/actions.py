"""Action items: what is to change after incidents, until it is verified that it helped."""

from datetime import date
from typing import Any

import click

from pagerd.cli.arguments import number_typed, words_argument
from pagerd.cli.incident_words import act, examples, given, key_option, number_argument, one_of
from pagerd.cli.out import Context, api, output_option, printable
from pagerd.cli.times import day_typed, shown
from pagerd.core.actions.item import ActionStatus
from pagerd.core.actions.terms import BARS, Priority


@click.group("action")
def action_command() -> None:
    """What is to change after incidents: write it down, start, finish and verify it.

    An action item is done when somebody says so, and verified when it was looked at. Its owner is reminded of it until
    then, however long ago the incident was closed.
    """


_OWNER = click.option("--owner", metavar="NAME", help="Who answers for it: a person or a team.")
_DUE = click.option("--due", type=day_typed, metavar="DAY", help="By when it should be verified, such as +14d.")
_PRIORITY = click.option("--priority", type=one_of(Priority), help="How soon it is taken up.")
_VERIFY = click.option(
    "--verify",
    "verification",
    metavar="TEXT",
    help="How anybody will know that it helped: a sentence, 'query: PROMQL', 'rule: ALERT' or 'runbook: NAME'.",
)
_IMPACT = click.option("--impact", metavar="TEXT", help="What will be better.")
_BAR = click.option(
    "--bar", "bars", type=one_of(BARS), multiple=True, help="Which quality bar it serves; also several."
)


@action_command.command(
    "add",
    epilog=examples(
        "pagerd action add 7 --owner platform --priority high --bar detection \\",
        "  --verify 'rule: PoolNearlyExhausted' --impact 'a full pool is seen 20 min before it hurts' \\",
        "  alert on pool usage over 80 %",
    ),
)
@number_argument
@words_argument("title")
@_OWNER
@_DUE
@_PRIORITY
@_VERIFY
@_IMPACT
@_BAR
@key_option
@output_option
@click.pass_obj
def add_command(
    ctx: Context,
    /,
    number: int,
    title: str,
    key: str | None,
    output: str,
    **said: Any,  # noqa: ANN401  # options of click
) -> None:
    """Write down what is to change after incident NUMBER. Without --due its severity says by when."""
    act(ctx, api("incidents", str(number), "actions"), _terms(title=title, **said), key, output)


@action_command.command("edit")
@number_argument
@click.option("--title", metavar="TEXT", help="What is to change.")
@_OWNER
@_DUE
@_PRIORITY
@_VERIFY
@_IMPACT
@_BAR
@key_option
@output_option
@click.pass_obj
def edit_command(ctx: Context, /, number: int, key: str | None, output: str, **said: Any) -> None:  # noqa: ANN401  # options of click
    """Say otherwise what action NUMBER is about. What is not given stays as it is."""
    act(ctx, api("actions", str(number)), _terms(**said), key, output)


@action_command.command("assign")
@number_argument
@click.argument("owner")
@key_option
@output_option
@click.pass_obj
def assign_command(ctx: Context, number: int, owner: str, key: str | None, output: str) -> None:
    """Give action NUMBER to OWNER, a person or a team."""
    act(ctx, api("actions", str(number)), {"owner": owner}, key, output)


@action_command.command("due")
@number_argument
@click.argument("day", type=day_typed)
@key_option
@output_option
@click.pass_obj
def due_command(ctx: Context, number: int, day: date, key: str | None, output: str) -> None:
    """Say by which DAY action NUMBER should be verified: 2026-02-10, fri, +14d."""
    act(ctx, api("actions", str(number)), {"due": day.isoformat()}, key, output)


@action_command.command("start")
@number_argument
@key_option
@output_option
@click.pass_obj
def start_command(ctx: Context, number: int, key: str | None, output: str) -> None:
    """Begin action NUMBER."""
    _act(ctx, number, "start", key, output)


@action_command.command("done")
@number_argument
@words_argument("text", required=False)
@key_option
@output_option
@click.pass_obj
def done_command(ctx: Context, number: int, text: str, key: str | None, output: str) -> None:
    """Say that action NUMBER is done. What pagerd can look at itself, it looks at from now on."""
    _act(ctx, number, "done", key, output, text=text)


@action_command.command("verify", epilog=examples("pagerd action verify 3 drained one node at noon, no payment failed"))
@number_argument
@words_argument("why")
@key_option
@output_option
@click.pass_obj
def verify_command(ctx: Context, number: int, why: str, key: str | None, output: str) -> None:
    """Say that action NUMBER helped, and WHY you know. Whoever owns it or did it cannot."""
    _act(ctx, number, "verify", key, output, why=why)


@action_command.command("drop")
@number_argument
@words_argument("why")
@key_option
@output_option
@click.pass_obj
def drop_command(ctx: Context, number: int, why: str, key: str | None, output: str) -> None:
    """Decide that action NUMBER will not be done, and say WHY. Its owner cannot alone."""
    _act(ctx, number, "drop", key, output, why=why)


@action_command.command("reopen")
@number_argument
@words_argument("why")
@key_option
@output_option
@click.pass_obj
def reopen_command(ctx: Context, number: int, why: str, key: str | None, output: str) -> None:
    """Open action NUMBER again, and say WHY."""
    _act(ctx, number, "reopen", key, output, why=why)


_INCIDENT = click.option("--incident", type=number_typed, metavar="NUMBER", help="Only those of this one.")
_TEAM = click.option("--team", help="Only those of incidents of this team.")
_OWNED = click.option("--owner", help="Only those of this person or team.")
_STATUS = click.option("--status", type=one_of(ActionStatus), help="Only those of this status.")
_OVERDUE = click.option("--overdue", is_flag=True, help="Only those that should have been verified before today.")
_ALL = click.option("--all", "with_over", is_flag=True, help="Verified and dropped ones, too.")


@action_command.command("list")
@_INCIDENT
@_TEAM
@_OWNED
@_STATUS
@_OVERDUE
@_ALL
@click.option("--before", type=number_typed, metavar="NUMBER", help="Only older ones than this.")
@output_option
@click.pass_obj
def list_command(ctx: Context, /, output: str, *, overdue: bool, with_over: bool, **asked: Any) -> None:  # noqa: ANN401  # options of click
    """List what is not verified yet, the newest first."""
    answer = ctx.daemon.get(api("actions"), **asked, **_flags(overdue=overdue, with_over=with_over))
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            str(one["number"]),
            str(one["incident"]),
            one["status"] + (",drill" if one["is_drill"] else ""),
            one["priority"],
            one["owner"],
            one["due"],
            one["title"],
            " ".join(code.removesuffix("_missing") for code in one["lacks"]),
        )
        for one in answer["actions"]
    ]
    columns = ("ACTION", "INCIDENT", "STATUS", "PRIORITY", "OWNER", "DUE", "WHAT", "LACKS")
    ctx.out.table(columns, rows, empty="No action item is left to be verified.")
    if answer["more"]:
        ctx.out.talk(f"There are older ones: --before {answer['actions'][-1]['number']} goes on.")


@action_command.command("export")
@_INCIDENT
@_TEAM
@_OWNED
@_STATUS
@_OVERDUE
@click.option(
    "-o", "--output", type=click.Choice(["csv", "json"]), default="csv", show_default=True, help="How to write."
)
@click.pass_obj
def export_command(ctx: Context, /, output: str, *, overdue: bool, **asked: Any) -> None:  # noqa: ANN401  # options of click
    """Write all action items, also those that are over, as CSV or JSON."""
    flags = _flags(overdue=overdue, with_over=True)
    if output == "csv":
        text = ctx.daemon.get_text(api("actions"), **asked, **flags, format="csv").replace("\r\n", "\n")
        # What ends a line in the answer is CRLF, as RFC 4180 has it; here lines end as the terminal's do.
        ctx.out.raw(printable(text))
        return
    found: list[dict[str, Any]] = []
    more, before = True, None
    while more:
        answer = ctx.daemon.get(api("actions"), **asked, **flags, before=before)
        found += answer["actions"]
        more, before = answer["more"], found[-1]["number"] if found else None
    ctx.out.json({"actions": found})


@action_command.command("show")
@number_argument
@output_option
@click.pass_obj
def show_command(ctx: Context, number: int, output: str) -> None:
    """Tell the story of action NUMBER: what it lacks, how it is verified, and all that happened."""
    story = ctx.daemon.get(api("actions", str(number)))
    if output == "json":
        ctx.out.json(story)
        return
    one = story["action"]
    drill = "DRILL  " if one["is_drill"] else ""
    ctx.out.line(f"Action {one['number']}  {drill}{one['status']}  incident {one['incident']}  team {one['team']}")
    ctx.out.line(f"  {one['title']}")
    for name, said in _told(one):
        if said:
            ctx.out.line(f"  {name}: {said}")
    for finding in story["findings"]:
        ctx.out.line(f"  lacks: {finding['what']}")
    ctx.out.timeline(story)


def _told(one: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    tracked = f"{one['ref']} {one['ref_url'] or ''}".rstrip() if one["ref"] else ""
    looked = f"{one['check_state']} at {shown(one['checked_at'])}: {one['check_what']}" if one["check_state"] else ""
    return (
        ("owner", one["owner"]),
        ("due", one["due"]),
        ("priority", one["priority"]),
        ("verified by", one["verification"]),
        ("better", one["impact"]),
        ("serves", ", ".join(BARS[bar] for bar in one["bars"])),
        ("looked at", looked),
        ("next reminder", shown(one["remind_at"])),
        ("again in incident", ", ".join(str(number) for number in one["repeats"])),
        ("tracker", tracked),
    )


def _flags(*, overdue: bool, with_over: bool) -> dict[str, str | None]:
    return {"overdue": "true" if overdue else None, "open": "false" if with_over else None}


def _terms(*, due: date | None, bars: tuple[str, ...], **said: str | None) -> dict[str, object]:
    terms = given(due=due.isoformat() if due is not None else None, **said)
    return {**terms, "bars": [*bars]} if bars else terms


def _act(ctx: Context, number: int, what: str, key: str | None, output: str, **said: str) -> None:
    act(ctx, api("actions", str(number), what), given(**said), key, output)
