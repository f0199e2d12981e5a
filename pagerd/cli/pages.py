"""Pages: what wants a human, and what people do about it."""

from datetime import datetime
from typing import Any

import click

from pagerd.cli.arguments import words_argument
from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import age_of, instant_typed, length_typed


@click.command("pages")
@click.argument("page", required=False)
@click.option("--team", help="Only pages of this team.")
@click.option("--all", "with_resolved", is_flag=True, help="Resolved ones too.")
@click.option("--before", type=instant_typed, metavar="TIME", help="Only pages that were opened before.")
@output_option
@click.pass_obj
def pages_command(
    ctx: Context, page: str | None, team: str | None, with_resolved: bool, before: datetime | None, output: str
) -> None:
    """List pages that are open, or tell the story of one PAGE."""
    if page is not None:
        story = ctx.daemon.get(api("pages", page))
        ctx.out.json(story) if output == "json" else _tell(ctx, story)
        return
    answer = ctx.daemon.get(
        api("pages"),
        team=team,
        open="false" if with_resolved else None,
        before=before.isoformat() if before is not None else None,
    )
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["id"],
            one["severity"],
            _standing(one),
            one["team"],
            one["title"],
            one["place"],
            age_of(one["opened_at"]),
            one["acknowledged_by"],
        )
        for one in answer["pages"]
    ]
    columns = ("PAGE", "SEVERITY", "STATUS", "TEAM", "WHAT", "WHERE", "AGE", "HOLDER")
    ctx.out.table(columns, rows, empty="No open pages.")
    if answer.get("more") and rows:
        last = answer["pages"][-1]["opened_at"]
        ctx.out.talk(f"These are the newest {len(rows)}, there are more: --before {last} goes on.")
    for one in answer.get("unreadable", []):
        ctx.out.talk(f"! Page {one} is open and its row in the database cannot be read.")


def _tell(ctx: Context, story: dict[str, Any]) -> None:
    page = story["page"]
    ctx.out.line(f"{page['id']}  {page['severity']}  {_standing(page)}  team {page['team']}")
    ctx.out.line(f"  {page['title']}  {page['place']}".rstrip())
    for key in ("summary", "action", "runbook", "runbook_url"):
        if page.get(key):
            ctx.out.line(f"  {key.replace('_', ' ')}: {page[key]}")
    if page.get("incident"):
        wants = f", which asks for {page['errand']}" if page.get("errand") else ""
        ctx.out.line(f"  incident: {page['incident']}{wants}")
    if page["frozen_why"]:
        ctx.out.line(f"  frozen: {page['frozen_why']}")
    ctx.out.timeline(story)
    if story["notifications"]:
        ctx.out.line("")
        rows = [
            (one["person"], _carried(one), one["address"], one["purpose"], one["status"], one.get("detail") or "")
            for one in story["notifications"]
        ]
        ctx.out.table(("WHO", "BY", "AT", "WHAT", "STATUS", "DETAIL"), rows, empty="")


def _carried(one: dict[str, Any]) -> str:
    return f"{one['medium']} ({one['provider']})" if one.get("provider") else str(one["medium"])


def _standing(page: dict[str, Any]) -> str:
    """Say how a page stands: one that is frozen tells nobody, one whose alerts are stale may long be over."""
    if page["status"] == "resolved":
        return "resolved"
    frozen = ",frozen" if page["frozen_why"] else ""
    stale = ",stale" if page["stale"] and page["stale"] == page["firing"] else ""
    return f"{page['status']}{frozen}{stale}"


@click.command("page")
@click.argument("team")
@words_argument("text")
@click.option("--severity", help="sev1, sev2...; without it the second one that pages.")
@output_option
@click.pass_obj
def page_command(ctx: Context, team: str, text: str, severity: str | None, output: str) -> None:
    """Page TEAM with your own words: a customer's report, a support ticket, something you saw."""
    say(ctx, ctx.daemon.post(api("pages"), _given(team=team, text=text, severity=severity)), output)


@click.command("ack")
@click.argument("page")
@output_option
@click.pass_obj
def ack_command(ctx: Context, page: str, output: str) -> None:
    """Take PAGE: escalation stops, the others are told."""
    _act(ctx, page, "ack", output)


@click.command("resolve")
@click.argument("page")
@click.option("--note", default="", help="One sentence: what it was.")
@output_option
@click.pass_obj
def resolve_command(ctx: Context, page: str, note: str, output: str) -> None:
    """Close PAGE. What still fires is held for an hour."""
    _act(ctx, page, "resolve", output, note=note)


@click.command("snooze")
@click.argument("page")
@click.argument("length", type=length_typed)
@output_option
@click.pass_obj
def snooze_command(ctx: Context, page: str, length: str, output: str) -> None:
    """Take PAGE and be reminded of it after LENGTH, such as 20m or 2h."""
    _act(ctx, page, "snooze", output, **{"for": length})


@click.command("undo")
@click.argument("page")
@output_option
@click.pass_obj
def undo_command(ctx: Context, page: str, output: str) -> None:
    """Take your acknowledgement of PAGE back, within 5 minutes; its step is paged again."""
    _act(ctx, page, "undo", output)


@click.command("escalate")
@click.argument("page")
@output_option
@click.pass_obj
def escalate_command(ctx: Context, page: str, output: str) -> None:
    """Page the next step of PAGE now."""
    _act(ctx, page, "escalate", output)


@click.command("reassign")
@click.argument("page")
@click.argument("person")
@output_option
@click.pass_obj
def reassign_command(ctx: Context, page: str, person: str, output: str) -> None:
    """Hand PAGE to PERSON; without an answer it goes on at step 1."""
    _act(ctx, page, "reassign", output, to=person)


@click.command("add")
@click.argument("page")
@click.argument("person")
@output_option
@click.pass_obj
def add_command(ctx: Context, page: str, person: str, output: str) -> None:
    """Ask PERSON (or a role, such as secondary) to help with PAGE."""
    _act(ctx, page, "add", output, person=person)


@click.command("note")
@click.argument("page")
@words_argument("text")
@output_option
@click.pass_obj
def note_command(ctx: Context, page: str, text: str, output: str) -> None:
    """Write TEXT on the timeline of PAGE."""
    _act(ctx, page, "note", output, text=text)


def _act(ctx: Context, page: str, act: str, output: str, **body: str) -> None:
    say(ctx, ctx.daemon.post(api("pages", page, act), _given(**body)), output)


def _given(**body: str | None) -> dict[str, object]:
    return {key: value for key, value in body.items() if value}
