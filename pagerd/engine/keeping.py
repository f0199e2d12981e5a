"""Forgets what is old, once an hour, in bounded bites, each a transaction that leaves a timer for the next.

What has a chain leaves a tombstone with its end, and an entry of KEEPING says which objects went; so the chain can be
verified as before. How long things are kept is the plan's to say.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pagerd.core.audit import KEEPING, Head
from pagerd.engine import audit
from pagerd.engine.verification import FORGOTTEN
from pagerd.engine.work import Work
from pagerd.stores.records import changes, history, retention, signals, swaps, timers, worked
from pagerd.stores.records.history import Tombstone

EVERY = timedelta(hours=1)

BITE = 50
"""Pages that go in one transaction: some 500 rows, about 20 ms of the writer's time."""

WALK = 200
"""Tickets and alerts looked at in one transaction."""


async def begin(work: Work) -> None:
    """Set the clock of the next round, unless it runs."""
    if await timers.find(work.c, "keep", "") is None:
        await _go_on(work, "", work.now + EVERY)


async def bite(work: Work, cursor: str) -> None:
    """Take the next bite of a round: first pages, then tickets, then alerts that belong to nothing."""
    await timers.put(work.c, "keep", cursor, None)
    stage, _, rest = cursor.partition(":")
    keep = work.plan.keep.pages
    before = work.now - keep if keep is not None else None
    following = await _STAGES[stage](work, before, rest)
    await _go_on(work, following, work.now if following else work.now + EVERY)


async def _go_on(work: Work, cursor: str, at: datetime) -> None:
    await timers.put(work.c, "keep", cursor, at)
    work.wakes_at(at)


async def _pages(work: Work, before: datetime | None, _rest: str) -> str:
    if before is None:
        return "nights:"
    found = await retention.resolved_before(work.c, before, BITE)
    await _bury(work, before, (Head(object_id=page.id, version=page.version, hash=page.head) for page in found))
    for page in found:
        await retention.drop_page(work.c, page.id)
    return "pages:" if len(found) == BITE else "tickets:"


async def _tickets(work: Work, before: datetime | None, rest: str) -> str:
    assert before is not None, "a round goes on with tickets only when they are not kept for ever"
    found = await retention.closed_after(work.c, rest, WALK)
    old = [one for one in found if one.closed_at is not None and one.closed_at < before]
    await _bury(work, before, (Head(object_id=one.id, version=one.version, hash=one.head) for one in old))
    for one in old:
        await retention.drop_ticket(work.c, one.id)
    return f"tickets:{found[-1].id}" if len(found) == WALK else "ended:"


async def _ended(work: Work, before: datetime | None, _rest: str) -> str:
    assert before is not None, "a round goes on with silences only when they are not kept for ever"
    found = await retention.ended_before(work.c, before, BITE)
    await _bury(work, before, [await history.head_of(work.c, name) for name in found])
    for name in found:
        await retention.drop_ended(work.c, name)
    old = await swaps.ended_before(work.c, before, BITE)
    await _bury(work, before, [await history.head_of(work.c, name) for name in old])
    for name in old:
        await swaps.drop(work.c, name)
    if BITE in (len(found), len(old)) or await signals.drop_before(work.c, before, WALK) == WALK:
        return "ended:"
    if await changes.drop_before(work.c, before, WALK) == WALK:
        return "ended:"
    await retention.drop_loose(work.c, before)
    return "alerts:"


async def _alerts(work: Work, before: datetime | None, rest: str) -> str:
    assert before is not None, "a round goes on with alerts only when they are not kept for ever"
    source, _, fingerprint = rest.partition(" ")
    found = await retention.loose_alerts_after(work.c, source, fingerprint, WALK)
    for source, fingerprint, resolved_at in found:
        if resolved_at is not None and resolved_at < before:
            await retention.drop_alert(work.c, source, fingerprint)
    return f"alerts:{found[-1][0]} {found[-1][1]}" if len(found) == WALK else "nights:"


async def _nights(work: Work, _before: datetime | None, _rest: str) -> str:
    keep = work.plan.keep.nights
    if keep is not None:
        before = work.now - keep
        count = await retention.drop_nights(work.c, before)
        if count:
            await audit.note(work, KEEPING, "NightsForgotten", {"before": before, "count": count})
        found = await worked.ended_before(work.c, before, BITE)
        await bury_nights(work, before, found)
        if len(found) == BITE:
            return "nights:"
    return ""


async def bury_nights(work: Work, before: datetime, night_ids: Iterable[str]) -> None:
    """Delete the accounts of some nights, and leave tombstones."""
    listed = list(night_ids)
    await _bury(work, before, [await history.head_of(work.c, one) for one in listed])
    for one in listed:
        await timers.put(work.c, "night", one, None)
        await worked.drop(work.c, one)


_STAGES = {"": _pages, "pages": _pages, "tickets": _tickets, "ended": _ended, "alerts": _alerts, "nights": _nights}


async def _bury(work: Work, before: datetime, ends: Iterable[Head]) -> None:
    """Put up a tombstone for each object, and one entry that lists them all."""
    # What was stored before there was a chain has no end of its own, and needs no tombstone.
    listed = [end for end in ends if end.version]
    if not listed:
        return
    body = {"before": before, "objects": [(end.object_id, end.version, end.hash) for end in listed]}
    entry = await audit.note(work, KEEPING, FORGOTTEN, body)
    for end in listed:
        stone = Tombstone(object_id=end.object_id, version=end.version, hash=end.hash, entry=entry)
        await history.bury(work.c, stone)
    work.say("keeping.forgotten", objects=len(listed), before=before.isoformat())
