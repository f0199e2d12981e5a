"""The one place that persists what was decided of a page.

State, history, timer and outbox of one event are written in the transaction that the Work stands for. Nothing is sent
here: what is due now is handed out by whoever ran the unit, after the commit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from pagerd.core.alerts.alert import Alert
from pagerd.core.effects import (
    CancelPending,
    Effect,
    HoldAlerts,
    Notify,
    PostponePending,
    RaiseAlarm,
    Tell,
    TellEverybodyPaged,
)
from pagerd.core.events import Acknowledged, Event, Snoozed, TimerFired
from pagerd.core.paging.decide import decide, open_page
from pagerd.core.paging.draft import Decision
from pagerd.core.paging.escalation import ENDS
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.paging.page import Page, PageStatus
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium, Urgency
from pagerd.core.values import changed
from pagerd.engine import audit, mornings, outbox, settling
from pagerd.engine.boundaries import Boundary
from pagerd.engine.work import Work
from pagerd.stores.records import alerts, answers, nights, notifications, pages, sources, timers

CODES_FREE_AFTER = timedelta(hours=24)
"""How long the codes of a resolved page answer `already resolved` before they may stand for another."""

ESCALATES: Mapping[str, str] = {
    "step.timed_out": "timeout",
    "page.escalated": "manual",
    "person.unreachable": "unreachable",
    "nobody.on_call": "empty",
}
"""The timeline entries that are an escalation, each with its reason in the metrics."""

ALARM_EVERY = timedelta(hours=1)
"""Operators are told of one kind of trouble with one subject at most this often."""


async def opened(work: Work, page: Page, *, reasons: tuple[str, ...], before: str | None) -> Page:
    """Open a page: decide, store, page the first step. Return it as stored."""
    decision = open_page(page, work.plan, work.now, reasons=reasons, before=before)
    opened_page = await _chain(work, decision, "PageOpened", page)
    await pages.insert(work.c, opened_page)
    work.pages.stored(opened_page)
    work.crosses(Boundary.PAGE_OPENED)
    work.count("pages", page.subject.team, page.severity)
    await _carry_out(work, opened_page, decision)
    _count_exhausted(work, page, opened_page)
    return opened_page


async def happened(work: Work, page: Page, event: Event) -> Page:
    """Let an event happen to a page: decide, store, do. Return the page as stored. Raises IllegalTransition."""
    decision = decide(page, event, work.plan, work.now)
    if isinstance(event, TimerFired) and not decision.entries:
        await timers.put(work.c, "page", page.id, page.due)
        return page
    after = await _chain(work, decision, type(event).__name__, event)
    await pages.update(work.c, after)
    work.pages.stored(after)
    if isinstance(event, TimerFired):
        work.crosses(Boundary.STEP_TAKEN)
    await _carry_out(work, after, decision)
    if page.acknowledgement is None and after.acknowledgement is not None:
        assert isinstance(event, Acknowledged | Snoozed), f"{type(event).__name__} gave page {page.id} a holder"
        work.crosses(Boundary.ACKNOWLEDGED)
        work.count("page_acks", event.via)
        if page.last_acknowledged_by is None:
            waited = (work.now - page.opened_at).total_seconds()
            work.count("page_ack_duration_seconds", page.severity, by=waited)
    _count_exhausted(work, page, after)
    return after


async def page_of(work: Work, alert: Alert) -> Page | None:
    """Return the page that an alert is in, if that is open."""
    page = await work.pages.find(work.c, alert.page_id) if alert.page_id is not None else None
    return page if page is not None and page.is_open else None


def _count_exhausted(work: Work, before: Page, after: Page) -> None:
    """Count a policy that ended without an answer once, not each round of the last resort that follows."""
    if before.position.stage not in ENDS and after.position.stage in ENDS:
        work.count("exhausted")


async def _chain(work: Work, decision: Decision, event: str, body: object) -> Page:
    """Append to the page's history, and return the page with the new end of its chain: storing it costs no more."""
    page = decision.page
    head = await audit.append(work, page.head, page.id, page.version, event, body, decision.entries)
    return changed(page, head=head)


async def _carry_out(work: Work, page: Page, decision: Decision) -> None:
    await timers.put(work.c, "page", page.id, page.due)
    work.wakes_at(page.due)
    for effect in decision.effects:
        await _do(work, page, effect)
    for entry in decision.entries:
        if entry.kind in ESCALATES:
            work.count("escalations", ESCALATES[entry.kind])
    if page.status is PageStatus.RESOLVED and page.resolved_at == work.now:
        await answers.release_codes(work.c, page.id, work.now + CODES_FREE_AFTER)


