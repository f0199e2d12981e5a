"""The machine that pagerd runs on: one process at a time on one disk, as the daemon starts it, and how it dies.

A crash means what `kill -9` means: the disk keeps what was committed, and nothing in memory is seen again. A process
that was killed does nothing more: whoever of its tasks still runs meets `Killed` at the store and at the providers.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from pagerd.channels.base import Provider
from pagerd.core.errors import PagerdError
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.engine import clock_watch, going_live, intake, provider_health, questions, stored, sweep
from pagerd.engine.asking import Asker
from pagerd.engine.auditor import Auditor
from pagerd.engine.boundaries import Boundary
from pagerd.engine.chance import Chance
from pagerd.engine.clock import SteadyClock
from pagerd.engine.clock_watch import ClockWatch
from pagerd.engine.delivery import Delivery
from pagerd.engine.engine import Engine
from pagerd.engine.exporting import Exporter
from pagerd.engine.heart import Heart, Senders
from pagerd.engine.incidents.sampling import Instruments, Sampler
from pagerd.engine.metrics import Metrics
from pagerd.engine.work import LEASE, Claimed, Hearing, SourceTraits, Work
from pagerd.lab.storms.air import Air, Taker
from pagerd.lab.storms.disk import ProcessStore, Trouble
from pagerd.lab.storms.faults import Weather
from pagerd.lab.storms.pace import Pace
from pagerd.lab.storms.perils import TURNS, Door, Killed, Perils, Place
from pagerd.lab.storms.record import Record
from pagerd.lab.storms.virtual import Dice, VirtualLoop, WallClock
from pagerd.stores.base import Connection, StoreUnavailable
from pagerd.stores.records import notifications, progress
from pagerd.stores.sqlite import SqliteStore

T = TypeVar("T")

PUBLIC_URL = "https://pager.example.org"

SLEEP_MAX_SECONDS = 60.0
"""The heartbeat's longest sleep where nobody sets the clock: idle rounds are most of what a quiet storm costs."""

LEASE_MICROS = round(LEASE.total_seconds() * 1_000_000)

NOTED_EVERY_SECONDS = 15.0
"""How often the daemon's watch of the store notes how far it has come."""

NOTED_AGAIN_SECONDS = 2.0
"""How soon it tries again where the store took no note."""


class Down(Exception):
    """Nobody listens: the process died, or is not up yet."""


class StormMetrics(Metrics):
    """Counts as ever, and takes down which timers fired."""

    def __init__(self, record: Record) -> None:
        super().__init__()
        self._record = record

    def count(self, metric: str, labels: tuple[str, ...], by: float) -> None:
        """Note what happened."""
        if metric == "timer_lag_seconds":
            self._record.event("timer fired", "")
        super().count(metric, labels, by)


