"""What a source says, made durable: identity first, then the page, ticket or wait that follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from pagerd.core.alerts.alert import Alert, AlertStatus, Batch, Quarantined, ReceivedAlert
from pagerd.core.alerts.episode import Change, observe
from pagerd.core.events import AlertRaised
from pagerd.core.paging.opening import title_of
from pagerd.core.plan import VerdictKind
from pagerd.core.policy import PAGING
from pagerd.core.values import changed
from pagerd.engine import apply, change_events, heartbeats, own, placing, reconciling, signals, staleness, sweep
from pagerd.engine.boundaries import Boundary
from pagerd.engine.work import SourceTraits, Work
from pagerd.stores.records import alerts, sources, timers

SIGN_OF_LIFE_EVERY = timedelta(seconds=10)
"""A sign of life is stored at most this often: nothing that waits for silence is finer."""

QUARANTINE_KEEP = 10_000
"""Rows of unreadable alerts that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one message: how many alerts or changes were taken, were news, and could not be read."""

    alerts: int
    changed: int
    quarantined: int


async def receive(work: Work, source: SourceTraits, batch: Batch, *, renew_life: bool) -> Received:
    """Take one readable message of a source. Nothing of it is lost when this returns and the transaction commits."""
    work.crosses(Boundary.ALERT_STORED)
    if renew_life:
        await saw(work, source)
    for heartbeat in source.feeds:
        if any(heartbeat.is_fed(received) for received in batch.alerts):
            await heartbeats.beat(work, heartbeat)
    firing = sum(received.firing for received in batch.alerts)
    for status, count in (("firing", firing), ("resolved", len(batch.alerts) - firing)):
        if count:
            work.count("ingest_alerts", source.name, status, by=count)
    news = 0
    for begin in range(0, len(batch.alerts), alerts.TOGETHER):
        some = batch.alerts[begin : begin + alerts.TOGETHER]
        found = await alerts.find_all(work.c, source.name, [received.fingerprint for received in some])
        known = {received.fingerprint: found.get(received.fingerprint) for received in some}
        for received in some:
            # What becomes of one alert changes no other of its source; one that stands there twice is another by then.
            if received.fingerprint in known:
                current = known.pop(received.fingerprint)
            else:
                current = await alerts.find(work.c, source.name, received.fingerprint)
            news += await _take(work, source, received, current)
    news += await change_events.take_all(work, source.name, batch.changes)
    if batch.quarantined:
        await quarantine(work, source.name, batch.quarantined)
    if batch.truncated:
        work.count("ingest_truncated_alerts", source.name, by=batch.truncated)
        await own.raise_own(
            work,
            own.TRUNCATED,
            source.name,
            f"{source.name}: {batch.truncated} alerts of a message left out. max_alerts there, or alerts_max here?",
        )
    return Received(len(batch.alerts) + len(batch.changes), news, len(batch.quarantined))


async def saw(work: Work, source: SourceTraits) -> None:
    """Note a sign of life, count the silence from here, and end the alarm about it."""
    if source.heartbeat is not None:
        await heartbeats.beat(work, source.heartbeat)
        return
    await sources.saw(work.c, source.name, work.now)
    if source.silent_after is not None:
        await own.end_own(work, own.SILENT, source.name)
        due = work.now + source.silent_after
        await timers.put(work.c, "source", source.name, due)
        work.wakes_at(due)


async def watch_sources(work: Work, traits: Mapping[str, SourceTraits], *, listens_since: datetime | None) -> None:
    """Count the silence of every source that was heard of, as its settings say now.

    Until `listens_since` pagerd did not listen itself, so nobody was silent: a restart raises no alarm. A source that
    is not watched any more ends the alarm about it.
    """
    await heartbeats.watch(work, traits, listens_since=listens_since)
    await reconciling.begin(work, traits)
    for name, seen in (await sources.last_seen(work.c)).items():
        if name in traits and traits[name].heartbeat is not None:
            continue
        silent_after = traits[name].silent_after if name in traits else None
        if silent_after is None:
            await own.end_own(work, own.SILENT, name)
            await timers.put(work.c, "source", name, None)
            continue
        due = max(seen, listens_since or seen) + silent_after
        await timers.put(work.c, "source", name, due)
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
    text = f"{source}: {len(unreadable)} unreadable, perhaps firing: {unreadable[0].reason}"
    await own.raise_own(work, own.UNREADABLE, source, text)


async def _take(work: Work, source: SourceTraits, received: ReceivedAlert, current: Alert | None) -> bool:
    """Store what a message says of one alert, with all that follows; say whether it was news."""
    change, alert = observe(source.name, current, received, work.now)
    match change:
        case Change.NEW_EPISODE:
            await placing.place(work, alert)
            return True
        case Change.RENEWED:
            await _renewed(work, current, alert)
            severity = received.labels.get("severity")
            graver_perhaps = severity != alert.labels.get("severity")
            if graver_perhaps or _is_news(current, alert):
                signals.renewed(work, alert, received.labels)
            return graver_perhaps and await _heed_severity(work, alert, severity)
        case Change.RESOLVED:
            await placing.ended(work, current, alert)
            return True
        case Change.UNCHANGED:
            return False
        case _:
            assert_never(change)


async def _renewed(work: Work, before: Alert | None, alert: Alert) -> None:
    """Store the renewal; a lease moves with it, and a stale or suppressed alert is believed again."""
    if before is not None and before.status is alert.status:
        await alerts.renew(work.c, alert)
    else:
        await alerts.save(work.c, alert)
    was_suppressed = before is not None and before.suppression is not None
    if alert.due is not None or was_suppressed:
        await apply.set_alert_timer(work, alert)
    if before is not None and before.status is AlertStatus.STALE:
        await staleness.believed_again(work, alert)
    if was_suppressed:
        await sweep.look_at_silences(work, alert)


def _is_news(before: Alert | None, alert: Alert) -> bool:
    """Does a renewal say more than that the alert fires on?"""
    if before is None:
        return False
    is_believed_again = before.status is AlertStatus.STALE or before.suppression is not None
    return is_believed_again or signals.says_more(before.annotations, alert.annotations)


async def _heed_severity(work: Work, alert: Alert, said: str | None) -> bool:
    """Page again for an alert that became graver while it fires, and say whether it did; milder it never becomes.

    Of its labels the severity alone follows: the others decided where it is, and an open alert stays there.
    """
    others = {name: value for name, value in alert.labels.items() if name != "severity"}
    labels = others if said is None else others | {"severity": said}
    verdict = work.judge.judge(labels, alert.annotations, work.now)
    if verdict.rank >= alert.rank:
        return False
    page = await apply.page_of(work, alert)
    if page is None:
        note = f"its severity rose from {alert.severity} to {verdict.severity}"
        await placing.place_again(work, changed(alert, labels=labels), verdict=verdict, note=note)
        return True
    if verdict.kind not in PAGING:
        return False
    before, urgency = alert.severity, verdict.urgency.value
    alert = changed(alert, labels=labels, severity=verdict.severity, rank=verdict.rank, urgency=urgency)
    await alerts.save(work.c, alert)
    # A silence may be for its old severity alone, or for the one that it has now.
    if not await sweep.look_at_silences(work, alert):
        raised = AlertRaised(
            alert=title_of(alert),
            before=before,
            severity=verdict.severity,
            rank=verdict.rank,
            urgency=urgency,
            business_hours=verdict.kind is VerdictKind.BUSINESS_HOURS,
        )
        await apply.happened(work, page, raised)
    return True
