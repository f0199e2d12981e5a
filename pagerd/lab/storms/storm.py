"""One storm: a seed in, what happened out. First everything goes wrong, then the calm, in which all must end well."""

import asyncio
import functools
import json
import re
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from pagerd.core.paging.page import Stage
from pagerd.core.people import Medium
from pagerd.engine.auditor import Finding
from pagerd.lab.storms import company
from pagerd.lab.storms.checks import PHONES, Checks
from pagerd.lab.storms.conduct import Conduct
from pagerd.lab.storms.crowd import Crowd
from pagerd.lab.storms.faults import Fault, Weather
from pagerd.lab.storms.findings import Breach, Findings
from pagerd.lab.storms.hands import Hands
from pagerd.lab.storms.machine import Machine, Process
from pagerd.lab.storms.nights import Nights
from pagerd.lab.storms.perils import Place
from pagerd.lab.storms.providers import Account, Exchange
from pagerd.lab.storms.readings import Readings
from pagerd.lab.storms.record import Record
from pagerd.lab.storms.responders import Responders
from pagerd.lab.storms.rounds import Rounds
from pagerd.lab.storms.sending import Sending
from pagerd.lab.storms.sources import TRAITS, Senders
from pagerd.lab.storms.timekeeping import Timekeeping
from pagerd.lab.storms.virtual import Dice, VirtualLoop, WallClock
from pagerd.stores.base import Connection

START = datetime(2026, 1, 7, 0, 30, tzinfo=UTC)
"""A Wednesday night: people sleep, business hours are over and will begin."""

EVENTS = 1_500
"""A storm blows for so many events, alerts that come in not counted; then the calm comes."""

INCIDENTS_IN = 4
"""One storm of so many has incidents; in the others each page stands alone, and its acknowledgement ends."""

NIGHTS_EVERY = 1_000
"""Units between two looks at all messages and the night ledger."""

TRACEBACK_MAX = 3_000
"""Signs of a traceback that a failure shows."""


