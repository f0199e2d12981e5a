"""Messages about incidents: who hears them, whether they arrive, what was told, and how one reads."""

import time
from typing import Any

import click

from pagerd.cli.arguments import number_typed
from pagerd.cli.incident_words import examples, number_argument, one_of
from pagerd.cli.out import Context, api, directory_option, output_option
from pagerd.cli.times import age_of, length_typed, read_length, shown
from pagerd.core.incidents.messages import PUBLIC, SUBJECTS, MessageKind, samples
from pagerd.core.incidents.promises import promises_in

FAILED = 1

LOOK_EVERY_SECONDS = 0.5
"""How often the daemon is asked what became of a test."""


@click.group("message")
def message_command() -> None:
    """Messages about incidents: who hears them, whether they arrive, and how they read."""


@message_command.command("receivers")
@output_option
@click.pass_obj
def receivers_command(ctx: Context, output: str) -> None:
    """List everybody who is told of incidents, and what each is still to be told."""
    answer = ctx.daemon.get(api("receivers"))
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            one["name"],
            ", ".join(one["addresses"]) or "webhook",
            str(one["waiting"]) if one["waiting"] else "",
            age_of(one["oldest_at"]) if one["oldest_at"] else None,
            one["fault"],
        )
        for one in answer["receivers"]
    ]
    columns = ("RECEIVER", "BY", "WAITING", "SINCE", "WHY")
    ctx.out.table(columns, rows, empty="Nobody: pagerd.yaml names no receivers.")


@message_command.command("list")
@number_argument
@output_option
@click.pass_obj
def list_command(ctx: Context, number: int, output: str) -> None:
    """List what was told of incident NUMBER, to whom, and what became of it."""
    answer = ctx.daemon.get(api("incidents", str(number), "messages"))
    if output == "json":
        ctx.out.json(answer)
        return
    rows = [
        (
            shown(one["at"]),
            one["kind"],
            one["receiver"],
            one["address"],
            one["state"].replace("_", " "),
            shown(one["done_at"]) if one["done_at"] else None,
            str(one["attempts"]),
            one["fault"],
        )
        for one in answer["messages"]
    ]
    columns = ("AT", "MESSAGE", "RECEIVER", "ADDRESS", "STATE", "DONE", "ATTEMPTS", "WHY")
    ctx.out.table(columns, rows, empty="Nobody was told anything of it.")


@message_command.command("test", epilog=examples("pagerd message test ops-chat"))
@click.argument("receiver")
@click.option("--wait", "wait", type=length_typed, default="30s", show_default=True, help="How long to watch it.")
@output_option
@click.pass_obj
def test_command(ctx: Context, receiver: str, wait: str, output: str) -> None:
    """Send RECEIVER a message about nothing, and say what became of it: 0 when it was taken, 1 when it was not."""
    answer = ctx.daemon.post(api("receivers", receiver, "test"), {})
    ends_at = time.monotonic() + read_length(wait).total_seconds()
    while _waits(answer) and time.monotonic() < ends_at:
        time.sleep(LOOK_EVERY_SECONDS)
        answer = ctx.daemon.get(api("receivers", receiver))
    tests = answer["receiver"]["tests"]
    if output == "json":
        ctx.out.json(answer)
    else:
        for one in tests:
            ctx.out.line(_verdict(one, wait))
    if any(one["state"] != "sent" for one in tests):
        click.get_current_context().exit(FAILED)


def _waits(answer: dict[str, Any]) -> bool:
    """Does any of them wait for its first attempt, or the answer to it?"""
    return any(one["state"] == "waiting" and not one["attempts"] for one in answer["receiver"]["tests"])


def _verdict(one: dict[str, Any], wait: str) -> str:
    who = f"{one['receiver']} at {one['address']}" if one["address"] else one["receiver"]
    if one["state"] == "sent":
        return f"{who}: works, it took the message."
    if one["fault"]:
        return f"{who}: DOES NOT WORK: {one['fault']}"
    return f"{who}: NOT SHOWN TO WORK, nothing was heard within {wait}."


@message_command.command(
    "preview",
    epilog=examples(
        "pagerd message preview update",
        "pagerd message preview update --without eta --without doing",
        "pagerd message preview resolved --incident 7",
    ),
)
@click.argument("kind", type=one_of(MessageKind))
@click.option(
    "--incident", "number", type=number_typed, metavar="NUMBER", help="Of this one; without it with invented facts."
)
@click.option("--without", multiple=True, metavar="FIELD", help="Leave a field unknown; several times for several.")
@output_option
@directory_option
@click.pass_obj
def preview_command(ctx: Context, kind: str, number: int | None, without: tuple[str, ...], output: str) -> None:
    """Say how a message of KIND reads by the templates of the files, or of the daemon with --incident.

    `-o json` has the fields that its template may name. 1 where its template does not work, and it is said without.
    """
    if number is not None and without:
        raise click.UsageError("--without goes with invented facts alone, and --incident has its own")
    if number is not None:
        answer = ctx.daemon.get(api("incidents", str(number), "messages", kind))
    else:
        answer = _of_the_files(ctx, MessageKind(kind), without)
    if output == "json":
        ctx.out.json(answer)
    else:
        ctx.out.line(answer["heading"])
        for line in answer["lines"]:
            ctx.out.line(line)
    if answer["fault"]:
        ctx.out.talk(f"its template does not work, so it is said without: {answer['fault']}")
        click.get_current_context().exit(FAILED)


def _of_the_files(ctx: Context, kind: MessageKind, without: tuple[str, ...]) -> dict[str, Any]:
    from pagerd.cli import files
    from pagerd.templating.messages import write

    optional = [one.name for one in SUBJECTS[kind].fields if one.is_optional]
    unknown = [name for name in without if name not in optional]
    if unknown:
        raise click.UsageError(f"a message of kind {kind.value} may lack {', '.join(optional)}; not {unknown[0]}")
    rules = files.plan_of(ctx.directory).incidents.messages
    facts = samples(kind, without=frozenset(without))
    written = write(rules, kind, facts)
    found = promises_in(written.text, rules.promise_words)
    if found:
        weight = "refused" if kind in PUBLIC else "warned of"
        ctx.out.talk(f"it promises what nobody can know, which is {weight}: {', '.join(found)}")
    fields = {name: said for name, said in sorted(facts.items()) if said}
    heading, lines = written.heading, [*written.lines]
    return {"kind": kind.value, "heading": heading, "lines": lines, "fault": written.fault or None, "fields": fields}
