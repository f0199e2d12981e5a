"""How the daemon is, and putting the config files into force."""

from collections.abc import Iterator
from typing import Any

import click

from pagerd.cli.out import Context, api, output_option
from pagerd.cli.times import age_of, shown
from pagerd.core.errors import Conflict, PagerdError, Unavailable
from pagerd.core.plain import counted

FINDINGS = 1
UNHEALTHY = 1
"""The only other code that a container's probe may end with; broken files are no reason to start a container anew."""

CONFLICT = 409


@click.command("status")
@click.option("--people", "with_people", is_flag=True, help="How each person can be reached.")
@output_option
@click.pass_obj
def status_command(ctx: Context, with_people: bool, output: str) -> None:
    """Say how the daemon is: 0 well, 1 something needs a look, 3 it cannot be reached.

    Providers and contacts are named where something is wrong with them; --people lists everybody.
    """
    answer = ctx.daemon.get(api("status"))
    if output == "json":
        ctx.out.json(answer)
    elif with_people:
        _show_people(ctx, answer)
    else:
        for line in _lines(answer):
            ctx.out.line(line)
    if not answer["ready"] or not answer["plan_ok"] or not answer["store_ok"]:
        click.get_current_context().exit(FINDINGS)


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    yield f"{'● ready' if answer['ready'] else '✗ NOT READY'}  pagerd {answer['version']}"
    for reason in answer["reasons"]:
        yield f"  ✗ {reason}"
    for warning in answer["warnings"]:
        yield f"  ! {warning}"
    files = "the files as they are" if answer["plan_ok"] else "THE LAST GOOD PLAN: the files are broken"
    since = f", loaded {shown(answer['loaded_at'])}" if answer["loaded_at"] else ""
    yield f"  plan     {answer['revision']}: {files}{since}"
    yield f"  store    {'answers' if answer['store_ok'] else 'DOES NOT ANSWER'}"
    yield f"  tick     {answer['last_tick_age_seconds']:.0f} s ago"
    own = next((node["files"] for node in answer["nodes"] if node["is_this"]), None)
    for node in answer["nodes"]:
        yield _node_line(node, own)
    for provider in answer["providers"]:
        yield from _provider_lines(provider)
    # Without its store the daemon cannot say the rest.
    if "pages_open" not in answer:
        return
    counts = (counted(answer["pages_open"], "page"), counted(answer["tickets_open"], "ticket"))
    waiting = answer["notifications_waiting"]
    yield f"  open     {', '.join(counts)}; {counted(waiting, 'notification')} wait{'s' if waiting == 1 else ''}"
    waits = answer["ticket_exports"]
    if waits["waiting"]:
        fault = f": {waits['fault']}" if waits["fault"] else ""
        events = counted(waits["waiting"], "event")
        yield f"  tracker  {events} to tell, the oldest {age_of(waits['oldest_at'])} old{fault}"
    for one in answer["incident_messages"]:
        fault = f": {one['fault']}" if one["fault"] else ""
        untold = f"{counted(one['waiting'], 'message')} about incidents to tell"
        yield f"  {one['receiver']}  {untold}, the oldest {age_of(one['oldest_at'])} old{fault}"
    for source in answer["sources"]:
        seen = f"{age_of(source['last_seen_at'])} ago" if source["last_seen_at"] else "never"
        yield f"  source   {source['name']} ({source['kind']}): last heard {seen}{_expected(source)}"
        for member in source.get("asked", []):
            yield f"           {_asked(member)}"
    for hole in answer["nobody_on_call"]:
        yield f"  nobody   is on call for {hole}"
    for one in answer["people"]:
        yield from _contact_lines(one)


def _node_line(one: dict[str, Any], own: str | None) -> str:
    where = f" at {one['address']}" if one["address"] else ""
    if not one["is_there"]:
        return f"  node   ✗ {one['name']}{where} is gone, last seen {age_of(one['last_seen_at'])} ago"
    this = ", this one" if one["is_this"] else ""
    since = shown(one["started_at"])
    # The plans' ids always differ: where each listens is in its plan, too.
    other = ", ON OTHER FILES" if own is not None and one["files"] != own else ""
    return (
        f"  node     {one['name']}{where}{this}: pagerd {one['version']}, plan {one['revision']}{other}, since {since}"
    )


