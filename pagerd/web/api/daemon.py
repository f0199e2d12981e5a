"""The daemon about itself: is it well, what is in force, what could not be read, and its metrics."""

import asyncio
import contextlib
from datetime import timedelta
from typing import NotRequired, TypedDict

import structlog
from aiohttp import web

from pagerd import __version__
from pagerd.core.plain import length
from pagerd.engine import metrics, own, queries, reachability
from pagerd.engine.doors import Connection, StoreUnavailable
from pagerd.engine.duty import duty, nobody_on_call
from pagerd.engine.fleet import is_there
from pagerd.engine.metrics_gauges import Condition
from pagerd.engine.queries import Snapshot
from pagerd.engine.reachability import Reach
from pagerd.web.answers import json_answer, text_answer
from pagerd.web.api import types
from pagerd.web.api.described import api
from pagerd.web.api.pages import Nothing
from pagerd.web.api.people import reach_json
from pagerd.web.api.shapes import iso, node_json, provider_json
from pagerd.web.call import Call
from pagerd.web.services import SourceAccess

log = structlog.get_logger()

QUARANTINE_SHOWN_MAX = 100

TRACKER_LATE = timedelta(hours=1)
"""By then it is no restart of the tracker."""

MESSAGES_LATE = timedelta(minutes=5)
"""By then others wonder why nobody says anything."""

HINT_LINES_MAX = 20
"""Lines of findings in the hint of a refused reload: two or three findings; `rendered` has all."""


async def healthy(call: Call) -> web.Response:
    """Say that the process answers; no more is promised by it."""
    sends = ", and only observes: it sends nothing" if call.services.engine.observing else ""
    answer = text_answer(f"pagerd is alive{sends}\n", "text/plain; charset=utf-8")
    answer.headers["X-Pagerd-Instance"] = call.services.instance
    return answer


async def ready(call: Call) -> web.Response:
    """Say whether alerts are taken in and pages go out; 503 with the reasons when not."""
    status = call.services.status()
    reasons = status.reasons
    said: dict[str, object] = {
        "ready": not reasons,
        "observing": status.observing_since is not None,
        "reasons": reasons,
        "warnings": status.warnings,
    }
    if reasons:
        said = {"error": f"not ready: {'; '.join(reasons)}", **said}
    return json_answer(said, 503 if reasons else 200)


class TicketExports(TypedDict):
    """What the tracker is still to be told: how much, since when, and what the last attempt met."""

    waiting: int
    oldest_at: types.Instant | None
    fault: str | None


class MessagesWaiting(TypedDict):
    """What somebody is still to be told of incidents: how much, since when, and what the last attempt met."""

    receiver: str
    waiting: int
    oldest_at: types.Instant
    fault: str | None


class DaemonStatus(TypedDict):
    """How the daemon is. While its store does not answer, the keys that the store alone knows are missing."""

    version: str
    revision: str
    plan_ok: bool
    findings: int
    needs_restart: list[str]
    loaded_at: types.Instant | None
    store_ok: bool
    last_tick_age_seconds: float
    ready: bool
    observing_since: types.Instant | None
    reasons: list[str]
    warnings: list[str]
    sources: NotRequired[list[types.Source]]
    alerts: NotRequired[dict[str, int]]
    pages_open: NotRequired[int]
    tickets_open: NotRequired[int]
    ticket_exports: NotRequired[TicketExports]
    incident_messages: NotRequired[list[MessagesWaiting]]
    notifications_waiting: NotRequired[int]
    nobody_on_call: NotRequired[list[str]]
    nodes: list[types.Node]
    providers: list[types.Provider]
    people: NotRequired[list[types.Reach]]


class Quarantine(TypedDict):
    """What could not be read, the newest first."""

    quarantine: list[types.Quarantined]


class Reloaded(TypedDict):
    """What became of a reload; `error` and `hint` where the old plan was kept."""

    ok: bool
    revision: str
    findings: list[types.Finding]
    rendered: str
    needs_restart: list[str]
    error: NotRequired[str]
    hint: NotRequired[str]


