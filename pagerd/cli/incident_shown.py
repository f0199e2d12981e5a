"""How incidents are shown on a terminal."""

from datetime import datetime
from typing import Any

from pagerd.cli.out import Context
from pagerd.cli.times import age_of, now, shown
from pagerd.core.incidents.next_step import ORDER
from pagerd.core.plain import away


def list_them(ctx: Context, incidents: list[dict[str, Any]], zone: str) -> None:
    """Write one line for each, with times on the reader's clock."""
    rows = [
        (
            str(one["number"]),
            one["severity"],
            one["status"] + (",drill" if one["mode"] == "drill" else ""),
            one["team"],
            one["title"],
            age_of(one["declared_at"] or one["opened_at"]),
            _holders(one),
            shown(one["next_update"]["next_at"], zone) if one["next_update"] else None,
        )
        for one in incidents
    ]
    columns = ("NUMBER", "SEVERITY", "STATUS", "TEAM", "WHAT", "AGE", "ROLES", "NEXT UPDATE")
    ctx.out.table(columns, rows, empty="No open incidents.")


def _holders(one: dict[str, Any]) -> str:
    return " ".join(f"{role['role']}={role['holder']}" for role in one["roles"] if role["holder"])


def tell(ctx: Context, story: dict[str, Any]) -> None:
    """Tell how an incident stands, what is due, and all that happened."""
    one = story["incident"]
    drill = "DRILL  " if one["mode"] == "drill" else ""
    ctx.out.line(f"Incident {one['number']}  {drill}{one['severity']}  {one['status']}  team {one['team']}")
    ctx.out.line(f"  {one['title']}")
    _tell_order(ctx, story)
    for name, key in (("impact", "impact"), ("service", "service"), ("over", "over_why")):
        if one[key]:
            ctx.out.line(f"  {name}: {one[key]}")
    for words in times_of(one, story["zone"]):
        ctx.out.line(f"  {words}")
    if one["room"]:
        ctx.out.line(f"  room: {one['room']['place']}")
    if one["path"]:
        ctx.out.line(f"  decided: {one['path']['text']} ({one['path']['owner']})")
    ctx.out.line("")
    rows = [(role["name"], role["holder"], _asking(role)) for role in one["roles"]]
    ctx.out.table(("ROLE", "HOLDER", ""), rows, empty="")
    _tell_open(ctx, story)
    ctx.out.timeline(story)


def _asking(role: dict[str, Any]) -> str:
    if role["unanswered_since"]:
        return "everybody was asked"
    return "asking" if role["is_asked"] else ""


def _tell_order(ctx: Context, story: dict[str, Any]) -> None:
    """Say where it is in the order that never changes, what is next and whose it is, and then what comes after."""
    if story["phase"]:
        ctx.out.line(f"  order: {', '.join(word.upper() if word == story['phase'] else word for word in ORDER)}")
    for at, step in enumerate(story["next_steps"]):
        due = datetime.fromisoformat(step["due"]) if step["due"] else None
        when = f", by {shown(due, story['zone'])}, {away(due, now())}" if due is not None else ""
        ctx.out.line(f"  {'then' if at else 'NEXT'}: {step['sentence']}{when}")
        if not at:
            ctx.out.line(f"        {step['command']}")
    ctx.out.line("")


def times_of(one: dict[str, Any], zone: str) -> list[str]:
    """Say the instants of an incident that are known, on the clock of a zone."""
    named = (
        ("impact began", "impact_started_at"),
        ("detected", "detected_at"),
        ("declared", "declared_at"),
        ("mitigated", "mitigated_at"),
        ("impact ended", "impact_ended_at"),
        ("resolved", "resolved_at"),
    )
    said = [f"{name}: {shown(one[key], zone)}" for name, key in named if one[key]]
    if one["next_update"]:
        late = ", OVERDUE" if one["next_update"]["is_overdue"] else ""
        said.append(f"next update: {shown(one['next_update']['next_at'], zone)}{late}")
    if one["watch"] and not one["watch"]["is_over"]:
        held = ", stands still while a check cannot be read" if one["watch"]["held_since"] else ""
        said.append(f"watch period until: {shown(one['watch']['until'], zone)}{held}")
    override = one["override"]
    if override:
        signed = override["countersigned_by"]
        second = f"countersigned by {signed}" if signed else "nobody has countersigned it"
        due = f", due by {shown(override['due_at'], zone)}" if override["due_at"] and not signed else ""
        said.append(f"overridden by {override['by']} ({override['why']}); {second}{due}")
    return said


