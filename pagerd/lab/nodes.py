"""Several nodes of pagerd on one store, on virtual time: killed, frozen and woken, cut from the store, told to stop.

The store is one SQLite in memory and its clock is the world's; each node has an engine, senders' queues and a clock of
its own, which may be wrong. The phones are shared, so `sent` has what people got, whoever sent it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from pagerd.channels.base import Provider
from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.paging.page import Page
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.engine import going_live, intake, provider_health, questions, sweep
from pagerd.engine.auditor import Auditor
from pagerd.engine.carriers import Rates
from pagerd.engine.chance import Chance
from pagerd.engine.clock import Clock, SharedClock, VirtualClock
from pagerd.engine.delivery import Delivery
from pagerd.engine.engine import Act, Engine
from pagerd.engine.fleet import BEAT_EVERY_SECONDS, Fleet, Self
from pagerd.engine.heart import SLEEP_SHARED_SECONDS
from pagerd.engine.metrics import Metrics
from pagerd.engine.tick import tick
from pagerd.engine.work import Claimed, SourceTraits, Work
from pagerd.lab.phones import Phones, Sent
from pagerd.lab.rounds import Rounds
from pagerd.stores.base import Connection, Row, StoreFigures, StoreUnavailable, Unit, Value
from pagerd.stores.records import pages
from pagerd.stores.sqlite import SqliteStore

T = TypeVar("T")

POLL = timedelta(seconds=SLEEP_SHARED_SECONDS)
"""How long a node's heart sleeps at most where other nodes may store what is due."""

BEAT = timedelta(seconds=BEAT_EVERY_SECONDS)


class NodeClock:
    """The clock of one node's machine: it may be wrong, and goes on while the node is frozen."""

    def __init__(self, world: VirtualClock, off_by: timedelta) -> None:
        self._world = world
        self.off_by = off_by

    def now(self) -> datetime:
        """Return what this machine thinks that it is."""
        return self._world.now() + self.off_by

    def wall(self) -> datetime:
        """Return the same: it is the wall's own clock."""
        return self.now()

    def monotonic(self) -> float:
        """Return seconds since some instant."""
        return self._world.monotonic()


class Timed:
    """A connection of a database that says what time it is, as one does that several nodes share."""

    def __init__(self, c: Connection, now: datetime) -> None:
        self._c = c
        self.dialect = c.dialect
        self.now: datetime | None = now

    async def execute(self, sql: str, *values: Value) -> list[Row]:
        """Run one statement."""
        return await self._c.execute(sql, *values)


class Link:
    """The way from one node to the store. Cut, it answers nothing; with a `saw` the store says what time it is."""

    def __init__(self, store: SqliteStore, clock: VirtualClock, saw: Callable[[datetime], None] | None) -> None:
        self._store = store
        self._clock = clock
        self._saw = saw
        self.is_cut = False

    async def write(self, unit: Unit[T]) -> T:
        """Run the unit, if the store can be reached."""
        self._check()
        return await self._store.write(self._timed(unit))

    async def read(self, unit: Unit[T]) -> T:
        """Run the unit, if the store can be reached."""
        self._check()
        return await self._store.read(self._timed(unit))

    @property
    def is_short(self) -> bool:
        """Whether the store has no room."""
        return self._store.is_short

    def figures(self) -> StoreFigures:
        """Return what the store tells of itself."""
        return self._store.figures()

    async def close(self) -> None:
        """Nothing is held."""

    def _timed(self, unit: Unit[T]) -> Unit[T]:
        if self._saw is None:
            return unit
        now = self._clock.now()
        self._saw(now)

        async def timed(c: Connection) -> T:
            return await unit(Timed(c, now))

        return timed

    def _check(self) -> None:
        if self.is_cut:
            raise StoreUnavailable("the database cannot be reached from here")


class Node:
    """One run of pagerd. `waiting` is what it has claimed and not begun to send."""

    def __init__(self, fleet: "Nodes", number: int, plan: Plan, off_by: timedelta, name: str = "") -> None:
        own = NodeClock(fleet.clock, off_by)
        shared = SharedClock(own)
        self.clock: Clock = shared if fleet.database_time else own
        self.off_by = off_by if not fleet.database_time else timedelta(0)
        self.link = Link(fleet.store, fleet.clock, shared.saw if fleet.database_time else None)
        self.waiting: list[Claimed] = []
        self.phones = {medium: Phones(medium, fleet.sent.append) for medium in Medium} if fleet.own_phones else None
        phones: Mapping[Medium, Sequence[Provider]] = {
            medium: (phone,) for medium, phone in (self.phones or fleet.phones).items()
        }
        self.engine = Engine(
            store=self.link,
            plan=plan,
            clock=self.clock,
            chance=fleet.chance,
            delivery=Delivery(phones, self.clock, None, rates=fleet.rates),
            metrics=Metrics(),
            sources=fleet.traits,
            with_links=False,
            node=f"node-{number}",
        )
        self.engine.hand_out = self.waiting.append
        self.name = name or f"pager-{number}"
        me = Self(name=self.name, address="", version="1", schema=1, files=lambda: self.engine.plan.revision)
        self.fleet = Fleet(self.engine, me)
        self.auditor = Auditor(self.engine)
        self.is_running = True
        """Neither killed nor frozen."""
        self.ticks_at: datetime | None = None
        self.beats_at: datetime | None = None


