"""The gauges, drawn anew at each scrape from what the store and the plan say, so that none can drift from the truth.

Gauges of trouble (a gap, a hole, a page that waits, somebody unreachable) have a line only where there is trouble: so
200 teams in order cost nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.utils import floatToGoString

from pagerd.core.incidents.incident import Mode
from pagerd.core.paging.page import PageStatus
from pagerd.core.people import Medium
from pagerd.core.tally import Tally
from pagerd.engine.duty import Duty
from pagerd.engine.queries import Snapshot
from pagerd.stores.base import StoreFigures

_OPEN = tuple(status.value for status in PageStatus if status is not PageStatus.RESOLVED)

Rows = Iterable[tuple[tuple[str, ...], float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What the process knows of itself without asking the store. `findings` counts those of the files by severity."""

    now: datetime
    teams: tuple[str, ...]
    severities: tuple[str, ...] = ()
    """Those that are incidents."""
    reload_ok: bool
    reloaded_at: datetime | None
    config_hash: int
    findings: Mapping[str, int] = field(default_factory=dict)
    in_flight: int = 0
    observing: bool = False
    troubles: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    """By medium and provider: is it in trouble?"""
    store: StoreFigures
    store_takes_writes: bool = True
    nodes: int = 1
    """How many nodes of the store were there at this one's last beat."""
    agrees: bool = True
    """Do all of them run on the same files?"""


def gauges(condition: Condition, duty: Duty, snapshot: Snapshot | None) -> Iterator[Metric]:
    """Give every gauge. Without a snapshot those that the store would know are left out."""
    yield from _of_the_process(condition)
    answers = snapshot is not None and condition.store_takes_writes
    yield from _of_the_store(condition.store, answers=answers)
    yield from _of_duty(duty)
    yield from _of_what_is_open(snapshot, condition)


def histogram_rows(tally: Tally) -> tuple[list[tuple[str, float]], float]:
    """Return the buckets of a tally as the library takes them, each with all that is below it, and the sum."""
    counts, rows, below = tuple(tally.counts), [], 0
    for bound, count in zip((*tally.bounds, float("inf")), counts, strict=True):
        below += count
        name = floatToGoString(bound)  # type: ignore[no-untyped-call]  # the library left it out
        rows.append((name, float(below)))
    return rows, tally.seconds


def _gauge(name: str, text: str, labels: tuple[str, ...], rows: Rows) -> Metric:
    family = GaugeMetricFamily(f"pagerd_{name}", text, labels=labels)
    for values, number in rows:
        family.add_metric(values, number)
    return family


def _one(name: str, text: str, number: float) -> Metric:
    return _gauge(name, text, (), [((), number)])


def _of_the_process(condition: Condition) -> Iterator[Metric]:
    yield _one(
        "config_last_reload_successful",
        "Is the config in force that of the files as they were read last?",
        condition.reload_ok,
    )
    reloaded_at = condition.reloaded_at
    yield _one(
        "config_last_reload_success_timestamp_seconds",
        "When the config in force came into force.",
        reloaded_at.timestamp() if reloaded_at is not None else 0,
    )
    yield _one("config_hash", "The content of the config in force, as a number to compare.", condition.config_hash)
    findings = (((severity,), number) for severity, number in condition.findings.items())
    yield _gauge("config_findings", "What check finds in the files as they were read last.", ("severity",), findings)
    yield _one("nodes", "Nodes on the store that were there a moment ago, this one among them.", condition.nodes)
    yield _one("nodes_agree", "Do all nodes that are there run on the same files?", condition.agrees)
    yield _one("observing", "Is nothing sent, because pagerd only observes?", condition.observing)
    yield _one("notifications_in_flight", "Notifications being sent.", condition.in_flight)
    troubles = ((names, float(in_trouble)) for names, in_trouble in condition.troubles.items())
    yield _gauge("provider_in_trouble", "Is the provider passed over?", ("channel", "provider"), troubles)


def _of_the_store(store: StoreFigures, *, answers: bool) -> Iterator[Metric]:
    is_up = answers and not store.is_failed
    yield _one(
        "store_up", "Did the store answer this scrape, does it take writes, and does it not ask for a restart?", is_up
    )
    durations = HistogramMetricFamily(
        "pagerd_store_commit_duration_seconds", "How long commits took, the disk included."
    )
    buckets, seconds = histogram_rows(store.commits)
    durations.add_metric((), buckets, seconds)
    yield durations
    units = CounterMetricFamily("pagerd_store_units", "Units of work, many to a commit.", labels=("result",))
    units.add_metric(("kept",), store.units_kept)
    units.add_metric(("undone",), store.units_undone)
    yield units
    yield CounterMetricFamily(
        "pagerd_store_reopened", "Times that the database had to be opened anew.", value=store.reopened
    )
    yield _one("store_waiting_units", "Units of work that wait for the next commit.", store.waiting)
    yield _one("store_wal_pages", "Pages that are in the log and not yet in the database file.", store.wal_pages)
    yield _one("store_size_bytes", "What the database takes on the disk, its log included.", store.size_bytes)


def _of_duty(duty: Duty) -> Iterator[Metric]:
    on_call = (((*level, person), 1.0) for level, people in duty.on_call.items() for person in people)
    yield _gauge("oncall", "1 for each person on call now.", ("team", "level", "user"), on_call)
    handoffs = ((level, at.timestamp()) for level, at in duty.handoffs.items())
    yield _gauge(
        "oncall_next_handoff_timestamp_seconds", "When the people on call change next.", ("team", "level"), handoffs
    )
    gaps = ((level, length.total_seconds()) for level, length in duty.gaps.items())
    yield _gauge("oncall_gap_seconds", "Time without anybody in the next seven days.", ("team", "level"), gaps)
    yield _gauge("oncall_hole", "1 where nobody is on call now.", ("team", "level"), ((one, 1.0) for one in duty.holes))
    yield _gauge(
        "oncall_unreachable_users",
        "People behind a team's levels without a usable contact method.",
        ("team",),
        (((team,), number) for team, number in duty.unreachable.items()),
    )


