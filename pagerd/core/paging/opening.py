"""A page as it is before its first step: what its first alert and the plan say of it."""

from datetime import datetime

from pagerd.core.alerts.alert import Alert, AlertStatus
from pagerd.core.events import AlertJoined
from pagerd.core.paging.page import Page, PageStep, Position, Stage, Subject
from pagerd.core.plan import Plan, VerdictKind
from pagerd.core.policy import Verdict

LINKS = {
    "dashboard": "dashboard_url",
    "panel": "panel_url",
    "picture": "image_url",
    "silence at the source": "silence_url",
}
"""The annotations that a page shows as links, each under the words for people."""


def title_of(alert: Alert) -> str:
    """Name an alert for people: its alertname, or what it says in short."""
    return alert.labels.get("alertname") or alert.annotations.get("summary") or alert.fingerprint


def fresh_page(page_id: str, alert: Alert, verdict: Verdict, plan: Plan, now: datetime, *, follows: str | None) -> Page:
    """Return a page that nobody was told of yet; `follows` is the id of the page that it continues."""
    policy = plan.policies[plan.teams[verdict.team].escalation]
    return Page(
        id=page_id,
        subject=_subject(alert, verdict),
        group_key=verdict.group_key,
        severity=verdict.severity,
        rank=verdict.rank,
        urgency=verdict.urgency.value,
        business_hours=verdict.kind is VerdictKind.BUSINESS_HOURS,
        opened_at=now,
        since=alert.starts_at if alert.starts_at is not None and alert.starts_at < now else now,
        steps=tuple(PageStep(step.targets, step.answer_within) for step in policy.steps),
        repeat=policy.repeat,
        position=Position(stage=Stage.STEP),
        alerts=1,
        firing=1,
        stale=int(alert.status is AlertStatus.STALE),
        follows=follows,
    )


def joining(alert: Alert, verdict: Verdict, *, muted: bool, fired_before: bool) -> AlertJoined:
    """Return what happens to an open page when another alert of its group fires."""
    return AlertJoined(
        alert=title_of(alert),
        severity=verdict.severity,
        rank=verdict.rank,
        urgency=verdict.urgency.value,
        business_hours=verdict.kind is VerdictKind.BUSINESS_HOURS,
        muted=muted,
        stale=alert.status is AlertStatus.STALE,
        fired_before=fired_before,
    )


def _subject(alert: Alert, verdict: Verdict) -> Subject:
    labels, annotations = alert.labels, alert.annotations
    place = "/".join(labels[key] for key in ("env", "environment", "cluster", "region", "namespace") if labels.get(key))
    links = {"graph": alert.generator_url} | {name: annotations.get(key, "") for name, key in LINKS.items()}
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
