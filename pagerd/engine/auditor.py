"""Recomputes from the rows what should have been sent by now, apart from the heart, and mends what it finds.

The heart believes the timers. The auditor believes the pages: each open one is read, its due time is computed from its
state once more, and compared with the timer that the heart will see. It also looks for rows that wait longer than
anything should. What differs is counted, logged, told to the operators once an hour for its kind, and mended where
mending cannot do harm: a page comes up for decision, and the decision is the same function as ever.

A round is bounded: PAGES_MAX open pages, the next ones in the next round. Nothing is kept but the last round.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from pagerd.core.errors import PagerdError
from pagerd.core.events import PageOverlooked
from pagerd.core.paging.page import Page, PageStatus
from pagerd.core.people import Medium
from pagerd.engine import apply
from pagerd.engine.engine import Engine
from pagerd.engine.outages import Outage
from pagerd.engine.work import LEASE, Work
from pagerd.stores.base import Connection
from pagerd.stores.records import auditing, pages, timers
from pagerd.stores.records.auditing import PageRow

log = structlog.get_logger()

EVERY_SECONDS = 15.0

ROUND_WITHIN_SECONDS = 10.0
"""A round takes milliseconds; one that takes so long has found nothing out, and nobody may call it content."""

STALE_SECONDS = 3 * EVERY_SECONDS
"""How old the last round may be before its word is worth nothing."""

PAGES_MAX = 400
"""Open pages in one round: about 20 ms of a reader's thread, most of it decoding. 10,000 take 25 rounds."""

ROWS_MAX = 100
"""Rows of one kind in one round: more would be one trouble, and its cure is the same."""

TIMER_LATE = timedelta(seconds=5)
"""The heart carries out what is due within milliseconds; a row counts when two rounds in a row found it so late."""

LIMITED_LATE = timedelta(minutes=10)
"""Where a provider takes only so many messages in a time the rest waits its turn, the most urgent ones first. That is
the provider's word, and no fault of ours, until so much is late that somebody should know."""

CLAIM_SLACK = timedelta(seconds=10)

PAGED_AGAIN_AFTER = timedelta(minutes=5)
"""A step that was paged again and is found again is left alone for so long: a fault of ours must not text all night."""

NAMED_MAX = 5

REMEMBERED = timedelta(hours=1)


class Difference(StrEnum):
    """What can differ, each with a cure of its own."""

    TIMER_MISSING = "timer_missing"
    TIMER_LATE = "timer_late"
    NO_DUE_TIME = "no_due_time"
    NOBODY_TOLD = "nobody_told"
    UNREADABLE = "unreadable"
    CLAIM_ENDLESS = "claim_endless"
    TIMER_OVERDUE = "timer_overdue"
    NOTIFICATION_OVERDUE = "notification_overdue"


SAID = {
    Difference.TIMER_MISSING: "open pages had no timer and would have stayed silent; they have one again",
    Difference.TIMER_LATE: "open pages had a timer later than their due time; it was put right",
    Difference.NO_DUE_TIME: "triggered pages waited for nothing; their step is paged again, once in 5 min",
    Difference.NOBODY_TOLD: "triggered pages had no message to anybody of their step; it is paged again, once in 5 min",
    Difference.UNREADABLE: "open pages cannot be read: look at them yourself, now",
    Difference.CLAIM_ENDLESS: "messages were claimed for too long; they go out now",
    Difference.TIMER_OVERDUE: "due rows are not carried out: pages may not go on. Look at pagerd's log, and restart it",
    Difference.NOTIFICATION_OVERDUE: "due messages are not sent. Look at pagerd's log and at the provider",
}
"""What the operators are told of each, after its number."""