class Nodes:
    """Holds the nodes, the store, the clock and the phones. Everything that was sent is in `sent`, in order.

    `clocks` says by how much each node's clock is wrong; with `database_time` the store says what time it is.
    With `own_phones` each node has a provider of its own, that
    can fail for it alone.
    """

    def __init__(
        self,
        plan: Plan,
        start: datetime,
        *,
        count: int = 2,
        seed: int = 1,
        clocks: Sequence[timedelta] = (),
        sources: Mapping[str, SourceTraits] | None = None,
        own_phones: bool = False,
        database_time: bool = False,
        rates: Rates | None = None,
    ) -> None:
        self.clock = VirtualClock(start)
        self.chance = Chance(seed)
        self.sent: list[Sent] = []
        self.own_phones = own_phones
        self.database_time = database_time
        self.rates = rates
        self.phones = {medium: Phones(medium, self.sent.append) for medium in Medium}
        self.traits = dict(sources or {"alertmanager": SourceTraits(name="alertmanager")})
        self.store = SqliteStore.in_memory()
        self._plan = plan
        self._clocks = clocks
        self._started = 0
        self.nodes = [self.make() for _ in range(count)]

    def make(self, name: str = "") -> Node:
        """Make a node that has not begun; with a name, one that ran before."""
        off_by = self._clocks[self._started % len(self._clocks)] if self._clocks else timedelta(0)
        self._started += 1
        return Node(self, self._started, self._plan, off_by, name)

    async def begin(self) -> None:
        """Let every node do what the daemon does at its start."""
        for node in self.nodes:
            await self._begin(node)

    async def _begin(self, node: Node) -> None:
        engine = node.engine
        await node.fleet.join()
        await going_live.settle_mode(engine)

        async def watch(work: Work) -> None:
            await intake.watch_sources(work, self.traits, listens_since=work.now)

        await engine.transact(watch)
        await engine.transact(lambda work: provider_health.recall(work, engine.delivery.carriers))
        await engine.transact(sweep.under_new_plan)
        await engine.transact(questions.begin)
        node.beats_at = self.clock.now()

    async def add(self, name: str = "") -> Node:
        """Start one more node, or with its name one that was killed."""
        node = self.make(name)
        self.nodes.append(node)
        await self._begin(node)
        return node

    def kill(self, node: Node) -> None:
        """End a node at once, with all that it had in memory."""
        node.is_running = False
        self.nodes.remove(node)

    def freeze(self, node: Node) -> None:
        """Let a node do nothing; its memory stays."""
        node.is_running = False

    def wake(self, node: Node) -> None:
        """Let a frozen node go on where it was: first with what its senders had in hand."""
        node.is_running = True

    async def stop(self, node: Node) -> None:
        """Let a node end in order: it hands back what it has in hand."""
        node.engine.takes_up = False
        await node.engine.hand_back(node.waiting)
        node.waiting.clear()
        await node.fleet.leave()
        self.kill(node)

    async def receive(self, node: Node, *alerts: ReceivedAlert, source: str = "alertmanager") -> None:
        """Let a source send one message to a node."""

        async def act(work: Work) -> None:
            await intake.receive(work, self.traits[source], Batch(alerts=alerts), renew_life=True)

        await node.engine.transact(act)

    async def do(self, node: Node, act: Act[T]) -> T:
        """Let a person act, at a node."""
        return await node.engine.transact(act)

    async def send(self, node: Node) -> None:
        """Let a node's senders send what it has claimed."""
        while node.waiting:
            claimed = node.waiting.pop(0)
            try:
                await node.engine.deliver(claimed)
            except StoreUnavailable:
                continue  # as a sender: the claim ends by itself

    async def settle(self) -> datetime:
        """Let every running node see to what is due at this instant; return when the next thing is to be done."""
        rounds = Rounds(self.clock)
        while True:
            rounds.begin()
            now = self.clock.now()
            running = [node for node in self.nodes if node.is_running]
            for node in running:
                await self._turn(node, now)
            nexts = [at for node in running for at in (node.ticks_at, node.beats_at) if at is not None]
            if not any(node.waiting for node in running) and min(nexts, default=now + POLL) > now:
                return min(nexts, default=now + POLL)

    async def _turn(self, node: Node, now: datetime) -> None:
        await self.send(node)
        try:
            if node.beats_at is None or node.beats_at <= now:
                node.beats_at = now + BEAT
                await node.fleet.beat()
            if node.ticks_at is None or node.ticks_at <= now:
                due = await tick(node.engine)
                node.ticks_at = min(due - node.off_by if due is not None else now + POLL, now + POLL)
        except StoreUnavailable:
            node.ticks_at = now + POLL

    async def run_until(self, at: datetime) -> None:
        """Let time pass, stopping wherever a node has something to do."""
        while True:
            due = await self.settle()
            if due > at:
                break
            self.clock.move_to(due)
        self.clock.move_to(at)

    async def put_in_force(self, node: Node, plan: Plan) -> None:
        """Reload one node on other files."""
        node.engine.plan = plan
        await node.engine.transact(sweep.under_new_plan)

    async def open_pages(self) -> list[Page]:
        """Return the pages that are open, the newest first."""
        return (await self.store.read(pages.list_pages)).pages
