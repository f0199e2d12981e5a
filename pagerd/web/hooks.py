"""Where machines send alerts. 2xx only after the commit, 503 in all our troubles, 4xx for what can never be right.

A refused body of a source that showed its token may have been firing: it is kept in quarantine, bounded, and a human
is told. A refused token may be an alert that nobody hears: the operators are told of that.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

import structlog
from aiohttp import web

from pagerd.core.alerts.alert import Batch, Quarantined
from pagerd.core.errors import Unreadable
from pagerd.core.plain import one_line
from pagerd.engine import apply, intake
from pagerd.engine.boundaries import Boundary
from pagerd.engine.doors import StoreUnavailable
from pagerd.engine.intake import Received
from pagerd.engine.work import Work
from pagerd.web.answers import Failure, json_answer, unavailable
from pagerd.web.api.described import api
from pagerd.web.auth import may_send
from pagerd.web.call import Call
from pagerd.web.route import Act
from pagerd.web.services import SourceAccess

log = structlog.get_logger()

RAW_KEPT = 4096
"""Bytes of a refused body that are kept: enough to see what it was."""

IN_THREAD_FROM = 256 * 1024
"""Bytes from which a body is read in a thread: below, the hop costs more than the reading holds up others. What is
odd goes there too, however short: 200 KB of brackets take 100 ms to be refused for."""

UNAUTHORIZED_MAX, UNAUTHORIZED_WITHIN = 3, 300.0
"""More refused tokens of one source in five minutes are told to the operators: a changed token means lost alerts."""


@dataclass(slots=True)
class Intake:
    """What intake remembers between requests: nothing that matters when it is lost."""

    held_bytes: int = 0
    seen_at: dict[str, float] = field(default_factory=dict)
    refused: dict[str, deque[float]] = field(default_factory=dict)

    async def admit(self, call: Call) -> None:
        """Let in a sender that shows a token of the source it names."""
        name = call.parts["source"]
        access = call.services.sources.get(name)
        if may_send(access, call.request.headers.get("Authorization", "")):
            return
        if access is None:
            raise Failure(404, f"there is no source {name!r}", "sources are named in pagerd.yaml")
        _count(call, name, "unauthorized")
        await self._told_of_refusal(call, name)
        heartbeat = access.traits.heartbeat
        is_fed = heartbeat is not None and heartbeat.fed_by is not None
        raise Failure(
            401,
            "this source needs its token",
            "it has none: an alert of another source is its beat (`from` in pagerd.yaml)"
            if is_fed
            else "send one of its token_files as `Authorization: Bearer ...`",
            {"WWW-Authenticate": 'Bearer realm="pagerd"'},
        )

    async def _told_of_refusal(self, call: Call, name: str) -> None:
        """Tell the operators when it goes on; the count is kept here, so that a flood costs no writes."""
        now = call.services.engine.clock.monotonic()
        times = self.refused.setdefault(name, deque(maxlen=UNAUTHORIZED_MAX + 1))
        times.append(now)
        if len(times) <= UNAUTHORIZED_MAX or now - times[0] > UNAUTHORIZED_WITHIN:
            return
        times.clear()
        text = f"source {name} is refused for its token: its alerts are not heard. Compare its token with token_files"
        try:
            await call.act(lambda work: apply.alarm(work, "source_unauthorized", name, text))
        except StoreUnavailable as error:
            call.services.store_trouble(str(error))

    async def receive(self, call: Call, path: str) -> web.Response:
        """Take one message of a source, sent to this path."""
        access = call.services.sources[call.parts["source"]]
        name = access.traits.name
        try:
            _refuse_when_short(call)
            if access.path != path:
                # It has the right token and the wrong address: whatever it sends is lost until somebody hears of it.
                await self._quarantine(call, access, b"", f"sent to {path} instead of {access.path}", "invalid")
                raise Failure(404, f"source {name} is of kind {access.kind}", f"send it to {access.path}")
            batch = await self._read(call, access)
            received = await self._keep(call, access, batch)
        except StoreUnavailable as error:
            _count(call, name, "error")
            call.services.store_trouble(str(error))
            log.warning("ingest.refused", source=name, error=str(error))
            raise unavailable("the store cannot keep alerts now") from error
        _count(call, name, "accepted")
        return json_answer(
            {"accepted": received.alerts, "changed": received.changed, "quarantined": received.quarantined}
        )

    async def _read(self, call: Call, access: SourceAccess) -> Batch:
        engine = call.services.engine
        if access.traits.heartbeat is not None:
            # It came, whatever else it brings: a long log of the job, nonsense, or a storm of others before it.
            return await _parsed(access, b"", engine.clock.now())
        told = call.request.content_length
        # What is compressed, or comes in chunks, says nothing of its size beforehand.
        unknown = told is None or "Content-Encoding" in call.request.headers
        held = access.body_max if told is None or unknown else min(told, access.body_max)
        if self.held_bytes + held > call.services.limits.held_bytes_max:
            _count(call, access.traits.name, "error")
            raise unavailable("too many alerts are being read at once")
        self.held_bytes += held
        try:
            try:
                engine.boundaries.before(Boundary.BODY_READ)
                body = await call.body(access.body_max)
                engine.boundaries.after(Boundary.BODY_READ)
            except Failure as failure:
                result = "too_large" if failure.status == 413 else "invalid"
                await self._quarantine(call, access, b"", failure.error, result)
                raise
            try:
                engine.boundaries.before(Boundary.BODY_PARSED)
                batch = await _parsed(access, body, engine.clock.now())
            except Unreadable as error:
                reason = str(error)
            except Exception as error:
                # A parser that raises anything else has a fault of ours. The same body will raise it again, so that
                # a 5xx would only repeat it: it is kept, and a human is told.
                log.exception("ingest.parser_failed", source=access.traits.name)
                reason = f"pagerd failed to read it ({type(error).__name__}); its log says where"
            else:
                engine.boundaries.after(Boundary.BODY_PARSED)
                return batch
            await self._quarantine(call, access, body, reason, "invalid")
            is_kept = access.traits.brings_alerts
            raise Failure(400, reason, "what was sent is kept: `pagerd quarantine` shows it" if is_kept else "")
        finally:
            self.held_bytes -= held

    async def _keep(self, call: Call, access: SourceAccess, batch: Batch) -> Received:
        name = access.traits.name
        now = call.services.engine.clock.monotonic()
        renew_life = now - self.seen_at.get(name, float("-inf")) >= intake.SIGN_OF_LIFE_EVERY.total_seconds()

        async def unit(work: Work) -> Received:
            return await intake.receive(work, access.traits, batch, renew_life=renew_life)

        try:
            received = await call.services.engine.transact(unit)
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("ingest.batch_failed", source=name, alerts=len(batch.alerts))
            if batch.changes:
                raise  # a pipeline sees that, and sends them again
            received = await _one_by_one(call, access, batch)
        if renew_life:
            self.seen_at[name] = now
        return received

    async def _quarantine(self, call: Call, access: SourceAccess, body: bytes, reason: str, result: str) -> None:
        """Keep what was refused, note that the source lives, and tell a human, where it may have been firing."""
        reason = one_line(reason)
        raw = body[:RAW_KEPT].decode(errors="replace").replace("\0", "\ufffd")
        log.warning("ingest.unreadable", source=access.traits.name, reason=reason)

        async def unit(work: Work) -> None:
            await intake.saw(work, access.traits)
            if access.traits.brings_alerts:
                await intake.quarantine(work, access.traits.name, [Quarantined(raw, reason)])

        await call.services.engine.transact(unit)
        _count(call, access.traits.name, result)


async def _parsed(access: SourceAccess, body: bytes, now: datetime) -> Batch:
    """Read a body: here when it is short and nothing is odd about it, else in a thread, where it holds up nobody."""
    batch = access.at_once(body, now, access.limits) if len(body) < IN_THREAD_FROM else None
    return batch if batch is not None else await asyncio.to_thread(access.parser, body, now, access.limits)


async def _one_by_one(call: Call, access: SourceAccess, batch: Batch) -> Received:
    """Take the alerts of a message that failed as a whole, each by itself, and quarantine those that fail again.

    That is a fault of ours with one alert. Its siblings must not be lost to it, and a 5xx would only bring it again.
    """
    taken, changed, bad = 0, 0, list(batch.quarantined)
    for alert in batch.alerts:
        try:
            received = await _alone(call, access, Batch(alerts=(alert,)))
        except StoreUnavailable:
            raise
        except Exception as error:
            log.exception("ingest.alert_failed", source=access.traits.name)
            labels = " ".join(f"{name}={value!r}" for name, value in alert.labels.items())
            bad.append(Quarantined(labels[:RAW_KEPT], f"pagerd failed to place it ({type(error).__name__})"))
        else:
            taken, changed = taken + received.alerts, changed + received.changed
    await _alone(call, access, Batch(alerts=(), quarantined=tuple(bad), truncated=batch.truncated))
    return Received(taken, changed, len(bad))


async def _alone(call: Call, access: SourceAccess, batch: Batch) -> Received:
    return await call.act(lambda work: intake.receive(work, access.traits, batch, renew_life=True))


def _refuse_when_short(call: Call) -> None:
    """Leave what little room the disk has to answers and escalations: a sender keeps what it is refused."""
    if call.services.engine.store.is_short:
        raise StoreUnavailable("the disk is full, and what was held back is for the pages that are open")


def _count(call: Call, source: str, result: str) -> None:
    call.services.engine.metrics.count("ingest_requests", (source, result), 1)


class TakenIn(TypedDict):
    """How many alerts or changes are on disk, how many of them were news, and how many could not be read."""

    accepted: int
    changed: int
    quarantined: int


def to_path(box: Intake, path: str) -> Act:
    """Return the act behind one path, in which `{source}` stands for the name of the source."""

    @api(answer=TakenIn, takes={"description": "What the source's kind sends; docs/ has a page for each kind."})
    async def receive(call: Call) -> web.Response:
        """Take one message of a source: what is answered with success is on disk."""
        return await box.receive(call, path.format(source=call.parts["source"]))

    return receive