_OF_A_TIMER = frozenset({Difference.TIMER_MISSING, Difference.TIMER_LATE})
_OF_A_STEP = frozenset({Difference.NO_DUE_TIME, Difference.NOBODY_TOLD})


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, and whose it is: a page's id, a notification's, or the name of a timer."""

    kind: Difference
    subject: str


class Auditor:
    """Looks every 15 s. `run` lives in the daemon's TaskGroup; the lab calls `look` itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._after = ""
        self._late_before: frozenset[tuple[str, datetime]] = frozenset()
        self._found: deque[tuple[datetime, Difference]] = deque(maxlen=1_000)
        self._last: tuple[Finding, ...] = ()
        self._paged_again: dict[str, datetime] = {}
        self._looked_at: float | None = None
        self._outage = Outage("auditor.round_void", "auditor.goes_on", engine.clock.monotonic)
        self.rounds = 0

    async def run(self) -> None:
        """Look until cancelled. Whatever goes wrong in a round makes that round void, and nothing else."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                async with asyncio.timeout(ROUND_WITHIN_SECONDS):
                    await self.look()
            except (PagerdError, TimeoutError) as error:
                self._outage.fails(str(error) or f"not within {ROUND_WITHIN_SECONDS:.0f} s")
            except Exception:
                log.exception("auditor.round_void")
            else:
                self._outage.works()

    async def look(self) -> tuple[Finding, ...]:
        """Go through one round: read, compare, mend, tell. Return what differed."""
        clock, metrics = self._engine.clock, self._engine.metrics
        began = clock.monotonic()
        found = await self.differences()
        for one in found:
            await self._mend(one)
        if found:
            await self._tell(found)
        self.rounds += 1
        self._last, self._looked_at = found, clock.monotonic()
        metrics.count("auditor_round_seconds", (), self._looked_at - began)
        metrics.count("auditor_looked_at", (), clock.now().timestamp())
        return found

    def why_not_content(self) -> str | None:
        """Say why the auditor cannot say that all is well, or None."""
        if self._looked_at is None:
            return "the auditor has not looked yet"
        age = self._engine.clock.monotonic() - self._looked_at
        if age > STALE_SECONDS:
            return f"the auditor's last round is {age:.0f} s old"
        if self._last:
            return f"the auditor found {_counted(one.kind for one in self._last)}"
        return None

    def warning(self) -> str | None:
        """Say what was found within the last hour, or None."""
        since = self._engine.clock.now() - REMEMBERED
        recent = [(at, kind) for at, kind in self._found if at >= since]
        if not recent:
            return None
        counted = _counted(kind for _, kind in recent)
        return f"the auditor found {counted} in the last hour: its log lines are auditor.found"

    async def differences(self) -> tuple[Finding, ...]:
        """Read and compare, and leave everything as it is."""
        now, after, limited = self._engine.clock.now(), self._after, tuple(self._engine.room().limited)
        unlimited = [medium for medium in Medium if medium not in limited]

        async def read(c: Connection) -> tuple[list[PageRow], list[Finding], frozenset[tuple[str, datetime]]]:
            rows = await auditing.open_pages(c, after, PAGES_MAX)
            told = await auditing.told_by_page(c, rows[0].id, rows[-1].id) if rows else {}
            found = [one for row in rows for one in of_page(row, told)]
            claims = await auditing.endless_claims(c, now + LEASE + CLAIM_SLACK, ROWS_MAX)
            found += [Finding(Difference.CLAIM_ENDLESS, one) for one in claims]
            late = await auditing.overdue_timers(c, now - TIMER_LATE, ROWS_MAX)
            unsent = await auditing.overdue_notifications(c, now - LEASE, unlimited, ROWS_MAX)
            unsent += await auditing.overdue_notifications(c, now - LIMITED_LATE, limited, ROWS_MAX)
            found += self._late_again(Difference.TIMER_OVERDUE, late)
            found += self._late_again(Difference.NOTIFICATION_OVERDUE, unsent)
            return rows, found, frozenset((*late, *unsent))

        rows, found, self._late_before = await self._engine.read(read)
        self._after = rows[-1].id if len(rows) == PAGES_MAX else ""
        return tuple(found)

    def _late_again(self, kind: Difference, late: Sequence[tuple[str, datetime]]) -> list[Finding]:
        """Take what was late in the last round and has not moved since: a backlog that is worked off is no fault."""
        return [Finding(kind, name) for name, due in late if (name, due) in self._late_before]

    async def _mend(self, one: Finding) -> None:
        self._engine.metrics.count("auditor_findings", (one.kind.value,), 1)
        self._found.append((self._engine.clock.now(), one.kind))
        log.error("auditor.found", kind=one.kind.value, subject=one.subject)
        if one.kind in (Difference.TIMER_OVERDUE, Difference.NOTIFICATION_OVERDUE):
            self._engine.wake(self._engine.clock.now())
        elif one.kind in _OF_A_STEP and not self._may_page_again(one.subject):
            log.warning("auditor.not_mended", kind=one.kind.value, subject=one.subject, error="it was, a moment ago")
        elif one.kind is not Difference.UNREADABLE:
            try:
                await self._engine.transact(lambda work: mend(work, one))
            except PagerdError as error:
                log.warning("auditor.not_mended", kind=one.kind.value, subject=one.subject, error=str(error))

    def _may_page_again(self, page_id: str) -> bool:
        """Say whether a page was not paged again a moment ago, and note that it is now."""
        now = self._engine.clock.now()
        self._paged_again = {one: at for one, at in self._paged_again.items() if now - at < PAGED_AGAIN_AFTER}
        return self._paged_again.setdefault(page_id, now) == now

    async def _tell(self, found: Iterable[Finding]) -> None:
        by_kind: dict[Difference, list[str]] = {}
        for one in found:
            by_kind.setdefault(one.kind, []).append(one.subject)

        async def alarm(work: Work) -> None:
            for kind, subjects in by_kind.items():
                named = ", ".join(subjects[:NAMED_MAX]) + (", ..." if len(subjects) > NAMED_MAX else "")
                text = f"the auditor: {len(subjects)} {SAID[kind]}: {named}"
                await apply.alarm(work, "auditor", kind.value, text, everywhere=True)

        await self._engine.transact(alarm)


def of_page(row: PageRow, told: dict[tuple[str, str], datetime]) -> list[Finding]:
    """Compare one open page with its timer and its messages."""
    page = row.page
    if page is None:
        return [Finding(Difference.UNREADABLE, row.id)]
    if _is_stuck(page):
        return [Finding(Difference.NO_DUE_TIME, page.id)]
    found = []
    # A timer whose decision raised is being tried again, or waits while the last resort knows of it.
    if page.due is not None and not row.tries:
        if row.timer is None:
            found.append(Finding(Difference.TIMER_MISSING, page.id))
        elif row.timer > page.due:
            found.append(Finding(Difference.TIMER_LATE, page.id))
    if _is_asking(page) and not _is_anybody_told(page, told):
        found.append(Finding(Difference.NOBODY_TOLD, page.id))
    return found


def _is_stuck(page: Page) -> bool:
    return page.due is None and page.frozen_why is None and not page.is_carried


def _is_asking(page: Page) -> bool:
    """Is a step under way in which people are being reached?"""
    at_rest = page.frozen_why is not None or page.settle_until is not None or page.opens_at is not None
    return page.status is PageStatus.TRIGGERED and not at_rest and bool(page.position.asked)


def _is_anybody_told(page: Page, told: dict[tuple[str, str], datetime]) -> bool:
    """Has a message to anybody of this step left, or will one before the step ends?"""
    until = page.position.due
    known = [told[page.id, person] for person in page.position.asked if (page.id, person) in told]
    return any(until is None or at <= until for at in known)


async def mend(work: Work, one: Finding) -> None:
    """Put one difference right, if it is still there."""
    if one.kind is Difference.CLAIM_ENDLESS:
        if await auditing.end_claim(work.c, one.subject, work.now + LEASE + CLAIM_SLACK, work.now):
            work.wakes_at(work.now)
        return
    page = await pages.find(work.c, one.subject)
    if page is None or not page.is_open:
        return
    timer = await timers.find(work.c, "page", page.id)
    told = await auditing.told_by_page(work.c, page.id, page.id)
    row = PageRow(
        id=page.id,
        page=page,
        timer=timer.due if timer is not None else None,
        tries=timer.attempts if timer is not None else 0,
    )
    if one not in of_page(row, told):
        return
    if one.kind in _OF_A_TIMER:
        await timers.put(work.c, "page", page.id, page.due)
        work.wakes_at(page.due)
    elif one.kind in _OF_A_STEP:
        why = "it waited for nothing" if one.kind is Difference.NO_DUE_TIME else "nobody was being told of it"
        await apply.happened(work, page, PageOverlooked(why=why))


def _counted(kinds: Iterable[Difference]) -> str:
    return ", ".join(f"{kind.value} {count}" for kind, count in Counter(kinds).items())
