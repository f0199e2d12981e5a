"""Watches the store from beside it: does it take writes? When not, the operators hear of it by roads that need no row.

Each look writes one row and waits for the disk. Two looks in a row that fail are trouble: it is said by mail and text,
from the plan in memory, once an hour for one kind of it, and once more when the store takes writes again. Nothing here
is stored: what it tells may come twice after a restart, and never not at all.
"""

import asyncio
import logging
import socket
from collections.abc import Iterable
from dataclasses import dataclass

import structlog

from pagerd.channels.base import Receipt
from pagerd.core.paging.notification import Notification, NotificationStatus, usable_media
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, Urgency
from pagerd.engine.engine import Engine
from pagerd.engine.outages import Outage
from pagerd.engine.work import Claimed
from pagerd.stores.base import Connection, StoreUnavailable, Trouble
from pagerd.stores.records import progress

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 15.0
"""One small write: what it costs a disk in a day is less than one alert's history."""

LOOK_AGAIN_SECONDS = 2.0
"""While the store is in trouble; also the least time between two looks that somebody asked for."""

WRITE_WITHIN_SECONDS = 10.0
"""A commit takes milliseconds; SQLite itself waits 5 s for a lock that another program holds."""

FRESH_SECONDS = 3 * LOOK_EVERY_SECONDS
"""How old the last write may be before nobody may say any more that pagerd goes on."""

TELL_EVERY_SECONDS = 3600.0

PATIENCE_SECONDS = 60.0
"""How long a node that shares its store waits before it tells: a failover takes less, and another node may work on."""

ROADS = (Medium.SMS, Medium.EMAIL)

WORDS = {
    Trouble.FULL: "the disk under its database is full",
    Trouble.READ_ONLY: "its database cannot be written: read-only",
    Trouble.IO_ERROR: "the disk under its database fails",
    Trouble.LOCKED: "another program holds its database locked",
    Trouble.DAMAGED: "its database is damaged",
    Trouble.BUSY: "more writes wait than its disk takes",
    Trouble.HANGS: "its database, or its disk, does not answer",
    Trouble.UNREACHABLE: "its database's server is gone, or takes no writes",
    Trouble.REFUSED: "its database refuses it: user, password or rights",
    Trouble.OTHER: "its database does not answer",
}


ALONE = "Alerts are refused with 503, open pages are not escalated"
SHORT = "Alerts are refused with 503; open pages go on, with what was held back for this. Make room now"
SHARED = "It takes in and sends nothing: see the others"
"""What trouble with the store means: where nobody else has it, on a full disk with ballast, where other nodes may.

Short enough for one text that ends with what to do.
"""


@dataclass(frozen=True, slots=True)
class InTrouble:
    """What is wrong, since when on the monotonic clock, and how many looks in a row have found it."""

    kind: Trouble
    since: float
    looks: int