async def _do(work: Work, page: Page, effect: Effect) -> None:
    match effect:
        case Notify():
            await outbox.notify(
                work, page, effect.person, effect.purpose, effect.urgency, why=effect.why, actor=effect.actor
            )
        case TellEverybodyPaged():
            people = [person for person in page.reached if person not in effect.but]
            await _tell(work, page, people, effect.purpose, effect.actor, no_shadow=frozenset(effect.but))
        case Tell():
            await _tell(work, page, [effect.person], effect.purpose, effect.actor)
        case CancelPending():
            await notifications.cancel_pending(
                work.c, page.id, person=effect.person, spared=Purpose.HELP if effect.but_help else None
            )
        case PostponePending():
            await notifications.postpone_pending(work.c, page.id, settling.leaves_at(work, effect.until))
        case HoldAlerts():
            await _hold_alerts(work, page, effect)
        case RaiseAlarm():
            await alarm(work, effect.kind, effect.subject, effect.text)
        case _:
            assert_never(effect)


async def _tell(
    work: Work,
    page: Page,
    people: Iterable[str],
    purpose: Purpose,
    actor: str,
    *,
    no_shadow: frozenset[str] | None = None,
) -> None:
    """Tell people who know of the page, and whoever had a copy as a shadow but for `no_shadow` (None: none of them)."""
    known: dict[str, list[Medium]] = {person: [] for person in people}
    for one in await notifications.of_page(work.c, page.id):
        if one.purpose is Purpose.SHADOW and no_shadow is not None and one.person not in no_shadow:
            known.setdefault(one.person, [])
        # Whoever would have been told while pagerd only observed was not.
        never_sent = one.status is NotificationStatus.OBSERVED and not work.observing
        if one.person in known and not never_sent and (one.attempts > 0 or one.status is NotificationStatus.CLAIMED):
            known[one.person].append(one.medium)
    for person, media in known.items():
        if media and person in work.plan.people:
            await outbox.tell(work, page, person, purpose, outbox.quiet_media(work, person, media), actor)


async def _hold_alerts(work: Work, page: Page, effect: HoldAlerts) -> None:
    for alert in await alerts.of_page(work.c, page.id, open_only=True, limit=100_000):
        held = replace(alert, page_id=None, held_until=effect.until, hold_reason=f"page {page.id} was resolved by hand")
        await alerts.save(work.c, held)
        await timers.put(work.c, "alert", alert_subject(alert.source, alert.fingerprint), effect.until)
    work.wakes_at(effect.until)


async def alarm(
    work: Work,
    kind: str,
    subject: str,
    text: str,
    urgency: Urgency = Urgency.LOW,
    *,
    by: Medium | None = None,
    everywhere: bool = False,
) -> bool:
    """Tell the operators of trouble with pagerd itself, once an hour for one kind and subject; say whether it was.

    They hear of it as they want to hear of what has this urgency; `by` one medium alone where it is given, and
    `everywhere` by mail and by text, both at once.
    """
    work.count("alarms", kind)
    told = await sources.told_operators(work.c, kind, subject)
    # An hour that has not begun is one of a clock that was ahead: it keeps nobody from hearing of it.
    if told is not None and timedelta(0) <= work.now - told[0] < ALARM_EVERY:
        await sources.note_alarm(work.c, kind, subject, told_at=told[0], count=told[1] + 1)
        return False
    since = f" ({told[1]} more since the last word)" if told is not None and told[1] else ""
    await sources.note_alarm(work.c, kind, subject, told_at=work.now, count=0)
    if everywhere:
        await outbox.alarm_everywhere(work, text + since)
    elif by is not None:
        await outbox.alarm_operators_by(work, text + since, by)
    else:
        await outbox.alarm_operators(work, text + since, urgency)
    return True


async def note_act(work: Work, page_id: str, person: str) -> None:
    """Note in the person's night row, if there is one, that they acted on the page just now."""
    night = await nights.find(work.c, person, page_id)
    if night is not None:
        acknowledged_at = night.acknowledged_at if night.acknowledged_at is not None else work.now
        await nights.save(work.c, replace(night, acknowledged_at=acknowledged_at, last_act_at=work.now))
    await mornings.acted(work, person, page_id)


async def set_alert_timer(work: Work, alert: Alert) -> None:
    """Set the alert's own timer to its due time, or drop it where it waits for nothing."""
    await timers.put(work.c, "alert", alert_subject(alert.source, alert.fingerprint), alert.due)
    work.wakes_at(alert.due)


def alert_subject(source: str, fingerprint: str) -> str:
    """Name an alert as the subject of a timer; source names hold no blank."""
    return f"{source} {fingerprint}"
