"""`pagerd audit`: does the chain over everything that ever happened still hold?"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from pagerd.cli.out import Context, api, directory_option, output_option, progress
from pagerd.cli.times import now

FINDINGS = 1
FINDINGS_SHOWN_MAX = 1_000
"""Findings that are listed; a database that was rewritten has one for each object, and nobody reads so many."""


@click.group("audit")
def audit_command() -> None:
    """The chain of hashes over everything that ever happened."""


@audit_command.command("verify")
@click.option("--file", "path", metavar="FILE", help="A database or a backup instead of the directory's.")
@click.option("--daemon", "asks", is_flag=True, help="Ask the daemon; so it is wherever PAGERD_URL is set.")
@click.option(
    "--anchor", "anchors", multiple=True, metavar="HASH", help="An anchor from the log or a mail that must be there."
)
@output_option
@directory_option
@click.pass_obj
def verify_command(ctx: Context, path: str | None, asks: bool, anchors: tuple[str, ...], output: str) -> None:
    """Find every entry that was changed, dropped, swapped, inserted or cut off; 1 when there is one.

    The file is read as it is, whether a daemon runs on it or not. What is kept in PostgreSQL is verified by the daemon.
    """
    if asks and path is not None:
        raise click.UsageError("--file is read here; --daemon asks the daemon about its own")
    bites = _of_daemon if asks or (path is None and "PAGERD_URL" in os.environ) else _of_file
    counted = dict.fromkeys(COUNTED, 0)
    findings: list[dict[str, str]] = []
    count = 0
    with progress("Verifying") as told:
        for bite in bites(ctx, path, anchors):
            for name in counted:
                counted[name] += bite[name]
            count += len(bite["findings"])
            findings += bite["findings"][: FINDINGS_SHOWN_MAX - len(findings)]
            told(counted["entries"], bite["total"])
    if output == "json":
        ctx.out.json({"ok": not count, **counted, "findings_count": count, "findings": findings})
    else:
        ctx.out.table(("WHERE", "WHAT DOES NOT HOLD"), [(one["where"], one["what"]) for one in findings], empty="")
        ctx.out.talk(_summary(counted, count))
    if count:
        click.get_current_context().exit(FINDINGS)


COUNTED = ("entries", "objects", "anchors", "redacted", "unchained", "tombstones")


def _of_file(ctx: Context, path: str | None, anchors: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    from pagerd.daemon import keeping

    file = Path(path) if path is not None else keeping.database_of(Path(ctx.directory), now())
    if file is None:
        # Everything is kept on a server, and the daemon has the way there.
        yield from _of_daemon(ctx, path, anchors)
        return
    yield from keeping.verified(file)
    yield _asked_for({begins: keeping.anchor_with_hash(file, begins) for begins in anchors})


def _of_daemon(ctx: Context, _path: str | None, anchors: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    after: str | None = ""
    while after is not None:
        bite = ctx.daemon.get(api("audit"), after=after)
        yield bite
        after = bite["after"]
    yield _asked_for({begins: ctx.daemon.get(api("audit", "anchors", begins))["number"] for begins in anchors})


def _asked_for(found: Mapping[str, int | None]) -> dict[str, Any]:
    """Return what the anchors that somebody kept elsewhere come to."""
    missing = [
        {"where": f"anchor {begins}", "what": "no anchor of the database has this hash"}
        for begins, number in found.items()
        if number is None
    ]
    return {**dict.fromkeys(COUNTED, 0), "total": 0, "findings": missing}


def _summary(counted: Mapping[str, int], count: int) -> str:
    seen = f"{counted['entries']} entries of {counted['objects']} objects, {counted['anchors']} anchors"
    also = [
        f"{counted[name]} {words}"
        for name, words in (
            ("tombstones", "tombstones"),
            ("redacted", "redacted entries"),
            ("unchained", "entries from before the chain, of which nothing is known"),
        )
        if counted[name]
    ]
    verdict = (
        f"{count} findings: the database was changed by something else than pagerd" if count else "the chain holds"
    )
    return f"{verdict}. Verified: {', '.join((seen, *also))}."
