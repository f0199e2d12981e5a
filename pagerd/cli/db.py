"""`pagerd db`: the database as a whole."""

from pathlib import Path

import click

from pagerd.cli.out import Context, confirm, directory_option, output_option, progress
from pagerd.cli.times import now

FINDINGS = 1

NOT_COPIED = (
    "the config files, secrets and tokens of sources: they are yours, and stay where they are",
    "the stamps of migrations: the copy has its own",
    "which pagerd ran on the file: those runs are over",
)
"""What a person might look for in the copy."""


@click.group("db")
def db_command() -> None:
    """The database as a whole."""


@db_command.command("copy")
@click.argument("file", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@output_option
@directory_option
@click.pass_obj
def copy_command(ctx: Context, file: str | None, yes: bool, output: str) -> None:
    """Copy a SQLite database into the empty PostgreSQL database that `store` in pagerd.yaml names.

    FILE is the database, by default `pagerd.db` in `state_dir`; no daemon may run on it, and it is not changed. What
    arrived is read back and compared, table by table, and the audit chain is verified. All of it is one transaction:
    when anything fails the database is as empty as before, and the command may be given again.
    """
    from pagerd.daemon import driver, logs

    driver.check_driver()
    from pagerd.daemon import moving  # loads the driver

    logs.configure(as_json=False, level="warning")  # a migration is told to the log, and stdout is for the answer
    planned = moving.planned(Path(ctx.directory), file, now())
    confirm(ctx, f"Copy {planned.database} into {planned.store}?", yes=yes)
    with progress("Copying") as told:
        moved = moving.carry_out(planned, now(), told)
    if output == "json":
        tables = [{"name": table.name, "rows": table.rows, "digest": table.digest} for table in moved.tables]
        findings = [{"where": one.where, "what": one.what} for one in moved.findings]
        said = {"file": str(planned.database), "server": moved.where, "schema": moved.schema, "tables": tables}
        ctx.out.json({**said, "entries": moved.entries, "findings": findings, "pages_open": moved.pages_open})
    else:
        lines = [(table.name, str(table.rows), table.digest[:12]) for table in moved.tables]
        ctx.out.table(("TABLE", "ROWS", "DIGEST"), lines, empty="")
        rows, count = sum(table.rows for table in moved.tables), len(moved.tables)
        ctx.out.line(f"{rows} rows of {count} tables are on {moved.where}, the same there as in {planned.database}.")
        holds = f"{len(moved.findings)} flaws, the same as in the file" if moved.findings else "it holds"
        ctx.out.line(f"The audit chain of {moved.entries} entries was verified there: {holds}.")
    for what in NOT_COPIED:
        ctx.out.talk(f"Not copied: {what}.")
    ctx.out.talk(f"{moved.pages_open} pages are open in it: they go on where they stood, late, when pagerd starts.")
    ctx.out.talk(f"Nobody may start pagerd on {planned.database} again: it would page beside this one. Take it away.")
    if moved.findings:
        ctx.out.talk("`pagerd audit verify` lists what does not hold.")
        click.get_current_context().exit(FINDINGS)
