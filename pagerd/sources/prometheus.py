"""Prometheus itself, which posts to us as if we were its Alertmanager: a JSON list at `<path_prefix>/api/v2/alerts`.

What holds here, and was learnt from what it sends:
- there is no status and no fingerprint: `endsAt` in the future means that it fires, and is the promise to say so again
  before then; `endsAt` that has come means that it ended. The fingerprint is that of the labels;
- nothing is tried again: what is lost is sent once more with the next round, a minute later, and an end for 15 minutes;
- without `endsAt` an alert holds for RESOLVE_TIMEOUT, as at Alertmanager: `amtool alert add` sends none;
- an end that is older than ENDED_MAX is no end: Prometheus would not say it any more. Its clock, or ours, is wrong, and
  the alert may well be firing. It is quarantined, so that a human is told.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Generic, TypeVar

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
    cut_list,
    instant,
    link,
    odd_instant,
    odd_text,
    read_each,
    texts_within,
    tidy,
)

WHAT = "reading Prometheus' alerts"
"""How a refusal begins."""

RESOLVE_TIMEOUT = timedelta(minutes=5)
"""How long an alert without an end holds: Alertmanager's own default."""

ENDED_MAX = timedelta(minutes=20)
"""How long ago an alert that is said to be over may have ended. Prometheus says so for 15 minutes."""

Texts = TypeVar("Texts")


class _Alert(msgspec.Struct, Generic[Texts], gc=False, frozen=True):
    """One alert of a well-formed list; `Texts` is a map of texts within the limits."""

    labels: Texts
    annotations: Texts | None = None
    startsAt: datetime | None = None  # noqa: N815  # the wire's own name, here and below
    endsAt: datetime | None = None  # noqa: N815
    generatorURL: str = ""  # noqa: N815


class _OddAlert(msgspec.Struct, gc=False, frozen=True):
    """One alert of a list that was not well-formed: who it is and whether it fires must be right."""

    labels: dict[str, str]
    annotations: dict[str, str] | None = None
    startsAt: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815
    endsAt: datetime | None = None  # noqa: N815
    generatorURL: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815


def parse(body: bytes, received_at: datetime, limits: Limits) -> Batch:
    """Read one list of Prometheus."""
    batch = at_once(body, received_at, limits) if len(body) <= WHOLE_MAX else None
    return _parse_each(body, received_at, limits) if batch is None else batch


def at_once(body: bytes, received_at: datetime, limits: Limits) -> Batch | None:
    """Read a well-formed list in one go, or return None: it must be read with care, or has nothing to read."""
    try:
        alerts = _decoder(limits).decode(body)
        if len(alerts) > limits.alerts_max or not _is_tidy(body, alerts):
            return None
        return Batch(alerts=tuple([_received(alert, received_at) for alert in alerts]))
    except (*UNDECODABLE, Unreadable):
        return None


def _is_tidy(body: bytes, alerts: Sequence[_Alert[dict[str, str]]]) -> bool:
    return b"\\u0000" not in body and all(alert.labels for alert in alerts)


@lru_cache(maxsize=8)
def _decoder(limits: Limits) -> msgspec.json.Decoder[list[_Alert[dict[str, str]]]]:
    return msgspec.json.Decoder(list[_Alert[texts_within(limits)]])  # type: ignore[misc]  # a type that is made at run time


def _received(alert: _Alert[dict[str, str]], received_at: datetime) -> ReceivedAlert:
    lease_until = _lease(alert.endsAt, received_at)
    return ReceivedAlert(
        fingerprint=fingerprint_of(alert.labels),
        firing=lease_until is not None,
        labels=alert.labels,
        annotations=alert.annotations or {},
        starts_at=instant(alert.startsAt),
        generator_url=link(alert.generatorURL),
        lease_until=lease_until,
        ended_at=instant(alert.endsAt) if lease_until is None else None,
    )


def _lease(ends_at: datetime | None, received_at: datetime) -> datetime | None:
    """Return until when an alert fires without another word, or None where it is over."""
    end = instant(ends_at)
    if end is None:
        return received_at + RESOLVE_TIMEOUT
    if end > received_at:
        return end
    ago = received_at - end
    if ago > ENDED_MAX:
        minutes = int(ago.total_seconds() // 60)
        raise Unreadable(
            f"expected `$.endsAt` to come or to be under {ENDED_MAX.seconds // 60} min ago, found {minutes} min ago;"
            " compare the clocks of Prometheus and pagerd"
        )
    return None


def _parse_each(body: bytes, received_at: datetime, limits: Limits) -> Batch:
    """Read the alerts one by one, because the list could not be taken as a whole."""
    elements = cut_list(body, WHAT)
    taken, left_out = elements[: limits.alerts_max], elements[limits.alerts_max :]
    read_one = partial(_read_odd, received_at=received_at, limits=limits)
    alerts, quarantined = read_each(taken, read_one, limits)
    return Batch(alerts=tuple(alerts), quarantined=tuple(quarantined), truncated=len(left_out))


def _read_odd(element: bytes, received_at: datetime, limits: Limits) -> ReceivedAlert:
    check_size(element)
    alert = _odd_alert.decode(element)
    annotations = alert.annotations or {}
    if not alert.labels:
        raise Unreadable("expected at least one label at `$.labels`")
    check_count(alert.labels, "$.labels", limits)
    check_count(annotations, "$.annotations", limits)
    lease_until = _lease(alert.endsAt, received_at)
    return ReceivedAlert(
        fingerprint=fingerprint_of(alert.labels),
        firing=lease_until is not None,
        labels=tidy(alert.labels, limits),
        annotations=tidy(annotations, limits),
        starts_at=odd_instant(alert.startsAt),
        generator_url=link(odd_text(alert.generatorURL)),
        lease_until=lease_until,
        ended_at=instant(alert.endsAt) if lease_until is None else None,
    )


_odd_alert = msgspec.json.Decoder(_OddAlert)
