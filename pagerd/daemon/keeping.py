"""What is done to a database file from outside of a daemon: backup, restore, and the check of the audit chain."""

import functools
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pagerd.config.reading import read_config
from pagerd.daemon import plans
from pagerd.engine import verification
from pagerd.stores.base import Connection
from pagerd.stores.records import history
from pagerd.stores.sqlite_copy import DatabaseFile


def database_of(directory: Path, now: datetime) -> Path:
    """Return the database of a config directory; with broken files, the one of the defaults."""
    settings = read_config(directory, now)[1].settings or plans.DEFAULTS
    return settings.store_path(directory).resolve()


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
