"""The link in a message that asks somebody for a swap: it opens that swap for them, and nothing else.

Its token is drawn when the message leaves, and is stored as its hash. It can be answered through as long as the request
waits; a day longer it says what became of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pagerd.core.oncall.swap import Swap
from pagerd.core.paging.notification import Notification
from pagerd.engine import observing
from pagerd.engine.chance import hash_of
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import swaps
from pagerd.stores.records.swaps import SwapLink

STAYS = timedelta(days=1)
"""How long a link says what became of a swap that cannot be answered any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedSwap:
    """What a link token opens: whose it is, how it travelled, and the swap."""

    link: SwapLink
    swap: Swap


async def draw(work: Work, one: Notification) -> str | None:
    """Draw the token of a message's link; None for one that asks for nothing, or whose swap is forgotten."""
    if not work.with_links or one.code is None:
        return None
    if work.observing:
        return observing.NO_TOKEN  # what is written down is read by others: no link in it may open anything
    swap = await swaps.find(work.c, one.why)
    if swap is None:
        return None
    token = work.chance.token()
    link = SwapLink(
        person=one.person,
        swap_id=swap.id,
        medium=one.medium.value,
        code=one.code,
        expires_at=max(swap.expires_at, work.now) + STAYS,
    )
    await swaps.put_link(work.c, hash_of(token), link)
    return token


async def opened(c: Connection, token_hash: str, now: datetime) -> LinkedSwap | None:
    """Return what a link token opens now, or None."""
    link = await swaps.find_link(c, token_hash, now)
    swap = await swaps.find(c, link.swap_id) if link is not None else None
    return LinkedSwap(link=link, swap=swap) if link is not None and swap is not None else None
