"""What is done to a database file from outside of a daemon: backup, restore, and the check of the audit chain."""

import asyncio
import functools
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pagerd.config.load import settings_of
from pagerd.config.reading import read_config
from pagerd.config.settings import Settings
from pagerd.core.audit import KEEPING
from pagerd.core.errors import PagerdError
from pagerd.daemon import plans
from pagerd.engine import audit, verification
from pagerd.stores import sqlite_copy
from pagerd.stores.base import Connection
from pagerd.stores.records import history, pages, signins
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_copy import Copied, DatabaseFile, Progress


class OnServer(PagerdError):
    """Everything is kept on a server, whose own tools copy it."""


def database_of(directory: Path, now: datetime) -> Path | None:
    """Return the database of a config directory, None where it is on a server; with broken files that of the defaults.

    A mistake in a rule does not move the database: where `pagerd.yaml` alone can be read, it says where that is.
    """
    path = settings_in(directory, now).store_path(directory)
    return path.resolve() if path is not None else None


def file_of(directory: Path, now: datetime, instead: str) -> Path:
    """Return the database of a config directory, or raise OnServer with what to do instead where it is no file."""
    path = database_of(directory, now)
    if path is None:
        raise OnServer(f"everything is kept in {settings_in(directory, now).store}: {instead}")
    return path


def settings_in(directory: Path, now: datetime) -> Settings:
    """Return the settings of a config directory; with broken files those of `pagerd.yaml`, or the defaults."""
    files, loaded = read_config(directory, now)
    return loaded.settings or settings_of(files) or plans.DEFAULTS


def verified(path: Path) -> Iterator[dict[str, Any]]:
    """Verify the audit chain of a file: one bite after another, each with the number of entries in all."""
    file = DatabaseFile(path)
    try:
        total = file.read(history.count)
        after: str | None = ""
        while after is not None:
            bite = file.read(functools.partial(verification.bite, after=after))
            yield {**asdict(bite), "total": total}
            after = bite.after
    finally:
        file.close()


def anchor_with_hash(path: Path, begins: str) -> int | None:
    """Return the number of the one anchor of a file whose hash begins like this."""
    file = DatabaseFile(path)

    async def find(c: Connection) -> int | None:
        return await verification.anchor_with_hash(c, begins)

    try:
        return file.read(find)
    finally:
        file.close()


def back_up(database: Path, target: Path, progress: Progress, *, force: bool) -> Copied:
    """Copy a database, in use or not, into one file."""
    return sqlite_copy.back_up(database, target, progress, force=force)


def restore(backup: Path, database: Path, now: datetime, progress: Progress) -> tuple[Copied, Path | None, int]:
    """Put a backup in the place of a database.

    Return the copy, where the old one is now, and how many pages are open in what was restored.
    """
    aside = database.with_name(f"{database.name}.before-{now:%Y%m%dT%H%M%SZ}")
    had_one = database.exists()
    count = 0

    def finish(fresh: Path) -> None:
        nonlocal count
        count = asyncio.run(_finish(fresh, backup.name, now))

    copied = sqlite_copy.restore(backup, database, aside, finish, progress)
    return copied, aside if had_one else None, count


async def _finish(fresh: Path, name: str, now: datetime) -> int:
    """Bring a restored file up to date, and have its own chain say that it was restored."""
    store = SqliteStore.open(fresh)
    try:

        async def note(c: Connection) -> int:
            anchor = await audit.last_anchor(c)
            body = {"from": name, "anchor": anchor.hash if anchor is not None else None}
            await audit.note_at(c, now, "", KEEPING, "DatabaseRestored", body)
            # Who was signed out since the backup would be signed in again; signing in anew costs a code.
            await signins.drop_all(c)
            return sum((await pages.count_open(c)).values())

        return await store.write(note)
    finally:
        await store.close()
