"""What every signed POST of ours has in common: its headers, and what an answer to it means."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from pagerd.channels.base import AccountFault, Busy
from pagerd.channels.plain import one_line
from pagerd.clients.http import Answer
from pagerd.core.errors import PagerdError, Refused, Unavailable, Unconfirmed

REFUSING = frozenset({400, 404, 410, 422})


def signed_headers(secret: bytes, key: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """Return the headers of a signed POST; `key` is the same over all attempts at one thing."""
    timestamp = str(int(at.timestamp()))
    return {
        "User-Agent": "pagerd",
        "Idempotency-Key": one_line(key),
        "X-Pagerd-Timestamp": timestamp,
        "X-Pagerd-Signature": signature(secret, timestamp, body),
    }


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """Sign a body and the second it is sent in, so that neither can be changed or sent again much later."""
    return "sha256=" + hmac.new(secret, timestamp.encode("ascii") + b"." + body, sha256).hexdigest()


def object_in(answer: Answer) -> dict[str, object]:
    """Return the JSON object of an answer; anything else is an empty one, since the status says what matters."""
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def fault_of(answer: Answer, told: dict[str, object], attempt: str) -> PagerdError | None:
    """Say what a status means. A 4xx alone blames the request, not the person: a moved URL must not break contacts."""
    if 200 <= answer.status < 300:
        return None
    message = f"{attempt}: answered {answer.status}"
    if answer.status in REFUSING and told.get("refused") is True:
        return Refused(f"{message}: {one_line(str(told.get('reason', 'refused')))[:200]}")
    if answer.status == 429:
        return Busy(message, retry_after_seconds=answer.retry_after_seconds())
    if answer.status in {408, 425, 503}:
        return Unavailable(message, retry_after_seconds=answer.retry_after_seconds())
    if answer.status >= 500:
        return Unconfirmed(message)
    return AccountFault(message)