def _tell_open(ctx: Context, story: dict[str, Any]) -> None:
    """Say which pages it has, what is tried, what may be the cause, what is unmet, and what is to change."""
    running = [one for one in story["mitigations"] if one["outcome"] is None]
    zone = story["zone"]
    untold = [_untold_row(one, zone) for one in story["messages"] if _is_untold(one)]
    tables = (
        (
            ("PAGE", "STATUS", "HOLDER", "WHAT"),
            [_page_row(one) for one in story["pages"] if one["status"] != "resolved"],
        ),
        (("MITIGATION", "WHAT", ""), [(str(one["number"]), one["kind"], one["text"]) for one in running]),
        (
            ("CRITERION", "STATE", "BY", "SINCE", "WHY"),
            [_criterion_row(one, zone) for one in story["criteria"] if one["at"]],
        ),
        (
            ("QUESTION", "BY", "WHAT", "ANSWER"),
            [(str(one["number"]), one["by"], one["text"], one["answer"]) for one in story["questions"]],
        ),
        (
            ("HYPOTHESIS", "IS", "WHAT", "WHY"),
            [(str(one["number"]), one["verdict"], one["text"], one["why"]) for one in story["hypotheses"]],
        ),
        (("UNMET", "WHAT"), [(one["code"], one["what"]) for one in story["unmet"]]),
        (
            ("NOT TOLD", "MESSAGE", "SINCE", "", "WHY"),
            untold,
        ),
        (("ACTION", "STATUS", "OWNER", "DUE", "WHAT"), [_action_row(one) for one in story["actions"]]),
    )
    for columns, rows in tables:
        if rows:
            ctx.out.line("")
            ctx.out.table(columns, rows, empty="")


def _is_untold(one: dict[str, Any]) -> bool:
    """Did somebody who should hear a message not hear it, or not yet, though it was tried?"""
    return one["state"] in ("refused", "given_up") or (one["state"] == "waiting" and one["attempts"] > 0)


def _untold_row(one: dict[str, Any], zone: str) -> tuple[str | None, ...]:
    state = "tried again" if one["state"] == "waiting" else one["state"].replace("_", " ")
    return one["receiver"], one["kind"], shown(one["at"], zone), state, one["fault"]


def _criterion_row(one: dict[str, Any], zone: str) -> tuple[str | None, ...]:
    return one["criterion"], one["state"], one["by"] or "check", shown(one["at"], zone), one["why"]


def _action_row(one: dict[str, Any]) -> tuple[str | None, ...]:
    return str(one["number"]), one["status"], one["owner"], one["due"], one["title"]


def _page_row(one: dict[str, Any]) -> tuple[str, ...]:
    return one["id"], one["status"], one["acknowledged_by"], one["title"]


def explain_severities(ctx: Context, answer: dict[str, Any]) -> None:
    """Write what each severity asks, and the three questions."""
    rows = [
        (
            one["severity"],
            one["definition"] if one["is_incident"] else f"a ticket: {one['definition']}",
            " ".join(one["roles"]),
            "-".join(part for part in (one["update_at_least_after"], one["update_at_most_after"]) if part),
            one["watch"],
        )
        for one in answer["severities"]
    ]
    ctx.out.table(("SEVERITY", "IS", "ROLES", "UPDATES", "WATCH"), rows, empty="")
    ctx.out.line("")
    for question in answer["questions"].values():
        ctx.out.line(question)
