"""Where an alert goes: a page, a ticket, a wait for business hours, nowhere yet (muted), or nowhere (drop).

`place` is called for an alert that just fired, `place_again` for one without a page when its mute, its hold or its wait
ended, when it became graver, or when the plan changed: it is judged as if it had just fired.
"""

from pagerd.core import ticket as tickets_core
from pagerd.core.alerts.alert import Alert, AlertStatus
from pagerd.core.alerts.muting import mute_of
from pagerd.core.events import AlertEnded
from pagerd.core.paging.opening import fresh_page, joining, title_of
from pagerd.core.paging.page import Page
from pagerd.core.placement import Place, pages_again, placement
from pagerd.core.plain import length
from pagerd.core.plan import VerdictKind
from pagerd.core.policy import PAGING, Verdict
from pagerd.core.ticket import Ticket
from pagerd.core.values import changed
from pagerd.engine import apply, observing, signals, ticketing
from pagerd.engine.boundaries import Boundary
from pagerd.engine.incidents import refiring
from pagerd.engine.work import Work
from pagerd.stores.records import alerts, pages, tickets, timers


async def place(work: Work, alert: Alert, *, verdict: Verdict | None = None, note: str | None = None) -> Alert:
    """Judge an alert that just fired, put it where the verdict says, and store it.

    `verdict` is given for alerts of pagerd's own; `note` is a reason that the page will show first.
    """
    placed = await _place(work, alert, verdict, note, counted_in=None)
    signals.fired(work, placed)
    return placed


async def place_again(work: Work, alert: Alert, *, note: str, verdict: Verdict | None = None) -> Alert:
    """Judge an alert anew that fires on and has no page: its mute, hold or wait ended, or the plan is another.

    A ticket that it is in counts it already; one that it is not in any more hears that it left.
    """
    ticket = await ticketing.ticket_of(work, alert)
    was_in = ticket.id if ticket is not None else None
    alert = await _place(work, changed(alert, page_id=None), verdict, note, counted_in=was_in)
    if ticket is not None and alert.ticket_id != ticket.id:
        left = tickets_core.left(ticket, work.now, title_of(alert), alert.page_id)
        await ticketing.save(work, left, "AlertJudgedAgain")
    return alert


async def _place(
    work: Work, alert: Alert, verdict: Verdict | None, note: str | None, *, counted_in: str | None
) -> Alert:
    verdict = verdict or work.judge.judge(alert.labels, alert.annotations, work.now)
    reasons = verdict.reasons if note is None else (note, *verdict.reasons)
    mute = mute_of(work.plan.silences, alert, work.now, verdict.team)
    last_page, waited = alert.page_id, alert.due is not None
    alert = changed(
        alert,
        team=verdict.team,
        rule=verdict.rule,
        severity=verdict.severity,
        rank=verdict.rank,
        urgency=verdict.urgency.value,
        verdict=verdict.kind.value,
        reasons=reasons,
        muted_by=mute.id if mute is not None else None,
        held_until=None,
        hold_reason=None,
        page_id=None,
        ticket_id=None,
    )
    work.count("decisions", "muted" if mute is not None else verdict.kind.value)
    for violation in verdict.violations:
        work.count("criteria_failures", violation.test)
    known = await _pages_of(work, verdict) if verdict.kind in PAGING else pages.OfGroup()
    page = known.open
    where = placement(verdict, work.plan, work.now, page_is_open=page is not None, is_muted=mute is not None)
    if page is not None:
        alert = await _join_page(work, page, alert, verdict, fired_before=last_page == page.id)
    elif where.place is Place.MUTED:
        # It is known and muted, in the ticket that it was in; when the silence ends it is judged again.
        alert = changed(alert, ticket_id=counted_in)
    elif where.place is Place.OPENS_PAGE:
        alert = await _open_page(work, alert, verdict, known)
    elif where.place is Place.HELD:
        reason = f"outside the business hours of team {verdict.team}"
        alert = changed(alert, held_until=where.held_until, hold_reason=reason)
    elif where.place is Place.TICKET:
        alert = await _into_ticket(work, alert, verdict, counted_in)
    if alert.page_id is not None and verdict.kind in PAGING and verdict.violations:
        # It was too grave to wait, and somebody must still mend the alert: the page ends, the ticket stays.
        alert = await _into_ticket(work, alert, verdict, counted_in)
    await alerts.save(work.c, alert)
    work.crosses(Boundary.ALERT_PLACED)
    if work.observing:
        await observing.note_judged(work, alert, verdict, where.place)
    if waited or alert.due is not None:
        await apply.set_alert_timer(work, alert)
    return alert


async def ended(work: Work, before: Alert | None, alert: Alert) -> None:
    """Store a resolved alert, and take it out of where it was."""
    await alerts.save(work.c, changed(alert, muted_by=None, held_until=None, hold_reason=None))
    await timers.put(work.c, "alert", apply.alert_subject(alert.source, alert.fingerprint), None)
    signals.resolved(work, alert, before)
    if before is not None:
        await take_out(work, before)


async def take_out(work: Work, alert: Alert) -> None:
    """Take a resolved alert out of its page or ticket."""
    name = title_of(alert)
    page = await apply.page_of(work, alert)
    if page is not None:
        stale = alert.status is AlertStatus.STALE
        await apply.happened(work, page, AlertEnded(alert=name, muted=alert.muted_by is not None, stale=stale))
    found = await ticketing.ticket_of(work, alert)
    if found is not None:
        await ticketing.save(work, tickets_core.ended(found, work.now, name), "AlertEnded")


