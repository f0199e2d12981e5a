"""A test page: sent by the way that a page goes, and watched hop by hop."""

import time
from typing import Any

import click

from pagerd.cli.out import Context, api, output_option, say
from pagerd.cli.times import length_typed, read_length

FAILED = 1

LOOK_EVERY_SECONDS = 0.5
"""How often the daemon is asked how far it came: a person who waits sees each hop as it happens."""

_SAID = {
    "stored": "stored: from here on it survives a crash",
    "claimed": "taken up by a sender",
    "pending": "not sent, tried again soon",
    "accepted": "accepted by {provider}",
    "sent": "sent on by {provider} to the carrier",
    "ringing": "the phone rings",
    "answered": "the call was picked up, by whomever",
    "delivered": "delivered, says {provider}",
    "not_reached": "did not arrive",
    "refused": "refused for good",
    "failed": "given up",
    "cancelled": "cancelled",
    "confirmed": "answered by {person}",
}


@click.command("test-page")
@click.option("--to", "person", required=True, metavar="PERSON", help="Who gets it.")
@click.option(
    "--via", type=click.Choice(["sms", "voice", "email"]), help="By what; without it what a page would take first."
)
@click.option("--at-night", is_flag=True, help="Even where it is night for them.")
@click.option("--wait", "wait", type=length_typed, default="2m", show_default=True, help="How long to watch it.")
@output_option
@click.pass_obj
def test_page_command(ctx: Context, person: str, via: str | None, at_night: bool, wait: str, output: str) -> None:
    """Send PERSON something to answer by the way that a page goes, and say of each hop when it happened.

    0 when it arrived or was answered, 1 when it did not. It is no page: nobody else hears of it, and it counts for
    nobody's night. A contact method that was refused works again once a test page has arrived.
    """
    body: dict[str, object] = {"at_night": at_night} | ({"via": via} if via else {})
    test = ctx.daemon.post(api("people", person, "test"), body)["test"]
    ends_at = time.monotonic() + read_length(wait).total_seconds()
    shown = 0
    if output != "json":
        ctx.out.line(f"Test page to {person} by {test['medium']} at {test['address']}")
    while True:
        if output != "json":
            shown = _tell(ctx, test, shown)
        if test["over"] or time.monotonic() >= ends_at:
            break
        time.sleep(LOOK_EVERY_SECONDS)
        test = ctx.daemon.get(api("tests", test["id"]))["test"]
    if output == "json":
        ctx.out.json({"test": test})
    else:
        ctx.out.line(_verdict(test, wait))
    if not test["arrived"]:
        click.get_current_context().exit(FAILED)


@click.command("confirm")
@click.argument("code")
@output_option
@click.pass_obj
def confirm_command(ctx: Context, code: str, output: str) -> None:
    """Answer by its CODE a test page to yourself, or the question whether a contact reaches you.

    A mail has no other answer where no text of yours is heard.
    """
    say(ctx, ctx.daemon.post(api("tests", "confirm"), {"code": code}), output)


def _tell(ctx: Context, test: dict[str, Any], shown: int) -> int:
    """Write the hops that are new, each with when it happened and how long after the one before; return how many."""
    hops = test["hops"]
    for place in range(shown, len(hops)):
        hop = hops[place]
        words = _SAID.get(hop["hop"], hop["hop"]).format(provider=test["provider"], person=test["person"])
        took = hop["seconds"] - hops[place - 1]["seconds"] if place else 0.0
        detail = f": {hop['detail']}" if hop["detail"] else ""
        ctx.out.line(f"{hop['seconds']:9.3f} s  +{took:.3f}  {words}{detail}")
    return len(hops)


def _verdict(test: dict[str, Any], wait: str) -> str:
    who = f"{test['person']} by {test['medium']}"
    if test["answered"]:
        return f"{who}: works, it arrived and was answered."
    if test["over"]:
        return f"{who}: DOES NOT WORK, it ended as {test['status'].replace('_', ' ')}."
    if test["arrived"] and test["medium"] == "email":
        return f"{who}: works as far as the mail server; nobody answered within {wait}."
    if test["arrived"]:
        return f"{who}: works, it arrived; nobody answered within {wait}."
    return f"{who}: NOT SHOWN TO WORK, nothing more was heard within {wait}."
