"""A whole pagerd on virtual time: the real engine on a real SQLite in memory, simulated providers, a seeded chance."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from pagerd.channels.base import DeliveryReport, DeliveryStatus, InboundText, Provider
from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.paging.page import Page
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.engine import going_live, intake, outcomes, provider_health, questions, replies, stored, sweep
from pagerd.engine.actions.looking import Looker
from pagerd.engine.asking import Asker
from pagerd.engine.asking_sources import Members, SourceAsker
from pagerd.engine.auditor import Auditor, Finding
from pagerd.engine.boundaries import UNWATCHED, Boundaries
from pagerd.engine.carriers import Rates
from pagerd.engine.chance import Chance
from pagerd.engine.clock import Clock, VirtualClock
from pagerd.engine.delivery import Delivery
from pagerd.engine.engine import Engine
from pagerd.engine.exporting import Exporter
from pagerd.engine.incidents.messenger import Messenger
from pagerd.engine.incidents.sampling import Sampler
from pagerd.engine.metrics import Metrics
from pagerd.engine.observing import observers
from pagerd.engine.tick import tick
from pagerd.engine.work import Claimed, Hearing, Question, SourceTraits, Work
from pagerd.lab.instruments import Instruments
from pagerd.lab.phones import Phones, Sent
from pagerd.lab.receivers import Receivers
from pagerd.lab.rounds import Rounds
from pagerd.lab.tracker import Tracker
from pagerd.stores.base import Connection
from pagerd.stores.records import pages
from pagerd.stores.records.exports import Export
from pagerd.stores.records.messages import Message
from pagerd.stores.sqlite import SqliteStore

T = TypeVar("T")


PUBLIC_URL = "https://pager.example.org"


class World:
    """Holds the engine, the clock and the phones. Everything that was sent is in `sent`, in order.

    One that is `observing` sends nothing: the phones hear nothing of it.

    Without `callbacks` nobody can reach this pagerd: it has no public URL, and asks its providers for everything.
    The media of `backups` have a second provider; `rates` says how many messages a provider takes. `names` are what the
    providers of a medium are called, the first one's first; otherwise they are the lab's.
    `boundaries` are called by every engine of this world, those after a crash as well.
    With `clock_of` pagerd goes by a clock made of that of the world: one that shows another time, and is set.
    With `phones` of somebody else's these stand in the place of its own, and nothing is in `sent`.
    """

    def __init__(
        self,
        plan: Plan,
        start: datetime,
        *,
        seed: int = 1,
        sources: Mapping[str, SourceTraits] | None = None,
        callbacks: bool = True,
        observing: bool = False,
        backups: Iterable[Medium] = (),
        rates: Rates | None = None,
        names: Mapping[Medium, Sequence[str]] | None = None,
        boundaries: Boundaries = UNWATCHED,
        phones: Mapping[Medium, Phones] | None = None,
        clock_of: Callable[[VirtualClock], Clock] | None = None,
    ) -> None:
        self.clock = VirtualClock(start)
        self.own_clock = self.clock if clock_of is None else clock_of(self.clock)
        """What pagerd goes by; a start after a crash takes what stands here then."""
        self.chance = Chance(seed)
        self.sent: list[Sent] = []
        named = {medium: [*(names or {}).get(medium, ())] for medium in Medium}
        self.phones = phones or {medium: Phones(medium, self.sent.append, *named[medium][:1]) for medium in Medium}
        self.backups = {
            medium: Phones(medium, self.sent.append, *(named[medium][1:2] or [f"lab-{medium.value}-backup"]))
            for medium in backups
        }
        self._rates = rates
        self._boundaries = boundaries
        self.traits = dict(sources or {"alertmanager": SourceTraits(name="alertmanager")})
        self.observing = observing
        self.store = SqliteStore.in_memory()
        self.hearing = Hearing(by_callback=callbacks, asks_for_texts=True)
        """How the phones of this world can be heard; nobody listens to them while observing."""
        self._waiting: list[Claimed] = []
        self._questions: list[Question] = []
        self._exports: list[Export] = []
        self._messages: list[Message] = []
        self.tracker = Tracker()
        self.receivers = Receivers()
        self._sources_to_ask: list[str] = []
        self.instruments = Instruments()
        self._checks_to_read: list[int] = []
        self._actions_to_look_at: list[int] = []
        self.members: dict[str, Members] = {}
        self.engine = self._start(plan)

    def _start(self, plan: Plan) -> Engine:
        phones: Mapping[Medium, Sequence[Provider]] = {
            medium: (phone, *(backup for other, backup in self.backups.items() if other is medium))
            for medium, phone in self.phones.items()
        }
        if self.observing:
            phones = observers(phones)
        public_url = PUBLIC_URL if self.hearing.by_callback else None
        engine = Engine(
            store=self.store,
            plan=plan,
            clock=self.own_clock,
            chance=self.chance,
            delivery=Delivery(
                phones,
                self.own_clock,
                public_url,
                None if self.observing else self.tracker,
                rates=self._rates,
                receivers={} if self.observing else self.receivers.named(plan.receivers),
            ),
            metrics=Metrics(),
            sources=self.traits,
            with_links=False,
            hearing=replace(self.hearing, asks_for_texts=not self.observing),
            observing=self.observing,
            boundaries=self._boundaries,
        )
        engine.hand_out = self._waiting.append
        self.asker = Asker(engine)
        self.auditor = Auditor(engine)
        engine.ask = self._questions.append
        self.exporter = Exporter(engine)
        engine.export = self._exports.append
        self.messenger = Messenger(engine)
        engine.tell = self._messages.append
        self.source_asker = SourceAsker(engine, self.members)
        engine.ask_source = self._sources_to_ask.append
        self.sampler = Sampler(engine, self.instruments)
        engine.read_checks = self._checks_to_read.append
        self.looker = Looker(engine, self.instruments)
        engine.look_at = self._actions_to_look_at.append
        return engine

    def crash(self) -> None:
        """Lose everything that is only in memory, and start again on the same store."""
        self._waiting.clear()
        self._questions.clear()
        self._exports.clear()
        self._messages.clear()
        self._sources_to_ask.clear()
        self._checks_to_read.clear()
        self._actions_to_look_at.clear()
        self.engine = self._start(self.engine.plan)

    async def begin(self) -> None:
        """Do what the daemon does at its start, before it listens."""
        now = self.own_clock.now()

        async def watch(work: Work) -> None:
            await intake.watch_sources(work, self.traits, listens_since=now)

        await going_live.settle_mode(self.engine)
        await self.engine.transact(watch)
        await self.engine.transact(lambda work: provider_health.recall(work, self.engine.delivery.carriers))
        await self.engine.transact(sweep.under_new_plan)
        await self.engine.transact(questions.begin)

    async def put_in_force(self, plan: Plan) -> None:
        """Swap the plan, as a reload does."""

        async def lay(c: Connection) -> Plan:
            return await stored.lay_over(c, plan, self.own_clock.now())

        self.engine.plan = await self.engine.read(lay)
        await self.engine.transact(sweep.under_new_plan)

    async def receive(self, source: str, *alerts: ReceivedAlert) -> None:
        """Let a source send one message."""

        async def act(work: Work) -> None:
            await intake.receive(work, self.traits[source], Batch(alerts=alerts), renew_life=True)

        await self.engine.transact(act)

    async def do(self, act: Callable[[Work], Awaitable[T]]) -> T:
        """Let a person act."""
        return await self.engine.transact(act)

    async def report(self, sent: Sent, status: DeliveryStatus, detail: str = "") -> None:
        """Let a provider report about something that was sent; where it cannot, it says so when it is asked."""
        report = DeliveryReport(provider_id=sent.provider_id, status=status, detail=detail)
        if not self.hearing.by_callback:
            self.phones[sent.outgoing.medium].reports[sent.provider_id] = report
            return

        async def act(work: Work) -> None:
            await outcomes.reported(work, sent.outgoing.id, report)

        await self.engine.transact(act)

    async def text(self, provider_id: str, sender: str, body: str) -> str | None:
        """Let somebody text us; return what the provider carries back. Where it cannot reach us, it keeps the text."""
        if self.hearing.by_callback:
            return await self.engine.transact(lambda work: replies.read_text(work, provider_id, sender, body, None))
        at = self.own_clock.wall()
        text = InboundText(provider_id=provider_id, sender=sender, to="", body=body, at=at)
        self.phones[Medium.SMS].texts.append(text)
        return None

    async def settle(self) -> datetime | None:
        """Carry out all that is due at this instant; return when the next thing is due."""
        rounds = Rounds(self.own_clock)
        while True:
            rounds.begin()
            while self._waiting:
                await self.engine.deliver(self._waiting.pop(0))
            while self._questions:
                await self.asker.ask(self._questions.pop(0))
            while self._exports:
                await self.exporter.tell(self._exports.pop(0))
            while self._messages:
                await self.messenger.tell(self._messages.pop(0))
            while self._sources_to_ask:
                await self.source_asker.ask(self._sources_to_ask.pop(0))
            while self._checks_to_read:
                await self.sampler.read(self._checks_to_read.pop(0))
            while self._actions_to_look_at:
                await self.looker.look(self._actions_to_look_at.pop(0))
            due = await tick(self.engine)
            asked = (self._questions, self._sources_to_ask, self._checks_to_read, self._actions_to_look_at)
            in_hand = (self._waiting, self._exports, self._messages, *asked)
            if not any(in_hand) and (due is None or due > self.own_clock.now()):
                return due

    async def run_until(self, at: datetime) -> None:
        """Let time pass, stopping wherever something is due."""
        while True:
            due = await self.settle()
            if due is None or (due := self.clock.now() + (due - self.own_clock.now())) > at:
                break
            self.clock.move_to(due)
        self.clock.move_to(at)

    async def audit(self) -> tuple[Finding, ...]:
        """Let the auditor look once, as the daemon's does every 15 s."""
        return await self.auditor.look()

    async def open_pages(self) -> list[Page]:
        """Return the pages that are open, the newest first."""
        return (await self.engine.read(pages.list_pages)).pages
