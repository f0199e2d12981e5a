"""How the store is opened at the start, whatever state its file is in: a pager that does not start pages nobody.

A damaged file is put aside, whole, and what can be read of it goes on in a new one, as loudly as can be. Waiting for
somebody to restore a backup would be silence until then, at the hour at which nobody is awake.
"""

import asyncio
from datetime import datetime
from pathlib import Path

import structlog

from pagerd.core.audit import KEEPING
from pagerd.engine import apply, audit
from pagerd.engine.work import Work
from pagerd.stores.base import Connection, StoreDamaged
from pagerd.stores.records import pages
from pagerd.stores.sqlite import SqliteStore
from pagerd.stores.sqlite_ballast import BALLAST_BYTES
from pagerd.stores.sqlite_salvage import Salvaged, salvage, unreadable

log = structlog.get_logger()


def suspect(path: Path | None) -> None:
    """Have the next start read every row and every index: what ended this run would end the next."""
    if path is not None:
        _mark(path).touch()


def _mark(path: Path) -> Path:
    return path.with_name(path.name + ".suspect")


async def opened(path: Path, state: Path, now: datetime) -> tuple[SqliteStore, Salvaged | None]:
    """Open the store, of what can be saved where it is damaged. A damaged file elsewhere may be another program's."""
    try:
        store = _open(path)
        broken = await asyncio.to_thread(_looked_through, path)
        if not broken:
            return store, None
        await store.close()
        log.critical("store.damaged", error=f"it cannot be read: {', '.join(broken)}")
    except StoreDamaged as error:
        if path.parent != state:
            raise
        log.critical("store.damaged", error=str(error))
    fresh = path.with_name(f".{path.name}.salvaged")
    for end in ("", "-wal", "-shm", ".lock"):  # what a start that died meanwhile has left
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)
    await SqliteStore.open(fresh).close()
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%SZ}")
    found = await asyncio.to_thread(salvage, path, fresh, aside)
    fresh.with_name(fresh.name + ".lock").unlink(missing_ok=True)
    log.critical("store.salvaged", rows=found.rows, broken=list(found.broken), kept=str(aside))
    store = _open(path)

    async def note(c: Connection) -> None:
        body = {"rows": found.rows, "broken": list(found.broken), "kept": aside.name}
        await audit.note_at(c, now, "", KEEPING, "DatabaseSalvaged", body)

    await store.write(note)
    return store, found


def _open(path: Path) -> SqliteStore:
    return SqliteStore.open(path, ballast_bytes=BALLAST_BYTES, on_damaged=lambda: suspect(path))


def _looked_through(path: Path) -> tuple[str, ...]:
    """Read every row, where the last run asked for that; return the tables of which some cannot be read."""
    mark = _mark(path)
    if not mark.exists():
        return ()
    mark.unlink()
    return unreadable(path)


async def tell(work: Work, found: Salvaged) -> None:
    """Tell the operators that something may be missing, and where it may still be."""
    still_open = sum((await pages.count_open(work.c)).values())
    lost = f"of {', '.join(found.broken)} a part is lost" if found.broken else "every row could be read"
    text = (
        f"the database was damaged: pagerd runs on what could be read, {still_open} pages are open, {lost}. "
        f"The old file is {found.aside.name}; see docs/keeping.md"
    )
    await apply.alarm(work, "database_salvaged", found.aside.name, text, everywhere=True)