class Process:
    """One pagerd, from its start to its death."""

    def __init__(self, machine: "Machine", number: int, plan: Plan, clock: SteadyClock) -> None:
        self._machine = machine
        self.is_alive = True
        self.may_crash = False
        """Not while it starts: a pagerd that dies at each start is another story."""
        self._death = asyncio.Event()
        began = machine.loop.time()
        self.perils = Perils(
            machine.seed // 2 * TURNS + number,
            machine.dice,
            machine.weather,
            machine.deaths,
            lambda: machine.loop.time() - began,
            self.kill,
        )
        self.engine = Engine(
            store=ProcessStore(
                machine.disk,
                machine.trouble,
                self,
                dice=machine.dice,
                weather=machine.weather,
                look=machine.look,
            ),
            plan=plan,
            clock=clock,
            chance=Chance(machine.seed * 1_000 + number),
            delivery=Delivery(machine.providers_for(self), clock, PUBLIC_URL),
            metrics=StormMetrics(machine.record),
            sources=machine.traits,
            with_links=True,
            hearing=Hearing(by_callback=True, asks_for_texts=True),
            boundaries=self.perils,
        )
        self.heart = Heart(self.engine, sleep_max_seconds=machine.sleep_max_seconds)
        self._senders = Senders(self.engine)
        self._asker = Asker(self.engine)
        self._exporter = Exporter(self.engine)
        self._sampler = Sampler(self.engine, machine.instruments) if machine.instruments is not None else None
        self.auditor = Auditor(self.engine)
        self._deliver = self.engine.deliver
        self.engine.deliver = self._watched_delivery  # type: ignore[method-assign]  # the one seam between claim and send

    def check_alive(self) -> None:
        """Let whoever is of a dead process go no further."""
        if not self.is_alive:
            raise Killed

    def kill(self, how: str) -> None:
        """End it at once. The caller, if it is of this process, meets Killed at its next step."""
        if self.is_alive:
            self._machine.record.event("fault", f"pagerd is killed {how}")
            self.is_alive = False
            self._death.set()

    async def _watched_delivery(self, claimed: Claimed) -> None:
        machine = self._machine
        due = round(claimed.notification.due.timestamp() * 1_000_000)
        if machine.wall >= due and machine.blind_between(due - LEASE_MICROS, machine.wall):
            # Time was lost while it waited for its sender: its claim is over, and it may be somebody else's by now.
            machine.air.excuse(claimed)
        await machine.air.carry(claimed, self._deliver)

    async def run(self) -> None:
        """Start in the daemon's order, go on until killed. Raises StoreUnavailable when it could not start."""
        try:
            await self._start()
            async with asyncio.TaskGroup() as group:
                for part in (self._senders, self.heart, self._asker, self._exporter, self._sampler):
                    if part is not None:
                        group.create_task(part.run())
                await self.engine.transact(sweep.under_new_plan)
                await self.engine.transact(questions.begin)
                for watch in (self._note_progress(), ClockWatch(self.engine).run()):
                    group.create_task(watch)
                self._machine.is_up(self)
                self.may_crash = self.perils.is_on = True
                await self._death.wait()
                self.check_alive()
        except* Killed:
            self.is_alive = False

    async def _note_progress(self) -> None:
        """Write down how far it has come, with every look at the store: a start goes on from there."""
        while True:
            pause = NOTED_EVERY_SECONDS
            try:
                await self.engine.transact(lambda work: progress.note(work.c, clock_watch.NOTED, work.now))
            except StoreUnavailable:
                pause = NOTED_AGAIN_SECONDS
            await asyncio.sleep(pause)

    async def _start(self) -> None:
        now, engine = self.engine.clock.now(), self.engine

        async def lay(c: Connection) -> Plan:
            return await stored.lay_over(c, engine.plan, now)

        async def watch(work: Work) -> None:
            await intake.watch_sources(work, engine.sources, listens_since=now)
            await notifications.end_leases(work.c, now)

        engine.plan = await engine.read(lay)
        await going_live.settle_mode(engine)
        await engine.transact(watch)
        await engine.transact(lambda work: provider_health.recall(work, engine.delivery.carriers))


