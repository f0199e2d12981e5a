"""Incidents: declare one, see how it is, and carry it to its end."""

from datetime import datetime
from typing import Any

import click

from pagerd.cli.arguments import number_typed, words_argument
from pagerd.cli.checklists import hypothesis_command, judge_command
from pagerd.cli.gathering import COMMANDS as GATHERING
from pagerd.cli.incident_export import markdown
from pagerd.cli.incident_shown import explain_severities, list_them, tell
from pagerd.cli.incident_words import (
    act,
    cheat_sheet_options,
    examples,
    given,
    key_option,
    number_argument,
    one_of,
    sheet,
)
from pagerd.cli.out import Context, api, output_option
from pagerd.cli.times import past_typed
from pagerd.core.incidents.incident import TRIGGERS, CancelReason, Detection, IncidentStatus
from pagerd.core.incidents.mitigation import MENU, Outcome
from pagerd.core.incidents.severity import CRITERIA


@click.group("incident")
def incident_command() -> None:
    """Declare, show and carry an incident to its end.

    The order is always: stabilize, restore, investigate, prevent.
    """


for _command in (hypothesis_command, judge_command, *GATHERING):
    incident_command.add_command(_command)


@incident_command.command(
    "declare",
    epilog=examples(
        "pagerd incident declare --page p-k4tz --severity sev1",
        "pagerd incident declare --team payments --blocked yes --at-risk no Customers cannot log in",
    ),
)
@words_argument("title", required=False)
@click.option("--page", help="The page that it is more than; what else is left out is taken from there.")
@click.option("--team", help="Whose it is, where no page says it.")
@click.option("--service", default="", help="What is broken.")
@click.option("--severity", default="", help="Your choice, which wins over what the cheat sheet proposes.")
@cheat_sheet_options
@click.option("--detected-by", type=one_of(Detection), help="How it was found out.")
@click.option("--trigger", "triggers", multiple=True, type=one_of(TRIGGERS), help="Why it is declared.")
@click.option("--impact", default="", help="Who is hit, and how.")
@click.option("--since", type=past_typed, metavar="TIME", help="When the impact began, if that is known.")
@click.option("--dedup-key", default="", metavar="TEXT", help="What it is about: while one of it is open, join that.")
@click.option("--suspected", is_flag=True, help="It is not sure yet: tell nobody, and ask me again in 5 minutes.")
@click.option("--drill", is_flag=True, help="A drill: it pages, and counts nowhere.")
@click.option("--backfill", is_flag=True, help="It is over: write it down. Needs --detected-at and --resolved-at.")
@click.option("--detected-at", type=past_typed, metavar="TIME", help="When it was noticed.")
@click.option("--ended-at", type=past_typed, metavar="TIME", help="When the impact ended, of one that is over.")
@click.option("--resolved-at", type=past_typed, metavar="TIME", help="When it was resolved, of one that is over.")
@key_option
@output_option
@click.pass_obj
def declare_command(
    ctx: Context,
    /,
    title: str,
    page: str | None,
    blocked: str | None,
    at_risk: str | None,
    growing: str | None,
    detected_by: str | None,
    triggers: tuple[str, ...],
    since: datetime | None,
    ended_at: datetime | None,
    drill: bool,
    backfill: bool,
    key: str | None,
    output: str,
    **options: Any,  # noqa: ANN401  # those that the API takes by the same names
) -> None:
    """Declare an incident: of a page, or by hand with TITLE, a first line that says what is broken and where."""
    if drill and backfill:
        raise click.UsageError("what is over is no drill any more: say --drill or --backfill")
    body = given(
        **{name: value for name, value in options.items() if value is not False},
        title=title,
        mode="drill" if drill else "backfill" if backfill else "live",
        page=page,
        cheat_sheet=sheet(blocked, at_risk, growing),
        detection=detected_by,
        triggers=[*triggers] or None,
        impact_started_at=since,
        impact_ended_at=ended_at,
    )
    act(ctx, api("incidents"), body, key, output)


