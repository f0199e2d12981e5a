"""Simulated providers and the people behind them."""

from collections.abc import Callable, Sequence
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
from pagerd.core.errors import Refused, Unavailable, Unconfirmed
from pagerd.core.paging.message import Text
from pagerd.core.people import Medium


class Mood(StrEnum):
    """How a provider behaves."""

    WORKS = "works"
    DOWN = "down"
    LOSES_ANSWERS = "loses answers"
    BUSY = "busy"
    """Works, and takes no more just now."""
    REFUSES_US = "refuses us"
    """Our account is at fault."""
    FILTERS = "filters"
    """Takes nothing but the plainest text: a carrier that thinks the rest is spam."""


PLAIN_MAX = 90
"""Signs of a text that a filtering provider still takes."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One attempt that reached a provider."""

    outgoing: Outgoing
    provider_id: str
    provider: str = ""


class Phones:
    """One provider for one medium. `refuses` holds the addresses that it will never take."""

    def __init__(self, medium: Medium, heard: Callable[[Sent], None], name: str = "") -> None:
        self.name = name or f"lab-{medium.value}"
        self.medium = medium
        self.mood = Mood.WORKS
        self.takes_answers = True
        self.refuses: set[str] = set()
        self.reports: dict[str, DeliveryReport] = {}
        self.texts: list[InboundText] = []
        self._heard = heard
        self._count = 0

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:
        """Make one attempt, as the mood is."""
        if self.mood is Mood.DOWN:
            raise Unavailable(f"{self.name} is down")
        if self.mood is Mood.BUSY:
            raise Busy(f"{self.name} takes no more now", retry_after_seconds=20)
        if self.mood is Mood.REFUSES_US:
            raise AccountFault(f"{self.name} knows no such account")
        if outgoing.to in self.refuses:
            raise Refused(f"{self.name} will never deliver there")
        if self.mood is Mood.FILTERS and isinstance(outgoing.body, Text) and len(outgoing.body.body) > PLAIN_MAX:
            raise ContentFault(f"{self.name} takes this for spam")
        self._count += 1
        provider_id = f"{self.name.removeprefix('lab-')}{self._count}"
        self._heard(Sent(outgoing, provider_id, self.name))
        if self.mood is Mood.LOSES_ANSWERS:
            raise Unconfirmed(f"{self.name} took it and did not answer within {deadline_seconds} s")
        return Receipt(self.name, provider_id, DeliveryStatus.ACCEPTED, can_be_asked=self.medium is not Medium.EMAIL)

    async def report(self, provider_id: str, deadline_seconds: float) -> DeliveryReport:
        """Say how far a message came, as it was told to `reports`."""
        self._answer_within(deadline_seconds)
        accepted = DeliveryReport(provider_id=provider_id, status=DeliveryStatus.ACCEPTED, detail="")
        return self.reports.get(provider_id, accepted)

    async def inbound_since(self, since: datetime, deadline_seconds: float) -> Sequence[InboundText]:
        """Return the texts that were sent since an instant."""
        self._answer_within(deadline_seconds)
        return [text for text in self.texts if text.at is None or text.at >= since]

    def _answer_within(self, deadline_seconds: float) -> None:
        if self.mood is Mood.DOWN:
            raise Unavailable(f"{self.name} did not answer within {deadline_seconds} s")

    async def close(self) -> None:
        """Nothing is held."""
