"""What comes of an attempt to send a message: a receipt, or one of the ways in which it was not sent."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from pagerd.channels.base import AccountFault, Busy, ContentFault, Receipt
from pagerd.core.errors import Unavailable, Unconfirmed
from pagerd.core.people import Medium
from pagerd.core.plan import Plan
from pagerd.engine.work import Claimed, NotTaken

T = TypeVar("T")

OVERDUE_SECONDS = 5.0
"""How much longer than its deadline an adapter may take. Two providers that hang and theirs fit into LEASE."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """An attempt that no provider took; `perhaps_sent` when one of them may have."""

    provider: str
    detail: str
    perhaps_sent: bool
    account_fault: bool = False
    """The provider refuses us, not the person: credit, credentials, registration. The operators must hear of it."""
    fault_for_some: bool = False
    """It is of that kind and concerns some numbers only: the provider works, and is in no trouble that is told of."""
    content_fault: bool = False
    """They will not carry even the plainest words: another road, and not the same once more, is what helps."""
    busy: bool = False
    """They work, and want fewer messages."""
    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The contact itself was refused."""

    provider: str
    detail: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Nobody was asked: all that work have no room before this instant. It is no attempt."""

    until: datetime


Attempt = Receipt | NotSent | Gone | Waits


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to one provider: how long it took, and whether the provider works. `segments` of a text it took."""

    medium: Medium
    provider: str
    seconds: float
    works: bool
    segments: int = 0


@dataclass(slots=True)
class Run:
    """One attempt on its way through the providers, and what the last of them failed with."""

    claimed: Claimed
    plan: Plan
    ends_at: float
    failed: NotSent | None = None

    def note(self, failed: NotSent) -> None:
        """One did not take it. What was perhaps sent by one stays so, whatever the next one says."""
        perhaps_sent = failed.perhaps_sent or (self.failed is not None and self.failed.perhaps_sent)
        self.failed = replace(failed, perhaps_sent=perhaps_sent)
        self.claimed.not_taken_by.append(NotTaken(failed.provider, failed.detail, failed.fault_for_some))


async def promised(answer: Awaitable[T], seconds: float, name: str) -> T:
    """Wait for an adapter that promised to return within so many seconds; raises Unconfirmed when it does not.

    All of ours keep it. One that did not would keep its message in the air for ever, and with enough of them its
    medium would have no room for any other.
    """
    limit = asyncio.timeout(seconds + OVERDUE_SECONDS)
    try:
        async with limit:
            return await answer
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise Unconfirmed(f"{name} did not return within {seconds:g} s, as its adapter must") from error


def outcome_of(error: Unavailable | Unconfirmed) -> str:
    """Return the word that the log has for a failure."""
    match error:
        case AccountFault():
            return "account_fault"
        case Busy():
            return "busy"
        case _:
            return "unconfirmed" if isinstance(error, Unconfirmed) else "unavailable"


def not_sent(provider: str, error: Unavailable | Unconfirmed) -> NotSent:
    """Read off a failure what the outbox must know of it."""
    return NotSent(
        provider,
        str(error),
        perhaps_sent=isinstance(error, Unconfirmed),
        account_fault=isinstance(error, AccountFault),
        fault_for_some=isinstance(error, AccountFault) and not error.for_everybody,
        content_fault=isinstance(error, ContentFault),
        busy=isinstance(error, Busy),
        retry_after_seconds=getattr(error, "retry_after_seconds", None),
    )