@api()
async def status(call: Call) -> DaemonStatus:
    """Say how the daemon is, what is in force and when each source was last heard of."""
    state = call.services.status()
    reasons = state.reasons
    warnings = [*state.warnings, *_closed_sources(call)]
    said: DaemonStatus = {
        "version": __version__,
        "revision": state.plan_revision,
        "plan_ok": state.plan_ok,
        "findings": sum(state.findings.values()),
        "needs_restart": list(state.needs_restart),
        "loaded_at": iso(state.loaded_at),
        "store_ok": state.store_ok,
        "last_tick_age_seconds": round(state.last_tick_age_seconds, 3),
        "ready": not reasons,
        "observing_since": iso(state.observing_since),
        "reasons": reasons,
        "warnings": warnings,
        "nodes": [node_json(one, state.nodes_at or one.seen_at, call.services.instance) for one in state.nodes],
        "providers": [
            provider_json(medium, one, call.services.engine.clock.now())
            for medium, one in call.services.engine.delivery.carriers.all
        ],
    }
    try:
        snapshot = await _snapshot(call)
        people = await _people(call)
        silent = await call.services.engine.read(lambda c: own.subjects(c, own.SILENT))
    except StoreUnavailable as error:
        # Whoever asks while the store is in trouble must hear that, not nothing.
        return {**said, "store_ok": False, "reasons": [*reasons, f"the store does not answer: {error}"]}
    sources = sorted(call.services.sources.items())
    said["sources"] = [_source(call, access, snapshot, silent) for _, access in sources]
    said["alerts"] = dict(snapshot.alerts)
    said["pages_open"] = sum(snapshot.pages_open.values())
    said["tickets_open"] = sum(snapshot.tickets_open.values())
    waits = snapshot.exports
    said["warnings"] = [*warnings, *_late_tracker(snapshot), *_late_messages(snapshot)]
    said["ticket_exports"] = {
        "waiting": waits.count if waits is not None else 0,
        "oldest_at": iso(waits.oldest_at) if waits is not None else None,
        "fault": waits.fault or None if waits is not None else None,
    }
    said["incident_messages"] = [
        {"receiver": one.receiver, "waiting": one.count, "oldest_at": iso(one.oldest_at), "fault": one.fault or None}
        for one in snapshot.messages
    ]
    said["notifications_waiting"] = sum(count for count, _ in snapshot.queue.values())
    holes = nobody_on_call(call.services.engine.plan, snapshot.now)
    said["nobody_on_call"] = [f"{team}/{level}" for team, level in holes]
    said["people"] = [reach_json(one) for one in people]
    return said


class Check(TypedDict):
    """One thing that was examined: `ok`, `warn` or `fail`, what was seen, and what to do about it."""

    name: str
    verdict: str
    seen: str
    hint: str


class Examined(TypedDict):
    """Everything that was examined."""

    checks: list[Check]


@api()
async def examine(call: Call, body: Nothing) -> Examined:  # noqa: ARG001  # unknown keys are refused
    """Examine what pagerd depends on: its host, its network, its providers. One at a time: it asks half the world."""
    async with call.services.examining:
        found = await call.services.examine()
    return {
        "checks": [
            {"name": one["name"], "verdict": one["verdict"], "seen": one["seen"], "hint": one["hint"]} for one in found
        ]
    }


@api()
async def quarantine(call: Call) -> Quarantine:
    """List what could not be read of the sources' messages, the newest first."""

    async def find(c: Connection) -> list[types.Quarantined]:
        return [
            {"id": row.id, "source": row.source, "at": iso(row.at), "reason": row.reason, "raw": row.raw}
            for row in await queries.quarantined(c, QUARANTINE_SHOWN_MAX)
        ]

    return {"quarantine": await call.services.engine.read(find)}


@api(answer=Reloaded)
async def reload(call: Call, body: Nothing) -> web.Response:  # noqa: ARG001  # unknown keys are refused
    """Put the config files into force, whole, or keep what is in force and say why."""
    who = call.caller.person if call.caller is not None else None
    result = await call.services.reload()
    log.info("config.reload_asked", by=who, ok=result.ok, revision=result.revision)
    said: dict[str, object] = {
        "ok": result.ok,
        "revision": result.revision,
        "findings": list(result.findings),
        "rendered": result.rendered,
        "needs_restart": list(result.needs_restart),
    }
    if not result.ok:
        errors = sum(one["severity"] == "error" for one in result.findings)
        counted = "1 error" if errors == 1 else f"{errors} errors"
        said |= {
            "error": f"the files are not in force: {counted}; revision {result.revision} stays",
            "hint": "\n".join(result.rendered.splitlines()[:HINT_LINES_MAX]) or "`pagerd check` says what is wrong",
        }
    return json_answer(said, 200 if result.ok else 409)


