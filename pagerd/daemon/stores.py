"""Opens what everything is kept in: a file of this process alone, or a database that several nodes share."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pagerd.config.settings import PostgresSettings, Settings
from pagerd.daemon import salvaging
from pagerd.daemon.driver import check_driver
from pagerd.engine import clock_watch
from pagerd.engine.clock import Clock, SharedClock, SteadyClock
from pagerd.stores.base import Store
from pagerd.stores.sqlite_salvage import Salvaged


class DaemonStore(Store, Protocol):
    """A Store, and what a daemon watches of its own."""

    @property
    def failed(self) -> bool:
        """Whether only a restart may help."""
        ...

    @property
    def is_damaged(self) -> bool:
        """Whether it was found damaged, so that only a start can mend it."""
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
    file: Path | None = None
    salvaged: Salvaged | None = None
    """What was saved of a damaged file, where this one was made of it."""


async def open_store(settings: Settings, directory: Path, clock: Clock) -> Opened:
    """Open the store, or raise StoreUnusable, or StoreUnavailable where trying later may help."""
    if not isinstance(settings.store, PostgresSettings):
        path, state = (directory / settings.store.path).resolve(), settings.state_path(directory).resolve()
        file, salvaged = await salvaging.opened(path, state, clock.now())
        steady = SteadyClock(clock)
        await clock_watch.go_on(file, steady)
        return Opened(file, steady, is_shared=False, file=path, salvaged=salvaged)
    check_driver()
    # Only here: whoever keeps everything in a file needs no driver, and waits for none to be loaded.
    from pagerd.daemon.postgres import address_of  # noqa: PLC0415
    from pagerd.stores.postgres import PostgresStore  # noqa: PLC0415

    shared = SharedClock(clock)
    store = await PostgresStore.open(address_of(settings.store, directory), saw=shared.saw)
    return Opened(store, shared, is_shared=True)
