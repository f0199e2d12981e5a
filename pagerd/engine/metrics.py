"""What Prometheus scrapes: what is counted as it happens, and how all of it is written.

The one home of Prometheus' client library, with `metrics_gauges`; the engine counts by name and knows nothing of it.
Everything that can be known beforehand stands at 0 from the start, or the first night page of a team would be invisible
to `increase()`. No label ever holds an alert's name, a page's id, a phone number or a path as it was asked for. Labels
are chosen for a company of 200 teams: it must stay below 3,000 series, so a team has no histogram of its own.
"""

import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, assert_never

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    Metric,
    disable_created_metrics,
)
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from pagerd import __version__
from pagerd.core.paging.notification import NotificationStatus
from pagerd.core.paging.purpose import Purpose
from pagerd.core.people import Medium
from pagerd.core.plan import Plan, VerdictKind
from pagerd.core.policy import Test
from pagerd.core.tally import Tally
from pagerd.engine.apply import ESCALATES
from pagerd.engine.duty import Duty
from pagerd.engine.metrics_gauges import Condition, gauges, histogram_rows
from pagerd.engine.queries import Snapshot

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# When each series was made is of no use in the text format, and would be one more series for each counter.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library left it out

INGEST_RESULTS = ("accepted", "invalid", "too_large", "unauthorized", "error")
ACK_CHANNELS = ("sms", "voice", "link", "email", "cli", "api")
ALARM_KINDS = (
    "auditor",
    "clock_set_back",
    "config_reload_failed",
    "contact_refused",
    "database_salvaged",
    "digest_refused",
    "last_resort_unreachable",
    "nobody_on_call",
    "node_lost",
    "nodes_differ",
    "person_unreachable",
    "provider_failing",
    "replies_not_fetched",
    "secret_missing",
    "source_not_answering",
    "source_unauthorized",
    "tracker_failing",
)
TIMER_KINDS = (
    *("page", "ticket", "alert", "source", "ask", "muting", "sweep", "tidy"),
    *("report", "inbox", "anchor", "keep", "digest", "export", "night"),
)
AUDITOR_KINDS = (
    *("timer_missing", "timer_late", "no_due_time", "nobody_told", "unreadable"),
    *("claim_endless", "timer_overdue", "notification_overdue"),
)
FAILURES = ("refused", "unavailable", "unconfirmed", "account", "busy")
REPLIES = {
    "sms": (
        *("acted", "too_late", "not_understood", "listed", "declined"),
        *("repeated", "ignored", "stranger", "locked", "muted"),
    ),
    "voice": ("acted", "too_late", "not_understood", "repeated", "unknown"),
    "link": ("acted", "too_late"),
    "email": ("acted", "too_late", "unauthorized"),
    "provider": ("unauthorized",),
}
_OF_CALLS = frozenset({NotificationStatus.RINGING, NotificationStatus.ANSWERED})
_NO_OUTCOME = frozenset(
    {
        NotificationStatus.PENDING,
        NotificationStatus.CLAIMED,
        NotificationStatus.CANCELLED,
        NotificationStatus.CONFIRMED,
    }
)
PAGING = frozenset({VerdictKind.PAGE, VerdictKind.BUSINESS_HOURS})

ANSWER_SECONDS = (0.05, 0.5)
"""A commit, and a walk of the calendar, fit the first; what is above the second is trouble. Each is a series for every
route there is, so there are no more."""

UNTIMED = frozenset({"/-/healthy", "/-/ready", "/robots.txt", "/static/style.css"})
"""Probes and what never changes: nobody draws their durations, and the budget of series is for those who do."""

OTHER = "other"
"""The method and the handler of requests that no route takes: what they asked for is not ours to remember."""


class _Kind(NamedTuple):
    name: str
    text: str
    labels: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()


