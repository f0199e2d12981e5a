"""Where an alert goes: a page, a ticket, a wait for business hours, nowhere yet (muted), or nowhere (drop).

`place` is called for an alert that just fired, and again for one without a page when its mute, its hold or its wait
ended, or when the plan changed: it is judged as if it had just fired.
"""

from pagerd.core import hours
from pagerd.core import ticket as tickets_core
from pagerd.core.alerts.alert import Alert, AlertStatus
from pagerd.core.alerts.muting import silence_for
from pagerd.core.events import AlertEnded, AlertJoined
from pagerd.core.paging.escalation import find_all
from pagerd.core.paging.page import Page, PageStep, Position, Stage, Subject
from pagerd.core.plan import VerdictKind
from pagerd.core.policy import Verdict
from pagerd.core.ticket import Ticket
from pagerd.core.values import changed
from pagerd.engine import apply, outbox
from pagerd.engine.work import Work
from pagerd.stores.records import alerts, pages, tickets, timers


async def place(work: Work, alert: Alert, *, verdict: Verdict | None = None, note: str | None = None) -> Alert:
    """Judge an alert that fires and has no page, put it where the verdict says, and store it.

    `verdict` is given for alerts of pagerd's own; `note` is a reason that the page will show first.
    """
    verdict = verdict or work.judge.judge(alert.labels, alert.annotations, work.now)
    reasons = verdict.reasons if note is None else (note, *verdict.reasons)
    silence = silence_for(work.plan.silences, alert.labels, work.now, team=verdict.team)
    last_page, waited = alert.page_id, alert.due is not None
    alert = changed(
        alert,
        team=verdict.team,
        rule=verdict.rule,
        severity=verdict.severity,
        rank=verdict.rank,
        verdict=verdict.kind.value,
        reasons=reasons,
        muted_by=silence.id if silence is not None else None,
        held_until=None,
        hold_reason=None,
        page_id=None,
        ticket_id=None,
    )
    work.count("decisions", "muted" if silence is not None else verdict.kind.value)
    for violation in verdict.violations:
        work.count("criteria_failures", violation.test)
    page = await pages.find_open_of_group(work.c, verdict.group_key) if verdict.kind in _PAGING else None
    if page is not None:
        alert = await _join_page(work, page, alert, verdict, fired_before=last_page == page.id)
    elif silence is not None:
        pass  # It is known and muted; when the silence ends it is judged as if it had just fired.
    elif verdict.kind is VerdictKind.PAGE:
        alert = await _open_page(work, alert, verdict)
        if verdict.violations:
            # It was too grave to wait, and somebody must still mend the alert: the page ends, the ticket stays.
            alert = await _into_ticket(work, alert, verdict)
    elif verdict.kind is VerdictKind.BUSINESS_HOURS:
        team = work.plan.teams[verdict.team]
        if hours.is_open(team.hours, team.zone, work.now):
            alert = await _open_page(work, alert, verdict)
        else:
            opening = hours.next_opening(team.hours, team.zone, work.now)
            alert = changed(alert, held_until=opening, hold_reason=f"outside the business hours of team {team.id}")
    elif verdict.kind is VerdictKind.TICKET:
        alert = await _into_ticket(work, alert, verdict)
    await alerts.save(work.c, alert)
    if waited or alert.due is not None:
        await apply.set_alert_timer(work, alert)
    return alert


_PAGING = frozenset({VerdictKind.PAGE, VerdictKind.BUSINESS_HOURS})


async def take_out(work: Work, alert: Alert) -> None:
    """Take a resolved alert out of its page or ticket."""
    name = title_of(alert)
    if alert.page_id is not None:
        page = await pages.find(work.c, alert.page_id)
        if page is not None and page.is_open:
            stale = alert.status is AlertStatus.STALE
            await apply.happened(work, page, AlertEnded(alert=name, muted=alert.muted_by is not None, stale=stale))
    if alert.ticket_id is not None:
        found = await tickets.find(work.c, alert.ticket_id)
        if found is not None and found.status is not tickets_core.TicketStatus.CLOSED:
            await save_ticket(work, tickets_core.ended(found, work.now, name), "AlertEnded")


async def save_ticket(work: Work, outcome: tickets_core.Outcome, event: str, *, is_new: bool = False) -> Ticket:
    """Store what became of a ticket, its history and its timer."""
    found, entries = outcome
    if is_new:
        await tickets.insert(work.c, found)
    else:
        await tickets.update(work.c, found)
    await pages.append_history(work.c, found.id, found.version, work.now, work.plan.revision, event, {}, entries)
    await timers.put(work.c, "ticket", found.id, found.due)
    work.wakes_at(found.due)
    return found


async def page_for_ticket(work: Work, found: Ticket) -> None:
    """Nobody took the ticket in time: its firing alerts page now, and the page says which tests they failed."""
    firing = await alerts.of_ticket(work.c, found.id, open_only=True)
    late = f"ticket {found.id} was not taken in time"
    page: Page | None = await pages.find_open_of_group(work.c, found.group_key)
    for alert in firing:
        verdict = work.judge.judge(alert.labels, alert.annotations, work.now)
        verdict = changed(verdict, kind=VerdictKind.PAGE, page_after=None, reasons=(late, *verdict.reasons))
        if page is None:
            opened = await _open_page(work, alert, verdict)
            page = await pages.find(work.c, opened.page_id) if opened.page_id is not None else None
            await alerts.save(work.c, opened)
        else:
            await alerts.save(work.c, await _join_page(work, page, alert, verdict, fired_before=False))
            page = await pages.find(work.c, page.id)
    await save_ticket(work, tickets_core.paged(found, work.now, page.id if page is not None else ""), "TicketPaged")


