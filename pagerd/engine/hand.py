"""What a node on a shared store has in hand: the messages that it has claimed and not yet told the outcome of.

A claim there is short, or a lost node's messages would wait for long; whoever has it renews it. A node that was frozen,
or cut from its store, knows by its own monotonic clock that its claims may be over, and sends nothing under them before
the store has said that they are still its own. That clock starts before the transaction that claims, and stops
MARGIN_SECONDS before the store's: so a sender's last look is always earlier than another node's first.
"""

from collections.abc import Awaitable, Callable, Sequence

from pagerd.engine.boundaries import Boundary
from pagerd.engine.work import LEASE_SHARED, Claimed, Work
from pagerd.stores.base import StoreUnavailable
from pagerd.stores.records import notifications

MARGIN_SECONDS = 2.0
"""From the look at a claim to the request on the wire: rendering, a connection that is opened, a loop that is busy."""

GOOD_SECONDS = LEASE_SHARED.total_seconds() - MARGIN_SECONDS

RENEWED_FROM_SECONDS = 1.5
"""A claim that is younger is not renewed yet: most messages are sent by then, and a storm pays for none of them."""

UNHANDED_MAX = 1_000
"""Claims that may have been kept, of as many messages as are handed out at once."""


class Hand:
    """The claims in hand, each from when it is good."""

    def __init__(self) -> None:
        self._taken: dict[str, Claimed] = {}

    def take(self, claimed: Claimed, began: float) -> None:
        """Note a claim that was made, or renewed, by a transaction that began then on the monotonic clock."""
        claimed.good_until = began + GOOD_SECONDS
        self._taken[claimed.notification.id] = claimed

    def renewed(self, claimed: Claimed, began: float) -> None:
        """Note that a claim was renewed, unless its sender laid it down meanwhile.

        Taken up again then, it would be renewed for ever, and nobody would send what it claims: a sender whose outcome
        could not be stored leaves it to the end of the claim.
        """
        if self._taken.get(claimed.notification.id) is claimed:
            claimed.good_until = began + GOOD_SECONDS

    def lay_down(self, claimed: Claimed) -> None:
        """Renew it no more."""
        if self._taken.get(claimed.notification.id) is claimed:
            del self._taken[claimed.notification.id]

    def to_renew(self, monotonic: float) -> list[Claimed]:
        """Return what has been in hand for a while."""
        from_then = monotonic + GOOD_SECONDS - RENEWED_FROM_SECONDS
        return [one for one in self._taken.values() if one.good_until is None or one.good_until <= from_then]

    def __len__(self) -> int:
        """Return how many messages are in hand."""
        return len(self._taken)


class Unhanded:
    """Claims of units whose commit was not confirmed: if it was kept, nobody was handed them, so nobody sends them."""

    def __init__(self) -> None:
        self._some: list[Claimed] = []

    def note(self, claimed: Sequence[Claimed]) -> None:
        """Note what a unit had claimed; what is beyond UNHANDED_MAX waits for the end of its claim."""
        self._some += claimed[: UNHANDED_MAX - len(self._some)]

    async def give_back(self, give: Callable[[Sequence[Claimed]], Awaitable[None]]) -> None:
        """Give all of them back, or keep them where the store is not available still."""
        some, self._some = self._some, []
        if not some:
            return
        try:
            await give(some)
        except StoreUnavailable:
            self._some = [*some, *self._some]
            raise


async def renew(work: Work, some: Sequence[Claimed]) -> list[Claimed]:
    """Keep these claims for another lease; return those that were still ours."""
    until = work.now + work.lease
    if some:
        work.crosses(Boundary.LEASE_RENEWED)
    return [one for one in some if await notifications.renew(work.c, one.notification, one.claim, until)]
