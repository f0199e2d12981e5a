"""What a source says, made durable: identity first, then the page, ticket or wait that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pagerd.core.alerts.alert import Alert, AlertStatus, Batch, Quarantined
from pagerd.core.alerts.episode import Change, observe
from pagerd.core.events import AlertRenewed
from pagerd.engine import apply, own, placing
from pagerd.engine.work import SourceTraits, Work
from pagerd.stores.records import alerts, pages, sources, timers

SIGN_OF_LIFE_EVERY = timedelta(seconds=10)
"""A sign of life is stored at most this often: nothing that waits for silence is finer."""

QUARANTINE_KEEP = 10_000
"""Rows of unreadable alerts that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one message: how many alerts were taken, were news, and could not be read."""

    alerts: int
    changed: int
    quarantined: int


async def receive(work: Work, source: SourceTraits, batch: Batch, *, renew_life: bool) -> Received:
    """Take one readable message of a source. Nothing of it is lost when this returns and the transaction commits."""
    if renew_life:
        await saw(work, source)
    changed = 0
    for received in batch.alerts:
        current = await alerts.find(work.c, source.name, received.fingerprint)
        change, alert = observe(source.name, current, received, work.now)
        work.count("ingest_alerts", source.name, "firing" if received.firing else "resolved")
        match change:
            case Change.NEW_EPISODE:
                changed += 1
                await placing.place(work, alert)
            case Change.RENEWED:
                await _renewed(work, current, alert)
            case Change.RESOLVED:
                changed += 1
                await ended(work, current, alert)
            case Change.UNCHANGED:
                pass
    if batch.quarantined:
        await quarantine(work, source.name, batch.quarantined)
    if batch.truncated:
        work.count("ingest_truncated_alerts", source.name, by=batch.truncated)
        await own.raise_own(
            work,
            own.TRUNCATED,
            source.name,
            f"{source.name} left out {batch.truncated} alerts of one message (max_alerts): set it to 0",
        )
    return Received(len(batch.alerts), changed, len(batch.quarantined))


async def saw(work: Work, source: SourceTraits) -> None:
    """Note a sign of life, count the silence from here, and end the alarm about it."""
    await sources.saw(work.c, source.name, work.now)
    if source.silent_after is not None:
        await own.end_own(work, own.SILENT, source.name)
        due = work.now + source.silent_after
        await timers.put(work.c, "source", source.name, due)
        work.wakes_at(due)


async def quarantine(work: Work, source: str, unreadable: Sequence[Quarantined]) -> None:
    """Keep what could not be read, and tell a human: it may have been firing."""
    for one in unreadable:
        row = sources.QuarantinedRow(
            id=work.chance.row_id(work.now), source=source, at=work.now, reason=one.reason, raw=one.raw
        )
        await sources.quarantine(work.c, row)
    await sources.trim_quarantine(work.c, QUARANTINE_KEEP)
    work.count("ingest_quarantined_alerts", source, by=len(unreadable))
    text = f"{source} sent {len(unreadable)} alert(s) that cannot be read and may be firing: {unreadable[0].reason}"
    await own.raise_own(work, own.UNREADABLE, source, text)


async def ended(work: Work, before: Alert | None, alert: Alert) -> None:
    """Store a resolved alert, and take it out of where it was."""
    await alerts.save(work.c, replace(alert, muted_by=None, held_until=None, hold_reason=None))
    await timers.put(work.c, "alert", apply.alert_subject(alert.source, alert.fingerprint), None)
    if before is not None:
        await placing.take_out(work, before)


async def _renewed(work: Work, before: Alert | None, alert: Alert) -> None:
    """Store the renewal; a lease moves with it, and a stale alert is believed again."""
    await alerts.save(work.c, alert)
    if alert.due is not None:
        await apply.set_alert_timer(work, alert)
    if before is not None and before.status is AlertStatus.STALE and alert.page_id is not None:
        page = await pages.find(work.c, alert.page_id)
        if page is not None and page.is_open:
            await apply.happened(work, page, AlertRenewed(alert=placing.title_of(alert)))