class Scrape:
    """What `/metrics` shows. It is drawn in a thread, one at a time: nobody's scrapes hold up an alert."""

    def __init__(self) -> None:
        self._drawing = asyncio.Lock()

    async def show(self, call: Call) -> web.Response:
        """Give Prometheus everything that is counted, and the gauges as the store and the plan have them now."""
        engine = call.services.engine
        async with self._drawing:
            snapshot: Snapshot | None = None
            # When the store is in trouble the counters are worth most: only what it alone knows is left out.
            with contextlib.suppress(StoreUnavailable, TimeoutError):
                async with asyncio.timeout(call.services.limits.scrape_seconds):
                    snapshot = await _snapshot(call)
            condition, plan = _condition(call), engine.plan

            def draw() -> bytes:
                return engine.metrics.render(condition, duty(plan, condition.now), snapshot)

            text = await asyncio.to_thread(draw)
        return text_answer(text, metrics.CONTENT_TYPE)


async def robots(_call: Call) -> web.Response:
    """Ask robots to stay away; the links of pages do nothing when they come all the same."""
    return text_answer("User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8")


async def _people(call: Call) -> tuple[Reach, ...]:
    plan = call.services.engine.plan

    async def find(c: Connection) -> tuple[Reach, ...]:
        return await reachability.reach_of_all(c, plan)

    return await call.services.engine.read(find)


async def _snapshot(call: Call) -> Snapshot:
    engine = call.services.engine
    now = engine.clock.now()
    heartbeats = [name for name, one in engine.sources.items() if one.heartbeat is not None]

    async def find(c: Connection) -> Snapshot:
        return await queries.snapshot(c, now, heartbeats)

    return await engine.read(find)


def _source(call: Call, access: SourceAccess, snapshot: Snapshot, silent: frozenset[str]) -> types.Source:
    name = access.traits.name
    said: types.Source = {"name": name, "kind": access.kind, "last_seen_at": iso(snapshot.sources_seen.get(name))}
    expected = snapshot.heartbeats.get(name)
    if expected is not None:
        said["due_at"] = iso(expected.due_at)
        said["is_late"] = expected.is_late
    if access.traits.silent_after is not None:
        said["is_silent"] = name in silent
    if access.traits.is_asked:
        said["asked"] = [
            {
                "member": one.member,
                "answered_at": iso(one.answered_at),
                "failing_since": iso(one.failing_since),
                "error": one.error,
            }
            for one in call.services.asked(name)
        ]
    return said


def _condition(call: Call) -> Condition:
    engine = call.services.engine
    state = call.services.status()
    return Condition(
        now=engine.clock.now(),
        teams=tuple(engine.plan.teams),
        severities=tuple(one.id for one in engine.plan.severities.values() if one.incident.is_incident),
        reload_ok=state.plan_ok,
        reloaded_at=state.loaded_at,
        config_hash=state.config_hash,
        findings=state.findings,
        in_flight=engine.in_flight,
        observing=engine.observing,
        troubles={(medium.value, one.name): one.standing.in_trouble for medium, one in engine.delivery.carriers.all},
        store=engine.store.figures(),
        store_takes_writes=state.store_ok,
        nodes=sum(is_there(one, state.nodes_at or one.seen_at) for one in state.nodes) or 1,
        agrees=engine.agrees,
    )


def _late_tracker(snapshot: Snapshot) -> list[str]:
    """Say that a tracker takes nothing."""
    waits = snapshot.exports
    if waits is None or snapshot.now - waits.oldest_at <= TRACKER_LATE:
        return []
    why = f": {waits.fault}" if waits.fault else ""
    return [f"the tracker has not taken what happened to tickets for more than an hour{why}"]


def _late_messages(snapshot: Snapshot) -> list[str]:
    """Say which of those who should hear of incidents take nothing."""
    late = [one for one in snapshot.messages if snapshot.now - one.oldest_at > MESSAGES_LATE]
    return [
        f"{one.receiver} has not taken messages about incidents for {length(snapshot.now - one.oldest_at)}"
        + (f": {one.fault}" if one.fault else "")
        for one in late
    ]


def _closed_sources(call: Call) -> list[str]:
    """Say which sources nobody can send to: their alerts are refused, and nothing else says so before one comes."""
    closed = (name for name, access in sorted(call.services.sources.items()) if access.is_closed)
    return [f"source {name} lets nobody in: none of its tokens or passwords can be read" for name in closed]
