"""Simulated providers, with every way in which real ones fail us.

A provider takes a request after a while, carries the message to a phone or loses it, and tells us how far it came:
late, twice, out of order, or not at all. What it knows it also says when it is asked.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pagerd.channels.base import (
    AccountFault,
    Busy,
    ContentFault,
    DeliveryReport,
    DeliveryStatus,
    InboundText,
    Outgoing,
    Receipt,
)
from pagerd.core.errors import PagerdError, Refused, Unavailable, Unconfirmed
from pagerd.core.paging.message import Text
from pagerd.core.people import Medium
from pagerd.engine import outcomes
from pagerd.engine.boundaries import Boundary
from pagerd.lab.storms.faults import Fault
from pagerd.lab.storms.machine import Down, Machine, Process
from pagerd.lab.storms.perils import REPORT

PLAIN_MAX = 90
"""Signs of a text that a filtering carrier still takes."""


class Mood(StrEnum):
    """What is the matter with a provider, for as long as it lasts."""

    WORKS = "works"
    DOWN = Fault.PROVIDER_DOWN.name
    BUSY = Fault.PROVIDER_BUSY.name
    SLOW = Fault.PROVIDER_SLOW.name
    LOSES_ANSWERS = Fault.PROVIDER_LOSES_ANSWERS.name
    SWALLOWS = Fault.PROVIDER_SWALLOWS.name
    ACCOUNT = Fault.PROVIDER_ACCOUNT.name
    FILTERS = Fault.PROVIDER_FILTERS.name
    BREAKS = Fault.PROVIDER_BREAKS.name


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that reached a phone or a mailbox."""

    outgoing: Outgoing
    provider_id: str
    at: datetime


Phone = Callable[[Heard], None]
"""Who hears what is carried."""


class Exchange:
    """One provider of one medium, as the world knows it; each process talks to it by an Account."""

    def __init__(self, machine: Machine, medium: Medium, name: str, phone: Phone) -> None:
        self.machine = machine
        self.medium = medium
        self.name = name
        self.mood = Mood.WORKS
        self.invalid: set[str] = set()
        self.texts: list[InboundText] = []
        self.taken: list[tuple[str, str]] = []
        """Every message that it took: the notification's id, and its own."""
        self.looked_at = 0
        """How many of them were counted."""
        self.said: set[tuple[str, str]] = set()
        """What became of them: our id, and how far it came, as we are told or would be."""
        self.heard: set[tuple[str, str, str]] = set()
        """What of that we were told, and answered: our id, its own, and how far."""
        self._known: dict[str, DeliveryReport] = {}
        self._phone = phone
        self._count = 0

    def carry(self, outgoing: Outgoing) -> str:
        """Take a message, carry it unless it is swallowed, and report about it; return our id of it."""
        machine, dice = self.machine, self.machine.dice
        self._count += 1
        provider_id = f"{self.name}{self._count}"
        self.taken.append((outgoing.id, provider_id))
        if self.mood is Mood.SWALLOWS and machine.weather.strikes(Fault.PROVIDER_SWALLOWS):
            return provider_id
        if self.medium is Medium.EMAIL:
            late = machine.weather.strikes(Fault.MAIL_LATE, 0.2)
            self._later(
                dice.between(1800, 7200) if late else dice.between(0.5, 3), self._arrives, outgoing, provider_id
            )
            return provider_id
        if self.medium is Medium.SMS:
            self._later(dice.between(0.5, 4), self._arrives, outgoing, provider_id)
            way = (DeliveryStatus.SENT, DeliveryStatus.DELIVERED)
        elif machine.weather.strikes(Fault.CALL_NOT_ANSWERED, 0.3):
            way = (DeliveryStatus.RINGING, DeliveryStatus.NOT_REACHED)
        else:
            self._later(dice.between(3, 15), self._arrives, outgoing, provider_id)
            way = (DeliveryStatus.RINGING, DeliveryStatus.ANSWERED)
        at = dice.between(0.3, 1.5)
        for status in way:
            self._later(
                at, self._reports, outgoing.id, DeliveryReport(provider_id=provider_id, status=status, detail="")
            )
            at += dice.between(1, 12)
        return provider_id

    def _later(self, seconds: float, act: Callable[..., None], *values: object) -> None:
        self.machine.loop.call_later(seconds, act, *values)

    def _arrives(self, outgoing: Outgoing, provider_id: str) -> None:
        self.machine.record.note(f"{self.name} reaches {outgoing.to[-2:]} with {outgoing.id[:14]}")
        self._phone(Heard(outgoing, provider_id, self.machine.now()))

    def _reports(self, notification_id: str, report: DeliveryReport) -> None:
        """Know it from now on, and call us: once, unless the weather is bad."""
        weather, dice = self.machine.weather, self.machine.dice
        self._known[report.provider_id] = report
        self.said.add((notification_id, report.status.value))
        if weather.strikes(Fault.CALLBACK_LOST, 0.3):
            return
        times, wait = 1, dice.between(0.01, 0.2)
        if weather.strikes(Fault.CALLBACK_TWICE, 0.2):
            times = 2
        if weather.strikes(Fault.CALLBACK_FLOOD, 0.02):
            times = 30
        if weather.strikes(Fault.CALLBACK_LATE, 0.2):
            wait = dice.between(5, 600)
        for turn in range(times):
            self.machine.spawn(self._calls_back, notification_id, report, after=wait + turn * 0.05)

    async def _calls_back(self, notification_id: str, report: DeliveryReport) -> None:
        try:
            await self.machine.call(lambda work: outcomes.reported(work, notification_id, report), REPORT)
        except (Down, PagerdError) as error:
            self.machine.record.note(f"{self.name} meets {type(error).__name__} with its report")
            return
        self.heard.add((notification_id, report.provider_id, report.status.value))
        self.machine.record.event("callback", f"{self.name}: {notification_id[:14]} is {report.status}")

    def report(self, provider_id: str) -> DeliveryReport:
        """Say how far a message came."""
        accepted = DeliveryReport(provider_id=provider_id, status=DeliveryStatus.ACCEPTED, detail="")
        return self._known.get(provider_id, accepted)