class Machine:
    """Starts a process after the one that died, and is what the world outside talks to."""

    def __init__(
        self,
        *,
        seed: int,
        plan: Plan,
        loop: VirtualLoop,
        clock: WallClock,
        dice: Dice,
        weather: Weather,
        record: Record,
        traits: Mapping[str, SourceTraits],
    ) -> None:
        self.seed = seed
        self.files = plan
        """The plan as the files say it; what people stored is laid over it at each start and reload."""
        self.filed = {plan.revision: plan}
        """All that the files ever said, by revision."""
        self.loop = loop
        self.clock = clock
        """The clock on the wall, which hands set; everything but pagerd's own clock goes by the pace."""
        self.pace = Pace(clock)
        self.dice = dice
        self.weather = weather
        self.record = record
        self.traits = traits
        self.disk = SqliteStore.in_memory()
        self.trouble = Trouble()
        self.deaths: Counter[Place] = Counter()
        """At which boundaries processes died, and how often."""
        self.air = Air()
        self.blind: list[tuple[int, int]] = []
        """Spans in which pagerd could not act in time, in microseconds since 1970."""
        self.blind_since: int | None = None
        self.awoke_at = 0
        """When the machine went on after it stood still."""
        self.went = self.wall
        """How far the newest process to die had come."""
        self.sleep_max_seconds = SLEEP_MAX_SECONDS
        self.providers: Mapping[Medium, Sequence[Provider]] = {}
        self.providers_for: Callable[[Process], Mapping[Medium, Sequence[Provider]]] = lambda _process: self.providers
        self.look: Callable[[Connection], Awaitable[None]] = _nobody_looks
        """Looks at what a unit did, at its end."""
        self.begins: Callable[[SteadyClock], None] = _nobody_looks_at_a_start
        """Looks at the clock that a start goes by."""
        self.shown: Callable[[], datetime] = self.now
        """What time it is by the clock of the newest start."""
        self.restarts_after: Callable[[], float] = lambda: self.dice.between(0.5, 20)
        self.process: Process | None = None
        self.instruments: Instruments | None = None
        """What the checks of incidents are read with, where a storm has incidents."""
        self.exchanges: Sequence[Taker] = ()
        """All providers of the world, for whoever counts what they took."""
        self.spawn: Callable[..., None] = _nobody_starts
        """Starts `act(*values)` as a task of the storm, `after` so many seconds."""
        self._starts = 0
        self._up = asyncio.Event()

    async def run(self) -> None:
        """Keep a process running until cancelled, as the service manager does."""
        this = asyncio.current_task()
        assert this is not None, "a coroutine runs in a task"
        while True:
            with suppress(StoreUnavailable):
                await self._live()
            if this.cancelling():
                return  # a process that was killed in the instant in which the storm ends took the cancellation along
            self.process = None
            self._up.clear()
            self.went = self.wall
            await asyncio.sleep(self.restarts_after())
            self.blind.append((self.went, self.wall + 2_000_000))
            self.record.note("pagerd starts")

    async def _live(self) -> None:
        """Start with the clock that goes on where the last run was, and go on until killed."""
        self._starts += 1
        if self.trouble.refuses:
            raise StoreUnavailable("the disk of the storm refuses")
        steady = SteadyClock(self.clock)
        await clock_watch.go_on(self.disk, steady)
        self.begins(steady)
        self.shown = steady.now
        process = Process(self, self._starts, self.files, steady)
        try:
            await process.run()
        except* StoreUnavailable:
            process.is_alive = False

    def is_up(self, process: Process) -> None:
        """Take calls from now on."""
        self.process = process
        self._up.set()

    def now(self) -> datetime:
        """Return what time it is for pagerd, and for everybody who does not look at this host's clock."""
        return self.pace.now()

    @property
    def wall(self) -> int:
        """The same in microseconds since 1970."""
        return round(self.now().timestamp() * 1_000_000)

    async def up(self) -> Process:
        """Wait until a process takes calls, and return it."""
        while self.process is None or not self.process.is_alive:
            self._up.clear() if self.process is None else await asyncio.sleep(0.1)
            if self.process is None:
                await self._up.wait()
        return self.process

    async def call(self, act: Callable[[Work], Awaitable[T]], door: Door | None = None) -> T:
        """Let something from outside happen. Raises Down, StoreUnavailable, or what the act raises.

        With a door it comes in and is answered as the web does it.
        """
        process = self.process
        if process is None or not process.is_alive:
            raise Down
        boundaries = process.perils
        try:
            for boundary in door.reads if door is not None else ():
                boundaries.before(boundary)
                boundaries.after(boundary)
            result = await process.engine.transact(act)
            if door is not None:
                boundaries.before(door.answered)
                boundaries.after(door.answered)
        except Killed:
            raise Down from None
        return result

    async def put_in_force(self, plan: Plan) -> bool:
        """Reload the files as they are now; say whether it worked. A restart reads them whatever became of it."""
        self.files = self.filed[plan.revision] = plan
        process = self.process
        if process is None or not process.is_alive:
            return False
        engine = process.engine

        async def lay(c: Connection) -> Plan:
            return await stored.lay_over(c, plan, engine.clock.now())

        try:
            laid = await engine.read(lay)
            process.perils.before(Boundary.PLAN_SWAPPED)
            engine.plan = laid
            process.perils.after(Boundary.PLAN_SWAPPED)
            await engine.transact(sweep.under_new_plan)
        except (Killed, PagerdError):
            return False
        return True

    def blind_between(self, begin: int, end: int) -> int:
        """Return how much of a span of time pagerd could not act in, in microseconds."""
        spans = [*self.blind, (self.blind_since, end)] if self.blind_since is not None else self.blind
        return sum(max(min(end, last) - max(begin, first), 0) for first, last in spans)

    def lose_time(self, seconds: float) -> None:
        """Stand still for so long, all of it."""
        before = self.wall
        self.air.excuse_all()
        self.loop.stand_still(seconds)
        self.awoke_at = self.wall
        self.blind.append((before, self.wall))

    def set_clock(self, step: timedelta) -> None:
        """Set the wall clock forward or back. Only a jump forward of pagerd's time hinders anybody."""
        before = self.wall
        self.pace.set_wall_by(step)
        if self.wall > before:
            self.air.excuse_all()
            self.blind.append((before, self.wall + round(self.sleep_max_seconds * 1_000_000)))


async def _nobody_looks(_c: Connection) -> None:
    """Until there are checkers, nobody looks at what a unit did."""


def _nobody_looks_at_a_start(_clock: SteadyClock) -> None:
    """Until there are checkers, nobody does."""


def _nobody_starts(*_values: object, **_after: float) -> None:
    raise AssertionError("the storm has not begun")