def _provider_lines(one: dict[str, Any]) -> Iterator[str]:
    name = f"{one['channel']}/{one['name']}"
    if one["in_trouble"]:
        yield f"  ✗ {name} is in trouble since {shown(one['since'])}: {one['why']}"
    elif one["busy_until"]:
        yield f"  ! {name} takes no more messages until {shown(one['busy_until'])}"


def _contact_lines(one: dict[str, Any]) -> Iterator[str]:
    for method in one["methods"]:
        if method["state"] == "refused":
            since = shown(method["since"])
            yield f"  ✗ {one['person']} by {method['medium']}: refused since {since}: {method['why']}"
        elif method["unconfirmed_since"]:
            asked = f"asked {shown(method['unconfirmed_since'])} whether it reaches them, no answer"
            yield f"  ! {one['person']} by {method['medium']}: NOT CONFIRMED, {asked}"
    if not one["reachable"]:
        yield f"  ✗ {one['person']} cannot be reached at all"


def _show_people(ctx: Context, answer: dict[str, Any]) -> None:
    """Show everybody's contact methods, what is wrong with them, and when something last arrived."""
    if "people" not in answer:
        raise Unavailable("the store does not answer: how people can be reached is known there alone")
    rows: list[tuple[str | None, ...]] = []
    for one in answer["people"]:
        for method in one["methods"]:
            refused = f"REFUSED since {shown(method['since'])}: {method['why']}" if method["since"] else None
            rows.append(
                (
                    one["person"],
                    method["medium"],
                    method["address"],
                    refused or _state(method),
                    _ago(method["arrived_at"]),
                    _ago(method["tested_at"]),
                )
            )
        if not one["methods"]:
            rows.append((one["person"], None, None, "has no contact method", None, None))
    ctx.out.table(("PERSON", "BY", "AT", "STATE", "ARRIVED", "TESTED"), rows, empty="The plan has no people.")


def _state(method: dict[str, Any]) -> str:
    state = str(method["state"]).replace("_", " ")
    return (
        f"{state}, NOT CONFIRMED since {shown(method['unconfirmed_since'])}" if method["unconfirmed_since"] else state
    )


def _ago(at: str | None) -> str:
    return f"{age_of(at)} ago" if at else "never"


def _expected(source: dict[str, Any]) -> str:
    if "is_late" not in source:
        return ", SILENT" if source.get("is_silent") else ""
    if source["is_late"]:
        return ", LATE"
    return f", late at {shown(source['due_at'])}" if source["due_at"] else ", not expected yet"


def _asked(member: dict[str, Any]) -> str:
    if member["failing_since"]:
        return f"! {member['member']} has not answered for {age_of(member['failing_since'])}: {member['error']}"
    return f"{member['member']} answered {age_of(member['answered_at'])} ago"


@click.command("health")
@click.pass_obj
def health_command(ctx: Context) -> None:
    """Say whether alerts are taken in and pages go out: 0 yes, 1 no, whatever the reason. For probes."""
    try:
        ctx.daemon.get("/-/ready")
    except PagerdError as error:
        ctx.out.talk(str(error))
        click.get_current_context().exit(UNHEALTHY)
    ctx.out.line("ready")


@click.command("reload")
@output_option
@click.pass_obj
def reload_command(ctx: Context, output: str) -> None:
    """Put the config files into force, whole; 1 when they are broken and the old plan was kept."""
    answer = ctx.daemon.post("/-/reload", also={CONFLICT})
    if "ok" not in answer:
        raise Conflict(str(answer.get("error", "the reload was refused")))
    if output == "json":
        ctx.out.json(answer)
    else:
        if answer["rendered"]:
            ctx.out.lines(answer["rendered"])
        if answer["ok"]:
            ctx.out.line(f"Revision {answer['revision']} is in force.")
        for key in answer.get("needs_restart", []):
            ctx.out.line(f"{key} needs a restart of pagerd: until then it runs with the old one.")
    if not answer["ok"]:
        ctx.out.talk(f"The files are not in force: revision {answer['revision']} stays.")
        click.get_current_context().exit(FINDINGS)
