"""Tells a second system that pagerd goes on, and only while it was seen to.

That is: the heart has beaten since the last time, the store took a write a moment ago, and the auditor is content.
Silence is the alarm: the watcher outside raises it.

Nobody waits for it, and its own failures are counted and logged. The URL is never said: it is the secret.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import structlog

from pagerd import __version__
from pagerd.clients.http import HttpClient
from pagerd.clients.reach import Reach, fault_of_url
from pagerd.core.errors import InvalidPlan, PagerdError
from pagerd.core.secret import Secret
from pagerd.engine import queries
from pagerd.engine.auditor import Auditor
from pagerd.engine.engine import Engine
from pagerd.engine.heart import Heart
from pagerd.stores.base import Connection

log = structlog.get_logger()

DEADLINE_SECONDS = 10.0
"""One request; the next one comes soon."""

STEP_SECONDS = 5.0
"""How soon a heartbeat begins that a reload has brought, and how exact its pace is."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """Where it is told, and how often. `host` is all of the URL that may be said."""

    url: Secret
    every: timedelta

    def __post_init__(self) -> None:
        """Refuse what no request can go to, without saying what it is."""
        if fault_of_url(self.url.reveal(), Reach.OWN_NETWORK) is not None:
            raise InvalidPlan("heartbeat: its URL is not one that can be asked; expected https://host/path")

    @property
    def host(self) -> str:
        """Name the watcher."""
        return urlsplit(self.url.reveal()).hostname or ""


class Heartbeat:
    """Lives in the daemon's TaskGroup. `watcher` is asked each time: a reload may name another one, or none."""

    def __init__(
        self,
        engine: Engine,
        heart: Heart,
        auditor: Auditor,
        why_store_is_not_fresh: Callable[[], str | None],
        watcher: Callable[[], Watcher | None],
    ) -> None:
        self._engine = engine
        self._heart = heart
        self._auditor = auditor
        self._why_store_is_not_fresh = why_store_is_not_fresh
        self._watcher = watcher
        self._http = HttpClient(reach=Reach.OWN_NETWORK, connections_max=1)
        self._beats = 0
        self._held_back: str | None = None
        self.told_at: float | None = None
        """When the watcher last took it, on the monotonic clock."""
        self._began = engine.clock.monotonic()

    async def run(self) -> None:
        """Tell at the watcher's pace until cancelled."""
        try:
            began = self._engine.clock.monotonic()
            while True:
                await asyncio.sleep(STEP_SECONDS)
                watcher, now = self._watcher(), self._engine.clock.monotonic()
                if watcher is not None and now - began >= watcher.every.total_seconds() - STEP_SECONDS / 2:
                    began = now
                    await self._guarded_round()
        finally:
            await self.close()

    async def close(self) -> None:
        """Give back the connection."""
        await self._http.close()

    async def _guarded_round(self) -> None:
        try:
            await self.round()
        except Exception:
            # Whatever it is, pages go on: nothing that only tells of pagerd may end it.
            log.exception("heartbeat.failed")

    async def round(self) -> None:
        """Tell once, or hold it back and say why."""
        watcher = self._watcher()
        if watcher is None:
            return
        why = self._why_not()
        if why != self._held_back:
            self._held_back = why
            (log.error if why else log.info)("heartbeat.held_back" if why else "heartbeat.goes_on", reason=why)
        result = "held_back" if why is not None else await self._tell(watcher)
        self._engine.metrics.count("outbound_heartbeats", (result,), 1)

    def warning(self) -> str | None:
        """Say that the watcher has not heard of us for long, or None."""
        watcher = self._watcher()
        if watcher is None:
            return None
        if self._held_back is not None:
            return f"the heartbeat to {watcher.host} is held back: {self._held_back}"
        age = self._engine.clock.monotonic() - (self._began if self.told_at is None else self.told_at)
        if age > 3 * watcher.every.total_seconds():
            return f"the heartbeat did not reach {watcher.host} for {age:.0f} s: its log line is heartbeat.failed"
        return None

    def _why_not(self) -> str | None:
        beats, self._beats = self._beats, self._heart.beats
        if self._heart.beats == beats:
            return "the heart did not beat since the last time"
        return self._why_store_is_not_fresh() or self._auditor.why_not_content()

    async def _tell(self, watcher: Watcher) -> str:
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                body = await self._body()
            answer = await self._http.post_json(watcher.url.reveal(), body, deadline_seconds=DEADLINE_SECONDS)
        except (PagerdError, TimeoutError) as error:
            log.warning("heartbeat.failed", watcher=watcher.host, error=str(error) or "the store was too slow")
            return "failed"
        if not 200 <= answer.status < 300:
            log.warning("heartbeat.failed", watcher=watcher.host, error=f"answered {answer.status}")
            return "failed"
        self.told_at = self._engine.clock.monotonic()
        self._engine.metrics.count("outbound_heartbeat_at", (), self._engine.clock.now().timestamp())
        return "sent"

    async def _body(self) -> bytes:
        """Write how much there is of everything, and nothing of what it says."""
        now = self._engine.clock.now()

        async def find(c: Connection) -> queries.Snapshot:
            return await queries.snapshot(c, now)

        seen = await self._engine.read(find)
        return json.dumps(
            {
                "version": __version__,
                "plan": self._engine.plan.revision,
                "at": now.isoformat(timespec="seconds"),
                "alerts": sum(seen.alerts.values()),
                "pages_open": sum(seen.pages_open.values()),
                "tickets_open": sum(seen.tickets_open.values()),
                "notifications_waiting": sum(count for count, _ in seen.queue.values()),
                "heart_beats": self._heart.beats,
                "auditor_rounds": self._auditor.rounds,
            }
        ).encode()
