"""Writes postmortems into their files when the store has news of them, and goes on trying while it cannot."""

import asyncio
from collections.abc import Callable

import structlog

from pagerd.engine.engine import Engine
from pagerd.engine.incidents.postmortem_files import Folder, write_out
from pagerd.stores.base import StoreUnavailable

log = structlog.get_logger()

EVERY_SECONDS = 15.0
"""How often it looks whether a file is behind: nobody opens a draft sooner than that."""


class PostmortemWriter:
    """Lives in the daemon's TaskGroup."""

    def __init__(self, engine: Engine, folder: Callable[[], Folder | None]) -> None:
        self._engine = engine
        self._folder = folder
        self._troubles: list[str] = []

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an operator should know: which postmortems are not in their files, and why."""
        return tuple(f"a postmortem is not in its file: {one}" for one in self._troubles)

    async def run(self) -> None:
        """Write until cancelled. What cannot be written is told when that begins, and when it ends."""
        while True:
            try:
                await self.look()
            except StoreUnavailable as error:
                log.warning("postmortems.store_unavailable", error=str(error))
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> None:
        """Write what is to be written now. Raises StoreUnavailable."""
        folder = self._folder()
        self._note(await write_out(self._engine, folder) if folder is not None else [])

    def _note(self, troubles: list[str]) -> None:
        if troubles != self._troubles:
            if troubles:
                log.warning("postmortems.not_written", troubles=troubles)
            else:
                log.info("postmortems.written")
        self._troubles = troubles
