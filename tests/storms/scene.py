"""One page while one provider fails in one way, on virtual time: who hears of it, by what, and when.

ana is primary, ben secondary, eva the last resort, dora the operator. Everybody wants to be told by the medium that the
scene is about, and a minute later by another one. Nobody answers before eva, who does so soon after she was asked.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from pagerd.channels.base import DeliveryReport, DeliveryStatus, InboundText, Outgoing, Receipt
from pagerd.core.alerts.alert import Batch
from pagerd.core.errors import Unavailable
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, NotificationRule, Urgency
from pagerd.core.plan import EscalationPolicy, LastResort, Plan, Step
from pagerd.engine import commands, intake, outcomes
from pagerd.engine.work import SourceTraits, Work
from pagerd.lab.storms.faults import Fault as StormFault
from pagerd.lab.storms.faults import Weather
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import Machine
from pagerd.lab.storms.record import Record
from pagerd.lab.storms.rounds import Rounds
from pagerd.lab.storms.virtual import Dice, VirtualLoop, WallClock
from pagerd.stores.base import Connection
from tests.builders import NIGHT, a_person, a_plan, a_received_alert, minutes

STEP_SECONDS = 300
NEXT_SECONDS = 60
"""After so long a person's second medium is due."""

ANSWERED_AFTER_SECONDS = 20
QUIET_SECONDS = 330
"""So long the scene goes on after the answer: the last resort would have its turn by then."""

LANDED_AFTER_SECONDS = 900
"""So long what is said of the end may be in the air."""

