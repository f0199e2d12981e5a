"""Sends what was claimed: renders it, and asks the providers of its medium, those first that work.

Nothing here runs inside a transaction. If the process dies between the provider's answer and the stored outcome, the
claim ends and the message goes out once more: twice is better than never.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from pagerd.channels.base import (
    AccountFault,
    Busy,
    ContentFault,
    Declined,
    DeliveryReport,
    DeliveryStatus,
    InboundText,
    Inbox,
    MessageReceiver,
    Outgoing,
    Provider,
    Receipt,
    Reporter,
    TicketEvent,
    TicketTracker,
    Told,
    Tracked,
)
from pagerd.core.errors import PagerdError, Refused, Unavailable, Unconfirmed, Withheld
from pagerd.core.paging import gsm, standing
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.message import Text
from pagerd.core.paging.notification import Notification
from pagerd.core.people import Medium, Urgency
from pagerd.core.plan import Plan
from pagerd.engine import rendering, unattended
from pagerd.engine.attempts import Asked, Attempt, Gone, NotSent, Run, Waits, not_sent, outcome_of, promised
from pagerd.engine.boundaries import UNWATCHED, Boundary
from pagerd.engine.carriers import Allowance, Carrier, Carriers, Rates
from pagerd.engine.clock import Clock
from pagerd.engine.rendering import Ways
from pagerd.engine.work import Claimed
from pagerd.stores.base import StoreUnavailable

log = structlog.get_logger()

DEADLINE_SECONDS = 20.0
"""One provider. Less than half of LEASE, so that two that hang still fit."""

STANDBY_SECONDS = 8.0
"""One behind which another one that works stands ready: what answers at all has mostly done so in two."""

PROBE_SECONDS = 5.0
"""One that is in trouble, while another one works: twice what a slow answer takes, and no long wait for the reader."""

ATTEMPT_SECONDS = 45.0
"""All providers together, however many: LEASE less what it takes to store the outcome."""

LAST_SECONDS = 1.0
"""With less than this left of an attempt no further provider is asked: the next attempt asks others first."""

WORST_RANK = 1

ASK_SECONDS = 10.0
"""One question to a provider; it is asked again soon, so nobody needs to wait for long."""

VALID_FOR_MIN = timedelta(minutes=1)
VALID_FOR_MAX = timedelta(minutes=30)


class Delivery:
    """Makes attempts. Holds the providers of each medium in the files' order, and asks those first that work.

    A reload puts another one in its place; attempts in the air end on the one that they began on, then it is retired.

    No message offers an answer that would not reach us.
    """

    def __init__(
        self,
        providers: Mapping[Medium, Sequence[Provider]],
        clock: Clock,
        public_url: str | None,
        tracker: TicketTracker | None = None,
        rates: Rates | None = None,
        receivers: Mapping[str, MessageReceiver] | None = None,
    ) -> None:
        self._providers = providers
        self._tracker = tracker
        self._receivers = receivers or {}
        self.carriers = Carriers(providers, rates or {}, clock.now())
        self._clock = clock
        self._public_url = public_url.rstrip("/") if public_url else None
        self._texts_are_heard = any(provider.takes_answers for provider in providers.get(Medium.SMS, ()))
        self._asked: Callable[[Asked], None] = unattended.nobody_counts
        self._is_wanted: Callable[[Claimed], Awaitable[bool]] = unattended.nobody_knows_better
        self.boundaries = UNWATCHED
        self._in_the_air = 0
        self._landed = asyncio.Event()

    @property
    def provider_names(self) -> tuple[tuple[str, str], ...]:
        """The medium and the name of each provider."""
        return tuple((medium.value, one.name) for medium, some in self._providers.items() for one in some)

    def attend(self, asked: Callable[[Asked], None], is_wanted: Callable[[Claimed], Awaitable[bool]]) -> None:
        """Let `asked` be told of each request, and ask `is_wanted` before a message goes on to a further provider."""
        self._asked, self._is_wanted = asked, is_wanted

    def allowance(self, medium: Medium) -> Allowance:
        """Return how many messages of a medium may be begun now, and when more."""
        return self.carriers.allowance(medium, self._clock.now())

    def inherit(self, old: "Delivery") -> None:
        """Go on with what another one learnt of the same providers."""
        self.carriers.inherit(old.carriers, self._clock.now())

    async def attempt(self, claimed: Claimed, plan: Plan) -> Attempt:
        """Ask the providers of the notification's medium once each, until one takes it or the time for it is over."""
        with self._in_use():
            return await self._attempt(claimed, plan)

    async def report(self, one: Notification) -> DeliveryReport:
        """Ask the provider that took a notification how far it came; raises one of our errors when it does not say."""
        problem: PagerdError = Unavailable(f"asking after a notification: no provider {one.provider} can be asked")
        with self._in_use():
            for provider in self._providers.get(one.medium, ()):
                if provider.name != one.provider or not isinstance(provider, Reporter):
                    continue
                try:
                    return await promised(
                        provider.report(one.provider_id or "", ASK_SECONDS), ASK_SECONDS, provider.name
                    )
                except PagerdError as error:
                    problem = error
        raise problem

    @property
    def inboxes(self) -> Mapping[str, Inbox]:
        """The providers that can be asked for texts, by a name for people."""
        found = [one for one in self._providers.get(Medium.SMS, ()) if isinstance(one, Inbox)]
        return {f"sms/{one.name}": one for one in found}

    async def texts_since(self, inbox: Inbox, since: datetime) -> Sequence[InboundText]:
        """Ask one of the inboxes for what came in since an instant; raises one of our errors when it does not say."""
        with self._in_use():
            return await promised(inbox.inbound_since(since, ASK_SECONDS), ASK_SECONDS, "the inbox")

    async def tell_tracker(self, event: TicketEvent, deadline_seconds: float) -> Tracked:
        """Tell the tracker what happened to a ticket; raises one of our errors when it did not take it."""
        if self._tracker is None:
            raise Unavailable("telling the tracker: there is none")
        with self._in_use():
            self.boundaries.before(Boundary.PROVIDER_ASKED)
            try:
                return await promised(self._tracker.post(event, deadline_seconds), deadline_seconds, "the tracker")
            finally:
                self.boundaries.after(Boundary.PROVIDER_ANSWERED)

    async def tell(self, receiver: str, told: Told, deadline_seconds: float) -> None:
        """Tell one receiver a message; raises one of our errors when it did not take it."""
        if receiver not in self._receivers:
            raise Unavailable(f"telling {receiver}: its secret could not be read at the start")
        with self._in_use():
            self.boundaries.before(Boundary.PROVIDER_ASKED)
            try:
                await promised(self._receivers[receiver].tell(told, deadline_seconds), deadline_seconds, receiver)
            finally:
                self.boundaries.after(Boundary.PROVIDER_ANSWERED)

    async def mail(self, outgoing: Outgoing, deadline_seconds: float) -> None:
        """Send a mail that is no notification, by the providers of mail, those first that work."""
        problem: PagerdError = Unavailable("mailing: no provider takes a mail now")
        with self._in_use():
            for carrier in self.carriers.ordered(Medium.EMAIL, self._clock.now(), may_probe=True):
                try:
                    await self._ask(carrier, outgoing, deadline_seconds)
                except (Unavailable, Unconfirmed) as error:
                    self._note_failure(carrier, Medium.EMAIL, error)
                    problem = error
                else:
                    self.carriers.stands(Medium.EMAIL, carrier, standing.took_one(carrier.standing))
                    return
        raise problem

    @property
    def public_url(self) -> str | None:
        """Where people reach this pagerd."""
        return self._public_url

    @contextlib.contextmanager
    def _in_use(self) -> Iterator[None]:
        self._in_the_air += 1
        try:
            yield
        finally:
            self._in_the_air -= 1
            self._landed.set()

    async def retire(self, within_seconds: float) -> None:
        """Close the providers when the last attempt on them has ended, or when that took too long."""
        try:
            async with asyncio.timeout(within_seconds):
                while self._in_the_air:
                    self._landed.clear()
                    await self._landed.wait()
        except TimeoutError:
            log.warning("delivery.closed_under_attempts", attempts=self._in_the_air, seconds=within_seconds)
        for some in self._providers.values():
            for provider in some:
                await provider.close()
        if self._tracker is not None:
            await self._tracker.close()
        for receiver in self._receivers.values():
            await receiver.close()

    async def _attempt(self, claimed: Claimed, plan: Plan) -> Attempt:
        medium = claimed.notification.medium
        asks = claimed.notification.purpose in ASKING
        is_grave = asks and claimed.notification.rank <= WORST_RANK
        now = self._clock.now()
        carriers = self.carriers.ordered(medium, now, may_probe=not is_grave, may_be_lost=not asks)
        if not carriers and self.carriers.of(medium):
            return Waits(self.allowance(medium).more_at)
        run = Run(claimed, plan, ends_at=self._clock.monotonic() + ATTEMPT_SECONDS)
        for place, carrier in enumerate(carriers):
            left = run.ends_at - self._clock.monotonic()
            if run.failed is not None and (left < LAST_SECONDS or not await self._goes_on(claimed)):
                break
            is_backed = any(not other.standing.in_trouble for other in carriers[place + 1 :])
            seconds = STANDBY_SECONDS if is_backed else DEADLINE_SECONDS
            if is_backed and carrier.standing.in_trouble:
                seconds = PROBE_SECONDS
            try:
                done = await self._try(carrier, run, min(left, seconds))
            except Withheld:
                return Waits(self._clock.now())
            if done is not None:
                return done
        return run.failed or NotSent("none", f"no provider is configured for {medium}", perhaps_sent=False)

    async def _goes_on(self, claimed: Claimed) -> bool:
        """Say whether a further provider is asked: the message is ours still, and somebody wants it still.

        Whoever acknowledged while the first one kept us waiting is not called by the second. Where the store cannot
        say so, it is asked: better once too often.
        """
        if claimed.is_doubtful(self._clock.monotonic()):
            return False
        try:
            return await self._is_wanted(claimed)
        except StoreUnavailable:
            return True

    async def _try(self, carrier: Carrier, run: Run, seconds: float) -> Receipt | Gone | None:
        """Ask one provider; None when it did not take the message: then `run` has why, and how it stands is noted."""
        claimed, provider, now = run.claimed, carrier.provider, self._clock.now()
        medium = claimed.notification.medium
        if carrier.standing.may_be_probed(now):
            self.carriers.stands(medium, carrier, standing.probed(carrier.standing, now))
        try:
            receipt = await self._send(carrier, claimed, run.plan, seconds)
        except Refused as error:
            self.carriers.stands(medium, carrier, standing.took_one(carrier.standing))
            self._log(claimed, provider, "refused", str(error))
            return Gone(provider.name, str(error))
        except (Unavailable, Unconfirmed) as error:
            self._note_failure(carrier, medium, error)
            self._log(claimed, provider, outcome_of(error), str(error))
            run.note(not_sent(provider.name, error))
        except Withheld as error:
            self._log(claimed, provider, "withheld", str(error))
            raise
        except Exception as error:
            # A provider that breaks its promise: else the claim would end and the message go out again for ever.
            log.exception("notification.provider_broken", notification=claimed.notification.id, provider=provider.name)
            detail = f"pagerd failed: {type(error).__name__}"
            self.carriers.stands(medium, carrier, standing.failed(carrier.standing, self._clock.now(), detail))
            run.note(NotSent(provider.name, detail, perhaps_sent=True))
        else:
            self.carriers.stands(medium, carrier, standing.took_one(carrier.standing))
            self._log(claimed, provider, receipt.status.value, "")
            return receipt
        return None

    def _note_failure(self, carrier: Carrier, medium: Medium, error: Unavailable | Unconfirmed) -> None:
        """Note what a failure says about the provider, which may be nothing: then it works."""
        known, now = carrier.standing, self._clock.now()
        match error:
            case Busy():
                after = standing.wants_fewer(known, now, error.retry_after_seconds)
            case ContentFault() | Declined():
                after = standing.took_one(known)
            case AccountFault() if not error.for_everybody:
                after = standing.took_one(known)
            case _:
                after = standing.failed(known, now, str(error), for_everybody=isinstance(error, AccountFault))
        self.carriers.stands(medium, carrier, after)

    async def _send(self, carrier: Carrier, claimed: Claimed, plan: Plan, seconds: float) -> Receipt:
        """Ask one; words that it will not carry are said once more as plainly as can be, within the same seconds."""
        one, provider, ways = claimed.notification, carrier.provider, self._ways(carrier.provider)
        ends_at = self._clock.monotonic() + seconds
        outgoing = Outgoing(
            id=one.id,
            attempt=one.attempts + 1,
            medium=one.medium,
            to=one.address,
            body=rendering.body_of(claimed, plan, self._clock.now(), ways),
            valid_for=self._valid_for(claimed),
            callback_url=f"{self._public_url}/api/v1/provider/{one.id}" if self._public_url else None,
            may_leave=lambda: not claimed.is_doubtful(self._clock.monotonic()),
        )
        try:
            return await self._ask(carrier, outgoing, seconds)
        except ContentFault as error:
            self._log(claimed, provider, "filtered", str(error))
            plainly = replace(outgoing, body=rendering.plain_body(claimed, ways))
            return await self._ask(carrier, plainly, max(ends_at - self._clock.monotonic(), LAST_SECONDS))

    async def _ask(self, carrier: Carrier, outgoing: Outgoing, seconds: float) -> Receipt:
        """Ask a provider once, and tell how that went."""
        provider = carrier.provider
        carrier.take(self._clock.now())
        began = self._clock.monotonic()

        def tell(*, works: bool, segments: int = 0) -> None:
            self._asked(Asked(outgoing.medium, provider.name, self._clock.monotonic() - began, works, segments))

        self.boundaries.before(Boundary.PROVIDER_ASKED)
        carrier.asking += 1
        try:
            receipt = await promised(provider.send(outgoing, seconds), seconds, provider.name)
        except (Refused, ContentFault, Declined, Busy):
            tell(works=True)  # it answered: the trouble is with the contact, or with our words
            raise
        except (Unavailable, Unconfirmed):
            tell(works=False)
            raise
        finally:
            carrier.asking -= 1
            self.boundaries.after(Boundary.PROVIDER_ANSWERED)
        if receipt.status is not DeliveryStatus.OBSERVED:
            body = outgoing.body
            tell(works=True, segments=gsm.segments(body.body) if isinstance(body, Text) else 0)
        return receipt

    def _ways(self, provider: Provider) -> Ways:
        """Say which answers can be given to what this provider carries. A key is told by callback alone."""
        match provider.medium:
            case Medium.SMS:
                by_text = provider.takes_answers
            case Medium.VOICE if self._public_url is None:
                by_text = self._texts_can_be_fetched()
            case _:
                by_text = self._texts_are_heard
        return Ways(
            public_url=self._public_url,
            by_text=by_text,
            by_key=provider.takes_answers and self._public_url is not None,
        )

    def _texts_can_be_fetched(self) -> bool:
        """Say whether a text that is sent now would be fetched now: its provider took the last that we asked of it.

        Whoever is called answers at once or never; a mail is read later, when the provider may well be back.
        """
        return any(one.provider.takes_answers and not one.standing.failures for one in self.carriers.of(Medium.SMS))

    def _valid_for(self, claimed: Claimed) -> timedelta:
        """How long the message is worth delivering: until the step it belongs to ends."""
        page = claimed.page
        due = page.position.due if page is not None and page.acknowledgement is None else None
        left = due - self._clock.now() if due is not None else VALID_FOR_MAX
        return min(max(left, VALID_FOR_MIN), VALID_FOR_MAX)

    def _log(self, claimed: Claimed, provider: Provider, outcome: str, detail: str) -> None:
        one = claimed.notification
        bad = outcome in ("refused", "unavailable", "unconfirmed", "account_fault", "filtered", "busy")
        write = log.warning if bad else log.info
        write(
            "notification." + outcome,
            notification=one.id,
            page=one.page_id,
            person=one.person,
            medium=one.medium.value,
            provider=provider.name,
            attempt=one.attempts + 1,
            stands_for=len(claimed.all),
            urgent=one.urgency is Urgency.HIGH,
            **({"detail": detail} if detail else {}),
        )
