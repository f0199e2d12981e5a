"""What a due row means. One function per kind, each in a transaction of its own: a bad row delays nobody."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from pagerd.core import ticket as tickets_core
from pagerd.core.alerts.alert import Alert, AlertStatus
from pagerd.core.events import TimerFired
from pagerd.core.paging.escalation import last_resort
from pagerd.core.paging.page import Stage
from pagerd.core.people import Urgency
from pagerd.core.plain import length
from pagerd.engine import (
    apply,
    audit,
    contact_questions,
    digests,
    exports,
    heartbeats,
    keeping,
    mornings,
    outbox,
    own,
    placing,
    questions,
    reconciling,
    shift_notices,
    signin,
    staleness,
    swaps,
    sweep,
    ticketing,
    tidy,
)
from pagerd.engine.actions import chasing, repeats
from pagerd.engine.incidents import announcing, checking, drills, errands
from pagerd.engine.incidents import apply as incidents
from pagerd.engine.work import SourceTraits, Work
from pagerd.stores.records import alerts, pages, sources, tickets, timers
from pagerd.stores.records.timers import Timer

log = structlog.get_logger()

Traits = Mapping[str, SourceTraits]

_CarriedOut = Callable[[Work, str, Traits], Awaitable[None]]
"""How a timer of one kind is carried out."""

TRY_AGAIN_AFTER = timedelta(seconds=1)
GIVE_UP_AFTER = 2
"""Decisions that raised this often are not tried again: humans are told in plain text instead."""

PARKED_FOR = timedelta(hours=1)


async def fire(work: Work, timer: Timer, traits: Traits) -> None:
    """Carry out one due timer. It is read once more: what was due a moment ago may have moved."""
    now_due = await timers.find(work.c, timer.kind, timer.subject)
    if now_due is None or now_due.due > work.now:
        return
    work.count("timer_lag_seconds", by=(work.now - now_due.due).total_seconds())
    await _KINDS[timer.kind](work, timer.subject, traits)


async def failed(work: Work, timer: Timer, error: str) -> None:
    """Note that a decision raised: try it once more, then tell the last resort in plain text."""
    log.error("timer.failed", kind=timer.kind, subject=timer.subject, attempts=timer.attempts + 1, error=error)
    work.count("timer_failures", timer.kind)
    if timer.attempts + 1 < GIVE_UP_AFTER:
        await timers.fail(work.c, timer, work.now + TRY_AGAIN_AFTER)
        work.wakes_at(work.now + TRY_AGAIN_AFTER)
        return
    await timers.fail(work.c, timer, work.now + PARKED_FOR)
    text = f"pagerd could not decide about {timer.kind} {timer.subject}: look at it yourself, now. {error[:200]}"
    # What raised may be the stored page itself: so only its team is asked for here, and nothing of it is decoded.
    team = await pages.team_of(work.c, timer.subject) if timer.kind == "page" else None
    for one in last_resort(work.plan, team or work.plan.fallback, Urgency.HIGH, work.now):
        await outbox.plain(work, one.person, text, Urgency.HIGH)


async def _page_due(work: Work, page_id: str, _traits: Traits) -> None:
    page = await pages.find(work.c, page_id)
    if page is None or not page.is_open:
        await timers.put(work.c, "page", page_id, None)
        return
    after = await apply.happened(work, page, TimerFired())
    if after.errand is not None and after.is_open and page.position.stage is Stage.EVERYBODY_ASKED:
        await errands.nobody_came(work, after)


async def _ticket_due(work: Work, ticket_id: str, _traits: Traits) -> None:
    found = await tickets.find(work.c, ticket_id)
    if found is None or found.due is None or found.due > work.now:
        await timers.put(work.c, "ticket", ticket_id, found.due if found is not None else None)
    elif found.firing:
        await placing.page_for_ticket(work, found)
    else:
        outcome = tickets_core.closed(found, work.now, None, "nothing of it fired for 15 min")
        await ticketing.save(work, outcome, "TicketClosed")


async def _alert_due(work: Work, subject: str, traits: Traits) -> None:
    source, _, fingerprint = subject.partition(" ")
    alert = await alerts.find(work.c, source, fingerprint)
    if alert is None or alert.status is AlertStatus.RESOLVED:
        await timers.put(work.c, "alert", subject, None)
        return
    lease_until = _lease_until(work, alert)
    if lease_until is not None and lease_until <= work.now:
        await _lease_ended(work, alert, traits.get(source))
    elif alert.held_until is not None and alert.held_until <= work.now:
        await _hold_ended(work, alert)
    elif alert.suppressed_until is not None and alert.suppressed_until <= work.now:
        await reconciling.suppression_ended(work, alert)
    else:
        await apply.set_alert_timer(work, replace(alert, lease_until=lease_until))


def _lease_until(work: Work, alert: Alert) -> datetime | None:
    """Return when a lease is over: nobody could renew it while pagerd did not listen, so then it runs as long anew."""
    is_renewed = alert.source != own.SOURCE and alert.status is AlertStatus.FIRING
    if alert.lease_until is None or not is_renewed or work.listens_since <= alert.last_seen_at:
        return alert.lease_until
    return work.listens_since + (alert.lease_until - alert.last_seen_at)


async def _hold_ended(work: Work, alert: Alert) -> None:
    note = f"it still fires: {alert.hold_reason}" if alert.hold_reason else "it still fires"
    verdict = own.own_verdict(work.plan, alert) if alert.source == own.SOURCE else None
    await placing.place_again(work, alert, verdict=verdict, note=note)


async def _lease_ended(work: Work, alert: Alert, traits: SourceTraits | None) -> None:
    """The source stopped renewing: stale is not resolved, unless it is our own or the source says after how long."""
    if alert.source == own.SOURCE or alert.status is AlertStatus.STALE:
        over = replace(alert, status=AlertStatus.RESOLVED, resolved_at=work.now, lease_until=None)
        await placing.ended(work, alert, over)
        return
    await staleness.went_stale(work, alert, traits)


async def _source_silent(work: Work, name: str, traits: Traits) -> None:
    heartbeat = traits[name].heartbeat if name in traits else None
    if heartbeat is not None:
        await heartbeats.overdue(work, heartbeat)
        return
    await timers.put(work.c, "source", name, None)
    silent_after = traits[name].silent_after if name in traits else None
    if silent_after is None:
        return
    seen = (await sources.last_seen(work.c)).get(name)
    if seen is None:
        return
    if seen + silent_after > work.now:
        await timers.put(work.c, "source", name, seen + silent_after)
        work.wakes_at(seen + silent_after)
        return
    # Which one it is stands first: a text message is cut behind a few words.
    text = f"{name}: nothing heard for {length(work.now - seen)}, its alerts may not reach us"
    await own.raise_own(work, own.SILENT, name, text, lasts=None)


async def _silences_changed(work: Work, _subject: str, _traits: Traits) -> None:
    await sweep.watch_silences(work)
    await sweep.begin(work)


async def _export_due(work: Work, subject: str, _traits: Traits) -> None:
    if subject.startswith(exports.ALL_AFTER):
        await exports.tell_all_after(work, subject.removeprefix(exports.ALL_AFTER))
    else:
        await exports.due(work)


async def _ask_due(work: Work, name: str, traits: Traits) -> None:
    await reconciling.ask_due(work, name, traits.get(name))


def _by_subject(act: Callable[[Work, str], Awaitable[object]]) -> _CarriedOut:
    """Carry out what needs to know nothing of the sources."""

    async def carried_out(work: Work, subject: str, _traits: Traits) -> None:
        await act(work, subject)

    return carried_out


def _at_once(act: Callable[[Work], Awaitable[object]]) -> _CarriedOut:
    """Carry out what there is one of: its subject says nothing."""

    async def carried_out(work: Work, _subject: str, _traits: Traits) -> None:
        await act(work)

    return carried_out


_KINDS: Mapping[str, _CarriedOut] = {
    "page": _page_due,
    "ticket": _ticket_due,
    "alert": _alert_due,
    "source": _source_silent,
    "ask": _ask_due,
    "muting": _silences_changed,
    "sweep": _by_subject(sweep.bite),
    "tidy": _at_once(tidy.forget),
    "report": _by_subject(questions.report_due),
    "inbox": _at_once(questions.inbox_due),
    "anchor": _at_once(audit.anchor),
    "keep": _by_subject(keeping.bite),
    "night": _by_subject(mornings.due),
    "swap": _by_subject(swaps.due),
    "digest": _by_subject(digests.due),
    "drill": _by_subject(drills.due),
    contact_questions.WALK: _by_subject(contact_questions.walk),
    shift_notices.OF_A_PERSON: _by_subject(shift_notices.look),
    shift_notices.OF_ALL: _by_subject(shift_notices.walk),
    "export": _export_due,
    "message": _at_once(announcing.due),
    "signin": _by_subject(signin.due),
    "incident": _by_subject(checking.incident_due),
    "action": _by_subject(chasing.due),
    "repeats": _by_subject(repeats.look),
    incidents.CHECKS: _by_subject(checking.due),
}
