"""What Prometheus scrapes: what is counted as it happens, and how all of it is written.

The one home of Prometheus' client library, with `metrics_gauges`; the engine counts by name and knows nothing of it.
`metrics_catalogue` says what there is. Everything that can be known beforehand stands at 0 from the start, or the first
night page of a team would be invisible to `increase()`.
"""

import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import assert_never

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
from pagerd.core.paging.purpose import CARRIED_BY, Purpose
from pagerd.core.people import Medium
from pagerd.core.plan import Plan, VerdictKind
from pagerd.core.policy import Test
from pagerd.core.tally import Tally
from pagerd.engine.apply import ESCALATES
from pagerd.engine.attempts import Asked
from pagerd.engine.duty import Duty
from pagerd.engine.metrics_catalogue import (
    ACK_CHANNELS,
    ALARM_KINDS,
    AUDITOR_KINDS,
    COUNTERS,
    FAILURES,
    GAUGES,
    HISTOGRAMS,
    INGEST_RESULTS,
    REPLIES,
    TIMER_KINDS,
)
from pagerd.engine.metrics_gauges import Condition, gauges, histogram_rows
from pagerd.engine.queries import Snapshot

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# When each series was made is of no use in the text format, and would be one more series for each counter.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library left it out

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

UNTIMED = frozenset(
    {
        *("/-/healthy", "/-/ready", "/robots.txt", "/static/style.css"),
        *("/me", "/sign-in", "/api/v1/sessions", "/api/v1/sessions/{session}"),
        *("/-/reload", "/api/v1/doctor", "/api/v1/tests/{test}", "/api/v1/openapi.json", "/api/v1/quarantine"),
        *("/api/v1/tokens", "/api/v1/tokens/{token}", "/api/v1/people/{person}/erase", "/api/v1/audit/anchors/{hash}"),
        *("/api/v1/silences/preview", "/api/v1/overrides/preview"),
    }
)
"""Probes, what never changes, what people look at or do by hand once in a while: nobody draws their durations, and the
budget is for those who do."""

OTHER = "other"
"""The method and the handler of requests that no route takes: what they asked for is not ours to remember."""


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
        for name, kind in COUNTERS.items():
            self._families[name] = Counter(f"pagerd_{kind.name}", kind.text, kind.labels, registry=self.registry)
        for name, kind in HISTOGRAMS.items():
            self._families[name] = Histogram(
                f"pagerd_{kind.name}", kind.text, kind.labels, buckets=kind.bounds, registry=self.registry
            )
        for name, kind in GAUGES.items():
            self._families[name] = Gauge(f"pagerd_{kind.name}", kind.text, kind.labels, registry=self.registry)
        self._children: dict[tuple[str, tuple[str, ...]], Callable[[float], None]] = {}
        self._answers: dict[tuple[str, str], Answers] = {}
        self._expect_what_never_changes()

    def count(self, metric: str, labels: tuple[str, ...], by: float) -> None:
        """Note what happened: a counter goes up by it, a histogram takes it in, a gauge shows it from now on."""
        (self._children.get((metric, labels)) or self._child(metric, labels))(by)

    def count_request(self, asked: Asked) -> None:
        """Note how a request to a provider went."""
        labels = (asked.medium.value, asked.provider)
        self.count("request_duration_seconds", labels, asked.seconds)
        self.count("provider_up", labels, asked.works)
        if asked.segments:
            self.count("sms_segments", (asked.provider,), asked.segments)

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
        for one in plan.severities.values():
            self._expect("tickets", (one.id,))
            if one.incident.is_incident:
                self._expect("incidents_declared", (one.id,))
                self._expect("incidents_resolved", (one.id,))
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
            carried = [purpose.value for purpose in Purpose if medium in CARRIED_BY.get(purpose, Medium)]
            self._expect_each("notifications_queued", (medium.value,), carried)
        for channel, results in REPLIES.items():
            self._expect_each("replies", (channel,), results)
        for about in (Medium.SMS.value, Medium.VOICE.value, "inbound"):
            self._expect_each("provider_questions", (about,), ("answered", "failed"))
        self._expect_each("decisions", (), [*(kind.value for kind in VerdictKind), "muted"])
        self._expect_each("criteria_failures", (), [test.value for test in Test])
        self._expect_each("page_acks", (), ACK_CHANNELS)
        self._expect_each("incident_messages", (), ("sent", "failed", "refused", "given_up"))
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
