"""Alerts that pagerd raises about itself, to the fallback team. They need no rule and no test."""

from dataclasses import dataclass
from datetime import timedelta

from pagerd.core.alerts.alert import Alert, ReceivedAlert
from pagerd.core.alerts.episode import Change, observe
from pagerd.core.people import Urgency
from pagerd.core.plan import Plan, VerdictKind
from pagerd.core.policy import Verdict
from pagerd.engine import apply, placing
from pagerd.engine.work import Work
from pagerd.stores.base import Connection
from pagerd.stores.records import alerts

SOURCE = "pagerd"
"""The source name of these alerts; config refuses a source of that name."""

SUBJECTS_MAX = 1000
"""Subjects of one kind that are looked at: as many as there are sources."""

CLEAN_FOR = timedelta(hours=1)
"""A trouble that did not come again for so long is over."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of trouble: its alertname, and the runbook that says what to do."""

    alertname: str
    runbook: str


UNREADABLE = Kind("PagerdUnreadableAlerts", "pagerd-unreadable-alerts")
TRUNCATED = Kind("PagerdTruncatedAlerts", "pagerd-truncated-alerts")
SILENT = Kind("PagerdSourceSilent", "pagerd-source-silent")


async def raise_own(work: Work, kind: Kind, subject: str, text: str, *, lasts: timedelta | None = CLEAN_FOR) -> None:
    """Raise an alert about one subject, or renew it; it ends after `lasts` without a renewal, or by hand (None)."""
    received = ReceivedAlert(
        fingerprint=f"{kind.alertname}:{subject}",
        firing=True,
        labels={"alertname": kind.alertname, "source": subject, "service": "pagerd"},
        annotations={"summary": text},
        lease_until=work.now + lasts if lasts is not None else None,
    )
    current = await alerts.find(work.c, SOURCE, received.fingerprint)
    change, alert = observe(SOURCE, current, received, work.now)
    if change is Change.NEW_EPISODE:
        await placing.place(work, alert, verdict=own_verdict(work.plan, alert))
        return
    await alerts.save(work.c, alert)
    await apply.set_alert_timer(work, alert)


async def end_own(work: Work, kind: Kind, subject: str) -> None:
    """End an alert of pagerd's own, if it is open."""
    current = await alerts.find(work.c, SOURCE, f"{kind.alertname}:{subject}")
    if current is None:
        return
    received = ReceivedAlert(
        fingerprint=current.fingerprint, firing=False, labels=current.labels, annotations=current.annotations
    )
    change, alert = observe(SOURCE, current, received, work.now)
    if change is Change.RESOLVED:
        await placing.ended(work, current, alert)


async def subjects(c: Connection, kind: Kind) -> frozenset[str]:
    """Return what there is an alert of this kind about now."""
    found = await alerts.open_of(c, SOURCE, f"{kind.alertname}:", SUBJECTS_MAX)
    return frozenset(one.labels["source"] for one in found if one.labels["alertname"] == kind.alertname)


def own_verdict(plan: Plan, alert: Alert) -> Verdict:
    """Return the verdict of pagerd's own alerts: a page of the second severity to the fallback team."""
    severity = min(
        (one for one in plan.severities.values() if one.urgency is Urgency.HIGH),
        key=lambda one: abs(one.rank - 2),
        default=min(plan.severities.values(), key=lambda one: one.rank),
    )
    runbook = _RUNBOOKS.get(alert.labels["alertname"], "")
    return Verdict(
        kind=VerdictKind.PAGE,
        team=plan.fallback,
        rule=None,
        severity=severity.id,
        rank=severity.rank,
        urgency=Urgency.HIGH,
        service="pagerd",
        group_key=f"{SOURCE}|{alert.fingerprint}",
        runbook=runbook if runbook in plan.runbooks else None,
        runbook_url=None,
        action=None,
        violations=(),
        page_after=None,
        reasons=("pagerd raises this about itself",),
    )


_RUNBOOKS = {kind.alertname: kind.runbook for kind in (UNREADABLE, TRUNCATED, SILENT)}
