"""`pagerd backup`, `pagerd restore`, `pagerd erase`: what is kept, and what is not."""

from pathlib import Path

import click

from pagerd.cli.out import Context, api, confirm, directory_option, output_option, progress
from pagerd.cli.times import now

_MEBI = 1 << 20
_COPY_THERE = (
    "copy it with `pg_dump --format=custom --file=FILE`, or keep base backups and WAL (pg_basebackup and an archive); "
    "docs/postgresql.md says how"
)
_RESTORE_THERE = (
    "stop every node, then `pg_restore --clean --if-exists --single-transaction --dbname=DATABASE FILE`, "
    "or recover a base backup; docs/postgresql.md says how"
)
_STAGES = 9
"""Kinds of rows that an erasure walks through, for its bar."""


@click.command("backup")
@click.argument("file")
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@output_option
@directory_option
@click.pass_obj
def backup_command(ctx: Context, file: str, force: bool, output: str) -> None:
    """Copy the database into FILE, consistent and checked, whether the daemon runs or not.

    FILE is one SQLite database that only you can read. The config files are yours to keep: they are in git.
    """
    from pagerd.daemon import keeping

    database = keeping.file_of(Path(ctx.directory), now(), _COPY_THERE)
    with progress("Copying") as told:
        copied = keeping.back_up(database, Path(file).absolute(), told, force=force)
    if output == "json":
        ctx.out.json({"file": str(copied.path), "bytes": copied.bytes, "schema": copied.schema})
        return
    ctx.out.line(f"{copied.path}: {copied.bytes / _MEBI:.1f} MiB, schema {copied.schema}, quick_check ok.")


@click.command("restore")
@click.argument("file")
@click.option("--yes", is_flag=True, help="Do not ask.")
@output_option
@directory_option
@click.pass_obj
def restore_command(ctx: Context, file: str, yes: bool, output: str) -> None:
    """Put the backup FILE in the place of the database; the daemon must be stopped.

    What was there is kept beside it. Whatever happened since the backup is not in it: pages that were answered since
    are open again, and page again when the daemon starts.
    """
    from pagerd.daemon import keeping, logs

    logs.configure(as_json=False, level="warning")  # a migration is told to the log, and stdout is for the answer
    database = keeping.file_of(Path(ctx.directory), now(), _RESTORE_THERE)
    confirm(ctx, f"Put {file} in the place of {database}?", yes=yes)
    with progress("Restoring") as told:
        copied, aside, pages_open = keeping.restore(Path(file).absolute(), database, now(), told)
    if output == "json":
        said = {"file": str(copied.path), "bytes": copied.bytes, "schema": copied.schema}
        ctx.out.json({**said, "kept": str(aside) if aside else None, "pages_open": pages_open})
        return
    ctx.out.line(f"{copied.path} is what {file} was: {copied.bytes / _MEBI:.1f} MiB, quick_check ok.")
    if aside is not None:
        ctx.out.line(f"What was there is {aside}.")
    ctx.out.talk(f"{pages_open} pages are open in it: they go on where they stood, late, when the daemon starts.")


@click.command("erase")
@click.argument("person")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Another name that PERSON went by.")
@click.option("--nights", type=click.Choice(["keep", "drop"]), default="keep", show_default=True, help="Night rows.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@output_option
@click.pass_obj
def erase_command(ctx: Context, person: str, names: tuple[str, ...], nights: str, yes: bool, output: str) -> None:
    """Replace PERSON (an id) by a pseudonym wherever pagerd's database names them; cannot be undone.

    PERSON must have left the config files. Addresses go; what happened stays, and the audit chain holds.
    """
    confirm(ctx, f"Erase {person} from the database for good?", yes=yes)
    body: dict[str, object] = {"nights": nights, "names": list(names)}
    changed: dict[str, int] = {}
    with progress("Erasing") as told:
        while True:
            answer = ctx.daemon.post(api("people", person, "erase"), body)
            for name, count in answer["changed"].items():
                changed[name] = changed.get(name, 0) + count
            told(len(changed), _STAGES)
            if answer["next"] is None:
                break
            body |= {name: answer[name] for name in ("pseudonym", "names", "addresses")} | {"after": answer["next"]}
    if output == "json":
        ctx.out.json({"pseudonym": answer["pseudonym"], "changed": changed, "kept": answer["kept"]})
        return
    ctx.out.line(f"{person} is {answer['pseudonym']} from now on.")
    ctx.out.table(("WHERE", "ROWS"), [(name, str(count)) for name, count in changed.items() if count], empty="")
    for kept in answer["kept"]:
        ctx.out.talk(f"Kept: {kept}")
