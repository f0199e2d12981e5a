"""Phones that do what they did then, where that is known; else they take every message and ring."""

from collections.abc import Awaitable, Callable

from pagerd.channels.base import DeliveryStatus, Outgoing, Receipt
from pagerd.core.errors import Refused, Unavailable, Unconfirmed
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.people import Medium
from pagerd.lab.phones import Phones

Trail = tuple[tuple[str, str], ...]
"""What became of the attempts at one message, in order: (status, detail)."""

Heard = Callable[[Outgoing], Awaitable[Trail]]
"""Called with each attempt; returns what is known of the message it stands for, or nothing."""

_TAKEN = {
    Medium.SMS: DeliveryStatus.SENT,
    Medium.VOICE: DeliveryStatus.RINGING,
    Medium.EMAIL: DeliveryStatus.ACCEPTED,
}
"""How far a message comes of which nothing is known: a text left, a phone rings. Both make a noise."""

_FAILED = frozenset({NotificationStatus.PENDING.value, NotificationStatus.FAILED.value})


class PhonesOfThen(Phones):
    """One provider for one medium."""

    def __init__(self, medium: Medium, heard: Heard) -> None:
        super().__init__(medium, lambda _sent: None)
        self._heard_by = heard

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:  # noqa: ARG002  # nothing hangs here
        """Make one attempt, and let become of it what became of it then."""
        trail = await self._heard_by(outgoing)
        status, detail = trail[outgoing.attempt - 1] if outgoing.attempt <= len(trail) else ("", "")
        if status in _FAILED:
            if detail.startswith("unconfirmed: "):
                raise Unconfirmed(detail.removeprefix("unconfirmed: "))
            raise Unavailable(detail.removeprefix("unavailable: "))
        if status == NotificationStatus.REFUSED.value:
            raise Refused(detail)
        self._count += 1
        taken = DeliveryStatus(status) if status else _TAKEN[self.medium]
        return Receipt(self.name, f"{self.name.removeprefix('lab-')}{self._count}", taken, detail)
