"""Our own JSON webhook, for everything that can make an HTTP request: `POST /api/v1/alerts/{source}`.

The body is one alert, or `{"alerts": [...]}` with many::

    {
      "status": "firing",                     firing (also when missing) or resolved
      "id": "backup-db1",                     who it is, within the source; see below
      "name": "BackupFailed",                 becomes the label alertname
      "service": "payments-api",              becomes a label, as do team and severity
      "team": "payments",
      "severity": "critical",
      "summary": "No backup of db1 for 26 h", becomes an annotation, as do action and runbook_url
      "action": "Start it by hand: ...",
      "runbook_url": "https://...",
      "labels": {"cluster": "eu-1"},          any others; texts only
      "annotations": {"dashboard_url": "https://..."},
      "starts_at": "2026-01-05T03:12:44Z",    RFC 3339; only shown
      "ends_at": "2026-01-05T03:17:44Z",      promises to fire again before then, or else it is stale
      "url": "https://..."                    where this alert was made; shown as a link
    }

Nothing is required but something to know the alert by. Its identity is `id`; without one it is all its labels, and for
an alert that has no name its summary too. To resolve an alert, send the same again with `"status": "resolved"`: `id` is
enough where there is one. While an alert fires its labels stay those it began with; other labels are another alert,
with an `id` of its own. Unknown keys are ignored. What is said twice, as `severity` and again in `labels`, must agree.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Literal

import msgspec

from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.errors import Unreadable
from pagerd.sources.base import Limits
from pagerd.sources.fingerprint import fingerprint_of
from pagerd.sources.strict import (
    UNDECODABLE,
    WHOLE_MAX,
    check_count,
    check_size,
    cut,
    instant,
    link,
    read_each,
    tidy,
    untainted,
    why,
)

WHAT = "reading the JSON webhook"
"""How a refusal begins."""

COMMAS_MAX = 400_000
"""Commas of one body that is decoded in one go: 10,000 ordinary alerts have 330,000. It takes about 30 ms."""

ID_MAX = 256
"""Characters of an `id`: a URL or a path fits."""


class _Alert(msgspec.Struct, gc=False, frozen=True):
    """One alert."""

    status: Literal["firing", "resolved"] = "firing"
    id: Annotated[str, msgspec.Meta(max_length=ID_MAX)] | None = None
    name: str | None = None
    service: str | None = None
    team: str | None = None
    severity: str | None = None
    summary: str | None = None
    action: str | None = None
    runbook_url: str | None = None
    labels: dict[str, str] | None = None
    annotations: dict[str, str] | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    url: str | None = None


class _Alerts(msgspec.Struct, gc=False, frozen=True):
    """The form with many; without `alerts` the body is one alert."""

    alerts: list[msgspec.Raw] | msgspec.UnsetType = msgspec.UNSET


_alert = msgspec.json.Decoder(_Alert)
_alerts = msgspec.json.Decoder(_Alerts)


def parse(body: bytes, received_at: datetime, limits: Limits) -> Batch:  # noqa: ARG001  # every parser is told
    """Read one message of a script or a product that speaks our own format."""
    elements = _elements(body, limits)
    if elements is None:
        try:
            return Batch(alerts=(_read(body, limits),))
        except (*UNDECODABLE, Unreadable) as error:
            raise Unreadable(f"{WHAT}: {why(error, limits)}") from error
    taken, left_out = elements[: limits.alerts_max], elements[limits.alerts_max :]
    alerts, quarantined = read_each(taken, partial(_read, limits=limits), limits)
    return Batch(alerts=tuple(alerts), quarantined=tuple(quarantined), truncated=len(left_out))


def at_once(body: bytes, received_at: datetime, limits: Limits) -> Batch | None:  # noqa: ARG001  # every parser is told
    """Read a well-formed message in one go, or return None: it must be read with care, or has nothing to read."""
    try:
        sent = _alerts.decode(body).alerts
        elements = [body] if isinstance(sent, msgspec.UnsetType) else [bytes(element) for element in sent]
        if len(elements) > limits.alerts_max:
            return None
        return Batch(alerts=tuple([_read(element, limits) for element in elements]))
    except (*UNDECODABLE, Unreadable):
        return None


def _elements(body: bytes, limits: Limits) -> Sequence[bytes] | None:
    """Return the alerts of a message, each as it was written; None when the message itself is one."""
    try:
        sent = _decode_list(body).alerts
    except (*UNDECODABLE, _TooFine):
        parts = cut(body, "alerts", WHAT)
        if parts is None:
            return None
        try:
            _alerts.decode(parts.around)
        except UNDECODABLE as error:
            raise Unreadable(f"{WHAT}: {why(error, limits)}") from error
        return parts.elements
    return None if isinstance(sent, msgspec.UnsetType) else [bytes(element) for element in sent]


class _TooFine(Exception):
    """A body of too many pieces for one call of the decoder, which would hold up every other thread."""


def _decode_list(body: bytes) -> _Alerts:
    # Whatever could be many needs a comma each. Those in texts count too; being read with care is all that costs.
    if len(body) > WHOLE_MAX and body.count(b",") > COMMAS_MAX:
        raise _TooFine
    return _alerts.decode(body)


def _read(element: bytes, limits: Limits) -> ReceivedAlert:
    check_size(element)
    alert = _alert.decode(element)
    short_labels = {"alertname": alert.name, "service": alert.service, "team": alert.team, "severity": alert.severity}
    short_annotations = {"summary": alert.summary, "action": alert.action, "runbook_url": alert.runbook_url}
    labels = _merged(alert.labels, short_labels, "labels")
    annotations = _merged(alert.annotations, short_annotations, "annotations")
    check_count(labels, "$.labels", limits)
    check_count(annotations, "$.annotations", limits)
    return ReceivedAlert(
        fingerprint=untainted(alert.id or "") or _identity(labels, annotations.get("summary", "")),
        firing=alert.status == "firing",
        labels=tidy(labels, limits),
        annotations=tidy(annotations, limits),
        starts_at=instant(alert.starts_at),
        generator_url=link(alert.url or ""),
        # The status alone decides whether it fires: a sender whose clock is late must not lose its page to a lease.
        lease_until=instant(alert.ends_at) if alert.status == "firing" else None,
    )


def _merged(texts: dict[str, str] | None, short: Mapping[str, str | None], place: str) -> dict[str, str]:
    """Lay the shorthands over the labels or annotations; empty ones are the same as missing ones."""
    merged = dict(texts or {})
    for name, value in short.items():
        if not value:
            continue
        said = merged.get(name)
        if said is not None and said != value:
            raise Unreadable(f"expected one value, found another at `$.{place}.{name}` than beside it")
        merged[name] = value
    return merged


def _identity(labels: Mapping[str, str], summary: str) -> str:
    """Return the identity of an alert without an id; with neither name nor id only its summary tells it from others."""
    if labels.get("alertname"):
        return fingerprint_of(labels)
    if not summary and not any(labels.values()):
        raise Unreadable("expected something to know the alert by at `$`: id, name, summary or labels")
    return fingerprint_of({**labels, "summary": summary})
