"""A look from outside of a daemon into what a config directory keeps on a server. Importing it loads the driver."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pagerd.config.settings import PostgresSettings
from pagerd.daemon import keeping
from pagerd.daemon.postgres import address_of
from pagerd.stores.base import Unit
from pagerd.stores.postgres_look import look

T = TypeVar("T")


def look_on_server(directory: Path, now: datetime, unit: Unit[T]) -> tuple[str, T]:
    """Run a unit that only reads on the database that the files name, and say which one that is."""
    store = keeping.settings_in(directory, now).store
    assert isinstance(store, PostgresSettings), "whoever keeps everything in a file reads the file"
    return str(store), asyncio.run(look(address_of(store, directory), unit))
