"""Handoffs: the note of whoever leaves, and what goes over to whoever comes."""

from typing import Any

import click

from pagerd.cli.arguments import words_argument
from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import shown


@click.group("handoff")
def handoff_command() -> None:
    """Notes for whoever has a schedule next, and what goes over to them."""


@handoff_command.command("note")
@click.argument("schedule")
@words_argument("text")
@output_option
@click.pass_obj
def note_command(ctx: Context, schedule: str, text: str, output: str) -> None:
    """Write TEXT for whoever has SCHEDULE next: they read it when their shift begins.

    You may while you are on call there, for 12 hours after, or as a lead of the team. After your shift it is told at
    once.
    """
    say(ctx, ctx.daemon.post(api("handoffs", schedule, "notes"), {"text": text}), output)


@handoff_command.command("show")
@click.argument("schedule")
@output_option
@click.pass_obj
def show_command(ctx: Context, schedule: str, output: str) -> None:
    """Show who has SCHEDULE next and what would go over: notes of the last 8 days, open pages and incidents."""
    answer = ctx.daemon.get(api("handoffs", schedule))
    if output == "json":
        ctx.out.json(answer)
        return
    now, following = ", ".join(answer["on_call"]) or "NOBODY", ", ".join(answer["next"]) or "nobody"
    until = f" until {shown(answer['until'])}, then {following}" if answer["until"] else ""
    ctx.out.line(f"{schedule}: {now}{until}.")
    for note in answer["notes"]:
        ctx.out.line("")
        ctx.out.line(f"{note['by']}, {shown(note['at'])} ({note['id']}):")
        for line in note["text"].splitlines():
            ctx.out.line(f"  {line}")
    ctx.out.line("")
    rows = [(one["id"], one["severity"], one["title"], shown(one["since"]), _held(one)) for one in answer["pages"]]
    ctx.out.table(("PAGE", "SEVERITY", "TITLE", "SINCE", "WHO HAS IT"), rows, empty="No page is open.")
    if answer["pages_count"] > len(answer["pages"]):
        more = answer["pages_count"] - len(answer["pages"])
        ctx.out.talk(f"{more} more: pagerd pages --team {answer['team']} lists them.")
    for one in answer["incidents"]:
        roles = ", ".join(f"{role} {person}" for role, person in one["roles"].items()) or "nobody has a role"
        ctx.out.line(f"Incident {one['number']} {one['severity']} {one['title']}, {one['status']}: {roles}")
    nights = answer["nights_count"]
    ctx.out.line(f"Pages that disturbed a night since {shown(answer['since'])}: {nights}")


def _held(page: dict[str, Any]) -> str:
    if page["holder"] is None:
        return "nobody"
    until = f" until {shown(page['until'])}" if page["until"] else ""
    return f"{page['holder']}{', snoozed' if page['snoozed'] else ''}{until}"