async def page_for_ticket(work: Work, found: Ticket) -> None:
    """Nobody took the ticket in time: its firing alerts page now, and the page says which tests they failed.

    What is muted or held waits; the end of that looks at the ticket again. So does what pages already.
    """
    late = f"ticket {found.id} was not taken in time"
    is_waiting, page = False, await pages.find_open_of_group(work.c, found.group_key)
    paged_as = page.id if page is not None else None
    for alert in await alerts.of_ticket(work.c, found.id, open_only=True, limit=100_000):
        verdict = work.judge.judge(alert.labels, alert.annotations, work.now)
        if alert.page_id is not None or (verdict.page_after is None and verdict.kind not in PAGING):
            continue
        if alert.muted_by is not None or alert.held_until is not None:
            is_waiting = True
            continue
        paging = await _page_now(work, changed(alert, reasons=(late, *verdict.reasons)), verdict)
        await alerts.save(work.c, paging)
        paged_as = paging.page_id
    if paged_as is not None:
        await ticketing.save(work, tickets_core.paged(found, work.now, paged_as), "TicketPaged")
    elif is_waiting:
        await timers.put(work.c, "ticket", found.id, None)
    else:
        await ticketing.save(work, tickets_core.stopped(found, work.now), "ClockStopped")


async def _page_now(work: Work, alert: Alert, verdict: Verdict) -> Alert:
    """Page for an alert whose ticket has waited long enough."""
    verdict = changed(verdict, kind=VerdictKind.PAGE, page_after=None)
    known = await _pages_of(work, verdict)
    if known.open is not None:
        return await _join_page(work, known.open, alert, verdict, fired_before=False)
    return await _open_page(work, alert, verdict, known)


async def _pages_of(work: Work, verdict: Verdict) -> pages.OfGroup:
    """Return the open page of the alert's group, or the last one, if it matters still to the next."""
    if (page := work.pages.open_of(verdict.group_key)) is not None:
        return pages.OfGroup(open=page)
    times = work.plan.times
    since = work.now - max(times.follow_up_within, times.hold_after_resolve)
    part_since = work.now - refiring.LOOK_BACK
    return await pages.find_of_group(work.c, verdict.group_key, resolved_after=since, part_after=part_since)


async def _join_page(work: Work, page: Page, alert: Alert, verdict: Verdict, *, fired_before: bool) -> Alert:
    event = joining(alert, verdict, muted=alert.muted_by is not None, fired_before=fired_before)
    await apply.happened(work, page, event)
    if alert.muted_by is None:
        await refiring.joined(work, page, title_of(alert))
    return changed(alert, page_id=page.id)


async def _open_page(work: Work, alert: Alert, verdict: Verdict, known: pages.OfGroup) -> Alert:
    """Open the page of a group that has none; it follows the last one, if that was resolved a moment ago."""
    last, reasons, follows = known.resolved, alert.reasons, None
    if last is not None and last.resolved_at is not None:
        ago = work.now - last.resolved_at
        follows = last if ago < work.plan.times.follow_up_within else None
        if last.resolved_by is not None:
            by = work.plan.name_of(last.resolved_by)
            reasons = (f"it fires although {by} resolved page {last.id} by hand {length(ago)} ago", *reasons)
    page_id = work.chance.object_id("p")
    page = fresh_page(page_id, alert, verdict, work.plan, work.now, follows=follows.id if follows is not None else None)
    before = follows.last_acknowledged_by if follows is not None else None
    opened = await apply.opened(work, page, reasons=reasons, before=before)
    await refiring.opened(work, opened, known.incidents)
    return changed(alert, page_id=opened.id)


async def _into_ticket(work: Work, alert: Alert, verdict: Verdict, counted_in: str | None) -> Alert:
    """Put an alert into the ticket of its group. The ticket that is `counted_in` counts it already."""
    name = title_of(alert)
    page_at = work.now + verdict.page_after if verdict.page_after is not None else None
    key = verdict.group_key
    found = work.tickets.open_of(key) or await tickets.find_open_of_group(work.c, key)
    if found is None:
        opened = await ticketing.open_for(work, alert, verdict, page_at)
        return changed(alert, ticket_id=opened.id)
    alert = changed(alert, ticket_id=found.id)
    one = tickets_core.Grievance(alert=name, severity=verdict.severity, rank=verdict.rank, page_at=page_at)
    if found.id != counted_in:
        after = await ticketing.save(work, tickets_core.fired(found, work.now, one), "AlertJoined")
    else:
        after = await _judged_in_ticket(work, found, one)
    if after.page_at is not None and found.page_at is None:
        await ticketing.tell_primary(work, after)
    if pages_again(after, verdict) and alert.page_id is None:
        return await _page_now(work, alert, verdict)
    return alert


async def _judged_in_ticket(work: Work, found: Ticket, one: tickets_core.Grievance) -> Ticket:
    outcome = tickets_core.judged_again(found, work.now, one)
    if outcome[1]:
        return await ticketing.save(work, outcome, "AlertJudgedAgain")
    # Its clock may have run out while nothing of it could page.
    await timers.put(work.c, "ticket", found.id, found.due)
    work.wakes_at(found.due)
    return found
