"""Checks what leaves: never early, never late, never twice, never about what somebody has already."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from pagerd.channels.base import Outgoing
from pagerd.core.paging.facts import ASKING
from pagerd.core.paging.message import Text
from pagerd.core.paging.notification import Notification
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.engine.work import LEASE, Claimed
from pagerd.lab.storms.findings import Findings
from pagerd.lab.storms.machine import Machine
from pagerd.stores.base import Connection
from pagerd.stores.records.answers import pages_of_code

CODE_IN_TEXT = re.compile(r"[Rr]eply (\S+) ack")
"""How a text says what to answer with."""

LATE_MICROS = 2_000_000
"""How late a first attempt may be where nothing hinders it."""

TROUBLE_LASTS_MICROS = 300_000_000
"""For so long after a provider's trouble its medium may still work off what gathered."""

NO_END = 10**16
"""A trouble that is not over."""

QUEUED_MICROS = 5_000_000
"""How long a message may have been in a sender's hands when its page was acknowledged, to count as in the air."""

_PAGE = "SELECT status, body FROM pages WHERE id = $1"
_FAILED_BEFORE = (
    "SELECT 1 FROM notifications WHERE page_id = $1 AND person = $2 AND id <> $3"
    " AND (attempts >= 2 OR status IN ('not_reached', 'refused', 'failed') OR trail LIKE '%pending%') LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A message that left: to whom, about which pages, whether it asks for an answer."""

    person: str
    pages: tuple[str, ...]
    asks: bool


def micros(at: datetime) -> int:
    """Return microseconds since 1970."""
    return round(at.timestamp() * 1_000_000)


class Sending:
    """Looks at each request as it leaves."""

    def __init__(self, machine: Machine, findings: Findings) -> None:
        self._machine = machine
        self._findings = findings
        self.told: dict[str, Told] = {}
        self.may_answer: set[tuple[str, str]] = set()
        """Person and page: who was ever asked about what, or had its code named by an answer to another text."""
        self.reached_at: dict[str, list[tuple[int, str]]] = {}
        """By page: when a message that asks about it reached whose phone or mailbox."""
        self.troubled: dict[Medium, list[tuple[int, int]]] = {medium: [] for medium in Medium}
        """Spans of time in which a provider of a medium was in trouble."""
        self.lived_twice: list[tuple[int, int]] = []
        """Spans of time that a start began before their end: what was due in them was so already."""
        self._taken: Counter[str] = Counter()

    def pages_of(self, notification_id: str) -> tuple[str, ...]:
        """Return the pages that a message was about."""
        told = self.told.get(notification_id)
        return told.pages if told is not None else ()

    def reached(self, notification_id: str, person: str | None, at: int) -> None:
        """A message came to where a human can read or hear it."""
        told = self.told.get(notification_id)
        if told is not None and told.asks and person is not None:
            for page in told.pages:
                self.reached_at.setdefault(page, []).append((at, person))

    def begin_no_trouble_after(self, at: int) -> None:
        """Time goes on from here, which is earlier than it was: what is in trouble is so since then at the latest."""
        for spans in self.troubled.values():
            spans[:] = [(min(begin, at), end if end == NO_END else min(end, at)) for begin, end in spans]

    async def watch(self, outgoing: Outgoing) -> None:
        """Look at one request before it leaves."""
        claimed = self._machine.air.claimed(outgoing.id)
        if claimed is None:
            self._findings.breaks("I9", f"{outgoing.id} leaves, and nobody has claimed it")
            return
        lead = claimed.notification
        asks = lead.purpose in ASKING
        self.told[lead.id] = Told(lead.person, claimed.page_ids, asks)
        if asks:
            self.may_answer.update((lead.person, page) for page in claimed.page_ids)
        if lead.purpose is Purpose.ANSWER and isinstance(outgoing.body, Text):
            await self._remember_named(lead.person, outgoing.body.body)
        self._check_times(claimed)
        self._check_twice()
        if lead.purpose is Purpose.PAGE:
            await self._machine.disk.read(lambda c: self._check_wanted(c, claimed))

    async def _remember_named(self, person: str, text: str) -> None:
        named = CODE_IN_TEXT.search(text)
        if named is not None:
            pages = await self._machine.disk.read(lambda c: pages_of_code(c, person, named[1]))
            self.may_answer.update((person, page) for page in pages)

    def _check_twice(self) -> None:
        """An attempt that was answered with `not sent` is no message; the exchange counts those that it took."""
        if self._machine.air.found_twice:
            self._findings.breaks("I9", f"{self._machine.air.found_twice} in two hands at once")
        for exchange in self._machine.exchanges:
            for notification_id, _ in exchange.taken[exchange.looked_at :]:
                self._taken[notification_id] += 1
                if self._taken[notification_id] > 1 + self._machine.air.excused[notification_id]:
                    self._findings.breaks("I6", f"{notification_id} was taken {self._taken[notification_id]} times")
            exchange.looked_at = len(exchange.taken)

    def _check_times(self, claimed: Claimed) -> None:
        now = self._machine.wall
        for one in claimed.all:
            if one.attempts or one.again or self._machine.air.excused[one.id]:
                continue
            due = micros(one.due_first)
            was_due = any(begin <= due <= end for begin, end in self.lived_twice)
            if now < due - 1 and not was_due and claimed.notification is one:
                self._machine.spawn(self._check_early, one, now)
            late = now - due - LATE_MICROS - self._machine.blind_between(due, now)
            if late > 0 and not self._hindered(one, due, now):
                self._findings.breaks(
                    "I3", f"{one.id} to {one.person} by {one.medium} leaves {(now - due) / 1e6:.1f} s late: {one}"
                )

    async def _check_early(self, one: Notification, now: int) -> None:
        """Only what another method's failure brought forward may leave before its time."""
        if one.page_id is None:
            self._findings.breaks("I3", f"{one.id} leaves {(micros(one.due_first) - now) / 1e6:.1f} s early")
            return
        page_id = one.page_id
        rows = await self._machine.disk.read(lambda c: c.execute(_FAILED_BEFORE, page_id, one.person, one.id))
        if not rows:
            self._findings.breaks("I3", f"{one.id} leaves {(micros(one.due_first) - now) / 1e6:.1f} s early")

    def _hindered(self, one: Notification, due: int, now: int) -> bool:
        spans = self.troubled[one.medium]
        return any(begin <= now and due <= end + TROUBLE_LASTS_MICROS for begin, end in spans)

    async def _check_wanted(self, c: Connection, claimed: Claimed) -> None:
        now = self._machine.wall
        found = {one.id: await c.execute(_PAGE, one.page_id) for one in claimed.all}
        # What says several things goes on to a second provider while any of them is wanted.
        is_wanted = any(rows and rows[0][0] == "triggered" for rows in found.values())
        for one in claimed.all:
            rows = found[one.id]
            if not rows:
                self._findings.breaks("I4", f"{one.id} is about page {one.page_id}, which is not there")
                continue
            status, body = str(rows[0][0]), json.loads(str(rows[0][1]))
            if status == "triggered":
                continue
            ended = body["resolved_at"] if status == "resolved" else body["acknowledgement"]["at"]
            ended_at, claimed_at = micros(datetime.fromisoformat(ended)), micros(one.due - LEASE)
            # After a stand-still many things are of one instant, and nobody knows which came first. So it is where a
            # person's act on an incident ends what that asked for: the act has its instant from the timer before it.
            is_unknown = ended_at == claimed_at and (claimed_at == self._machine.awoke_at or body["errand"] is not None)
            if ended_at <= claimed_at and not is_unknown:
                self._findings.breaks("I4", f"{one.id} was claimed after page {one.page_id} was {status}")
                continue
            is_late = now - ended_at > QUEUED_MICROS + self._machine.blind_between(ended_at, now)
            if is_late and not is_wanted and not one.attempts:
                self._findings.breaks(
                    "I4", f"{one.id} leaves {(now - ended_at) / 1e6:.0f} s after {one.page_id} was {status}"
                )
