"""Who is on call, and putting somebody else on call for a while.

The daemon knows more than the files: what people stored by command. So it is asked first, and who answered is said on
stderr; the files answer alone when they are named (`-c DIR`) or when no daemon does.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, TypeVar

import click

from pagerd.cli.either import asked_or_planned
from pagerd.cli.out import Context, api, confirm, directory_option, output_option, say
from pagerd.cli.times import EXPECTED, end_typed, instant_typed, length_typed, now, read_length, shown
from pagerd.core.plan import Plan

F = TypeVar("F", bound=Callable[..., Any])
Json = dict[str, Any]

PREVIEW_DAYS, PREVIEW_DAYS_MAX = 7, 60
"""A week from the override's start, or all of it where it is longer; the API previews no more than 60 days."""


@click.command("oncall")
@click.argument("name", required=False, metavar="[SCHEDULE|TEAM]")
@click.option("--at", type=instant_typed, metavar="TIME", help=f"At another time: {EXPECTED}.")
@output_option
@directory_option
@click.pass_obj
def oncall_command(ctx: Context, name: str | None, at: datetime | None, output: str) -> None:
    """Say who is on call in a SCHEDULE, in those of a TEAM, or in all of them."""
    at = at if at is not None else now()
    answer = asked_or_planned(
        ctx,
        lambda: ctx.daemon.get(api("oncall"), name=name, at=at.isoformat()),
        lambda plan: _from_plan(plan, name, at),
    )
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["schedule"],
            (", ".join(one["on_call"]) or "NOBODY") + "".join(f", shadow {person}" for person in one["shadow"]),
            shown(one["until"]),
            (", ".join(one["next"]) or "NOBODY") if one["until"] else "",
            f"override {one['override']}" if one["override"] else one["layer"],
        )
        for one in (answer if isinstance(answer, list) else [answer])
    ]
    ctx.out.table(("SCHEDULE", "ON CALL", "UNTIL", "THEN", "BY"), rows, empty="There are no schedules.")


def _from_plan(plan: Plan, name: str | None, at: datetime) -> Json | list[Json]:
    from pagerd.core.membership import schedules_behind
    from pagerd.core.oncall.lookup import on_call

    def said(schedule: str) -> Json:
        answer = on_call(plan.book, schedule, at)
        return {
            "schedule": answer.schedule,
            "at": answer.at.isoformat(),
            "on_call": list(answer.people),
            "layer": answer.decided_by,
            "override": answer.override,
            "shadow": list(answer.shadows),
            "until": answer.until.isoformat() if answer.until is not None else None,
            "next": list(answer.following),
            "revision": plan.revision,
        }

    if name is not None and name in plan.book.schedules:
        return said(name)
    return [said(schedule) for schedule in schedules_behind(plan, name)]


@click.group("override")
def override_command() -> None:
    """Put somebody else on call for a while."""


def _override_options(function: F) -> F:
    for decorate in reversed(
        (
            click.argument("schedule"),
            click.argument("person"),
            click.option("--from", "start", type=instant_typed, required=True, metavar="TIME", help=f"{EXPECTED}."),
            click.option("--to", "end", type=end_typed, metavar="TIME", help="A date includes that day."),
            click.option("--for", "lasts", type=length_typed, metavar="LENGTH", help="Instead of --to, such as 8h."),
            click.option("--instead-of", metavar="PERSON", help="In this person's place; without it, in everybody's."),
            click.option("--add", "adds", is_flag=True, help="Besides whoever is on call."),
            click.option("--remove", "removes", is_flag=True, help="Take PERSON off; nobody comes instead."),
        )
    ):
        function = decorate(function)
    return function


@override_command.command("add")
@_override_options
@click.option("--why", required=True, metavar="TEXT", help="One sentence for whoever wonders.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@output_option
@click.pass_obj
def add_command(ctx: Context, /, why: str, yes: bool, output: str, **asked: Any) -> None:  # noqa: ANN401  # click's
    """Put PERSON on call in SCHEDULE for a while, after a look at what it does to that week."""
    body = _body(why=why, **asked)
    seen = ctx.daemon.post(api("overrides", "preview"), {**body, "days": _days_of(body)})
    _tell_preview(ctx, seen)
    confirm(ctx, "Put it into force?", yes=yes)
    answer = ctx.daemon.post(api("overrides"), body)
    ctx.out.json(answer) if output == "json" else ctx.out.line(answer["sentence"])


@override_command.command("preview")
@_override_options
@output_option
@directory_option
@click.pass_obj
def preview_command(ctx: Context, /, output: str, **asked: Any) -> None:  # noqa: ANN401  # click's options
    """Show what an override would do to its week; nothing changes."""
    body = _body(why="", **asked)
    days = _days_of(body)
    seen = asked_or_planned(
        ctx,
        lambda: ctx.daemon.post(api("overrides", "preview"), {**body, "days": days}),
        lambda plan: _previewed(plan, body, days),
    )
    if output == "json":
        ctx.out.json(seen)
        return
    ctx.out.table(("FROM", "TO", "NOW", "THEN"), list(_changes(seen)), empty="The span is empty.")
    if seen["changes_nothing"]:
        ctx.out.talk("It changes nothing: whoever it names is not on call then, or is anyhow.")


@override_command.command("list")
@click.option("--ended", is_flag=True, help="Those that are over too.")
@output_option
@click.pass_obj
def list_command(ctx: Context, ended: bool, output: str) -> None:
    """List overrides that act now or will."""
    answer = ctx.daemon.get(api("overrides"), ended="true" if ended else None)
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["id"],
            one["schedule"],
            _deed(one),
            shown(one["from"]),
            shown(one["to"]),
            one["by"],
            one["why"],
            "by command" if one["stored"] else "in the files",
        )
        for one in answer["overrides"]
    ]
    columns = ("OVERRIDE", "SCHEDULE", "WHAT", "FROM", "TO", "BY", "WHY", "WHERE")
    ctx.out.table(columns, rows, empty="No overrides.")


