"""A walk over all open alerts, in bounded bites: silences that began or ended, and verdicts under a new plan.

Each bite is one transaction and leaves a timer for the next, so that a restart goes on where the walk stood.
"""

from dataclasses import replace

from pagerd.core.alerts.alert import Alert
from pagerd.core.alerts.muting import Mute, mute_of, next_boundary
from pagerd.core.events import AlertMuted, AlertUnmuted
from pagerd.core.paging.opening import title_of
from pagerd.core.placement import waits_until
from pagerd.core.plan import VerdictKind
from pagerd.core.policy import Verdict
from pagerd.engine import (
    apply,
    audit,
    contact_questions,
    digests,
    exports,
    keeping,
    own,
    placing,
    shift_notices,
    ticketing,
    tidy,
)
from pagerd.engine.incidents import announcing, drills
from pagerd.engine.work import Work
from pagerd.stores.records import alerts, timers

BITE = 200
"""Alerts looked at in one transaction: about 20 ms of the writer's time when nothing changes."""


async def begin(work: Work) -> None:
    """Walk over all open alerts, beginning now."""
    await timers.put(work.c, "sweep", "", work.now)
    work.wakes_at(work.now)


async def under_new_plan(work: Work) -> None:
    """Look at everything again: the plan in force is another one."""
    await watch_silences(work)
    await tidy.begin(work)
    await audit.begin(work)
    await keeping.begin(work)
    await digests.begin(work)
    await drills.begin(work)
    await shift_notices.begin(work)
    await contact_questions.begin(work)
    await exports.begin(work)
    await announcing.begin(work)
    await begin(work)


async def watch_silences(work: Work) -> None:
    """Set the timer for the next instant at which a silence begins or ends."""
    due = next_boundary(work.plan.silences, work.now)
    await timers.put(work.c, "muting", "", due)
    work.wakes_at(due)


async def bite(work: Work, cursor: str) -> None:
    """Look at the next alerts after the cursor, which is `source fingerprint` or empty."""
    source, _, fingerprint = cursor.partition(" ")
    found = await alerts.open_after(work.c, source, fingerprint, BITE)
    for alert in found:
        await _look_again(work, alert)
    await timers.put(work.c, "sweep", cursor, None)
    if len(found) == BITE:
        last = found[-1]
        await timers.put(work.c, "sweep", apply.alert_subject(last.source, last.fingerprint), work.now)
        work.wakes_at(work.now)


async def _look_again(work: Work, alert: Alert) -> None:
    if not await look_at_silences(work, alert) and alert.page_id is None and alert.source != own.SOURCE:
        await _judge_again(work, alert)


async def look_at_silences(work: Work, alert: Alert) -> bool:
    """Mute the alert or let it be heard again, as silences and its source say; say whether it is muted or was."""
    mute = mute_of(work.plan.silences, alert, work.now, alert.team)
    if mute is not None and alert.muted_by is None:
        await _mute(work, alert, mute)
    elif mute is not None and mute.id != alert.muted_by:
        await alerts.save(work.c, replace(alert, muted_by=mute.id))
    elif mute is None and alert.muted_by is not None:
        await _unmute(work, alert)
    return mute is not None or alert.muted_by is not None


async def _mute(work: Work, alert: Alert, mute: Mute) -> None:
    await alerts.save(work.c, replace(alert, muted_by=mute.id))
    page = await apply.page_of(work, alert)
    if page is not None:
        name = title_of(alert)
        await apply.happened(work, page, AlertMuted(alert=name, by=mute.by, why=mute.why, until=mute.until))


async def _unmute(work: Work, alert: Alert) -> None:
    alert = replace(alert, muted_by=None)
    page = await apply.page_of(work, alert)
    if page is not None:
        await alerts.save(work.c, alert)
        unmuted = AlertUnmuted(
            alert=title_of(alert),
            severity=alert.severity,
            rank=alert.rank,
            urgency=alert.urgency or page.urgency,
            business_hours=alert.verdict == VerdictKind.BUSINESS_HOURS.value,
        )
        await apply.happened(work, page, unmuted)
        return
    if alert.held_until is not None and alert.held_until > work.now:
        await alerts.save(work.c, alert)
        return
    verdict = own.own_verdict(work.plan, alert) if alert.source == own.SOURCE else None
    await placing.place_again(work, alert, verdict=verdict, note="its silence ended")


async def _judge_again(work: Work, alert: Alert) -> None:
    """Judge a ticket's or a waiting alert once more; nothing happens while the verdict is what it was."""
    by_hand = alert.hold_reason is not None and alert.hold_reason.startswith("page ")
    if by_hand:
        return
    verdict = work.judge.judge(alert.labels, alert.annotations, work.now)
    if not await _is_still_right(work, alert, verdict):
        await placing.place_again(work, alert, verdict=verdict, note="judged again under the new plan")


async def _is_still_right(work: Work, alert: Alert, verdict: Verdict) -> bool:
    """Would the alert be where it is, if it fired now? A ticket that a person closed stays closed."""
    now = (verdict.kind.value, verdict.team, verdict.rule, verdict.severity)
    if now != (alert.verdict, alert.team, alert.rule, alert.severity):
        return False
    if alert.held_until != waits_until(verdict, work.plan, work.now):
        return False
    found = await ticketing.ticket_of(work, alert)
    if found is None:
        return True
    has_clock = found.page_at is not None or found.taken_by is not None or found.paged_as is not None
    return found.group_key == verdict.group_key and (verdict.page_after is None or has_clock)
