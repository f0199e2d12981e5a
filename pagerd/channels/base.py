"""What every channel promises."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from pagerd.core.errors import Unavailable, Withheld
from pagerd.core.paging.message import Body
from pagerd.core.people import Medium


class DeliveryStatus(StrEnum):
    """What a provider says of a message, in the order of how far it came.

    ACCEPTED: the provider has it. SENT: it left for the phone. RINGING, ANSWERED: of a call; answered does not mean by
    a human. DELIVERED: a receipt of the handset or the mail server. NOT_REACHED: undelivered, busy, no answer,
    voicemail. REFUSED: this contact will never take it. OBSERVED: nobody has it, because pagerd only observes.
    """

    OBSERVED = "observed"
    ACCEPTED = "accepted"
    SENT = "sent"
    RINGING = "ringing"
    ANSWERED = "answered"
    DELIVERED = "delivered"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One attempt at one notification.

    `id` is the notification's: stable over attempts, so that a channel can make idempotency keys and Message-IDs from
    it. `valid_for` is how long the message is worth delivering. `callback_url` is where the provider reports and sends
    the keys of a call, without a trailing slash, or None where the installation has no public URL. `may_leave` is asked
    by a channel that has waited, right before it hands the message over; where it says no, the channel raises Withheld.
    """

    id: str
    attempt: int
    medium: Medium
    to: str
    body: Body
    valid_for: timedelta
    callback_url: str | None
    may_leave: Callable[[], bool] = field(default=_always, compare=False)

    def leaves(self) -> None:
        """Say that the next byte is the message's. Raises Withheld where it may be another's by now."""
        if not self.may_leave():
            raise Withheld("connecting took so long that the message may be another's by now")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider answered: it took the message. Whether a phone rang is another matter.

    `can_be_asked` says that the provider is a Reporter: it answers later how far the message came. `words` are what
    the message said, of one that was only observed.
    """

    provider: str
    provider_id: str
    status: DeliveryStatus
    detail: str = ""
    can_be_asked: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a provider told later about a message, by callback or when asked. `rank` orders reports of one message.

    `passed` is what it went through for certain on its way to this status, whether or not that was ever reported: a
    call that nobody answered did ring. `account_fault` says that it is our account, registration or number that the
    carrier refuses, not the person's.
    """

    provider_id: str
    status: DeliveryStatus
    detail: str
    at: datetime | None = None
    passed: DeliveryStatus | None = None
    account_fault: bool = False

    @property
    def rank(self) -> int:
        """Return how far along this is; reports come late, twice and out of order, and a lower one changes nothing."""
        return _RANKS[self.status]


_RANKS = {status: rank for rank, status in enumerate(DeliveryStatus)}


class OptOut(StrEnum):
    """What a carrier's keyword in a text did; it is between the person and the carrier, and never a verb of ours."""

    STOP = "stop"
    START = "start"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundText:
    """A text that somebody sent to one of our numbers. `sender` is a hint: it can be forged.

    `at` is when the provider got it, or None where it does not say so: then it is being delivered right now.
    """

    provider_id: str
    sender: str
    to: str
    body: str
    opt_out: OptOut | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyPress:
    """The keys that were pressed in a call of ours. `request_id` is the same when the provider tells of them again."""

    provider_id: str
    digits: str
    request_id: str = ""


class AccountFault(Unavailable):
    """Our account, credit or settings at the provider are at fault: no retry mends it, so tell the operators.

    `for_everybody` is False where the fault concerns some numbers only, such as a country that is not enabled.
    """

    def __init__(self, message: str, *, for_everybody: bool = True) -> None:
        super().__init__(message)
        self.for_everybody = for_everybody


class Declined(Unavailable):
    """The provider works, and does not take this message now: a full mailbox, a greylist, a number it stumbles over."""


class Busy(Unavailable):
    """The provider works, and these are more messages than it takes: nothing more for as long as it asks for."""


class ContentFault(Unavailable):
    """They will not carry these words: say it once more with fewer, without a link, then go another way."""


class Provider(Protocol):
    """One account at one provider, for one medium.

    `send` makes exactly one attempt and returns within `deadline_seconds` of being called, whatever the other side
    does: it returns a Receipt, or raises Refused (this contact will never take it), Unavailable (surely not sent; also
    every fault of our account or credit, then as AccountFault), Unconfirmed (perhaps sent), or Withheld (it waited, and
    the message may not leave any more). It never retries in a way that could send twice, and it never raises anything
    else. Cancelling it leaves no connection behind. `close` may be
    called more than once.

    `takes_answers` says whether what people answer to its messages, by text or by key, comes back to us, by callback or
    by asking: what it carries must not offer an answer that nobody hears.
    """

    name: str
    medium: Medium
    takes_answers: bool

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:
        """Make one attempt."""
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...


@runtime_checkable
class Reporter(Protocol):
    """A provider that can be asked how far a message came: its own reports get lost, or have nowhere to go.

    It asks once, within `deadline_seconds`, and raises one of our errors when it learned nothing.
    """

    async def report(self, provider_id: str, deadline_seconds: float) -> DeliveryReport:
        """Ask about one message."""
        ...


@runtime_checkable
class Inbox(Protocol):
    """A provider whose number takes texts, and that can be asked for them. It asks as a Reporter does."""

    async def inbound_since(self, since: datetime, deadline_seconds: float) -> Sequence[InboundText]:
        """Return texts that came in since an instant, oldest first; it may return older ones as well."""
        ...


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One thing that happened to a ticket, as JSON. `id` is the same over all attempts at telling it."""

    id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a tracker calls a ticket, and where it shows it; either may be empty."""

    ref: str = ""
    url: str = ""


class TicketTracker(Protocol):
    """Where else tickets are kept. `post` tells one event, and raises as a Provider's `send` does."""

    async def post(self, event: TicketEvent, deadline_seconds: float) -> Tracked:
        """Make one attempt."""
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message about an incident in words. `id` is the same over all attempts at telling it.

    All of it is plain text, of which a part came from people and alerts: whoever sends it escapes it for its medium.
    `link` is ours. `facts` are the fields that it was written from, by name; a test has no incident and none of them.
    """

    id: str
    kind: str
    incident: int | None
    is_drill: bool
    severity: str
    at: datetime
    heading: str
    lines: tuple[str, ...]
    link: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class MessageReceiver(Protocol):
    """A place that is told of incidents. `tell` makes one attempt, and raises as a Provider's `send` does."""

    async def tell(self, told: Told, deadline_seconds: float) -> None:
        """Tell one message."""
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...
