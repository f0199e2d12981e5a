"""Opens what everything is kept in: a file of this process alone, or a database that several nodes share."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from pagerd.config.settings import PostgresSettings, Settings
from pagerd.engine.clock import Clock, SharedClock
from pagerd.stores.base import Store, StoreUnusable
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_ballast import BALLAST_BYTES


class DaemonStore(Store, Protocol):
    """A Store, and what a daemon watches of its own."""

    @property
    def failed(self) -> bool:
        """Whether only a restart may help."""
        ...

    @property
    def writing_since(self) -> float | None:
        """When the batch in progress began, on the monotonic clock; None between batches."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A store, the clock that everything goes by with it, and whether other nodes may be at work in it."""

    store: DaemonStore
    clock: Clock
    is_shared: bool


async def open_store(settings: Settings, directory: Path, clock: Clock) -> Opened:
    """Open the store, or raise StoreUnusable, or StoreUnavailable where trying later may help."""
    if not isinstance(settings.store, PostgresSettings):
        store_path = directory / settings.store.path
        return Opened(SqliteStore.open(store_path, ballast_bytes=BALLAST_BYTES), clock, is_shared=False)
    check_driver()
    # Only here: whoever keeps everything in a file needs no driver, and waits for none to be loaded.
    from pagerd.daemon.postgres import address_of  # noqa: PLC0415
    from pagerd.stores.postgres import PostgresStore  # noqa: PLC0415

    shared = SharedClock(clock)
    store = await PostgresStore.open(address_of(settings.store, directory), saw=shared.saw)
    return Opened(store, shared, is_shared=True)


def check_driver() -> None:
    """Refuse to go on where the driver of PostgreSQL is not installed."""
    if find_spec("asyncpg") is None:
        raise StoreUnusable("PostgreSQL needs a driver that is not installed: pip install 'pagerd[postgres]'")