@incident_command.command("list")
@click.option("--team", help="Only those of this team.")
@click.option("--status", type=one_of(IncidentStatus), help="Only those of this status.")
@click.option("--all", "with_over", is_flag=True, help="Those that are over, too.")
@click.option("--before", type=number_typed, metavar="NUMBER", help="Only older ones than this.")
@output_option
@click.pass_obj
def list_command(
    ctx: Context, team: str | None, status: str | None, with_over: bool, before: int | None, output: str
) -> None:
    """List incidents that are open, the newest first."""
    answer = ctx.daemon.get(
        api("incidents"), team=team, status=status, open="false" if with_over else None, before=before
    )
    if output == "json":
        ctx.out.json(answer)
        return
    list_them(ctx, answer["incidents"], answer["zone"])
    if answer["more"]:
        ctx.out.talk(f"There are older ones: --before {answer['incidents'][-1]['number']} goes on.")


@incident_command.command("show")
@number_argument
@output_option
@click.pass_obj
def show_command(ctx: Context, number: int, output: str) -> None:
    """Tell the story of incident NUMBER: how it stands, what is due, and all that happened."""
    story = ctx.daemon.get(api("incidents", str(number)))
    if output == "json":
        ctx.out.json(story)
        return
    tell(ctx, story)


@incident_command.command("export", epilog=examples("pagerd incident export 7 > incident-7.md"))
@number_argument
@click.option(
    "-o", "--output", type=one_of(("markdown", "json")), default="markdown", show_default=True, help="How to write."
)
@click.pass_obj
def export_command(ctx: Context, number: int, output: str) -> None:
    """Write the story of incident NUMBER as a document, with its whole timeline."""
    story = ctx.daemon.get(api("incidents", str(number)))
    if output == "json":
        ctx.out.json(story)
    else:
        ctx.out.lines(markdown(story).rstrip())


@incident_command.command("severities")
@output_option
@click.pass_obj
def severities_command(ctx: Context, output: str) -> None:
    """Say what each severity asks, and which three questions propose one."""
    answer = ctx.daemon.get(api("severities"))
    if output == "json":
        ctx.out.json(answer)
        return
    explain_severities(ctx, answer)


@incident_command.command("confirm")
@number_argument
@click.option("--severity", help="Your choice, which wins over what the cheat sheet proposes.")
@cheat_sheet_options
@key_option
@output_option
@click.pass_obj
def confirm_command(
    ctx: Context, /, number: int, severity: str | None, key: str | None, output: str, **answers: str | None
) -> None:
    """Declare what was suspected: from now on it is loud."""
    _act(ctx, number, "confirm", key, output, severity=severity, cheat_sheet=sheet(**answers))


@incident_command.command("sev")
@number_argument
@click.argument("severity")
@words_argument("why", required=False)
@key_option
@output_option
@click.pass_obj
def sev_command(ctx: Context, number: int, severity: str, why: str, key: str | None, output: str) -> None:
    """Raise or lower the severity. To lower it needs WHY."""
    _act(ctx, number, "severity", key, output, severity=severity, why=why)


@incident_command.command("note")
@number_argument
@words_argument("text")
@click.option("--at", type=past_typed, metavar="TIME", help="When it happened, if not just now.")
@key_option
@output_option
@click.pass_obj
def note_command(ctx: Context, number: int, text: str, at: datetime | None, key: str | None, output: str) -> None:
    """Write TEXT on the timeline."""
    _act(ctx, number, "notes", key, output, text=text, at=at)


@incident_command.command("mitigate", epilog=examples("pagerd incident mitigate 7 rollback release 41 in prod"))
@number_argument
@click.argument("kind", type=one_of(MENU))
@words_argument("text", required=False)
@click.option("--why", default="", help="Why nothing reversible is tried first.")
@key_option
@output_option
@click.pass_obj
def mitigate_command(ctx: Context, number: int, kind: str, text: str, why: str, key: str | None, output: str) -> None:
    """Try something that stops the bleeding, and say with TEXT what exactly. The reversible kinds come first."""
    _act(ctx, number, "mitigations", key, output, kind=kind, text=text, why=why)


@incident_command.command("mitigation")
@number_argument
@click.argument("which", type=number_typed)
@click.argument("outcome", type=one_of(Outcome))
@words_argument("text", required=False)
@key_option
@output_option
@click.pass_obj
def mitigation_command(
    ctx: Context, number: int, which: int, outcome: str, text: str, key: str | None, output: str
) -> None:
    """Say what mitigation WHICH did."""
    path = api("incidents", str(number), "mitigations", str(which))
    act(ctx, path, {"outcome": outcome, "text": text}, key, output)


