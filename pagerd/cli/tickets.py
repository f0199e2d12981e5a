"""Tickets: work that can wait for business hours, and who took it."""

from typing import Any

import click

from pagerd.cli.arguments import words_argument
from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import age_of, shown


@click.group("tickets", invoke_without_command=True)
@click.option("--team", help="Only tickets of this team.")
@click.option("--all", "with_closed", is_flag=True, help="Closed ones too.")
@output_option
@click.pass_context
def tickets_command(click_context: click.Context, team: str | None, with_closed: bool, output: str) -> None:
    """List tickets that are open; show, take, note, close or reopen one."""
    if click_context.invoked_subcommand is not None:
        return
    ctx: Context = click_context.obj
    answer = ctx.daemon.get(api("tickets"), team=team, closed="true" if with_closed else None)
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["id"],
            one["severity"],
            one["status"],
            one["team"],
            one["title"],
            "firing" if one["firing"] else "quiet",
            age_of(one["opened_at"]),
            shown(one["page_at"]),
            one["taken_by"],
        )
        for one in answer["tickets"]
    ]
    columns = ("TICKET", "SEVERITY", "STATUS", "TEAM", "WHAT", "ALERT", "AGE", "PAGES AT", "TAKEN BY")
    ctx.out.table(columns, rows, empty="No open tickets.")
    if answer.get("more"):
        ctx.out.talk(f"These are the newest {len(rows)}, there are more: --team TEAM lists those of one team.")


@tickets_command.command("open")
@click.argument("team")
@words_argument("text")
@click.option("--service", default="", help="What it is about.")
@output_option
@click.pass_obj
def open_command(ctx: Context, team: str, text: str, service: str, output: str) -> None:
    """Open a ticket for TEAM with your own words: it can wait, and must not be forgotten."""
    body = {"team": team, "text": text, **({"service": service} if service else {})}
    say(ctx, ctx.daemon.post(api("tickets"), body), output)


@tickets_command.command("show")
@click.argument("ticket")
@output_option
@click.pass_obj
def show_command(ctx: Context, ticket: str, output: str) -> None:
    """Tell the story of TICKET, and why it is no page."""
    story = ctx.daemon.get(api("tickets", ticket))
    ctx.out.json(story) if output == "json" else _tell(ctx, story)


@tickets_command.command("take")
@click.argument("ticket")
@output_option
@click.pass_obj
def take_command(ctx: Context, ticket: str, output: str) -> None:
    """Put your name on TICKET; its clock stops, it pages nobody."""
    say(ctx, ctx.daemon.post(api("tickets", ticket, "take")), output)


@tickets_command.command("close")
@click.argument("ticket")
@click.option("--why", required=True, metavar="TEXT", help="One sentence: what became of it.")
@output_option
@click.pass_obj
def close_command(ctx: Context, ticket: str, why: str, output: str) -> None:
    """Close TICKET."""
    say(ctx, ctx.daemon.post(api("tickets", ticket, "close"), {"reason": why}), output)


@tickets_command.command("reopen")
@click.argument("ticket")
@click.option("--why", required=True, metavar="TEXT", help="One sentence: why it is not over.")
@output_option
@click.pass_obj
def reopen_command(ctx: Context, ticket: str, why: str, output: str) -> None:
    """Open TICKET again that was closed."""
    say(ctx, ctx.daemon.post(api("tickets", ticket, "reopen"), {"reason": why}), output)


@tickets_command.command("note")
@click.argument("ticket")
@words_argument("text")
@output_option
@click.pass_obj
def note_command(ctx: Context, ticket: str, text: str, output: str) -> None:
    """Write TEXT on the timeline of TICKET, closed ones included."""
    say(ctx, ctx.daemon.post(api("tickets", ticket, "note"), {"text": text}), output)


@tickets_command.command("digest")
@click.argument("team")
@output_option
@click.pass_obj
def digest_command(ctx: Context, team: str, output: str) -> None:
    """Show what the daily digest of TEAM would say now; nothing is sent."""
    seen = ctx.daemon.get(api("digests", team))
    if output == "json":
        ctx.out.json(seen)
        return
    ctx.out.line(f"To: {', '.join(seen['to']) or 'nobody'}")
    ctx.out.line(f"Next: {shown(seen['due_at']) if seen['due_at'] else 'never, digest_at is none'}")
    ctx.out.line(f"Subject: {seen['subject']}")
    ctx.out.line("")
    for line in seen["text"].splitlines():
        ctx.out.line(line)


def _tell(ctx: Context, story: dict[str, Any]) -> None:
    ticket = story["ticket"]
    ctx.out.line(f"{ticket['id']}  {ticket['severity']}  {ticket['status']}  team {ticket['team']}")
    ctx.out.line(f"  {ticket['title']}")
    tracked = " ".join(ticket[key] for key in ("ref", "ref_url") if ticket.get(key))
    for line in (ticket["summary"], *ticket["reasons"], tracked and f"tracker: {tracked}"):
        if line:
            ctx.out.line(f"  {line}")
    ctx.out.timeline(story)
