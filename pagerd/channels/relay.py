"""Posts messages about incidents to any service of one's own, signed as the webhook channel signs.

The body is described in WIRE. `Idempotency-Key` is the same over all attempts at one message.
"""

import json
from collections.abc import Callable
from datetime import datetime

from pagerd.channels.base import Told
from pagerd.channels.signed import fault_of, object_in, signed_headers
from pagerd.clients.http import HttpClient
from pagerd.clients.reach import Reach, fault_of_url
from pagerd.core.errors import InvalidPlan

WIRE = """\
{
  "version": 1,
  "id": "i-12/7/0: stable over attempts, the incident, the number of its event, the message of that event",
  "kind": "declared | update | help | resolved | severity | role | mitigation | monitoring | unsolved | reopened
           | cancelled | merged | test",
  "incident": 12, or null of a test
  "drill": false,
  "severity": "sev1",
  "at": "2026-01-07T02:10:00+00:00",
  "heading": "the first line of the message",
  "lines": ["the others"],
  "link": "the page of the incident, or an empty text",
  "fields": {"each field of a template of this kind that is known": "what it says"}
}
"""
"""What is sent. Any 2xx means taken; `{"refused": true}` in a 400, 404, 410 or 422 means that this message will never
be taken; all else is tried again."""


class Relay:
    """One URL that takes messages. It may well live in our own network, on a private address."""

    def __init__(self, *, name: str, url: str, secret: str, clock: Callable[[], datetime]) -> None:
        fault = fault_of_url(url, Reach.OWN_NETWORK)
        if fault is not None:
            raise InvalidPlan(f"opening the receiver {name}: {fault}")
        if not secret:
            raise InvalidPlan(f"opening the receiver {name}: its secret is empty, so nothing could be signed")
        self._name = name
        self._url = url
        self._secret = secret.encode()
        self._clock = clock
        self._http = HttpClient(reach=Reach.OWN_NETWORK)

    async def tell(self, told: Told, deadline_seconds: float) -> None:
        """Post one message."""
        body = wire_of(told)
        headers = signed_headers(self._secret, told.id, self._clock(), body)
        answer = await self._http.post_json(self._url, body, headers=headers, deadline_seconds=deadline_seconds)
        fault = fault_of(answer, object_in(answer), f"posting to {self._name}")
        if fault is not None:
            raise fault

    async def close(self) -> None:
        """Give back connections."""
        await self._http.close()


def wire_of(told: Told) -> bytes:
    """Write a message as WIRE says."""
    return json.dumps(
        {
            "version": 1,
            "id": told.id,
            "kind": told.kind,
            "incident": told.incident,
            "drill": told.is_drill,
            "severity": told.severity,
            "at": told.at.isoformat(),
            "heading": told.heading,
            "lines": list(told.lines),
            "link": told.link,
            "fields": {name: said for name, said in told.facts.items() if said},
        }
    ).encode("ascii")
