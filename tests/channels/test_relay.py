"""Messages to a service of one's own."""

import hmac
import json
from dataclasses import replace
from hashlib import sha256

import pytest

from pagerd.channels.base import AccountFault
from pagerd.channels.relay import Relay
from pagerd.core.errors import InvalidPlan, Refused, Unavailable, Unconfirmed
from tests.channels.raw_server import RawServer, hang
from tests.channels.samples import clock
from tests.channels.test_chat import HOSTILE, TOLD
from tests.channels.test_webhook import Receiver

FACTS = {"know": "the pool is exhausted", "doing": ""}


async def told(url, message=TOLD, deadline_seconds=5.0):
    """Tell a service one message."""
    relay = Relay(name="hub", url=url, secret="s3cret", clock=clock)
    try:
        await relay.tell(message, deadline_seconds)
    finally:
        await relay.close()


async def test_a_message_is_signed_and_has_a_key_that_stays():
    """What is told twice is one message to whoever looks at the key."""
    async with Receiver(204, b"") as receiver:
        await told(receiver.url, replace(TOLD, facts=FACTS))

    [(headers, body)] = receiver.requests
    assert headers["Idempotency-Key"] == "i-12/7/0 ops-chat"
    signed = headers["X-Pagerd-Timestamp"].encode() + b"." + body
    assert headers["X-Pagerd-Signature"] == "sha256=" + hmac.new(b"s3cret", signed, sha256).hexdigest()
    assert json.loads(body) == {
        "version": 1,
        "id": "i-12/7/0 ops-chat",
        "kind": "update",
        "incident": 12,
        "drill": False,
        "severity": "sev1",
        "at": "2026-01-07T02:10:00+00:00",
        "heading": TOLD.heading,
        "lines": list(TOLD.lines),
        "link": TOLD.link,
        "fields": {"know": "the pool is exhausted"},
    }


async def test_what_people_wrote_is_json():
    """It comes as it was written, and is nothing but a text."""
    async with Receiver() as receiver:
        await told(receiver.url, replace(TOLD, lines=HOSTILE))

    assert json.loads(receiver.requests[0][1])["lines"] == list(HOSTILE)


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (422, b'{"refused": true, "reason": "no such room"}', Refused),
        (422, b"", AccountFault),
        (401, b"", AccountFault),
        (429, b"", Unavailable),
        (503, b"", Unavailable),
        (500, b"", Unconfirmed),
    ],
)
async def test_what_it_may_answer_instead(status, answer, error):
    """Only a service that says so refuses for good."""
    async with Receiver(status, answer) as receiver:
        with pytest.raises(error):
            await told(receiver.url)


async def test_one_that_hangs_is_left():
    """It is told again later."""
    async with RawServer(hang) as server:
        with pytest.raises(Unconfirmed):
            await told(f"http://127.0.0.1:{server.port}/", deadline_seconds=0.2)


@pytest.mark.parametrize(("url", "secret"), [("file:///x", "s"), ("https://hub.example.com/", "")])
def test_what_cannot_be_right_is_refused(url, secret):
    """Nothing is posted without a signature."""
    with pytest.raises(InvalidPlan, match="opening the receiver hub"):
        Relay(name="hub", url=url, secret=secret, clock=clock)