OTHER = {Medium.SMS: Medium.VOICE, Medium.VOICE: Medium.EMAIL, Medium.EMAIL: Medium.SMS}


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that reached somebody, and what it was; the times are in seconds after the alert."""

    asked: float
    at: float
    person: str
    medium: Medium
    purpose: Purpose
    id: str
    provider: str


Way = Callable[["Phone", Outgoing, float], Awaitable[Receipt]]
"""What a provider does with a message that it is asked to send within so many seconds."""


@dataclass
class Scene:
    """What became of it."""

    heard: list[Heard] = field(default_factory=list)
    doubts: Counter[str] = field(default_factory=Counter)
    """By notification: how often nobody could know whether a provider has it."""
    began: float = 0.0
    answered_at: float = 0.0
    left_in_flight: int = 0
    left_claimed: int = 0
    findings: Findings = field(default_factory=Findings)
    eva_is_asked: asyncio.Event = field(default_factory=asyncio.Event)

    def first(self, person: str) -> Heard | None:
        """Return the first page that reached somebody."""
        return next((one for one in self.heard if one.person == person and one.purpose is Purpose.PAGE), None)


class Phone:
    """A provider of one medium, with a way of its own, and the phones or mailboxes behind it."""

    takes_answers = True

    def __init__(self, machine: Machine, scene: Scene, medium: Medium, name: str, way: Way) -> None:
        self.machine, self.scene, self.medium, self.name = machine, scene, medium, name
        self.asked: Counter[str] = Counter()
        """How often it was asked to send each notification."""
        self.tells = True
        """Does it answer when it is asked how far a message came?"""
        self._way = way
        self._asked_at: dict[str, float] = {}
        self._known: dict[str, DeliveryReport] = {}

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:
        """Make one attempt."""
        self.asked[outgoing.id] += 1
        self._asked_at[outgoing.id] = self.machine.loop.time() - self.scene.began
        return await self._way(self, outgoing, deadline_seconds)

    def takes(self, outgoing: Outgoing) -> str:
        """Have it; return what the provider calls it."""
        return f"{self.name}-{outgoing.id}-{self.asked[outgoing.id]}"

    def reaches(self, outgoing: Outgoing, after: float = 1.0) -> None:
        """Let it ring, buzz or lie in the mailbox after a while."""
        claimed = self.machine.air.claimed(outgoing.id)
        assert claimed is not None, "whoever sends has claimed it"
        person, purpose = claimed.notification.person, claimed.notification.purpose

        asked = self._asked_at[outgoing.id]

        def rings() -> None:
            at = self.machine.loop.time() - self.scene.began
            self.scene.heard.append(Heard(asked, at, person, self.medium, purpose, outgoing.id, self.name))
            if person == "eva" and purpose is Purpose.PAGE:
                self.scene.eva_is_asked.set()

        self.machine.loop.call_later(after, rings)

    def tells_of(
        self, outgoing: Outgoing, status: DeliveryStatus, after: float, *, account_fault: bool = False
    ) -> None:
        """Know after a while how far it came, and call pagerd."""
        name = self.takes(outgoing)
        report = DeliveryReport(provider_id=name, status=status, detail="", account_fault=account_fault)

        async def call_back() -> None:
            self._known[name] = report
            await self.machine.call(lambda work: outcomes.reported(work, outgoing.id, report))

        self.machine.spawn(call_back, after=after)

    def receipt(self, outgoing: Outgoing, status: DeliveryStatus = DeliveryStatus.ACCEPTED) -> Receipt:
        """Say that it has it."""
        return Receipt(self.name, self.takes(outgoing), status, can_be_asked=self.medium is not Medium.EMAIL)

    async def report(self, provider_id: str, deadline_seconds: float) -> DeliveryReport:
        """Say how far a message came."""
        if not self.tells:
            raise Unavailable(f"{self.name} did not answer within {deadline_seconds} s")
        accepted = DeliveryReport(provider_id=provider_id, status=DeliveryStatus.ACCEPTED, detail="")
        return self._known.get(provider_id, accepted)

    async def inbound_since(self, _since: datetime, _deadline_seconds: float) -> Sequence[InboundText]:
        """Nobody texts."""
        return ()

    async def close(self) -> None:
        """Nothing is held."""


async def passes(seconds: float) -> None:
    """Let virtual time pass."""
    await asyncio.sleep(seconds)


async def works(phone: Phone, outgoing: Outgoing, _seconds: float) -> Receipt:
    """Carry it: a text arrives and says so, a call rings until it rings out, a mail arrives."""
    await passes(0.1)
    phone.reaches(outgoing)
    if phone.medium is Medium.SMS:
        phone.tells_of(outgoing, DeliveryStatus.DELIVERED, 3)
    elif phone.medium is Medium.VOICE:
        phone.tells_of(outgoing, DeliveryStatus.RINGING, 1)
        phone.tells_of(outgoing, DeliveryStatus.NOT_REACHED, 31)
    return phone.receipt(outgoing)


def the_plan(medium: Medium) -> Plan:
    """Return the plan of the scene."""
    high = (NotificationRule(medium), NotificationRule(OTHER[medium], timedelta(seconds=NEXT_SECONDS)))
    low = (NotificationRule(Medium.EMAIL), NotificationRule(Medium.SMS, minutes(1)))
    people = {
        name: a_person(name, notify={Urgency.HIGH: high, Urgency.LOW: low})
        for name in ("ana", "ben", "cho", "dora", "eva")
    }
    steps = tuple(Step((role,), timedelta(seconds=STEP_SECONDS)) for role in ("primary", "secondary"))
    return a_plan(
        people=people,
        policies={"standard": EscalationPolicy("standard", steps)},
        last_resort=LastResort(("eva",), minutes(5)),
    )


class _Over(Exception):
    """The scene is over."""


def play(medium: Medium, way: Way, troubled: Sequence[bool]) -> Scene:
    """Play the scene: `troubled` says of each provider of the medium whether it goes that way, or works."""
    before = structlog.get_config()
    structlog.configure(processors=[_drop])
    try:
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            return runner.run(_play(medium, way, troubled))
    finally:
        structlog.configure(**before)


def _drop(*_words: object) -> None:
    raise structlog.DropEvent


async def _play(medium: Medium, way: Way, troubled: Sequence[bool]) -> Scene:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    scene, clock, dice = Scene(), WallClock(loop, NIGHT), Dice("scene")
    machine = Machine(
        seed=0,
        plan=the_plan(medium),
        loop=loop,
        clock=clock,
        dice=dice,
        weather=Weather(0, dice, without=frozenset(StormFault)),
        record=Record(clock),
        traits={"prod": SourceTraits(name="prod")},
    )
    machine.providers = {
        one: [
            Phone(machine, scene, one, f"{one.value}-{place}", way if is_bad else works)
            for place, is_bad in enumerate(troubled if one is medium else (False,))
        ]
        for one in Medium
    }
    try:
        async with asyncio.TaskGroup() as group:

            def spawn(act: Callable[..., Awaitable[None]], *values: object, after: float = 0.0) -> None:
                group.create_task(_later(act, values, after))

            machine.spawn = spawn
            group.create_task(machine.run())
            group.create_task(Rounds(machine, scene.findings).run())
            await _course(machine, scene)
            _is_over()
    except* _Over:
        pass
    return scene


def _is_over() -> None:
    raise _Over


async def _later(act: Callable[..., Awaitable[None]], values: Sequence[object], after: float) -> None:
    await passes(after)
    await act(*values)


async def _course(machine: Machine, scene: Scene) -> None:
    process = await machine.up()

    def tells(*, firing: bool) -> Callable[[Work], Awaitable[object]]:
        alert = a_received_alert(firing=firing, severity="critical")
        return lambda work: intake.receive(work, machine.traits["prod"], Batch(alerts=(alert,)), renew_life=True)

    scene.began = machine.loop.time()
    await machine.call(tells(firing=True))
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(scene.eva_is_asked.wait(), 5 * STEP_SECONDS)
    await passes(ANSWERED_AFTER_SECONDS)

    async def the_page(c: Connection) -> str:
        return str((await c.execute("SELECT id FROM pages"))[0][0])

    page_id = await machine.disk.read(the_page)
    await machine.call(lambda work: commands.acknowledge(work, page_id, "eva", "cli"))
    scene.answered_at = machine.loop.time() - scene.began
    await passes(QUIET_SECONDS)
    await machine.call(tells(firing=False))
    for _ in range(LANDED_AFTER_SECONDS // 10):
        await passes(10)
        if not process.engine.in_flight:
            break
    scene.left_in_flight = process.engine.in_flight

    async def claimed(c: Connection) -> int:
        rows = await c.execute("SELECT COUNT(*) FROM notifications WHERE status = 'claimed'")
        return int(str(rows[0][0]))

    scene.left_claimed = await machine.disk.read(claimed)
