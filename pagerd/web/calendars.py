"""Calendars as they were drawn last, kept until the plan or the day changes.

A program that comes each minute costs a look at a dictionary, and a company's worth of schedules is laid out once.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from pagerd.core.oncall.feed import feed_of
from pagerd.core.plan import Plan

KEPT_MAX = 200
"""Calendars in memory at once, some 50 KiB each: 10 MiB. What is beyond is drawn anew."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One calendar, and what names exactly this content."""

    octets: bytes
    tag: str


def tag_of(octets: bytes) -> str:
    """Return an ETag of some content."""
    return f'"{sha256(octets).hexdigest()[:16]}"'


class Calendars:
    """Draws one calendar at a time, beside the event loop."""

    def __init__(self) -> None:
        self._right_for: tuple[Plan, date] | None = None
        self._drawn: dict[str | None, Drawn] = {}
        self._drawing = asyncio.Lock()

    async def of(self, plan: Plan, name: str | None, now: datetime) -> Drawn:
        """Return the calendar of a name as it is under a plan today."""
        async with self._drawing:
            if self._right_for is None or self._right_for[0] is not plan or self._right_for[1] != now.date():
                self._drawn.clear()
                self._right_for = (plan, now.date())
            known = self._drawn.get(name)
            if known is None:
                octets = (await asyncio.to_thread(feed_of, plan, name, now)).encode()
                known = Drawn(octets, tag_of(octets))
                while len(self._drawn) >= KEPT_MAX:
                    self._drawn.pop(next(iter(self._drawn)))
                self._drawn[name] = known
            return known
