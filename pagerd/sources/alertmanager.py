"""Alertmanager's webhook, payload version 4.

What was learnt the hard way, and holds here:
- each alert's own status decides; the status of the message is `firing` as soon as one of its alerts is;
- `endsAt` is the zero time on a firing alert and means nothing here: it is not even read;
- `truncatedAlerts` counts what `max_alerts` cut off; the message says nothing about those;
- keys come and go between versions (`routeLabels`, `notification_reason`): only what is needed is read, the rest is
  skipped, and `version` decides nothing: what has the shape is read;
- `startsAt` is only shown to people, so an odd one costs nobody a page;
- the payload may come from a template of the operator's, so the fingerprint may be missing: then it is computed.
"""

from collections.abc import Sequence
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
    slices,
    texts_within,
    tidy,
    untainted,
)

WHAT = "reading Alertmanager's webhook"
"""How a refusal begins."""

FINGERPRINT_MAX = 128
"""Characters. Alertmanager's own has 16, those of other senders of this shape up to 64."""

Texts = TypeVar("Texts")
Fingerprint = Annotated[str, msgspec.Meta(max_length=FINGERPRINT_MAX)]


class _Alert(msgspec.Struct, Generic[Texts], gc=False, frozen=True):
    """One alert of a well-formed message; `Texts` is a map of texts within the limits."""

    status: Literal["firing", "resolved"]
    labels: Texts
    annotations: Texts | None = None
    startsAt: datetime | None = None  # noqa: N815  # the wire's own name, here and below
    generatorURL: str = ""  # noqa: N815
    fingerprint: Fingerprint = ""


class _Message(msgspec.Struct, Generic[Texts], gc=False, frozen=True):
    """A well-formed message."""

    alerts: list[_Alert[Texts]] | None
    truncatedAlerts: Count = 0  # noqa: N815
    externalURL: str = ""  # noqa: N815


class _OddAlert(msgspec.Struct, gc=False, frozen=True):
    """One alert of a message that was not well-formed: what says who it is must be right, the rest may be odd."""

    status: Literal["firing", "resolved"]
    labels: dict[str, str]
    annotations: dict[str, str] | None = None
    startsAt: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815
    generatorURL: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815
    fingerprint: Fingerprint | None = None


def parse(body: bytes, received_at: datetime, limits: Limits) -> Batch:
    """Read one message of Alertmanager."""
    batch = at_once(body, received_at, limits) if len(body) <= WHOLE_MAX else _in_slices(body, limits)
    return parse_each(body, WHAT, _read_odd, limits) if batch is None else batch


def at_once(body: bytes, received_at: datetime, limits: Limits) -> Batch | None:  # noqa: ARG001  # every parser is told
    """Read a well-formed message in one go, or return None: it must be read with care, or has nothing to read."""
    try:
        message = _decoder(limits).decode(body)
    except UNDECODABLE:
        return None
    alerts = message.alerts or ()
    if len(alerts) > limits.alerts_max or not _is_tidy(body, alerts):
        return None
    return Batch(alerts=_received(alerts), truncated=message.truncatedAlerts, external_url=link(message.externalURL))


def _in_slices(body: bytes, limits: Limits) -> Batch | None:
    """Read a long well-formed message slice by slice: one call of the decoder would hold up every other thread.

    This is for messages as Alertmanager writes them. Every other, and each in which something is odd, returns None.
    """
    start = body.find(_LIST_OPENS) + len(_LIST_OPENS)
    end = body.rfind(b"}]") + 1
    around = body[:start] + body[end:]
    if start < len(_LIST_OPENS) or end <= start or len(around) > WHOLE_MAX or body.count(b'"alerts":') != 1:
        return None
    received: list[ReceivedAlert] = []
    try:
        message = _decoder(limits).decode(around)
        for piece in slices(body, start, end, _SEAM):
            alerts = _list_decoder(limits).decode(piece)
            if len(received) + len(alerts) > limits.alerts_max or not _is_tidy(piece, alerts):
                return None
            received += _received(alerts)
    except (*UNDECODABLE, Unreadable):
        return None
    if message.alerts:
        return None  # There are two lists of that name.
    return Batch(alerts=tuple(received), truncated=message.truncatedAlerts, external_url=link(message.externalURL))


_LIST_OPENS = b'"alerts":['
_SEAM = b'},{"status":'
"""Between two alerts, and nowhere else in a well-formed message: in a text the quote would be escaped."""


def _is_tidy(body: bytes, alerts: Sequence[_Alert[dict[str, str]]]) -> bool:
    return b"\\u0000" not in body and all(alert.labels for alert in alerts)


@lru_cache(maxsize=8)
def _decoder(limits: Limits) -> msgspec.json.Decoder[_Message[dict[str, str]]]:
    """Return a decoder that lets pass only what needs no tidying: the limits are checked on the way, in C."""
    return msgspec.json.Decoder(_Message[texts_within(limits)])  # type: ignore[misc]  # a type that is made at run time


@lru_cache(maxsize=8)
def _list_decoder(limits: Limits) -> msgspec.json.Decoder[list[_Alert[dict[str, str]]]]:
    """Return the same for the alerts alone."""
    return msgspec.json.Decoder(list[_Alert[texts_within(limits)]])  # type: ignore[misc]  # a type that is made at run time


def _received(alerts: Sequence[_Alert[dict[str, str]]]) -> tuple[ReceivedAlert, ...]:
    return tuple(
        [
            ReceivedAlert(
                fingerprint=alert.fingerprint or fingerprint_of(alert.labels),
                firing=alert.status == "firing",
                labels=alert.labels,
                annotations=alert.annotations or {},
                starts_at=instant(alert.startsAt),
                generator_url=link(alert.generatorURL),
            )
            for alert in alerts
        ]
    )


def _read_odd(element: bytes, limits: Limits) -> ReceivedAlert:
    check_size(element)
    alert = _odd_alert.decode(element)
    annotations = alert.annotations or {}
    if not alert.labels:
        raise Unreadable("expected at least one label at `$.labels`")
    check_count(alert.labels, "$.labels", limits)
    check_count(annotations, "$.annotations", limits)
    return ReceivedAlert(
        fingerprint=untainted(alert.fingerprint or "") or fingerprint_of(alert.labels),
        firing=alert.status == "firing",
        labels=tidy(alert.labels, limits),
        annotations=tidy(annotations, limits),
        starts_at=odd_instant(alert.startsAt),
        generator_url=link(odd_text(alert.generatorURL)),
    )


_odd_alert = msgspec.json.Decoder(_OddAlert)
