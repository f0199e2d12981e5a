"""Sends what was claimed: renders it, asks the providers of its medium one after the other, and stores the outcome.

Nothing here runs inside a transaction. If the process dies between the provider's answer and the stored outcome, the
claim ends and the message goes out once more: twice is better than never.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from pagerd.channels.base import (
    AccountFault,
    ContentFault,
    DeliveryReport,
    DeliveryStatus,
    InboundText,
    Inbox,
    Outgoing,
    Provider,
    Receipt,
    Reporter,
    TicketEvent,
    TicketTracker,
    Tracked,
)
from pagerd.core.errors import PagerdError, Refused, Unavailable, Unconfirmed
from pagerd.core.paging import gsm
from pagerd.core.paging.message import Body, Text
from pagerd.core.paging.notification import Notification
from pagerd.core.people import Medium, Urgency
from pagerd.core.plan import Plan
from pagerd.engine import rendering
from pagerd.engine.clock import Clock
from pagerd.engine.rendering import Ways
from pagerd.engine.work import Claimed

log = structlog.get_logger()

DEADLINE_SECONDS = 20.0
"""One attempt at one provider. Less than half of LEASE, so that two providers in a row still fit."""

ASK_SECONDS = 10.0
"""One question to a provider; it is asked again soon, so nobody needs to wait for long."""

VALID_FOR_MIN = timedelta(minutes=1)
VALID_FOR_MAX = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class NotSent:
    """An attempt that no provider took; `perhaps_sent` when one of them may have."""

    provider: str
    detail: str
    perhaps_sent: bool
    account_fault: bool = False
    """The provider refuses us, not the person: credit, credentials, registration. The operators must hear of it."""
    content_fault: bool = False
    """They will not carry even the plainest words: another road, and not the same once more, is what helps."""
    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The contact itself was refused."""

    provider: str
    detail: str


