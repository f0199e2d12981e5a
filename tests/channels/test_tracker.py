"""A tracker that takes events, and one on a socket that refuses, hangs, fails and lies."""

import hmac
import socket
from hashlib import sha256

import pytest

from pagerd.channels.base import AccountFault, TicketEvent, Tracked
from pagerd.channels.tracker import REF_MAX, URL_MAX, Tracker
from pagerd.core.errors import InvalidPlan, Refused, Unavailable, Unconfirmed
from tests.channels.raw_server import RawServer, hang
from tests.channels.samples import clock
from tests.channels.test_webhook import Receiver

EVENT = TicketEvent("t-1/3", b'{"version":1,"id":"t-1/3"}')


async def told(url, deadline_seconds=5):
    """Tell one event and return what the tracker calls the ticket."""
    tracker = Tracker(url=url, secret="s3cret", clock=clock)
    try:
        return await tracker.post(EVENT, deadline_seconds)
    finally:
        await tracker.close()


async def test_an_event_is_signed_and_has_a_key_that_stays():
    """The same over attempts, so that what is told twice is one event."""
    async with Receiver(201, b'{"id": "OPS-12", "url": "https://tracker.example.com/OPS-12"}') as receiver:
        tracked = await told(receiver.url)

    [(headers, body)] = receiver.requests
    assert tracked == Tracked("OPS-12", "https://tracker.example.com/OPS-12")
    assert (body, headers["Idempotency-Key"]) == (EVENT.body, "t-1/3")
    signed = headers["X-Pagerd-Timestamp"].encode() + b"." + body
    assert headers["X-Pagerd-Signature"] == "sha256=" + hmac.new(b"s3cret", signed, sha256).hexdigest()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"", Tracked()),
        (b"OK", Tracked()),
        (b"[1]", Tracked()),
        (b'{"id": 12}', Tracked("12")),
        (b'{"id": true, "url": 7}', Tracked()),
        (b'{"id": "OPS\\r\\n-1\\u202e"}', Tracked("OPS -1")),
        (b'{"id": "%s"}' % (b"x" * (REF_MAX + 1)), Tracked()),
        (b'{"id": "a", "url": "javascript:alert(1)"}', Tracked("a")),
        (b'{"id": "a", "url": "https://user:pw@tracker.example.com/"}', Tracked("a")),
        (b'{"id": "a", "url": "https://t.example.com/%s"}' % (b"x" * URL_MAX), Tracked("a")),
        (b'{"id": ' + b"[" * 5000, Tracked()),
    ],
)
async def test_what_it_calls_a_ticket_is_data(answer, expected):
    """A 2xx is taken whatever it says; only a short name and a web address are kept of it."""
    async with Receiver(200, answer) as receiver:
        assert await told(receiver.url) == expected


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (500, b"oops", Unconfirmed),
        (503, b"", Unavailable),
        (429, b"", Unavailable),
        (401, b"", AccountFault),
        (422, b"{}", AccountFault),
        (422, b'{"refused": true, "reason": "no such project"}', Refused),
        (302, b"", AccountFault),
    ],
)
async def test_what_it_may_answer_instead(status, answer, error):
    """Only a tracker that says so refuses for good; a moved URL or a wrong secret is ours to mend."""
    async with Receiver(status, answer) as receiver:
        with pytest.raises(error):
            await told(receiver.url)


async def test_one_that_hangs_is_given_up_in_time():
    """It may have taken it: it is told again, under the same key."""
    async with RawServer(hang) as server:
        with pytest.raises(Unconfirmed):
            await told(f"http://127.0.0.1:{server.port}/", 0.2)


async def test_one_that_is_not_there():
    """Surely not told."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused, and nobody else gets the port
        with pytest.raises(Unavailable):
            await told(f"http://127.0.0.1:{taken.getsockname()[1]}/")


async def test_an_answer_without_end_is_not_read():
    """Its first part says nothing that we need."""
    async with Receiver(200, b"x" * 1_000_000) as receiver:
        with pytest.raises((Unconfirmed, Unavailable)):
            await told(receiver.url)


@pytest.mark.parametrize("given", [{"url": "ftp://x/"}, {"url": "https://a:b@x/"}, {"secret": ""}])
def test_what_cannot_be_right_is_no_tracker(given):
    """It is said when the settings come into force, and not with the first ticket."""
    with pytest.raises(InvalidPlan):
        Tracker(**{"url": "https://tracker.example.com/", "secret": "s3cret", "clock": clock, **given})