class Account:
    """What one process of pagerd holds of an Exchange: a Provider, a Reporter and an Inbox."""

    takes_answers = True

    def __init__(self, exchange: Exchange, process: Process, watch: Callable[[Outgoing], Awaitable[None]]) -> None:
        self.exchange = exchange
        self.name = exchange.name
        self.medium = exchange.medium
        self._process = process
        self._watch = watch

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:
        """Make one attempt, as the mood is."""
        exchange, machine = self.exchange, self.exchange.machine
        self._process.check_alive()
        machine.record.event("attempt", f"{self.name} is asked to take {outgoing.id[:14]}, attempt {outgoing.attempt}")
        await self._watch(outgoing)
        if machine.weather.strikes(Fault.CRASH_IN_REQUEST, 0.004):
            if machine.dice.hits(0.7):
                exchange.carry(outgoing)
            self._process.kill("with a request in the air")
        self._process.check_alive()
        self._process.perils.after(Boundary.PROVIDER_ASKED)
        await self._answer_within(outgoing, deadline_seconds)
        provider_id = exchange.carry(outgoing)
        self._process.perils.before(Boundary.PROVIDER_ANSWERED)
        if exchange.mood is Mood.LOSES_ANSWERS and machine.weather.strikes(Fault.PROVIDER_LOSES_ANSWERS):
            self._perhaps_taken(outgoing)
            raise Unconfirmed(f"{self.name} took it and did not answer")
        await asyncio.sleep(machine.dice.between(0.01, 0.2))
        self._process.check_alive()
        asked = self.medium is not Medium.EMAIL
        return Receipt(self.name, provider_id, DeliveryStatus.ACCEPTED, can_be_asked=asked)

    async def _answer_within(self, outgoing: Outgoing, deadline_seconds: float) -> None:
        """Fail as the mood is, or take the time that it takes."""
        exchange, machine = self.exchange, self.exchange.machine
        weather, dice = machine.weather, machine.dice
        takes = dice.between(0.02, 0.6)
        match exchange.mood:
            case Mood.DOWN if weather.strikes(Fault.PROVIDER_DOWN):
                await asyncio.sleep(dice.between(0.01, 3))
                self._process.check_alive()
                raise Unavailable(f"{self.name} answers 503")
            case Mood.BUSY if weather.strikes(Fault.PROVIDER_BUSY):
                raise Busy(f"{self.name} takes no more now", retry_after_seconds=dice.pick((None, 1, 20)))
            case Mood.ACCOUNT if weather.strikes(Fault.PROVIDER_ACCOUNT):
                raise AccountFault(f"{self.name} knows no such account")
            case Mood.BREAKS if weather.strikes(Fault.PROVIDER_BREAKS):
                raise RuntimeError("an adapter with a fault of its own")
            case Mood.FILTERS if isinstance(outgoing.body, Text) and len(outgoing.body.body) > PLAIN_MAX:
                if weather.strikes(Fault.PROVIDER_FILTERS):
                    raise ContentFault(f"{self.name} takes this for spam")
            case Mood.SLOW if weather.strikes(Fault.PROVIDER_SLOW):
                takes = dice.between(2, 60)
            case _:
                pass
        if outgoing.to in exchange.invalid and not weather.is_calm:
            weather.hits[Fault.NUMBER_REFUSED] += 1
            raise Refused(f"{self.name} will never deliver there")
        if takes > deadline_seconds:
            await asyncio.sleep(deadline_seconds)
            self._process.check_alive()
            if dice.hits(0.5):
                exchange.carry(outgoing)
                self._perhaps_taken(outgoing)
            raise Unconfirmed(f"{self.name} did not answer within {deadline_seconds:g} s")
        await asyncio.sleep(takes)
        self._process.check_alive()

    def _perhaps_taken(self, outgoing: Outgoing) -> None:
        """It was taken, and nobody will know: once more is right."""
        air = self.exchange.machine.air
        if (claimed := air.claimed(outgoing.id)) is not None:
            air.excuse(claimed)

    async def report(self, provider_id: str, deadline_seconds: float) -> DeliveryReport:
        """Say how far a message came."""
        await self._asked(deadline_seconds)
        return self.exchange.report(provider_id)

    async def inbound_since(self, since: datetime, deadline_seconds: float) -> Sequence[InboundText]:
        """Return the texts that came in since an instant."""
        await self._asked(deadline_seconds)
        return [text for text in self.exchange.texts if text.at is None or text.at >= since]

    async def _asked(self, deadline_seconds: float) -> None:
        self._process.check_alive()
        await asyncio.sleep(self.exchange.machine.dice.between(0.02, 0.3))
        self._process.check_alive()
        if self.exchange.mood in (Mood.DOWN, Mood.SLOW):
            raise Unavailable(f"{self.name} did not answer within {deadline_seconds:g} s")

    async def close(self) -> None:
        """Nothing is held."""