Attempt = Receipt | NotSent | Gone


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to one provider: how long it took, and whether the provider works. `segments` of a text it took."""

    medium: Medium
    provider: str
    seconds: float
    works: bool
    segments: int = 0


def _nobody_counts(asked: Asked) -> None:
    """Leave it uncounted, until an engine counts."""


class Delivery:
    """Makes attempts. Holds the providers of each medium, in the order in which they are tried.

    A reload puts another one in its place; attempts in the air end on the one that they began on, then it is retired.

    No message offers an answer that would not reach us. `asked` is told of each request to a provider.
    """

    def __init__(
        self,
        providers: Mapping[Medium, Sequence[Provider]],
        clock: Clock,
        public_url: str | None,
        tracker: TicketTracker | None = None,
    ) -> None:
        self._providers = providers
        self._tracker = tracker
        self._clock = clock
        self._public_url = public_url.rstrip("/") if public_url else None
        self._texts_are_heard = any(provider.takes_answers for provider in providers.get(Medium.SMS, ()))
        self.asked: Callable[[Asked], None] = _nobody_counts
        self._in_the_air = 0
        self._landed = asyncio.Event()

    @property
    def provider_names(self) -> tuple[tuple[str, str], ...]:
        """The medium and the name of each provider."""
        return tuple((medium.value, one.name) for medium, some in self._providers.items() for one in some)

    async def attempt(self, claimed: Claimed, plan: Plan) -> Attempt:
        """Try the providers of the notification's medium once each, until one takes it."""
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
                    return await provider.report(one.provider_id or "", ASK_SECONDS)
                except PagerdError as error:
                    problem = error
        raise problem

    @property
    def inboxes(self) -> Mapping[str, Inbox]:
        """The providers that can be asked for texts, by a name for people."""
        found = [one for one in self._providers.get(Medium.SMS, ()) if isinstance(one, Inbox)]
        return {f"sms/{one.name}" + (f" {place}" if place > 1 else ""): one for place, one in enumerate(found, 1)}

    async def texts_since(self, inbox: Inbox, since: datetime) -> Sequence[InboundText]:
        """Ask one of the inboxes for what came in since an instant; raises one of our errors when it does not say."""
        with self._in_use():
            return await inbox.inbound_since(since, ASK_SECONDS)

    async def tell_tracker(self, event: TicketEvent, deadline_seconds: float) -> Tracked:
        """Tell the tracker what happened to a ticket; raises one of our errors when it did not take it."""
        if self._tracker is None:
            raise Unavailable("telling the tracker: there is none")
        with self._in_use():
            return await self._tracker.post(event, deadline_seconds)

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

    async def _attempt(self, claimed: Claimed, plan: Plan) -> Attempt:
        one = claimed.notification
        failed = NotSent("none", f"no provider is configured for {one.medium}", perhaps_sent=False)
        perhaps_sent = False
        for provider in self._providers.get(one.medium, ()):
            try:
                receipt = await self._send(provider, claimed, plan)
            except Refused as error:
                self._log(claimed, provider, "refused", str(error))
                return Gone(provider.name, str(error))
            except (Unavailable, Unconfirmed) as error:
                perhaps_sent = perhaps_sent or isinstance(error, Unconfirmed)
                account_fault = isinstance(error, AccountFault)
                outcome = "account_fault" if account_fault else type(error).__name__.lower()
                self._log(claimed, provider, outcome, str(error))
                failed = NotSent(
                    provider.name,
                    str(error),
                    perhaps_sent=perhaps_sent,
                    account_fault=account_fault,
                    content_fault=isinstance(error, ContentFault),
                    retry_after_seconds=getattr(error, "retry_after_seconds", None),
                )
            except Exception as error:
                # A provider that breaks its promise: else the claim would end and the message go out again for ever.
                perhaps_sent = True
                log.exception("notification.provider_broken", notification=one.id, provider=provider.name)
                failed = NotSent(provider.name, f"pagerd failed: {type(error).__name__}", perhaps_sent=True)
            else:
                self._log(claimed, provider, receipt.status.value, "")
                return receipt
        return failed

    async def _send(self, provider: Provider, claimed: Claimed, plan: Plan) -> Receipt:
        """Make one attempt; words that the provider will not carry are said once more as plainly as can be."""
        one, ways = claimed.notification, self._ways(provider)
        outgoing = Outgoing(
            id=one.id,
            attempt=one.attempts + 1,
            medium=one.medium,
            to=one.address,
            body=rendering.body_of(claimed, plan, self._clock.now(), ways),
            valid_for=self._valid_for(claimed),
            callback_url=f"{self._public_url}/api/v1/provider/{one.id}" if self._public_url else None,
        )
        try:
            return await self._ask(provider, outgoing)
        except ContentFault as error:
            self._log(claimed, provider, "filtered", str(error))
            plainly = replace(outgoing, body=rendering.plain_body(claimed, ways))
            return await self._ask(provider, plainly)

    async def _ask(self, provider: Provider, outgoing: Outgoing) -> Receipt:
        """Ask a provider once, and tell how that went."""
        began = self._clock.monotonic()

        def tell(*, works: bool, segments: int = 0) -> None:
            took = self._clock.monotonic() - began
            self.asked(Asked(outgoing.medium, provider.name, took, works, segments))

        try:
            receipt = await provider.send(outgoing, DEADLINE_SECONDS)
        except (Refused, ContentFault):
            tell(works=True)  # it answered: the trouble is with the contact, or with our words
            raise
        except (Unavailable, Unconfirmed):
            tell(works=False)
            raise
        if receipt.status is not DeliveryStatus.OBSERVED:
            tell(works=True, segments=_segments_of(outgoing.body))
        return receipt

    def _ways(self, provider: Provider) -> Ways:
        """Say which answers can be given to what this provider carries. A key is told by callback alone."""
        return Ways(
            public_url=self._public_url,
            by_text=provider.takes_answers if provider.medium is Medium.SMS else self._texts_are_heard,
            by_key=provider.takes_answers and self._public_url is not None,
        )

    def _valid_for(self, claimed: Claimed) -> timedelta:
        """How long the message is worth delivering: until the step it belongs to ends."""
        page = claimed.page
        due = page.position.due if page is not None and page.acknowledgement is None else None
        left = due - self._clock.now() if due is not None else VALID_FOR_MAX
        return min(max(left, VALID_FOR_MIN), VALID_FOR_MAX)

    def _log(self, claimed: Claimed, provider: Provider, outcome: str, detail: str) -> None:
        one = claimed.notification
        bad = outcome in ("refused", "unavailable", "unconfirmed", "account_fault", "filtered")
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


def _segments_of(body: Body) -> int:
    return gsm.segments(body.body) if isinstance(body, Text) else 0