_OTHERS = (
    "SELECT 1 FROM history WHERE object_id = $1 AND at BETWEEN $2 AND $3 AND event NOT IN"
    " ('TimerFired', 'FailedOver', 'AlertJoined', 'AlertRenewed', 'AlertWentStale', 'NoteAdded') LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a storm."""

    seed: int
    asked: str
    """What the command that blows it again is given."""
    events: int
    kinds: Counter[str]
    hits: Counter[Fault]
    deaths: Counter[Place]
    on: frozenset[Fault]
    virtual: timedelta
    trace: str
    breach: Breach | None
    tail: tuple[str, ...]


class Storm:
    """Holds everything that blows together."""

    def __init__(self, seed: int, loop: VirtualLoop, weather: Callable[[int, Dice], Weather], *, events: int) -> None:
        self.seed = seed
        self.loop = loop
        self.events = events
        self.dice = Dice(f"storm {seed}")
        self.clock = WallClock(loop, START + timedelta(hours=self.dice.count(0, 150)))
        self.record = Record(self.clock)
        self.findings = Findings()
        self.weather = weather(seed, self.dice)
        plan = company.the_plan(self.dice)
        self.machine = Machine(
            seed=seed,
            plan=plan,
            loop=loop,
            clock=self.clock,
            dice=self.dice,
            weather=self.weather,
            record=self.record,
            traits=TRAITS,
        )
        self.sending = Sending(self.machine, self.findings)
        self.crowd = Crowd(self.machine, self.sending, self.findings)
        backed = [medium for medium in Medium if self.dice.hits(0.5)]
        self.exchanges = {
            medium: [
                Exchange(self.machine, medium, f"{medium.value}-{place}", self.crowd.hears)
                for place in range(2 if medium in backed else 1)
            ]
            for medium in Medium
        }
        self.machine.exchanges = [one for some in self.exchanges.values() for one in some]
        self.machine.providers_for = self._accounts
        if Fault.CLOCK_FORWARD not in self.weather.on:
            self.machine.sleep_max_seconds = 60.0
        else:
            self.machine.sleep_max_seconds = 5.0
        self.crowd.inbox = self.exchanges[Medium.SMS][0]
        self.senders = Senders(self.machine)
        self.checks = Checks(self.machine, self.sending, self.senders, self.findings)
        self.timekeeping = Timekeeping(self.machine, self.sending, self.findings)
        stay = company.STAY if Fault.PERSON_GONE in self.weather.on else frozenset(plan.people)
        self.nights = Nights(self.machine, plan.people, stay, self.findings)
        self.machine.look = self._look
        self.machine.begins = self.timekeeping.begins
        self.hands = Hands(self.machine, self.exchanges, self.crowd, self.sending)
        self.readings = Readings(self.weather, self.record, seed)
        self.conduct = Conduct(self.machine, self.findings, self.readings)
        self.responders = Responders(self.machine, self.findings, seed) if seed % INCIDENTS_IN == 0 else None
        if self.responders is not None:
            self.machine.instruments = self.readings
        self._enough = asyncio.Event()

    def _accounts(self, process: Process) -> dict[Medium, list[Account]]:
        return {
            medium: [Account(one, process, self.sending.watch) for one in some]
            for medium, some in self.exchanges.items()
        }

    async def _look(self, c: Connection) -> None:
        await self.timekeeping.look(c)
        await self.checks.look(c)
        if self.responders is not None:
            await self.conduct.look(c)
        if self.checks.commits % NIGHTS_EVERY == 0:
            await self.nights.look(c)
        if self.record.events - self.record.kinds["alert in"] >= self.events:
            self._enough.set()

    async def blow(self) -> None:
        """Blow until there were enough events or something broke; then let the calm come, and look at its end."""
        try:
            async with asyncio.TaskGroup() as group:

                def spawn(act: Callable[..., Awaitable[None]], *values: object, after: float = 0.0) -> None:
                    group.create_task(self._started(act, values, after))

                self.machine.spawn = spawn
                group.create_task(self.machine.run())
                group.create_task(Rounds(self.machine, self.findings).run())
                troubles = [self.senders.run(), self.hands.run()]
                if self.responders is not None:
                    troubles.append(self.responders.run())
                    group.create_task(self.readings.run())
                worst = [group.create_task(one) for one in troubles]
                ends = group.create_task(self._course(worst))
                stops = group.create_task(self.findings.found.wait())
                await asyncio.wait({ends, stops}, return_when=asyncio.FIRST_COMPLETED)
                self._is_over()
        except* _Over:
            pass

    async def _started(self, act: Callable[..., Awaitable[None]], values: tuple[object, ...], after: float) -> None:
        if after:
            await asyncio.sleep(after)
        await act(*values)

    def _is_over(self) -> None:
        raise _Over

    async def _course(self, worst: list["asyncio.Task[None]"]) -> None:
        await self._enough.wait()
        for task in worst:
            task.cancel()
        if self.responders is not None:
            await self.responders.watch()
        self.record.note("the calm comes")
        self.weather.is_calm = True
        self.senders.calm()
        self.readings.calm()
        await self.hands.calm()
        if self.responders is not None:
            await self.responders.calm()
        await self._everybody_is_reached()
        await self._everything_ends()

    async def _everybody_is_reached(self) -> None:
        """Each page that wants somebody now reaches a human within its policy's time and ten seconds."""
        self.crowd.silent = True  # nobody answers, so that the policies run to their ends
        wanted = await self._wanting()
        began = self.machine.wall
        await asyncio.sleep(1)
        limit = max((seconds for _, seconds in wanted.items()), default=0.0)
        await asyncio.sleep(limit)
        still = await self._wanting()
        for page, seconds in wanted.items():
            ends = began + round(seconds * 1e6)
            reached = [at for at, _ in self.sending.reached_at.get(page, ()) if began <= at <= ends]
            if page in still and not reached and not await self._was_answered(page, began, ends):
                self.findings.breaks("lively", f"{page} reached nobody within {seconds:.0f} s of the calm")
        self.crowd.silent = False

    async def _was_answered(self, page: str, begin: int, end: int) -> bool:
        """Did anything but its own clock happen to it meanwhile: an answer that was on its way, a silence?"""
        rows = await self.machine.disk.read(lambda c: c.execute(_OTHERS, page, begin, end))
        return bool(rows)

    async def _wanting(self) -> dict[str, float]:
        """Return the pages that want an answer now, each with the seconds that its whole policy takes."""
        every = self.machine.files.last_resort.every.total_seconds()

        async def read(c: Connection) -> dict[str, float]:
            found = {}
            for row in await c.execute("SELECT id, body FROM pages WHERE status = 'triggered' ORDER BY id"):
                page = json.loads(str(row[1]))
                is_waiting = page["position"]["stage"] == Stage.EVERYBODY_ASKED.value
                if page["frozen_why"] or page["opens_at"] or page["settle_until"] or is_waiting:
                    continue
                lengths = [_seconds(step["answer_within"]) for step in page["steps"]]
                found[str(row[0])] = sum(lengths) * (page["repeat"] + 1) + every + 10
            return found

        return await self.machine.disk.read(read)

    async def _everything_ends(self) -> None:
        """Everybody answers, every alert ends: then every page ends, and nothing is in the air any more."""
        self.crowd.eager = True
        wanted = await self._wanting()
        await asyncio.sleep(900)
        # One that opened meanwhile, as business hours began, may be of this second.
        left = wanted.keys() & await self._wanting()
        if left:
            self.findings.breaks(
                "lively", f"everybody answered for a quarter of an hour, and nobody has {sorted(left)}"
            )
        self.senders.end_all()
        await asyncio.sleep(900)
        process = await self.machine.up()
        await self.checks.look_at_all()
        await self.machine.disk.read(self.nights.look)
        found: tuple[Finding, ...] = await process.auditor.differences()
        if found:
            self.findings.breaks("auditor", f"it finds {found}")
        if process.engine.in_flight:
            self.findings.breaks("I14", f"{process.engine.in_flight} messages are in flight for ever")


class _Over(Exception):
    """The storm is over."""


def _seconds(length: object) -> float:
    """Read a length as the store keeps it, such as `PT300S`."""
    found = re.fullmatch(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?", str(length))
    assert found is not None, f"not a length: {length}"
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds


def blow(
    seed: int,
    *,
    events: int = EVENTS,
    without: frozenset[Fault] = frozenset(),
    also: frozenset[Fault] = frozenset(),
) -> Outcome:
    """Blow one storm, and return what became of it; with kinds of trouble turned off or on, which makes another one."""
    weather = functools.partial(Weather, without=without, also=also)
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, VirtualLoop)
        outcome = runner.run(_blow(seed, loop, weather, events))
    return replace(outcome, asked=_asked(seed, events, without, also))


def _asked(seed: int, events: int, without: frozenset[Fault], also: frozenset[Fault]) -> str:
    """Write what was asked for as the command line takes it."""
    words = [str(seed)]
    words += [f"--events {events}"] if events != EVENTS else []
    words += [f"--without {fault.name}" for fault in sorted(without)]
    return " ".join([*words, *(f"--also {fault.name}" for fault in sorted(also))])


async def _blow(seed: int, loop: VirtualLoop, weather: Callable[[int, Dice], Weather], events: int) -> Outcome:
    storm = Storm(seed, loop, weather, events=events)

    def look(_logger: object, _name: str, said: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if PHONES in str(said):
            storm.findings.breaks("I15", f"a log line has a whole number: {said}")
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[look], cache_logger_on_first_use=False)
    try:
        await storm.blow()
    except* Exception as error:  # noqa: BLE001  # whatever raises is what a storm looks for
        last = "".join(traceback.format_exception(error))[-TRACEBACK_MAX:]
        storm.findings.breaks("crash", last)
    finally:
        structlog.configure(**before)
    return Outcome(
        seed=seed,
        asked=str(seed),
        events=storm.record.events,
        kinds=storm.record.kinds,
        hits=storm.weather.hits,
        deaths=storm.machine.deaths,
        on=storm.weather.on,
        virtual=timedelta(microseconds=loop.micros),
        trace=storm.record.trace,
        breach=storm.findings.first,
        tail=storm.record.tail,
    )
