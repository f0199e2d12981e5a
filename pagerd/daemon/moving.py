"""`pagerd db copy`: what a SQLite file holds becomes what a PostgreSQL database holds, or nothing does."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from pagerd.config.load import settings_of
from pagerd.config.reading import read_config
from pagerd.config.settings import PostgresSettings
from pagerd.core.audit import KEEPING
from pagerd.core.errors import Conflict, InvalidPlan, Unreadable
from pagerd.daemon.postgres import address_of
from pagerd.engine import audit, verification
from pagerd.engine.verification import Finding
from pagerd.stores.base import Connection, Row, StoreUnusable
from pagerd.stores.migrations import SCHEMA_DIRECTORY, load
from pagerd.stores.postgres_copy import FilledDatabase
from pagerd.stores.postgres_server import Address
from pagerd.stores.records import pages
from pagerd.stores.rows import Table, TableDigest
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_copy import DatabaseFile, Progress
from pagerd.stores.sqlite_files import FileLock

COPIED = "DatabaseCopied"
"""The entry of the chain KEEPING that says so, in the copy alone."""

OF_RUNS = frozenset({"nodes"})
"""Tables about the runs of pagerd on a database: those on the file are over, and nobody is to miss them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedTable:
    """One table as it was found in both."""

    name: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What was copied, and what the audit chain said of it: the same in both databases."""

    where: str
    schema: int
    tables: tuple[CopiedTable, ...]
    entries: int
    findings: tuple[Finding, ...]
    pages_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What would be copied, and where to."""

    database: Path
    address: Address
    store: str
    """The database on its server, in words."""


