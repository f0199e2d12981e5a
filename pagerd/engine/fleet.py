"""The nodes of one store, as one of them sees them: who is there, who is gone, who runs on other files.

Nobody leads. Each node stores every two seconds that it is there, and keeps its claims in the same transaction; from
the rows of the others it computes its share of the work and of what a provider takes. A row here is for these figures
and for people: no claim hangs on it, so a lost node's messages are over with their own leases, whoever prunes its row.
An id is new at every start, so that nobody takes the claims of an earlier run of the same host for its own.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from pagerd.core.errors import Conflict, PagerdError
from pagerd.core.plain import length
from pagerd.engine import apply
from pagerd.engine.engine import Engine
from pagerd.engine.hand import renew
from pagerd.engine.outages import Outage
from pagerd.engine.share import Share
from pagerd.engine.work import Claimed, Work
from pagerd.stores.records import nodes as rows
from pagerd.stores.records.nodes import Node

__all__ = ["Fleet", "Node", "Self", "differing", "is_there"]

log = structlog.get_logger()

BEAT_EVERY_SECONDS = 2.0
"""A third of a lease: two beats may be lost before a claim is."""

BEAT_WITHIN_SECONDS = 5.0
"""A beat that takes longer is given up, and the next one tried: it came too late for its claims anyway."""

THERE_FOR = timedelta(seconds=6)
"""How long after its last beat a node counts as there. What it is due is only hesitated about for longer."""

LOST_AFTER = timedelta(seconds=30)
"""When the operators hear that a node is gone: one that is upgraded says that it stops, and is no lost one."""

KEPT_FOR = timedelta(hours=1)
"""How long a lost node is shown before its row is forgotten."""

DIFFER_AT_MOST = timedelta(minutes=5)
"""How long nodes may run on different files, as they do while these are rolled out, before it is a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Self:
    """What a node tells of itself. `files` returns the name of what all nodes should have alike."""

    name: str
    address: str
    version: str
    schema: int
    files: Callable[[], str]


