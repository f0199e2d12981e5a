"""The envelope around the alerts of Alertmanager and Grafana, read with care where it is not well-formed."""

from collections.abc import Callable
from functools import partial

import msgspec

from pagerd.core.alerts.alert import Batch, Quarantined, ReceivedAlert
from pagerd.core.errors import Unreadable
from pagerd.sources.base import Limits
from pagerd.sources.strict import UNDECODABLE, cut, link, odd_count, odd_text, raw_of, read_each, why


class _OddMessage(msgspec.Struct, gc=False, frozen=True):
    """What lies around the alerts of a message that was not well-formed."""

    truncatedAlerts: msgspec.Raw = msgspec.Raw(b"0")  # noqa: N815  # the wire's own name, here and below
    externalURL: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815


_odd_message = msgspec.json.Decoder(_OddMessage)


def parse_each(
    body: bytes,
    what: str,
    read: Callable[[bytes, Limits], ReceivedAlert],
    limits: Limits,
    *,
    null_is_zero: bool = False,
) -> Batch:
    """Read the alerts one by one, because the message could not be taken as a whole; `what` begins a refusal.

    `read` raises what `read_each` expects for an alert that is bad; its siblings are not lost to it.
    `null_is_zero`: this sender says by a null that nothing was cut off.
    """
    parts = cut(body, "alerts", what)
    if parts is None:
        raise Unreadable(f"{what}: expected a list at `$.alerts`, found nothing there")
    try:
        message = _odd_message.decode(parts.around)
    except UNDECODABLE as error:
        raise Unreadable(f"{what}: {why(error, limits)}") from error
    taken, left_out = parts.elements[: limits.alerts_max], parts.elements[limits.alerts_max :]
    alerts, quarantined = read_each(taken, partial(_with, read, limits), limits)
    is_zero = null_is_zero and bytes(message.truncatedAlerts) == b"null"
    truncated = 0 if is_zero else odd_count(message.truncatedAlerts)
    if truncated is None:
        said = raw_of(bytes(message.truncatedAlerts))
        quarantined.append(Quarantined(said, "expected a count, zero or more, at `$.truncatedAlerts`"))
        truncated = 0
    return Batch(
        alerts=tuple(alerts),
        quarantined=tuple(quarantined),
        truncated=truncated + len(left_out),
        external_url=link(odd_text(message.externalURL)),
    )


def _with(read: Callable[[bytes, Limits], ReceivedAlert], limits: Limits, element: bytes) -> ReceivedAlert:
    return read(element, limits)