_COUNTERS = {
    "ingest_requests": _Kind("ingest_requests_total", "Messages of sources.", ("source", "result")),
    "ingest_alerts": _Kind("ingest_alerts_total", "Alerts taken in, each time they were sent.", ("source", "status")),
    "ingest_truncated_alerts": _Kind(
        "ingest_truncated_alerts_total", "Alerts that a source left out of its messages.", ("source",)
    ),
    "ingest_quarantined_alerts": _Kind(
        "ingest_quarantined_alerts_total", "Alerts and messages that could not be read.", ("source",)
    ),
    "decisions": _Kind("rule_decisions_total", "Verdicts on alerts.", ("decision",)),
    "criteria_failures": _Kind("rule_criteria_failures_total", "Tests that alerts failed.", ("criterion",)),
    "pages": _Kind("pages_total", "Pages opened.", ("team", "severity")),
    "tickets": _Kind("tickets_total", "Tickets opened.", ("severity",)),
    "ticket_exports": _Kind(
        "ticket_exports_total", "Attempts to tell the tracker what happened to tickets.", ("result",)
    ),
    "page_acks": _Kind("page_acks_total", "Pages that somebody took.", ("channel",)),
    "escalations": _Kind("escalations_total", "Why pages went on to somebody else.", ("reason",)),
    "exhausted": _Kind("escalations_exhausted_total", "Policies that ended without an answer."),
    "notifications_queued": _Kind(
        "notifications_queued_total", "Notifications put into the outbox.", ("channel", "purpose")
    ),
    "notifications": _Kind(
        "notifications_total", "Notifications by how far they came.", ("channel", "provider", "status")
    ),
    "notifications_failed": _Kind(
        "notifications_failed_total", "Attempts that failed.", ("channel", "provider", "reason")
    ),
    "sms_segments": _Kind("sms_segments_total", "Parts of the texts that a provider took.", ("provider",)),
    "source_questions": _Kind(
        "source_questions_total", "Questions to members of sources about their alerts.", ("source", "result")
    ),
    "provider_questions": _Kind(
        "provider_questions_total", "Questions to providers: about messages, and for texts.", ("about", "result")
    ),
    "claims_lost": _Kind("claims_lost_total", "Claimed messages that another node had taken up by then.", ("channel",)),
    "reports_unknown": _Kind("reports_unknown_total", "Delivery reports about nothing that we sent."),
    "replies": _Kind("replies_total", "Answers of people.", ("channel", "result")),
    "night_pages": _Kind("night_pages_total", "People disturbed in their night, once per page.", ("team",)),
    "alarms": _Kind("alarms_total", "Troubles with pagerd itself.", ("kind",)),
    "timer_failures": _Kind("timer_failures_total", "Timers whose decision raised.", ("kind",)),
    "auditor_findings": _Kind(
        "auditor_findings_total", "Differences between what should have been sent and what the rows say.", ("kind",)
    ),
    "event_loop_stalls": _Kind(
        "event_loop_stalls_total", "Times that the event loop stood still for a second or more."
    ),
    "outbound_heartbeats": _Kind(
        "outbound_heartbeats_total", "Heartbeats to the system that watches pagerd from outside.", ("result",)
    ),
    "store_errors": _Kind("store_errors_total", "Reads and writes that the store refused.", ("operation",)),
}
_HISTOGRAMS = {
    "page_ack_duration_seconds": _Kind(
        "page_ack_duration_seconds",
        "From a page's opening to its first acknowledgement.",
        ("severity",),
        (15, 30, 60, 120, 300, 600, 900, 1800, 3600),
    ),
    "page_dispatch_seconds": _Kind(
        "page_dispatch_duration_seconds",
        "From a page's opening to when the first provider had a message about it.",
        ("severity",),
        (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120),
    ),
    "dispatch_seconds": _Kind(
        "notification_dispatch_seconds",
        "From when a notification was due to when a provider had it.",
        ("channel",),
        (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120),
    ),
    "request_duration_seconds": _Kind(
        "notification_request_duration_seconds",
        "How long a provider took to answer, or to fail.",
        ("channel", "provider"),
        (0.03, 0.1, 0.3, 1, 3, 10, 20),
    ),
    "delivery_duration_seconds": _Kind(
        "notification_delivery_duration_seconds",
        "From when a provider had a message to its receipt, or of a call to when it was answered.",
        ("channel", "provider"),
        (1, 3, 10, 30, 60, 120, 300),
    ),
    "timer_lag_seconds": _Kind(
        "timer_lag_seconds", "How late due rows were carried out.", (), (0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30, 300)
    ),
    "event_loop_lag_seconds": _Kind(
        "event_loop_lag_seconds",
        "How much later than asked for the event loop woke a sleeper.",
        (),
        (0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 1, 5),
    ),
}
_GAUGES = {
    "auditor_looked_at": _Kind("auditor_last_round_timestamp_seconds", "When the auditor last went through a round."),
    "auditor_round_seconds": _Kind("auditor_round_seconds", "How long the auditor's last round took."),
    "clock_lead_seconds": _Kind("clock_lead_seconds", "How far pagerd is ahead of a wall clock that was set back."),
    "outbound_heartbeat_at": _Kind(
        "outbound_heartbeat_last_success_timestamp_seconds",
        "When the system that watches pagerd last took a heartbeat.",
    ),
    "provider_up": _Kind("provider_up", "Did the last request to the provider work?", ("channel", "provider")),
}