def _of_what_is_open(snapshot: Snapshot | None, condition: Condition) -> Iterator[Metric]:
    known = snapshot.alerts if snapshot is not None else {}
    alerts = (((state,), known.get(state, 0)) for state in ("firing", "stale")) if snapshot is not None else ()
    yield _gauge("alerts", "Alerts that are not resolved.", ("state",), alerts)
    yield _gauge(
        "pages_open", "Pages that want a human or have one.", ("team", "state"), _open_pages(snapshot, condition.teams)
    )
    yield _gauge(
        "page_oldest_unacked_seconds",
        "Age of the oldest page without an answer.",
        ("team",),
        _ages(snapshot),
    )
    tickets = [((), sum(snapshot.tickets_open.values()))] if snapshot is not None else ()
    yield _gauge("tickets_open", "Tickets that are not closed.", (), tickets)
    yield from _exports(snapshot)
    yield from _messages(snapshot)
    yield from _of_incidents(snapshot, condition.severities)
    queue = tuple(_queue(snapshot))
    yield _gauge(
        "notification_queue_length",
        "Overdue notifications that wait.",
        ("channel",),
        ((channel, length) for channel, length, _ in queue),
    )
    yield _gauge(
        "notification_queue_oldest_seconds",
        "Age of the oldest notification that waits overdue.",
        ("channel",),
        ((channel, age) for channel, _, age in queue),
    )
    seen = snapshot.sources_seen if snapshot is not None else {}
    yield _gauge(
        "ingest_last_success_timestamp_seconds",
        "Last sign of life of a source.",
        ("source",),
        (((source,), at.timestamp()) for source, at in seen.items()),
    )
    expected = snapshot.heartbeats if snapshot is not None else {}
    late = (((source,), one.is_late) for source, one in expected.items())
    yield _gauge("heartbeat_late", "1 for a heartbeat that is late.", ("source",), late)


def _exports(snapshot: Snapshot | None) -> Iterator[Metric]:
    waits = snapshot.exports if snapshot is not None else None
    count, age = (waits.count, _seconds_since(snapshot, waits.oldest_at)) if waits is not None else (0, 0.0)
    known = snapshot is not None
    yield _gauge("ticket_exports_waiting", "What the tracker is still to be told.", (), [((), count)] if known else ())
    yield _gauge(
        "ticket_exports_oldest_seconds",
        "Age of the oldest event that the tracker is still to be told.",
        (),
        [((), age)] if known else (),
    )


def _messages(snapshot: Snapshot | None) -> Iterator[Metric]:
    waits = snapshot.messages if snapshot is not None else ()
    age = max((_seconds_since(snapshot, one.oldest_at) for one in waits), default=0.0)
    known, count = snapshot is not None, sum(one.count for one in waits)
    yield _gauge(
        "incident_messages_waiting", "What is still to be told of incidents.", (), [((), count)] if known else ()
    )
    yield _gauge(
        "incident_messages_oldest_seconds",
        "Age of the oldest message about an incident that waits.",
        (),
        [((), age)] if known else (),
    )


def _of_incidents(snapshot: Snapshot | None, severities: tuple[str, ...]) -> Iterator[Metric]:
    """Drills are nobody's trouble: what is shown here, somebody may be called for."""
    found = [one for one in snapshot.incidents if one.mode is Mode.LIVE] if snapshot is not None else []
    counts = {name: sum(one.severity == name for one in found) for name in (*severities, *(i.severity for i in found))}
    overdue = sum(one.cadence is not None and one.cadence.is_overdue for one in found)
    unfilled = sum(role.is_asked and role.holder is None for one in found for role in one.roles.values())
    known = snapshot is not None
    rows = (((name,), number) for name, number in counts.items()) if known else ()
    yield _gauge("incidents_open", "Incidents that people work on.", ("severity",), rows)
    yield _gauge(
        "incident_updates_overdue", "Promised updates that did not come.", (), [((), overdue)] if known else ()
    )
    yield _gauge("incident_roles_unfilled", "Roles that are asked for.", (), [((), unfilled)] if known else ())


def _seconds_since(snapshot: Snapshot | None, at: datetime) -> float:
    return max((snapshot.now - at).total_seconds(), 0.0) if snapshot is not None else 0.0


def _open_pages(snapshot: Snapshot | None, teams: tuple[str, ...]) -> Rows:
    if snapshot is None:
        return ()
    # A team that left the files may still have pages, and they are not to be overlooked.
    shown = dict.fromkeys((*teams, *(team for team, _ in snapshot.pages_open)))
    return [((team, state), snapshot.pages_open.get((team, state), 0)) for team in shown for state in _OPEN]


def _ages(snapshot: Snapshot | None) -> Rows:
    if snapshot is None:
        return ()
    return [((team,), (snapshot.now - since).total_seconds()) for team, since in snapshot.oldest_triggered.items()]


def _queue(snapshot: Snapshot | None) -> Iterator[tuple[tuple[str, ...], float, float]]:
    if snapshot is None:
        return
    for medium in Medium:
        length, oldest = snapshot.queue.get(medium.value, (0, snapshot.now))
        yield (medium.value,), length, max((snapshot.now - oldest).total_seconds(), 0)