@incident_command.command("monitor")
@number_argument
@click.option("--since", type=past_typed, metavar="TIME", help="When the impact ended, if not just now.")
@key_option
@output_option
@click.pass_obj
def monitor_command(ctx: Context, number: int, since: datetime | None, key: str | None, output: str) -> None:
    """Say that customers feel nothing any more: the watch period begins."""
    _act(ctx, number, "monitor", key, output, at=since)


@incident_command.command("investigate")
@number_argument
@words_argument("why")
@key_option
@output_option
@click.pass_obj
def investigate_command(ctx: Context, number: int, why: str, key: str | None, output: str) -> None:
    """Say WHY it is not over: back to investigating."""
    _act(ctx, number, "investigate", key, output, why=why)


@incident_command.command(
    "check", epilog=examples("pagerd incident check 7 customer_actions attested ten test payments went through")
)
@number_argument
@click.argument("criterion", type=one_of(CRITERIA))
@click.argument("state", type=click.Choice(["attested", "red", "not_applicable", "unknown"]))
@words_argument("why", required=False)
@key_option
@output_option
@click.pass_obj
def check_command(
    ctx: Context, number: int, criterion: str, state: str, why: str, key: str | None, output: str
) -> None:
    """Say what you found of a resolution CRITERION, and WHY you say so. Red starts the watch period anew."""
    _act(ctx, number, "criteria", key, output, criterion=criterion, state=state, why=why)


@incident_command.command("resolve")
@number_argument
@words_argument("text", required=False)
@click.option("--override", default="", metavar="REASON", help="Resolve it against what is unmet; it is recorded.")
@key_option
@output_option
@click.pass_obj
def resolve_command(ctx: Context, number: int, text: str, override: str, key: str | None, output: str) -> None:
    """End it with TEXT, one sentence, when all is met; without that, it says what is not."""
    _act(ctx, number, "resolve", key, output, text=text, override=override)


@incident_command.command("countersign")
@number_argument
@key_option
@output_option
@click.pass_obj
def countersign_command(ctx: Context, number: int, key: str | None, output: str) -> None:
    """Stand by the override of somebody else, who resolved it against its criteria."""
    _act(ctx, number, "countersign", key, output)


@incident_command.command("reopen")
@number_argument
@words_argument("why")
@key_option
@output_option
@click.pass_obj
def reopen_command(ctx: Context, number: int, why: str, key: str | None, output: str) -> None:
    """Take a resolved incident up again, and say WHY."""
    _act(ctx, number, "reopen", key, output, why=why)


@incident_command.command("close")
@number_argument
@key_option
@output_option
@click.pass_obj
def close_command(ctx: Context, number: int, key: str | None, output: str) -> None:
    """Close it, when its postmortem is decided and its action items are complete; they need not be done."""
    _act(ctx, number, "close", key, output)


@incident_command.command("cancel")
@number_argument
@click.argument("reason", type=one_of(CancelReason))
@words_argument("text", required=False)
@key_option
@output_option
@click.pass_obj
def cancel_command(ctx: Context, number: int, reason: str, text: str, key: str | None, output: str) -> None:
    """Say that it was no incident. Its pages go on as pages."""
    _act(ctx, number, "cancel", key, output, reason=reason, text=text)


@incident_command.command("merge")
@number_argument
@click.argument("into", type=number_typed)
@key_option
@output_option
@click.pass_obj
def merge_command(ctx: Context, number: int, into: int, key: str | None, output: str) -> None:
    """Let it go on as incident INTO, with its pages."""
    _act(ctx, number, "merge", key, output, into=into)


@incident_command.command("link")
@number_argument
@click.argument("page")
@key_option
@output_option
@click.pass_obj
def link_command(ctx: Context, number: int, page: str, key: str | None, output: str) -> None:
    """Make PAGE part of it."""
    _act(ctx, number, "pages", key, output, page=page)


@incident_command.command("need-help")
@number_argument
@click.argument("team")
@words_argument("what")
@click.option("--of", "target", help="A person, a schedule or a role of the team, instead of its primary.")
@key_option
@output_option
@click.pass_obj
def need_help_command(
    ctx: Context, number: int, team: str, what: str, target: str | None, key: str | None, output: str
) -> None:
    """Page TEAM to help, and say with WHAT."""
    _act(ctx, number, "help", key, output, team=team, what=what, target=target)


def _act(ctx: Context, number: int, path: str, key: str | None, output: str, **options: object) -> None:
    act(ctx, api("incidents", str(number), path), given(**options), key, output)