class Answers:
    """How requests to one handler were answered. Kept as plain numbers: noting one costs half a microsecond."""

    __slots__ = ("codes", "durations")

    def __init__(self) -> None:
        self.codes = {200: 0, 500: 0}
        self.durations = Tally(ANSWER_SECONDS)

    def note(self, code: int, seconds: float) -> None:
        """Take one answer in; only the event loop's thread may."""
        self.codes[code] = self.codes.get(code, 0) + 1
        self.durations.note(seconds)


class Metrics:
    """One registry with everything that is counted; docs/metrics.md lists it and a test compares."""

    def __init__(self, *, revision: str = "", sqlite: str = "") -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        build = Info("pagerd_build", "The running pagerd.", registry=self.registry)
        build.info(
            {"version": __version__, "revision": revision, "python": platform.python_version(), "sqlite": sqlite}
        )
        self._families: dict[str, Counter | Histogram | Gauge] = {}
        for name, kind in _COUNTERS.items():
            self._families[name] = Counter(f"pagerd_{kind.name}", kind.text, kind.labels, registry=self.registry)
        for name, kind in _HISTOGRAMS.items():
            self._families[name] = Histogram(
                f"pagerd_{kind.name}", kind.text, kind.labels, buckets=kind.bounds, registry=self.registry
            )
        for name, kind in _GAUGES.items():
            self._families[name] = Gauge(f"pagerd_{kind.name}", kind.text, kind.labels, registry=self.registry)
        self._children: dict[tuple[str, tuple[str, ...]], Callable[[float], None]] = {}
        self._answers: dict[tuple[str, str], Answers] = {}
        self._expect_what_never_changes()

    def count(self, metric: str, labels: tuple[str, ...], by: float) -> None:
        """Note what happened: a counter goes up by it, a histogram takes it in, a gauge shows it from now on."""
        (self._children.get((metric, labels)) or self._child(metric, labels))(by)

    def answers(self, method: str, handler: str) -> Answers:
        """Return where answers of a handler are noted: the same for every listener. Ask once, at the start."""
        return self._answers.setdefault((method, handler), Answers())

    def expect(
        self,
        plan: Plan,
        *,
        sources: Iterable[str],
        providers: Sequence[tuple[str, str]],
        asked: Iterable[str] = (),
    ) -> None:
        """Put everything at 0 that the plan, these sources and these providers make possible. Costs nothing twice.

        `asked` are those of the sources that are asked themselves.
        """
        for source in asked:
            self._expect_each("source_questions", (source,), ("answered", "failed"))
        paging = [one.id for one in plan.severities.values() if one.verdict in PAGING]
        for team in plan.teams:
            self._expect("night_pages", (team,))
            for severity in paging:
                self._expect("pages", (team, severity))
        for severity in paging:
            self._expect("page_ack_duration_seconds", (severity,))
            self._expect("page_dispatch_seconds", (severity,))
        for severity in plan.severities:
            self._expect("tickets", (severity,))
        for source in sources:
            self._expect("ingest_truncated_alerts", (source,))
            self._expect("ingest_quarantined_alerts", (source,))
            self._expect_each("ingest_requests", (source,), INGEST_RESULTS)
            self._expect_each("ingest_alerts", (source,), ("firing", "resolved"))
        for channel, provider in providers:
            self._expect_provider(channel, provider)
        self._forget("provider_up", but=providers)

    def _expect_provider(self, channel: str, provider: str) -> None:
        impossible = _NO_OUTCOME if channel == Medium.VOICE.value else _NO_OUTCOME | _OF_CALLS
        outcomes = [status.value for status in NotificationStatus if status not in impossible]
        self._expect_each("notifications", (channel, provider), outcomes)
        self._expect_each("notifications_failed", (channel, provider), FAILURES)
        self._expect("request_duration_seconds", (channel, provider))
        self._expect("delivery_duration_seconds", (channel, provider))
        if channel == Medium.SMS.value:
            self._expect("sms_segments", (provider,))

    def _expect_what_never_changes(self) -> None:
        for medium in Medium:
            self._expect("dispatch_seconds", (medium.value,))
            self._expect_each("notifications_queued", (medium.value,), [purpose.value for purpose in Purpose])
        for channel, results in REPLIES.items():
            self._expect_each("replies", (channel,), results)
        for about in (Medium.SMS.value, Medium.VOICE.value, "inbound"):
            self._expect_each("provider_questions", (about,), ("answered", "failed"))
        self._expect_each("decisions", (), [*(kind.value for kind in VerdictKind), "muted"])
        self._expect_each("criteria_failures", (), [test.value for test in Test])
        self._expect_each("page_acks", (), ACK_CHANNELS)
        self._expect_each("ticket_exports", (), ("taken", "failed", "refused", "given_up"))
        self._expect_each("escalations", (), ESCALATES.values())
        self._expect_each("alarms", (), ALARM_KINDS)
        self._expect_each("timer_failures", (), TIMER_KINDS)
        self._expect_each("auditor_findings", (), AUDITOR_KINDS)
        self._expect_each("outbound_heartbeats", (), ("sent", "failed", "held_back"))
        self._expect_each("store_errors", (), ("read", "write"))
        self._expect_each("claims_lost", (), [medium.value for medium in Medium])

    def _forget(self, gauge: str, *, but: Sequence[tuple[str, ...]]) -> None:
        """Drop what a gauge showed last of things that are gone: nobody would ever put it right."""
        for metric, labels in [one for one in self._children if one[0] == gauge and one[1] not in but]:
            self._families[metric].remove(*labels)
            del self._children[metric, labels]

    def _expect_each(self, metric: str, labels: tuple[str, ...], values: Iterable[str]) -> None:
        for value in values:
            self._expect(metric, (*labels, value))

    def _expect(self, metric: str, labels: tuple[str, ...]) -> None:
        if (metric, labels) not in self._children:
            self._child(metric, labels)

    def _child(self, metric: str, labels: tuple[str, ...]) -> Callable[[float], None]:
        """Look a series up in the library once; from then on it costs one look into a dictionary."""
        family = self._families[metric]
        one = family.labels(*labels) if labels else family
        child: Callable[[float], None]
        match one:
            case Counter():
                child = one.inc
            case Histogram():
                child = one.observe
            case Gauge():
                child = one.set
            case _:
                assert_never(one)
        self._children[metric, labels] = child
        return child

    def families(self, condition: Condition, duty: Duty, snapshot: Snapshot | None) -> Iterator[Metric]:
        """Give everything that a scrape shows. May run in a thread: nothing is changed here."""
        yield from self.registry.collect()
        yield from self._http()
        yield from gauges(condition, duty, snapshot)

    def _http(self) -> Iterator[Metric]:
        requests = CounterMetricFamily(
            "pagerd_http_requests", "Requests answered.", labels=("handler", "method", "code")
        )
        durations = HistogramMetricFamily(
            "pagerd_http_request_duration_seconds",
            "From a request's headers to its answer.",
            labels=("handler", "method"),
        )
        for (method, handler), answers in self._answers.items():
            for code, count in tuple(answers.codes.items()):
                requests.add_metric((handler, method, str(code)), count)
            if handler in UNTIMED:
                continue
            buckets, seconds = histogram_rows(answers.durations)
            durations.add_metric((handler, method), buckets, seconds)
        yield requests
        yield durations

    def render(self, condition: Condition, duty: Duty, snapshot: Snapshot | None) -> bytes:
        """Return the exposition text. Without a snapshot, the store did not answer: all else is shown, and that too."""
        return generate_latest(_Collected(tuple(self.families(condition, duty, snapshot))))


class _Collected(Collector):
    """What was collected, as something to collect from."""

    def __init__(self, families: Sequence[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families
