"""A signed webhook for any medium: the way to a provider that pagerd does not know, through a service of one's own.

The request is a JSON POST, described in WIRE. It carries `Idempotency-Key`, stable over all attempts at one
notification, and `X-Pagerd-Signature: sha256=<hex>`, the HMAC-SHA256 of `<X-Pagerd-Timestamp>.<body>` under the shared
secret: check it, and refuse timestamps older than five minutes.
"""

import json
from collections.abc import Callable
from datetime import datetime

from pagerd.channels.base import DeliveryStatus, Outgoing, Receipt
from pagerd.channels.signed import fault_of, object_in, signed_headers
from pagerd.clients.http import HttpClient
from pagerd.clients.reach import fault_of_url, reach_for
from pagerd.core.errors import InvalidPlan
from pagerd.core.paging.message import Body, CallScript, Mail, Text
from pagerd.core.people import Medium

WIRE = """\
{
  "version": 1,
  "id": "the notification's id, stable over attempts",
  "attempt": 1,
  "medium": "sms | voice | email",
  "to": "+15551234567 or ana@example.com",
  "valid_for_seconds": 300,
  "body": {"text": "..."}
       or {"greeting": "...", "prompt": "...", "farewell": "...", "keys": {"4": "ack"}}
       or {"subject": "...", "text": "...", "html": "...", "thread": "...", "urgent": true}
}
"""
"""What is sent. Any 2xx means taken; `{"id": "..."}` in the answer names the message. `{"refused": true}` in a 400,
404, 410 or 422 means that this contact will never take it; every other failure is retried."""

PROVIDER_ID_MAX = 200


class Webhook:
    """One URL that takes messages of one medium. No answer comes back through it.

    `own_network` allows plain http and private addresses; a URL that names loopback implies it.
    """

    def __init__(
        self,
        *,
        medium: Medium,
        url: str,
        secret: str,
        clock: Callable[[], datetime],
        own_network: bool = False,
        name: str = "webhook",
    ) -> None:
        reach = reach_for(url, own_network=own_network)
        fault = fault_of_url(url, reach)
        if fault is not None:
            raise InvalidPlan(f"opening the channel {name}: {fault}")
        if not secret:
            raise InvalidPlan(f"opening the channel {name}: its secret is empty, so nothing could be signed")
        self.medium = medium
        self.name = name
        self.takes_answers = False
        self._url = url
        self._secret = secret.encode()
        self._clock = clock
        self._http = HttpClient(reach=reach)

    async def send(self, outgoing: Outgoing, deadline_seconds: float) -> Receipt:
        """Post one message."""
        body = wire_of(outgoing)
        headers = signed_headers(self._secret, outgoing.id, self._clock(), body)
        answer = await self._http.post_json(
            self._url, body, headers=headers, deadline_seconds=deadline_seconds, before_sent=outgoing.leaves
        )
        told = object_in(answer)
        fault = fault_of(answer, told, f"posting to {self.name}")
        if fault is not None:
            raise fault
        named = told.get("id")
        provider_id = named if isinstance(named, str) and 0 < len(named) <= PROVIDER_ID_MAX else outgoing.id
        return Receipt(self.name, provider_id, DeliveryStatus.ACCEPTED, f"answered {answer.status}")

    async def close(self) -> None:
        """Give back connections."""
        await self._http.close()


def wire_of(outgoing: Outgoing) -> bytes:
    """Write a message as WIRE says."""
    return json.dumps(
        {
            "version": 1,
            "id": outgoing.id,
            "attempt": outgoing.attempt,
            "medium": outgoing.medium.value,
            "to": outgoing.to,
            "valid_for_seconds": int(outgoing.valid_for.total_seconds()),
            "body": _body_of(outgoing.body),
        }
    ).encode("ascii")


def _body_of(body: Body) -> dict[str, object]:
    match body:
        case Text():
            return {"text": body.body}
        case CallScript():
            return {
                "greeting": body.greeting,
                "prompt": body.prompt,
                "farewell": body.farewell,
                "keys": dict(body.keys),
            }
        case Mail():
            return {
                "subject": body.subject,
                "text": body.text,
                "html": body.html,
                "thread": body.thread,
                "urgent": body.urgent,
            }
