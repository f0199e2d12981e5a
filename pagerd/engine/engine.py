"""The engine as one object: what it holds, how a unit of work runs, and what follows its commit."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from pagerd.channels.base import Receipt
from pagerd.core.errors import StaleState
from pagerd.core.paging.facts import ASKING
from pagerd.core.plan import Plan
from pagerd.core.policy import Judge
from pagerd.engine import merging, outcomes, provider_health, signals, sweep, unattended
from pagerd.engine.attempts import Gone, NotSent, Waits
from pagerd.engine.boundaries import UNWATCHED, Boundaries, Boundary
from pagerd.engine.carriers import Carriers
from pagerd.engine.chance import Chance
from pagerd.engine.changes import Changes
from pagerd.engine.clock import Clock
from pagerd.engine.delivery import Delivery
from pagerd.engine.hand import Hand, Unhanded, renew
from pagerd.engine.in_flight import InFlight
from pagerd.engine.limits import LIMITS_SHARED, Limits
from pagerd.engine.metrics import Metrics
from pagerd.engine.share import ALONE
from pagerd.engine.work import LEASE, LEASE_SHARED, Claimed, Hearing, Question, Room, SourceTraits, Work
from pagerd.stores.base import Connection, Store, StoreUnavailable, Unit
from pagerd.stores.records import notifications
from pagerd.stores.records.exports import Export
from pagerd.stores.records.messages import Message

STALE_TRIES_MAX = 4
"""An act that met a state that somebody else had just changed, or an id that was taken, is done again so often."""

LOOKS_AFTER_TROUBLE = timedelta(seconds=1)
"""When the heart looks again after a commit that was not confirmed: if it was kept, something may be due by it."""

_OTHER = (Boundary.OTHER_STORED,)

T = TypeVar("T")
Act = Callable[[Work], Awaitable[T]]

log = structlog.get_logger()


class Engine:
    """Runs units of work and hands out what follows from them.

    `hand_out` is called after a commit with what is to be sent; `ask` with what a provider is to be asked, `ask_source`
    with the source that is to be asked, `read_checks` with the incident and `look_at` with the action item that are to
    be looked at; `export` with what the tracker is told, `tell` with a message about an incident, `publish` when what
    customers read changed; `wake` with the instant at which it looks again.
    One that is `observing` was given a delivery that sends nothing, and writes down what it would have sent.
    With a `node`, its id, the store has other nodes, now or at any time: `share` is what it takes up of what is due,
    `hand` what it has claimed, and `agrees` says whether all of them run on the same files.
    The plan is swapped whole; a unit sees one plan from its first line to its last.
    """

    def __init__(
        self,
        *,
        store: Store,
        plan: Plan,
        clock: Clock,
        chance: Chance,
        delivery: Delivery,
        metrics: Metrics,
        sources: Mapping[str, SourceTraits],
        with_links: bool,
        hearing: Hearing | None = None,
        limits: Limits | None = None,
        observing: bool = False,
        boundaries: Boundaries = UNWATCHED,
        node: str | None = None,
    ) -> None:
        self.node = node
        self.share = ALONE
        self.agrees = True
        self.takes_up = True
        """Whether it claims and fires what is due; one that stops leaves it to the other nodes."""
        self.hand = Hand()
        self.unhanded = Unhanded()
        self._changes = Changes()
        self.store = store
        self.clock = clock
        self.chance = chance
        self._delivery = delivery
        self.metrics = metrics
        self._sources = sources
        self._in_flight = InFlight(limits or (Limits() if node is None else LIMITS_SHARED))
        self.hearing = hearing or Hearing()
        self.observing = observing
        self.boundaries = delivery.boundaries = boundaries
        self.listens_since = clock.now()
        """Since when sources were heard without a break."""
        self._was_deaf = False
        self._with_links = with_links
        self._plan = plan
        self._judge = Judge(plan)
        self.hand_out: Callable[[Claimed], None] = unattended.nobody_sends
        self.ask: Callable[[Question], None] = unattended.nobody_asks
        self.export: Callable[[Export], None] = unattended.nobody_exports
        self.tell: Callable[[Message], None] = unattended.nobody_tells
        self.ask_source: Callable[[str], None] = unattended.nobody_asks
        self.read_checks: Callable[[int], None] = unattended.nobody_reads
        self.publish: Callable[[], None] = unattended.nobody_publishes
        self.look_at: Callable[[int], None] = unattended.nobody_looks
        self.wake: Callable[[datetime], None] = unattended.nobody_wakes
        delivery.attend(self.metrics.count_request, self._is_wanted)
        self._expect()

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return self._plan

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self._judge = Judge(plan)
        self._plan = plan
        self._expect()

    @property
    def sources(self) -> Mapping[str, SourceTraits]:
        """What is known of each source."""
        return self._sources

    @sources.setter
    def sources(self, sources: Mapping[str, SourceTraits]) -> None:
        self._sources = sources
        self._expect()

    @property
    def delivery(self) -> Delivery:
        """What makes the attempts."""
        return self._delivery

    @delivery.setter
    def delivery(self, delivery: Delivery) -> None:
        delivery.inherit(self._delivery)
        delivery.boundaries = self.boundaries
        self._delivery = delivery
        delivery.attend(self.metrics.count_request, self._is_wanted)
        self._expect()

    @property
    def in_flight(self) -> int:
        """How many messages are being sent."""
        return self._in_flight.count

    def room(self) -> Room:
        """Return how many messages of each medium may be handed out now."""
        if not self.takes_up:
            return Room()
        return self._in_flight.room(self._delivery.carriers, self.clock.now(), is_alone=self.share.is_all)

    def put_in_force(
        self,
        plan: Plan,
        delivery: Delivery,
        sources: Mapping[str, SourceTraits],
        *,
        with_links: bool,
        hearing: Hearing | None = None,
    ) -> None:
        """Swap all that the files say, in one step. Attempts in the air end on the delivery that they began on."""
        self.plan = plan
        self.delivery = delivery
        self.sources = sources
        self.hearing = hearing or Hearing()
        self._with_links = with_links

    async def transact(self, act: Act[T], *, sends_at_once: bool = True) -> T:
        """Run an act in one transaction; return its result after the commit, when all that follows was handed out.

        One that does not send at once leaves what is due to the next claim: many acts of one instant make one message.

        An act that meets a stale state is undone and done again, with what is there by then; so an act keeps nothing
        of its first run.
        """
        tried: Work | None = None

        async def unit(c: Connection) -> tuple[T, Work]:
            nonlocal tried
            tried = work = self._work(c, sends_at_once=sends_at_once)
            result = await (self._alone(work, act) if self.node is None else self._among_nodes(work, act))
            for boundary in work.crossed or _OTHER:
                self.boundaries.before(boundary)
            return result, work

        began = self.clock.monotonic()
        try:
            result, work = await self._write(unit)
        except StoreUnavailable:
            self.metrics.count("store_errors", ("write",), 1)
            self._was_deaf = True
            if tried is not None:
                self.unhanded.note(tried.outgoing)
                self._changes.note_unconfirmed(tried)
            self.wake(self.clock.now() + LOOKS_AFTER_TROUBLE)
            raise
        for boundary in work.crossed or _OTHER:
            self.boundaries.after(boundary)
        if self._was_deaf:
            self._was_deaf, self.listens_since = False, work.now
        self._after(work, began)
        if work.proofs:
            await self._tell_of_turns(self._delivery.carriers)
        if work.plan_changed and self.node is None:
            # Only now do new units see the new plan; a walk that began before would look with old eyes.
            await self.transact(sweep.under_new_plan)
        return result

    async def _alone(self, work: Work, act: Act[T]) -> T:
        await self._changes.make_sure(work)
        return await _whole(work, act)

    async def _among_nodes(self, work: Work, act: Act[T]) -> T:
        """Run an act under what any node has stored by now; what it stores itself all see with their next unit."""
        kept = False
        try:
            await self._changes.catch_up(work)
            result = await _whole(work, act)
            if work.plan_changed:
                await sweep.under_new_plan(work)  # so the walk under it may begin with it
            kept = True
            return result
        finally:
            self._changes.ends(work, kept=kept)

    async def _write(self, unit: Unit[T]) -> T:
        for _ in range(STALE_TRIES_MAX - 1):
            try:
                return await self.store.write(unit)
            except StaleState:
                continue
        return await self.store.write(unit)

    async def read(self, query: Callable[[Connection], Awaitable[T]]) -> T:
        """Run a query that changes nothing."""
        try:
            return await self.store.read(query)
        except StoreUnavailable:
            self.metrics.count("store_errors", ("read",), 1)
            raise

    async def deliver(self, claimed: Claimed) -> None:
        """Make one attempt at a claimed notification and store what became of it."""
        try:
            await self._deliver(claimed)
        finally:
            # An outcome that could not be stored is not waited for: the claim ends by itself.
            self.hand.lay_down(claimed)

    async def _deliver(self, claimed: Claimed) -> None:
        medium = claimed.notification.medium
        self._in_flight.begin(medium)
        claimed.begun_at = self.clock.now()
        delivery = self._delivery
        asks = claimed.notification.purpose in ASKING
        if not asks:
            self.boundaries.before(Boundary.CONFIRMED)
        try:
            if not await self._is_still_ours(claimed):
                log.warning("notification.claim_lost", notification=claimed.notification.id)
                self.metrics.count("claims_lost", (medium.value,), 1)
                return
            attempt = await delivery.attempt(claimed, self._plan)
        finally:
            if self._in_flight.end(medium, self._delivery.carriers):
                self.wake(self.clock.now())

        async def store_outcome(work: Work) -> None:
            match attempt:
                case Receipt():
                    await outcomes.accepted(work, claimed, attempt)
                case Gone():
                    await outcomes.refused(work, claimed, attempt.provider, attempt.detail)
                case NotSent():
                    await outcomes.not_sent(work, claimed, attempt)
                case Waits():
                    await outcomes.waits(work, claimed, attempt.until)

        await self.transact(store_outcome)
        if not asks:
            self.boundaries.after(Boundary.CONFIRMED)
        await self._tell_of_turns(delivery.carriers)

    async def hand_back(self, some: Sequence[Claimed]) -> None:
        """Make claimed messages that nobody began to send due at once, for whoever takes them up."""

        async def release(work: Work) -> None:
            for claimed in some:
                for one in claimed.all:
                    await notifications.release(work.c, one.id, claimed.claim, work.now)

        await self.transact(release, sends_at_once=False)
        for claimed in some:
            self.hand.lay_down(claimed)

    async def _is_still_ours(self, claimed: Claimed) -> bool:
        """Say whether nobody else sends it; where the clock leaves a doubt, the store says it, and renews the claim."""
        began = self.clock.monotonic()
        if not claimed.is_doubtful(began):
            return True
        kept = await self.transact(lambda work: renew(work, [claimed]), sends_at_once=False)
        if kept:
            self.hand.renewed(claimed, began)
        return bool(kept)

    async def _tell_of_turns(self, carriers: Carriers) -> None:
        """Let the operators hear which providers went into trouble, and which are back."""
        turns, carriers.turns = carriers.turns, []
        if not turns:
            return
        try:
            await self.transact(lambda work: provider_health.tell(work, turns, carriers))
        except StoreUnavailable:
            carriers.turns = [*turns, *carriers.turns]
            raise

    def _expect(self) -> None:
        """Let the metrics show at 0 what can happen under this plan, these sources and these providers."""
        # A company may have hundreds of heartbeats; what they have to tell is one gauge each.
        senders = [name for name, one in self._sources.items() if one.heartbeat is None]
        asked = [name for name, one in self._sources.items() if one.is_asked]
        self.metrics.expect(self._plan, sources=senders, providers=self._delivery.provider_names, asked=asked)

    async def _is_wanted(self, claimed: Claimed) -> bool:
        return await self.read(lambda c: notifications.is_any_wanted(c, [one.id for one in claimed.all]))

    def now(self, c: Connection) -> datetime:
        """Return the instant that a unit decides under: that of the database, where several nodes share it."""
        return self.clock.now() if c.now is None else c.now

    def _work(self, c: Connection, *, sends_at_once: bool) -> Work:
        now = self.now(c)
        return Work(
            c=c,
            plan=self._plan,
            judge=self._judge,
            now=now,
            listens_since=now if self._was_deaf else self.listens_since,
            chance=self.chance,
            with_links=self._with_links,
            hearing=self.hearing,
            observing=self.observing,
            room_now=self.room if sends_at_once else Room,
            lease=LEASE if self.node is None else LEASE_SHARED,
            agreed=self.agrees,
        )

    def _after(self, work: Work, began: float) -> None:
        for metric, labels, by in work.counts:
            self.metrics.count(metric, labels, by)
        for event, keys in work.said:
            log.info(event, **keys)
        if self._changes.are_news(work):
            # Only what the unit learned is taken over: the plan may have been swapped since.
            self._plan = self._plan.with_stored(
                overrides=tuple(one for one in work.plan.book.overrides if one.stored),
                silences=tuple(one for one in work.plan.silences if one.stored),
                unusable=work.plan.unusable,
            )
        for proof in work.proofs:
            self._delivery.carriers.heed(proof, work.now)
        for claimed in work.outgoing:
            self._in_flight.hand_out(claimed.notification.medium)
            if self.node is not None:
                self.hand.take(claimed, began)
            self.hand_out(claimed)
        for question in work.questions:
            self.ask(question)
        for told in work.exports:
            self.export(told)
        for message in work.messages:
            self.tell(message)
        for source in work.sources_to_ask:
            self.ask_source(source)
        for incident in work.checks_to_read:
            self.read_checks(incident)
        if work.publishes:
            self.publish()
        for action in work.actions_to_look_at:
            self.look_at(action)
        if work.earliest is not None:
            self.wake(work.earliest)


async def _whole(work: Work, act: Act[T]) -> T:
    result = await act(work)
    await merging.complete(work)
    await signals.keep(work)
    return result