@override_command.command("end")
@click.argument("override")
@output_option
@click.pass_obj
def end_command(ctx: Context, override: str, output: str) -> None:
    """Take OVERRIDE back. One of the files ends there."""
    say(ctx, ctx.daemon.delete(api("overrides", override)), output)


def _body(
    *,
    schedule: str,
    person: str,
    start: datetime,
    end: datetime | None,
    lasts: str | None,
    instead_of: str | None,
    adds: bool,
    removes: bool,
    why: str,
) -> Json:
    """Return the override as the API takes it. Raises UsageError where options contradict each other."""
    if (end is None) == (lasts is None):
        raise click.UsageError("say until when: either --to or --for", click.get_current_context())
    if sum((instead_of is not None, adds, removes)) > 1:
        raise click.UsageError("--instead-of, --add and --remove exclude each other", click.get_current_context())
    kind = "add" if adds else "remove" if removes else "replace" if instead_of is not None else "everybody"
    return {
        "schedule": schedule,
        "kind": kind,
        "people": [] if removes else [person],
        "instead_of": person if removes else instead_of,
        "from": start.isoformat(),
        "to": (end if end is not None else start + read_length(lasts or "")).isoformat(),
        "why": why,
    }


def _days_of(body: Json) -> int:
    lasts = datetime.fromisoformat(body["to"]) - datetime.fromisoformat(body["from"])
    return min(max(PREVIEW_DAYS, -(-lasts // timedelta(days=1))), PREVIEW_DAYS_MAX)


def _previewed(plan: Plan, body: Json, days: int) -> Json:
    """Compute from the files what the API would answer."""
    from pagerd.core.oncall.override import new_override, preview
    from pagerd.core.oncall.schedule import OverrideKind
    from pagerd.core.oncall.shifts import Shift

    override = new_override(
        plan.book,
        plan.people,
        id="preview",
        schedule=body["schedule"],
        start=datetime.fromisoformat(body["from"]),
        end=datetime.fromisoformat(body["to"]),
        people=tuple(body["people"]),
        instead_of=body["instead_of"],
        kind=OverrideKind(body["kind"]),
    )
    seen = preview(plan.book, override, override.start, days)

    def said(shifts: Sequence[Shift]) -> list[Json]:
        return [
            {"from": one.start.isoformat(), "to": one.end.isoformat(), "people": list(one.people)} for one in shifts
        ]

    said_of_it = {**body, "id": override.id, "by": "", "stored": True}
    return {
        "override": said_of_it,
        "before": said(seen.before),
        "after": said(seen.after),
        "changes_nothing": seen.changes_nothing,
    }


def _tell_preview(ctx: Context, seen: Json) -> None:
    ctx.out.talk_table(("FROM", "TO", "NOW", "THEN"), list(_changes(seen)))
    if seen["changes_nothing"]:
        ctx.out.talk("It changes nothing: whoever it names is not on call then, or is anyhow.")


def _changes(seen: Json) -> Iterator[tuple[str, str, str, str]]:
    """Give the stretches of a preview in which neither answer changes; what stays as it is says so."""
    cuts = sorted(
        {datetime.fromisoformat(one[end]) for one in seen["before"] + seen["after"] for end in ("from", "to")}
    )
    for start, end in pairwise(cuts):
        before, after = (_people_at(seen[side], start) for side in ("before", "after"))
        yield shown(start), shown(end), before, "the same" if before == after else after


def _people_at(shifts: Sequence[Json], at: datetime) -> str:
    for one in shifts:
        if datetime.fromisoformat(one["from"]) <= at < datetime.fromisoformat(one["to"]):
            return ", ".join(one["people"]) or "NOBODY"
    return "NOBODY"


def _deed(one: Json) -> str:
    """Say in words what an override does."""
    people = ", ".join(one["people"])
    match one["kind"]:
        case "replace":
            return f"{people} for {one['instead_of']}"
        case "everybody":
            return f"{people} for everybody"
        case "add":
            return f"{people} added"
        case _:
            return f"{one['instead_of']} removed"