class _Steps:
    """How far it is, in rows: each is sent once and read back once."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def took(self, rows: int) -> None:
        self._done += rows
        self._progress(self._done, self._total)


def planned(directory: Path, file: str | None, now: datetime) -> Planned:
    """Return what a config directory says of a copy; the file is that of the defaults where none is named."""
    files, loaded = read_config(directory, now)
    settings = loaded.settings or settings_of(files)
    if settings is None:
        raise InvalidPlan("pagerd.yaml cannot be read, and says where to copy to: `pagerd check` says what is wrong")
    if not isinstance(settings.store, PostgresSettings):
        raise Unreadable(
            f"pagerd.yaml keeps everything in {settings.store}. Say first where to copy it to, as pagerd will find it:"
            " store: {postgres: {hosts: [HOST], database: NAME, user: NAME, password_file: FILE}}"
        )
    database = Path(file) if file is not None else directory / settings.state_dir / "pagerd.db"
    address = address_of(settings.store, directory)
    return Planned(database=database.resolve(), address=address, store=str(settings.store))


def carry_out(plan: Planned, now: datetime, progress: Progress) -> Moved:
    """Copy what was planned, from where no loop runs."""
    return asyncio.run(move(plan.database, plan.address, now, progress))


async def move(database: Path, address: Address, now: datetime, progress: Progress) -> Moved:
    """Copy a file that no daemon holds into a database that holds nothing, and compare; all of it or nothing.

    The file is held meanwhile, and is not changed. Raises StoreUnusable, StoreUnavailable, NotFound or Conflict.
    """
    source = DatabaseFile(database)
    try:
        lock = FileLock(database)
        try:
            _check_schema(source, database)
            target = await FilledDatabase.open(address)
            try:
                moved = await _fill(source, target, now, progress)
                await target.commit()
            finally:
                target.drop()
        finally:
            lock.release()
    finally:
        source.close()
    return moved


def _check_schema(source: DatabaseFile, database: Path) -> None:
    """Refuse a file of an earlier version: its rows would not fit."""
    wanted = len(load(SCHEMA_DIRECTORY, "sqlite"))
    if source.schema != wanted:
        raise StoreUnusable(
            f"{database} has schema {source.schema}, this pagerd {wanted}: start and stop this version on it once,"
            " then copy"
        )


async def _fill(source: DatabaseFile, target: FilledDatabase, now: datetime, progress: Progress) -> Moved:
    tables, there = source.tables(), {table.name: table for table in await target.tables()}
    if differing := _differing(tables, there):
        raise StoreUnusable(f"the two schemas differ at {', '.join(sorted(differing))}: nothing was copied")
    await _refuse_unless_empty(target, tables)
    tables = [table for table in tables if table.name not in OF_RUNS]
    counts = {table.name: source.count(table) for table in tables}
    steps = _Steps(2 * sum(counts.values()), progress)
    copied = []
    # No table refers to another by a constraint: any order will do, and this is that of the schema.
    for table in tables:
        sent, arrived = TableDigest(), TableDigest()
        await target.fill(table, _counted(source, table, sent, steps))
        async for rows in target.rows(table):
            arrived.add(rows)
            steps.took(len(rows))
        if sent != arrived:
            raise StoreUnusable(
                f"{table.name} is not the same there: {sent.rows} rows ({sent.hexdigest[:12]}) were sent,"
                f" {arrived.rows} ({arrived.hexdigest[:12]}) arrived; nothing was kept"
            )
        copied.append(CopiedTable(name=table.name, rows=sent.rows, digest=sent.hexdigest))
    await target.count_on()
    entries, findings = await _same_chain(source, target)

    async def note(c: Connection) -> int:
        anchor = await audit.last_anchor(c)
        body = {"from": source.path.name, "anchor": anchor.hash if anchor is not None else None}
        await audit.note_at(c, now, "", KEEPING, COPIED, body)
        return sum((await pages.count_open(c)).values())

    return Moved(
        where=target.where,
        schema=target.schema,
        tables=tuple(copied),
        entries=entries,
        findings=findings,
        pages_open=await target.run(note),
    )


def _counted(source: DatabaseFile, table: Table, digest: TableDigest, steps: _Steps) -> Iterator[Row]:
    """Yield the rows of a table, and count each in as it leaves."""
    for rows in source.rows(table):
        digest.add(rows)
        yield from rows
        steps.took(len(rows))


def _differing(here: list[Table], there: dict[str, Table]) -> set[str]:
    """Return the tables that only one has, or that have other columns; the order of columns is nobody's business."""
    columns_here = {table.name: frozenset(table.columns) for table in here}
    columns_there = {name: frozenset(table.columns) for name, table in there.items()}
    names = columns_here.keys() | columns_there.keys()
    return {name for name in names if columns_here.get(name) != columns_there.get(name)}


async def _refuse_unless_empty(target: FilledDatabase, tables: list[Table]) -> None:
    """Refuse a database in which a pagerd ever ran. What the migrations themselves put in is no such sign."""
    fresh = SqliteStore.in_memory()
    try:
        for table in tables:
            put_in = (await fresh.read(partial(_rows, table.count)))[0][0]
            if await target.count(table) != put_in:
                raise Conflict(
                    f"the database is not empty: {table.name} has rows. Name one in which no pagerd ever ran"
                    " (`DROP SCHEMA public CASCADE; CREATE SCHEMA public` empties this one)"
                )
            if put_in:
                await target.empty(table)
    finally:
        await fresh.close()


async def _rows(sql: str, c: Connection) -> list[Row]:
    return await c.execute(sql)


async def _same_chain(source: DatabaseFile, target: FilledDatabase) -> tuple[int, tuple[Finding, ...]]:
    """Verify the audit chain where it is now, and where it was; return how many entries, and what does not hold."""
    after: str | None = ""
    entries = 0
    here: list[Finding] = []
    there: list[Finding] = []
    while after is not None:
        bite = await target.run(partial(verification.bite, after=after))
        there += bite.findings
        entries += bite.entries
        after = bite.after
    after = ""
    while after is not None:
        bite = source.read(partial(verification.bite, after=after))
        here += bite.findings
        after = bite.after
    if sorted(map(str, here)) != sorted(map(str, there)):
        raise StoreUnusable(f"the audit chain holds in one and not in the other ({there or here}); nothing was kept")
    return entries, tuple(there)
