"""Makes a recording of Prometheus' series ALERTS: an alert fires while there are samples, and ends with a gap."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from pagerd.config.prometheus_rules import AlertRule
from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.errors import NotFound
from pagerd.lab.replay.recording import Item, Received, Recording
from pagerd.sources.fingerprint import fingerprint_of

SOURCE = "prometheus"

_OWN = frozenset({"__name__", "alertstate"})
"""Labels of the series that the alert itself does not have."""

Series = tuple[Mapping[str, str], Sequence[int]]
"""The labels of a series, and the seconds since 1970 at which it had a sample, in order."""


def read(
    series: Sequence[Series],
    rules: Sequence[AlertRule],
    extra: Mapping[str, str],
    *,
    start: datetime,
    end: datetime,
    step: timedelta,
) -> Recording:
    """Make a recording of what fired from `start` to `end`, looked at every `step`. Raises NotFound for nothing.

    `extra` are labels that the series has not, and the alerts that it sends have.
    """
    by_instant: dict[datetime, list[ReceivedAlert]] = {}
    unknown: set[str] = set()
    for found, instants in series:
        labels = {name: value for name, value in found.items() if name not in _OWN} | dict(extra)
        rule = next((one for one in rules if one.makes(labels)), None)
        if rule is None:
            unknown.add(labels.get("alertname", ""))
        annotations = rule.annotations_of(labels) if rule is not None else {}
        for at, firing in _turns(instants, end, step):
            one = ReceivedAlert(
                fingerprint=fingerprint_of(labels), firing=firing, labels=labels, annotations=annotations, starts_at=at
            )
            by_instant.setdefault(at, []).append(one)
    if not by_instant:
        raise NotFound(f"no alert fired from {start.isoformat()} to {end.isoformat()}, as far as this Prometheus knows")
    items = [Item(at, Received(SOURCE, Batch(alerts=tuple(alerts)))) for at, alerts in sorted(by_instant.items())]
    return Recording(
        start=start,
        end=end,
        items=items,
        sources=frozenset({SOURCE}),
        assumptions=tuple(_assumptions(step, rules, sorted(unknown))),
    )


def _turns(instants: Sequence[int], end: datetime, step: timedelta) -> Iterator[tuple[datetime, bool]]:
    """Yield when an alert began and ended to fire; it has ended where the next sample is missing."""
    width = step.total_seconds()
    last: int | None = None
    for at in instants:
        if last is None or at - last > 1.5 * width:
            if last is not None:
                yield _instant(last) + step, False
            yield _instant(at), True
        last = at
    if last is not None and _instant(last) + step < end:
        yield _instant(last) + step, False


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _assumptions(step: timedelta, rules: Sequence[AlertRule], unknown: Sequence[str]) -> Iterator[str]:
    yield (
        f"ALERTS was looked at every {step.total_seconds():g} s: what fired for less may be missing, and each start and"
        " end is late by up to that."
    )
    yield "A gap in ALERTS is an end, also where Prometheus itself was down. What was pending is left out."
    yield "ALERTS knows no routing, silence or inhibition of Alertmanager: every alert is taken to have reached pagerd."
    yield "External labels are not in ALERTS: those that matter are added with --label."
    if not rules:
        yield "No --rules are given, so no alert has an annotation: tests that ask for a summary or a runbook fail."
        return
    yield "Annotations are those of --rules as they are now; what only Prometheus works out, such as a value, is …"
    if unknown:
        names = ", ".join(unknown[:10]) + (f" and {len(unknown) - 10} more" if len(unknown) > 10 else "")
        yield f"No rule makes {names}: these have no annotations."
