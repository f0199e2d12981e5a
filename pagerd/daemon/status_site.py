"""Keeps the status page drawn, and written to its directory where it has one.

It is drawn anew when something is published, and once a minute so that its time shows that somebody still draws it.
What it shows is read from the store each time, so nothing is lost when this process dies: whoever starts next writes
it. Trouble with the disk holds up nothing and nobody; the operators hear of it, and it stands on each public incident.
"""

import asyncio
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog

from pagerd.core.errors import PagerdError
from pagerd.core.incidents.status_page import REWRITTEN_EVERY, StatusPage
from pagerd.engine import apply
from pagerd.engine.engine import Engine
from pagerd.engine.incidents import public_queries
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.web.site_files import Site
from pagerd.web.status_page import INCIDENT_FILE, files_of

log = structlog.get_logger()

FILE_MODE = 0o644
"""Any web server may read them: nothing in them is for us alone."""

TEMPORARY = ".pagerd-"
"""How the name of a file begins that is not whole yet."""


class StatusSite:
    """Draws and writes the status page until it is cancelled."""

    def __init__(self, engine: Engine, site: Site, directory: Path | None) -> None:
        self._engine = engine
        self._site = site
        # Whoever only observes tells customers nothing: another pager has their page.
        self._directory = directory if not engine.observing else None
        self._wanted = asyncio.Event()
        engine.publish = self._wanted.set

    async def run(self) -> None:
        """Write it now, and whenever it changes or its time gets old."""
        while True:
            self._wanted.clear()
            await self.write()
            try:
                async with asyncio.timeout(REWRITTEN_EVERY.total_seconds()):
                    await self._wanted.wait()
            except TimeoutError:
                continue

    async def write(self) -> None:
        """Draw it and write it, once; whatever goes wrong is said, and tried again."""
        try:
            files = await self._drawn()
        except PagerdError as error:
            log.warning("status_page.not_drawn", error=str(error))
            return
        except Exception:
            log.exception("status_page.not_drawn")
            return
        self._site.put(files)
        if self._directory is None:
            return
        try:
            count = await asyncio.to_thread(write_files, self._directory, files)
        except OSError as error:
            await self._tell(f"{self._directory} cannot be written: {error.strerror or error}")
            return
        self._site.trouble = ""
        if count:
            log.debug("status_page.written", files=count)

    async def _drawn(self) -> Mapping[str, bytes]:
        engine = self._engine

        async def find(c: Connection) -> StatusPage:
            return await public_queries.status_page(c, engine.plan, engine.now(c))

        page = await engine.read(find)
        # In a thread: a year of incidents takes some milliseconds, and pages go out on the same core.
        return await asyncio.to_thread(files_of, page)

    async def _tell(self, trouble: str) -> None:
        is_news = trouble != self._site.trouble
        self._site.trouble = trouble
        log.warning("status_page.not_written", error=trouble)
        if not is_news:
            return

        async def act(work: Work) -> None:
            await apply.alarm(work, "public_page_not_written", "", f"customers see an old status page: {trouble}")

        try:
            await self._engine.transact(act)
        except PagerdError as error:
            log.warning("status_page.alarm_not_stored", error=str(error))


def write_files(directory: Path, files: Mapping[str, bytes], sync: Callable[[int], None] = os.fsync) -> int:
    """Write what has changed, each file whole or not at all, in order; then forget pages that are not any more.

    Returns how many were written. Nothing else in the directory is touched. Raises OSError.
    """
    directory.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, octets in files.items():
        path = directory / name
        if not _holds(path, octets):
            _replace(path, octets, sync)
            count += 1
    for path in directory.iterdir():
        is_ours = INCIDENT_FILE.fullmatch(path.name) is not None or path.name.startswith(TEMPORARY)
        if is_ours and path.name not in files:
            path.unlink(missing_ok=True)
    return count


def _holds(path: Path, octets: bytes) -> bool:
    try:
        return path.read_bytes() == octets
    except FileNotFoundError:
        return False


def _replace(path: Path, octets: bytes, sync: Callable[[int], None]) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(octets)
            file.flush()
            os.fchmod(descriptor, FILE_MODE)
            sync(descriptor)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