async def _join_page(work: Work, page: Page, alert: Alert, verdict: Verdict, *, fired_before: bool) -> Alert:
    event = AlertJoined(
        alert=title_of(alert),
        severity=verdict.severity,
        rank=verdict.rank,
        urgency=verdict.urgency.value,
        business_hours=verdict.kind is VerdictKind.BUSINESS_HOURS,
        muted=alert.muted_by is not None,
        fired_before=fired_before,
    )
    await apply.happened(work, page, event)
    return changed(alert, page_id=page.id)


async def _open_page(work: Work, alert: Alert, verdict: Verdict) -> Alert:
    """Open the page of a group that has none; it follows the one that was resolved a moment ago, if there is one."""
    follows = await pages.find_resolved_of_group(
        work.c, verdict.group_key, after=work.now - work.plan.times.follow_up_within
    )
    team = work.plan.teams[verdict.team]
    policy = work.plan.policies[team.escalation]
    page = Page(
        id=work.chance.object_id("p"),
        subject=_subject(alert, verdict),
        group_key=verdict.group_key,
        severity=verdict.severity,
        rank=verdict.rank,
        urgency=verdict.urgency.value,
        business_hours=verdict.kind is VerdictKind.BUSINESS_HOURS,
        opened_at=work.now,
        since=alert.starts_at if alert.starts_at is not None and alert.starts_at < work.now else work.now,
        steps=tuple(PageStep(step.targets, step.answer_within) for step in policy.steps),
        repeat=policy.repeat,
        position=Position(stage=Stage.STEP),
        alerts=1,
        firing=1,
        follows=follows.id if follows is not None else None,
    )
    before = follows.last_acknowledged_by if follows is not None else None
    opened = await apply.opened(work, page, reasons=alert.reasons, before=before)
    return changed(alert, page_id=opened.id)


async def _into_ticket(work: Work, alert: Alert, verdict: Verdict) -> Alert:
    name = title_of(alert)
    found = await tickets.find_open_of_group(work.c, verdict.group_key)
    if found is not None:
        await save_ticket(work, tickets_core.fired(found, work.now, name), "AlertJoined")
        if found.paged_as is None or verdict.page_after is None:
            return changed(alert, ticket_id=found.id)
        # The ticket's clock ran out before, and paged: what fires again goes the same way, at once.
        alert, verdict = changed(alert, ticket_id=found.id), changed(verdict, kind=VerdictKind.PAGE)
        page = await pages.find_open_of_group(work.c, verdict.group_key)
        if page is not None:
            return await _join_page(work, page, alert, verdict, fired_before=False)
        return await _open_page(work, alert, verdict)
    page_at = work.now + verdict.page_after if verdict.page_after is not None else None
    fresh = Ticket(
        id=work.chance.object_id("t"),
        team=verdict.team,
        group_key=verdict.group_key,
        rule=verdict.rule,
        severity=verdict.severity,
        title=name,
        summary=alert.annotations.get("summary", ""),
        service=verdict.service,
        reasons=verdict.reasons,
        violations=tuple(f"{violation.test}: {violation.reason}" for violation in verdict.violations),
        opened_at=work.now,
        page_at=page_at,
    )
    opened = await save_ticket(work, tickets_core.opened(fresh, work.now, name), "TicketOpened", is_new=True)
    work.count("tickets", verdict.team, verdict.severity)
    if page_at is not None:
        await _tell_primary(work, opened)
    return changed(alert, ticket_id=opened.id)


async def _tell_primary(work: Work, found: Ticket) -> None:
    """A ticket with a clock is told at once, to the primary, by low methods: somebody may take it before it pages."""
    team = work.plan.teams[found.team]
    policy = work.plan.policies[team.escalation]
    for one in find_all(work.plan, team.id, policy.steps[0].targets, work.now):
        await outbox.notify_ticket(work, found, one.person)


def title_of(alert: Alert) -> str:
    """Name an alert for people: its alertname, or what it says in short."""
    return alert.labels.get("alertname") or alert.annotations.get("summary") or alert.fingerprint


def _subject(alert: Alert, verdict: Verdict) -> Subject:
    labels, annotations = alert.labels, alert.annotations
    place = "/".join(labels[key] for key in ("env", "environment", "cluster", "region", "namespace") if labels.get(key))
    links = {"graph": alert.generator_url, "dashboard": annotations.get("dashboard_url", "")}
    return Subject(
        title=title_of(alert),
        summary=annotations.get("summary") or annotations.get("description", ""),
        service=verdict.service,
        place=place,
        team=verdict.team,
        rule=verdict.rule,
        runbook=verdict.runbook,
        runbook_url=verdict.runbook_url,
        action=verdict.action,
        links={name: url for name, url in links.items() if url},
        violations=tuple(f"{violation.test}: {violation.reason}" for violation in verdict.violations),
    )