class Fleet:
    """Beats for one node. `run` lives in the daemon's TaskGroup; the lab calls `beat` itself."""

    def __init__(self, engine: Engine, me: Self) -> None:
        assert engine.node is not None, "who has a store alone has no fleet"
        self._engine = engine
        self._me = me
        self._id = engine.node
        self._started_at: datetime | None = None
        self._plan: tuple[str, datetime] | None = None
        self._told: frozenset[str] = frozenset()
        self._sees_since: datetime | None = None
        """Since when its own beats came without a gap: who could not be seen before that is not lost yet."""
        self._has_left = False
        self._outage = Outage("node.beat_missed", "node.beats_again", engine.clock.monotonic)
        self.missed: Callable[[], None] = lambda: None
        """Told of each beat that could not be stored."""
        self.known: tuple[Node, ...] = ()
        """Every node that has a row, as of the last beat."""
        self.seen_at: datetime | None = None
        """When that was, by the clock of the store."""

    async def join(self) -> None:
        """Be there from now on. Raises Conflict where others send and this one would only observe, or the reverse."""
        engine = self._engine

        async def act(work: Work) -> tuple[tuple[Node, ...], datetime]:
            others = [one for one in await rows.all_known(work.c) if is_there(one, work.now)]
            for other in others:
                if other.observing != engine.observing:
                    does, would = ("observes", "send") if other.observing else ("sends", "observe")
                    raise Conflict(f"node {other.name} {does}, and this one would {would}: stop the other one first")
            self._started_at = self._sees_since = work.now
            if others:
                # Sources were heard all the while, by the others.
                engine.listens_since = min(one.started_at for one in others)
            return await self._note(work), work.now

        self._take_in(*await engine.transact(act))

    async def run(self) -> None:
        """Beat until cancelled. A beat that fails is only missing: claims end by themselves."""
        while True:
            await asyncio.sleep(BEAT_EVERY_SECONDS)
            await self.try_to_beat()

    async def try_to_beat(self) -> None:
        """Beat, within the time that a beat has; say of one that could not be stored that it was missed."""
        try:
            async with asyncio.timeout(BEAT_WITHIN_SECONDS):
                await self.beat()
        except (PagerdError, TimeoutError) as error:
            self._outage.fails(str(error) or f"not within {BEAT_WITHIN_SECONDS:.0f} s")
            self.missed()
        except Exception:
            log.exception("node.beat_failed")
        else:
            self._outage.works()

    async def beat(self) -> None:
        """Store that this node is there, keep its claims, and see who else is there."""
        hand, began = self._engine.hand, self._engine.clock.monotonic()
        old = hand.to_renew(began)

        async def act(work: Work) -> tuple[list[Claimed], tuple[Node, ...], datetime]:
            kept = await renew(work, old)
            await rows.drop_unseen(work.c, work.now - KEPT_FOR)
            return kept, await self._note(work), work.now

        kept, known, now = await self._engine.transact(act, sends_at_once=False)
        for claimed in kept:
            hand.renewed(claimed, began)
        self._take_in(known, now)
        await self._tell(now)

    async def leave(self) -> None:
        """Be there no more: what is due is not left to this node. Beats go on keeping what is still in hand."""
        self._has_left = True

        async def act(work: Work) -> None:
            await rows.drop(work.c, self._id)

        await self._engine.transact(act, sends_at_once=False)

    async def _note(self, work: Work) -> tuple[Node, ...]:
        assert self._started_at is not None, "it has joined"
        if self._plan is None or work.plan.revision != self._plan[0]:
            self._plan = (work.plan.revision, work.now)
        me = Node(
            id=self._id,
            name=self._me.name,
            address=self._me.address,
            version=self._me.version,
            schema=self._me.schema,
            plan=self._plan[0],
            files=self._me.files(),
            plan_since=self._plan[1],
            observing=self._engine.observing,
            started_at=self._started_at,
            seen_at=work.now,
        )
        if not self._has_left:
            await rows.put(work.c, me)
        return await rows.all_known(work.c)

    def _take_in(self, known: tuple[Node, ...], now: datetime) -> None:
        """Take up the share that follows from who is there."""
        if self.seen_at is not None and now - self.seen_at > THERE_FOR:
            self._sees_since = now
        known = _without_earlier_runs(known, now)
        self.known, self.seen_at = known, now
        there = [one for one in known if is_there(one, now)]
        ids = sorted(one.id for one in there)
        if self._has_left or self._id not in ids:
            return
        engine, share = self._engine, Share(ids.index(self._id), len(ids))
        if share.count != engine.share.count:
            log.info("nodes.there", count=share.count, names=[one.name for one in there])
        engine.share = share
        engine.delivery.carriers.divide(share.count)
        engine.agrees = len({one.files for one in there}) == 1

    async def _tell(self, now: datetime) -> None:
        """Let the operators hear, once, that a node is lost, and that nodes run on different files for too long."""
        troubles = {**self._lost(now), **differing(self.known, now)}
        news = {subject: text for subject, text in troubles.items() if subject not in self._told}

        async def act(work: Work) -> None:
            for subject, text in news.items():
                if subject == _ALL:
                    await apply.alarm(work, "nodes_differ", "", text)
                else:
                    await apply.alarm(work, "node_lost", subject, text)

        if news:
            await self._engine.transact(act)
        self._told = frozenset(troubles)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an operator should know of the nodes."""
        if self.seen_at is None:
            return ()
        return (*self._lost(self.seen_at).values(), *differing(self.known, self.seen_at).values())

    def _lost(self, now: datetime) -> dict[str, str]:
        """Say of each node that ended without a word that it is gone, by its id.

        Where nobody could beat, because the database was away, each of them has its time from then on.
        """
        assert self._sees_since is not None, "it has joined"
        return {
            one.id: f"node {one.name} is gone for {length(now - one.seen_at)}: the others do its work"
            for one in self.known
            if now - max(one.seen_at, self._sees_since) > LOST_AFTER
        }


_ALL = ""
"""The subject of what is no single node's."""


def is_there(node: Node, now: datetime) -> bool:
    """Has a node been seen a moment ago?"""
    return now - node.seen_at <= THERE_FOR


def _without_earlier_runs(known: Sequence[Node], now: datetime) -> tuple[Node, ...]:
    """Leave out runs that ended of nodes that run again: such a node is not gone, whatever its earlier run left."""
    again = {(one.name, one.address): one.started_at for one in known if is_there(one, now)}
    return tuple(
        one
        for one in known
        if is_there(one, now) or again.get((one.name, one.address), one.started_at) <= one.started_at
    )


def differing(known: Sequence[Node], now: datetime) -> dict[str, str]:
    """Say that nodes which are there have run on different files for too long."""
    there = [one for one in known if is_there(one, now)]
    if len({one.files for one in there}) < 2 or now - max(one.plan_since for one in there) <= DIFFER_AT_MOST:
        return {}
    named = ", ".join(f"{one.name} on {one.plan}" for one in there)
    return {_ALL: f"the nodes run on different files: {named}. Reload those that are behind"}
