"""Tells what happens to tickets and action items to a tracker, by a signed POST as the webhook channel makes it.

The body is described in WIRE. `Idempotency-Key` is the same over all attempts at one event: what was lost on the way is
told again. The events of one of them come in order, each only after the one before was taken.
"""

from collections.abc import Callable
from datetime import datetime

from pagerd.channels.base import TicketEvent, Tracked
from pagerd.channels.plain import one_line
from pagerd.channels.signed import fault_of, object_in, signed_headers
from pagerd.clients.http import HttpClient
from pagerd.clients.reach import Reach, fault_of_url, reach_for
from pagerd.core.errors import InvalidPlan

WIRE = """\
{
  "version": 1,
  "id": "t-7Kq2Xw/3: stable over attempts, the ticket and the number of the event",
  "event": "opened | updated | taken | noted | closed | reopened, or of an action item action_opened | action_updated |
            action_done | action_verified | action_dropped | action_reopened",
  "at": "2026-01-07T02:10:00+00:00",
  "by": "ana, or null",
  "sentences": ["what its timeline says of it, one string each, times in UTC"],
  "ref": "what the tracker called it in an earlier answer, or null",
  "ticket" or "action": {as in the API, as it was right after the event}
}
"""
"""What is sent. Any 2xx means taken; `{"id": "OPS-12", "url": "https://..."}` in the answer is shown with the ticket.
`{"refused": true}` in a 400, 404, 410 or 422 means that this event will never be taken; all else is tried again."""

REF_MAX = 100
URL_MAX = 500


class Tracker:
    """One URL that takes what happens to tickets. A tracker may well live in our own network, on a private address."""

    def __init__(self, *, url: str, secret: str, clock: Callable[[], datetime]) -> None:
        reach = reach_for(url, own_network=True)
        fault = fault_of_url(url, reach)
        if fault is not None:
            raise InvalidPlan(f"opening the tracker: {fault}")
        if not secret:
            raise InvalidPlan("opening the tracker: its secret is empty, so nothing could be signed")
        self._url = url
        self._secret = secret.encode()
        self._clock = clock
        self._http = HttpClient(reach=reach)

    async def post(self, event: TicketEvent, deadline_seconds: float) -> Tracked:
        """Tell one event."""
        headers = signed_headers(self._secret, event.id, self._clock(), event.body)
        answer = await self._http.post_json(self._url, event.body, headers=headers, deadline_seconds=deadline_seconds)
        told = object_in(answer)
        fault = fault_of(answer, told, "telling the tracker")
        if fault is not None:
            raise fault
        return Tracked(ref=_text(told.get("id"), REF_MAX), url=_web_address(told.get("url")))

    async def close(self) -> None:
        """Give back connections."""
        await self._http.close()


def _text(value: object, limit: int) -> str:
    """Return a short text, or nothing for what is none: a tracker may answer what it likes."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else ""
    return one_line(value)[:limit] if isinstance(value, str) and len(value) <= limit else ""


def _web_address(value: object) -> str:
    """Return a web address that may be shown as one, or nothing."""
    url = _text(value, URL_MAX)
    return url if url == value and fault_of_url(url, Reach.OWN_NETWORK) is None else ""
