"""What Prometheus scrapes. The one home of its client library; the engine counts by name and knows nothing of it.

Counters are kept as things happen. Gauges are computed when they are asked for, from a Snapshot that the caller reads
from the store, so that no gauge can drift from the truth. No label ever holds an alert's name, a page's id or a phone
number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.exposition import generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from pagerd import __version__

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the gauges show, as read from the store and the plan at one instant."""

    now: datetime
    alerts: Mapping[str, int] = field(default_factory=dict)
    pages_open: Mapping[tuple[str, str], int] = field(default_factory=dict)
    oldest_triggered: Mapping[str, datetime] = field(default_factory=dict)
    tickets_open: Mapping[str, int] = field(default_factory=dict)
    queue: Mapping[str, tuple[int, datetime]] = field(default_factory=dict)
    on_call: Sequence[tuple[str, str, str]] = ()
    holes: Sequence[tuple[str, str]] = ()
    unreachable: Mapping[str, int] = field(default_factory=dict)
    sources_seen: Mapping[str, datetime] = field(default_factory=dict)
    teams: Sequence[str] = ()
    plan_revision: str = ""
    reload_ok: bool = True
    reloaded_at: datetime | None = None
    in_flight: int = 0


class Metrics:
    """One registry with every metric that pagerd has; docs/metrics.md lists them and a test compares."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        build = Info("pagerd_build", "The running pagerd.", registry=self.registry)
        build.info({"version": __version__})
        self._counters = self._make_counters()
        self._histograms = self._make_histograms()
        self._gauges = self._make_gauges()

    def _make_counters(self) -> dict[str, Counter]:
        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(f"pagerd_{name}", text, labels, registry=self.registry)

        return {
            "ingest_requests": counter("ingest_requests_total", "Messages of sources.", "source", "result"),
            "ingest_alerts": counter("ingest_alerts_total", "Alerts taken in.", "source", "status"),
            "ingest_truncated_alerts": counter(
                "ingest_truncated_alerts_total", "Alerts that a source left out of its messages.", "source"
            ),
            "ingest_quarantined_alerts": counter(
                "ingest_quarantined_alerts_total", "Alerts that could not be read.", "source"
            ),
            "decisions": counter("rule_decisions_total", "Verdicts on alerts that began to fire.", "decision"),
            "criteria_failures": counter(
                "rule_criteria_failures_total",
                "Tests that alerts failed: actionable, urgent, owned, clear.",
                "criterion",
            ),
            "pages": counter("pages_total", "Pages opened.", "team", "severity"),
            "tickets": counter("tickets_total", "Tickets opened.", "team", "severity"),
            "page_acks": counter("page_acks_total", "Pages acknowledged.", "team", "channel"),
            "escalations": counter("escalations_total", "Steps taken after the first.", "team", "reason"),
            "exhausted": counter("escalations_exhausted_total", "Pages whose policy ended without an answer.", "team"),
            "nobody_on_call": counter("nobody_on_call_total", "Steps skipped as nobody was on call there.", "team"),
            "notifications_queued": counter(
                "notifications_queued_total", "Notifications put into the outbox.", "channel", "purpose"
            ),
            "notifications": counter(
                "notifications_total", "Notifications by how far they came.", "channel", "provider", "status"
            ),
            "notifications_failed": counter(
                "notifications_failed_total", "Attempts that failed.", "channel", "provider", "reason"
            ),
            "reports_unknown": counter("reports_unknown_total", "Delivery reports about nothing that we sent."),
            "replies": counter("replies_total", "Answers of people.", "channel", "result"),
            "night_pages": counter("night_pages_total", "People disturbed in their night, once per page.", "team"),
            "alarms": counter("alarms_total", "Troubles with pagerd itself.", "kind"),
            "timer_failures": counter("timer_failures_total", "Timers whose decision raised.", "kind"),
            "store_errors": counter("store_errors_total", "Units of work that the store refused."),
        }

    def _make_histograms(self) -> dict[str, Histogram]:
        def histogram(name: str, text: str, buckets: Sequence[float], *labels: str) -> Histogram:
            return Histogram(f"pagerd_{name}", text, labels, buckets=buckets, registry=self.registry)

        return {
            "page_ack_duration_seconds": histogram(
                "page_ack_duration_seconds",
                "From the page's opening to its acknowledgement.",
                (15, 30, 60, 120, 300, 600, 900, 1800, 3600),
                "team",
                "severity",
            ),
            "dispatch_seconds": histogram(
                "notification_dispatch_seconds",
                "From when a notification was due to when a provider had it.",
                (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120),
                "channel",
            ),
            "timer_lag_seconds": histogram(
                "timer_lag_seconds",
                "How late due rows were carried out.",
                (0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30, 300),
            ),
        }

    def _make_gauges(self) -> dict[str, Gauge]:
        def gauge(name: str, text: str, *labels: str) -> Gauge:
            return Gauge(f"pagerd_{name}", text, labels, registry=self.registry)

        return {
            "alerts": gauge("alerts", "Alerts that are not resolved.", "state"),
            "pages_open": gauge("pages_open", "Pages that want a human or have one.", "team", "state"),
            "oldest": gauge("page_oldest_unacked_seconds", "Age of the oldest page without an answer.", "team"),
            "tickets_open": gauge("tickets_open", "Tickets that are not closed.", "team"),
            "queue": gauge("notification_queue_length", "Overdue notifications that wait.", "channel"),
            "queue_oldest": gauge("notification_queue_oldest_seconds", "Age of the oldest that waits.", "channel"),
            "in_flight": gauge("notifications_in_flight", "Notifications being sent."),
            "oncall": gauge("oncall", "1 for each person on call now.", "team", "level", "user"),
            "hole": gauge("oncall_hole", "1 where nobody is on call now.", "team", "level"),
            "unreachable": gauge("oncall_unreachable_users", "People on call without a usable contact.", "team"),
            "source_seen": gauge("ingest_last_success_timestamp_seconds", "Last sign of life of a source.", "source"),
            "reload_ok": gauge("config_last_reload_successful", "Is the config in force that of the files?"),
            "reloaded": gauge("config_last_reload_success_timestamp_seconds", "When config last came into force."),
        }

    def count(self, metric: str, labels: tuple[str, ...], by: float) -> None:
        """Count something that happened; `timeline` entries become the escalation counters."""
        if metric == "timeline":
            self._count_entry(*labels)
            return
        histogram = self._histograms.get(metric)
        if histogram is not None:
            (histogram.labels(*labels) if labels else histogram).observe(by)
            return
        counter = self._counters[metric]
        (counter.labels(*labels) if labels else counter).inc(by)

    def _count_entry(self, team: str, kind: str) -> None:
        match kind:
            case "step.timed_out":
                self._counters["escalations"].labels(team, "timeout").inc()
            case "page.escalated":
                self._counters["escalations"].labels(team, "manual").inc()
            case "person.unreachable":
                self._counters["escalations"].labels(team, "unreachable").inc()
            case "nobody.on_call":
                self._counters["escalations"].labels(team, "empty").inc()
                self._counters["nobody_on_call"].labels(team).inc()
            case "last_resort.paged" | "last_resort.empty":
                self._counters["exhausted"].labels(team).inc()
            case _:
                pass

    def render(self, snapshot: Snapshot) -> bytes:
        """Return the exposition text with gauges as of the snapshot."""
        gauges = self._gauges
        for gauge in gauges.values():
            if gauge._labelnames:  # noqa: SLF001  # the library has no public word for "has labels"
                gauge.clear()
        now = snapshot.now
        for state in ("firing", "stale"):
            gauges["alerts"].labels(state).set(snapshot.alerts.get(state, 0))
        for team in snapshot.teams:
            for state in ("triggered", "acknowledged"):
                gauges["pages_open"].labels(team, state).set(snapshot.pages_open.get((team, state), 0))
            since = snapshot.oldest_triggered.get(team)
            gauges["oldest"].labels(team).set((now - since).total_seconds() if since is not None else 0)
            gauges["tickets_open"].labels(team).set(snapshot.tickets_open.get(team, 0))
            gauges["unreachable"].labels(team).set(snapshot.unreachable.get(team, 0))
        for channel in ("sms", "voice", "email"):
            length, oldest = snapshot.queue.get(channel, (0, now))
            gauges["queue"].labels(channel).set(length)
            gauges["queue_oldest"].labels(channel).set(max((now - oldest).total_seconds(), 0))
        for team, level, user in snapshot.on_call:
            gauges["oncall"].labels(team, level, user).set(1)
        for team, level in snapshot.holes:
            gauges["hole"].labels(team, level).set(1)
        for source, seen in snapshot.sources_seen.items():
            gauges["source_seen"].labels(source).set(seen.timestamp())
        gauges["in_flight"].set(snapshot.in_flight)
        gauges["reload_ok"].set(snapshot.reload_ok)
        if snapshot.reloaded_at is not None:
            gauges["reloaded"].set(snapshot.reloaded_at.timestamp())
        return generate_latest(self.registry)
