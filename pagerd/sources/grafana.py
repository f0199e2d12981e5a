"""Grafana's webhook contact point, payload version 1: Alertmanager's with more about each alert.

What holds here:
- each alert's own status decides; `endsAt` is not read;
- what people press is carried over as annotations that pages show as links: the dashboard, the panel, the picture of
  it, and Grafana's own form for a silence; `values` says what was measured. An annotation of the rule goes before;
- the button `Test` of a contact point sends one alert that fires and never ends. It is a sign of life and no more, or
  each test would page somebody some minutes later;
- Grafana does not try a failed message again before its next round, so the reading is as forgiving as Alertmanager's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Generic, Literal, TypeVar

import msgspec

from pagerd.core.alerts.alert import Batch, ReceivedAlert
from pagerd.core.errors import Unreadable
from pagerd.sources.base import Limits
from pagerd.sources.envelope import parse_each
from pagerd.sources.fingerprint import fingerprint_of
from pagerd.sources.strict import (
    UNDECODABLE,
    WHOLE_MAX,
    Count,
    check_count,
    check_size,
    instant,
    link,
    odd_instant,
    odd_text,
    texts_within,
    tidy,
    untainted,
)

WHAT = "reading Grafana's webhook"
"""How a refusal begins."""

TEST = {"alertname": "TestAlert", "instance": "Grafana"}
"""The labels of the alert that the button `Test` sends, where nobody wrote others."""

VALUES_MAX = 20
"""Measured values that are kept of one alert: a rule with more expressions is read by nobody at night."""

Texts = TypeVar("Texts")
Fingerprint = Annotated[str, msgspec.Meta(max_length=128)]
Value = float | str | bool | None


class _Alert(msgspec.Struct, Generic[Texts], gc=False, frozen=True):
    """One alert of a well-formed message; `Texts` is a map of texts within the limits."""

    status: Literal["firing", "resolved"]
    labels: Texts
    annotations: Texts | None = None
    startsAt: datetime | None = None  # noqa: N815  # the wire's own names, here and below
    generatorURL: str = ""  # noqa: N815
    fingerprint: Fingerprint = ""
    dashboardURL: str = ""  # noqa: N815
    panelURL: str = ""  # noqa: N815
    imageURL: str = ""  # noqa: N815
    silenceURL: str = ""  # noqa: N815
    values: dict[str, Value] | None = None


class _Message(msgspec.Struct, Generic[Texts], gc=False, frozen=True):
    """A well-formed message."""

    alerts: list[_Alert[Texts]] | None
    truncatedAlerts: Count | None = 0  # noqa: N815
    externalURL: str = ""  # noqa: N815


class _OddAlert(msgspec.Struct, gc=False, frozen=True):
    """One alert of a message that was not well-formed: who it is and whether it fires must be right."""

    status: Literal["firing", "resolved"]
    labels: dict[str, str]
    annotations: dict[str, str] | None = None
    startsAt: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815
    generatorURL: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815
    fingerprint: Fingerprint | None = None
    dashboardURL: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815
    panelURL: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815
    imageURL: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815
    silenceURL: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815


def parse(body: bytes, received_at: datetime, limits: Limits) -> Batch:
    """Read one message of Grafana."""
    batch = at_once(body, received_at, limits) if len(body) <= WHOLE_MAX else None
    if batch is None:
        batch = parse_each(body, WHAT, _read_odd, limits, null_is_zero=True)
        batch = replace(batch, alerts=tuple(alert for alert in batch.alerts if alert.labels != TEST))
    return batch


def at_once(body: bytes, received_at: datetime, limits: Limits) -> Batch | None:  # noqa: ARG001  # every parser is told
    """Read a well-formed message in one go, or return None: it must be read with care, or has nothing to read."""
    try:
        message = _decoder(limits).decode(body)
    except UNDECODABLE:
        return None
    alerts = message.alerts or ()
    if len(alerts) > limits.alerts_max or not _is_tidy(body, alerts):
        return None
    received = tuple([_received(alert, limits) for alert in alerts if alert.labels != TEST])
    return Batch(alerts=received, truncated=message.truncatedAlerts or 0, external_url=link(message.externalURL))


def _is_tidy(body: bytes, alerts: Sequence[_Alert[dict[str, str]]]) -> bool:
    return b"\\u0000" not in body and all(alert.labels for alert in alerts)


@lru_cache(maxsize=8)
def _decoder(limits: Limits) -> msgspec.json.Decoder[_Message[dict[str, str]]]:
    return msgspec.json.Decoder(_Message[texts_within(limits)])  # type: ignore[misc]  # a type that is made at run time


def _received(alert: _Alert[dict[str, str]], limits: Limits) -> ReceivedAlert:
    links = {
        "dashboard_url": alert.dashboardURL,
        "panel_url": alert.panelURL,
        "image_url": alert.imageURL,
        "silence_url": alert.silenceURL,
    }
    return ReceivedAlert(
        fingerprint=alert.fingerprint or fingerprint_of(alert.labels),
        firing=alert.status == "firing",
        labels=alert.labels,
        annotations=_with_more(alert.annotations or {}, links, _written(alert.values or {}, limits)),
        starts_at=instant(alert.startsAt),
        generator_url=link(alert.generatorURL),
    )


def _with_more(annotations: Mapping[str, str], links: Mapping[str, str], values: str = "") -> dict[str, str]:
    more = {name: shown for name, url in links.items() if (shown := link(url))}
    return more | ({"values": values} if values else {}) | dict(annotations)


def _written(values: Mapping[str, Value], limits: Limits) -> str:
    """Write what was measured as people read it: `A=10, B=0.5`."""
    shown = sorted(values.items())[:VALUES_MAX]
    text = ", ".join(f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}" for name, value in shown)
    return tidy({"values": text}, limits)["values"]


def _read_odd(element: bytes, limits: Limits) -> ReceivedAlert:
    check_size(element)
    alert = _odd_alert.decode(element)
    annotations = alert.annotations or {}
    if not alert.labels:
        raise Unreadable("expected at least one label at `$.labels`")
    check_count(alert.labels, "$.labels", limits)
    check_count(annotations, "$.annotations", limits)
    links = {
        "dashboard_url": odd_text(alert.dashboardURL),
        "panel_url": odd_text(alert.panelURL),
        "image_url": odd_text(alert.imageURL),
        "silence_url": odd_text(alert.silenceURL),
    }
    return ReceivedAlert(
        fingerprint=untainted(alert.fingerprint or "") or fingerprint_of(alert.labels),
        firing=alert.status == "firing",
        labels=tidy(alert.labels, limits),
        annotations=_with_more(tidy(annotations, limits), links),
        starts_at=odd_instant(alert.startsAt),
        generator_url=link(odd_text(alert.generatorURL)),
    )


_odd_alert = msgspec.json.Decoder(_OddAlert)