class StoreWatch:
    """Looks at the store at a steady pace, and at once when somebody was refused."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked = asyncio.Event()
        self._told_at: dict[Trouble, float] = {}
        self._was_told = False
        self._is_shared = engine.node is not None
        self._outage = Outage(
            "store.takes_no_writes", "store.takes_writes_again", engine.clock.monotonic, level=logging.ERROR
        )
        self.trouble: InTrouble | None = None
        self.written_at: float | None = None
        """When the last write of a look was durable, on the monotonic clock."""

    def hear(self, _words: str) -> None:
        """Somebody was refused: look sooner."""
        self._asked.set()

    @property
    def words(self) -> str:
        """What is wrong, for people; empty when nothing is."""
        return WORDS[self.trouble.kind] if self.trouble is not None and self.trouble.looks > 1 else ""

    def why_not_fresh(self) -> str | None:
        """Say why nobody may claim that the store takes writes, or None."""
        if self.trouble is not None:
            return f"the store takes no writes: {WORDS[self.trouble.kind]}"
        if self.written_at is None:
            return "nothing was written yet"
        age = self._engine.clock.monotonic() - self.written_at
        return f"the last write is {age:.0f} s old" if age > FRESH_SECONDS else None

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except Exception:
                # The watch must outlive whatever a provider or a plan makes of its words.
                log.exception("store.watch_failed")
            await self._pause()

    async def _pause(self) -> None:
        if self.trouble is None:
            try:
                async with asyncio.timeout(LOOK_EVERY_SECONDS):
                    await self._asked.wait()
            except TimeoutError:
                return
        # A flood of refusals asks for one look, not for thousands.
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
        self._asked.clear()

    async def look(self) -> None:
        """Write, and say what came of it to whoever must know."""
        try:
            async with asyncio.timeout(WRITE_WITHIN_SECONDS):
                await self._engine.store.write(self._write)
        except StoreUnavailable as error:
            await self._refused(error.trouble, str(error))
        except TimeoutError:
            await self._refused(Trouble.HANGS, f"a write did not end within {WRITE_WITHIN_SECONDS:.0f} s")
        else:
            self.written_at = self._engine.clock.monotonic()
            if self._engine.store.is_short:
                await self._refused(Trouble.FULL, "it writes, with what was held back for this")
            else:
                await self._answered()

    async def _write(self, c: Connection) -> None:
        await progress.note(c, "store", self._engine.clock.now())

    async def _refused(self, kind: Trouble, detail: str) -> None:
        now = self._engine.clock.monotonic()
        before = self.trouble
        self.trouble = InTrouble(kind, before.since if before else now, before.looks + 1 if before else 1)
        self._outage.fails(detail, trouble=kind.value)
        told_at = self._told_at.get(kind)
        if self.trouble.looks < 2 or (told_at is not None and now - told_at < TELL_EVERY_SECONDS):
            return
        if self._is_shared and now - self.trouble.since < PATIENCE_SECONDS:
            return
        ill = SHARED if self._is_shared else SHORT if self._engine.store.is_short else ALONE
        text = f"{_host()}: {WORDS[kind]}. {ill}. Run pagerd doctor"
        if await self._tell(text):
            self._told_at[kind] = now
            self._was_told = True

    async def _answered(self) -> None:
        over, self.trouble = self.trouble, None
        if over is None:
            return
        seconds = self._engine.clock.monotonic() - over.since
        self._outage.works()
        if self._was_told:
            self._was_told = False
            lasted = f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
            await self._tell(f"{_host()}: the store takes writes again, after {lasted}. Refused alerts are sent anew")

    async def _tell(self, text: str) -> bool:
        """Tell each operator on each road at once; say whether anybody's provider took it."""
        plan = self._engine.plan
        roads = [(person, medium) for person in plan.operators for medium in _roads(usable_media(plan, person))]
        took = await asyncio.gather(*(self._send(person, medium, text) for person, medium in roads))
        if not any(took):
            log.error("store.operators_not_told", tried=len(roads))
        return any(took)

    async def _send(self, person: str, medium: Medium, text: str) -> bool:
        plan, now = self._engine.plan, self._engine.clock.now()
        one = Notification(
            id=self._engine.chance.row_id(now),
            page_id=None,
            person=person,
            medium=medium,
            address=plan.people[person].address(medium) or "",
            purpose=Purpose.ALARM,
            urgency=Urgency.HIGH,
            created_at=now,
            due=now,
            due_first=now,
            status=NotificationStatus.CLAIMED,
            text=text,
        )
        attempt = await self._engine.delivery.attempt(Claimed(notification=one, claim="", page=None), plan)
        return isinstance(attempt, Receipt)


def _roads(usable: Iterable[Medium]) -> list[Medium]:
    """Return mail and text, or whatever else there is: a call is better than nothing."""
    known = list(usable)
    return [medium for medium in ROADS if medium in known] or known


def _host() -> str:
    return f"pagerd on {socket.gethostname()}"
