"""Cross check of heartbeats: would one that is late wake anybody? It is judged here as it would be then."""

from datetime import datetime

from pagerd.config.findings import FindingSeverity, Span
from pagerd.config.parts import Parts
from pagerd.config.reader import Path, Reader
from pagerd.core.alerts.heartbeat import late
from pagerd.core.plan import Plan, VerdictKind
from pagerd.core.policy import Judge


def check_heartbeats(reader: Reader, parts: Parts, plan: Plan, now: datetime) -> None:
    """Note heartbeats that fail a test for paging; one that is meant to be a ticket has none to fail."""
    heartbeats = [one.heartbeat for one in parts.settings.sources.values() if one.heartbeat is not None]
    # Where the files are broken, what a name means is not known: the mistake is told, not what follows from it.
    if not heartbeats or any(one.severity is FindingSeverity.ERROR for one in reader.findings):
        return
    judge = Judge(plan)
    for heartbeat in heartbeats:
        alert = late(heartbeat, now - heartbeat.late_after, now)
        verdict = judge.judge(alert.labels, alert.annotations, now)
        if not verdict.violations:
            continue
        path: Path = ("settings", "sources", heartbeat.name)
        becomes = "a ticket" if verdict.kind is VerdictKind.TICKET else "a page all the same"
        if verdict.page_after is not None:
            becomes = f"a ticket that pages after {int(verdict.page_after.total_seconds() // 60)} min"
        wrong = "; ".join(f"not {one.test}: {one.reason}" for one in verdict.violations)
        message = f"when {heartbeat.name} is late, that becomes {becomes}: {wrong}"
        expected = "team, severity and runbook"
        reader.report("W621", reader.span_of(path, Span("pagerd.yaml")), message, expected)
